/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/valence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct ground {
	struct arena a;
	struct word_reader *reader;
};

static void number(struct ground *g, enum tongue t, const char *text, float *numbers)
{
	struct words w;
	struct valence v;
	words_read(g->reader, &g->a, str_of(text), t, &w);
	valence_read(&g->a, &w, NULL, &v);
	valence_numbers(&w, &v, 0, w.count, numbers);
}

static float one(struct ground *g, enum tongue t, const char *text, enum valence_number which)
{
	float numbers[VALENCE_COUNT];
	number(g, t, text, numbers);
	return numbers[which];
}

static float compound(struct ground *g, enum tongue t, const char *text)
{
	return one(g, t, text, VALENCE_COMPOUND);
}

static int set_up(void **state)
{
	static struct ground g;
	g = (struct ground){ .reader = word_reader_open() };
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

static void turns_what_is_negated(void **state)
{
	assert_true(compound(*state, TONGUE_EN, "good") > 0);
	assert_true(compound(*state, TONGUE_EN, "not very good") < 0);
	assert_true(compound(*state, TONGUE_EN, "no problems") > 0);
	assert_true(compound(*state, TONGUE_EN, "not now. Good") > 0);
	assert_true(compound(*state, TONGUE_DE, "gefällt mir nicht") < 0);
	assert_true(compound(*state, TONGUE_DE, "gefällt nicht") < 0);
	assert_true(compound(*state, TONGUE_EN, "it works not") >= 0);
	assert_true(compound(*state, TONGUE_PT, "não gostei") < 0);
	assert_true(compound(*state, TONGUE_ES, "es más rápido") > 0);
	assert_true(compound(*state, TONGUE_ES, "podría ser más rápido") < 0);
	assert_true(compound(*state, TONGUE_ES, "no podría ser mejor") > 0);
	assert_true(compound(*state, TONGUE_FR, "l'efficacité") > 0);
	assert_true(compound(*state, TONGUE_IT, "un'ottima scelta") > 0);
}

static void weighs_degree_and_emphasis(void **state)
{
	float plain = compound(*state, TONGUE_EN, "the food was good");
	assert_true(compound(*state, TONGUE_EN, "the food was very good") > plain);
	assert_true(compound(*state, TONGUE_EN, "the food was somewhat good") < plain);
	assert_true(compound(*state, TONGUE_EN, "the food was GOOD") > plain);
	assert_true(compound(*state, TONGUE_EN, "the food was goood") >= plain);
	assert_true(compound(*state, TONGUE_EN, "the food was too good") < 0);
	assert_true(one(*state, TONGUE_EN, "good!!", VALENCE_CRIES) > 0);
	assert_true(one(*state, TONGUE_EN, "bad!!", VALENCE_CRIES) < 0);
}

static void hears_contrast_and_wishes(void **state)
{
	const char *text = "The room was good but the food was awful";
	assert_true(one(*state, TONGUE_EN, text, VALENCE_BEFORE_CONTRAST) > 0);
	assert_true(one(*state, TONGUE_EN, text, VALENCE_AFTER_CONTRAST) < 0);
	assert_true(one(*state, TONGUE_EN, text, VALENCE_BALANCE) > .2F);
	assert_true(one(*state, TONGUE_EN, "good", VALENCE_AFTER_CONTRAST) == 0);
	assert_true(one(*state, TONGUE_EN, "could be better", VALENCE_WISHED_GOOD) > 0);
	assert_true(one(*state, TONGUE_EN, "is better", VALENCE_WISHED_GOOD) == 0);
	assert_true(one(*state, TONGUE_EN, "No parking", VALENCE_PLAIN_NEGATIONS) > 0);
	assert_true(one(*state, TONGUE_EN, "No parking", VALENCE_BEGINS_NEGATED) == 1);
	assert_true(one(*state, TONGUE_EN, "No problem", VALENCE_PLAIN_NEGATIONS) == 0);
	assert_true(one(*state, TONGUE_EN, "a chair", VALENCE_NONE) == 1);
}

/* Numbers of a range are those of a text of its own. */
static void numbers_a_part_as_a_text(void **state)
{
	struct ground *g = *state;
	struct words w;
	struct valence v;
	float part[VALENCE_COUNT], whole[VALENCE_COUNT];
	words_read(g->reader, &g->a, STR("The food was awful; the staff were very friendly"),
	           TONGUE_EN, &w);
	valence_read(&g->a, &w, NULL, &v);
	assert_int_equal(w.clause_count, 2);
	valence_numbers(&w, &v, w.clauses[1].first, w.clauses[1].count, part);
	number(g, TONGUE_EN, "the staff were very friendly", whole);
	for (size_t i = 0; i < VALENCE_COUNT; i++)
		assert_float_equal(part[i], whole[i], 1e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(turns_what_is_negated),
		cmocka_unit_test(weighs_degree_and_emphasis),
		cmocka_unit_test(hears_contrast_and_wishes),
		cmocka_unit_test(numbers_a_part_as_a_text),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
