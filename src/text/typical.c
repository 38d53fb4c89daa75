/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/typical.h"

#include <math.h>
#include <stdlib.h>

#include "base/die.h"
#include "text/features.h"
#include "text/phrases.h"

/* Words fall into so many places: two in one place are seldom and do little harm. */
#define PLACES 16384

struct typical {
	uint32_t comments[PLACES]; /* that have a word of the place */
	uint32_t count;
	double length; /* of the middle's vector, when settled */
};

struct typical *typical_open(void)
{
	return mem_zeroed(1, sizeof(struct typical));
}

void typical_close(struct typical *t)
{
	free(t);
}

static int by_place(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

/* Places of its content words, each once, ascending. At most TYPICAL_WORDS_MOST + 1. */
static size_t places_of(const struct words *w, uint32_t out[TYPICAL_WORDS_MOST + 1])
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < w->count && n <= TYPICAL_WORDS_MOST; i++) {
		const struct word *word = &w->words[i];
		if (word->kind == WORD_LETTERS && word->folded.len > 1 && !word->stop)
			out[n++] = feature_place('t', word->stem, (Str){ 0 }) % PLACES;
	}
	qsort(out, n, sizeof out[0], by_place);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || out[i] != out[i - 1])
			out[kept++] = out[i];
	return kept;
}

void typical_add(struct typical *t, const struct words *w)
{
	uint32_t places[TYPICAL_WORDS_MOST + 1];
	size_t n = places_of(w, places);
	for (size_t i = 0; i < n; i++)
		t->comments[places[i]]++;
	t->count++;
}

/* The group's weight of a place: how many comments have it, times how telling that is. */
static double rarity(const struct typical *t, uint32_t place)
{
	return log((double)(t->count + 1) / (double)(t->comments[place] + 1)) + .5;
}

void typical_settle(struct typical *t)
{
	double square = 0;
	for (uint32_t place = 0; place < PLACES; place++) {
		double x = rarity(t, place) * (double)t->comments[place];
		square += x * x;
	}
	t->length = square > 0 ? sqrt(square) : 1;
}

double typical_of(const struct typical *t, const struct words *w)
{
	uint32_t places[TYPICAL_WORDS_MOST + 1];
	size_t n = places_of(w, places);
	double dot = 0, own = 0;
	if (n < TYPICAL_WORDS_LEAST || n > TYPICAL_WORDS_MOST)
		return 0;
	for (size_t i = 0; i < n; i++) {
		double weight = rarity(t, places[i]);
		dot += weight * weight * (double)t->comments[places[i]];
		own += weight * weight;
	}
	return dot / (sqrt(own) * t->length);
}
