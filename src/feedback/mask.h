/* feedback/mask.h - a comment without what tells who somebody is, for paper and for people outside the team.
 *
 * Taken out: addresses of mail and of pages, what stands behind an @, phone numbers and whatever else has five digits or
 * more in a row, and the names that are given (each word of them, in whatever case, with an ending of up to two letters as
 * in "Annas" or "Müller's"). Rather too much than too little: who reads it sees that something is missing. A name that
 * nobody told us stays; so a person chooses which comments go out.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_MASK_H
#define FEEDBACK_MASK_H

#include "base/arena.h"
#include "base/str.h"
#include "text/personal_data.h"

#include <stddef.h>
#include <stdint.h>

/* What stands in its place. */
#define MASK STR("•••")

struct mask_span {
	size_t from, len; /* bytes */
};
/* `names` are whole names, of valid UTF-8 as the text is; empty ones are passed over. Spans of the text become spans of the result,
 * which is in the arena. */
Str mask_text_keeping(struct arena *a, Str text, const Str *names, size_t count,
                      struct mask_span *spans, size_t span_count);

/* What stands in place of each kind in a language, as "[email]". */
struct mask_words {
	Str of[PERSONAL_KIND_COUNT];
};
/* Of a language tag; those in English where it is none of ours. Constant. */
const struct mask_words *mask_words_of(Str language);

/* A comment without personal data (text/personal_data.h), each find named by its kind, so that it still reads well; names stay.
 * What is most likely no personal data stays, too: numbers of fewer than seven digits, dates, spans of years. Masking what
 * was masked changes nothing. Spans as above. */
Str mask_personal(struct arena *a, Str text, const struct mask_words *words,
                  struct mask_span *spans, size_t span_count);

#endif
