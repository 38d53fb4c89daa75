/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/facets.h"

#include <stdlib.h>

#include "db/list.h"
#include "feedback/cells_plan.h"
#include "feedback/facets.sql.h"
#include "feedback/facets_make.h"
#include "people/personal.h"

static int by_survey(const void *a, const void *b)
{
	int64_t left = ((const struct facet_survey *)a)->place.id;
	int64_t right = ((const struct facet_survey *)b)->place.id;
	return (left > right) - (left < right);
}

struct facet_survey *facets_survey(const struct facet_making *m, int64_t id)
{
	struct facet_survey wanted = { .place = { .id = id } };
	if (m->out->survey_count == 0)
		return NULL;
	return bsearch(&wanted, m->out->surveys, m->out->survey_count, sizeof(wanted), by_survey);
}

static bool load_surveys(struct facet_making *m, struct err *err)
{
	struct survey_place *places;
	size_t count;
	if (!filter_surveys(m->facts->db, m->arena, m->facts->workspace, m->q->scope, m->q->filter,
	                    &places, &count, err))
		return false;
	m->out->surveys = ARENA_ARRAY(m->arena, struct facet_survey, count + 1);
	for (size_t i = 0; i < count; i++)
		m->out->surveys[i].place = places[i];
	m->out->survey_count = count;
	qsort(m->out->surveys, count, sizeof(struct facet_survey), by_survey);
	return true;
}

void facets_add_answers(struct facet_making *m, enum response_state state, int score,
                        int64_t answers)
{
	m->out->answers += answers;
	m->out->by_state[state] += answers;
	if (score != SCORE_NONE)
		m->out->by_group[score_group_of(score)] += answers;
}

void facets_add_text(struct facet_making *m, struct value_counts *counts, Str text, int64_t answers)
{
	if (text.len)
		value_counts_add(counts, m->arena, text, answers);
}

void facets_add_language(struct facet_making *m, Str tag, int64_t answers)
{
	facets_add_text(m, &m->out->languages, cell_language(m->arena, tag), answers);
}

/* Answers of one import lie side by side: the one that was found last is looked at first. */
void facets_add_import(struct facet_making *m, int64_t id, int64_t answers)
{
	struct facets *f = m->out;
	size_t at = f->import_count;
	if (!id)
		return;
	while (at > 0 && f->imports[at - 1].id != id)
		at--;
	if (at > 0) {
		f->imports[at - 1].answers += answers;
		return;
	}
	if (f->import_count == m->import_room) {
		struct facet_import *before = f->imports;
		m->import_room = m->import_room ? 2 * m->import_room : 16;
		f->imports = ARENA_ARRAY(m->arena, struct facet_import, m->import_room);
		for (size_t i = 0; i < f->import_count; i++)
			f->imports[i] = before[i];
	}
	f->imports[f->import_count++] = (struct facet_import){ .id = id, .answers = answers };
}

static struct facet_property *property_new(struct facet_making *m, Str name)
{
	struct facets *f = m->out;
	if (f->property_count == m->property_room) {
		struct facet_property *before = f->properties;
		m->property_room = m->property_room ? 2 * m->property_room : 16;
		f->properties = ARENA_ARRAY(m->arena, struct facet_property, m->property_room);
		for (size_t i = 0; i < f->property_count; i++)
			f->properties[i] = before[i];
	}
	struct facet_property *p = &f->properties[f->property_count++];
	p->name = str_copy(m->arena, name);
	return p;
}

/* Answers of one survey have the same names in the same order: the next one is looked at first. */
struct facet_property *facets_property(struct facet_making *m, Str name, size_t *guess)
{
	struct facets *f = m->out;
	size_t at =
	    *guess < f->property_count && str_eq(f->properties[*guess].name, name) ? *guess : 0;
	while (at < f->property_count && !str_eq(f->properties[at].name, name))
		at++;
	if (at == f->property_count) {
		if (m->q->hides_names && personal_name(m->arena, name))
			return NULL;
		property_new(m, name);
	}
	*guess = at + 1;
	return &f->properties[at];
}

void facets_add_value(struct facet_making *m, struct facet_property *p, Str value, int64_t answers)
{
	if (!m->q->hides_names || !personal_value(value))
		value_counts_add(&p->values, m->arena, value, answers);
}

/* Order */

static int most_first(const void *a, const void *b)
{
	const struct facet_property *left = a, *right = b;
	int64_t n = value_counts_total(&left->values), m = value_counts_total(&right->values);
	return n != m ? (n > m ? -1 : 1) : str_cmp(left->name, right->name);
}

static void order_properties(struct facets *f)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->property_count; i++)
		if (f->properties[i].values.used)
			f->properties[kept++] = f->properties[i];
	if (kept)
		qsort(f->properties, kept, sizeof f->properties[0], most_first);
	f->property_count = kept < FACETS_PROPERTIES_MAX ? kept : FACETS_PROPERTIES_MAX;
}

static int newest_first(const void *a, const void *b)
{
	int64_t left = ((const struct facet_import *)a)->id;
	int64_t right = ((const struct facet_import *)b)->id;
	return (left < right) - (left > right);
}

static bool name_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(Str *)out = db_text(rows, 0, a);
	return true;
}

static bool order_imports(struct facet_making *m, struct err *err)
{
	struct facets *f = m->out;
	if (f->import_count)
		qsort(f->imports, f->import_count, sizeof f->imports[0], newest_first);
	f->more_imports = f->import_count > FACETS_IMPORTS_MAX;
	if (f->more_imports)
		f->import_count = FACETS_IMPORTS_MAX;
	for (size_t i = 0; i < f->import_count; i++) {
		bool found;
		struct facet_import *one = &f->imports[i];
		if (!db_one(m->facts->db, &sql_facets_import,
		            DB_ARGS(db_arg_i64(m->facts->workspace), db_arg_i64(one->id)), name_row,
		            &one->file_name, m->arena, &found, err))
			return false;
	}
	return true;
}

/* Of no state in particular means all but the bin. */
static struct answer_filter *meant(struct arena *a, const struct answer_filter *f)
{
	struct answer_filter *own = ARENA_NEW(a, struct answer_filter);
	*own = *f;
	for (int state = RESPONSE_PARTIAL; !f->states && state < RESPONSE_DELETED; state++)
		own->states |= 1U << state;
	return own;
}

bool facets_count(const struct facts *facts, struct arena *a, const struct team_scope *scope,
                  const struct answer_filter *f, bool names, struct facets *out, struct err *err)
{
	struct cell_question q = { .scope = scope, .filter = meant(a, f), .hides_names = !names };
	struct facet_making m = { .facts = facts, .arena = a, .q = &q, .out = out };
	bool done = false;
	*out = (struct facets){ .whole = team_scope_is_whole(scope) };
	if (!load_surveys(&m, err) || (facts->view && !facets_of_view(&m, &done, err)) ||
	    (!done && !facets_of_tables(&m, err)))
		return false;
	order_properties(out);
	return order_imports(&m, err);
}

bool facets_total(const struct facts *facts, struct arena *a, const struct team_scope *scope,
                  const struct answer_filter *f, int64_t *out, struct err *err)
{
	struct cell_question q = { .scope = scope, .filter = meant(a, f) };
	struct cells cells;
	if (!cells_ask(facts, a, &q, &cells, err))
		return false;
	const struct cell_left_out *left = &cells.left_out;
	*out = left->excluded + left->unconfirmed + left->test + left->dismissed + left->deleted +
	       left->without_score;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		*out += cells.all.sums.by_score[score];
	return true;
}
