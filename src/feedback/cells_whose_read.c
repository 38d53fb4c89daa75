/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_whose_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

#define SM_TABLE   16
#define FEW_ROWS   SCAN_REPEATS
#define FEW_VALUES 17u /* 0 to twice as many */
#define TWOS       16u
/* With fewer rows than one for so many owners, in powers of two, it is rows that are gone through and not owners. */
#define SPARSE_BITS 3

/* One owner's answers in one cell, good while `stamp` is the owner's. */
struct tally {
	uint32_t stamp;
	int32_t n, s, square; /* now; square: answers that are not passive */
	int32_t before_n, before_s, before_square;
};

/* One part after the other. */
struct reading {
	const struct cells_whose *w;
	const uint32_t *cell_of_key;
	struct whose_cell *out, *all;
	bool pairs; /* two periods, or cells across: each owner's cells are tallied */
	int64_t sm[SM_TABLE][SM_TABLE]; /* by n and |s| */
	uint32_t *sorted;               /* rows of the part by owner, with cells for keys */
	size_t room;
	uint64_t
	    *counts;    /* of each owner of the part, all cells together: see COUNTED_ONE; else 0 */
	uint32_t *ends; /* of each owner's sorted rows */
	uint32_t *many; /* owners with more than FEW_ROWS */
	uint32_t many_count;
	uint32_t *
	    alike; /* [FEW_ROWS + 1][FEW_VALUES]: how many owners have so many rows, and so much of 1 + x */
	int64_t total, squares; /* rows, and those not passive, of all parts */
	int64_t *twos;          /* by cell, and by 1 + x of two rows of one owner */
	struct tally *tallies;  /* by cell */
	uint32_t *touched;      /* cells of the owner at hand */
	uint32_t stamp;
};

/* Rows of an owner, and 1 + x of them: two halves of a number. */
#define COUNTED_ONE (UINT64_C(1) << 32)

static uint32_t count_of(const struct reading *r, uint32_t owner)
{
	return (uint32_t)(r->counts[owner] >> 32);
}

static uint32_t owner_shift(const struct reading *r)
{
	return SCAN_VALUE_BITS + r->w->key_bits;
}

static uint32_t cell_of(const struct reading *r, uint32_t row)
{
	return row >> SCAN_VALUE_BITS & ((1u << r->w->key_bits) - 1);
}

static int64_t sm_of(int64_t n, int64_t s)
{
	struct nps_sums sums = { 0 };
	nps_add_cluster(&sums, &(struct nps_cluster){ n, s });
	return sums.sm;
}

static int64_t sm(const struct reading *r, int64_t n, int64_t s)
{
	int64_t size = s < 0 ? -s : s;
	return n < SM_TABLE && size < SM_TABLE ? r->sm[n][size] : sm_of(n, s);
}

/* n answers were taken for n clusters, and are one. */
static void join(const struct reading *r, struct nps_sums *sums, int64_t n, int64_t s,
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

static void join_periods(struct nps_pair *pair, const struct tally *t)
{
	if (!t->n || !t->before_n)
		return;
	pair->clusters++;
	pair->ss += (int64_t)t->s * t->before_s;
	pair->sn += (int64_t)t->s * t->before_n;
	pair->ns += (int64_t)t->n * t->before_s;
	pair->nn += (int64_t)t->n * t->before_n;
}

static void join_across(struct nps_pair *across, const struct tally *t, const struct tally *all)
{
	if (!t->n)
		return;
	across->clusters += all->n > t->n;
	across->ss += (int64_t)t->s * all->s - t->square;
	across->sn += (int64_t)t->s * all->n - t->s;
	across->ns += (int64_t)t->n * all->s - t->s;
	across->nn += (int64_t)t->n * all->n - t->n;
}

static void read_cell(const struct reading *r, struct whose_cell *cell, const struct tally *t,
                      const struct tally *all)
{
	join(r, &cell->sums, t->n, t->s, t->square);
	if (!r->pairs)
		return;
	join(r, &cell->before, t->before_n, t->before_s, t->before_square);
	join_periods(&cell->pair, t);
	join_across(&cell->across, t, all);
}

static void add(struct tally *t, uint32_t row)
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

static void tally_owner(struct reading *r, const uint32_t *rows, uint32_t count)
{
	struct tally all = { 0 };
	uint32_t touched = 0;
	r->stamp++;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t cell = cell_of(r, rows[i]);
		struct tally *t = &r->tallies[cell];
		if (t->stamp != r->stamp) {
			*t = (struct tally){ .stamp = r->stamp };
			r->touched[touched++] = cell;
		}
		add(t, rows[i]);
		add(&all, rows[i]);
	}
	for (uint32_t i = 0; i < touched; i++)
		read_cell(r, &r->out[r->touched[i]], &r->tallies[r->touched[i]], &all);
	if (r->pairs)
		read_cell(r, r->all, &all, &all);
}

/* The part's rows of one chunk. */
struct run {
	const uint32_t *rows;
	uint32_t count;
};

static struct run run_of(const struct reading *r, size_t piece, uint32_t part)
{
	const struct whose_piece *p = &r->w->pieces[piece];
	uint32_t from = part ? p->ends[part - 1] : 0;
	return (struct run){ p->rows + from, p->ends[part] - from };
}

/* Adds to what each owner's rows are in all, in one number. How many of them are passive. */
static uint32_t count_run(struct reading *r, struct run run)
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
static uint32_t count_owners(struct reading *r, uint32_t part, uint32_t total)
{
	uint32_t passives = 0;
	for (size_t i = 0; i < r->w->piece_count; i++)
		passives += count_run(r, run_of(r, i, part));
	return total - passives;
}

/* As join() for each owner of the part: one row alone changes nothing. Most have few rows, and there are few ways to have few:
 * those are counted. */
static void join_owners(struct reading *r, uint32_t total, uint32_t squares)
{
	const uint64_t *counts = r->counts;
	uint32_t *alike = r->alike, *many = r->many, many_count = 0;
	for (uint32_t k = 0; k < 1u << r->w->owner_bits; k++) {
		uint64_t n = counts[k] >> 32, value = counts[k] & UINT32_MAX;
		many[many_count] = k;
		many_count += n > FEW_ROWS;
		alike[n > FEW_ROWS ? 0 : n * FEW_VALUES + value]++;
	}
	r->many_count = many_count;
	r->total += total;
	r->squares += squares;
}

/* Sums of n, s and 1 for `owners` that are alike. */
static void add_alike(struct reading *r, int64_t owners, int64_t n, int64_t s)
{
	struct nps_sums *sums = &r->all->sums;
	sums->clusters += owners;
	sums->ss += owners * s * s;
	sums->sn += owners * (s * n - s);
	sums->nn += owners * n * n;
	sums->sm += owners * sm(r, n, s);
}

static void join_alike(struct reading *r)
{
	struct nps_sums *sums = &r->all->sums;
	for (uint32_t n = 1; n <= FEW_ROWS; n++)
		for (uint32_t value = 0; value <= 2 * n; value++)
			add_alike(r, r->alike[n * FEW_VALUES + value], n, (int64_t)value - n);
	sums->clusters -= r->total;
	sums->ss -= r->squares;
	sums->nn -= r->total;
	sums->sm -= r->squares * NPS_SM_UNITS;
}

static void join_many(struct reading *r)
{
	for (uint32_t i = 0; i < r->many_count; i++) {
		int64_t n = count_of(r, r->many[i]);
		add_alike(r, 1, n, (int64_t)(r->counts[r->many[i]] & UINT32_MAX) - n);
	}
}

static void sort_run(struct reading *r, struct run run)
{
	const uint32_t *cell_of_key = r->cell_of_key;
	uint32_t shift = owner_shift(r), *ends = r->ends, *sorted = r->sorted;
	uint32_t key_mask = (1u << r->w->key_bits) - 1, rest = ~(key_mask << SCAN_VALUE_BITS);
	for (uint32_t i = 0; i < run.count; i++) {
		uint32_t row = run.rows[i], cell = cell_of_key[row >> SCAN_VALUE_BITS & key_mask];
		sorted[ends[row >> shift]++] = (row & rest) | cell << SCAN_VALUE_BITS;
	}
}

static void sort_rows(struct reading *r, uint32_t part)
{
	uint32_t *ends = r->ends;
	for (uint32_t k = 0, end = 0; k < 1u << r->w->owner_bits; k++) {
		ends[k] = end;
		end += count_of(r, k);
	}
	for (size_t i = 0; i < r->w->piece_count; i++)
		sort_run(r, run_of(r, i, part));
}

static const uint32_t *rows_of(const struct reading *r, uint32_t owner)
{
	return r->sorted + r->ends[owner] - count_of(r, owner);
}

static void read_everyone(struct reading *r)
{
	for (uint32_t k = 0; k < 1u << r->w->owner_bits; k++)
		if (count_of(r, k) > 1)
			tally_owner(r, rows_of(r, k), count_of(r, k));
}

/* The rows of one owner in one cell: this one, and those of the bits behind it. */
static void join_rows(struct reading *r, const uint32_t *row, uint8_t repeats)
{
	uint32_t value = *row & VALUE_X, cell = cell_of(r, *row);
	if (!(repeats & (repeats - 1))) {
		uint32_t other = row[1 + __builtin_ctz(repeats)] & VALUE_X;
		r->twos[cell * TWOS + value * 4 + other]++;
		return;
	}
	int64_t n = 1, s = (int64_t)value - 1, square = s & 1;
	for (uint32_t bits = repeats; bits; bits &= bits - 1) {
		int64_t x = (int64_t)(row[1 + __builtin_ctz(bits)] & VALUE_X) - 1;
		n++;
		s += x;
		square += x & 1;
	}
	join(r, &r->out[cell].sums, n, s, square);
}

static void join_twos(struct reading *r, uint32_t cells)
{
	for (uint32_t i = 0; i < cells * TWOS; i++) {
		int64_t x = (int64_t)(i % TWOS / 4) - 1, y = (int64_t)(i % 4) - 1;
		struct nps_sums two = { 0 }, *sums = &r->out[i / TWOS].sums;
		if (!r->twos[i])
			continue;
		join(r, &two, 2, x + y, (x & 1) + (y & 1));
		sums->clusters += r->twos[i] * two.clusters;
		sums->ss += r->twos[i] * two.ss;
		sums->sn += r->twos[i] * two.sn;
		sums->nn += r->twos[i] * two.nn;
		sums->sm += r->twos[i] * two.sm;
	}
}

/* Of rows by owner. Only owners with two rows in one cell change it: found by what stands behind each row. Those with many rows
 * were read. */
static void read_repeats(struct reading *r, uint32_t total)
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

static uint32_t rows_of_part(struct reading *r, uint32_t part)
{
	size_t total = 0;
	for (size_t i = 0; i < r->w->piece_count; i++)
		total += run_of(r, i, part).count;
	MUST(total <= UINT32_MAX);
	if (total > r->room) {
		free(r->sorted);
		r->room = 2 * total;
		r->sorted = mem_alloc(r->room * sizeof(*r->sorted));
	}
	return (uint32_t)total;
}

static void read_many(struct reading *r)
{
	for (uint32_t i = 0; i < r->many_count; i++)
		tally_owner(r, rows_of(r, r->many[i]), count_of(r, r->many[i]));
}

static void read_dense(struct reading *r, uint32_t part, uint32_t total, uint32_t cells)
{
	uint32_t squares = count_owners(r, part, total);
	if (!r->pairs) {
		join_owners(r, total, squares);
		join_many(r);
	}
	if (cells > 1 || r->pairs)
		sort_rows(r, part);
	if (r->pairs) {
		read_everyone(r);
	} else if (cells > 1) {
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
static uint32_t sort_few(struct reading *r, uint32_t part)
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

static void join_run(struct reading *r, const uint32_t *rows, uint32_t count)
{
	int64_t s = 0, square = 0;
	for (uint32_t i = 0; i < count; i++) {
		int64_t x = (int64_t)(rows[i] & VALUE_X) - 1;
		s += x;
		square += x & 1;
	}
	join(r, &r->all->sums, count, s, square);
}

static void read_sparse(struct reading *r, uint32_t part, uint32_t cells)
{
	uint32_t shift = owner_shift(r), count = sort_few(r, part), few = 0, n;
	for (uint32_t i = 0; i < count; i += n) {
		const uint32_t *rows = r->sorted + i;
		for (n = 1; i + n < count && rows[n] >> shift == rows[0] >> shift;)
			n++;
		if (!r->pairs)
			join_run(r, rows, n);
		if (r->pairs || (cells > 1 && n > FEW_ROWS)) {
			tally_owner(r, rows, n);
			continue;
		}
		memmove(r->sorted + few, rows, n * sizeof(*rows));
		few += n;
	}
	if (!r->pairs && cells > 1)
		read_repeats(r, few);
}

static void read_part(struct reading *r, uint32_t part, uint32_t cells)
{
	uint32_t total = rows_of_part(r, part);
	if (total > 1 && total < 1u << r->w->owner_bits >> SPARSE_BITS)
		read_sparse(r, part, cells);
	else if (total > 1)
		read_dense(r, part, total, cells);
}

void cells_whose_read(struct cells_whose *w, const uint32_t *cell_of_key, uint32_t cells,
                      bool pairs, struct whose_cell *out, struct whose_cell *all)
{
	struct reading r = {
		.w = w, .cell_of_key = cell_of_key, .out = out, .all = all, .pairs = pairs
	};
	size_t owners = (size_t)1 << w->owner_bits;
	MUST(cells <= 1u << w->key_bits);
	for (int n = 1; n < SM_TABLE; n++)
		for (int s = 0; s < SM_TABLE; s++)
			r.sm[n][s] = sm_of(n, s);
	r.counts = mem_zeroed(owners, sizeof(*r.counts));
	r.ends = mem_alloc(owners * sizeof(*r.ends));
	r.many = mem_alloc((owners + 1) * sizeof(*r.many));
	r.alike = mem_zeroed((FEW_ROWS + 1) * FEW_VALUES, sizeof(*r.alike));
	r.twos = mem_zeroed((size_t)cells * TWOS, sizeof(*r.twos));
	r.tallies = mem_zeroed(cells, sizeof(*r.tallies));
	r.touched = mem_alloc(cells * sizeof(*r.touched));
	for (uint32_t part = 0; part < w->part_count; part++)
		read_part(&r, part, cells);
	if (!pairs) {
		join_alike(&r);
		join_twos(&r, cells);
	}
	if (cells == 1 && !pairs)
		out[0] = *all;
	free(r.sorted);
	free(r.counts);
	free(r.ends);
	free(r.many);
	free(r.alike);
	free(r.twos);
	free(r.tallies);
	free(r.touched);
}
