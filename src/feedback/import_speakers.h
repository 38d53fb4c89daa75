/* feedback/import_speakers.h - who speaks in a column's cells, from the first of them.
 *
 * Counted are labels that lines begin with (text/transcript.h). Of a column of comments there are few and ever other ones.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_SPEAKERS_H
#define FEEDBACK_IMPORT_SPEAKERS_H

#include "text/transcript.h"

#include <stdint.h>

#define IMPORT_SPEAKERS_MAX   32
#define IMPORT_SPEAKERS_CELLS 200
#define IMPORT_TALKS_MAX      2

struct import_speaker {
	Str label, folded;
	enum transcript_speaker who;
	int64_t turns;
};

/* A cell of several turns, its beginning. */
struct import_talk {
	size_t line; /* of the file */
	Str text;
};

struct import_speakers {
	struct import_speaker at[IMPORT_SPEAKERS_MAX]; /* as they came */
	size_t count;
	int64_t cells, talks,
	    plain; /* looked at; with two labels or more; transcripts whoever looks */
	struct import_talk first[IMPORT_TALKS_MAX];
	size_t first_count;
};

/* Texts go to the arena. Cells past IMPORT_SPEAKERS_CELLS are passed over. */
void import_speakers_add(struct arena *a, struct import_speakers *s, size_t line, Str cell);
/* Four of five cells plainly are transcripts. */
bool import_speakers_talk(const struct import_speakers *s);
/* Those that come again, most turns first; of up to IMPORT_SPEAKERS_MAX. */
size_t import_speakers_list(const struct import_speakers *s,
                            const struct import_speaker *out[static IMPORT_SPEAKERS_MAX]);
/* Nobody in them has a role, so that nobody knows who is who. */
bool import_speakers_are_unknown(const struct import_speakers *s);

#endif
