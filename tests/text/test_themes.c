/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/themes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static const char file[] =
    "[food]\nname: Food\nen: food, pizza, soup, tast*\nde: *suppe\npt: comer\n"
    "en maybe: cold, order near <staff>\nen not: food chain, fast food\n"
    "[staff]\nname: Staff\nen: waiter, staff, =rude, took .. order\n"
    "[price]\nname: Price\nen: price, cheap unless plastic, rip off, $\n"
    "any: \xE2\x82\xAC\nfr: addition\n"
    "[app]\nname: App\nen: log near app|phone\n";

struct scene {
	struct arena a;
	struct word_reader *reader;
	struct taxonomy t;
	const struct theme_reader *r;
	struct words w;
};

static void begin(struct scene *s)
{
	struct err err;
	*s = (struct scene){ .reader = word_reader_open() };
	if (!taxonomy_read(&s->a, str_of(file), &s->t, &err))
		fail_msg("%s", err.msg);
	s->r = theme_reader_new(&s->a, s->reader, &s->t, NULL);
}

static void end(struct scene *s)
{
	word_reader_close(s->reader);
	arena_free(&s->a);
}

/* +1 for each "good", -1 for each "bad" or "rude" among the words. */
static float count_good(void *of, size_t first, size_t count)
{
	const struct words *w = of;
	float sum = 0;
	for (size_t i = first; i < first + count; i++) {
		sum += str_eq(w->words[i].folded, STR("good")) ? 1.0F : 0.0F;
		sum -= str_eq(w->words[i].folded, STR("bad")) ||
		               str_eq(w->words[i].folded, STR("rude"))
		           ? 1.0F
		           : 0.0F;
	}
	return sum > 1 ? 1 : sum < -1 ? -1 : sum;
}

/* "food:pizza+ staff:waiter-", the spans as they stand in the text. */
static const char *found(struct scene *s, const char *text, enum tongue tongue)
{
	struct theme_mentions m;
	struct buf *out = buf_in(&s->a, 4096);
	words_read(s->reader, &s->a, str_of(text), tongue, &s->w);
	struct theme_judge judge = { count_good, &s->w };
	theme_read(s->r, &s->a, &s->w, &judge, &m);
	for (size_t i = 0; i < m.count; i++) {
		const struct theme_mention *one = &m.mention[i];
		Str span = str_slice(s->w.text, one->from, one->len);
		assert_int_equal(span.len, one->len);
		assert_int_equal(s->w.words[one->first].clause, one->clause);
		assert_true(
		    buf_add(out, str_printf(&s->a, "%s%.*s:%.*s%s", i ? " " : "",
		                            STR_FMT(s->t.theme[one->theme].key), STR_FMT(span),
		                            one->polarity > 0   ? "+"
		                            : one->polarity < 0 ? "-"
		                                                : "")));
	}
	return str_copy_c(&s->a, buf_str(out));
}

static void finds_seeds_by_stem_form_beginning_and_end(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_string_equal(found(&s, "Pizzas!", TONGUE_EN), "food:Pizzas");
	assert_string_equal(found(&s, "so tasteful", TONGUE_EN), "food:tasteful");
	assert_string_equal(found(&s, "rude, not rudest", TONGUE_EN), "staff:rude-");
	assert_string_equal(found(&s, "rudest", TONGUE_EN), "");
	assert_string_equal(found(&s, "Die Tomatensuppe", TONGUE_DE), "food:Tomatensuppe");
	assert_string_equal(found(&s, "die Suppe", TONGUE_EN), "");
	assert_string_equal(found(&s, "l'addition", TONGUE_FR), "price:addition");
	assert_string_equal(found(&s, "cost me $40", TONGUE_EN), "price:$");
	assert_string_equal(found(&s, "40 \xE2\x82\xAC", TONGUE_IT), "price:\xE2\x82\xAC");
	end(&s);
}

/* Portuguese "comer", to eat, and "com", with, have one stem. */
static void takes_no_word_of_grammar_for_a_seed(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_string_equal(found(&s, "foi bom comer", TONGUE_PT), "food:comer");
	assert_string_equal(found(&s, "foi bom com ela", TONGUE_PT), "");
	end(&s);
}

static void finds_phrases_over_hyphens_and_gaps(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_string_equal(found(&s, "a rip-off", TONGUE_EN), "price:rip-off");
	assert_string_equal(found(&s, "a rip. Off we went", TONGUE_EN), "");
	assert_string_equal(found(&s, "he took all of our orders", TONGUE_EN),
	                    "staff:took all of our orders");
	assert_string_equal(found(&s, "he took one or two or more orders", TONGUE_EN), "");
	end(&s);
}

static void keeps_conditions(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_string_equal(found(&s, "cheap plastic", TONGUE_EN), "");
	assert_string_equal(found(&s, "it was cheap", TONGUE_EN), "price:cheap");
	assert_string_equal(found(&s, "I log in", TONGUE_EN), "");
	assert_string_equal(found(&s, "the phone would not log in", TONGUE_EN), "app:log");
	assert_string_equal(found(&s, "fast food", TONGUE_EN), "");
	assert_string_equal(found(&s, "fast food is food", TONGUE_EN), "food:food");
	/* What may count needs what is sure, in the same sentence. */
	assert_string_equal(found(&s, "It was cold.", TONGUE_EN), "");
	assert_string_equal(found(&s, "Soup? Cold.", TONGUE_EN), "food:Soup");
	assert_string_equal(found(&s, "we had soup; it came cold", TONGUE_EN),
	                    "food:soup food:cold");
	assert_string_equal(found(&s, "soup; the order was lost", TONGUE_EN), "food:soup");
	assert_string_equal(found(&s, "soup; the waiter lost the order", TONGUE_EN),
	                    "food:soup food:order staff:waiter");
	end(&s);
}

static void judges_each_theme_by_its_own_words(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_string_equal(found(&s, "good pizza, but the waiter was bad", TONGUE_EN),
	                    "food:pizza+ staff:waiter-");
	assert_string_equal(found(&s, "good pizza and bad staff", TONGUE_EN),
	                    "food:pizza+ staff:staff-");
	assert_string_equal(found(&s, "pizza and staff were bad", TONGUE_EN),
	                    "food:pizza- staff:staff-");
	/* A clause of no theme belongs to the one beside it, one of another theme does not. */
	assert_string_equal(found(&s, "the soup came late; that was bad", TONGUE_EN), "food:soup-");
	assert_string_equal(found(&s, "the soup came; the waiter was bad", TONGUE_EN),
	                    "food:soup staff:waiter-");
	end(&s);
}

static void weighs_the_mentions_of_a_theme(void **state)
{
	(void)state;
	struct theme_mention of[] = {
		{ .theme = 1, .certainty = 1, .polarity = 1 },
		{ .theme = 1, .certainty = 1, .polarity = 0 },
		{ .theme = 1, .certainty = .5F, .polarity = -1 },
		{ .theme = 2, .certainty = 1, .polarity = -1 },
	};
	struct theme_mentions m = { of, 4 };
	size_t count;
	assert_float_equal(theme_polarity(&m, 0, &count), 1.0F / 3, 1e-5);
	assert_int_equal(count, 3);
	assert_float_equal(theme_polarity(&m, 3, &count), -1, 1e-5);
	assert_int_equal(count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_seeds_by_stem_form_beginning_and_end),
		cmocka_unit_test(takes_no_word_of_grammar_for_a_seed),
		cmocka_unit_test(finds_phrases_over_hyphens_and_gaps),
		cmocka_unit_test(keeps_conditions),
		cmocka_unit_test(judges_each_theme_by_its_own_words),
		cmocka_unit_test(weighs_the_mentions_of_a_theme),
	};
	return cmocka_run_group_tests_name("themes", tests, NULL, NULL);
}
