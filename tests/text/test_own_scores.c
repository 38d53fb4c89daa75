/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/own_scores.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Texts of which the shipped model says nothing: "shipped" is 0. */
static const char *const good[] = { "the blue desk", "a blue lamp", "blue", "my desk is blue" };
static const char *const bad[] = { "the green desk", "a green lamp", "green", "my desk is green" };
#define TEXTS 80

struct ground {
	struct arena a;
	struct word_reader *reader;
	struct own_example examples[TEXTS];
};

static void example(struct ground *g, const char *text, int leaning, struct own_example *out)
{
	struct words w;
	struct sentiment_reading nothing = { 0 };
	words_read(g->reader, &g->a, str_of(text), TONGUE_EN, &w);
	own_example(&g->a, &w, &nothing, leaning, out);
}

static int set_up(void **state)
{
	static struct ground g;
	g = (struct ground){ .reader = word_reader_open() };
	for (size_t i = 0; i < TEXTS; i++)
		example(&g, i % 2 ? good[i / 2 % 4] : bad[i / 2 % 4], i % 2 ? 1 : -1,
		        &g.examples[i]);
	*state = &g;
	return 0;
}

static int tear_down(void **state)
{
	struct ground *g = *state;
	word_reader_close(g->reader);
	arena_free(&g->a);
	return 0;
}

static float say(struct ground *g, const struct own_scores *o, const char *text)
{
	struct own_example e;
	example(g, text, 0, &e);
	return own_scores_say(o, &e.features);
}

static void learns_what_words_mean_here(void **state)
{
	struct ground *g = *state;
	struct own_scores o;
	own_scores_learn(&g->a, g->examples, TEXTS, &o);
	assert_int_equal(o.learnt_from, TEXTS);
	assert_true(say(g, &o, "one blue chair") > .1F);
	assert_true(say(g, &o, "one green chair") < -.1F);
}

static void moves_less_with_fewer_answers(void **state)
{
	struct ground *g = *state;
	struct own_scores few, many;
	own_scores_learn(&g->a, g->examples, 8, &few);
	own_scores_learn(&g->a, g->examples, TEXTS, &many);
	assert_true(say(g, &few, "blue") > 0);
	assert_true(say(g, &few, "blue") < say(g, &many, "blue") / 2);
}

static void learns_nothing_from_one_side_or_none(void **state)
{
	struct ground *g = *state;
	struct own_example one_side[3] = { g->examples[1], g->examples[3], g->examples[5] };
	struct own_scores o;
	own_scores_learn(&g->a, one_side, 3, &o);
	assert_true(say(g, &o, "blue") == 0);
	own_scores_learn(&g->a, NULL, 0, &o);
	assert_true(say(g, &o, "blue") == 0);
	for (size_t i = 0; i < 3; i++)
		one_side[i].leaning = 0;
	own_scores_learn(&g->a, one_side, 3, &o);
	assert_int_equal(o.learnt_from, 0);
}

/* A text that stands once, with a score of chance, is judged as if it had none. */
static void judges_no_answer_by_itself(void **state)
{
	struct ground *g = *state;
	static struct own_example all[TEXTS + 2];
	static float own[TEXTS + 2], other[TEXTS + 2];
	for (size_t i = 0; i < TEXTS; i++)
		all[i] = g->examples[i];
	example(g, "unheard words here", 1, &all[TEXTS]);
	example(g, "blue sky", 1, &all[TEXTS + 1]);
	own_scores_cross(&g->a, all, NULL, TEXTS + 2, own);
	all[TEXTS].leaning = -1;
	own_scores_cross(&g->a, all, NULL, TEXTS + 2, other);
	assert_float_equal(own[TEXTS], other[TEXTS], 1e-3);
	assert_true(own[TEXTS + 1] > .1F);
	/* While who saw it would say otherwise. */
	struct own_scores a, b;
	own_scores_learn(&g->a, all, TEXTS + 2, &b);
	all[TEXTS].leaning = 1;
	own_scores_learn(&g->a, all, TEXTS + 2, &a);
	assert_true(say(g, &a, "unheard words here") > say(g, &b, "unheard words here") + .1F);
}

/* All answers of one person are of one fold: what stands only with them is not heard of. */
static void keeps_a_person_in_one_fold(void **state)
{
	struct ground *g = *state;
	static struct own_example all[TEXTS + 6];
	static uint64_t group[TEXTS + 6];
	static float apart[TEXTS + 6], together[TEXTS + 6];
	for (size_t i = 0; i < TEXTS + 6; i++) {
		if (i < TEXTS)
			all[i] = g->examples[i];
		else
			example(g, "zebra crossing", 1, &all[i]);
		group[i] = i < TEXTS ? i : TEXTS;
	}
	own_scores_cross(&g->a, all, NULL, TEXTS + 6, apart);
	own_scores_cross(&g->a, all, group, TEXTS + 6, together);
	assert_true(apart[TEXTS] > together[TEXTS] + .1F);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(learns_what_words_mean_here),
		cmocka_unit_test(moves_less_with_fewer_answers),
		cmocka_unit_test(learns_nothing_from_one_side_or_none),
		cmocka_unit_test(judges_no_answer_by_itself),
		cmocka_unit_test(keeps_a_person_in_one_fold),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
