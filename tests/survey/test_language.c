/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"
#include "survey/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define OWN_QUESTION "{\"language\":\"en\",\"question\":\"Would you rent from us again?\""
#define IN_GERMAN    ",\"translations\":{\"de\":{\"question\":\"Noch einmal?\"}}"

static Str pick(struct arena *a, const char *definition, const char *query, const char *header)
{
	struct definition d;
	struct err err;
	struct language_preferences p = { 0 };
	assert_true(definition_parse(a, str_of(definition), &d, &err));
	language_prefer(&p, str_of(query));
	language_prefer_header(&p, str_of(header));
	return str_copy(a, language_pick(&d, &p));
}

static void expect(const char *definition, const char *query, const char *header,
                   const char *expected)
{
	struct arena a = { 0 };
	Str found = pick(&a, definition, query, header);
	assert_string_equal(str_copy_c(&a, found), expected);
	arena_free(&a);
}

static void follows_the_browser(void **state)
{
	(void)state;
	expect("{}", "", "de-AT,de;q=0.9,en;q=0.8", "de");
	expect("{}", "", "pl,sv;q=0.9,nl;q=0.2", "nl");
	expect("{}", "", "en;q=0.1, fr;q=0.9", "fr");
	expect("{}", "", "fr;q=0, ja", "ja");
	expect("{}", "", "fr;q=nonsense, ja", "ja");
}

static void lets_the_link_win_over_the_browser(void **state)
{
	(void)state;
	expect("{}", "ar", "de", "ar");
	expect("{}", "xx", "de", "de");
	expect("{}", "<script>", "de", "de");
}

static void falls_back_to_the_survey(void **state)
{
	(void)state;
	expect("{}", "", "", "en");
	expect("{}", "", "*", "en");
	expect("{\"language\":\"nl\"}", "", "pl", "nl");
	expect("{\"language\":\"pl\"}", "", "sv", "pl");
}

static void does_not_put_an_owners_question_among_texts_of_another_language(void **state)
{
	(void)state;
	expect(OWN_QUESTION "}", "", "de", "en");
	expect(OWN_QUESTION IN_GERMAN "}", "", "de-CH", "de");
	expect(OWN_QUESTION IN_GERMAN "}", "", "fr,de;q=0.5", "de");
}

static void survives_any_header(void **state)
{
	(void)state;
	expect("{}", "", ",,;;q=,=;q=1,-,de-", "en");
	expect("{}", "", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,de", "en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_the_browser),
		cmocka_unit_test(lets_the_link_win_over_the_browser),
		cmocka_unit_test(falls_back_to_the_survey),
		cmocka_unit_test(does_not_put_an_owners_question_among_texts_of_another_language),
		cmocka_unit_test(survives_any_header),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
