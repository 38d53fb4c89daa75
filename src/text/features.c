/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/features.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

#define CHARS_MIN 3
#define CHARS_MAX 5
/* Words behind a negation that it may turn round. */
#define NEGATION_REACH 4

/* FNV-1a, finished by a multiplication that brings the high bits down. */
static uint64_t mix(uint64_t hash, Str s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * 0x100000001B3ull;
	return hash;
}

static uint32_t placed(uint64_t hash)
{
	return (uint32_t)((hash * 0x9E3779B97F4A7C15ull) >> (64 - FEATURE_BITS));
}

static uint64_t kind_of(char kind)
{
	return mix(0xCBF29CE484222325ull, (Str){ &kind, 1 });
}

uint32_t feature_place(char kind, Str a, Str b)
{
	return placed(mix(mix(mix(kind_of(kind), a), STR(" ")), b));
}

struct bag {
	struct arena *a;
	uint32_t *index;
	size_t count, cap;
};

static void put(struct bag *b, uint32_t place)
{
	if (b->count == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 256;
		uint32_t *larger = arena_alloc(b->a, cap * sizeof *larger);
		for (size_t i = 0; i < b->count; i++)
			larger[i] = b->index[i];
		b->index = larger;
		b->cap = cap;
	}
	b->index[b->count++] = place;
}

/* Of "<word>", as fastText has them. The longer ones go on from the shorter: each character is mixed in three times at most,
 * and places are those of feature_place('c', characters). */
static void put_chars(struct bag *b, Str folded)
{
	char edged[WORD_BYTES_MAX + 2];
	size_t starts[WORD_BYTES_MAX + 3], n = 0;
	Str s = utf8_prefix(folded, WORD_BYTES_MAX);
	edged[0] = '<';
	for (size_t i = 0; i < s.len; i++)
		edged[i + 1] = s.at[i];
	edged[s.len + 1] = '>';
	for (size_t i = 0; i < s.len + 2; i++)
		if (((unsigned char)edged[i] & 0xC0) != 0x80)
			starts[n++] = i;
	starts[n] = s.len + 2;
	for (size_t from = 0; from + CHARS_MIN <= n; from++) {
		uint64_t hash = kind_of('c');
		for (size_t len = 1; len <= CHARS_MAX && from + len <= n; len++) {
			size_t at = starts[from + len - 1];
			hash = mix(hash, (Str){ edged + at, starts[from + len] - at });
			if (len >= CHARS_MIN)
				put(b, placed(mix(hash, STR(" "))));
		}
	}
}

/* All weigh the same; length 1. */
static void settle(struct bag *b, struct features *out)
{
	float value = b->count ? 1 / sqrtf((float)b->count) : 0;
	*out = (struct features){ b->index, arena_alloc(b->a, b->count * sizeof(float)), b->count };
	for (size_t i = 0; i < b->count; i++)
		out->value[i] = value;
}

void features_of(struct arena *a, const struct words *w, size_t first, size_t count, unsigned sets,
                 struct features *out)
{
	struct bag b = { .a = a };
	size_t negated = 0; /* words still under a negation */
	for (size_t i = first; i < first + count; i++) {
		const struct word *word = &w->words[i];
		bool clause_begins = i == first || word->clause != w->words[i - 1].clause;
		if (clause_begins)
			negated = 0;
		if (word->roles & TONGUE_SPENT)
			continue;
		if (sets & FEATURE_WORDS)
			put(&b, feature_place('w', word->folded, (Str){ 0 }));
		if (word->kind != WORD_LETTERS)
			continue;
		if (sets & FEATURE_STEMS)
			put(&b, feature_place('s', word->stem, (Str){ 0 }));
		if ((sets & FEATURE_PAIRS) && !clause_begins &&
		    !(w->words[i - 1].roles & TONGUE_SPENT))
			put(&b, feature_place('p', w->words[i - 1].folded, word->folded));
		if (sets & FEATURE_CHARS)
			put_chars(&b, word->folded);
		if ((sets & FEATURE_NEGATED) && negated > 0)
			put(&b, feature_place('n', word->stem, (Str){ 0 }));
		if (word->roles & TONGUE_NEGATES)
			negated = NEGATION_REACH;
		else if (negated > 0)
			negated--;
	}
	settle(&b, out);
}

static int by_place(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

void features_merge(struct features *f)
{
	size_t all = f->count, count = 0;
	if (all == 0)
		return;
	qsort(f->index, all, sizeof *f->index, by_place);
	float scale =
	    1 / sqrtf((float)all); /* the squares of the roots add up to how many there are */
	for (size_t i = 0, next; i < all; i = next) {
		for (next = i + 1; next < all && f->index[next] == f->index[i];)
			next++;
		f->index[count] = f->index[i];
		f->value[count++] = sqrtf((float)(next - i)) * scale;
	}
	f->count = count;
}
