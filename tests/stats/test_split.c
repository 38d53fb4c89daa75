/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/split.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))

static struct arena arena;

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Household headship in the United States, 1970 and 1985, by age: Das Gupta 1993, example 5.1. */
static const struct split_cell headship[] = {
	{ { 12.9, 10.1 }, { 1.9, 2.2 } },  { { 10.9, 11.2 }, { 25.8, 24.3 } },
	{ { 9.5, 11.6 }, { 45.7, 45.8 } }, { { 8.0, 10.9 }, { 49.6, 52.5 } },
	{ { 7.8, 9.4 }, { 51.2, 56.1 } },  { { 8.4, 7.7 }, { 51.6, 55.6 } },
	{ { 8.6, 6.3 }, { 51.8, 56.0 } },  { { 7.8, 6.0 }, { 54.9, 57.4 } },
	{ { 7.0, 6.3 }, { 58.7, 57.2 } },  { { 5.9, 5.9 }, { 60.4, 61.2 } },
	{ { 4.7, 5.1 }, { 62.8, 63.9 } },  { { 3.6, 4.0 }, { 66.6, 68.6 } },
	{ { 4.9, 5.5 }, { 66.8, 72.2 } }
};

/* Deaths per 1000, 1970 and 1985, by race and age: example 5.3. Sizes, then rates, 1985 then 1970. */
#define RACES 2
#define AGES  11
static const double deaths[4][RACES * AGES] = {
	{ 3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254, 8022, 2472,
	  707,  2692,  6473,  6841,  6547,  4352,  3034,  2540,  1749,  804,  236 },
	{ 2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339, 5720, 1315,
	  535,  2162,  6120,  4781,  3096,  2718,  2363,  1767,  1149,  448,  117 },
	{ 9.163,  0.462, 0.248, 0.929, 1.084, 1.810, 4.715, 12.187, 27.728, 64.068, 157.570,
	  17.208, 0.738, 0.328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128, 68.276, 125.161 },
	{ 18.469, 0.751, 0.391, 1.146, 1.287, 2.672, 6.636,  15.691, 34.723, 79.763, 176.837,
	  36.993, 1.352, 0.541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091, 74.902, 123.205 },
};

static void splits_the_published_table_of_one_attribute(void **state)
{
	(void)state;
	struct split_cell cells[13];
	for (size_t i = 0; i < 13; i++)
		for (int t = 0; t < 2; t++) {
			cells[i].n[t] = headship[i].n[t];
			cells[i].s[t] = headship[i].n[t] * headship[i].s[t] / 100;
		}
	struct split_one one;
	split_one(&arena, cells, 13, &one);
	NEAR(one.before, 44.7268, 5e-5);
	NEAR(one.now, 47.6940, 5e-5);
	NEAR(one.mix.value, 1.2269, 5e-5);
	NEAR(one.rate.value, 1.7403, 5e-5);
	NEAR(one.fresh.value + one.gone.value, 0, 1e-12);
}

static void splits_the_published_table_of_two_attributes(void **state)
{
	(void)state;
	struct split_cell cells[RACES * AGES];
	uint32_t codes[2 * RACES * AGES];
	for (unsigned i = 0; i < RACES * AGES; i++) {
		codes[2 * i] = i / AGES;
		codes[2 * i + 1] = i % AGES;
		for (int t = 0; t < 2; t++) {
			cells[i].n[t] = deaths[1 - t][i];
			cells[i].s[t] = deaths[1 - t][i] * deaths[3 - t][i];
		}
	}
	struct split_grid grid = { RACES * AGES, 2, codes, 0 };
	struct split_several several;
	split_several(&arena, &grid, cells, &several);
	NEAR(several.before / 100, 9.421833, 5e-7);
	NEAR(several.now / 100, 8.735618, 5e-7);
	NEAR(several.mix[0].value / 100, 0.0197749, 5e-8);
	NEAR(several.mix[1].value / 100, 1.5217347, 5e-8);
	NEAR(several.rate.value / 100, -2.2277254, 5e-8);
}

/* The same answers as reference/split.py draws. */
struct table {
	size_t count, attributes;
	struct split_cell cells[64];
	uint32_t codes[64 * SPLIT_ATTRIBUTES];
};

static void draw_table(struct table *t, const unsigned *sizes, size_t attributes, uint64_t seed,
                       double sparse)
{
	t->attributes = attributes;
	t->count = 1;
	for (size_t k = 0; k < attributes; k++)
		t->count *= sizes[k];
	for (size_t c = 0; c < t->count; c++) {
		size_t rest = c;
		for (size_t k = attributes; k-- > 0; rest /= sizes[k])
			t->codes[c * attributes + k] = (uint32_t)(rest % sizes[k]);
		for (int period = 0; period < 2; period++) {
			bool gone = reference_draw(&seed) < sparse;
			int n = gone ? 0 : 1 + (int)reference_pick(&seed, 40);
			t->cells[c].n[period] = n;
			t->cells[c].s[period] = (int)reference_pick(&seed, 2 * (unsigned)n + 1) - n;
		}
	}
}

static void check_table(const unsigned *sizes, size_t attributes, unsigned seed, double sparse,
                        double *largest)
{
	static struct table t;
	draw_table(&t, sizes, attributes, seed, sparse);
	for (int middle = 0; middle < 2; middle++) {
		double origin = middle ? split_middle(t.cells, t.count) : 0;
		struct split_grid grid = { t.count, attributes, t.codes, origin };
		struct split_several s;
		split_several(&arena, &grid, t.cells, &s);
		const char *name = middle ? "middle" : "zero";
		double sum = s.rate.value;
		for (size_t k = 0; k <= attributes; k++) {
			double ours = k < attributes ? s.mix[k].value : s.rate.value;
			double theirs = reference_value("split", "%u-%s-%zu", seed, name, k);
			*largest = fmax(*largest, fabs(ours - theirs));
			sum += k < attributes ? ours : 0;
		}
		NEAR(s.change.value, reference_value("split", "%u-change", seed), 1e-10);
		NEAR(sum, s.change.value, 1e-12);
	}
}

static void is_what_every_order_of_changes_gives_on_average(void **state)
{
	(void)state;
	static const unsigned sizes[5][4] = {
		{ 3 }, { 4, 3 }, { 4, 3 }, { 3, 4, 2 }, { 2, 3, 3, 2 }
	};
	static const size_t attributes[5] = { 1, 2, 2, 3, 4 };
	static const double sparse[5] = { 0, 0, 0.3, 0.4, 0.5 };
	double largest = 0;
	for (unsigned i = 0; i < 5; i++)
		check_table(sizes[i], attributes[i], i + 1, sparse[i], &largest);
	print_message("largest difference to the reference: %g points\n", largest);
	assert_true(largest < 1e-10);
}

static void adds_up_to_the_change_whatever_comes_and_goes(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 200; seed++) {
		struct table t;
		draw_table(&t, (unsigned[]){ 4, 5, 3 }, 3, seed, 0.05 * (seed % 20));
		struct split_one one;
		split_one(&arena, t.cells, t.count, &one);
		double sum = one.mix.value + one.rate.value + one.fresh.value + one.gone.value;
		NEAR(sum, one.change.value, 1e-12);
		NEAR(one.change.value, one.now - one.before, 1e-12);
		struct split_grid grid = { t.count, 3, t.codes, split_middle(t.cells, t.count) };
		struct split_several s;
		split_several(&arena, &grid, t.cells, &s);
		sum = s.rate.value + s.mix[0].value + s.mix[1].value + s.mix[2].value;
		NEAR(sum, s.change.value, 1e-12);
		double rates = 0;
		for (size_t c = 0; c < t.count; c++)
			rates += s.rate_of_cell[c];
		NEAR(rates, s.rate.value, 1e-12);
		arena_free(&arena);
	}
}

static void more_of_those_below_the_whole_pull_down(void **state)
{
	(void)state;
	/* both score the same in both periods, 60 and 20; the second grows */
	struct split_cell cells[] = { { { 80, 50 }, { 48, 30 } }, { { 20, 50 }, { 4, 10 } } };
	struct split_one one;
	split_one(&arena, cells, 2, &one);
	NEAR(one.rate.value, 0, 1e-12);
	NEAR(one.change.value, -12, 1e-12);
	assert_true(one.segments[0].mix.value < 0);
	assert_true(one.segments[1].mix.value < 0);
}

static void what_appears_and_vanishes_stands_apart(void **state)
{
	(void)state;
	struct split_cell cells[] = { { { 50, 50 }, { 20, 25 } },
		                      { { 50, 0 }, { 10, 0 } },
		                      { { 0, 50 }, { 0, -10 } },
		                      { { 0, 0 }, { 0, 0 } } };
	struct split_one one;
	split_one(&arena, cells, 4, &one);
	assert_int_equal(one.segments[0].kind, SPLIT_STAYED);
	assert_int_equal(one.segments[1].kind, SPLIT_GONE);
	assert_int_equal(one.segments[2].kind, SPLIT_FRESH);
	assert_int_equal(one.segments[3].kind, SPLIT_EMPTY);
	NEAR(one.rate.value, 5, 1e-12);
	NEAR(one.mix.value, 0, 1e-12);
	/* half of the answers at -20 and at 20, against the whole's 22.5 */
	NEAR(one.fresh.value, 0.5 * (-20 - 22.5), 1e-12);
	NEAR(one.gone.value, -0.5 * (20 - 22.5), 1e-12);
}

/* Channel 1 appears; the two countries answer as ever. An empty cell must not be the countries' doing. */
static void a_new_channel_is_not_the_countries_doing(void **state)
{
	(void)state;
	struct split_cell cells[] = { { { 60, 30 }, { 30, 15 } },
		                      { { 40, 20 }, { 20, 10 } },
		                      { { 0, 30 }, { 0, -6 } },
		                      { { 0, 20 }, { 0, -4 } } };
	static const uint32_t codes[] = { 0, 0, 0, 1, 1, 0, 1, 1 };
	struct split_grid grid = { 4, 2, codes, split_middle(cells, 4) };
	struct split_several s;
	split_several(&arena, &grid, cells, &s);
	NEAR(s.change.value, -35, 1e-12);
	NEAR(s.mix[0].value, -35, 1e-12);
	NEAR(s.mix[1].value, 0, 1e-12);
	NEAR(s.rate.value, 0, 1e-12);
}

static void says_nothing_when_a_period_is_empty(void **state)
{
	(void)state;
	struct split_cell cells[] = { { { 0, 10 }, { 0, 5 } } };
	struct split_one one;
	split_one(&arena, cells, 1, &one);
	assert_false(one.shown);
	NEAR(one.segments[0].mix.value, 0, 1e-12);
}

/* Answers of `people`, `answers` each and of one mind, in two segments over two periods. */
static const uint32_t segment_codes[] = { 0, 1 };
static const struct split_grid two_segments = { 2, 1, segment_codes, 0 };

struct world {
	struct split_facts facts;
	uint32_t *cluster, *kind;
};

static struct world world_of(size_t people, size_t answers, double fall, uint64_t seed)
{
	static const int64_t nobody[2 * SPLIT_KINDS];
	size_t n = people * answers;
	struct world w = { .cluster = ARENA_ARRAY(&arena, uint32_t, n),
		           .kind = ARENA_ARRAY(&arena, uint32_t, n) };
	for (size_t i = 0; i < n; i += answers) {
		uint8_t period = reference_draw(&seed) < 0.5;
		double share = period ? 0.6 : 0.4, mind = reference_draw(&seed);
		uint32_t cell = reference_draw(&seed) < share;
		double up = (cell ? 0.3 : 0.6) - (period && cell ? fall : 0);
		for (size_t k = 0; k < answers; k++) {
			w.cluster[i + k] = (uint32_t)i + 1;
			w.kind[i + k] = split_kind_of(cell, period,
			                              mind < up         ? 1
			                              : mind < up + 0.2 ? 0
			                                                : -1);
		}
	}
	w.facts = (struct split_facts){ .cells = 2,
		                        .alone = nobody,
		                        .owned = n,
		                        .cluster = w.cluster,
		                        .kind = w.kind,
		                        .clusters = (uint32_t)n };
	return w;
}

static void the_order_of_answers_does_not_show(void **state)
{
	(void)state;
	struct world w = world_of(120, 3, 0.2, 7);
	struct split_bootstrap how = { 42, 100 };
	struct split_one a, b;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &a, NULL);
	for (size_t i = 0, j = w.facts.owned - 1; i < j; i++, j--) {
		uint32_t cluster = w.cluster[i], kind = w.kind[i];
		w.cluster[i] = w.cluster[j];
		w.cluster[j] = cluster;
		w.kind[i] = w.kind[j];
		w.kind[j] = kind;
	}
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &b, NULL);
	assert_memory_equal(&a.change, &b.change, sizeof a.change);
	assert_memory_equal(a.segments, b.segments, 2 * sizeof *a.segments);
	how.seed = 43;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &b, NULL);
	assert_true(a.change.lo != b.change.lo);
}

static void people_of_one_mind_widen_the_range(void **state)
{
	(void)state;
	struct world w = world_of(300, 4, 0.2, 11);
	struct split_bootstrap how = { 1, 300 };
	struct split_one grouped, alone;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &grouped, NULL);
	const uint32_t *none = ARENA_ARRAY(&arena, uint32_t, w.facts.owned);
	w.facts.cluster = none;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &alone, NULL);
	double ratio = (grouped.rate.hi - grouped.rate.lo) / (alone.rate.hi - alone.rate.lo);
	assert_true(ratio > 1.6 && ratio < 2.4); /* sqrt(4) */
}

/* True terms: shares 40 to 60 % of a segment at -20, 40 points below the other, that falls by 2 x fall. */
static void the_range_holds_the_true_term_as_often_as_it_says(void **state)
{
	(void)state;
	enum { RUNS = 200 };
	double rate = -200 * 0.1 * 0.5, r[2] = { 40, -20 - 10 };
	double mix = 0.2 * (r[1] - r[0]);
	int rates = 0, mixes = 0;
	for (unsigned run = 1; run <= RUNS; run++) {
		struct world w = world_of(400, 2, 0.1, run * 1000003);
		struct split_bootstrap how = { run, 150 };
		struct split_one one;
		split_bootstrap(&arena, &two_segments, &w.facts, &how, &one, NULL);
		rates += one.rate.lo <= rate && rate <= one.rate.hi;
		mixes += one.mix.lo <= mix && mix <= one.mix.hi;
		arena_free(&arena);
	}
	print_message("held: rate %d, mix %d of %d\n", rates, mixes, RUNS);
	assert_in_range(rates, RUNS * 90 / 100, RUNS * 99 / 100);
	assert_in_range(mixes, RUNS * 90 / 100, RUNS * 99 / 100);
}

/* 20 people who answered eight times in the two periods, each of one mind. */
static void the_range_of_few_people_holds_the_truth_too(void **state)
{
	(void)state;
	enum { RUNS = 400 };
	int held = 0;
	for (unsigned run = 1; run <= RUNS; run++) {
		struct world w = world_of(20, 8, 0.1, run * 1000003);
		struct split_bootstrap how = { run, 400 };
		struct split_one one;
		split_bootstrap(&arena, &two_segments, &w.facts, &how, &one, NULL);
		/* What both terms add up to; shares move from 40 to 60 %, see above. */
		double truth = 0.6 * -40 + 0.4 * 40 - (0.4 * -20 + 0.6 * 40);
		held += one.change.lo <= truth && truth <= one.change.hi;
		arena_free(&arena);
	}
	print_message("few people: held %d of %d\n", held, RUNS);
	assert_true(held >= RUNS * 94 / 100);
}

/* Those who are clusters of their own may be told by kind, or one by one. */
static void answers_of_nobody_are_the_same_by_kind(void **state)
{
	(void)state;
	struct world w = world_of(300, 2, 0.2, 5);
	struct split_bootstrap how = { 3, 200 };
	struct split_one one, by_kind;
	int64_t alone[2 * SPLIT_KINDS] = { 0 };
	size_t owned = 0;
	for (size_t i = 0; i < w.facts.owned; i++)
		w.cluster[i] = w.kind[i] % 2 ? w.cluster[i] : 0;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &one, NULL);
	for (size_t i = 0; i < w.facts.owned; i++) {
		if (w.cluster[i]) {
			w.cluster[owned] = w.cluster[i];
			w.kind[owned++] = w.kind[i];
		} else {
			alone[w.kind[i]]++;
		}
	}
	assert_true(owned > 0 && owned < w.facts.owned);
	w.facts.owned = owned;
	w.facts.alone = alone;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &by_kind, NULL);
	assert_memory_equal(&one.change, &by_kind.change, sizeof one.change);
	assert_memory_equal(one.segments, by_kind.segments, 2 * sizeof *one.segments);
}

static void several_attributes_have_ranges_too(void **state)
{
	(void)state;
	struct world w = world_of(400, 2, 0.2, 3);
	struct split_bootstrap how = { 9, 200 };
	struct split_several s, both;
	struct split_one one, also;
	split_bootstrap(&arena, &two_segments, &w.facts, &how, NULL, &s);
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &one, NULL);
	/* of one attribute it is the same split, of the same draws */
	NEAR(s.rate.lo, one.rate.lo, 1e-9);
	NEAR(s.mix[0].hi, one.mix.hi, 1e-9);
	assert_true(s.rate.lo < s.rate.value && s.rate.value < s.rate.hi);
	split_bootstrap(&arena, &two_segments, &w.facts, &how, &also, &both);
	assert_memory_equal(&both.rate, &s.rate, sizeof both.rate);
	assert_memory_equal(&also.mix, &one.mix, sizeof also.mix);
}

static void the_reference_runs_again(void **state)
{
	(void)state;
	reference_runs_again("split");
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(splits_the_published_table_of_one_attribute),
		TEST(splits_the_published_table_of_two_attributes),
		TEST(is_what_every_order_of_changes_gives_on_average),
		TEST(adds_up_to_the_change_whatever_comes_and_goes),
		TEST(more_of_those_below_the_whole_pull_down),
		TEST(what_appears_and_vanishes_stands_apart),
		TEST(a_new_channel_is_not_the_countries_doing),
		TEST(says_nothing_when_a_period_is_empty),
		TEST(the_order_of_answers_does_not_show),
		TEST(people_of_one_mind_widen_the_range),
		TEST(the_range_holds_the_true_term_as_often_as_it_says),
		TEST(the_range_of_few_people_holds_the_truth_too),
		TEST(answers_of_nobody_are_the_same_by_kind),
		TEST(several_attributes_have_ranges_too),
		TEST(the_reference_runs_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
