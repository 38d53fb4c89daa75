/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/theme_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/themes.h"

#define TEXTS 900

static const char file[] =
    "[food]\nname: Food\nen: food, pizza, plate\n[staff]\nname: Staff\nen: waiter\n"
    "[rare]\nname: Rare\nen: unicorn\n";

struct scene {
	struct arena a;
	struct word_reader *reader;
	struct taxonomy t;
	const struct theme_reader *seeds;
	struct words texts[TEXTS];
	struct theme_correction corrections[TEXTS];
};

/* Food is divine and fresh, the waiter friendly and quick, and of the rest nothing is said. */
static void begin(struct scene *s)
{
	static const char *const texts[] = {
		"The food was simply divine tonight", "Fresh divine pizza",
		"Our waiter was friendly and quick",  "A friendly waiter indeed",
		"We came back on a sunny Tuesday",    "They closed the street early",
	};
	struct err err;
	*s = (struct scene){ .reader = word_reader_open() };
	if (!taxonomy_read(&s->a, str_of(file), &s->t, &err))
		fail_msg("%s", err.msg);
	s->seeds = theme_reader_new(&s->a, s->reader, &s->t, NULL);
	for (size_t i = 0; i < TEXTS; i++)
		words_read(s->reader, &s->a, str_of(texts[i % 6]), TONGUE_EN, &s->texts[i]);
}

static const struct theme_reader *learn(struct scene *s, size_t fold, size_t folds)
{
	struct theme_model *m = ARENA_NEW(&s->a, struct theme_model);
	struct theme_lesson lesson = { .taxonomy = &s->t,
		                       .seeds = theme_reader_seeds(s->seeds),
		                       .texts = s->texts,
		                       .count = TEXTS,
		                       .corrections = s->corrections,
		                       .fold = fold,
		                       .folds = folds };
	assert_true(theme_learn(&s->a, &lesson, m));
	return theme_reader_with(&s->a, s->seeds, m);
}

static void end(struct scene *s)
{
	word_reader_close(s->reader);
	arena_free(&s->a);
}

static struct theme_mentions read_text(struct scene *s, const struct theme_reader *r,
                                       const char *text)
{
	struct words w;
	struct theme_mentions m;
	words_read(s->reader, &s->a, str_of(text), TONGUE_EN, &w);
	theme_read(r, &s->a, &w, NULL, &m);
	return m;
}

static void finds_what_stands_beside_seeds_without_one(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	const struct theme_reader *r = learn(&s, 0, 0);
	assert_int_equal(read_text(&s, s.seeds, "Tuesday; it was simply divine").count, 0);
	struct theme_mentions m = read_text(&s, r, "Tuesday; it was simply divine");
	assert_int_equal(m.count, 1);
	assert_int_equal(m.mention[0].theme, 0);
	assert_false(m.mention[0].has_seed);
	/* The clause that says it. */
	assert_int_equal(m.mention[0].clause, 1);
	assert_int_equal(m.mention[0].from, 9);
	assert_int_equal(m.mention[0].len, 20);
	assert_true(m.mention[0].certainty > .5F && m.mention[0].certainty < 1);
	assert_int_equal(read_text(&s, r, "On a sunny street").count, 0);
	end(&s);
}

static void keeps_seeds_and_leaves_rare_themes_to_them(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	const struct theme_reader *r = learn(&s, 0, 0);
	struct theme_mentions m = read_text(&s, r, "A plate and a unicorn");
	assert_int_equal(m.count, 2);
	assert_int_equal(m.mention[0].theme, 0);
	assert_int_equal(m.mention[1].theme, 2);
	assert_true(m.mention[0].has_seed && m.mention[1].has_seed);
	end(&s);
}

static void doubts_a_seed_that_people_said_is_none(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	for (size_t i = 4; i < TEXTS; i += 6) {
		words_read(s.reader, &s.a, STR("My number plate was stolen"), TONGUE_EN,
		           &s.texts[i]);
		s.corrections[i] = (struct theme_correction){ .is_not = 1 };
	}
	const struct theme_reader *r = learn(&s, 0, 0);
	assert_int_equal(read_text(&s, s.seeds, "His number plate").count, 1);
	assert_int_equal(read_text(&s, r, "His number plate").count, 0);
	assert_int_equal(read_text(&s, r, "Divine food").count, 1);
	end(&s);
}

static void leaves_out_its_own_fold(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	/* What only texts of fold 0 say is unknown to the model that leaves them out. */
	for (size_t i = 0; i < TEXTS; i += 6)
		words_read(s.reader, &s.a, STR("Such scrumptious food"), TONGUE_EN, &s.texts[i]);
	assert_int_equal(read_text(&s, learn(&s, 0, 6), "Such scrumptious scrumptious").count, 0);
	assert_int_equal(read_text(&s, learn(&s, 1, 6), "Such scrumptious scrumptious").count, 1);
	end(&s);
}

static void has_nothing_to_learn_from_few(void **state)
{
	(void)state;
	struct scene s;
	struct theme_model m;
	begin(&s);
	struct theme_lesson lesson = { .taxonomy = &s.t,
		                       .seeds = theme_reader_seeds(s.seeds),
		                       .texts = s.texts,
		                       .count = 10 };
	assert_false(theme_learn(&s.a, &lesson, &m));
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_stands_beside_seeds_without_one),
		cmocka_unit_test(keeps_seeds_and_leaves_rare_themes_to_them),
		cmocka_unit_test(doubts_a_seed_that_people_said_is_none),
		cmocka_unit_test(leaves_out_its_own_fold),
		cmocka_unit_test(has_nothing_to_learn_from_few),
	};
	return cmocka_run_group_tests_name("theme model", tests, NULL, NULL);
}
