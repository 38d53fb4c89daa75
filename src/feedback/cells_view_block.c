/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_block.h"

#include <string.h>

/* Bounds within one chunk that are compared one by one. */
#define BOUNDS_FEW 4
#define AHEAD      16

void view_block_counted(const struct view_plan *v, const struct view_block *b,
                        uint64_t bits[static BLOCK_WORDS], uint32_t codes[static 2][SCAN_ROWS])
{
	uint64_t before[BLOCK_WORDS] = { 0 };
	memset(bits, 0, sizeof(before));
	if (b->any_now)
		scan_counted(bits, b->now, b->rows);
	if (b->any_before)
		scan_counted(before, b->before, b->rows);
	for (uint32_t i = 0; i < BLOCK_WORDS; i++)
		bits[i] |= before[i];
	for (int d = 0; d < 2; d++) {
		memset(codes[d], 0, b->rows * sizeof(codes[d][0]));
		view_block_add_keys(v, b, d, 1, codes[d]);
	}
}

uint32_t view_bit_next(const uint64_t *bits, uint32_t bit, uint32_t rows)
{
	while (bit < rows) {
		uint64_t word = bits[bit / 64] >> (bit % 64);
		if (word) {
			bit += (uint32_t)__builtin_ctzll(word);
			return bit < rows ? bit : rows;
		}
		bit = (bit / 64 + 1) * 64;
	}
	return rows;
}

/* What the chunk's bits have not answered. */
static void take_columns(const struct view_plan *v, struct view_block *b)
{
	const struct cube_chunk *c = b->chunk;
	for (size_t i = 0; i < v->list_count; i++) {
		const struct view_list *l = &v->lists[i];
		struct cube_codes codes = view_column_of(c, l->column, l->property);
		if (!b->bits.done[i])
			scan_take_codes(b->mask, &codes, b->from, b->rows, &l->list);
	}
	if (v->mark_bits)
		scan_take_marks(b->mask, c->marks + b->from, b->rows, v->mark_bits,
		                v->marks_wanted);
	if (v->facts)
		scan_take_facts(b->mask, c->facts + b->from, b->rows, v->facts);
	if (v->by_scores && !b->bits.done_scores)
		scan_take_scores(b->mask, c->facts + b->from, b->rows, v->score_low, v->score_high);
	if (v->rows)
		scan_take_bits(b->mask, v->rows + (b->chunk_index * CUBE_CHUNK_ROWS + b->from) / 64,
		               b->rows);
}

/* The mask within a period, in `room` where it differs from the block's; NULL: nothing is left. */
static const uint8_t *take_period(const struct view_block *b, int32_t low, int32_t high,
                                  uint8_t *room)
{
	const struct cube_chunk *c = b->chunk;
	if (c->max_time < low || c->min_time > high)
		return NULL;
	if (c->min_time >= low && c->max_time <= high)
		return b->mask;
	memcpy(room, b->mask, b->rows);
	scan_take_times(room, c->time + b->from, b->rows, low, high);
	return room;
}

static void take_before(const struct view_plan *v, struct view_block *b, const uint8_t *now)
{
	uint8_t room[SCAN_ROWS], rest[SCAN_ROWS];
	const uint8_t *mask = take_period(b, v->before_low, v->before_high, room);
	b->any_before = mask != NULL;
	if (!mask)
		return;
	for (uint32_t i = 0; i < b->rows; i++)
		rest[i] = mask[i] & (uint8_t)(now ? ~now[i] : 255);
	scan_symbols(b->before, rest, b->chunk->facts + b->from, b->rows);
}

static bool is_within(int32_t time, int32_t low, int32_t high)
{
	return time >= low && time <= high;
}

static bool overlaps(const struct cube_chunk *c, int32_t low, int32_t high)
{
	return c->max_time >= low && c->min_time <= high;
}

static void leave_out(struct view_block *b, uint32_t row, uint8_t facts)
{
	if (CUBE_STATE(facts) == 0)
		return;
	b->states[row] = CUBE_STATE(facts);
	b->uncounted[row / 64] |= UINT64_C(1) << row % 64;
	b->few_left[b->few_left_count++] = (uint16_t)row;
	b->left++;
}

static bool counts(uint8_t facts)
{
	uint32_t state = CUBE_STATE(facts), score = CUBE_SCORE(facts);
	return (state - RESPONSE_PARTIAL <= RESPONSE_COMPLETE - RESPONSE_PARTIAL) &
	       (score <= NPS_SCORE_MAX);
}

/* All are within the period at hand, and which of them count is known. */
static void take_known(struct view_block *b, const uint64_t *bits)
{
	const uint64_t *counted = b->bits.counted + b->from / 64;
	const uint8_t *facts = b->chunk->facts + b->from;
	uint64_t now[BLOCK_WORDS], left[BLOCK_WORDS];
	uint16_t list[BLOCK_ROOM];
	for (uint32_t word = 0; word < BLOCK_WORDS; word++) {
		now[word] = bits[word] & counted[word];
		left[word] = bits[word] & ~counted[word];
	}
	b->few_now_count = scan_list(b->few_now, now, SCAN_ROWS);
	uint32_t left_count = scan_list(list, left, SCAN_ROWS);
	for (uint32_t i = 0; i < left_count; i++)
		leave_out(b, list[i], facts[list[i]]);
	for (uint32_t i = 0; i < b->few_now_count && !b->only_lists; i++)
		b->now[b->few_now[i]] = CUBE_SCORE(facts[b->few_now[i]]);
}

/* All are within the period at hand. */
static void take_list(struct view_block *b, const uint16_t *list, uint32_t count)
{
	const uint8_t *all = b->chunk->facts + b->from;
	uint32_t few = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = list[i];
		uint8_t facts = all[row];
		bool is_counted = counts(facts);
		b->few_now[few] = (uint16_t)row;
		few += is_counted;
		if (is_counted)
			b->now[row] = CUBE_SCORE(facts);
		else
			leave_out(b, row, facts);
	}
	b->few_now_count = few;
}

static void take_row(const struct view_plan *v, struct view_block *b, uint32_t row)
{
	uint8_t facts = b->chunk->facts[b->from + row];
	int32_t time = b->chunk->time[b->from + row];
	if (is_within(time, v->now_low, v->now_high)) {
		if (counts(facts)) {
			b->now[row] = CUBE_SCORE(facts);
			b->few_now[b->few_now_count++] = (uint16_t)row;
		} else {
			leave_out(b, row, facts);
		}
	} else if (counts(facts) && is_within(time, v->before_low, v->before_high)) {
		b->before[row] = CUBE_SCORE(facts);
		b->few_before[b->few_before_count++] = (uint16_t)row;
	}
}

/* As the loops over all rows have it. */
static void take_few(const struct view_plan *v, struct view_block *b, const uint64_t *bits,
                     uint32_t count)
{
	uint16_t list[BLOCK_ROOM];
	bool within = b->chunk->min_time >= v->now_low && b->chunk->max_time <= v->now_high;
	b->is_few = true;
	b->any_now = overlaps(b->chunk, v->now_low, v->now_high);
	b->any_before = overlaps(b->chunk, v->before_low, v->before_high);
	b->few_now_count = b->few_before_count = b->few_left_count = 0;
	if (!b->only_lists)
		memset(b->now, SCAN_NONE, b->rows);
	if (b->any_before && !b->only_lists)
		memset(b->before, SCAN_NONE, b->rows);
	memset(b->uncounted, 0, sizeof(b->uncounted));
	if (within && b->bits.counted) {
		take_known(b, bits);
		return;
	}
	scan_list(list, bits, b->rows);
	if (within)
		take_list(b, list, count);
	else
		for (uint32_t i = 0; i < count; i++)
			take_row(v, b, list[i]);
}

static bool is_column(enum dim_kind kind)
{
	switch (kind) {
	case DIM_PART:
	case DIM_SURVEY:
	case DIM_WORDING:
	case DIM_CHANNEL:
	case DIM_LANGUAGE:
	case DIM_SOURCE:
	case DIM_PROPERTY:
	case DIM_ACCOUNT:
	case DIM_ACCOUNT_SIZE:
		return true;
	case DIM_NONE:
	case DIM_TAG:
	case DIM_THEME:
	case DIM_SENTIMENT:
	case DIM_TIME:
	case DIM_GROUP:
	case DIM_TRAIT:
	case DIM_TENURE:
		break;
	}
	return false;
}

bool view_block_column(const struct view_plan *v, const struct view_block *b, int d,
                       struct cube_codes *codes)
{
	const struct view_dim *dim = &v->dims[d];
	if (!is_column(dim->kind))
		return false;
	*codes = view_column_of(b->chunk, dim->column, dim->property);
	return true;
}

bool view_block_begin(const struct view_plan *v, struct view_block *b,
                      const struct cube_chunk *chunk, size_t index)
{
	b->chunk = chunk;
	b->chunk_index = index;
	b->only_lists = false;
	if (view_plan_skips(v, chunk))
		return false;
	view_bits_take(v, chunk, &b->bits);
	return !b->bits.none;
}

/* The mask is what the bits say, where they were asked. */
static void begin_mask(struct view_block *b, const uint64_t *bits)
{
	memset(b->mask, 255, b->rows);
	if (b->bits.any)
		scan_take_bits(b->mask, bits, b->rows);
}

/* Which rows are meant, whenever they came: how many. The mask is made where they are not few. */
static uint32_t take_meant(const struct view_plan *v, struct view_block *b, uint64_t *bits)
{
	uint32_t meant = b->rows;
	if (b->bits.any) {
		memcpy(bits, b->bits.at + b->from / 64, BLOCK_WORDS * sizeof(*bits));
		meant = scan_count_bits(bits, b->rows);
	}
	if (meant == 0 || (b->bits.all && meant < b->rows / BLOCK_FEW))
		return meant;
	begin_mask(b, bits);
	if (b->bits.all && !b->bits.any)
		return b->rows;
	take_columns(v, b);
	return scan_bits(bits, b->mask, b->rows);
}

bool view_block_take(const struct view_plan *v, struct view_block *b)
{
	const uint8_t *facts = b->chunk->facts + b->from;
	uint8_t room[SCAN_ROWS];
	uint64_t bits[BLOCK_WORDS];
	uint32_t left = b->chunk->rows - b->from;
	b->rows = left < SCAN_ROWS ? left : SCAN_ROWS;
	b->any_now = b->any_before = b->is_few = false;
	b->left = 0;
	uint32_t meant = take_meant(v, b, bits);
	if (meant == 0)
		return false;
	if (meant < b->rows / BLOCK_FEW) {
		take_few(v, b, bits, meant);
		return b->any_now || b->any_before;
	}
	const uint8_t *now = take_period(b, v->now_low, v->now_high, room);
	b->any_now = now != NULL;
	if (now) {
		scan_symbols(b->now, now, facts, b->rows);
		b->left = scan_uncounted(b->uncounted, b->states, now, b->now, facts, b->rows);
	}
	take_before(v, b, now);
	return b->any_now || b->any_before;
}

/* Of the dimension's bounds, those that a chunk's rows may be on either side of: low..high; all have reached those before. */
static void bounds_of(const struct view_dim *dim, const struct cube_chunk *c, uint32_t *low,
                      uint32_t *high)
{
	const int32_t *bounds = dim->spans.bounds;
	uint32_t from = 0, to = dim->span_count;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (bounds[middle] <= c->min_time)
			from = middle + 1;
		else
			to = middle;
	}
	while (to < dim->span_count && bounds[to] <= c->max_time)
		to++;
	*low = from;
	*high = to;
}

bool view_block_key(const struct view_plan *v, const struct view_block *b, int d, uint32_t *code)
{
	const struct view_dim *dim = &v->dims[d];
	uint32_t high;
	*code = 0;
	if (dim->kind == DIM_NONE || dim->kind == DIM_TAG || dim->kind == DIM_THEME)
		return true;
	if (dim->kind == DIM_TIME) {
		bounds_of(dim, b->chunk, code, &high);
		return *code == high;
	}
	struct cube_codes codes;
	if (!view_block_column(v, b, d, &codes) || codes.at)
		return false;
	*code = codes.base;
	return true;
}

/* Most chunks are within a few periods. */
static void add_times(const struct view_dim *dim, const struct view_block *b, uint32_t stride,
                      uint32_t *keys)
{
	const int32_t *bounds = dim->spans.bounds, *times = b->chunk->time + b->from;
	uint32_t low, high;
	bounds_of(dim, b->chunk, &low, &high);
	if (high - low > BOUNDS_FEW) {
		scan_add_spans(keys, times, b->rows, &dim->spans, stride);
		return;
	}
	if (low)
		scan_add_constant(keys, b->rows, low * stride);
	scan_add_times(keys, times, b->rows, bounds + low, high - low, stride);
}

static void add_few_times(const struct view_dim *dim, const struct view_block *b, uint32_t stride,
                          const uint16_t *few, uint32_t count, uint32_t *keys)
{
	const int32_t *bounds = dim->spans.bounds, *times = b->chunk->time + b->from;
	uint32_t low, high;
	bounds_of(dim, b->chunk, &low, &high);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t reached = low;
		while (reached < high && bounds[reached] <= times[few[i]])
			reached++;
		keys[i] += stride * reached;
	}
}

/* Those of a list, or all rows. */
static uint32_t row_of(const uint16_t *few, uint32_t i)
{
	return few ? few[i] : i;
}

static void add_groups(const struct view_block *b, uint32_t stride, const uint16_t *few,
                       uint32_t count, uint32_t *keys)
{
	const uint8_t *facts = b->chunk->facts + b->from;
	uint32_t group_of[16] = { 0 };
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		group_of[score] = (uint32_t)nps_group_of(score) * stride;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = row_of(few, i);
		keys[i] += group_of[CUBE_SCORE(facts[row])];
	}
}

static void add_sentiments(const struct view_block *b, uint32_t stride, const uint16_t *few,
                           uint32_t count, uint32_t *keys)
{
	const uint8_t *marks = b->chunk->marks + b->from;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = row_of(few, i);
		keys[i] += stride * (uint32_t)CUBE_UNDERSTOOD(marks[row]);
	}
}

static void add_traits(const struct view_plan *v, const struct view_dim *dim,
                       const struct view_block *b, uint32_t stride, const uint16_t *few,
                       uint32_t count, uint32_t *keys)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = row_of(few, i);
		uint32_t person = cube_code(b->chunk->person, b->from + row);
		keys[i] += stride * cube_trait_code(v->view, dim->property, person);
	}
}

static void add_tenures(const struct view_plan *v, const struct view_block *b, uint32_t stride,
                        const uint16_t *few, uint32_t count, uint32_t *keys)
{
	uint32_t persons[SCAN_ROWS];
	for (uint32_t i = 0; i < count; i++)
		persons[i] = cube_code(b->chunk->person, b->from + row_of(few, i));
	for (uint32_t i = 0; i < count; i++) {
		/* Persons stand anywhere in memory: it is asked for before it is needed. */
		if (i + AHEAD < count)
			__builtin_prefetch(cube_first_seen_at(v->view, persons[i + AHEAD]));
		if (!persons[i])
			continue;
		int64_t known = (int64_t)b->chunk->time[b->from + row_of(few, i)] -
		                *cube_first_seen_at(v->view, persons[i]);
		keys[i] += stride * (1 + (uint32_t)cell_tenure(known * 1000000));
	}
}

static void add_few_codes(const struct cube_codes *codes, const struct view_block *b,
                          uint32_t stride, const uint16_t *few, uint32_t count, uint32_t *keys)
{
	const uint8_t *narrow = codes->at;
	if (codes->at && codes->width == 1 && !codes->base)
		for (uint32_t i = 0; i < count; i++)
			keys[i] += stride * narrow[b->from + few[i]];
	else
		for (uint32_t i = 0; i < count; i++)
			keys[i] += stride * cube_code(*codes, b->from + few[i]);
}

/* few NULL: all rows. */
static void add_keys(const struct view_plan *v, const struct view_block *b, int d, uint32_t stride,
                     const uint16_t *few, uint32_t count, uint32_t *keys)
{
	const struct view_dim *dim = &v->dims[d];
	struct cube_codes codes;
	switch (dim->kind) {
	case DIM_NONE:
	case DIM_TAG:
	case DIM_THEME:
		return;
	case DIM_SENTIMENT:
		add_sentiments(b, stride, few, count, keys);
		return;
	case DIM_TIME:
		if (few)
			add_few_times(dim, b, stride, few, count, keys);
		else
			add_times(dim, b, stride, keys);
		return;
	case DIM_GROUP:
		add_groups(b, stride, few, count, keys);
		return;
	case DIM_TRAIT:
		add_traits(v, dim, b, stride, few, count, keys);
		return;
	case DIM_TENURE:
		add_tenures(v, b, stride, few, count, keys);
		return;
	case DIM_PART:
	case DIM_SURVEY:
	case DIM_WORDING:
	case DIM_CHANNEL:
	case DIM_LANGUAGE:
	case DIM_SOURCE:
	case DIM_PROPERTY:
	case DIM_ACCOUNT:
	case DIM_ACCOUNT_SIZE:
		codes = view_column_of(b->chunk, dim->column, dim->property);
		if (few)
			add_few_codes(&codes, b, stride, few, count, keys);
		else
			scan_add_codes(keys, &codes, b->from, b->rows, stride);
		return;
	}
}

void view_block_add_keys(const struct view_plan *v, const struct view_block *b, int d,
                         uint32_t stride, uint32_t *keys)
{
	add_keys(v, b, d, stride, NULL, b->rows, keys);
}

void view_block_add_few(const struct view_plan *v, const struct view_block *b, int d,
                        uint32_t stride, const uint16_t *few, uint32_t count, uint32_t *keys)
{
	add_keys(v, b, d, stride, few, count, keys);
}
