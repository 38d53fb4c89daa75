/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_whose_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

_Static_assert(SLOT_OWNERS == CUBE_UNIT, "a part's owners have a slot each");
_Static_assert(SCAN_NARROW_KEYS <= SLOT_CELLS_MAX, "cells of narrow keys fit into slots");

/* Cells with more than one of so many rows are counted by what all owners have in them: nearly everyone has two rows there. Of
 * others it is found out who has. */
#define HEAVY_ONE_IN 10
#define HEAVY_MAX    10u
/* Rows that are looked at to know that, of so many pieces. */
#define SAMPLE_PIECES 64u
#define SAMPLE_ROWS   256u
/* Pieces whose rows are fetched before they are looked at, and bytes that come at once. */
#define AHEAD 4u
#define LINE  64u

struct whose_slots {
	struct slots slots;
	struct slot_pairs pairs;
	struct slot_ways all, heavy_ways[HEAVY_MAX];
	uint32_t heavy; /* cells that are; they come first */
	uint16_t slot_of_row[SCAN_NARROW_KEYS << SCAN_NARROW_BITS];
	uint32_t cell_of_place[SCAN_NARROW_KEYS]; /* a place is a cell's number here */
	uint32_t *twos;                           /* as the reading's, by place */
	uint32_t further[SLOT_OWNERS];            /* rows for which an owner had no slot; else 0 */
	uint32_t many[SLOT_OWNERS], many_count;
	uint16_t over[CUBE_CHUNK_ROWS];
	uint32_t *spilt; /* those rows: the owner, and what a slot would hold */
	size_t spilt_count, spilt_room;
	uint32_t *rows; /* all rows of owners with many */
	size_t room;
	uint32_t sums[SLOT_OWNERS]; /* of the part's owners, where there is one cell; else 0 */
};

/* Which cells have most rows */

static uint32_t sample_piece(const struct whose_reading *r, const struct whose_piece *p,
                             uint32_t *seen)
{
	const struct cells_whose *w = r->w;
	uint32_t count = p->rows ? p->ends[w->part_count - 1] : p->order->count, taken = 0;
	uint32_t step = count / SAMPLE_ROWS + 1, mask = (1u << w->key_bits) - 1;
	for (uint32_t i = 0; i < count; i += step) {
		uint32_t row = p->rows ? p->rows[i] : whose_widen(p->narrow[i]);
		if ((row & VALUE_X) == SCAN_VALUE_NONE)
			continue;
		seen[r->cell_of_key[row >> SCAN_VALUE_BITS & mask]]++;
		taken++;
	}
	return taken;
}

/* Marks them in `seen`, which has the rows of each. */
static void find_heavy(const struct whose_reading *r, struct whose_slots *s, uint32_t *seen)
{
	size_t step = r->w->piece_count / SAMPLE_PIECES + 1;
	uint32_t total = 0;
	for (size_t i = 0; i < r->w->piece_count && r->cells > 1; i += step)
		total += sample_piece(r, &r->w->pieces[i], seen);
	for (uint32_t cell = 0; cell < r->cells; cell++) {
		bool is_heavy = seen[cell] * HEAVY_ONE_IN > total && s->heavy < HEAVY_MAX;
		seen[cell] = is_heavy;
		if (is_heavy)
			s->cell_of_place[s->heavy++] = cell;
	}
}

static void place_keys(const struct whose_reading *r, struct whose_slots *s)
{
	uint32_t place;
	uint32_t *seen = mem_zeroed(r->cells, sizeof(*seen));
	uint32_t *place_of = mem_zeroed(r->cells, sizeof(*place_of));
	find_heavy(r, s, seen);
	place = s->heavy;
	for (uint32_t cell = 0; cell < r->cells; cell++)
		if (!seen[cell])
			s->cell_of_place[place++] = cell;
	for (uint32_t i = 0; i < r->cells; i++)
		place_of[s->cell_of_place[i]] = i;
	memset(s->slot_of_row, 255, sizeof(s->slot_of_row));
	for (uint32_t key = 0; key < r->w->keys; key++) {
		uint32_t cell = r->cell_of_key[key];
		for (uint32_t x = 0; x < SCAN_VALUE_NONE && cell < r->cells; x++)
			s->slot_of_row[key << SCAN_NARROW_BITS | x] =
			    (uint16_t)(place_of[cell] * 4 + x);
	}
	free(seen);
	free(place_of);
}

static struct whose_slots *slots_new(const struct whose_reading *r)
{
	struct whose_slots *s = mem_zeroed(1, sizeof(*s));
	s->twos = mem_zeroed((size_t)r->cells * WHOSE_TWO, sizeof(*s->twos));
	place_keys(r, s);
	return s;
}

void whose_slots_free(struct whose_slots *s)
{
	if (!s)
		return;
	free(s->twos);
	free(s->spilt);
	free(s->rows);
	free(s);
}

/* Rows into slots */

static void spill(struct whose_slots *s, uint32_t owner, uint32_t row)
{
	if (s->spilt_count == s->spilt_room) {
		s->spilt_room = s->spilt_room ? 2 * s->spilt_room : 4096;
		s->spilt = mem_resize(s->spilt, s->spilt_room * sizeof(*s->spilt));
	}
	if (!s->further[owner]++)
		s->many[s->many_count++] = owner;
	s->slots.counts[owner] = SLOTS + 1;
	s->spilt[s->spilt_count++] = owner << 16 | row;
}

static void put_rows(struct whose_slots *s, const uint32_t *rows, uint32_t count, uint32_t shift)
{
	uint32_t key_mask = (1u << (shift - SCAN_VALUE_BITS)) - 1;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t owner = rows[i] >> shift, key = rows[i] >> SCAN_VALUE_BITS & key_mask;
		uint16_t slot = s->slot_of_row[key << SCAN_NARROW_BITS | (rows[i] & VALUE_X)];
		if (!slot_put(&s->slots, owner, slot))
			spill(s, owner, slot);
	}
}

static void put_narrow(struct whose_slots *s, const uint16_t *owners, const uint16_t *rows,
                       uint32_t count)
{
	uint32_t over = slots_put(&s->slots, owners, rows, count, s->slot_of_row, s->over);
	for (uint32_t i = 0; i < over; i++) {
		uint32_t slot = s->slot_of_row[rows[s->over[i]]];
		if (slot != SLOT_NOTHING)
			spill(s, owners[s->over[i]], slot);
	}
}

/* The part's rows of a piece: from..to. */
static void find_rows(const struct whose_piece *p, uint32_t part, uint32_t *from, uint32_t *to)
{
	const struct cube_order *order = p->order;
	bool has_any = p->rows || part < order->unit_count;
	*from = !has_any ? 0 : !p->rows ? order->starts[part] : part ? p->ends[part - 1] : 0;
	*to = !has_any ? 0 : p->rows ? p->ends[part] : order->starts[part + 1];
}

/* A part's rows of one chunk are a few lines of memory, far from those of the next: they are asked for in time. */
static void fetch_piece(const struct whose_piece *p, uint32_t part)
{
	uint32_t from, to;
	find_rows(p, part, &from, &to);
	for (uint32_t i = from; i < to; i += p->rows ? LINE / 4 : LINE / 2) {
		if (p->rows) {
			__builtin_prefetch(p->rows + i);
			continue;
		}
		__builtin_prefetch(p->narrow + i);
		__builtin_prefetch(p->order->owners + i);
	}
}

static void put_piece(const struct whose_reading *r, const struct whose_piece *p, uint32_t part)
{
	uint32_t from, to;
	find_rows(p, part, &from, &to);
	if (p->rows)
		put_rows(r->slots, p->rows + from, to - from, SCAN_VALUE_BITS + r->w->key_bits);
	else
		put_narrow(r->slots, p->order->owners + from, p->narrow + from, to - from);
}

static void put_part(const struct whose_reading *r, uint32_t part)
{
	const struct cells_whose *w = r->w;
	for (size_t i = 0; i < w->piece_count; i++) {
		if (i + AHEAD < w->piece_count)
			fetch_piece(&w->pieces[i + AHEAD], part);
		put_piece(r, &w->pieces[i], part);
	}
}

/* Owners with more rows than slots */

static uint32_t as_row(const struct whose_slots *s, uint32_t slot)
{
	return s->cell_of_place[slot >> 2] << SCAN_VALUE_BITS | (slot & VALUE_X);
}

/* Makes room for all rows of each, and puts those of slots there; further[] is where the next one goes then. */
static void gather_many(struct whose_slots *s)
{
	size_t total = s->spilt_count + (size_t)s->many_count * SLOTS;
	uint32_t next = 0;
	if (total > s->room) {
		free(s->rows);
		s->room = 2 * total;
		s->rows = mem_alloc(s->room * sizeof(*s->rows));
	}
	for (uint32_t i = 0; i < s->many_count; i++) {
		uint32_t owner = s->many[i], further = s->further[owner];
		for (uint32_t k = 0; k < SLOTS; k++)
			s->rows[next + k] = as_row(s, s->slots.at[k][owner]);
		s->further[owner] = next + SLOTS;
		next += SLOTS + further;
	}
	for (size_t i = 0; i < s->spilt_count; i++)
		s->rows[s->further[s->spilt[i] >> 16]++] = as_row(s, s->spilt[i] & UINT16_MAX);
}

static void read_many(struct whose_reading *r, struct whose_slots *s)
{
	uint32_t from = 0;
	gather_many(s);
	for (uint32_t i = 0; i < s->many_count; i++) {
		uint32_t end = s->further[s->many[i]];
		whose_join_many(r, s->rows + from, end - from);
		s->further[s->many[i]] = 0;
		from = end;
	}
	s->many_count = 0;
	s->spilt_count = 0;
}

/* Two rows of an owner in one cell */

static void join_two(struct whose_slots *s, uint32_t first, uint32_t second)
{
	s->twos[first * 4 + (second & VALUE_X)]++;
}

/* Rows of one owner, several in one cell or in several. */
static void join_groups(const struct whose_reading *r, struct whose_slots *s, uint32_t owner,
                        uint32_t pairs)
{
	uint32_t count = s->slots.counts[owner], taken = 0;
	for (uint32_t i = 0; i + 1 < count; i++) {
		uint32_t row = s->slots.at[i][owner], last = 0;
		int64_t n = 1, sum = (int64_t)(row & VALUE_X) - 1, square = sum & 1;
		for (uint32_t k = i + 1; k < count && !(taken >> i & 1); k++) {
			if (!(pairs >> SLOT_PAIR(i, k) & 1))
				continue;
			last = s->slots.at[k][owner];
			int64_t x = (int64_t)(last & VALUE_X) - 1;
			taken |= 1u << k;
			n++;
			sum += x;
			square += x & 1;
		}
		if (n == 2)
			join_two(s, row, last);
		else if (n > 2)
			whose_join(r, &r->out[s->cell_of_place[row >> 2]].sums, n, sum, square);
	}
}

static void read_pairs(const struct whose_reading *r, struct whose_slots *s)
{
	static const uint8_t first_of[SLOT_PAIRS] = { 0, 0, 1, 0, 1, 2, 0, 1, 2, 3, 0, 1, 2, 3,
		                                      4, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6 };
	static const uint8_t second_of[SLOT_PAIRS] = { 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5,
		                                       5, 6, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7 };
	slots_find_pairs(&s->pairs, &s->slots, s->heavy);
	for (uint32_t word = 0; word < SLOT_OWNERS / 64; word++) {
		for (uint64_t left = s->pairs.any[word]; left; left &= left - 1) {
			uint32_t owner = word * 64 + (uint32_t)__builtin_ctzll(left);
			uint32_t pairs = slot_pairs_of(&s->pairs, owner);
			uint32_t pair = (uint32_t)__builtin_ctz(pairs);
			if (pairs & (pairs - 1))
				join_groups(r, s, owner, pairs);
			else
				join_two(s, s->slots.at[first_of[pair]][owner],
				         s->slots.at[second_of[pair]][owner]);
		}
	}
}

/* One cell */

static uint32_t sum_rows(struct whose_slots *s, const uint32_t *rows, uint32_t count,
                         uint32_t shift)
{
	uint32_t passives = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t value = rows[i] & VALUE_X;
		s->sums[rows[i] >> shift] += SLOT_SUM_ONE + value;
		passives += value == 1;
	}
	return passives;
}

static uint32_t sum_piece(const struct whose_reading *r, const struct whose_piece *p, uint32_t part)
{
	uint32_t from, to;
	find_rows(p, part, &from, &to);
	if (p->rows)
		return sum_rows(r->slots, p->rows + from, to - from,
		                SCAN_VALUE_BITS + r->w->key_bits);
	return slot_sums_add(r->slots->sums, p->order->owners + from, p->narrow + from, to - from);
}

/* Their passives were counted with all others. */
static void join_many_sums(struct whose_reading *r, const struct whose_slots *s,
                           const uint64_t *many)
{
	for (uint32_t i = view_bit_next(many, 0, SLOT_OWNERS); i < SLOT_OWNERS;
	     i = view_bit_next(many, i + 1, SLOT_OWNERS)) {
		int64_t n = s->sums[i] / SLOT_SUM_ONE, value = s->sums[i] % SLOT_SUM_ONE;
		whose_add_alike(r, &r->all->sums, 1, n, value - n);
		r->alike.total += n;
		r->alike.squares += n;
	}
}

static void sum_part(struct whose_reading *r, struct whose_slots *s, uint32_t part)
{
	const struct cells_whose *w = r->w;
	uint64_t many[SLOT_OWNERS / 64];
	for (size_t i = 0; i < w->piece_count; i++) {
		if (i + AHEAD < w->piece_count)
			fetch_piece(&w->pieces[i + AHEAD], part);
		s->all.passives += sum_piece(r, &w->pieces[i], part);
	}
	if (slot_sums_count(&s->all, s->sums, many))
		join_many_sums(r, s, many);
	memset(s->sums, 0, sizeof(s->sums));
}

void whose_slots_read_part(struct whose_reading *r, uint32_t part)
{
	struct whose_slots *s = r->slots = r->slots ? r->slots : slots_new(r);
	if (r->cells == 1 && r->w->most <= SLOT_SUM_MOST) {
		sum_part(r, s, part);
		return;
	}
	put_part(r, part);
	slots_count_all(&s->all, &s->slots);
	for (uint32_t place = 0; place < s->heavy; place++)
		slots_count_cell(&s->heavy_ways[place], &s->slots, place);
	if (r->cells > s->heavy && r->cells > 1)
		read_pairs(r, s);
	if (s->many_count)
		read_many(r, s);
	memset(s->slots.counts, 0, sizeof(s->slots.counts));
}

/* In the end */

static void add_ways(struct whose_alike *alike, const struct slot_ways *ways)
{
	alike->squares -= ways->passives;
	for (uint32_t i = 0; i < SLOT_WAYS; i++) {
		uint32_t owners = 0;
		for (uint32_t lane = 0; lane < SLOT_LANES; lane++)
			owners += ways->owners[lane][i];
		alike->owners[i] += owners;
		alike->total += (int64_t)owners * (i / SLOT_VALUES);
		alike->squares += (int64_t)owners * (i / SLOT_VALUES);
	}
}

void whose_slots_close(struct whose_reading *r)
{
	const struct whose_slots *s = r->slots;
	add_ways(&r->alike, &s->all);
	for (uint32_t place = 0; place < s->heavy; place++) {
		struct whose_alike alike = { 0 };
		add_ways(&alike, &s->heavy_ways[place]);
		whose_join_alike(r, &r->out[s->cell_of_place[place]].sums, &alike);
	}
	for (uint32_t place = 0; place < r->cells; place++)
		for (uint32_t i = 0; i < WHOSE_TWO; i++)
			r->twos[s->cell_of_place[place] * WHOSE_TWO + i] +=
			    s->twos[place * WHOSE_TWO + i];
}
