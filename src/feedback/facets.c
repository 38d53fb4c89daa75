/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/facets.h"

#include <stdlib.h>

#include "db/list.h"
#include "feedback/facets.sql.h"
#include "people/personal.h"
#include "people/properties.h"

#define PAGE_ROWS 10000

/* While it counts. */
struct counting {
	struct facets *out;
	struct arena *arena; /* of the result */
	struct arena page;
	struct filter_run run;
	bool names;
	bool hidden[FACETS_PROPERTIES_MAX]; /* properties whose names tell who somebody is */
	int64_t *taken; /* ids of the page's answers that were counted, newest first */
	size_t taken_count;
	int64_t first_id, last_id; /* of the page */
	size_t rows;
};

static int by_id(const void *a, const void *b)
{
	int64_t left = ((const struct facet_survey *)a)->place.id;
	int64_t right = ((const struct facet_survey *)b)->place.id;
	return (left > right) - (left < right);
}

static struct facet_survey *survey_of(const struct facets *f, int64_t id)
{
	struct facet_survey wanted = { .place = { .id = id } };
	if (f->survey_count == 0)
		return NULL;
	return bsearch(&wanted, f->surveys, f->survey_count, sizeof(wanted), by_id);
}

static bool load_surveys(struct counting *c, struct db *db, int64_t workspace, struct err *err)
{
	struct survey_place *places;
	size_t count;
	if (!filter_surveys(db, c->arena, workspace, c->run.scope, c->run.f, &places, &count, err))
		return false;
	c->out->surveys = ARENA_ARRAY(c->arena, struct facet_survey, count + 1);
	for (size_t i = 0; i < count; i++)
		c->out->surveys[i].place = places[i];
	c->out->survey_count = count;
	qsort(c->out->surveys, count, sizeof(struct facet_survey), by_id);
	return true;
}

/* Without script and region, as a filter by language takes it. */
static void add_language(struct counting *c, Str tag)
{
	size_t len = 0;
	while (len < tag.len && tag.at[len] != '-' && tag.at[len] != '_')
		len++;
	if (len)
		value_counts_add(&c->out->languages, c->arena,
		                 str_ascii_lower(&c->page, str_slice(tag, 0, len)));
}

/* Answers of one survey have the same names in the same order: the next one is looked at first. */
static void add_property(struct counting *c, size_t *guess, Str name, Str value)
{
	struct facets *f = c->out;
	size_t at =
	    *guess < f->property_count && str_eq(f->properties[*guess].name, name) ? *guess : 0;
	while (at < f->property_count && !str_eq(f->properties[at].name, name))
		at++;
	if (at == FACETS_PROPERTIES_MAX)
		return;
	if (at == f->property_count) {
		f->properties[f->property_count++].name = str_copy(c->arena, name);
		c->hidden[at] = !c->names && personal_name(&c->page, name);
	}
	*guess = at + 1;
	if (!c->hidden[at] && (c->names || !personal_value(value)))
		value_counts_add(&f->properties[at].values, c->arena, value);
}

static bool add_properties(struct counting *c, Str canonical, struct err *err)
{
	enum properties_walk walk;
	size_t position = 0, guess = 0, count = 0, before;
	Str name, value;
	struct property *all;
	while ((walk = properties_next(canonical, &position, &name, &value)) == WALK_ONE) {
		add_property(c, &guess, name, value);
		count++;
	}
	if (walk == WALK_END)
		return true;
	before = count;
	if (!properties_list(&c->page, canonical, &all, &count, err))
		return false;
	for (size_t i = before; i < count; i++)
		add_property(c, &guess, all[i].name, property_text(&c->page, &all[i]));
	return true;
}

static bool add_answer(struct counting *c, struct facet_survey *survey,
                       const struct filter_subject *s, struct err *err)
{
	struct facets *f = c->out;
	f->answers++;
	survey->answers++;
	f->by_state[s->state]++;
	if (s->score != SCORE_NONE)
		f->by_group[score_group_of(s->score)]++;
	if (s->channel.len)
		value_counts_add(&f->channels, c->arena, s->channel);
	if (s->source.len)
		value_counts_add(&f->sources, c->arena, s->source);
	add_language(c, s->language);
	c->taken[c->taken_count++] = s->id;
	return add_properties(c, s->properties, err);
}

static bool add_row(struct counting *c, const struct db_rows *rows, struct err *err)
{
	struct arena *a = &c->page;
	int64_t scored_at = db_i64(rows, 4);
	struct filter_subject s = {
		.id = db_i64(rows, 0),
		.state = (enum response_state)db_i64(rows, 2),
		.score = db_is_null(rows, 3) ? SCORE_NONE : (int)db_i64(rows, 3),
		.at = scored_at ? scored_at : db_i64(rows, 5),
		.starred = db_i64(rows, 9) != 0,
	};
	struct facet_survey *survey = survey_of(c->out, db_i64(rows, 1));
	bool wanted;
	if (!survey || !filter_takes_time(c->run.f, s.at) || !filter_takes_facts(&c->run, &s))
		return true;
	s.channel = db_text(rows, 6, a);
	s.language = db_text(rows, 7, a);
	s.source = db_text(rows, 8, a);
	s.properties = db_text(rows, 10, a);
	if (c->run.needs_comment)
		s.comment_folded = db_text(rows, 11, a);
	if (!filter_takes_texts(&c->run, a, &s, &wanted, err))
		return false;
	return !wanted || add_answer(c, survey, &s, err);
}

static bool read_page(struct counting *c, struct db *db, int64_t workspace, struct err *err)
{
	struct db_rows rows;
	enum db_next next;
	const struct db_stmt *stmt =
	    c->run.needs_comment ? &sql_facets_page_with_comments : &sql_facets_page;
	c->rows = c->taken_count = 0;
	c->first_id = c->last_id;
	if (!db_query(db, &rows, stmt,
	              DB_ARGS(db_arg_i64(workspace), db_arg_i64(c->last_id), db_arg_i64(PAGE_ROWS)),
	              err))
		return false;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		c->last_id = db_i64(&rows, 0);
		if (c->rows++ == 0)
			c->first_id = c->last_id;
		if (!add_row(c, &rows, err)) {
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
static bool add_tags(struct counting *c, struct db *db, int64_t workspace, struct err *err)
{
	void *items;
	size_t count, next = 0;
	if (c->rows == 0 || !c->taken_count)
		return true;
	if (!db_list(db, &sql_facets_tags,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(c->last_id),
	                     db_arg_i64(c->first_id)),
	             tagging_row, sizeof(struct tagging), &c->page, &items, &count, err))
		return false;
	const struct tagging *all = items;
	for (size_t i = 0; i < count; i++) {
		while (next < c->taken_count && c->taken[next] > all[i].response)
			next++;
		if (next < c->taken_count && c->taken[next] == all[i].response)
			value_counts_add(&c->out->tags, c->arena, all[i].tag);
	}
	return true;
}

bool facets_count(struct db *db, struct arena *a, int64_t workspace, const struct team_scope *scope,
                  const struct answer_filter *f, bool names, struct facets *out, struct err *err)
{
	struct counting c = { .out = out, .arena = a, .names = names, .last_id = INT64_MAX };
	int64_t looked_at = 0;
	*out = (struct facets){ .whole = team_scope_is_whole(scope) };
	c.taken = ARENA_ARRAY(a, int64_t, PAGE_ROWS);
	if (!filter_begin(db, a, workspace, scope, f, &c.run, err) ||
	    !load_surveys(&c, db, workspace, err))
		return false;
	bool ok = true;
	c.rows = c.out->survey_count ? PAGE_ROWS : 0;
	while (ok && c.rows == PAGE_ROWS && looked_at < FACETS_ANSWERS_MAX) {
		ok = read_page(&c, db, workspace, err) && add_tags(&c, db, workspace, err);
		looked_at += (int64_t)c.rows;
		arena_free(&c.page);
	}
	out->complete = c.rows < PAGE_ROWS;
	return ok;
}
