/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/why_answers.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/radix.h"
#include "feedback/cells_columns.h"

struct gathering {
	const struct why_attribute *attributes;
	size_t attribute_count;
	int8_t x[NPS_SCORE_MAX + 1]; /* by score */
	size_t answers, combinations;
	uint32_t *
	    cell_of; /* [combinations] 1 + the number that it got when it first came; 0: it has not */
	uint32_t *combination_of; /* [cells] */
	int64_t *alone;           /* [SPLIT_KINDS x cells] */
	size_t cells, cell_room;
	uint32_t *cluster, *kind; /* [owned] */
	size_t owned, room;
	uint32_t clusters;
};

static uint32_t cell_new(struct gathering *g, size_t combination)
{
	if (g->cells == g->cell_room) {
		size_t room = g->cell_room ? 2 * g->cell_room : 256;
		g->combination_of = mem_resize(g->combination_of, room * sizeof(uint32_t));
		g->alone = mem_resize(g->alone, room * SPLIT_KINDS * sizeof(int64_t));
		for (size_t i = g->cell_room * SPLIT_KINDS; i < room * SPLIT_KINDS; i++)
			g->alone[i] = 0;
		g->cell_room = room;
	}
	g->combination_of[g->cells++] = (uint32_t)combination;
	return g->cell_of[combination] = (uint32_t)g->cells;
}

static void add(struct gathering *g, uint32_t cluster, size_t combination, bool before, int score)
{
	uint32_t cell = g->cell_of[combination];
	if (!cell)
		cell = cell_new(g, combination);
	uint32_t kind = split_kind_of(cell - 1, !before, g->x[score]);
	g->answers++;
	if (!cluster) {
		g->alone[kind]++;
		return;
	}
	if (g->owned == g->room) {
		g->room = g->room ? 2 * g->room : 4096;
		g->cluster = mem_resize(g->cluster, g->room * sizeof(uint32_t));
		g->kind = mem_resize(g->kind, g->room * sizeof(uint32_t));
	}
	g->clusters = cluster > g->clusters ? cluster : g->clusters;
	g->cluster[g->owned] = cluster;
	g->kind[g->owned++] = kind;
}

/* --- of a view ------------------------------------------------------------------------------------------------ */

static void take_block(void *context, const struct facts_block *b)
{
	struct gathering *g = context;
	const struct why_attribute *first = &g->attributes[0];
	for (uint32_t i = 0; i < b->count; i++) {
		size_t combination = 0;
		if (b->place[0][i] != first->part || first->place[b->place[1][i]] == WHY_NOWHERE)
			continue;
		for (size_t k = 0; k < g->attribute_count; k++) {
			const struct why_attribute *attribute = &g->attributes[k];
			uint32_t place = attribute->place[b->place[k + 1][i]];
			MUST(place != WHY_NOWHERE);
			combination = combination * attribute->values + place;
		}
		add(g, b->cluster[i], combination, b->before[i], b->score[i]);
	}
}

static bool read_view(const struct facts *facts, struct arena *a, struct gathering *g, bool *can,
                      struct err *err)
{
	struct cell_column columns[SPLIT_ATTRIBUTES + 1];
	_Static_assert(SPLIT_ATTRIBUTES + 1 <= CELLS_COLUMNS_MAX, "the part, and each attribute");
	columns[0] = (struct cell_column){ g->attributes[0].q, g->attributes[0].cells, 0 };
	for (size_t k = 0; k < g->attribute_count; k++)
		columns[k + 1] =
		    (struct cell_column){ g->attributes[k].q, g->attributes[k].cells, 1 };
	return cells_visit_columns(facts, a, columns, g->attribute_count + 1, can, take_block, g,
	                           err);
}

/* --- of the tables ---------------------------------------------------------------------------------------------- */

struct row {
	int64_t id;
	uint32_t cluster;
	uint32_t combination; /* of the attributes that were looked at */
	int8_t score;
	bool before;
};

struct rows {
	struct row *at; /* by id */
	size_t count, room;
	const struct why_attribute *attribute; /* that is being read */
	bool is_first;
	size_t next; /* where the next one is looked for first: all looks have one order */
};

static int by_id(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	return (left->id > right->id) - (left->id < right->id);
}

static void row_add(struct rows *rows, const struct fact *fact, uint32_t place)
{
	if (rows->count == rows->room) {
		rows->room = rows->room ? 2 * rows->room : 4096;
		rows->at = mem_resize(rows->at, rows->room * sizeof(*rows->at));
	}
	rows->at[rows->count++] = (struct row){ .id = fact->id,
		                                .cluster = fact->cluster,
		                                .combination = place,
		                                .score = (int8_t)fact->score,
		                                .before = fact->before };
}

/* An answer that comes between two looks is left out. */
static void row_find(struct rows *rows, const struct fact *fact, uint32_t place)
{
	const struct row wanted = { .id = fact->id };
	struct row *row = &rows->at[rows->next];
	if (rows->next >= rows->count || row->id != fact->id)
		row = bsearch(&wanted, rows->at, rows->count, sizeof(wanted), by_id);
	if (!row)
		return;
	rows->next = (size_t)(row - rows->at) + 1;
	row->combination += place;
}

static bool take(void *context, const struct fact *fact, struct err *err)
{
	struct rows *rows = context;
	uint32_t place = rows->attribute->place[fact->values[1]];
	(void)err;
	if (fact->values[0] != rows->attribute->part || place == WHY_NOWHERE)
		return true;
	if (rows->is_first)
		row_add(rows, fact, place);
	else if (rows->count)
		row_find(rows, fact, place);
	return true;
}

/* One that goes between two looks stays with the first value. */
static bool visit_all(const struct facts *facts, struct arena *a, const struct gathering *g,
                      struct rows *rows, struct err *err)
{
	for (size_t k = 0; k < g->attribute_count; k++) {
		const struct why_attribute *attribute = &g->attributes[k];
		rows->attribute = attribute;
		rows->is_first = k == 0;
		rows->next = 0;
		for (size_t i = 0; k > 0 && i < rows->count; i++)
			rows->at[i].combination *= (uint32_t)attribute->values;
		if (!cells_visit(facts, a, attribute->q, attribute->cells, take, rows, err))
			return false;
		if (k == 0 && rows->count)
			qsort(rows->at, rows->count, sizeof(*rows->at), by_id);
	}
	return true;
}

static bool read_tables(const struct facts *facts, struct arena *a, struct gathering *g,
                        struct err *err)
{
	struct rows rows = { 0 };
	bool ok = visit_all(facts, a, g, &rows, err);
	for (size_t i = 0; ok && i < rows.count; i++) {
		const struct row *row = &rows.at[i];
		add(g, row->cluster, row->combination, row->before, row->score);
	}
	free(rows.at);
	return ok;
}

/* --- in order --------------------------------------------------------------------------------------------------- */

static uint32_t *codes_of(struct arena *a, const struct gathering *g,
                          const struct radix_item *ordered)
{
	uint32_t *codes = ARENA_ARRAY(a, uint32_t, g->cells * g->attribute_count + 1);
	for (size_t i = 0; i < g->cells; i++) {
		size_t left = ordered[i].key;
		for (size_t k = g->attribute_count; k-- > 0; left /= g->attributes[k].values)
			codes[i * g->attribute_count + k] =
			    (uint32_t)(left % g->attributes[k].values);
	}
	return codes;
}

/* Cells get the numbers that their combinations' order gives them. */
static void put_in_order(struct arena *a, struct gathering *g, struct why_answers *out)
{
	struct radix_item *ordered = ARENA_ARRAY(a, struct radix_item, g->cells + 1);
	int64_t *alone = ARENA_ARRAY(a, int64_t, g->cells * SPLIT_KINDS + 1);
	uint32_t *kinds = ARENA_ARRAY(a, uint32_t, g->cells * SPLIT_KINDS + 1);
	for (size_t i = 0; i < g->cells; i++)
		ordered[i] = (struct radix_item){ g->combination_of[i], i };
	radix_sort(ordered, g->cells);
	for (size_t i = 0; i < g->cells; i++)
		for (size_t k = 0; k < SPLIT_KINDS; k++) {
			kinds[ordered[i].what * SPLIT_KINDS + k] = (uint32_t)(i * SPLIT_KINDS + k);
			alone[i * SPLIT_KINDS + k] = g->alone[ordered[i].what * SPLIT_KINDS + k];
		}
	for (size_t i = 0; i < g->owned; i++)
		g->kind[i] = kinds[g->kind[i]];
	*out = (struct why_answers){ .count = g->answers,
		                     .facts = { .cells = g->cells,
		                                .alone = alone,
		                                .owned = g->owned,
		                                .cluster = g->cluster,
		                                .kind = g->kind,
		                                .clusters = g->clusters },
		                     .codes = codes_of(a, g, ordered) };
}

bool why_answers_read(const struct facts *facts, struct arena *a,
                      const struct why_attribute *attributes, size_t count, struct why_answers *out,
                      struct err *err)
{
	struct gathering g = { .attributes = attributes,
		               .attribute_count = count,
		               .combinations = 1 };
	bool can;
	for (size_t k = 0; k < count; k++)
		g.combinations *= attributes[k].values;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		g.x[score] = (int8_t)((int)nps_group_of(score) - NPS_PASSIVE);
	MUST(count >= 1 && count <= SPLIT_ATTRIBUTES && g.combinations <= UINT32_MAX);
	g.cell_of = mem_zeroed(g.combinations + 1, sizeof(*g.cell_of));
	bool ok = read_view(facts, a, &g, &can, err) && (can || read_tables(facts, a, &g, err));
	if (ok)
		put_in_order(a, &g, out);
	arena_defer(a, free, g.cluster);
	arena_defer(a, free, g.kind);
	free(g.cell_of);
	free(g.combination_of);
	free(g.alone);
	return ok;
}
