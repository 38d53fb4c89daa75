/* What owners of several answers change in cells: chunks of random rows, put aside and read, against one group after the
 * other. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_whose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/die.h"
#include "draw.h"
#include "feedback/cube_block.h"
#include "feedback/cube_scan_count.h"

#define CHUNKS 3
#define ROWS   (2 * CUBE_CHUNK_ROWS + 9001) /* two whole chunks and the begin of one */
#define CELLS  70

struct row {
	uint32_t owner, key, cell;
	uint8_t symbol, marks;
	bool before;
};

/* What is asked of a thousand rows: how many are meant, how many of those in the second period. Half of all keys are the first
 * cell. */
struct asked {
	uint32_t owners, keys, cells, meant, before;
	uint32_t crowd; /* one in so many rows is owner 1's; 0: none */
	bool people;
	bool codes; /* keys are told as codes of a column */
};

struct world {
	struct asked asked;
	struct row *rows;
	uint32_t *cell_of_key;
	struct cube_memory memory;
	struct cube_column *columns[CHUNKS];
	struct cube_codes keys[CHUNKS]; /* of one byte; three of a code and two are the key */
	uint8_t *codes;
	struct cube_chunk chunks[CHUNKS];
	uint8_t *marks;
};

static void draw_rows(struct world *w, uint64_t *random)
{
	const struct asked *a = &w->asked;
	w->rows = mem_zeroed(ROWS, sizeof(*w->rows));
	w->cell_of_key = mem_alloc(a->keys * sizeof(*w->cell_of_key));
	for (uint32_t k = 0; k < a->keys; k++)
		w->cell_of_key[k] =
		    draw_next(random) % 2 ? (uint32_t)(draw_next(random) % a->cells) : 0;
	for (uint32_t i = 0; i < ROWS; i++) {
		struct row *r = &w->rows[i];
		r->owner = draw_next(random) % 3 ? (uint32_t)(draw_next(random) % a->owners) : 0;
		if (a->crowd && draw_next(random) % a->crowd == 0)
			r->owner = 1;
		r->key = (uint32_t)(draw_next(random) % a->keys);
		if (a->codes)
			r->key = r->key / 3 * 3 + 2;
		r->cell = w->cell_of_key[r->key];
		r->symbol = draw_next(random) % 1000 < a->meant
		                ? (uint8_t)(draw_next(random) % (NPS_SCORE_MAX + 1))
		                : SCAN_NONE;
		r->before = draw_next(random) % 1000 < a->before;
		r->marks = draw_next(random) % 4 ? CUBE_MARK_REPEATS : CUBE_MARK_STARRED;
	}
}

static void make_chunks(struct world *w)
{
	w->marks = mem_alloc(ROWS);
	w->codes = mem_alloc(ROWS);
	for (uint32_t i = 0; i < ROWS; i++) {
		w->marks[i] = w->rows[i].marks;
		w->codes[i] = (uint8_t)(w->rows[i].key / 3);
	}
	for (uint32_t i = 0; i < CHUNKS; i++) {
		uint32_t from = i * CUBE_CHUNK_ROWS;
		uint32_t rows = ROWS - from < CUBE_CHUNK_ROWS ? ROWS - from : CUBE_CHUNK_ROWS;
		w->columns[i] = cube_column_new(&w->memory, 3, rows);
		for (uint32_t k = 0; k < rows; k++)
			cube_number_put(w->columns[i]->at, 3, k, w->rows[from + k].owner);
		struct cube_codes codes = { .at = w->columns[i]->at,
			                    .width = 3,
			                    .column = w->columns[i] };
		w->keys[i] = (struct cube_codes){ .at = w->codes + from, .width = 1 };
		w->chunks[i] = (struct cube_chunk){
			.rows = rows, .marks = w->marks + from, .person = codes, .cluster = codes
		};
	}
}

static void end(struct world *w)
{
	for (int i = 0; i < CHUNKS; i++)
		cube_column_drop(w->columns[i]);
	assert_int_equal(atomic_load(&w->memory.bytes), 0);
	free(w->rows);
	free(w->cell_of_key);
	free(w->marks);
	free(w->codes);
}

/* Rows of a block of one period, as they are told: each with its key, or those alone that are meant, or all with one. */
static bool take_block(const struct world *w, uint32_t first, const struct view_block *b,
                       bool before, uint32_t *keys, uint16_t *list, uint8_t *symbols,
                       struct whose_block *own)
{
	uint32_t count = 0;
	*own = (struct whose_block){ .symbols = symbols, .before = before };
	for (uint32_t i = 0; i < b->rows; i++) {
		const struct row *r = &w->rows[first + b->from + i];
		symbols[i] = r->before == before ? r->symbol : SCAN_NONE;
	}
	uint64_t bits[BLOCK_WORDS];
	own->meant = scan_counted(bits, symbols, b->rows);
	assert_int_equal(scan_count_counted(symbols, b->rows), own->meant);
	scan_list(list, bits, b->rows);
	own->few = own->meant < b->rows / BLOCK_FEW ? list : NULL;
	for (uint32_t i = 0; i < b->rows; i++)
		if (!own->few || symbols[i] != SCAN_NONE)
			keys[count++] = w->rows[first + b->from + i].key;
	own->keys = w->asked.keys > 1 ? keys : NULL;
	if (!w->asked.codes)
		return own->meant > 0;
	own->keys = NULL;
	own->codes = &w->keys[first / CUBE_CHUNK_ROWS];
	own->stride = 3;
	own->key = 2;
	return own->meant > 0;
}

static void put_chunk(const struct world *w, uint32_t chunk, struct whose_rows *rows,
                      struct cells_whose *whose)
{
	static struct view_block b;
	static uint32_t keys[SCAN_ROWS];
	static uint16_t list[SCAN_ROWS + SCAN_LIST_ROOM];
	static uint8_t symbols[SCAN_ROWS];
	const struct cube_chunk *c = &w->chunks[chunk];
	for (b.from = 0; b.from < c->rows; b.from += SCAN_ROWS) {
		struct whose_block own;
		b.rows = c->rows - b.from < SCAN_ROWS ? c->rows - b.from : SCAN_ROWS;
		for (int before = 0; before < 2; before++)
			if (take_block(w, chunk * CUBE_CHUNK_ROWS, &b, before, keys, list, symbols,
			               &own))
				whose_rows_add(rows, &b, &own);
	}
	if (w->asked.people)
		cells_whose_add_people(whose, rows, c);
	else
		cells_whose_add_clusters(whose, rows, c);
	whose_rows_clear(rows);
}

static int by_group(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	if (left->owner != right->owner)
		return left->owner < right->owner ? -1 : 1;
	return (left->cell > right->cell) - (left->cell < right->cell);
}

struct group {
	struct nps_cluster now, before;
	int64_t squares, before_squares;
};

static struct group group_of(const struct row *rows, size_t count)
{
	struct group g = { 0 };
	for (size_t i = 0; i < count; i++) {
		int64_t x = (int64_t)nps_group_of(rows[i].symbol) - 1;
		struct nps_cluster *c = rows[i].before ? &g.before : &g.now;
		c->n++;
		c->s += x;
		*(rows[i].before ? &g.before_squares : &g.squares) += x * x;
	}
	return g;
}

static void change_sums(struct nps_sums *sums, const struct nps_cluster *c, int64_t squares)
{
	nps_add_cluster(sums, c);
	sums->clusters -= c->n;
	sums->ss -= squares;
	sums->sn -= c->s;
	sums->nn -= c->n;
	sums->sm -= squares * NPS_SM_UNITS;
}

static void change(struct whose_cell *cell, const struct group *g, const struct group *whole,
                   bool pairs)
{
	change_sums(&cell->sums, &g->now, g->squares);
	change_sums(&cell->before, &g->before, g->before_squares);
	if (g->now.n && g->before.n) {
		cell->pair.clusters++;
		cell->pair.ss += g->now.s * g->before.s;
		cell->pair.sn += g->now.s * g->before.n;
		cell->pair.ns += g->now.n * g->before.s;
		cell->pair.nn += g->now.n * g->before.n;
	}
	if (!pairs || !g->now.n)
		return;
	cell->across.clusters += whole->now.n > g->now.n;
	cell->across.ss += g->now.s * whole->now.s - g->squares;
	cell->across.sn += g->now.s * whole->now.n - g->now.s;
	cell->across.ns += g->now.n * whole->now.s - g->now.s;
	cell->across.nn += g->now.n * whole->now.n - g->now.n;
	const struct nps_cluster rest = { whole->now.n - g->now.n, whole->now.s - g->now.s };
	cell->across.sm +=
	    nps_cluster_sm(&whole->now) - nps_cluster_sm(&rest) - g->squares * NPS_SM_UNITS;
}

/* The same, group by group. */
static void expect(struct world *w, bool pairs, struct whose_cell *out, struct whose_cell *all)
{
	size_t count = 0;
	for (size_t i = 0; i < ROWS; i++) {
		const struct row *r = &w->rows[i];
		if (r->owner && r->symbol != SCAN_NONE &&
		    (!w->asked.people || r->marks & CUBE_MARK_REPEATS))
			w->rows[count++] = *r;
	}
	qsort(w->rows, count, sizeof(*w->rows), by_group);
	for (size_t i = 0, n; i < count; i += n) {
		const struct row *rows = w->rows + i;
		for (n = 1; i + n < count && rows[n].owner == rows->owner;)
			n++;
		struct group whole = group_of(rows, n);
		change(all, &whole, &whole, pairs);
		for (size_t k = 0, m; k < n; k += m) {
			for (m = 1; k + m < n && rows[k + m].cell == rows[k].cell;)
				m++;
			struct group g = group_of(rows + k, m);
			change(&out[rows[k].cell], &g, &whole, pairs);
		}
	}
}

static void compare(const struct asked *asked, uint64_t *random)
{
	struct whose_cell read[CELLS + 1] = { 0 }, expected[CELLS + 1] = { 0 };
	struct world w = { .asked = *asked };
	bool pairs = asked->before > 0;
	draw_rows(&w, random);
	make_chunks(&w);
	for (int again = 0; again < 2; again++) {
		struct whose_rows *rows = whose_rows_new(asked->keys, pairs);
		struct cells_whose *whose = cells_whose_new(asked->owners, asked->keys, pairs);
		assert_true(!asked->codes || whose_rows_take_codes(rows));
		memset(read, 0, sizeof(read));
		for (uint32_t i = 0; i < CHUNKS; i++)
			put_chunk(&w, i, rows, whose);
		cells_whose_read(whose, w.cell_of_key, asked->cells, read, &read[CELLS]);
		cells_whose_free(whose);
		whose_rows_free(rows);
	}
	expect(&w, pairs, expected, &expected[CELLS]);
	for (uint32_t i = 0; i <= CELLS; i++)
		if (memcmp(&read[i], &expected[i], sizeof(read[i])) != 0)
			fail_msg("cell %u of %u, owners %u, keys %u%s, meant %u, before %u, crowd "
			         "%u%s",
			         i, asked->cells, asked->owners, asked->keys,
			         asked->codes ? " as codes" : "", asked->meant, asked->before,
			         asked->crowd, asked->people ? ", people" : "");
	end(&w);
}

static void tells_what_a_count_of_each_owner_tells(void **state)
{
	(void)state;
	static const uint32_t owners[] = { 2, 300, 20000, 90000 }, keys[] = { 1, 5, 300, 400000 };
	static const uint32_t meant[] = { 1000, 500, 40, 1 };
	uint64_t random = draw_seed(), *at = &random;
	for (size_t i = 0; i < 64; i++) {
		struct asked a = { .owners = owners[i % 4],
			           .keys = keys[i / 4 % 4],
			           .meant = meant[i / 16],
			           .before = draw_next(at) % 3 ? 0 : 200,
			           .crowd = draw_next(at) % 2 ? 0 : 9,
			           .people = draw_next(at) % 4 == 0 };
		static const uint32_t cells[] = { 1, 7, CELLS };
		uint32_t most = cells[draw_next(at) % 3];
		a.cells = a.keys < most ? a.keys : most;
		a.codes = a.keys == 300 && !a.before && draw_next(at) % 2;
		compare(&a, at);
	}
}

static void tells_of_an_owner_with_more_rows_than_a_sum_holds(void **state)
{
	(void)state;
	static const uint32_t keys[] = { 1, 5 };
	uint64_t random = draw_seed();
	for (size_t i = 0; i < 2; i++)
		compare(&(struct asked){ .owners = 300,
		                         .keys = keys[i],
		                         .cells = 1,
		                         .meant = 1000,
		                         .crowd = 1 + (uint32_t)i },
		        &random);
}

/* Nobody's rows leave nothing, and an order that was kept goes with the column. */
static void an_order_is_made_again_when_its_column_changed(void **state)
{
	(void)state;
	struct cube_memory memory = { 0 };
	struct cube_column *c = cube_column_new(&memory, 1, CUBE_CHUNK_ROWS);
	struct cube_codes codes = { .at = c->at, .width = 1, .column = c };
	memset(c->at, 0, CUBE_CHUNK_ROWS);
	c->at[7] = 2;
	c->at[9] = 1;
	const struct cube_order *order = cube_order_of(&codes);
	assert_int_equal(order->count, 2);
	assert_int_equal(order->rows[0], 9);
	assert_int_equal(order->rows[1], 7);
	assert_ptr_equal(cube_order_of(&codes), order);
	c->at[9] = 3;
	cube_column_forget(c);
	order = cube_order_of(&codes);
	assert_int_equal(order->rows[0], 7);
	assert_int_equal(order->owners[1], 3);
	cube_column_drop(c);
	assert_int_equal(atomic_load(&memory.bytes), 0);
}

static void a_block_that_changes_a_row_forgets_its_order(void **state)
{
	(void)state;
	static const enum cube_slot_kind kinds[] = { SLOT_OWNERS };
	static const struct cube_shape shape = { kinds, 1, false };
	struct cube_memory memory = { 0 };
	struct cube_block *b = cube_block_new(&memory, &shape);
	for (uint32_t i = 0; i < CUBE_CHUNK_ROWS; i++) {
		cube_block_put(b, 0, i, i % 3);
		cube_block_end_row(b);
	}
	cube_block_seal(b);
	b->shown = b->rows;
	uint32_t count = cube_order_of(&b->codes[0])->count;
	cube_block_put(b, 0, 1, 0);
	assert_int_equal(cube_order_of(&b->codes[0])->count, count - 1);
	cube_block_drop(b);
	assert_int_equal(atomic_load(&memory.bytes), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_a_count_of_each_owner_tells),
		cmocka_unit_test(tells_of_an_owner_with_more_rows_than_a_sum_holds),
		cmocka_unit_test(an_order_is_made_again_when_its_column_changed),
		cmocka_unit_test(a_block_that_changes_a_row_forgets_its_order),
	};
	return cmocka_run_group_tests_name("cells_whose", tests, NULL, NULL);
}
