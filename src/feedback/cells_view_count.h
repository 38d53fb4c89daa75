/* feedback/cells_view_count.h - what a question counts of the rows of chunks, by key.
 *
 * Answers are taken for clusters and people of their own. Rows whose person or account has others are put aside
 * (feedback/cells_whose.h), for who reads the counts to put that right. All sums are whole numbers: what was counted of some
 * rows may be taken away from what was counted of more.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_COUNT_H
#define FEEDBACK_CELLS_VIEW_COUNT_H

#include "feedback/cells_whose.h"

#define VIEW_STATES SCAN_SYMBOLS /* that facts may hold */

/* Instants of the earliest and the latest answer that counts, whole seconds; 0: none. */
struct view_seen {
	int64_t first, last;
};

/* A key is (code of the first dimension x codes of the second + its code), twice that and one for imported answers where parts
 * are asked for. */
struct view_count {
	const struct view_plan *v;
	uint32_t keys, flags;
	size_t lane;                  /* of counts, while rows are counted; 0: one alone */
	uint32_t *now, *before;       /* [keys x SCAN_SYMBOLS]; before NULL: none asked for */
	uint8_t *bytes[2];            /* of these, while rows are counted: scan_count_bytes' */
	int64_t one[2][SCAN_SYMBOLS]; /* of a single key, instead */
	struct whose_rows *rows;      /* of the chunk at hand */
	struct cells_whose *clusters, *people; /* people NULL: they are the clusters */
	int64_t *left;                         /* by wording and state: meant, but do not count */
	struct view_seen *seen;                /* by part, where parts are asked for */
	int64_t *counted;                      /* of each part so far: did a chunk bring more? */
};

/* Of the plan; 0: more than are counted by columns. */
uint32_t view_count_keys(const struct view_plan *v);
/* `owners` says how many numbers clusters and persons have, with 0; 0: they are not put aside. In the plan's arena, but for what
 * view_count_end gives back. */
void view_count_begin(struct view_count *c, const struct view_plan *v, const uint32_t owners[2]);
void view_count_end(struct view_count *c);

/* The chunk stands at `index` of the view. */
void view_count_chunk(struct view_count *c, const struct cube_chunk *chunk, size_t index);
void view_count_all(struct view_count *c);
/* When all chunks were counted, before anything is read. */
void view_count_close(struct view_count *c);

int64_t view_count_of(const struct view_count *c, uint32_t key, bool before, int score);
size_t view_count_left(const struct view_plan *v); /* how many numbers `left` has */

static inline bool view_count_has_keys(const struct view_count *c)
{
	return c->keys > 1;
}

#endif
