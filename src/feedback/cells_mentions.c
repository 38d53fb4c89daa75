/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_mentions.h"

#include <stdlib.h>

#include "base/die.h"
#include "db/list.h"
#include "feedback/cells.sql.h"
#include "feedback/cells_make.h"
#include "feedback/cells_view_mentions.h"

/* Of the tables: all mentions that there are. */

struct told {
	int64_t response;
	struct fact_mention mention;
};

struct tables {
	struct cell_numbers codes; /* by their places */
	struct told *all;          /* by answer, then by theme */
	size_t count, room;
	enum theme_saying saying; /* that is being read */
	struct fact_mention *of_answer;
	size_t of_answer_room;
	fact_mentions_fn each;
	void *context;
};

struct told_row {
	int64_t response;
	Str code;
};

static bool told_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct told_row *)out = (struct told_row){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

static void add_told(struct tables *t, const struct told_row *row)
{
	uint32_t place = cell_number_find(&t->codes, (struct cell_value){ .text = row->code });
	if (place == CELLS_NOWHERE)
		return;
	if (t->count == t->room) {
		t->room = t->room ? t->room * 2 : 1024;
		t->all = mem_resize(t->all, t->room * sizeof(*t->all));
	}
	t->all[t->count++] =
	    (struct told){ row->response, { (uint16_t)place, (uint16_t)(1U << t->saying) } };
}

static bool load_saying(const struct facts *facts, struct tables *t, struct err *err)
{
	struct arena rows = { 0 };
	double above, below;
	void *items;
	size_t count;
	theme_saying_bounds(t->saying, &above, &below);
	bool ok =
	    db_list(facts->db, &sql_cells_themes,
	            DB_ARGS(db_arg_i64(facts->workspace), db_arg_real(above), db_arg_real(below)),
	            told_row, sizeof(struct told_row), &rows, &items, &count, err);
	for (size_t i = 0; ok && i < count; i++)
		add_told(t, &((const struct told_row *)items)[i]);
	arena_free(&rows);
	return ok;
}

static int by_answer(const void *x, const void *y)
{
	const struct told *a = x, *b = y;
	if (a->response != b->response)
		return a->response < b->response ? -1 : 1;
	return a->mention.theme - b->mention.theme;
}

/* Ways in which one comment speaks of one theme become one mention. */
static void join_told(struct tables *t)
{
	size_t kept = 0;
	if (t->count)
		qsort(t->all, t->count, sizeof(*t->all), by_answer);
	for (size_t i = 0; i < t->count; i++) {
		struct told *last = kept ? &t->all[kept - 1] : NULL;
		if (last && by_answer(last, &t->all[i]) == 0)
			last->mention.sayings |= t->all[i].mention.sayings;
		else
			t->all[kept++] = t->all[i];
	}
	t->count = kept;
}

static bool load(const struct facts *facts, struct tables *t, const Str *codes, size_t code_count,
                 struct err *err)
{
	for (size_t i = 0; i < code_count; i++)
		MUST(cell_number(&t->codes, (struct cell_value){ .text = codes[i] }) == i);
	for (int saying = 0; saying < THEME_SAYINGS; saying++) {
		t->saying = (enum theme_saying)saying;
		if (!load_saying(facts, t, err))
			return false;
	}
	join_told(t);
	return true;
}

static size_t first_of(const struct tables *t, int64_t response)
{
	size_t low = 0, high = t->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->all[middle].response < response)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool tell(void *context, const struct fact *fact, struct err *err)
{
	struct tables *t = context;
	size_t count = 0;
	for (size_t i = first_of(t, fact->id); i < t->count && t->all[i].response == fact->id;
	     i++) {
		if (count == t->of_answer_room) {
			t->of_answer_room = t->of_answer_room ? t->of_answer_room * 2 : 16;
			t->of_answer =
			    mem_resize(t->of_answer, t->of_answer_room * sizeof(*t->of_answer));
		}
		t->of_answer[count++] = t->all[i].mention;
	}
	return t->each(t->context, fact, t->of_answer, count, err);
}

static bool visit_tables(const struct facts *facts, struct arena *a, const struct cell_question *q,
                         const struct cells *cells, const Str *codes, size_t code_count,
                         fact_mentions_fn each, void *context, struct err *err)
{
	struct tables t = { .each = each, .context = context };
	bool ok = load(facts, &t, codes, code_count, err) &&
	          cells_visit(facts, a, q, cells, tell, &t, err);
	cell_numbers_free(&t.codes);
	free(t.all);
	free(t.of_answer);
	return ok;
}

bool cells_visit_mentions(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          const struct cells *cells, const Str *codes, size_t code_count,
                          fact_mentions_fn each, void *context, struct err *err)
{
	struct cell_plan plan;
	struct view_plan view;
	bool can = false;
	MUST(q->vote == VOTE_ANSWER && code_count <= CELLS_MENTIONS_THEMES);
	MUST(!dim_is_set(&q->dims[0]) && !dim_is_set(&q->dims[1]));
	if (facts->view && (!cell_plan_make(facts, a, q, &plan, err) ||
	                    !view_plan_make(facts, &plan, &view, &can, err)))
		return false;
	if (!can)
		return visit_tables(facts, a, q, cells, codes, code_count, each, context, err);
	const uint32_t *const place[2] = { cells_make_places(&plan, cells, 0, &view.dims[0]),
		                           cells_make_places(&plan, cells, 1, &view.dims[1]) };
	return cells_view_mentions(&view, place, codes, code_count, each, context, err);
}
