/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/cluster_comments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "text/phrases.h"

#define TEXT_BYTES 40

struct known {
	uint64_t key; /* 0: free */
	uint32_t number, comments;
	uint8_t len;
	char text[TEXT_BYTES];
};

struct cluster_comments {
	struct known *at; /* [cap], a power of two; open addressing */
	size_t cap, used;
	uint32_t *words; /* all comments', one behind the other */
	size_t word_count, word_cap;
	size_t *ends; /* [count] */
	size_t count, count_cap;
};

struct cluster_comments *cluster_comments_open(void)
{
	struct cluster_comments *c = mem_zeroed(1, sizeof *c);
	c->cap = 1024;
	c->at = mem_zeroed(c->cap, sizeof *c->at);
	return c;
}

void cluster_comments_close(struct cluster_comments *c)
{
	if (!c)
		return;
	free(c->at);
	free(c->words);
	free(c->ends);
	free(c);
}

static uint64_t key_of(Str stem)
{
	uint64_t key = 0xCBF29CE484222325ull;
	for (size_t i = 0; i < stem.len; i++)
		key = (key ^ (unsigned char)stem.at[i]) * 0x100000001B3ull;
	return key + (key == 0);
}

static struct known *place_of(struct known *at, size_t cap, uint64_t key)
{
	size_t i = (size_t)(key * 0x9E3779B97F4A7C15ull >> 20) & (cap - 1);
	while (at[i].key != 0 && at[i].key != key)
		i = (i + 1) & (cap - 1);
	return &at[i];
}

static void make_room(struct cluster_comments *c)
{
	if (c->used * 2 < c->cap)
		return;
	struct known *larger = mem_zeroed(c->cap * 2, sizeof *larger);
	for (size_t i = 0; i < c->cap; i++)
		if (c->at[i].key)
			*place_of(larger, c->cap * 2, c->at[i].key) = c->at[i];
	free(c->at);
	c->at = larger;
	c->cap *= 2;
}

static uint32_t number_of(struct cluster_comments *c, const struct word *word)
{
	make_room(c);
	uint64_t key = key_of(word->stem);
	struct known *k = place_of(c->at, c->cap, key);
	if (k->key == 0) {
		*k = (struct known){ .key = key, .number = (uint32_t)c->used++ };
		if (word->folded.len <= TEXT_BYTES) {
			k->len = (uint8_t)word->folded.len;
			memcpy(k->text, word->folded.at, word->folded.len);
		}
	}
	return k->number;
}

static void count_comment(struct cluster_comments *c, const struct word *word)
{
	place_of(c->at, c->cap, key_of(word->stem))->comments++;
}

void cluster_comments_add(struct cluster_comments *c, const struct words *w, cluster_skip_fn skips,
                          void *context)
{
	size_t begin = c->word_count;
	for (size_t i = 0; i < w->count && c->word_count - begin < COMMENT_WORDS_MAX; i++) {
		const struct word *word = &w->words[i];
		if (word->kind != WORD_LETTERS || word->folded.len < 2 || word->stop ||
		    (skips && skips(context, w->tongue, word)))
			continue;
		uint32_t number = number_of(c, word);
		bool again = false;
		for (size_t j = begin; j < c->word_count && !again; j++)
			again = c->words[j] == number;
		if (again)
			continue;
		if (c->word_count == c->word_cap) {
			c->word_cap = c->word_cap ? c->word_cap * 2 : 4096;
			c->words = mem_resize(c->words, c->word_cap * sizeof *c->words);
		}
		c->words[c->word_count++] = number;
		count_comment(c, word);
	}
	if (c->count == c->count_cap) {
		c->count_cap = c->count_cap ? c->count_cap * 2 : 1024;
		c->ends = mem_resize(c->ends, c->count_cap * sizeof *c->ends);
	}
	c->ends[c->count++] = c->word_count;
}

static int commonest_first(const void *x, const void *y)
{
	const struct known *a = *(const struct known *const *)x,
			   *b = *(const struct known *const *)y;
	if (a->comments != b->comments)
		return a->comments < b->comments ? 1 : -1;
	return (a->number > b->number) - (a->number < b->number);
}

#define LEFT_OUT UINT32_MAX

/* Renumbers the words that are common enough: new_number [used], texts and rarities by the new ones. */
static size_t choose_words(const struct cluster_comments *c, struct arena *a, uint32_t *new_number,
                           struct comment_bags *out)
{
	const struct known **all = ARENA_ARRAY(a, const struct known *, c->used + 1);
	size_t n = 0;
	for (size_t i = 0; i < c->cap; i++)
		if (c->at[i].key)
			all[n++] = &c->at[i];
	qsort(all, n, sizeof(const struct known *), commonest_first);
	size_t kept = 0;
	while (kept < n && kept < CLUSTER_WORDS && all[kept]->comments >= CLUSTER_WORD_COMMENTS)
		kept++;
	float *rarity = ARENA_ARRAY(a, float, kept + 1);
	Str *text = ARENA_ARRAY(a, Str, kept + 1);
	memset(new_number, 0xFF, n * sizeof *new_number);
	for (size_t i = 0; i < kept; i++) {
		new_number[all[i]->number] = (uint32_t)i;
		rarity[i] = (float)log((double)(c->count + 1) / (double)all[i]->comments);
		text[i] = str_copy(a, (Str){ all[i]->text, all[i]->len });
	}
	out->rarity = rarity;
	out->text = text;
	return kept;
}

void comment_bags_make(const struct cluster_comments *c, struct arena *a, struct comment_bags *out)
{
	uint32_t *new_number = ARENA_ARRAY(a, uint32_t, c->used + 1);
	uint32_t *words = ARENA_ARRAY(a, uint32_t, c->word_count + 1);
	size_t *first = ARENA_ARRAY(a, size_t, c->count + 1);
	size_t kept = choose_words(c, a, new_number, out), n = 0, from = 0;
	for (size_t i = 0; i < c->count; i++) {
		first[i] = n;
		for (; from < c->ends[i]; from++)
			if (new_number[c->words[from]] != LEFT_OUT)
				words[n++] = new_number[c->words[from]];
	}
	first[c->count] = n;
	out->bags = (struct word_bags){ words, first, c->count, kept };
}
