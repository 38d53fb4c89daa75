/* text/theme_seeds.h - where the seeds of a taxonomy stand in a comment, all themes in one pass.
 *
 * Each word is looked up by its stem, its form, its beginnings and its ends in one table a language; what begins there is compared
 * with the words that follow. Cost is linear in the length of the comment and does not grow with the number of themes. Seeds
 * match within a clause; their conditions look at the sentence.
 *
 * Compiled seeds are constant and may be shared by threads; they refer to the taxonomy, which must outlive them.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_THEME_SEEDS_H
#define TEXT_THEME_SEEDS_H

#include "text/taxonomy.h"
#include "text/words.h"

struct theme_seeds;

struct seed_hit {
	uint32_t first, last; /* words, both belong to it */
	uint32_t seed;        /* place in the taxonomy */
	uint16_t theme;
	bool sure; /* false: a SEED_MAYBE */
};

struct seed_hits {
	struct seed_hit *hit; /* [count], by their first word */
	size_t count;
};

struct theme_seeds *theme_seeds_new(struct arena *a, struct word_reader *r,
                                    const struct taxonomy *t);
/* Hits in the arena. */
void theme_seeds_find(const struct theme_seeds *s, struct arena *a, const struct words *w,
                      struct seed_hits *out);

#endif
