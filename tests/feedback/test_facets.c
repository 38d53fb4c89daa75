/* Facets of a view against facets of the tables: random questions over random histories, on both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/facets.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "base/buf.h"
#include "base/die.h"
#include "feedback/cube.h"
#include "history.h"
#include "question.h"

static enum db_engine engine;

static void put_counts(struct buf *out, struct arena *a, Str name, const struct value_counts *c)
{
	const struct value_count *all = value_counts_sorted(c, a);
	buf_printf(out, "%.*s:", STR_FMT(name));
	for (size_t i = 0; i < c->used; i++)
		buf_printf(out, " \"%.*s\" %" PRId64, STR_FMT(all[i].value), all[i].count);
	buf_printf(out, " rest %" PRId64 "\n", c->rest);
}

/* All that facets say, as lines. */
static Str lines_of(struct arena *a, const struct facets *f)
{
	struct buf *out = buf_in(a, 1 << 20);
	buf_printf(out, "answers %" PRId64 " whole %d\nsurveys:", f->answers, f->whole);
	for (size_t i = 0; i < f->survey_count; i++)
		buf_printf(out, " %.*s %" PRId64, STR_FMT(f->surveys[i].place.slug),
		           f->surveys[i].answers);
	buf_printf(out, "\ngroups:");
	for (int i = 0; i <= GROUP_PROMOTERS; i++)
		buf_printf(out, " %" PRId64, f->by_group[i]);
	buf_printf(out, "\nstates:");
	for (int i = 0; i <= RESPONSE_DELETED; i++)
		buf_printf(out, " %" PRId64, f->by_state[i]);
	buf_printf(out, "\nimports:");
	for (size_t i = 0; i < f->import_count; i++)
		buf_printf(out, " %" PRId64 " \"%.*s\" %" PRId64, f->imports[i].id,
		           STR_FMT(f->imports[i].file_name), f->imports[i].answers);
	buf_printf(out, " more %d\n", f->more_imports);
	put_counts(out, a, STR("channels"), &f->channels);
	put_counts(out, a, STR("languages"), &f->languages);
	put_counts(out, a, STR("sources"), &f->sources);
	put_counts(out, a, STR("tags"), &f->tags);
	for (size_t i = 0; i < f->property_count; i++)
		put_counts(out, a, f->properties[i].name, &f->properties[i].values);
	MUST(!out->overflowed);
	return buf_str(out);
}

static int64_t compare(const struct facts *view, const struct facts *tables, struct question *q)
{
	struct facets a, b;
	struct err view_err = { 0 }, tables_err = { 0 };
	bool names = !q->q.hides_names;
	int64_t total;
	bool ok = facets_count(view, q->arena, &q->scope, &q->filter, names, &a, &view_err);
	bool too = facets_count(tables, q->arena, &q->scope, &q->filter, names, &b, &tables_err);
	if (!ok || !too) {
		assert_string_equal(view_err.msg, tables_err.msg);
		return 0;
	}
	Str got = lines_of(q->arena, &a), wanted = lines_of(q->arena, &b), text = question_text(q);
	if (!str_eq(got, wanted))
		fail_msg("%.*s\nthe view says\n%.*s\nthe tables say\n%.*s", STR_FMT(text),
		         STR_FMT(got), STR_FMT(wanted));
	for (const struct facts *facts = view;; facts = tables) {
		assert_true(
		    facets_total(facts, q->arena, &q->scope, &q->filter, &total, &view_err));
		if (total != b.answers)
			fail_msg("%.*s\n%" PRId64 " in all, and not %" PRId64, STR_FMT(text), total,
			         b.answers);
		if (facts == tables)
			return total;
	}
}

static int64_t compare_some(struct cubes *cubes, struct ground *g, struct question *q,
                            int questions)
{
	struct err err = { 0 };
	struct arena held = { 0 };
	struct facts view, tables = facts_of_tables(g->db, g->workspace);
	int64_t answers = 0;
	if (!facts_open(cubes, g->db, g->workspace, 0, &held, &view, &err))
		die(__FILE__, __LINE__, err.msg);
	for (int i = 0; i < questions; i++) {
		struct arena a = { 0 };
		q->arena = &a;
		question_draw(q);
		answers += compare(&view, &tables, q);
		arena_free(&a);
	}
	arena_free(&held);
	return answers;
}

/* HEED_SEED as printed has a failure again. */
static void columns_count_as_the_tables_do_whatever_happens(void **state)
{
	(void)state;
	struct ground g;
	struct history h;
	int64_t answers = 0;
	ground_make(&g, engine);
	history_begin(&h, &g);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock });
	for (int round = 0; round < 25; round++) {
		for (int i = 0; i < 15; i++)
			history_step(&h);
		struct question q = { .random = history_draw(&h, UINT64_MAX),
			              .imports = h.imports,
			              .import_count = h.import_count,
			              .surveys = &g.survey.id,
			              .survey_count = 1 };
		answers += compare_some(cubes, &g, &q, engine == DB_SQLITE ? 40 : 12);
	}
	assert_true(answers > 1000);
	cubes_close(cubes);
	history_end(&h);
	ground_remove(&g);
}

#define DIFFERENT 2300
#define OFTEN     5

static bool answer_each_differently(struct db_tx *tx, void *input, struct err *err)
{
	struct ground *g = input;
	for (int i = 0; i < DIFFERENT + OFTEN; i++) {
		struct capture_input in = ground_answer(g, i % 11, NULL);
		in.properties = i < DIFFERENT ? str_printf(&g->arena, "{\"number\":\"n%d\"}", i)
		                              : STR("{\"number\":\"often\"}");
		if (!capture_check(&g->arena, &in, err) || !capture_apply(tx, &in, err))
			return false;
	}
	return true;
}

static void of_very_many_values_the_most_frequent_are_told_apart(void **state)
{
	(void)state;
	struct ground g;
	struct err err = { 0 };
	struct facts facts;
	struct facets f;
	struct answer_filter all = { 0 };
	struct arena a = { 0 };
	ground_make(&g, engine);
	ground_run(&g, answer_each_differently, &g);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock });
	assert_true(facts_open(cubes, g.db, g.workspace, 0, &a, &facts, &err));
	assert_true(facets_count(&facts, &a, &team_scope_whole, &all, true, &f, &err));
	assert_int_equal(f.property_count, 1);
	const struct value_counts *values = &f.properties[0].values;
	const struct value_count *sorted = value_counts_sorted(values, &a);
	assert_int_equal(values->used, VALUE_COUNTS_MAX);
	assert_true(str_eq(sorted[0].value, STR("often")));
	assert_int_equal(sorted[0].count, OFTEN);
	assert_int_equal(value_counts_total(values), DIFFERENT + OFTEN);
	assert_int_equal(values->rest, DIFFERENT + 1 - VALUE_COUNTS_MAX);
	arena_free(&a);
	cubes_close(cubes);
	ground_remove(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_very_many_values_the_most_frequent_are_told_apart),
		cmocka_unit_test(columns_count_as_the_tables_do_whatever_happens),
	};
	return ENGINES_RUN("facets", engine, tests, NULL, NULL);
}
