/* Cells of the tables against a count by hand of the same answers, on both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "base/clock.h"
#include "base/zone.h"
#include "feedback/cells_plan.h"
#include "people/properties.h"
#include "scene.h"

#define ANSWERS 900

static enum db_engine engine;
static struct scene s;

static int make(void **state)
{
	(void)state;
	scene_make(&s, engine, 20260301, ANSWERS);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	scene_remove(&s);
	return 0;
}

static struct cell_question question(const struct answer_filter *f)
{
	return (struct cell_question){ .scope = &team_scope_whole,
		                       .filter = f,
		                       .zone = zone_utc(),
		                       .week_start = 1,
		                       .wants_clusters = true };
}

static bool try_ask(const struct cell_question *q, struct cells *out, struct err *err)
{
	struct facts facts = facts_of_tables(s.g.db, s.g.workspace);
	return cells_ask(&facts, &s.g.arena, q, out, err);
}

static struct cells ask(const struct cell_question *q)
{
	struct cells cells;
	struct err err;
	if (!try_ask(q, &cells, &err))
		fail_msg("%s %s", err.path, err.msg);
	return cells;
}

static void set(struct answer_filter *f, const char *name, const char *value)
{
	bool known;
	struct err err;
	if (!filter_set(f, &s.g.arena, str_of(name), str_of(value), zone_utc(), &known, &err))
		fail_msg("%s", err.msg);
	assert_true(known);
}

/* By hand: every pair of answers is looked at, as nothing is clever here. */
typedef bool (*takes_fn)(const struct scene_answer *a, const void *what);

static int64_t cluster(const struct scene_answer *a)
{
	return a->r.account_id ? a->r.account_id : a->person;
}

static int value(const struct scene_answer *a)
{
	return (int)nps_group_of(a->r.score) - 1;
}

static bool counts(const struct scene_answer *a, takes_fn takes, const void *what)
{
	return response_counts(a->r.state, a->r.score) && (!takes || takes(a, what));
}

static struct nps_sums by_hand(takes_fn takes, const void *what)
{
	struct nps_sums sums = { 0 };
	for (size_t i = 0; i < s.count; i++) {
		const struct scene_answer *a = &s.answers[i];
		bool new_person = true, new_cluster = true;
		int n = 0, sum = 0;
		if (!counts(a, takes, what))
			continue;
		sums.by_score[a->r.score]++;
		for (size_t j = 0; j < s.count; j++) {
			const struct scene_answer *b = &s.answers[j];
			if (!counts(b, takes, what))
				continue;
			bool same = i == j || (cluster(a) && cluster(a) == cluster(b));
			sums.ss += same ? value(a) * value(b) : 0;
			sums.sn += same ? value(a) : 0;
			sums.nn += same;
			n += same;
			sum += same ? value(b) : 0;
			new_cluster = new_cluster && !(same && j < i);
			new_person = new_person && !(j < i && a->person && a->person == b->person);
		}
		sums.people += new_person;
		sums.clusters += new_cluster;
		if (new_cluster)
			sums.sm += (int64_t)((double)(sum * sum) / n * NPS_SM_UNITS);
	}
	return sums;
}

static void same_sums(const struct nps_sums *seen, const struct nps_sums *expected)
{
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		assert_int_equal(seen->by_score[score], expected->by_score[score]);
	assert_int_equal(seen->people, expected->people);
	assert_int_equal(seen->clusters, expected->clusters);
	assert_int_equal(seen->ss, expected->ss);
	assert_int_equal(seen->sn, expected->sn);
	assert_int_equal(seen->nn, expected->nn);
	assert_int_equal(seen->sm, expected->sm);
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

static bool of_survey(const struct scene_answer *a, const void *what)
{
	return a->survey == *(const int *)what;
}

static void counts_each_part_with_whose_answers_they_are(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.dims[0].kind = DIM_PART;
	struct cells cells = ask(&q);
	assert_int_equal(cells.count[0], SCENE_SURVEYS);
	assert_int_equal(cells.part_count, SCENE_SURVEYS);
	for (int i = 0; i < SCENE_SURVEYS; i++) {
		struct nps_sums expected = by_hand(of_survey, &i);
		assert_int_equal(cells.values[0][i].id, i);
		same_sums(&cells.at[i].sums, &expected);
	}
	struct nps_sums all = by_hand(NULL, NULL);
	same_sums(&cells.all.sums, &all);
}

static void tells_what_does_not_count_by_why(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.dims[0].kind = DIM_PART;
	struct cells cells = ask(&q);
	int64_t of[RESPONSE_DELETED + 1] = { 0 }, test_of_first = 0;
	for (size_t i = 0; i < s.count; i++) {
		of[s.answers[i].r.state]++;
		test_of_first += s.answers[i].r.state == RESPONSE_TEST && s.answers[i].survey == 0;
	}
	assert_int_equal(cells.left_out.excluded, of[RESPONSE_EXCLUDED]);
	assert_int_equal(cells.left_out.unconfirmed, of[RESPONSE_UNCONFIRMED]);
	assert_int_equal(cells.left_out.test, of[RESPONSE_TEST]);
	assert_int_equal(cells.left_out.dismissed, of[RESPONSE_DISMISSED]);
	assert_int_equal(cells.left_out.deleted, of[RESPONSE_DELETED]);
	assert_int_equal(cells.parts[0].left_out.test, test_of_first);
}

struct span {
	int64_t from, before;
	const char *plan;
};

static bool in_span(const struct scene_answer *a, const void *what)
{
	const struct span *span = what;
	Str plan;
	struct err err;
	assert_true(properties_value_of(&s.g.arena, a->r.properties, STR("plan"), &plan, &err));
	return a->r.first_scored_at >= span->from && a->r.first_scored_at < span->before &&
	       (!span->plan || (plan.at && str_eq(plan, str_of(span->plan))));
}

static void fills_the_gaps_between_periods(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	set(&f, "property.plan", "pro");
	q.dims[0] = (struct dim){ .kind = DIM_TIME, .unit = PERIOD_DAY };
	struct cells cells = ask(&q);
	int64_t empty = 0;
	assert_true(cells.count[0] > 300);
	for (size_t i = 0; i < cells.count[0]; i++) {
		int64_t day = cells.values[0][i].id;
		struct span span = { day * CLOCK_DAY, (day + 1) * CLOCK_DAY, "pro" };
		struct nps_sums expected = by_hand(in_span, &span);
		assert_int_equal(day, cells.values[0][0].id + (int64_t)i);
		same_sums(&cells.at[i].sums, &expected);
		empty += answers_of(&expected) == 0;
	}
	assert_true(empty > 0);
	assert_true(answers_of(&cells.at[0].sums) > 0);
	assert_true(answers_of(&cells.at[cells.count[0] - 1].sums) > 0);
}

static void refuses_more_periods_than_can_be_shown(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	struct cells cells;
	struct err err;
	struct response old = s.answers[0].r;
	old.first_scored_at = GROUND_NOW - (CELLS_PERIODS_MAX + 1) * CLOCK_DAY;
	struct capture_input in = ground_answer(&s.g, 9, NULL);
	in.submitted_at = old.first_scored_at;
	ground_take(&s.g, &in);
	q.dims[0] = (struct dim){ .kind = DIM_TIME, .unit = PERIOD_DAY };
	assert_false(try_ask(&q, &cells, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	assert_string_equal(err.path, "series");
}

static void compares_two_periods_person_by_person(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	set(&f, "from", "2026-02-01");
	struct span now = { GROUND_NOW - 28 * CLOCK_DAY - 10 * CLOCK_HOUR, INT64_MAX, NULL };
	struct span before = { GROUND_NOW - 600 * CLOCK_DAY, now.from, NULL };
	q.before_from = before.from;
	q.before_before = before.before;
	struct cells cells = ask(&q);
	struct nps_sums expected = by_hand(in_span, &now), other = by_hand(in_span, &before);
	same_sums(&cells.all.sums, &expected);
	same_sums(&cells.all.before, &other);
	struct span both = { before.from, INT64_MAX, NULL };
	struct nps_sums together = by_hand(in_span, &both);
	const struct nps_pair *pair = &cells.all.pair;
	assert_int_equal(pair->people, expected.people + other.people - together.people);
	assert_int_equal(pair->clusters, expected.clusters + other.clusters - together.clusters);
	assert_int_equal(together.ss, expected.ss + other.ss + 2 * pair->ss);
	assert_int_equal(together.nn, expected.nn + other.nn + 2 * pair->nn);
	assert_int_equal(together.sn, expected.sn + other.sn + pair->sn + pair->ns);
	assert_true(pair->people > 0);
}

struct channel {
	Str is;
	bool is_not;
};

static bool of_channel(const struct scene_answer *a, const void *what)
{
	const struct channel *c = what;
	return str_eq(a->r.channel, c->is) != c->is_not;
}

static void sets_a_cell_against_the_rest(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.wants_across = true;
	q.dims[0].kind = DIM_CHANNEL;
	struct cells cells = ask(&q);
	assert_int_equal(cells.count[0], 4);
	for (size_t i = 0; i < cells.count[0]; i++) {
		struct channel in = { cells.values[0][i].text, false }, out = { in.is, true };
		struct nps_sums rest, expected = by_hand(of_channel, &in);
		struct nps_sums others = by_hand(of_channel, &out), all = by_hand(NULL, NULL);
		struct nps_pair pair;
		cells_rest(&cells, &cells.at[i], &rest, &pair);
		same_sums(&cells.at[i].sums, &expected);
		/* Of clusters on both sides, one sum is what is expected; see stats/nps_rest.h. */
		assert_true(llabs(rest.sm - others.sm) <= 2 * pair.clusters * NPS_SM_UNITS);
		rest.sm = others.sm;
		same_sums(&rest, &others);
		assert_int_equal(pair.people, expected.people + others.people - all.people);
		assert_int_equal(pair.clusters, expected.clusters + others.clusters - all.clusters);
		assert_int_equal(all.ss, expected.ss + others.ss + 2 * pair.ss);
		assert_int_equal(all.nn, expected.nn + others.nn + 2 * pair.nn);
		assert_int_equal(all.sn, expected.sn + others.sn + pair.sn + pair.ns);
		assert_int_equal(cells.values[0][i].text.at == NULL, in.is.len == 0);
		assert_true(i == 0 ||
		            answers_of(&cells.at[i - 1].sums) >= answers_of(&cells.at[i].sums));
	}
}

struct tag_and_language {
	int tag; /* -1: none */
	const char *language;
};

static bool of_tag_and_language(const struct scene_answer *a, const void *what)
{
	const struct tag_and_language *w = what;
	bool any = a->tags[0] || a->tags[1] || a->tags[2];
	if (w->tag < 0 ? any : !a->tags[w->tag])
		return false;
	return str_eq(str_ascii_lower(&s.g.arena, str_slice(a->r.language, 0, 2)),
	              str_of(w->language));
}

static void puts_an_answer_with_two_tags_in_two_cells(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.dims[0].kind = DIM_TAG;
	q.dims[1].kind = DIM_LANGUAGE;
	struct cells cells = ask(&q);
	assert_int_equal(cells.count[0], SCENE_TAGS + 1);
	assert_int_equal(cells.count[1], 4); /* none, en, pt, de */
	for (size_t i = 0; i < cells.count[0] * cells.count[1]; i++) {
		struct tag_and_language w = { -1, "" };
		Str tag = cells.values[0][i / 4].text, language = cells.values[1][i % 4].text;
		for (int t = 0; tag.at && t < SCENE_TAGS; t++)
			if (str_eq(tag, str_of(scene_tags[t])))
				w.tag = t;
		w.language = language.at ? str_copy_c(&s.g.arena, language) : "";
		struct nps_sums expected = by_hand(of_tag_and_language, &w);
		same_sums(&cells.at[i].sums, &expected);
	}
	struct nps_sums all = by_hand(NULL, NULL);
	same_sums(&cells.all.sums, &all);
}

static void one_vote_is_the_newest_of_a_person(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.vote = VOTE_PERSON;
	struct cells cells = ask(&q);
	int64_t expected[NPS_SCORE_MAX + 1] = { 0 };
	for (size_t i = 0; i < s.count; i++) {
		const struct scene_answer *a = &s.answers[i];
		bool newest = counts(a, NULL, NULL);
		int64_t second = a->r.first_scored_at / CLOCK_SECOND;
		for (size_t j = 0; newest && a->person && j < s.count; j++) {
			const struct scene_answer *b = &s.answers[j];
			int64_t other = b->r.first_scored_at / CLOCK_SECOND;
			if (b->person == a->person && counts(b, NULL, NULL))
				newest = other < second || (other == second && b->r.id <= a->r.id);
		}
		if (newest)
			expected[a->r.score]++;
	}
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		assert_int_equal(cells.all.sums.by_score[score], expected[score]);
	assert_int_equal(cells.all.sums.people, answers_of(&cells.all.sums));
}

static void hides_values_that_tell_who_somebody_is(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.dims[0] = (struct dim){ .kind = DIM_PROPERTY, .name = STR("first_name") };
	assert_int_equal(ask(&q).count[0], 2);
	q.dims[1] = (struct dim){ .kind = DIM_PROPERTY, .name = STR("contact") };
	assert_int_equal(ask(&q).count[1], 2);
	q.hides_names = true;
	struct cells cells = ask(&q);
	assert_int_equal(cells.count[0], 1);
	assert_int_equal(cells.count[1], 1);
	assert_null(cells.values[0][0].text.at);
	assert_null(cells.values[1][0].text.at);
}

static void knows_people_by_what_they_are_today_and_since_when(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	q.dims[0] = (struct dim){ .kind = DIM_TRAIT, .name = STR("seats") };
	q.dims[1].kind = DIM_TENURE;
	struct cells cells = ask(&q);
	int64_t known = 0, all = 0;
	for (size_t i = 0; i < cells.count[0]; i++)
		for (size_t j = 0; j < cells.count[1]; j++) {
			int64_t n = answers_of(&cells.at[i * cells.count[1] + j].sums);
			assert_true(n == 0 || cells.values[1][j].text.at ||
			            !cells.values[0][i].text.at);
			known += cells.values[1][j].text.at ? n : 0;
			all += n;
		}
	int64_t expected = 0;
	for (size_t i = 0; i < s.count; i++)
		expected += counts(&s.answers[i], NULL, NULL) && s.answers[i].person;
	assert_int_equal(known, expected);
	assert_int_equal(all, answers_of(&cells.all.sums));
	assert_int_equal(cells.values[1][0].id, TENURE_MONTH);
	assert_null(cells.values[1][cells.count[1] - 1].text.at);
}

static void a_year_has_365_days(void **state)
{
	(void)state;
	static const struct {
		int days;
		enum tenure tenure;
	} first[] = { { 0, TENURE_MONTH },
		      { 30, TENURE_QUARTER },
		      { 90, TENURE_YEAR },
		      { 365, TENURE_TWO_YEARS },
		      { 730, TENURE_LONGER } };
	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
		assert_int_equal(cell_tenure(first[i].days * CLOCK_DAY), first[i].tenure);
		if (i > 0)
			assert_int_equal(cell_tenure(first[i].days * CLOCK_DAY - 1),
			                 first[i - 1].tenure);
	}
}

struct visited {
	const struct cells *cells;
	int64_t *by_cell;
};

static bool note(void *context, const struct fact *fact, struct err *err)
{
	struct visited *v = context;
	(void)err;
	v->by_cell[fact->values[0] * v->cells->count[1] + fact->values[1]]++;
	return true;
}

static void visits_each_answer_of_each_cell(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	struct err err;
	struct facts facts = facts_of_tables(s.g.db, s.g.workspace);
	q.dims[0].kind = DIM_ACCOUNT;
	q.dims[1] = (struct dim){ .kind = DIM_PROPERTY, .name = STR("seats") };
	struct cells cells = ask(&q);
	size_t count = cells.count[0] * cells.count[1], found;
	struct visited v = { &cells, ARENA_ARRAY(&s.g.arena, int64_t, count) };
	assert_int_equal(cells.count[0], SCENE_ACCOUNTS + 1);
	assert_true(cells_visit(&facts, &s.g.arena, &q, &cells, note, &v, &err));
	for (size_t i = 0; i < count; i++) {
		int64_t *ids, n = answers_of(&cells.at[i].sums);
		assert_int_equal(v.by_cell[i], n);
		assert_true(
		    cells_answers(&facts, &s.g.arena, &q, &cells, i, 5, &ids, &found, &err));
		assert_int_equal(found, n < 5 ? n : 5);
	}
}

static bool has_text(Str text, const char *prefix)
{
	return text.at && str_starts(text, str_of(prefix));
}

static void tells_the_newest_answers_behind_a_cell(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	struct err err;
	int64_t *ids, last = INT64_MAX;
	size_t found;
	struct facts facts = facts_of_tables(s.g.db, s.g.workspace);
	q.dims[0].kind = DIM_ACCOUNT;
	struct cells cells = ask(&q);
	size_t cell = 0;
	while (!has_text(cells.values[0][cell].text, "account"))
		cell++;
	assert_true(cells_answers(&facts, &s.g.arena, &q, &cells, cell, 10, &ids, &found, &err));
	assert_int_equal(found, 10);
	for (size_t i = 0; i < found; i++) {
		struct response r = ground_read(&s.g, ids[i]);
		assert_int_equal(r.account_id, cells.values[0][cell].id);
		assert_true(r.first_scored_at / CLOCK_SECOND <= last);
		last = r.first_scored_at / CLOCK_SECOND;
	}
}

static void takes_only_the_answers_it_is_given(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct cell_question q = question(&f);
	int64_t ids[100], expected = 0;
	for (size_t i = 0; i < 100; i++) {
		ids[i] = s.answers[i * 9].r.id;
		expected += counts(&s.answers[i * 9], NULL, NULL);
	}
	q.ids = ids;
	q.id_count = 100;
	struct cells cells = ask(&q);
	assert_int_equal(answers_of(&cells.all.sums), expected);
	q.id_count = 0;
	cells = ask(&q);
	assert_int_equal(answers_of(&cells.all.sums), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_each_part_with_whose_answers_they_are),
		cmocka_unit_test(tells_what_does_not_count_by_why),
		cmocka_unit_test(fills_the_gaps_between_periods),
		cmocka_unit_test(compares_two_periods_person_by_person),
		cmocka_unit_test(sets_a_cell_against_the_rest),
		cmocka_unit_test(puts_an_answer_with_two_tags_in_two_cells),
		cmocka_unit_test(one_vote_is_the_newest_of_a_person),
		cmocka_unit_test(hides_values_that_tell_who_somebody_is),
		cmocka_unit_test(a_year_has_365_days),
		cmocka_unit_test(knows_people_by_what_they_are_today_and_since_when),
		cmocka_unit_test(visits_each_answer_of_each_cell),
		cmocka_unit_test(tells_the_newest_answers_behind_a_cell),
		cmocka_unit_test(takes_only_the_answers_it_is_given),
		cmocka_unit_test(refuses_more_periods_than_can_be_shown),
	};
	return ENGINES_RUN("cells", engine, tests, make, drop);
}
