/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_whose_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/pages.h"

#define BLOCKS (CUBE_CHUNK_ROWS / SCAN_ROWS)
/* When fewer than one in so many of a chunk's rows are meant, going through all that are in order costs more than putting
 * those into order. */
#define ORDER_WORTH 8u
#define ROWS_FEW    16384u

/* What is known of a block's rows: none is meant; of those that are, and of all. */
enum filled { FILLED_NONE, FILLED_MEANT, FILLED_ALL };

struct whose_rows {
	uint32_t meant;
	enum filled filled[BLOCKS];
	uint64_t bits[CUBE_CHUNK_ROWS / 64]; /* is it meant? */
	uint32_t at[CUBE_CHUNK_ROWS];        /* key, period and 1 + x; SCAN_VALUE_NONE: not meant */
	uint32_t few[CUBE_CHUNK_ROWS];       /* their numbers: those that are put into order */
	uint32_t few_owners[CUBE_CHUNK_ROWS];
};

struct whose_rows *whose_rows_new(void)
{
	struct whose_rows *rows = mem_alloc(sizeof(*rows));
	whose_rows_clear(rows);
	return rows;
}

void whose_rows_free(struct whose_rows *rows)
{
	free(rows);
}

void whose_rows_clear(struct whose_rows *rows)
{
	rows->meant = 0;
	memset(rows->filled, 0, sizeof(rows->filled));
}

static void add_bits(struct whose_rows *rows, const struct view_block *b,
                     const struct whose_block *own, uint32_t period)
{
	uint32_t count = 0;
	for (uint32_t word = 0; word < (b->rows + 63) / 64; word++) {
		for (uint64_t left = own->bits[word]; left; left &= left - 1, count++) {
			uint32_t i = word * 64 + (uint32_t)__builtin_ctzll(left);
			uint32_t symbol = CUBE_SCORE(own->symbols[i]);
			uint32_t key = own->keys ? own->keys[own->few ? count : i] : own->key;
			uint32_t x = (uint32_t)(symbol >= 7) + (uint32_t)(symbol >= 9);
			rows->at[b->from + i] = key << SCAN_VALUE_BITS | period | x;
		}
	}
}

void whose_rows_add(struct whose_rows *rows, const struct view_block *b,
                    const struct whose_block *own)
{
	enum filled *filled = &rows->filled[b->from / SCAN_ROWS];
	uint64_t *bits = rows->bits + b->from / 64;
	uint32_t period = own->before ? SCAN_VALUE_BEFORE : 0;
	for (uint32_t i = 0; i < (b->rows + 63) / 64; i++)
		bits[i] = own->bits[i] | (*filled == FILLED_NONE ? 0 : bits[i]);
	rows->meant += own->meant;
	if (*filled == FILLED_NONE && !own->few && own->meant > b->rows / ORDER_WORTH) {
		scan_values(rows->at + b->from, own->keys, own->symbols, b->rows, own->key, period);
		*filled = FILLED_ALL;
		return;
	}
	add_bits(rows, b, own, period);
	*filled = *filled == FILLED_NONE ? FILLED_MEANT : *filled;
}

/* All rows of the chunk are known then. */
static void fill_rest(struct whose_rows *rows)
{
	for (uint32_t row = 0; row < CUBE_CHUNK_ROWS; row++) {
		enum filled filled = rows->filled[row / SCAN_ROWS];
		if (filled == FILLED_ALL)
			row += SCAN_ROWS - 1;
		else if (filled == FILLED_NONE || !(rows->bits[row / 64] >> row % 64 & 1))
			rows->at[row] = SCAN_VALUE_NONE;
	}
}

static uint32_t bits_for(uint32_t count)
{
	uint32_t bits = 0;
	while (bits < 32 && (UINT64_C(1) << bits) < count)
		bits++;
	return bits;
}

struct cells_whose *cells_whose_new(uint32_t owners, uint32_t keys)
{
	struct cells_whose *w = mem_zeroed(1, sizeof(*w));
	MUST(keys <= WHOSE_KEYS_MAX);
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

/* Room for so many rows at w->next. Few rows are not worth a large page. */
static void make_room(struct cells_whose *w, uint32_t rows)
{
	if ((size_t)(w->end - w->next) >= rows && w->next)
		return;
	if (w->slab_count == w->slab_cap) {
		w->slab_cap = w->slab_cap ? 2 * w->slab_cap : 16;
		w->slabs = mem_resize((void *)w->slabs, w->slab_cap * sizeof(*w->slabs));
	}
	size_t size = rows <= ROWS_FEW ? ROWS_FEW * sizeof(*w->next) : PAGES_SIZE;
	w->next = size < PAGES_SIZE ? mem_alloc(size) : pages_new(size);
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
	piece->rows = w->next;
	piece->ends = mem_alloc(w->part_count * sizeof(*piece->ends));
	return piece;
}

/* Rows from..to of the order, all of one part. */
static uint32_t *put_ordered(const struct cells_whose *w, const struct whose_rows *rows,
                             const struct cube_order *order, uint32_t from, uint32_t to,
                             uint32_t *next)
{
	uint32_t shift = SCAN_VALUE_BITS + w->key_bits, mask = (1u << w->owner_bits) - 1;
	for (uint32_t i = from; i < to; i++) {
		uint32_t row = rows->at[order->rows[i]];
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
	struct whose_piece *piece = piece_new(w, order->count + 1);
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

/* Numbers of the rows that are meant, and whose marks have one of those wanted. */
static uint32_t list_few(struct whose_rows *rows, const struct cube_chunk *chunk, uint8_t marks)
{
	uint32_t count = 0;
	for (uint32_t word = 0; word < (chunk->rows + 63) / 64; word++) {
		if (!rows->filled[word / BLOCK_WORDS])
			continue;
		for (uint64_t left = rows->bits[word]; left; left &= left - 1) {
			uint32_t row = word * 64 + (uint32_t)__builtin_ctzll(left);
			rows->few[count] = row;
			count += !marks || chunk->marks[row] & marks;
		}
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
	struct whose_piece *piece = piece_new(w, count);
	uint32_t shift = SCAN_VALUE_BITS + w->key_bits, mask = (1u << w->owner_bits) - 1;
	memset(piece->ends, 0, w->part_count * sizeof(*piece->ends));
	for (uint32_t i = 0; i < count; i++)
		piece->ends[rows->few_owners[i] >> w->owner_bits]++;
	for (uint32_t k = 0, end = 0; k < w->part_count; k++) {
		uint32_t own = piece->ends[k];
		piece->ends[k] = end;
		end += own;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t owner = rows->few_owners[i];
		w->next[piece->ends[owner >> w->owner_bits]++] =
		    (owner & mask) << shift | rows->at[rows->few[i]];
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
	add_ordered(w, rows, cube_order_of(&chunk->cluster));
}

void cells_whose_add_people(struct cells_whose *w, struct whose_rows *rows,
                            const struct cube_chunk *chunk)
{
	if (rows->meant)
		add_few(w, rows, list_few(rows, chunk, CUBE_MARK_REPEATS), &chunk->person);
}
