/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"
#include "base/utf8.h"
#include "survey/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void says_everything_in_every_language(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDING_COUNT; i++) {
		const struct wording *w = wording_at(i);
#define IS_SAID(name)                 \
	assert_true(w->name.len > 0); \
	assert_true(utf8_is_valid(w->name));
		WORDING_TEXTS(IS_SAID)
#undef IS_SAID
	}
}

static size_t holes(Str text, Str hole)
{
	size_t count = 0, at;
	for (; (at = str_find(text, hole)) != SIZE_MAX; count++)
		text = str_from(text, at + hole.len);
	return count;
}

static void has_holes_only_where_they_are_filled(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDING_COUNT; i++) {
		const struct wording *w = wording_at(i);
		size_t braces = 0;
#define COUNT_BRACES(name) braces += holes(w->name, STR("{"));
		WORDING_TEXTS(COUNT_BRACES)
#undef COUNT_BRACES
		assert_int_equal(holes(w->question, STR("{brand}")), 1);
		assert_int_equal(holes(w->title, STR("{brand}")), 1);
		assert_int_equal(holes(w->confirm, STR("{score}")), 1);
		assert_int_equal(holes(w->your_score, STR("{score}")), 1);
		assert_int_equal(braces, 4);
	}
}

static void names_its_button_where_it_asks_to_press_it_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDING_COUNT; i++) {
		const struct wording *w = wording_at(i);
		assert_true(str_find(w->ask_once_more, w->send) != SIZE_MAX);
		assert_true(str_find(w->question_open, w->send) != SIZE_MAX);
	}
}

static void finds_a_language_by_its_tag(void **state)
{
	(void)state;
	assert_ptr_equal(wording_find(STR("pt-BR")), wording_find(STR("PT")));
	assert_ptr_equal(wording_find(STR("en")), wording_at(0));
	assert_null(wording_find(STR("pl")));
	assert_null(wording_find(STR("")));
	assert_null(wording_find(STR("e")));
}

static void knows_which_languages_run_from_right_to_left(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDING_COUNT; i++)
		assert_int_equal(wording_at(i)->rtl, wording_is_rtl(wording_at(i)->code));
	assert_true(wording_is_rtl(STR("he-IL")));
	assert_false(wording_is_rtl(STR("de")));
}

static void fills_every_hole_once(void **state)
{
	(void)state;
	struct arena a = { 0 };
	Str text = wording_fill(&a, STR("{brand} and {brand}."), STR("brand"), STR("{brand}!"));
	assert_true(str_eq(text, STR("{brand}! and {brand}!.")));
	assert_true(str_eq(wording_fill(&a, STR("none"), STR("brand"), STR("x")), STR("none")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_everything_in_every_language),
		cmocka_unit_test(has_holes_only_where_they_are_filled),
		cmocka_unit_test(names_its_button_where_it_asks_to_press_it_again),
		cmocka_unit_test(finds_a_language_by_its_tag),
		cmocka_unit_test(knows_which_languages_run_from_right_to_left),
		cmocka_unit_test(fills_every_hole_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
