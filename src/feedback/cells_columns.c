/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_columns.h"

#include <string.h>

#include "base/die.h"
#include "feedback/cells_make.h"
#include "feedback/cells_view_block.h"

struct visiting {
	size_t count;
	struct view_plan views[CELLS_COLUMNS_MAX];
	const struct cell_column *columns;
	const uint32_t *place[CELLS_COLUMNS_MAX]; /* by code */
	uint32_t codes[SCAN_ROWS];                /* of one column */
	uint16_t rows[SCAN_ROWS + SCAN_LIST_ROOM];
	uint32_t places[CELLS_COLUMNS_MAX][SCAN_ROWS], clusters[SCAN_ROWS];
	uint8_t scores[SCAN_ROWS];
	bool before[SCAN_ROWS];
	facts_block_fn each;
	void *context;
};

static void put_places(struct visiting *w, const struct view_block *b, size_t column,
                       uint32_t count)
{
	const struct view_plan *v = &w->views[column];
	const uint32_t *place = w->place[column];
	uint32_t *places = w->places[column], code;
	if (view_block_key(v, b, w->columns[column].d, &code)) {
		for (uint32_t i = 0; i < count; i++)
			places[i] = place[code];
		return;
	}
	memset(w->codes, 0, b->rows * sizeof(w->codes[0]));
	view_block_add_keys(v, b, w->columns[column].d, 1, w->codes);
	for (uint32_t i = 0; i < count; i++)
		places[i] = place[w->codes[w->rows[i]]];
}

/* Leaves out answers whose value is in none of the cells. */
static uint32_t drop_nowhere(struct visiting *w, uint32_t count)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < count; i++) {
		bool somewhere = true;
		for (size_t k = 0; k < w->count; k++)
			somewhere = somewhere && w->places[k][i] != CELLS_NOWHERE;
		if (!somewhere)
			continue;
		for (size_t k = 0; k < w->count; k++)
			w->places[k][kept] = w->places[k][i];
		w->rows[kept++] = w->rows[i];
	}
	return kept;
}

static void visit_block(struct visiting *w, struct view_block *b)
{
	uint64_t meant[BLOCK_WORDS] = { 0 }, before[BLOCK_WORDS] = { 0 };
	const struct cube_chunk *c = b->chunk;
	uint32_t count;
	if (!view_block_take(&w->views[0], b))
		return;
	if (b->any_now)
		scan_counted(meant, b->now, b->rows);
	if (b->any_before)
		scan_counted(before, b->before, b->rows);
	for (uint32_t i = 0; i < BLOCK_WORDS; i++)
		meant[i] |= before[i];
	count = scan_count_bits(meant, b->rows);
	scan_list(w->rows, meant, b->rows);
	for (size_t k = 0; k < w->count; k++)
		put_places(w, b, k, count);
	count = drop_nowhere(w, count);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = w->rows[i];
		w->clusters[i] = cube_code(c->cluster, b->from + row);
		w->scores[i] = (uint8_t)CUBE_SCORE(c->facts[b->from + row]);
		w->before[i] = !b->any_now || b->now[row] == SCAN_NONE;
	}
	struct facts_block block = { count, w->clusters, w->scores, w->before, { 0 } };
	for (size_t k = 0; k < w->count; k++)
		block.place[k] = w->places[k];
	if (count)
		w->each(w->context, &block);
}

static void visit_all(struct visiting *w)
{
	const struct cube_view *view = w->views[0].view;
	struct view_block b;
	for (size_t i = 0; i < view->chunk_count && !w->views[0].nothing; i++) {
		if (!view_block_begin(&w->views[0], &b, view->chunks[i], i))
			continue;
		for (b.from = 0; b.from < b.chunk->rows; b.from += SCAN_ROWS)
			visit_block(w, &b);
	}
}

bool cells_visit_columns(const struct facts *facts, struct arena *a,
                         const struct cell_column *columns, size_t count, bool *can,
                         facts_block_fn each, void *context, struct err *err)
{
	struct visiting *w = ARENA_NEW(a, struct visiting);
	MUST(count >= 1 && count <= CELLS_COLUMNS_MAX);
	*can = facts->view != NULL;
	w->count = count;
	w->columns = columns;
	w->each = each;
	w->context = context;
	for (size_t k = 0; *can && k < count; k++) {
		const struct cell_column *column = &columns[k];
		struct cell_plan *plan = ARENA_NEW(a, struct cell_plan);
		MUST(column->q->vote == VOTE_ANSWER);
		MUST(!dim_is_set(&column->q->dims[0]) && !dim_is_set(&column->q->dims[1]));
		if (!cell_plan_make(facts, a, column->q, plan, err) ||
		    !view_plan_make(facts, plan, &w->views[k], can, err))
			return false;
		if (*can)
			w->place[k] = cells_make_places(plan, column->cells, column->d,
			                                &w->views[k].dims[column->d]);
	}
	if (*can)
		visit_all(w);
	return true;
}
