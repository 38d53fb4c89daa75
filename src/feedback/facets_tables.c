/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/facets_make.h"

#include "db/list.h"
#include "feedback/facets.sql.h"
#include "feedback/filter_run.h"
#include "people/properties.h"

#define PAGE_ROWS 10000

struct reading {
	struct facet_making *m;
	struct arena page;
	struct filter_run run;
	int64_t *taken; /* ids of the page's answers that were counted, newest first */
	size_t taken_count;
	int64_t first_id, last_id; /* of the page */
	size_t rows;
};

static void add_property(struct reading *r, size_t *guess, Str name, Str value)
{
	struct facet_property *p = facets_property(r->m, name, guess);
	if (p)
		facets_add_value(r->m, p, value, 1);
}

static bool add_properties(struct reading *r, Str canonical, struct err *err)
{
	enum properties_walk walk;
	size_t position = 0, guess = 0, count = 0, before;
	Str name, value;
	struct property *all;
	while ((walk = properties_next(canonical, &position, &name, &value)) == WALK_ONE) {
		add_property(r, &guess, name, value);
		count++;
	}
	if (walk == WALK_END)
		return true;
	before = count;
	if (!properties_list(&r->page, canonical, &all, &count, err))
		return false;
	for (size_t i = before; i < count; i++)
		add_property(r, &guess, all[i].name, property_text(&r->page, &all[i]));
	return true;
}

static bool add_answer(struct reading *r, struct facet_survey *survey,
                       const struct filter_subject *s, struct err *err)
{
	struct facets *f = r->m->out;
	survey->answers++;
	facets_add_answers(r->m, s->state, s->score, 1);
	facets_add_text(r->m, &f->channels, s->channel, 1);
	facets_add_text(r->m, &f->sources, s->source, 1);
	facets_add_language(r->m, s->language, 1);
	facets_add_import(r->m, s->import_id, 1);
	r->taken[r->taken_count++] = s->id;
	return add_properties(r, s->properties, err);
}

static bool add_row(struct reading *r, const struct db_rows *rows, struct err *err)
{
	struct arena *a = &r->page;
	int64_t scored_at = db_i64(rows, 4);
	struct filter_subject s = {
		.id = db_i64(rows, 0),
		.state = (enum response_state)db_i64(rows, 2),
		.score = db_is_null(rows, 3) ? SCORE_NONE : (int)db_i64(rows, 3),
		.at = scored_at ? scored_at : db_i64(rows, 5),
		.starred = db_i64(rows, 9) != 0,
		.import_id = db_i64(rows, 11),
	};
	struct facet_survey *survey = facets_survey(r->m, db_i64(rows, 1));
	bool wanted;
	if (!survey || !filter_takes_time(r->run.f, s.at) || !filter_takes_facts(&r->run, &s))
		return true;
	s.channel = db_text(rows, 6, a);
	s.language = db_text(rows, 7, a);
	s.source = db_text(rows, 8, a);
	s.properties = db_text(rows, 10, a);
	if (r->run.needs_comment)
		s.comment_folded = db_text(rows, 12, a);
	if (!filter_takes_texts(&r->run, a, &s, &wanted, err))
		return false;
	return !wanted || add_answer(r, survey, &s, err);
}

static bool read_page(struct reading *r, struct err *err)
{
	struct db_rows rows;
	enum db_next next;
	const struct db_stmt *stmt =
	    r->run.needs_comment ? &sql_facets_page_with_comments : &sql_facets_page;
	r->rows = r->taken_count = 0;
	r->first_id = r->last_id;
	if (!db_query(r->m->facts->db, &rows, stmt,
	              DB_ARGS(db_arg_i64(r->m->facts->workspace), db_arg_i64(r->last_id),
	                      db_arg_i64(PAGE_ROWS)),
	              err))
		return false;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		r->last_id = db_i64(&rows, 0);
		if (r->rows++ == 0)
			r->first_id = r->last_id;
		if (!add_row(r, &rows, err)) {
			next = DB_FAILED;
			break;
		}
	}
	db_rows_close(&rows);
	return next == DB_DONE;
}

struct tagging {
	int64_t response;
	Str tag;
};

static bool tagging_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct tagging *)out = (struct tagging){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

/* Both lists are in the order of the ids. */
static bool add_tags(struct reading *r, struct err *err)
{
	void *items;
	size_t count, next = 0;
	if (r->rows == 0 || !r->taken_count)
		return true;
	if (!db_list(r->m->facts->db, &sql_facets_tags,
	             DB_ARGS(db_arg_i64(r->m->facts->workspace), db_arg_i64(r->last_id),
	                     db_arg_i64(r->first_id)),
	             tagging_row, sizeof(struct tagging), &r->page, &items, &count, err))
		return false;
	const struct tagging *all = items;
	for (size_t i = 0; i < count; i++) {
		while (next < r->taken_count && r->taken[next] > all[i].response)
			next++;
		if (next < r->taken_count && r->taken[next] == all[i].response)
			facets_add_text(r->m, &r->m->out->tags, all[i].tag, 1);
	}
	return true;
}

bool facets_of_tables(struct facet_making *m, struct err *err)
{
	struct reading r = { .m = m, .last_id = INT64_MAX };
	r.taken = ARENA_ARRAY(m->arena, int64_t, PAGE_ROWS);
	filter_begin(m->q->scope, m->q->filter, &r.run);
	if (!filter_find_ids(m->facts->db, m->arena, m->facts->workspace, &r.run, err))
		return false;
	bool ok = true;
	r.rows = m->out->survey_count ? PAGE_ROWS : 0;
	while (ok && r.rows == PAGE_ROWS) {
		ok = read_page(&r, err) && add_tags(&r, err);
		arena_free(&r.page);
	}
	return ok;
}
