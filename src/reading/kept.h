/* reading/kept.h - readings as they are at rest: what was understood of an answer's comment.
 *
 * A reading is written whole, or its themes alone, over the one that was there, and what people put right is laid over it again (reading/correction.h).
 * It notes CHANGE_READING with the answer's id, never CHANGE_RESPONSE, so that a reader does not read because it has read.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_KEPT_H
#define READING_KEPT_H

#include "db/unit.h"

/* Stored: never renumber. Who says that a comment speaks of a theme. */
enum mention_maker {
	MENTION_MACHINE = 1,
	MENTION_PERSON = 2,     /* the machine did not find it */
	MENTION_TAKEN_AWAY = 3, /* the machine found it, a person says no */
};

struct kept_mention {
	int64_t theme;
	uint32_t from, len; /* bytes of the comment */
	double polarity, certainty;
};

struct urgent_find;

struct kept_reading {
	int64_t response;
	bool was_kept;     /* there is an older one, as far as the reader knows */
	bool forget;       /* there is no comment any more: all else is left alone */
	bool themes_alone; /* taxonomy and mentions count, all else stays as it is kept */
	int64_t input, engine, taxonomy;
	Str language;
	bool covered, judged; /* judged: the four below count */
	int low_effort;
	int sentiment, blind; /* enum sentiment_label */
	double score, blind_score;
	unsigned emotions; /* bits of enum emotion */
	int mood, intent;  /* -1: not read in this language, emotions neither */
	unsigned urgent;   /* bits of enum urgent_kind */
	const struct urgent_find *urgent_words; /* why */
	size_t urgent_count;
	const struct kept_mention *mentions;
	size_t mention_count;
};

/* What the machine found in the comments of answers from one id to another, both in it, by answer. */
struct kept_find {
	int64_t response;
	struct kept_mention mention;
};
MUST_USE bool kept_finds(struct db *db, struct arena *a, int64_t workspace, int64_t from,
                         int64_t to, struct kept_find **out, size_t *count, struct err *err);

/* A unit's worth: at most KEPT_ROWS_MAX rows, readings and mentions together. */
#define KEPT_ROWS_MAX 480
struct kept_batch {
	const struct kept_reading *readings;
	size_t count;
	int64_t cursor; /* -1: it stays where it is; else all up to this rev is dealt with */
	const struct pass_step *step; /* of the reader's way through all answers, or NULL */
	int64_t apply_us;             /* result: how long it took */
};
#define KEPT_CONSUMER STR("reading")

/* A unit's function. An answer that has gone meanwhile is left out. */
bool kept_write(struct db_tx *tx, void *kept_batch, struct err *err);

#endif
