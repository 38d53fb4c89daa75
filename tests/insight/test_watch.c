/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FIRST INT64_C(19000)

static struct arena arena;

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Shares of promoters and detractors, in hundredths, from a day on. */
struct phase {
	int64_t from;
	int promoters, detractors;
};

struct drawing {
	uint64_t random;
	const struct phase *phases;
	size_t phase_count;
	int a_day;
	bool same_person;
};

static unsigned below(struct drawing *d, unsigned count)
{
	d->random = d->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(d->random >> 33) % count;
}

static int score_on(struct drawing *d, int64_t day)
{
	const struct phase *p = &d->phases[0];
	for (size_t i = 0; i < d->phase_count; i++)
		if (d->phases[i].from <= day)
			p = &d->phases[i];
	int at = (int)below(d, 100);
	if (at < p->promoters)
		return 10;
	return at < p->promoters + p->detractors ? 3 : 8;
}

static struct watch_people drawn(struct drawing d, int64_t days)
{
	size_t count = (size_t)(days * d.a_day);
	struct timed *at = calloc(count, sizeof(*at));
	assert_non_null(at);
	for (size_t i = 0; i < count; i++) {
		int64_t day = (int64_t)i / d.a_day;
		at[i] = (struct timed){ .cluster = (uint32_t)i + 1,
			                .person = (uint32_t)(d.same_person ? (size_t)day : i) + 1,
			                .day = (int32_t)(FIRST + day),
			                .score = (uint8_t)score_on(&d, day) };
	}
	struct watch_people p = watch_people_of(&arena, at, count);
	free(at);
	return p;
}

/* Every day anew, as the round does it; gives how many changes were told in all. */
static size_t watch_daily(struct watch *w, const struct watch_people *p, int64_t from, int64_t to,
                          struct watch_change *told)
{
	size_t all = 0;
	for (int64_t day = from; day < to; day++) {
		size_t count;
		watch_settle(w, p, FIRST + day);
		struct watch_change *changes =
		    watch_look(w, &arena, p, WATCH_SERIES_EACH, FIRST + day, &count);
		for (size_t i = 0; i < count; i++)
			told[all++] = changes[i];
	}
	return all;
}

static void tells_a_fall_once_with_its_day_and_its_size(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 50, 20 }, { 300, 35, 35 } };
	struct watch w = { 0 };
	struct watch_change told[32];
	struct watch_people p = drawn((struct drawing){ 1, phases, 2, 15, false }, 420);
	assert_int_equal(watch_daily(&w, &p, 200, 420, told), 1);
	assert_true(told[0].seen_day > FIRST + 300 && told[0].seen_day < FIRST + 360);
	assert_true(told[0].from <= FIRST + 300 && FIRST + 300 <= told[0].to);
	assert_true(told[0].lo < -30 && -30 < told[0].hi && told[0].hi < 0);
	assert_true(told[0].people_after > 0 && told[0].people_before > 15 * 182);
	/* What comes next is compared with the new level. */
	assert_true(w.baseline_from >= told[0].day);
	assert_int_equal(w.state, WATCH_ON);
}

static void tells_a_rise_as_it_tells_a_fall(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 35, 35 }, { 300, 50, 20 }, { 550, 35, 35 } };
	struct watch w = { 0 };
	struct watch_change told[32];
	struct watch_people p = drawn((struct drawing){ 6, phases, 3, 15, false }, 680);
	assert_int_equal(watch_daily(&w, &p, 200, 680, told), 2);
	assert_true(told[0].seen_day > FIRST + 300 && told[0].seen_day < FIRST + 360);
	assert_true(told[0].from <= FIRST + 300 && FIRST + 300 <= told[0].to);
	assert_true(told[0].lo > 0 && told[0].lo < 30 && 30 < told[0].hi);
	assert_true(told[0].after > told[0].before);
	/* And the way back from the new level. */
	assert_true(told[1].seen_day > FIRST + 550 && told[1].hi < 0);
}

static void sees_the_same_in_one_run_over_history_as_day_by_day(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 50, 20 }, { 300, 30, 40 }, { 500, 10, 60 } };
	struct watch daily = { 0 }, at_once = { 0 };
	struct watch_change told[32], *changes;
	size_t count;
	struct watch_people p = drawn((struct drawing){ 2, phases, 3, 15, false }, 600);
	/* From a day on which the longest baseline is there, whoever looks. */
	size_t all = watch_daily(&daily, &p, 182, 600, told);
	watch_settle(&at_once, &p, FIRST + 599);
	changes = watch_look(&at_once, &arena, &p, WATCH_SERIES_EACH, FIRST + 599, &count);
	assert_int_equal(all, 2);
	assert_int_equal(count, 2);
	assert_int_equal(changes[0].seen_day, told[0].seen_day);
	assert_int_equal(changes[0].day, told[0].day);
	assert_true(changes[1].size < -20 && told[1].size < -20);
}

static void says_nothing_for_two_years_of_the_same_in_most_runs(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 45, 20 } };
	size_t told_in = 0;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct watch w = { 0 };
		size_t count;
		struct watch_people p = drawn((struct drawing){ seed, phases, 1, 10, false }, 728);
		watch_settle(&w, &p, FIRST + 727);
		(void)watch_look(&w, &arena, &p, WATCH_SERIES_EACH, FIRST + 727, &count);
		told_in += count > 0;
	}
	assert_true(told_in <= 5);
}

static void is_off_below_thirty_people_a_week_and_says_why(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 50, 20 } };
	struct watch w = { 0 };
	size_t count;
	struct watch_people p = drawn((struct drawing){ 3, phases, 1, 4, false }, 300);
	watch_settle(&w, &p, FIRST + 299);
	assert_int_equal(w.state, WATCH_OFF_FLOW);
	assert_true(w.per_week > 27 && w.per_week < 29);
	(void)watch_look(&w, &arena, &p, WATCH_SERIES_EACH, FIRST + 299, &count);
	assert_int_equal(count, 0);
	p = drawn((struct drawing){ 3, phases, 1, 40, false }, 60);
	w = (struct watch){ 0 };
	watch_settle(&w, &p, FIRST + 59);
	assert_int_equal(w.state, WATCH_OFF_BASELINE);
	watch_settle(&w, &(struct watch_people){ 0 }, FIRST + 59);
	assert_int_equal(w.state, WATCH_OFF_GONE);
}

static void counts_a_person_once_a_day_however_often_it_answers(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 50, 20 } };
	struct watch w = { 0 };
	struct watch_people p = drawn((struct drawing){ 4, phases, 1, 40, true }, 200);
	assert_int_equal(p.count, 200);
	watch_settle(&w, &p, FIRST + 199);
	assert_int_equal(w.state, WATCH_OFF_FLOW);
}

static void takes_a_newer_baseline_after_a_year(void **state)
{
	(void)state;
	static const struct phase phases[] = { { 0, 45, 20 } };
	struct watch w = { 0 };
	struct watch_people p = drawn((struct drawing){ 5, phases, 1, 10, false }, 900);
	watch_settle(&w, &p, FIRST + 400);
	int64_t first = w.baseline_from, last = w.baseline_to;
	assert_int_equal(first, FIRST);
	watch_settle(&w, &p, last + 364);
	assert_int_equal(w.baseline_from, first);
	watch_settle(&w, &p, last + 365);
	assert_int_equal(w.baseline_from, last + 1);
	assert_int_equal(w.baseline_to, last + 182);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(tells_a_fall_once_with_its_day_and_its_size, drop),
		cmocka_unit_test_teardown(tells_a_rise_as_it_tells_a_fall, drop),
		cmocka_unit_test_teardown(sees_the_same_in_one_run_over_history_as_day_by_day,
		                          drop),
		cmocka_unit_test_teardown(says_nothing_for_two_years_of_the_same_in_most_runs,
		                          drop),
		cmocka_unit_test_teardown(is_off_below_thirty_people_a_week_and_says_why, drop),
		cmocka_unit_test_teardown(counts_a_person_once_a_day_however_often_it_answers,
		                          drop),
		cmocka_unit_test_teardown(takes_a_newer_baseline_after_a_year, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
