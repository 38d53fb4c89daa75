/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_visit.h"

#include <string.h>

#include "feedback/cells_view_block.h"

struct visiting {
	const struct view_plan *v;
	const uint32_t *const *place;
	bool by_account; /* clusters may be accounts */
	uint32_t codes[2][SCAN_ROWS];
	fact_fn each;
	void *context;
};

/* Without accounts clusters are persons. */
static uint32_t person_of(const struct visiting *w, const struct cube_chunk *c, uint32_t at,
                          uint32_t cluster)
{
	if (!w->by_account)
		return cluster;
	return c->marks[at] & CUBE_MARK_REPEATS ? cube_code(c->person, at) : 0;
}

static bool tell_row(const struct visiting *w, const struct view_block *b, uint32_t row,
                     struct err *err)
{
	const struct cube_chunk *c = b->chunk;
	uint32_t at = b->from + row;
	struct fact fact = { .values = { w->place[0][w->codes[0][row]],
		                         w->place[1][w->codes[1][row]] },
		             .lasting = true };
	if (fact.values[0] == CELLS_NOWHERE || fact.values[1] == CELLS_NOWHERE)
		return true;
	fact.id = cube_view_id(w->v->view, b->chunk_index, at);
	fact.at = cell_instant(c->time[at]);
	fact.cluster = cube_code(c->cluster, at);
	fact.person = person_of(w, c, at, fact.cluster);
	fact.score = (int)CUBE_SCORE(c->facts[at]);
	fact.before = !b->any_now || b->now[row] == SCAN_NONE;
	return w->each(w->context, &fact, err);
}

static bool visit_block(struct visiting *w, struct view_block *b, struct err *err)
{
	uint64_t bits[BLOCK_WORDS];
	if (!view_block_take(w->v, b))
		return true;
	view_block_counted(w->v, b, bits, w->codes);
	for (uint32_t word = 0; word < (b->rows + 63) / 64; word++)
		for (uint64_t left = bits[word]; left; left &= left - 1)
			if (!tell_row(w, b, word * 64 + (uint32_t)__builtin_ctzll(left), err))
				return false;
	return true;
}

bool cells_view_visit(const struct view_plan *v, const uint32_t *const place[static 2],
                      fact_fn each, void *context, struct err *err)
{
	const struct cube_view *view = v->view;
	struct visiting w = { .v = v,
		              .place = place,
		              .by_account = view->account_count > 1,
		              .each = each,
		              .context = context };
	struct view_block b;
	for (size_t i = 0; i < view->chunk_count && !v->nothing; i++) {
		if (!view_block_begin(v, &b, view->chunks[i], i))
			continue;
		for (b.from = 0; b.from < b.chunk->rows; b.from += SCAN_ROWS)
			if (!visit_block(&w, &b, err))
				return false;
	}
	return true;
}
