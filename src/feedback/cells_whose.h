/* feedback/cells_whose.h - what changes in cells by answers that share a person or an account.
 *
 * Rows of each chunk are put aside in the order of whose they are, in parts of owners that stand next to each other; then
 * part after part is looked at, so that all of one owner come together within a small stretch of memory. A row weighs two or
 * four bytes until then. Both own their memory: whose_rows_free, cells_whose_free.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_WHOSE_H
#define FEEDBACK_CELLS_WHOSE_H

#include "feedback/cells_view_block.h"

/* Keys that a row can be put aside with. */
#define WHOSE_KEYS_MAX (1u << 19)

/* To be added to the sums of answers that were each taken for a cluster and a person of their own. */
struct whose_cell {
	struct nps_sums sums, before; /* no by_score, no people */
	struct nps_pair pair, across;
};

/* Which rows of a chunk are meant, with which keys, while its blocks are counted. Of so many keys; `pairs`: what owners have in
 * common of two periods, or of cells and the whole, is asked for, too. */
struct whose_rows;
struct whose_rows *whose_rows_new(uint32_t keys, bool pairs);
void whose_rows_free(struct whose_rows *rows); /* NULL is fine */
/* May keys be told as codes of a column? */
bool whose_rows_take_codes(const struct whose_rows *rows);
/* Rows of a block that have a symbol. */
struct whose_block {
	const uint8_t *symbols; /* or facts, of a list */
	const uint16_t *few;    /* the rows as a list; NULL: those of the block */
	uint32_t meant;         /* how many */
	bool before;
	const uint32_t *keys; /* of each row of the list, or of the block; NULL: the following */
	const struct cube_codes *codes; /* keys are codes x stride + key, NULL: key */
	uint32_t stride, key;
};
void whose_rows_add(struct whose_rows *rows, const struct view_block *b,
                    const struct whose_block *own);
/* Another chunk begins. */
void whose_rows_clear(struct whose_rows *rows);

struct cells_whose;

/* `owners` numbers, 0 being nobody, and `keys` keys; chunks and their orders are there until it was read. */
struct cells_whose *cells_whose_new(uint32_t owners, uint32_t keys, bool pairs);
void cells_whose_free(struct cells_whose *w); /* NULL is fine */

/* The chunk's rows that share their cluster with others, or that have a person who has answered more than once. */
void cells_whose_add_clusters(struct cells_whose *w, struct whose_rows *rows,
                              const struct cube_chunk *chunk);
void cells_whose_add_people(struct cells_whose *w, struct whose_rows *rows,
                            const struct cube_chunk *chunk);

/* cells[cell_of_key[key]] for each key with rows, and all of them together. Without pairs there was no second period, and
 * across is left 0. */
void cells_whose_read(struct cells_whose *w, const uint32_t *cell_of_key, uint32_t cells,
                      struct whose_cell *out, struct whose_cell *all);

#endif
