/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/own_model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define TEXTS 200

struct ground {
	struct arena a;
	struct word_reader *reader;
	struct own_example examples[TEXTS];
	uint64_t owner[TEXTS];
	float own[TEXTS];
	const struct own_model *model;
};
static struct ground g;

static void example(const char *text, int leaning, struct own_example *out)
{
	struct words w;
	struct sentiment_reading nothing = { 0 };
	words_read(g.reader, &g.a, str_copy(&g.a, str_of(text)), TONGUE_EN, &w);
	own_example(&g.a, &w, &nothing, leaning, out);
}

/* What is blue is good and what is green is bad; each text has a word that no other has. */
static int set_up(void **state)
{
	char text[64];
	(void)state;
	g = (struct ground){ .reader = word_reader_open() };
	for (int i = 0; i < TEXTS; i++) {
		snprintf(text, sizeof text, "the %s thing%d", i % 2 ? "blue" : "green", i);
		example(text, i % 2 ? 1 : -1, &g.examples[i]);
		g.owner[i] = 1000 + (uint64_t)i;
	}
	struct own_lesson lesson = { g.examples, g.owner, TEXTS, NULL, NULL };
	assert_true(own_model_learn(&g.a, &lesson, &g.model, g.own));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	word_reader_close(g.reader);
	arena_free(&g.a);
	return 0;
}

static float say(const char *text, uint64_t owner)
{
	struct own_example e;
	example(text, 0, &e);
	return own_model_say(g.model, &e.features, owner);
}

static void says_for_everybody_what_words_mean_here(void **state)
{
	(void)state;
	for (uint64_t owner = 0; owner < 20; owner++) {
		assert_true(say("a blue lamp", owner) > 0.3F);
		assert_true(say("a green lamp", owner) < -0.3F);
	}
	for (int i = 0; i < TEXTS; i++)
		assert_true((g.own[i] > 0) == (i % 2 == 1));
}

/* The word that only an owner's own comment had is unknown to the model that judges him, and known to the others. */
static void knows_nothing_of_what_the_owner_said(void **state)
{
	(void)state;
	char text[64];
	int known = 0;
	for (int i = 0; i < TEXTS; i++) {
		snprintf(text, sizeof text, "thing%d", i);
		float nothing = say("unheard", g.owner[i]);
		assert_true(fabsf(say(text, g.owner[i]) - nothing) < 1e-6F);
		for (uint64_t other = 1; other < 10; other++)
			known += fabsf(say(text, other) - say("unheard", other)) > 1e-4F;
	}
	assert_in_range(known, TEXTS * 9 / 2, TEXTS * 9);
}

static void is_the_same_when_it_was_kept(void **state)
{
	(void)state;
	struct buf *bytes = buf_in(&g.a, 1 << 22);
	const struct own_model *again;
	struct err err;
	own_model_write(g.model, bytes);
	assert_true(own_model_read(&g.a, buf_str(bytes), &again, &err));
	for (int i = 0; i < TEXTS; i++)
		assert_true(own_model_say(again, &g.examples[i].features, g.owner[i]) == g.own[i]);
	assert_false(own_model_read(&g.a, str_slice(buf_str(bytes), 0, 200), &again, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
}

static bool once(void *context)
{
	int *asked = context;
	return ++*asked < 2;
}

static void ends_when_it_is_told(void **state)
{
	(void)state;
	int asked = 0;
	const struct own_model *m;
	struct own_lesson lesson = { g.examples, g.owner, TEXTS, once, &asked };
	assert_false(own_model_learn(&g.a, &lesson, &m, g.own));
	assert_int_equal(asked, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_for_everybody_what_words_mean_here),
		cmocka_unit_test(knows_nothing_of_what_the_owner_said),
		cmocka_unit_test(is_the_same_when_it_was_kept),
		cmocka_unit_test(ends_when_it_is_told),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
