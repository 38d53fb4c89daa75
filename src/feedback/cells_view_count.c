/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cube_scan_count.h"

/* More keys do not stay in the nearest caches four times over; more than the latter do not at all. */
#define LANE_KEYS_MAX 64
#define NEAR_KEYS_MAX 512
/* With fewer than one in so many left out, they are counted one by one. */
#define FEW_LEFT 64

static void add_flags(const struct view_block *b, uint32_t *keys)
{
	const uint8_t *marks = b->chunk->marks + b->from;
	for (uint32_t i = 0; i < b->rows; i++)
		keys[i] += (marks[i] & CUBE_MARK_IMPORTED) != 0;
}

/* Has every row of the block the same key? */
static bool one_key(const struct view_count *c, const struct view_block *b, uint32_t *key)
{
	uint32_t code[2];
	if (c->flags > 1 || !view_block_key(c->v, b, 0, &code[0]) ||
	    !view_block_key(c->v, b, 1, &code[1]))
		return false;
	*key = code[0] * c->v->dims[1].codes + code[1];
	return true;
}

static void make_keys(const struct view_count *c, const struct view_block *b, uint32_t *keys)
{
	memset(keys, 0, b->rows * sizeof(*keys));
	view_block_add_keys(c->v, b, 0, c->v->dims[1].codes * c->flags, keys);
	view_block_add_keys(c->v, b, 1, c->flags, keys);
	if (c->flags > 1)
		add_flags(b, keys);
}

/* A column that alone tells the block's rows apart, and is counted as it stands. */
struct lone_column {
	struct cube_codes codes;
	uint32_t stride, key; /* what a code is of a key, and the key of code 0 */
};

static bool lone_column(const struct view_count *c, const struct view_block *b,
                        struct lone_column *out)
{
	uint32_t codes = c->v->dims[1].codes, code;
	int d = view_block_key(c->v, b, 1, &code) ? 0 : 1;
	if (c->flags > 1 || (c->rows && !whose_rows_take_codes(c->rows)) ||
	    (d == 1 && !view_block_key(c->v, b, 0, &code)) ||
	    !view_block_column(c->v, b, d, &out->codes) || !scan_can_count(&out->codes))
		return false;
	out->stride = d == 0 ? codes : 1;
	out->key = d == 0 ? code : code * codes;
	return true;
}

static void own_codes(struct whose_block *own, const struct lone_column *lone)
{
	own->codes = &lone->codes;
	own->stride = lone->stride;
	own->key = lone->key;
}

/* Of the rows of a list. */
static void make_few_keys(const struct view_count *c, const struct view_block *b,
                          const uint16_t *few, uint32_t count, uint32_t *keys)
{
	const uint8_t *marks = b->chunk->marks + b->from;
	memset(keys, 0, count * sizeof(*keys));
	view_block_add_few(c->v, b, 0, c->v->dims[1].codes * c->flags, few, count, keys);
	view_block_add_few(c->v, b, 1, c->flags, few, count, keys);
	for (uint32_t i = 0; i < count && c->flags > 1; i++)
		keys[i] += (marks[few[i]] & CUBE_MARK_IMPORTED) != 0;
}

static void count_few(struct view_count *c, const struct view_block *b, struct whose_block *own,
                      struct lone_column *lone, uint32_t *keys)
{
	uint32_t *counts = own->before ? c->before : c->now;
	const uint16_t *few = own->before ? b->few_before : b->few_now;
	own->symbols = b->chunk->facts + b->from;
	own->meant = own->before ? b->few_before_count : b->few_now_count;
	if (!view_count_has_keys(c)) {
		for (uint32_t i = 0; i < own->meant; i++)
			c->one[own->before][CUBE_SCORE(own->symbols[few[i]])]++;
	} else if (one_key(c, b, &own->key)) {
		counts += (size_t)own->key * SCAN_SYMBOLS;
		for (uint32_t i = 0; i < own->meant; i++)
			counts[CUBE_SCORE(own->symbols[few[i]])]++;
	} else if (lone_column(c, b, lone)) {
		scan_count_few_codes(counts + (size_t)lone->key * SCAN_SYMBOLS, &lone->codes,
		                     b->from, own->symbols, few, own->meant, lone->stride);
		own_codes(own, lone);
	} else {
		make_few_keys(c, b, few, own->meant, keys);
		scan_count_few(counts, keys, own->symbols, few, own->meant);
		own->keys = keys;
	}
	own->few = few;
	if (c->rows)
		whose_rows_add(c->rows, b, own);
}

static void count_column(struct view_count *c, const struct view_block *b,
                         const struct whose_block *own, const struct lone_column *lone)
{
	uint32_t *counts = own->before ? c->before : c->now;
	uint8_t **bytes = &c->bytes[own->before];
	if (!*bytes && c->keys > NEAR_KEYS_MAX && c->keys <= SCAN_BYTES_KEYS_MAX)
		*bytes = mem_zeroed(c->keys, SCAN_BYTES);
	if (*bytes)
		scan_count_bytes(*bytes, counts, &lone->codes, b->from, own->symbols, b->rows,
		                 lone->stride, lone->key);
	else
		scan_count_codes(counts + (size_t)lone->key * SCAN_SYMBOLS, &lone->codes, b->from,
		                 own->symbols, b->rows, lone->stride, c->lane);
}

/* What is read one behind the other is not fetched ahead beyond its page, which is a block or less. */
static void fetch_next(const struct view_count *c, const struct view_block *b)
{
	struct cube_codes codes;
	size_t next = b->from + SCAN_ROWS;
	if (next + SCAN_ROWS > b->chunk->rows)
		return;
	scan_fetch(b->chunk->facts + next, SCAN_ROWS);
	for (int d = 0; d < 2; d++)
		if (view_block_column(c->v, b, d, &codes) && codes.at)
			scan_fetch((const uint8_t *)codes.at + next * codes.width,
			           (size_t)SCAN_ROWS * codes.width);
}

static void count_all(struct view_count *c, const struct view_block *b, struct whose_block *own,
                      struct lone_column *lone, uint32_t *keys)
{
	uint32_t *counts = own->before ? c->before : c->now;
	fetch_next(c, b);
	if (!view_count_has_keys(c)) {
		scan_count_all(c->one[own->before], own->symbols, b->rows, 0, NPS_SCORE_MAX);
	} else if (one_key(c, b, &own->key)) {
		scan_count_key(counts + (size_t)own->key * SCAN_SYMBOLS, own->symbols, b->rows);
	} else if (lone_column(c, b, lone)) {
		count_column(c, b, own, lone);
		own_codes(own, lone);
	} else {
		make_keys(c, b, keys);
		scan_count_keys(counts, keys, own->symbols, b->rows, c->lane);
		own->keys = keys;
	}
	if (!c->rows)
		return;
	own->meant = scan_count_counted(own->symbols, b->rows);
	whose_rows_add(c->rows, b, own);
}

static void count_period(struct view_count *c, const struct view_block *b, bool before)
{
	uint32_t keys[SCAN_ROWS];
	struct lone_column lone;
	struct whose_block own = { .symbols = before ? b->before : b->now, .before = before };
	if (b->is_few)
		count_few(c, b, &own, &lone, keys);
	else
		count_all(c, b, &own, &lone, keys);
}

static void count_whose(struct view_count *c, const struct cube_chunk *chunk)
{
	if (c->clusters)
		cells_whose_add_clusters(c->clusters, c->rows, chunk);
	if (c->people)
		cells_whose_add_people(c->people, c->rows, chunk);
	if (c->rows)
		whose_rows_clear(c->rows);
}

static void leave_out(struct view_count *c, const struct view_block *b)
{
	const struct cube_chunk *chunk = b->chunk;
	if (!chunk->wording.at && !b->is_few && b->left > b->rows / FEW_LEFT) {
		scan_count_all(c->left + (size_t)chunk->wording.base * VIEW_STATES, b->states,
		               b->rows, RESPONSE_PARTIAL, RESPONSE_DELETED);
		return;
	}
	for (uint32_t i = 0; b->is_few && i < b->few_left_count; i++) {
		uint32_t row = b->few_left[i];
		uint32_t wording = cube_code(chunk->wording, b->from + row);
		c->left[wording * VIEW_STATES + b->states[row]]++;
	}
	for (uint32_t word = 0; !b->is_few && word < (b->rows + 63) / 64; word++) {
		for (uint64_t left = b->uncounted[word]; left; left &= left - 1) {
			uint32_t row = word * 64 + (uint32_t)__builtin_ctzll(left);
			uint32_t wording = cube_code(chunk->wording, b->from + row);
			c->left[wording * VIEW_STATES + b->states[row]]++;
		}
	}
}

static void count_block(struct view_count *c, struct view_block *b)
{
	if (!view_block_take(c->v, b))
		return;
	if (b->any_now) {
		leave_out(c, b);
		count_period(c, b, false);
	}
	if (b->any_before)
		count_period(c, b, true);
}

static void add_lanes(const struct view_count *c, uint32_t *counts)
{
	for (size_t i = c->lane; counts && i < c->lane * SCAN_LANES; i++) {
		counts[i % c->lane] += counts[i];
		counts[i] = 0;
	}
}

/* When parts began and ended. Only chunks that reach further than what is known are looked at, row by row. */

static bool reaches_further(struct view_count *c, const struct cube_chunk *chunk)
{
	const struct cell_plan *plan = c->v->plan;
	int64_t *sums = ARENA_ARRAY(plan->arena, int64_t, plan->part_count + 1);
	bool further = false;
	add_lanes(c, c->now);
	for (uint32_t key = 0; key < c->keys; key++) {
		uint32_t part = c->v->part_of[key / c->flags];
		for (int score = 0; part != CELLS_NOWHERE && score <= NPS_SCORE_MAX; score++)
			sums[part] += view_count_of(c, key, false, score);
	}
	for (size_t i = 0; i < plan->part_count; i++) {
		const struct view_seen *s = &c->seen[i];
		further = further || (sums[i] > c->counted[i] &&
		                      (!s->first || cell_instant(chunk->min_time) < s->first ||
		                       cell_instant(chunk->max_time) > s->last));
		c->counted[i] = sums[i];
	}
	return further;
}

static void see_rows(struct view_count *c, const struct view_block *b)
{
	const struct cube_chunk *chunk = b->chunk;
	for (uint32_t row = 0; row < b->rows; row++) {
		if (b->now[row] == SCAN_NONE)
			continue;
		int64_t at = cell_instant(chunk->time[b->from + row]);
		struct view_seen *s =
		    &c->seen[c->v->part_of[cube_code(chunk->wording, b->from + row)]];
		s->first = !s->first || at < s->first ? at : s->first;
		s->last = !s->last || at > s->last ? at : s->last;
	}
}

static void see_chunk(struct view_count *c, struct view_block *b)
{
	b->only_lists = false;
	for (b->from = 0; b->from < b->chunk->rows; b->from += SCAN_ROWS)
		if (view_block_take(c->v, b) && b->any_now)
			see_rows(c, b);
}

void view_count_chunk(struct view_count *c, const struct cube_chunk *chunk, size_t index)
{
	struct view_block b;
	if (!view_block_begin(c->v, &b, chunk, index))
		return;
	b.only_lists = true;
	for (b.from = 0; b.from < chunk->rows; b.from += SCAN_ROWS)
		count_block(c, &b);
	count_whose(c, chunk);
	if (c->seen && reaches_further(c, chunk))
		see_chunk(c, &b);
}

/* The last first: the newest answers are there, and the oldest in the first. */
void view_count_all(struct view_count *c)
{
	const struct cube_view *view = c->v->view;
	size_t count = c->v->nothing ? 0 : view->chunk_count;
	if (count)
		view_count_chunk(c, view->chunks[count - 1], count - 1);
	for (size_t i = 0; i + 1 < count; i++)
		view_count_chunk(c, view->chunks[i], i);
}

void view_count_close(struct view_count *c)
{
	add_lanes(c, c->now);
	add_lanes(c, c->before);
	if (c->bytes[0])
		scan_close_bytes(c->bytes[0], c->now, c->keys);
	if (c->bytes[1])
		scan_close_bytes(c->bytes[1], c->before, c->keys);
}

int64_t view_count_of(const struct view_count *c, uint32_t key, bool before, int score)
{
	const uint32_t *counts = before ? c->before : c->now;
	if (!view_count_has_keys(c))
		return c->one[before][score];
	return counts ? counts[(size_t)key * SCAN_SYMBOLS + (unsigned)score] : 0;
}

static uint32_t flags_of(const struct view_plan *v)
{
	return v->plan->by_part ? 2 : 1;
}

uint32_t view_count_keys(const struct view_plan *v)
{
	uint64_t keys = (uint64_t)v->dims[0].codes * v->dims[1].codes * flags_of(v);
	return keys <= WHOSE_KEYS_MAX ? (uint32_t)keys : 0;
}

/* Is what owners have in common of two periods, or of cells and the whole, asked for? */
static bool wants_pairs(const struct view_plan *v)
{
	return v->plan->q->wants_across || v->before_low <= v->before_high;
}

size_t view_count_left(const struct view_plan *v)
{
	return (size_t)v->view->wording_count * VIEW_STATES + VIEW_STATES;
}

void view_count_begin(struct view_count *c, const struct view_plan *v, const uint32_t owners[2])
{
	struct arena *a = v->plan->arena;
	*c = (struct view_count){ .v = v, .keys = view_count_keys(v), .flags = flags_of(v) };
	size_t counts = (size_t)c->keys * SCAN_SYMBOLS;
	bool pairs = wants_pairs(v);
	if (c->keys <= LANE_KEYS_MAX) {
		c->lane = counts;
		counts *= SCAN_LANES;
	}
	c->left = ARENA_ARRAY(a, int64_t, view_count_left(v));
	if (view_count_has_keys(c))
		c->now = mem_zeroed(counts, sizeof(*c->now));
	if (view_count_has_keys(c) && v->before_low <= v->before_high)
		c->before = mem_zeroed(counts, sizeof(*c->before));
	if (v->plan->by_part) {
		c->counted = ARENA_ARRAY(a, int64_t, v->plan->part_count + 1);
		c->seen = ARENA_ARRAY(a, struct view_seen, v->plan->part_count + 1);
	}
	if (owners[0] || owners[1])
		c->rows = whose_rows_new(c->keys, pairs);
	if (owners[0])
		c->clusters = cells_whose_new(owners[0], c->keys, pairs);
	if (owners[1])
		c->people = cells_whose_new(owners[1], c->keys, pairs);
}

void view_count_end(struct view_count *c)
{
	free(c->now);
	free(c->before);
	free(c->bytes[0]);
	free(c->bytes[1]);
	whose_rows_free(c->rows);
	cells_whose_free(c->clusters);
	cells_whose_free(c->people);
}
