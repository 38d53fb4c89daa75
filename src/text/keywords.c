/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/keywords.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "stats/false_discovery.h"
#include "text/runs.h"

/* Longer phrases are shown cut; their key is whole. */
#define SHOWN_BYTES 72

struct entry {
	uint64_t key;  /* 0: free */
	uint64_t seen; /* number of the comment, or person, that said it last, from 1 */
	uint32_t comments[KEYWORD_GROUPS];
	uint8_t len, tongue;
	char text[SHOWN_BYTES];
};

struct keyword_counts {
	struct entry *at; /* [cap], a power of two; open addressing */
	size_t cap, used;
	uint64_t comments; /* so far, those of one person as one */
	uint32_t tongues;  /* of the one at hand, a bit each */
	int64_t group[TONGUE_COUNT][KEYWORD_GROUPS];
};

struct keyword_counts *keyword_counts_open(void)
{
	struct keyword_counts *k = mem_zeroed(1, sizeof *k);
	k->cap = 1024;
	k->at = mem_zeroed(k->cap, sizeof *k->at);
	return k;
}

void keyword_counts_close(struct keyword_counts *k)
{
	if (!k)
		return;
	free(k->at);
	free(k);
}

static struct entry *place_of(struct entry *at, size_t cap, uint64_t key)
{
	size_t i = (size_t)(key * 0x9E3779B97F4A7C15ull >> 20) & (cap - 1);
	while (at[i].key != 0 && at[i].key != key)
		i = (i + 1) & (cap - 1);
	return &at[i];
}

static uint64_t said(const struct entry *e)
{
	uint64_t n = 0;
	for (size_t g = 0; g < KEYWORD_GROUPS; g++)
		n += e->comments[g];
	return n;
}

/* Into a table of `cap`, without what was said fewer than `least` times. */
static void move_all(struct keyword_counts *k, size_t cap, uint64_t least)
{
	struct entry *at = mem_zeroed(cap, sizeof *at);
	k->used = 0;
	for (size_t i = 0; i < k->cap; i++)
		if (k->at[i].key && said(&k->at[i]) >= least) {
			*place_of(at, cap, k->at[i].key) = k->at[i];
			k->used++;
		}
	free(k->at);
	k->at = at;
	k->cap = cap;
}

/* Past the limit the rarest go, those said once first: a phrase that matters comes again. */
static void make_room(struct keyword_counts *k)
{
	if (k->used * 2 < k->cap)
		return;
	if (k->used < KEYWORD_PHRASES_MAX) {
		move_all(k, k->cap * 2, 0);
		return;
	}
	for (uint64_t least = 2; k->used > KEYWORD_PHRASES_MAX / 2; least *= 2)
		move_all(k, k->cap, least);
}

uint64_t keyword_key(const struct phrase *p, enum tongue t)
{
	uint64_t key = p->key ^ (uint64_t)t * 0xD6E8FEB86659FD93ull;
	return key + (key == 0);
}

static void say(struct keyword_counts *k, const struct words *w, const struct phrase *p,
                unsigned group)
{
	uint64_t key = keyword_key(p, w->tongue);
	make_room(k);
	struct entry *e = place_of(k->at, k->cap, key);
	if (e->key == 0) {
		Str shown = utf8_prefix(str_slice(w->text, p->from, p->len), SHOWN_BYTES);
		*e = (struct entry){ .key = key, .tongue = (uint8_t)w->tongue };
		e->len = (uint8_t)shown.len;
		memcpy(e->text, shown.at, shown.len);
		k->used++;
	}
	if (e->seen != k->comments)
		e->comments[group]++;
	e->seen = k->comments;
}

void keyword_counts_add(struct keyword_counts *k, const struct words *w,
                        const struct phrase *phrases, size_t count, unsigned group)
{
	k->comments++;
	k->tongues = 0;
	keyword_counts_add_more(k, w, phrases, count, group);
}

void keyword_counts_add_more(struct keyword_counts *k, const struct words *w,
                             const struct phrase *phrases, size_t count, unsigned group)
{
	MUST(group < KEYWORD_GROUPS);
	k->group[w->tongue][group] += !(k->tongues >> w->tongue & 1);
	k->tongues |= UINT32_C(1) << w->tongue;
	for (size_t i = 0; i < count; i++)
		say(k, w, &phrases[i], group);
}

static int strongest_first(const void *x, const void *y)
{
	const struct keyword *a = x, *b = y;
	if (a->z != b->z)
		return a->z < b->z ? 1 : -1;
	if (a->comments != b->comments)
		return a->comments < b->comments ? 1 : -1;
	return (a->key > b->key) - (a->key < b->key);
}

/* What is told so far, the strongest first; of two that say the same the longer alone, at the place of the first. */
struct told {
	Str text;
	int64_t said;
	size_t at; /* among what was found */
};

/* Whole words of the other: "late" is no part of "chocolate". */
static bool is_within(Str part, Str whole)
{
	uint32_t before = ' ', next, first = ' ';
	run_char(part, 0, &first);
	for (size_t at = 0; at + part.len <= whole.len; before = next) {
		uint32_t behind = ' ';
		size_t end = at + part.len;
		if (end < whole.len)
			run_char(whole, end, &behind);
		bool apart =
		    run_is_unspaced(first) || (!run_is_word(before) && !run_is_word(behind));
		if (apart && str_eq(str_slice(whole, at, part.len), part))
			return true;
		at = run_char(whole, at, &next);
	}
	return false;
}

/* Is one the other with more around it, and said nearly as often? */
static bool says_the_same(const struct told *a, const struct told *b)
{
	const struct told *shorter = a->text.len < b->text.len ? a : b;
	const struct told *longer = shorter == a ? b : a;
	return (double)longer->said >= .6 * (double)shorter->said &&
	       is_within(shorter->text, longer->text);
}

static void tell(struct told *told, size_t *count, size_t max, struct told next)
{
	size_t kept = 0;
	bool placed = false;
	for (size_t i = 0; i < *count; i++)
		if (next.text.len <= told[i].text.len && says_the_same(&told[i], &next))
			return;
	for (size_t i = 0; i < *count; i++) {
		bool same = says_the_same(&told[i], &next);
		if (!same)
			told[kept++] = told[i];
		else if (!placed)
			told[kept++] = next;
		placed = placed || same;
	}
	if (!placed && kept < max)
		told[kept++] = next;
	*count = kept;
}

static void list(struct arena *a, struct keyword *found, size_t n, size_t max, struct keyword **out,
                 size_t *count)
{
	struct told *told = ARENA_ARRAY(a, struct told, max + 1);
	*count = 0;
	qsort(found, n, sizeof *found, strongest_first);
	for (size_t i = 0; i < n; i++) {
		found[i].text = fold_lower(a, found[i].text);
		tell(told, count, max, (struct told){ found[i].text, found[i].comments, i });
	}
	*out = ARENA_ARRAY(a, struct keyword, *count + 1);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = found[told[i].at];
}

static int64_t in_tongue(const struct keyword_counts *k, unsigned tongue)
{
	int64_t n = 0;
	for (size_t g = 0; g < KEYWORD_GROUPS; g++)
		n += k->group[tongue][g];
	return n;
}

void keywords_of(const struct keyword_counts *k, struct arena *a, unsigned group, size_t max,
                 struct keyword **out, size_t *count)
{
	struct keyword *found = ARENA_ARRAY(a, struct keyword, k->used);
	size_t found_count = 0;
	for (size_t i = 0; i < k->cap; i++) {
		const struct entry *e = &k->at[i];
		if (e->key == 0 || e->comments[group] < KEYWORD_COMMENTS)
			continue;
		int64_t n = k->group[e->tongue][group], m = in_tongue(k, e->tongue) - n;
		int64_t y = e->comments[group], x = (int64_t)said(e) - y;
		struct log_odds odds = log_odds_of(y, n, x, m);
		if (odds.z <= 0)
			continue;
		found[found_count++] = (struct keyword){
			.text = { e->text, e->len },
			.key = e->key,
			.comments = y,
			.others = x,
			.share = (double)y / (double)n,
			.share_others = m > 0 ? (double)x / (double)m : 0,
			.z = odds.z,
		};
	}
	list(a, found, found_count, max, out, count);
}

static int least_likely_first(const void *x, const void *y)
{
	const struct keyword_apart *a = x, *b = y;
	if (a->odds.p < b->odds.p || a->odds.p > b->odds.p)
		return a->odds.p < b->odds.p ? -1 : 1;
	double left = fabs(a->odds.z), right = fabs(b->odds.z);
	if (left < right || left > right)
		return left > right ? -1 : 1;
	return (a->key > b->key) - (a->key < b->key);
}

static size_t find_apart(const struct keyword_counts *k, struct keyword_apart *found)
{
	size_t count = 0;
	for (size_t i = 0; i < k->cap; i++) {
		const struct entry *e = &k->at[i];
		if (e->key == 0 || e->comments[0] + e->comments[1] < KEYWORD_PEOPLE)
			continue;
		const int64_t *of = k->group[e->tongue];
		found[count++] = (struct keyword_apart){
			.text = { e->text, e->len },
			.key = e->key,
			.tongue = (enum tongue)e->tongue,
			.people = { e->comments[0], e->comments[1] },
			.of = { of[0], of[1] },
			.odds = log_odds_of(e->comments[0], of[0], e->comments[1], of[1]),
		};
	}
	return count;
}

/* As seen from the side that says it more. */
static unsigned turn(struct keyword_apart *k)
{
	const struct log_odds o = k->odds;
	if (o.delta > 0)
		return 0;
	k->odds = (struct log_odds){ -o.delta, -o.hi, -o.lo, -o.z, o.p };
	return 1;
}

void keywords_apart(const struct keyword_counts *k, struct arena *a, size_t max,
                    struct keywords_apart *out)
{
	struct keyword_apart *found = ARENA_ARRAY(a, struct keyword_apart, k->used + 1);
	struct told *told[2] = { ARENA_ARRAY(a, struct told, max + 1),
		                 ARENA_ARRAY(a, struct told, max + 1) };
	size_t count = find_apart(k, found);
	double *rates = ARENA_ARRAY(a, double, count + 1);
	*out = (struct keywords_apart){ .tried = count };
	if (count)
		qsort(found, count, sizeof *found, least_likely_first);
	for (size_t i = 0; i < count; i++)
		rates[i] = found[i].odds.p;
	false_discovery_rates(rates, rates, count);
	for (size_t i = 0; i < count && rates[i] <= KEYWORD_RATE; i++) {
		unsigned side = turn(&found[i]);
		found[i].rate = rates[i];
		found[i].text = fold_lower(a, found[i].text);
		tell(told[side], &out->count[side], max,
		     (struct told){ found[i].text, found[i].people[side], i });
		out->beyond_chance++;
	}
	for (int side = 0; side < 2; side++) {
		out->list[side] = ARENA_ARRAY(a, struct keyword_apart, max + 1);
		for (size_t i = 0; i < out->count[side]; i++)
			out->list[side][i] = found[told[side][i].at];
	}
}
