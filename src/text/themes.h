/* text/themes.h - what a comment is about: its themes, each with the bytes it rests on, its clause and how good or bad it sounds.
 *
 * A sentence speaks of a theme when a sure seed of the theme stands in it; seeds that only may count (taxonomy.h) count beside
 * one. With a model (theme_model.h) a sentence may speak of a theme without any seed, and a seed may be overruled. There is one
 * mention a clause and theme. Cost is linear in the length and does not grow with the number of themes.
 *
 * A mention is judged by its clause. Where a clause speaks of several themes ("great food and awful service") each is judged by
 * the words around it; where a clause says nothing of good or bad, by a neighbour in the sentence that speaks of no other theme.
 *
 * A reader of themes is constant and may be shared by threads; taxonomy and model must outlive it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_THEMES_H
#define TEXT_THEMES_H

#include "text/linear.h"
#include "text/theme_seeds.h"

/* How good or bad the words [first, first + count) sound, -1..1. */
typedef float theme_polarity_fn(void *of, size_t first, size_t count);

struct theme_judge {
	theme_polarity_fn *polarity; /* NULL: nothing is judged, polarities are 0 */
	void *of;
};

struct theme_mention {
	uint16_t theme;       /* place in the taxonomy */
	bool has_seed;        /* false: by the model alone; the span is the clause */
	uint32_t clause;      /* place among the clauses of the words */
	uint32_t first, last; /* words that it rests on, both belong to it */
	uint32_t from, len;   /* the same as bytes of the text */
	float certainty;      /* 0..1 */
	float polarity;       /* -1..1 */
};

struct theme_mentions {
	struct theme_mention *mention; /* [count], by theme, then by clause */
	size_t count;
};

struct theme_reader;
struct theme_model;

/* `model` may be NULL; its classes are keys of themes, those that the taxonomy does not have are left alone. In the arena. */
const struct theme_reader *theme_reader_new(struct arena *a, struct word_reader *r,
                                            const struct taxonomy *t,
                                            const struct theme_model *model);
/* The same seeds with another model. */
const struct theme_reader *theme_reader_with(struct arena *a, const struct theme_reader *r,
                                             const struct theme_model *model);
const struct theme_seeds *theme_reader_seeds(const struct theme_reader *r);
/* In the arena; indices refer to `w`. */
void theme_read(const struct theme_reader *r, struct arena *a, const struct words *w,
                const struct theme_judge *judge, struct theme_mentions *out);
/* From where a mention is good, or bad below its negative. */
#define THEME_PLAIN 0.2F

/* Of all mentions of one theme, which begin at `first`: *count of them, their mean polarity, weighed by how much each says. */
float theme_polarity(const struct theme_mentions *m, size_t first, size_t *count);
const struct taxonomy *theme_reader_taxonomy(const struct theme_reader *r);

#endif
