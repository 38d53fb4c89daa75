/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_rows.h"

#include "base/fold.h"
#include "db/list.h"
#include "feedback/cells.sql.h"

#define PAGE_ROWS 20000

static uint64_t *rows_new(const struct view_plan *v)
{
	return ARENA_ARRAY(v->plan->arena, uint64_t, v->view->rows / 64 + 2);
}

static void set_row(uint64_t *rows, uint64_t row)
{
	rows[row / 64] |= UINT64_C(1) << (row % 64);
}

/* What came since the view was made is in none of its rows. */
static void set_id(const struct view_plan *v, uint64_t *rows, int64_t id)
{
	size_t chunk, row;
	if (cube_view_find(v->view, id, &chunk, &row))
		set_row(rows, (uint64_t)chunk * CUBE_CHUNK_ROWS + row);
}

/* Rows are meant when every list names them. */
static void keep(struct view_plan *v, uint64_t *rows)
{
	for (uint64_t i = 0; v->rows && i < v->view->rows / 64 + 2; i++)
		rows[i] &= v->rows[i];
	v->rows = rows;
}

static void keep_ids(struct view_plan *v)
{
	const struct cell_question *q = v->plan->q;
	if (!q->ids)
		return;
	uint64_t *rows = rows_new(v);
	for (size_t i = 0; i < q->id_count; i++)
		set_id(v, rows, q->ids[i]);
	keep(v, rows);
}

static void keep_tagged(struct view_plan *v)
{
	const struct filter_values *tags = &v->plan->q->filter->fields[FILTER_TAG];
	if (tags->count == 0)
		return;
	uint64_t *rows = rows_new(v);
	for (size_t i = 0; i < tags->count; i++) {
		const uint32_t *tagged;
		size_t count =
		    cube_view_tagged(v->view, fold_text(v->plan->arena, tags->at[i]), &tagged);
		for (size_t k = 0; k < count; k++)
			set_row(rows, tagged[k]);
	}
	keep(v, rows);
}

static void keep_themed(struct view_plan *v)
{
	const struct filter_values *themes = &v->plan->q->filter->fields[FILTER_THEME];
	if (themes->count == 0)
		return;
	uint64_t *rows = rows_new(v);
	for (size_t i = 0; i < themes->count; i++) {
		const uint32_t *themed;
		size_t count = cube_view_themed(v->view, themes->at[i], THEME_NAMED, &themed);
		for (size_t k = 0; k < count; k++)
			set_row(rows, themed[k]);
	}
	keep(v, rows);
}

/* Sentiment stands in the view's own marks; what else a reading says is looked up. */
static bool keep_felt(const struct facts *facts, struct view_plan *v, struct err *err)
{
	const struct answer_filter *f = v->plan->q->filter;
	struct filter_run run = v->plan->run;
	struct answer_filter alone = *f;
	unsigned wanted = filter_bits(f, FILTER_SENTIMENT);
	if (!filter_chooses_readings(f))
		return true;
	uint64_t *rows = rows_new(v);
	alone.fields[FILTER_SENTIMENT].count = 0;
	bool by_id = filter_chooses_readings(&alone);
	if (by_id && !filter_find_ids(facts->db, v->plan->arena, facts->workspace, &run, err))
		return false;
	for (size_t i = 0; by_id && i < run.felt.count; i++)
		set_id(v, rows, run.felt.at[i]);
	for (size_t i = 0; !by_id && i < v->view->chunk_count; i++) {
		const struct cube_chunk *c = v->view->chunks[i];
		for (uint32_t row = 0; row < c->rows; row++)
			if (wanted & 1U << CUBE_UNDERSTOOD(c->marks[row]))
				set_row(rows, i * CUBE_CHUNK_ROWS + row);
	}
	keep(v, rows);
	return true;
}

struct comment_row {
	int64_t id;
	Str folded;
};

static bool comment_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct comment_row *)out = (struct comment_row){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

static bool keep_found(const struct facts *facts, struct view_plan *v, struct err *err)
{
	const struct answer_filter *f = v->plan->q->filter;
	struct arena page = { 0 };
	size_t count = PAGE_ROWS;
	int64_t last = 0;
	bool ok = true;
	if (!f->q_folded.at || v->nothing)
		return true;
	uint64_t *rows = rows_new(v);
	while (ok && count == PAGE_ROWS) {
		void *items;
		ok = db_list(facts->db, &sql_cells_comments,
		             DB_ARGS(db_arg_i64(facts->workspace), db_arg_i64(last),
		                     db_arg_i64(PAGE_ROWS)),
		             comment_row, sizeof(struct comment_row), &page, &items, &count, err);
		for (size_t i = 0; ok && i < count; i++) {
			const struct comment_row *c = &((const struct comment_row *)items)[i];
			last = c->id;
			if (filter_finds(f, &page, c->folded))
				set_id(v, rows, c->id);
		}
		arena_free(&page);
	}
	keep(v, rows);
	return ok;
}

bool view_rows_make(const struct facts *facts, struct view_plan *v, struct err *err)
{
	keep_ids(v);
	keep_tagged(v);
	keep_themed(v);
	return keep_felt(facts, v, err) && keep_found(facts, v, err);
}
