/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_whose_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

#define FEW_ROWS SLOTS
/* With fewer rows than one for so many owners, in powers of two, it is rows that are gone through and not owners. */
#define SPARSE_BITS 3

/* Rows of an owner, and 1 + x of them: two halves of a number. */
#define COUNTED_ONE (UINT64_C(1) << 32)

static uint32_t count_of(const struct whose_reading *r, uint32_t owner)
{
	return (uint32_t)(r->counts[owner] >> 32);
}

static uint32_t owner_shift(const struct whose_reading *r)
{
	return SCAN_VALUE_BITS + r->w->key_bits;
}

static uint32_t cell_of(const struct whose_reading *r, uint32_t row)
{
	return row >> SCAN_VALUE_BITS & ((1u << r->w->key_bits) - 1);
}

static int64_t sm_of(int64_t n, int64_t s)
{
	struct nps_sums sums = { 0 };
	nps_add_cluster(&sums, &(struct nps_cluster){ n, s });
	return sums.sm;
}

static int64_t sm(const struct whose_reading *r, int64_t n, int64_t s)
{
	int64_t size = s < 0 ? -s : s;
	return n < WHOSE_SM && size < WHOSE_SM ? r->sm[n][size] : sm_of(n, s);
}

void whose_join(const struct whose_reading *r, struct nps_sums *sums, int64_t n, int64_t s,
                int64_t square)
{
	if (n < 2)
		return;
	sums->clusters += 1 - n;
	sums->ss += s * s - square;
	sums->sn += s * n - s;
	sums->nn += n * n - n;
	sums->sm += sm(r, n, s) - square * NPS_SM_UNITS;
}

static void join_periods(struct nps_pair *pair, const struct whose_tally *t)
{
	if (!t->n || !t->before_n)
		return;
	pair->clusters++;
	pair->ss += (int64_t)t->s * t->before_s;
	pair->sn += (int64_t)t->s * t->before_n;
	pair->ns += (int64_t)t->n * t->before_s;
	pair->nn += (int64_t)t->n * t->before_n;
}

static void join_across(const struct whose_reading *r, struct nps_pair *across,
                        const struct whose_tally *t, const struct whose_tally *all)
{
	if (!t->n)
		return;
	across->clusters += all->n > t->n;
	across->ss += (int64_t)t->s * all->s - t->square;
	across->sn += (int64_t)t->s * all->n - t->s;
	across->ns += (int64_t)t->n * all->s - t->s;
	across->nn += (int64_t)t->n * all->n - t->n;
	across->sm += sm(r, all->n, all->s) - (int64_t)t->square * NPS_SM_UNITS;
	if (all->n > t->n)
		across->sm -= sm(r, all->n - t->n, all->s - t->s);
}

static void read_cell(const struct whose_reading *r, struct whose_cell *cell,
                      const struct whose_tally *t, const struct whose_tally *all)
{
	whose_join(r, &cell->sums, t->n, t->s, t->square);
	if (!r->w->pairs)
		return;
	whose_join(r, &cell->before, t->before_n, t->before_s, t->before_square);
	join_periods(&cell->pair, t);
	join_across(r, &cell->across, t, all);
}

static void add(struct whose_tally *t, uint32_t row)
{
	int32_t x = (int32_t)(row & 3) - 1;
	if (row & 4) {
		t->before_n++;
		t->before_s += x;
		t->before_square += x & 1;
	} else {
		t->n++;
		t->s += x;
		t->square += x & 1;
	}
}

static void tally_owner(struct whose_reading *r, const uint32_t *rows, uint32_t count)
{
	struct whose_tally all = { 0 };
	uint32_t touched = 0;
	r->stamp++;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t cell = cell_of(r, rows[i]);
		struct whose_tally *t = &r->tallies[cell];
		if (t->stamp != r->stamp) {
			*t = (struct whose_tally){ .stamp = r->stamp };
			r->touched[touched++] = cell;
		}
		add(t, rows[i]);
		add(&all, rows[i]);
	}
	for (uint32_t i = 0; i < touched; i++)
		read_cell(r, &r->out[r->touched[i]], &r->tallies[r->touched[i]], &all);
	if (r->w->pairs)
		read_cell(r, r->all, &all, &all);
}

/* The part's rows of one chunk. */
struct run {
	const uint32_t *rows;
	uint32_t count;
};

/* Narrow rows as others are, with their owners; those that are not meant are left out. */
static struct run spread(struct whose_reading *r, const struct whose_piece *p, uint32_t part)
{
	uint32_t from = p->order->starts[part], to = p->order->starts[part + 1], count = 0;
	if (!r->spread)
		r->spread = mem_alloc((CUBE_CHUNK_ROWS + 1) * sizeof(*r->spread));
	for (uint32_t i = from; i < to; i++) {
		r->spread[count] =
		    (uint32_t)p->order->owners[i] << owner_shift(r) | whose_widen(p->narrow[i]);
		count += (p->narrow[i] & VALUE_X) != SCAN_VALUE_NONE;
	}
	return (struct run){ r->spread, count };
}

/* Of a narrow piece good until the next. */
static struct run run_of(struct whose_reading *r, size_t piece, uint32_t part)
{
	const struct whose_piece *p = &r->w->pieces[piece];
	if (!p->rows)
		return part < p->order->unit_count ? spread(r, p, part) : (struct run){ 0 };
	uint32_t from = part ? p->ends[part - 1] : 0;
	return (struct run){ p->rows + from, p->ends[part] - from };
}

/* At most. */
static uint32_t run_count(const struct whose_reading *r, size_t piece, uint32_t part)
{
	const struct whose_piece *p = &r->w->pieces[piece];
	if (p->rows)
		return p->ends[part] - (part ? p->ends[part - 1] : 0);
	const struct cube_order *o = p->order;
	return part < o->unit_count ? o->starts[part + 1] - o->starts[part] : 0;
}

/* Adds to what each owner's rows are in all, in one number. How many of them are passive. */
static uint32_t count_run(struct whose_reading *r, struct run run)
{
	uint32_t shift = owner_shift(r), passives = 0;
	uint64_t *counts = r->counts;
	for (uint32_t i = 0; i < run.count; i++) {
		uint32_t value = run.rows[i] & VALUE_X;
		counts[run.rows[i] >> shift] += COUNTED_ONE | value;
		passives += value & 1;
	}
	return passives;
}

/* How many rows are not passive. */
static uint32_t count_owners(struct whose_reading *r, uint32_t part, uint32_t total)
{
	uint32_t passives = 0;
	for (size_t i = 0; i < r->w->piece_count; i++)
		passives += count_run(r, run_of(r, i, part));
	return total - passives;
}

/* As whose_join() for each owner of the part: one row alone changes nothing. Most have few rows, and there are few ways to have
 * few: those are counted. */
static void join_owners(struct whose_reading *r, uint32_t total, uint32_t squares)
{
	const uint64_t *counts = r->counts;
	uint32_t *alike = r->alike.owners, *many = r->many, many_count = 0;
	for (uint32_t k = 0; k < 1u << r->w->owner_bits; k++) {
		uint64_t n = counts[k] >> 32, value = counts[k] & UINT32_MAX;
		many[many_count] = k;
		many_count += n > FEW_ROWS;
		alike[n > FEW_ROWS ? 0 : n * SLOT_VALUES + value]++;
	}
	r->many_count = many_count;
	r->alike.total += total;
	r->alike.squares += squares;
}

/* Sums of n, s and 1 for `owners` that are alike. */
void whose_add_alike(const struct whose_reading *r, struct nps_sums *sums, int64_t owners,
                     int64_t n, int64_t s)
{
	sums->clusters += owners;
	sums->ss += owners * s * s;
	sums->sn += owners * (s * n - s);
	sums->nn += owners * n * n;
	sums->sm += owners * sm(r, n, s);
}

void whose_join_alike(const struct whose_reading *r, struct nps_sums *sums,
                      const struct whose_alike *alike)
{
	for (uint32_t n = 1; n <= FEW_ROWS; n++)
		for (uint32_t value = 0; value <= 2 * n; value++)
			whose_add_alike(r, sums, alike->owners[n * SLOT_VALUES + value], n,
			                (int64_t)value - n);
	sums->clusters -= alike->total;
	sums->ss -= alike->squares;
	sums->nn -= alike->total;
	sums->sm -= alike->squares * NPS_SM_UNITS;
}

static void join_many(struct whose_reading *r)
{
	for (uint32_t i = 0; i < r->many_count; i++) {
		int64_t n = count_of(r, r->many[i]);
		whose_add_alike(r, &r->all->sums, 1, n,
		                (int64_t)(r->counts[r->many[i]] & UINT32_MAX) - n);
	}
}

static void sort_run(struct whose_reading *r, struct run run)
{
	const uint32_t *cell_of_key = r->cell_of_key;
	uint32_t shift = owner_shift(r), *ends = r->ends, *sorted = r->sorted;
	uint32_t key_mask = (1u << r->w->key_bits) - 1, rest = ~(key_mask << SCAN_VALUE_BITS);
	for (uint32_t i = 0; i < run.count; i++) {
		uint32_t row = run.rows[i], cell = cell_of_key[row >> SCAN_VALUE_BITS & key_mask];
		sorted[ends[row >> shift]++] = (row & rest) | cell << SCAN_VALUE_BITS;
	}
}

static void sort_rows(struct whose_reading *r, uint32_t part)
{
	uint32_t *ends = r->ends;
	for (uint32_t k = 0, end = 0; k < 1u << r->w->owner_bits; k++) {
		ends[k] = end;
		end += count_of(r, k);
	}
	for (size_t i = 0; i < r->w->piece_count; i++)
		sort_run(r, run_of(r, i, part));
}

static const uint32_t *rows_of(const struct whose_reading *r, uint32_t owner)
{
	return r->sorted + r->ends[owner] - count_of(r, owner);
}

static void read_everyone(struct whose_reading *r)
{
	for (uint32_t k = 0; k < 1u << r->w->owner_bits; k++)
		if (count_of(r, k) > 1)
			tally_owner(r, rows_of(r, k), count_of(r, k));
}

/* The rows of one owner in one cell: this one, and those of the bits behind it. */
static void join_rows(struct whose_reading *r, const uint32_t *row, uint8_t repeats)
{
	uint32_t value = *row & VALUE_X, cell = cell_of(r, *row);
	if (!(repeats & (repeats - 1))) {
		uint32_t other = row[1 + __builtin_ctz(repeats)] & VALUE_X;
		r->twos[cell * WHOSE_TWO + value * 4 + other]++;
		return;
	}
	int64_t n = 1, s = (int64_t)value - 1, square = s & 1;
	for (uint32_t bits = repeats; bits; bits &= bits - 1) {
		int64_t x = (int64_t)(row[1 + __builtin_ctz(bits)] & VALUE_X) - 1;
		n++;
		s += x;
		square += x & 1;
	}
	whose_join(r, &r->out[cell].sums, n, s, square);
}

static void join_twos(struct whose_reading *r)
{
	for (uint32_t i = 0; i < r->cells * WHOSE_TWO; i++) {
		int64_t x = (int64_t)(i % WHOSE_TWO / 4) - 1, y = (int64_t)(i % 4) - 1;
		struct nps_sums two = { 0 }, *sums = &r->out[i / WHOSE_TWO].sums;
		if (!r->twos[i])
			continue;
		whose_join(r, &two, 2, x + y, (x & 1) + (y & 1));
		sums->clusters += r->twos[i] * two.clusters;
		sums->ss += r->twos[i] * two.ss;
		sums->sn += r->twos[i] * two.sn;
		sums->nn += r->twos[i] * two.nn;
		sums->sm += r->twos[i] * two.sm;
	}
}

/* Of rows by owner. Only owners with two rows in one cell change it: found by what stands behind each row. Those with many rows
 * were read. */
static void read_repeats(struct whose_reading *r, uint32_t total)
{
	uint32_t shift = owner_shift(r);
	uint64_t bits[BLOCK_WORDS];
	uint8_t repeats[SCAN_ROWS];
	uint64_t taken = 0; /* rows from the one at hand on that were joined with one before */
	uint32_t taken_from = 0;
	for (uint32_t from = 0; from < total; from += SCAN_ROWS) {
		uint32_t rows = total - from < SCAN_ROWS ? total - from : SCAN_ROWS;
		scan_repeats(bits, repeats, r->sorted + from, total - from, SCAN_VALUE_BITS);
		for (uint32_t i = view_bit_next(bits, 0, rows); i < rows;
		     i = view_bit_next(bits, i + 1, rows)) {
			const uint32_t *row = r->sorted + from + i;
			uint32_t gone = from + i - taken_from;
			taken = gone < 64 ? taken >> gone : 0;
			taken_from = from + i;
			if (taken & 1 || count_of(r, *row >> shift) > FEW_ROWS)
				continue;
			taken |= (uint64_t)repeats[i] << 1;
			join_rows(r, row, repeats[i]);
		}
	}
}

static uint32_t rows_of_part(struct whose_reading *r, uint32_t part)
{
	size_t total = 0;
	for (size_t i = 0; i < r->w->piece_count; i++)
		total += run_count(r, i, part);
	MUST(total <= UINT32_MAX);
	if (total > r->room) {
		free(r->sorted);
		r->room = 2 * total;
		r->sorted = mem_alloc(r->room * sizeof(*r->sorted));
	}
	return (uint32_t)total;
}

static void read_many(struct whose_reading *r)
{
	for (uint32_t i = 0; i < r->many_count; i++)
		tally_owner(r, rows_of(r, r->many[i]), count_of(r, r->many[i]));
}

static void read_dense(struct whose_reading *r, uint32_t part, uint32_t total)
{
	uint32_t squares = count_owners(r, part, total);
	if (!r->w->pairs) {
		join_owners(r, total, squares);
		join_many(r);
	}
	if (r->cells > 1 || r->w->pairs)
		sort_rows(r, part);
	if (r->w->pairs) {
		read_everyone(r);
	} else if (r->cells > 1) {
		read_many(r);
		read_repeats(r, total);
	}
	memset(r->counts, 0, sizeof(*r->counts) << r->w->owner_bits);
}

static int by_number(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

/* Rows of owners who have more than one, by owner, with cells for keys. Most have one where few rows are meant. */
static uint32_t sort_few(struct whose_reading *r, uint32_t part)
{
	uint32_t rows[CUBE_UNIT >> SPARSE_BITS];
	uint32_t shift = owner_shift(r), total = 0, count = 0;
	uint32_t keys = ((1u << r->w->key_bits) - 1) << SCAN_VALUE_BITS;
	for (size_t k = 0; k < r->w->piece_count; k++) {
		struct run run = run_of(r, k, part);
		for (uint32_t i = 0; i < run.count; i++)
			rows[total++] = run.rows[i];
	}
	for (uint32_t i = 0; i < total; i++)
		r->counts[rows[i] >> shift] += COUNTED_ONE;
	for (uint32_t i = 0; i < total; i++) {
		uint32_t row = rows[i], cell = r->cell_of_key[cell_of(r, row)];
		r->sorted[count] = (row & ~keys) | cell << SCAN_VALUE_BITS;
		count += count_of(r, row >> shift) > 1;
	}
	for (uint32_t i = 0; i < total; i++)
		r->counts[rows[i] >> shift] = 0;
	qsort(r->sorted, count, sizeof(*r->sorted), by_number);
	return count;
}

static void join_run(struct whose_reading *r, const uint32_t *rows, uint32_t count)
{
	int64_t s = 0, square = 0;
	for (uint32_t i = 0; i < count; i++) {
		int64_t x = (int64_t)(rows[i] & VALUE_X) - 1;
		s += x;
		square += x & 1;
	}
	whose_join(r, &r->all->sums, count, s, square);
}

void whose_join_many(struct whose_reading *r, const uint32_t *rows, uint32_t count)
{
	join_run(r, rows, count);
	if (r->cells > 1)
		tally_owner(r, rows, count);
}

static void read_sparse(struct whose_reading *r, uint32_t part)
{
	uint32_t shift = owner_shift(r), count = sort_few(r, part), few = 0, n;
	for (uint32_t i = 0; i < count; i += n) {
		const uint32_t *rows = r->sorted + i;
		for (n = 1; i + n < count && rows[n] >> shift == rows[0] >> shift;)
			n++;
		if (!r->w->pairs)
			join_run(r, rows, n);
		if (r->w->pairs || (r->cells > 1 && n > FEW_ROWS)) {
			tally_owner(r, rows, n);
			continue;
		}
		memmove(r->sorted + few, rows, n * sizeof(*rows));
		few += n;
	}
	if (!r->w->pairs && r->cells > 1)
		read_repeats(r, few);
}

static void read_part(struct whose_reading *r, uint32_t part)
{
	uint32_t total = rows_of_part(r, part);
	if (total < 2)
		return;
	if (total < 1u << r->w->owner_bits >> SPARSE_BITS)
		read_sparse(r, part);
	else if (r->w->is_narrow)
		whose_slots_read_part(r, part);
	else
		read_dense(r, part, total);
}

static void reading_begin(struct whose_reading *r)
{
	const struct cells_whose *w = r->w;
	size_t owners = (size_t)1 << w->owner_bits;
	for (int n = 1; n < WHOSE_SM; n++)
		for (int s = 0; s < WHOSE_SM; s++)
			r->sm[n][s] = sm_of(n, s);
	r->counts = mem_zeroed(owners, sizeof(*r->counts));
	r->ends = mem_alloc(owners * sizeof(*r->ends));
	r->many = mem_alloc((owners + 1) * sizeof(*r->many));
	r->twos = mem_zeroed((size_t)r->cells * WHOSE_TWO, sizeof(*r->twos));
	r->tallies = mem_zeroed(r->cells, sizeof(*r->tallies));
	r->touched = mem_alloc(r->cells * sizeof(*r->touched));
}

static void reading_end(struct whose_reading *r)
{
	whose_slots_free(r->slots);
	free(r->sorted);
	free(r->counts);
	free(r->ends);
	free(r->many);
	free(r->spread);
	free(r->twos);
	free(r->tallies);
	free(r->touched);
}

void cells_whose_read(struct cells_whose *w, const uint32_t *cell_of_key, uint32_t cells,
                      struct whose_cell *out, struct whose_cell *all)
{
	struct whose_reading r = {
		.w = w, .cell_of_key = cell_of_key, .cells = cells, .out = out, .all = all
	};
	MUST(cells <= 1u << w->key_bits);
	reading_begin(&r);
	for (uint32_t part = 0; part < w->part_count; part++)
		read_part(&r, part);
	if (r.slots)
		whose_slots_close(&r);
	if (!w->pairs) {
		whose_join_alike(&r, &all->sums, &r.alike);
		join_twos(&r);
	}
	if (cells == 1 && !w->pairs)
		out[0] = *all;
	reading_end(&r);
}
