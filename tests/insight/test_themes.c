/* What comments speak of, of a view against the tables, and of both against cells that are asked for one by one, which is the slow way.
 * Both engines.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/themes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "../feedback/readings.h"
#include "../feedback/scene.h"
#include "base/clock.h"
#include "base/zone.h"
#include "feedback/cube.h"

#define ANSWERS 1500

static enum db_engine engine;
static struct scene s;
static struct cubes *cubes;
static struct arena arena;

static int make(void **state)
{
	(void)state;
	scene_make(&s, engine, 20260301, ANSWERS);
	for (size_t i = 0; i < s.count; i++) {
		struct readings_input in = { s.answers[i].r.id, scene_random(&s) };
		struct err err;
		(void)!ground_try(&s.g, readings_write, &in,
		                  &err); /* one that was deleted has none */
	}
	cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock });
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	cubes_close(cubes);
	scene_remove(&s);
	return 0;
}

static void set(struct answer_filter *filter, const char *text)
{
	Str rest = str_of(text), value, name;
	struct err err;
	while (str_cut(&rest, '&', &value)) {
		bool known;
		if (value.len && str_cut(&value, '=', &name) &&
		    !filter_set(filter, &arena, name, value, zone_utc(), &known, &err))
			fail_msg("%s", err.msg);
	}
}

struct asked_of {
	struct facts view, tables;
	struct answer_filter filter;
	struct themes_question q;
};

static void prepare(struct asked_of *k, const char *filter)
{
	struct err err;
	*k = (struct asked_of){ .tables = facts_of_tables(s.g.db, s.g.workspace) };
	if (!facts_open(cubes, s.g.db, s.g.workspace, 0, &arena, &k->view, &err))
		fail_msg("%s", err.msg);
	set(&k->filter, filter);
	k->q.cells = (struct cell_question){ .scope = &team_scope_whole,
		                             .filter = &k->filter,
		                             .zone = zone_utc(),
		                             .week_start = 1 };
}

static void ask(const struct facts *facts, const struct themes_question *q, struct themes *out)
{
	struct err err;
	if (!themes_ask(facts, &arena, q, out, &err))
		fail_msg("%s", err.msg);
}

static void same_counts(const int64_t *a, const int64_t *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_int_equal(a[i], b[i]);
}

static void same_real(double a, double b)
{
	assert_memory_equal(&a, &b, sizeof(a));
}

static void same_driver(const struct theme_driver *a, const struct theme_driver *b)
{
	assert_int_equal(!a, !b);
	if (!a)
		return;
	assert_int_equal(a->comments, b->comments);
	assert_int_equal(a->driver.stands, b->driver.stands);
	same_real(a->driver.effect, b->driver.effect);
	same_real(a->driver.dominance, b->driver.dominance);
	same_real(a->driver.effect_lo, b->driver.effect_lo);
	same_real(a->driver.effect_hi, b->driver.effect_hi);
}

static void same_rows(const struct themes *a, const struct themes *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct theme_row *x = &a->rows[i], *y = &b->rows[i];
		assert_int_equal(x->theme->id, y->theme->id);
		assert_memory_equal(&x->all, &y->all, sizeof(x->all));
		assert_memory_equal(x->groups, y->groups, sizeof(x->groups));
		assert_memory_equal(&x->sums, &y->sums, sizeof(x->sums));
		same_real(x->from_rest.change, y->from_rest.change);
		same_real(x->from_rest.lo, y->from_rest.lo);
		same_real(x->from_rest.hi, y->from_rest.hi);
		assert_int_equal(x->people_in_both, y->people_in_both);
		same_counts(x->months, y->months, a->month_count);
		same_counts(x->criticised_months, y->criticised_months, a->month_count);
		same_driver(x->praise, y->praise);
		same_driver(x->criticism, y->criticism);
		same_real(x->stake.points, y->stake.points);
		same_real(x->trend.change, y->trend.change);
		same_real(x->trend.lo, y->trend.lo);
	}
}

static void same(const struct themes *a, const struct themes *b)
{
	assert_int_equal(a->answers, b->answers);
	assert_int_equal(a->said, b->said);
	assert_int_equal(a->month_count, b->month_count);
	same_counts(a->month_days, b->month_days, a->month_count);
	same_counts(a->month_said, b->month_said, a->month_count);
	same_rows(a, b);
	assert_int_equal(a->drivers.list.used, b->drivers.list.used);
	same_real(a->drivers.list.r2, b->drivers.list.r2);
	assert_int_equal(a->delights.tried, b->delights.tried);
	assert_int_equal(a->delights.since, b->delights.since);
	assert_int_equal(a->delights.count, b->delights.count);
	for (size_t i = 0; i < a->delights.count; i++) {
		assert_int_equal(a->delights.list[i].theme, b->delights.list[i].theme);
		same_real(a->delights.list[i].rate, b->delights.list[i].rate);
	}
}

/* A theme's cell of a question, and its place. */
static const struct cell *cell_of(const struct cells *cells, Str code, size_t *place)
{
	for (*place = 0; *place < cells->count[0]; ++*place)
		if (str_eq(cells->values[0][*place].text, code))
			return &cells->at[*place * cells->count[1]];
	return NULL;
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

struct slow {
	struct cells named, by_month, criticised, praised;
};

static void ask_slowly(const struct asked_of *k, const struct themes *of, struct slow *out)
{
	struct answer_filter said = k->filter;
	struct cell_question q = k->q.cells;
	struct err err;
	themes_only_said(&said);
	q.filter = &said;
	q.part = of->part.part;
	q.dims[0] = (struct dim){ .kind = DIM_THEME, .saying = THEME_CRITICISED };
	if (!cells_ask(&k->tables, &arena, &q, &out->criticised, &err))
		fail_msg("%s", err.msg);
	q.dims[0].saying = THEME_NAMED;
	q.dims[1] = (struct dim){ .kind = DIM_TIME, .unit = PERIOD_MONTH };
	if (!cells_ask(&k->tables, &arena, &q, &out->by_month, &err))
		fail_msg("%s", err.msg);
	q.dims[1] = (struct dim){ 0 };
	q.wants_clusters = q.wants_across = true;
	if (!cells_ask(&k->tables, &arena, &q, &out->named, &err))
		fail_msg("%s", err.msg);
	q.dims[0].saying = THEME_PRAISED;
	if (!cells_ask(&k->tables, &arena, &q, &out->praised, &err))
		fail_msg("%s", err.msg);
}

static void same_slowly(const struct slow *slow, const struct themes *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct theme_row *row = &t->rows[i];
		struct nps_sums rest;
		struct nps_pair pair;
		size_t place;
		const struct cell *cell = cell_of(&slow->named, row->theme->code, &place);
		assert_non_null(cell);
		assert_memory_equal(&cell->sums, &row->sums, sizeof(row->sums));
		cells_rest(&slow->named, cell, &rest, &pair);
		struct nps_change change = nps_difference_of(&cell->sums, &rest, &pair);
		same_real(change.change, row->from_rest.change);
		same_real(change.lo, row->from_rest.lo);
		assert_int_equal(pair.people, row->people_in_both);
		struct share share = share_of(&slow->named.all.sums, &cell->sums, &cell->across);
		assert_memory_equal(&share, &row->all.said[THEME_NAMED], sizeof(share));
		cell = cell_of(&slow->criticised, row->theme->code, &place);
		assert_int_equal(cell ? answers_of(&cell->sums) : 0,
		                 row->all.said[THEME_CRITICISED].hits);
		cell = cell_of(&slow->by_month, row->theme->code, &place);
		for (size_t m = 0; m < t->month_count; m++) {
			int64_t answers = 0;
			for (size_t k = 0; k < slow->by_month.count[1]; k++)
				if (slow->by_month.values[1][k].id == t->month_days[m])
					answers = answers_of(&cell[k].sums);
			assert_int_equal(answers, row->months[m]);
		}
	}
}

/* What enough praise, and that enough praise nothing. */
static void same_tried(const struct slow *slow, const struct themes *t)
{
	size_t tried = 0;
	for (size_t i = 0; t->delights.since && i < slow->praised.count[0]; i++)
		tried += answers_of(&slow->praised.at[i].sums) >= DELIGHT_COMMENTS &&
		         slow->praised.at[i].sums.people >= DELIGHT_PEOPLE;
	assert_int_equal(t->delights.tried, tried);
}

static const char *const filters[] = { "",
	                               "channel=web",
	                               "from=2025-06-01",
	                               "sentiment=negative&sentiment=mixed",
	                               "property.plan=pro",
	                               "language=xx" };

static void themes_of_a_view_are_those_of_the_tables_and_of_cells(void **state)
{
	size_t rows = 0, tried = 0;
	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct asked_of k;
		prepare(&k, filters[i]);
		struct themes first;
		ask(&k.view, &k.q, &first);
		for (size_t p = 0; p < first.part.cells.count[0]; p++) {
			struct themes view, tables;
			struct slow slow;
			size_t part = (size_t)first.part.cells.values[0][p].id;
			k.q.part = one_part_key(&arena, &first.part.cells.parts[part]);
			ask(&k.view, &k.q, &view);
			ask(&k.tables, &k.q, &tables);
			same(&view, &tables);
			ask_slowly(&k, &view, &slow);
			same_slowly(&slow, &view);
			same_tried(&slow, &view);
			tried += view.delights.tried;
			rows += view.count;
		}
	}
	assert_true(rows > 20 && tried > 10);
}

/* Of the months before `end`. */
static double months_share(const struct themes *t, const struct theme_row *row, size_t end)
{
	int64_t hits = 0, of = 0;
	for (size_t m = end - THEMES_TREND_MONTHS; m < end; m++) {
		hits += row->criticised_months[m];
		of += t->month_said[m];
	}
	return (double)hits / (double)of;
}

/* The same shares of one group as its comments alone have, and the trend is that of its months. */
static void shares_of_a_part_are_those_of_its_comments_alone(void **state)
{
	(void)state;
	static const char *const groups[THEMES_GROUPS] = { "group=detractors", "group=passives",
		                                           "group=promoters" };
	size_t looked = 0, clustered = 0, trends = 0;
	struct asked_of k;
	struct themes whole;
	prepare(&k, "");
	ask(&k.view, &k.q, &whole);
	for (int g = 0; g < THEMES_GROUPS; g++) {
		struct asked_of one;
		struct themes alone;
		prepare(&one, groups[g]);
		one.q.part = one_part_key(&arena, whole.part.part);
		ask(&one.view, &one.q, &alone);
		for (size_t i = 0; i < whole.count; i++)
			for (size_t j = 0; j < alone.count; j++) {
				if (whole.rows[i].theme->id != alone.rows[j].theme->id)
					continue;
				assert_memory_equal(&whole.rows[i].groups[g], &alone.rows[j].all,
				                    sizeof(struct theme_part));
				clustered += alone.rows[j].all.said[THEME_NAMED].deff > 1;
				looked++;
			}
	}
	for (size_t i = 0; i < whole.count; i++) {
		if (!whole.rows[i].trend.shown)
			continue;
		double now = months_share(&whole, &whole.rows[i], whole.month_count),
		       before = months_share(&whole, &whole.rows[i],
		                             whole.month_count - THEMES_TREND_MONTHS);
		same_real(whole.rows[i].trend.change, 100 * (now - before));
		trends++;
	}
	assert_true(looked >= 9 && clustered >= 5 && trends >= 3);
}

static void in_brief_the_same_is_counted(void **state)
{
	(void)state;
	struct asked_of k;
	struct themes whole, brief;
	prepare(&k, "");
	ask(&k.view, &k.q, &whole);
	k.q.brief = true;
	ask(&k.view, &k.q, &brief);
	assert_int_equal(whole.count, brief.count);
	assert_int_equal(brief.month_count, 0);
	for (size_t i = 0; i < whole.count; i++) {
		assert_memory_equal(whole.rows[i].groups, brief.rows[i].groups,
		                    sizeof(whole.rows[i].groups));
		assert_memory_equal(&whole.rows[i].all, &brief.rows[i].all,
		                    sizeof(whole.rows[i].all));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(themes_of_a_view_are_those_of_the_tables_and_of_cells),
		cmocka_unit_test(shares_of_a_part_are_those_of_its_comments_alone),
		cmocka_unit_test(in_brief_the_same_is_counted),
	};
	return ENGINES_RUN("themes", engine, tests, make, drop);
}
