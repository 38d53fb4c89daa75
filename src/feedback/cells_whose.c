/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_whose_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/pages.h"

#define BLOCKS (CUBE_CHUNK_ROWS / SCAN_ROWS)
/* When fewer than one in so many of a chunk's rows are meant, going through all that are in order costs more than putting
 * those into order. */
#define ORDER_WORTH 32u
#define ROWS_FEW    16384u

/* What is known of a block's rows: nothing; some are meant, which are listed; all may be. */
enum filled { FILLED_NONE, FILLED_LISTED, FILLED_ALL };

struct whose_rows {
	bool is_narrow;
	uint32_t meant, listed_count;
	enum filled filled[BLOCKS];
	/* Key, period and 1 + x; SCAN_VALUE_NONE: not meant. */
	union {
		uint32_t wide[CUBE_CHUNK_ROWS];
		uint16_t narrow[CUBE_CHUNK_ROWS];
	};
	uint16_t listed[CUBE_CHUNK_ROWS];
	uint32_t few[CUBE_CHUNK_ROWS]; /* numbers of rows that are put into order */
	uint32_t few_owners[CUBE_CHUNK_ROWS];
};

static bool is_narrow(uint32_t keys, bool pairs)
{
	return keys <= SCAN_NARROW_KEYS && !pairs;
}

struct whose_rows *whose_rows_new(uint32_t keys, bool pairs)
{
	struct whose_rows *rows = mem_alloc(sizeof(*rows));
	rows->is_narrow = is_narrow(keys, pairs);
	whose_rows_clear(rows);
	return rows;
}

void whose_rows_free(struct whose_rows *rows)
{
	free(rows);
}

void whose_rows_clear(struct whose_rows *rows)
{
	rows->meant = rows->listed_count = 0;
	memset(rows->filled, 0, sizeof(rows->filled));
}

bool whose_rows_take_codes(const struct whose_rows *rows)
{
	return rows->is_narrow;
}

static uint32_t row_at(const struct whose_rows *rows, uint32_t row)
{
	return rows->is_narrow ? whose_widen(rows->narrow[row]) : rows->wide[row];
}

/* None of the block is meant. */
static void empty_block(struct whose_rows *rows, uint32_t block)
{
	uint32_t from = block * SCAN_ROWS;
	if (rows->is_narrow)
		memset(rows->narrow + from, 255, SCAN_ROWS * sizeof(*rows->narrow));
	else
		memset(rows->wide + from, 255, SCAN_ROWS * sizeof(*rows->wide));
}

static void put_row(struct whose_rows *rows, const struct whose_block *own, uint32_t from,
                    uint32_t row, uint32_t key)
{
	uint32_t symbol = CUBE_SCORE(own->symbols[row]);
	uint32_t x = (uint32_t)(symbol >= 7) + (uint32_t)(symbol >= 9);
	uint32_t period = own->before ? SCAN_VALUE_BEFORE : 0;
	if (rows->is_narrow)
		rows->narrow[from + row] = (uint16_t)(key << SCAN_NARROW_BITS | x);
	else
		rows->wide[from + row] = key << SCAN_VALUE_BITS | period | x;
	if (rows->filled[from / SCAN_ROWS] == FILLED_LISTED)
		rows->listed[rows->listed_count++] = (uint16_t)(from + row);
}

static void put_list(struct whose_rows *rows, const struct view_block *b,
                     const struct whose_block *own)
{
	for (uint32_t i = 0; i < own->meant; i++) {
		uint32_t row = own->few[i], key = own->keys ? own->keys[i] : own->key;
		if (own->codes)
			key += own->stride * cube_code(*own->codes, b->from + row);
		put_row(rows, own, b->from, row, key);
	}
}

/* Beside those of the other period. */
static void put_marked(struct whose_rows *rows, const struct view_block *b,
                       const struct whose_block *own)
{
	for (uint32_t row = 0; row < b->rows; row++)
		if (own->symbols[row] != SCAN_NONE)
			put_row(rows, own, b->from, row, own->keys ? own->keys[row] : own->key);
}

static void put_all(struct whose_rows *rows, const struct view_block *b,
                    const struct whose_block *own)
{
	uint16_t *narrow = rows->narrow + b->from;
	if (!rows->is_narrow)
		scan_values(rows->wide + b->from, own->keys, own->symbols, b->rows, own->key,
		            own->before ? SCAN_VALUE_BEFORE : 0);
	else if (own->codes)
		scan_narrow_codes(narrow, own->codes, b->from, own->symbols, b->rows, own->stride,
		                  own->key);
	else
		scan_narrow_values(narrow, own->keys, own->symbols, b->rows, own->key);
}

void whose_rows_add(struct whose_rows *rows, const struct view_block *b,
                    const struct whose_block *own)
{
	uint32_t block = b->from / SCAN_ROWS;
	rows->meant += own->meant;
	if (own->few && rows->filled[block] == FILLED_NONE) {
		empty_block(rows, block);
		rows->filled[block] = FILLED_LISTED;
	}
	if (own->few) {
		put_list(rows, b, own);
	} else if (rows->filled[block] == FILLED_NONE) {
		put_all(rows, b, own);
		rows->filled[block] = FILLED_ALL;
	} else {
		put_marked(rows, b, own);
	}
}

/* All rows of the chunk are known then. */
static void fill_rest(struct whose_rows *rows)
{
	for (uint32_t block = 0; block < BLOCKS; block++)
		if (rows->filled[block] == FILLED_NONE)
			empty_block(rows, block);
}

static uint32_t bits_for(uint32_t count)
{
	uint32_t bits = 0;
	while (bits < 32 && (UINT64_C(1) << bits) < count)
		bits++;
	return bits;
}

struct cells_whose *cells_whose_new(uint32_t owners, uint32_t keys, bool pairs)
{
	struct cells_whose *w = mem_zeroed(1, sizeof(*w));
	MUST(keys <= WHOSE_KEYS_MAX);
	w->is_narrow = is_narrow(keys, pairs);
	w->pairs = pairs;
	w->keys = keys;
	w->key_bits = bits_for(keys);
	w->owner_bits = 32 - SCAN_VALUE_BITS - w->key_bits;
	if (w->owner_bits > CUBE_UNIT_BITS)
		w->owner_bits = CUBE_UNIT_BITS;
	w->part_count = (owners >> w->owner_bits) + 1;
	return w;
}

void cells_whose_free(struct cells_whose *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->piece_count; i++)
		free(w->pieces[i].ends);
	for (size_t i = 0; i < w->slab_count; i++)
		free(w->slabs[i]);
	free(w->pieces);
	free((void *)w->slabs);
	free(w);
}

/* Room for so many rows at w->next. The first few rows are not worth a large page. */
static void make_room(struct cells_whose *w, uint32_t rows)
{
	if ((size_t)(w->end - w->next) >= rows && w->next)
		return;
	if (w->slab_count == w->slab_cap) {
		w->slab_cap = w->slab_cap ? 2 * w->slab_cap : 16;
		w->slabs = mem_resize((void *)w->slabs, w->slab_cap * sizeof(*w->slabs));
	}
	bool few = w->slab_count == 0 && rows <= ROWS_FEW;
	size_t size = few ? ROWS_FEW * sizeof(*w->next) : PAGES_SIZE;
	w->next = few ? mem_alloc(size) : pages_new(size);
	w->slabs[w->slab_count++] = w->next;
	w->end = w->next + size / sizeof(*w->next);
}

static struct whose_piece *piece_new(struct cells_whose *w, uint32_t rows)
{
	if (w->piece_count == w->piece_cap) {
		w->piece_cap = w->piece_cap ? 2 * w->piece_cap : 64;
		w->pieces = mem_resize(w->pieces, w->piece_cap * sizeof(*w->pieces));
	}
	make_room(w, rows);
	struct whose_piece *piece = &w->pieces[w->piece_count++];
	*piece = (struct whose_piece){ 0 };
	return piece;
}

static struct whose_piece *parted_new(struct cells_whose *w, uint32_t rows)
{
	struct whose_piece *piece = piece_new(w, rows);
	piece->rows = w->next;
	piece->ends = mem_alloc(w->part_count * sizeof(*piece->ends));
	return piece;
}

/* A row for each of the order. */
static void add_whole(struct cells_whose *w, const struct whose_rows *rows,
                      const struct cube_order *order)
{
	struct whose_piece *piece = piece_new(w, order->count / 2 + 1);
	uint16_t *narrow = (uint16_t *)w->next;
	for (uint32_t i = 0; i < order->count; i++)
		narrow[i] = rows->narrow[order->rows[i]];
	piece->order = order;
	piece->narrow = narrow;
	w->most += order->most;
	w->next += order->count / 2 + 1;
}

/* Rows from..to of the order, all of one part. */
static uint32_t *put_ordered(const struct cells_whose *w, const struct whose_rows *rows,
                             const struct cube_order *order, uint32_t from, uint32_t to,
                             uint32_t *next)
{
	uint32_t shift = SCAN_VALUE_BITS + w->key_bits, mask = (1u << w->owner_bits) - 1;
	for (uint32_t i = from; i < to; i++) {
		uint32_t row = row_at(rows, order->rows[i]);
		*next = (order->owners[i] & mask) << shift | row;
		next += (row & VALUE_X) != SCAN_VALUE_NONE;
	}
	return next;
}

static uint32_t next_part(const struct cube_order *order, uint32_t from, uint32_t to,
                          uint32_t first_beyond)
{
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (order->owners[middle] < first_beyond)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void add_ordered(struct cells_whose *w, const struct whose_rows *rows,
                        const struct cube_order *order)
{
	struct whose_piece *piece = parted_new(w, order->count + 1);
	uint32_t part = 0, parts = CUBE_UNIT >> w->owner_bits, *next = w->next;
	for (uint32_t unit = 0; unit < order->unit_count; unit++) {
		uint32_t at = order->starts[unit], end = order->starts[unit + 1];
		for (uint32_t i = 1; i <= parts && part < w->part_count; i++) {
			uint32_t to =
			    i == parts ? end : next_part(order, at, end, i << w->owner_bits);
			next = put_ordered(w, rows, order, at, to, next);
			piece->ends[part++] = (uint32_t)(next - piece->rows);
			at = to;
		}
	}
	for (; part < w->part_count; part++)
		piece->ends[part] = (uint32_t)(next - piece->rows);
	w->next = next;
}

/* The same of narrow rows: which are meant is found out first, in as few steps a row as can be, as most are not. */
static void add_chosen(struct cells_whose *w, struct whose_rows *rows,
                       const struct cube_order *order)
{
	uint64_t bits[CUBE_CHUNK_ROWS / 64];
	uint32_t count = 0, unit = 0, *chosen = rows->few;
	scan_narrow_bits(bits, rows->narrow, CUBE_CHUNK_ROWS);
	for (uint32_t i = 0; i < order->count; i++) {
		uint32_t row = order->rows[i];
		chosen[count] = i;
		count += (uint32_t)(bits[row / 64] >> row % 64 & 1);
	}
	struct whose_piece *piece = parted_new(w, count);
	uint32_t shift = SCAN_VALUE_BITS + w->key_bits;
	for (uint32_t k = 0; k < count; k++) {
		uint32_t i = chosen[k];
		for (; i >= order->starts[unit + 1]; unit++)
			piece->ends[unit] = k;
		w->next[k] =
		    (uint32_t)order->owners[i] << shift | whose_widen(rows->narrow[order->rows[i]]);
	}
	for (; unit < w->part_count; unit++)
		piece->ends[unit] = count;
	w->most += order->most;
	w->next += count;
}

/* Numbers of the rows that are meant, and whose marks have one of those wanted. */
static uint32_t list_few(struct whose_rows *rows, const struct cube_chunk *chunk, uint8_t marks)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < rows->listed_count; i++) {
		uint32_t row = rows->listed[i];
		rows->few[count] = row;
		count += !marks || chunk->marks[row] & marks;
	}
	for (uint32_t row = 0; row < chunk->rows; row++) {
		if (rows->filled[row / SCAN_ROWS] != FILLED_ALL) {
			row += SCAN_ROWS - 1;
			continue;
		}
		rows->few[count] = row;
		count += (row_at(rows, row) & VALUE_X) != SCAN_VALUE_NONE &&
		         (!marks || chunk->marks[row] & marks);
	}
	return count;
}

/* Those of the list that are somebody's, each put where its part begins. */
static void add_few(struct cells_whose *w, struct whose_rows *rows, uint32_t listed,
                    const struct cube_codes *owners)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < listed; i++) {
		uint32_t row = rows->few[i], owner = cube_code(*owners, row);
		rows->few[count] = row;
		rows->few_owners[count] = owner;
		count += owner != 0;
	}
	struct whose_piece *piece = parted_new(w, count);
	uint32_t shift = SCAN_VALUE_BITS + w->key_bits, mask = (1u << w->owner_bits) - 1;
	memset(piece->ends, 0, w->part_count * sizeof(*piece->ends));
	for (uint32_t i = 0; i < count; i++)
		piece->ends[rows->few_owners[i] >> w->owner_bits]++;
	uint32_t most = 0;
	for (uint32_t k = 0, end = 0; k < w->part_count; k++) {
		uint32_t own = piece->ends[k];
		piece->ends[k] = end;
		end += own;
		most = own > most ? own : most;
	}
	w->most += most;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t owner = rows->few_owners[i];
		w->next[piece->ends[owner >> w->owner_bits]++] =
		    (owner & mask) << shift | row_at(rows, rows->few[i]);
	}
	w->next += count;
}

void cells_whose_add_clusters(struct cells_whose *w, struct whose_rows *rows,
                              const struct cube_chunk *chunk)
{
	if (!rows->meant)
		return;
	if (!chunk->cluster.column || chunk->rows < CUBE_CHUNK_ROWS ||
	    rows->meant < CUBE_CHUNK_ROWS / ORDER_WORTH) {
		add_few(w, rows, list_few(rows, chunk, 0), &chunk->cluster);
		return;
	}
	fill_rest(rows);
	if (rows->is_narrow && rows->meant > CUBE_CHUNK_ROWS / 2)
		add_whole(w, rows, cube_order_of(&chunk->cluster));
	else if (rows->is_narrow)
		add_chosen(w, rows, cube_order_of(&chunk->cluster));
	else
		add_ordered(w, rows, cube_order_of(&chunk->cluster));
}

void cells_whose_add_people(struct cells_whose *w, struct whose_rows *rows,
                            const struct cube_chunk *chunk)
{
	if (rows->meant)
		add_few(w, rows, list_few(rows, chunk, CUBE_MARK_REPEATS), &chunk->person);
}
