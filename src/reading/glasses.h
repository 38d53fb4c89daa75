/* reading/glasses.h - what comments of a workspace are read with: the models, the themes that ship and its own, and their ids.
 *
 * What is read of a comment is a struct kept_reading, in the arena given; its texts live in that arena, the comment or the
 * program. One thread at a time; glasses_off gives all back.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_GLASSES_H
#define READING_GLASSES_H

#include "db/store.h"
#include "reading/comments.h"
#include "reading/kept.h"
#include "text/analysis.h"

/* Raised when the same comment would be read otherwise: models, lexicons, lists or rules changed. Below 100. */
#define READING_ENGINE 3
/* What stands in `engine` of a reading: that, and how often a workspace's comments were to be read again by what was learnt. */
int64_t reading_engine(int64_t generation);
/* Do two of them differ in what was learnt alone? */
bool reading_engine_same_but_learnt(int64_t a, int64_t b);

/* Zero it but for the first two, which outlive it. */
struct glasses {
	struct store *store;
	const struct analyst_files *files;
	struct word_reader *words; /* opened when first needed */
	int64_t workspace, taxonomy;
	unsigned languages;      /* that are read, as struct language_wish has them */
	int64_t version, engine; /* of what was learnt (reading/learnt.h); reading_engine's */
	struct arena arena;
	const struct analyst *plain;   /* what ships, and the workspace's words */
	const struct analyst *analyst; /* with themes as they were learnt */
	const struct own_model *own;   /* NULL: nothing was learnt */
	uint64_t taught;               /* themes that were learnt, a bit a theme of the taxonomy */
	int64_t theme[TAXONOMY_THEMES_MAX]; /* ids, in the order of the taxonomy */
	bool ready;
};

/* For this workspace, with what it taught and with themes as of this number (reading_setting.taxonomy): nothing, when they are so already. Makes rows of
 * themes that have none, and waits for that commit. */
MUST_USE bool glasses_on(struct glasses *g, struct db *db, int64_t workspace, int64_t taxonomy,
                         struct err *err);
void glasses_off(struct glasses *g);

/* All of it. `input` is comment_input's. */
void glasses_read(const struct glasses *g, struct arena *a, const struct read_comment *c,
                  int64_t input, struct kept_reading *out);
/* The same comment as it was read before but for what was learnt: does `now`, which glasses_read made, say what is kept? */
bool glasses_say_same(const struct read_comment *c, const struct kept_mention *kept, size_t count,
                      const struct kept_reading *now);
/* Of a comment that was read before by this engine: does it speak, in the same places, of what is kept? Then polarities are as
 * they are, too, since nothing but the text, its question and those places decide them. */
bool glasses_find_same(const struct glasses *g, struct arena *a, const struct read_comment *c,
                       const struct kept_mention *kept, size_t count);
/* The same comment's themes alone, as glasses_read finds them. */
void glasses_read_themes(const struct glasses *g, struct arena *a, const struct read_comment *c,
                         struct kept_reading *out);

#endif
