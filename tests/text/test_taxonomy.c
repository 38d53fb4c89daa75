/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/taxonomy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/asset.h"

static void reads_what_the_header_describes(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct taxonomy t;
	struct err err;
	assert_true(taxonomy_read(&a,
	                          STR("\xEF\xBB\xBF# a note\n[food]\nname: Food\nname de: Essen\n"
	                              "industries: hospitality, retail\n"
	                              "en: pizza, tast*, =bill, took .. forever,\r\n"
	                              "de: *essen\nen maybe: cold near soup|<drinks>\n"
	                              "en not: fast food\nany: wifi\n[drinks]\nname: Drinks\n"
	                              "industries: all\nen: cup unless coffee\n"),
	                          &t, &err));
	assert_int_equal(t.themes, 2);
	assert_int_equal(t.seeds, 9);
	assert_int_equal(t.theme[0].industries, 1U << INDUSTRY_HOSPITALITY | 1U << INDUSTRY_RETAIL);
	assert_int_equal(t.theme[1].industries, INDUSTRY_ALL);
	assert_string_equal(str_copy_c(&a, theme_name(&t.theme[0], TONGUE_DE)), "Essen");
	assert_string_equal(str_copy_c(&a, theme_name(&t.theme[0], TONGUE_FR)), "Food");
	assert_int_equal(taxonomy_find(&t, STR("drinks")), 1);
	assert_int_equal(taxonomy_find(&t, STR("drink")), -1);
	assert_int_equal(t.seed[1].word[0].form, SEED_BEGINS);
	assert_int_equal(t.seed[2].word[0].form, SEED_EXACT);
	assert_int_equal(t.seed[3].words, 2);
	assert_true(t.seed[3].word[1].gap);
	assert_int_equal(t.seed[4].word[0].form, SEED_ENDS);
	assert_int_equal(t.seed[4].tongue, TONGUE_DE);
	assert_int_equal(t.seed[5].kind, SEED_MAYBE);
	assert_int_equal(t.seed[5].near_count, 2);
	assert_int_equal(t.seed[5].near[0].theme, -1);
	assert_int_equal(t.seed[5].near[1].theme, 1);
	assert_int_equal(t.seed[6].kind, SEED_NOT);
	assert_true(t.seed[7].any);
	assert_int_equal(t.seed[8].unless_count, 1);
	arena_free(&a);
}

static void says_in_which_line_something_is_wrong(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "no theme" },
		{ "en: price", "line 1: a theme such as [price] must come first" },
		{ "[price]\nen: price\n", "line 1: this theme has no name" },
		{ "[Price]\nname: Price", "line 1: a theme's key is a-z" },
		{ "[p]\nname: P\n[p]\nname: P", "line 3: there is a theme of this key already" },
		{ "[p]\nname: P\nname: Q", "line 3: the theme has a name in this language" },
		{ "[p]\nname: P\nname xx: Q", "line 3: Heed does not read this language" },
		{ "[p]\nname: P\nindustries: mining", "line 3: no industry" },
		{ "[p]\nname: P\nklingon: a",
		  "line 3: expected name, industries, any or a language" },
		{ "[p]\nname: P\n\n# note\nen often: a",
		  "line 5: behind a language only maybe or not" },
		{ "[p]\nname: P\nen: a b c d e", "line 3: a seed has at most four words" },
		{ "[p]\nname: P\nen: a near", "line 3: words must follow behind near or unless" },
		{ "[p]\nname: P\nen: a near b c", "line 3: alternatives are parted by |" },
		{ "[p]\nname: P\nen: a near <q>", "line 3: the file has no such theme" },
		{ "[p]\nname: P\nen: a near b near c",
		  "line 3: \"near\" and \"unless\" may come once" },
		{ "[p]\nname: P\nen: a ..", "line 3: a seed begins and ends with a word" },
		{ "[p]\nname: P\nen: a*b", "line 3: a word may begin with * or =" },
		{ "[p]\nname: P\nen: =", "line 3: a word has 1 to 64 bytes" },
		{ "[p]\nname: P\nprice", "line 3: expected a theme such as [price]" },
		{ "[p]\nname: P\nen: \xFF", "line 3: this is not UTF-8" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a = { 0 };
		struct taxonomy t = { 0 };
		struct err err = { 0 };
		assert_false(taxonomy_read(&a, str_of(cases[i].text), &t, &err));
		assert_int_equal(err.kind, ERR_INVALID);
		if (!strstr(err.msg, cases[i].says))
			fail_msg("\"%s\" says \"%s\"", cases[i].text, err.msg);
		assert_int_equal(t.themes, 0);
		arena_free(&a);
	}
}

static void ships_one_that_can_be_read(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct taxonomy t;
	struct err err;
	const struct asset *file = asset_find(STR("models/themes.txt"));
	assert_non_null(file);
	if (!taxonomy_read(&a, file->bytes, &t, &err))
		fail_msg("%s", err.msg);
	assert_true(t.themes >= 25);
	unsigned shown[INDUSTRY_COUNT] = { 0 };
	for (uint32_t i = 0; i < t.themes; i++) {
		assert_true(t.theme[i].industries != 0);
		assert_true(t.theme[i].name[TONGUE_DE].len > 0);
		for (unsigned k = 0; k < INDUSTRY_COUNT; k++)
			shown[k] += t.theme[i].industries >> k & 1;
	}
	for (unsigned k = 0; k < INDUSTRY_COUNT; k++)
		assert_int_equal(shown[k], 12);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_the_header_describes),
		cmocka_unit_test(says_in_which_line_something_is_wrong),
		cmocka_unit_test(ships_one_that_can_be_read),
	};
	return cmocka_run_group_tests_name("taxonomy", tests, NULL, NULL);
}
