/* Definitions: read, written, refused by path. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/definition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static const char full[] =
    "{\"language\":\"en\",\"question\":\"Would you recommend {brand}?\",\"low_label\":\"No\","
    "\"high_label\":\"Yes\",\"follow_up\":{\"promoters\":\"Nice?\",\"passives\":\"Hm?\","
    "\"detractors\":\"Why?\"},\"thanks\":{\"all\":\"Thanks\"},\"follow_up_one\":false,"
    "\"follow_up_required\":false,\"questions\":[{\"key\":\"reason\",\"kind\":\"choice\","
    "\"text\":\"What?\",\"required\":true,\"groups\":[\"detractors\"],\"choices\":["
    "{\"key\":\"price\",\"text\":\"Price\"},{\"key\":\"speed\",\"text\":\"Speed\"}]},"
    "{\"key\":\"ease\",\"kind\":\"rating\",\"text\":\"Easy?\",\"required\":false}],"
    "\"properties\":[\"plan\"],\"translations\":{\"de\":{\"question\":\"Würden Sie?\","
    "\"questions\":{\"reason\":{\"text\":\"Was?\",\"choices\":{\"price\":\"Preis\"}}}}}}";

static struct definition parsed(const char *json)
{
	struct definition d;
	struct err err = { 0 };
	if (!definition_parse(&arena, str_of(json), &d, &err))
		fail_msg("%s %s", err.path, err.msg);
	return d;
}

static void assert_text(Str seen, const char *expected)
{
	assert_string_equal(str_copy_c(&arena, seen), expected);
}

static void assert_refused(const char *json, const char *path)
{
	struct definition d;
	struct err err = { 0 };
	JsonRef ref;
	assert_false(json_read(&arena, str_of(json), &ref, &err) &&
	             definition_read(&arena, ref, &d, &err));
	assert_string_equal(err.path, path);
	assert_true(err.msg[0] != '\0');
}

static void writing_what_was_read_changes_nothing(void **state)
{
	(void)state;
	struct definition d = parsed(full);
	assert_text(definition_write(&arena, &d), full);
	d = parsed("{ }");
	assert_text(definition_write(&arena, &d),
	            "{\"language\":\"en\",\"follow_up_one\":false,\"follow_up_required\":true}");
}

static void everything_is_where_it_belongs(void **state)
{
	(void)state;
	struct definition d = parsed(full);
	assert_text(d.texts.follow_up[GROUP_DETRACTORS], "Why?");
	assert_text(d.texts.thanks[GROUP_PASSIVES], "Thanks");
	assert_false(d.follow_up_required);
	assert_true(d.questions[0].groups[GROUP_DETRACTORS]);
	assert_false(d.questions[0].groups[GROUP_PROMOTERS]);
	assert_true(d.questions[1].groups[GROUP_PROMOTERS]);
	assert_text(d.translations[0].choice_text[0][0], "Preis");
	assert_null(d.translations[0].choice_text[0][1].at);
	assert_true(definition_allows_property(&d, STR("plan")));
	assert_false(definition_allows_property(&d, STR("email")));
}

static void buttons_are_kept_by_group_and_their_words_by_language(void **state)
{
	(void)state;
	const char *json =
	    "{\"language\":\"en\",\"thanks_button\":{\"promoters\":{\"text\":\"Go\",\"url\":"
	    "\"https://example.com/\",\"review\":true}},\"follow_up_one\":false,"
	    "\"follow_up_required\":true,\"translations\":{\"de\":{\"thanks_button\":{"
	    "\"promoters\":\"Los\"}}}}";
	struct definition d = parsed(json);
	assert_text(definition_write(&arena, &d), json);
	assert_text(d.buttons[GROUP_PROMOTERS].url, "https://example.com/");
	assert_null(d.buttons[GROUP_PASSIVES].text.at);
	d = parsed("{\"translations\":{\"de\":{\"thanks_button\":{\"all\":\"Los\"}}}}");
	assert_null(d.translations[0].button_text[GROUP_PROMOTERS].at);
	assert_refused("{\"thanks_button\":{\"all\":{\"text\":\"x\"}}}", "/thanks_button/all/url");
	assert_refused("{\"thanks_button\":{\"all\":{\"text\":\" \",\"url\":\"http://a\"}}}",
	               "/thanks_button/all/text");
	assert_refused("{\"thanks_button\":{\"all\":{\"text\":\"x\",\"url\":\"http://a\"},"
	               "\"passives\":null}}",
	               "/thanks_button");
}

static void one_follow_up_for_all_says_so(void **state)
{
	(void)state;
	struct definition d = parsed("{\"follow_up\":{\"all\":\"Why?\"}}");
	assert_true(d.follow_up_one);
	assert_text(d.texts.follow_up[GROUP_PROMOTERS], "Why?");
	assert_true(parsed("{\"follow_up_one\":true}").follow_up_one);
}

static void a_region_finds_its_language(void **state)
{
	(void)state;
	struct definition d = parsed("{\"translations\":{\"pt\":{},\"pt-BR\":{},\"de\":{}}}");
	assert_text(definition_translation_find(&d, STR("pt-br"))->language, "pt-BR");
	assert_text(definition_translation_find(&d, STR("de-AT-1996"))->language, "de");
	assert_text(definition_translation_find(&d, STR("pt-PT"))->language, "pt");
	assert_null(definition_translation_find(&d, STR("fr")));
	assert_null(definition_translation_find(&d, STR("")));
}

static void what_is_wrong_is_named_by_its_path(void **state)
{
	static const struct {
		const char *json, *path;
	} all[] = {
		{ "[]", "" },
		{ "{\"qestion\":\"x\"}", "/qestion" },
		{ "{\"question\":\"  \"}", "/question" },
		{ "{\"question\":7}", "/question" },
		{ "{\"question\":\"a\\u0000b\"}", "/question" },
		{ "{\"language\":\"english language\"}", "/language" },
		{ "{\"follow_up\":{\"all\":\"x\",\"passives\":\"y\"}}", "/follow_up" },
		{ "{\"follow_up_one\":true,\"follow_up\":{\"passives\":\"y\"}}", "/follow_up_one" },
		{ "{\"questions\":[{},{},{},{}]}", "/questions" },
		{ "{\"questions\":[{\"key\":\"A b\"}]}", "/questions/0/key" },
		{ "{\"questions\":[{\"key\":\"a\",\"kind\":\"stars\",\"text\":\"x\"}]}",
		  "/questions/0/kind" },
		{ "{\"questions\":[{\"key\":\"a\",\"kind\":\"rating\",\"text\":\"x\"},"
		  "{\"key\":\"a\",\"kind\":\"rating\",\"text\":\"x\"}]}",
		  "/questions/1/key" },
		{ "{\"questions\":[{\"key\":\"a\",\"kind\":\"choice\",\"text\":\"x\","
		  "\"choices\":[{\"key\":\"b\",\"text\":\"b\"}]}]}",
		  "/questions/0/choices" },
		{ "{\"questions\":[{\"key\":\"a\",\"kind\":\"rating\",\"text\":\"x\","
		  "\"groups\":[\"fans\"]}]}",
		  "/questions/0/groups/0" },
		{ "{\"properties\":[\"a\",\"a\"]}", "/properties/1" },
		{ "{\"translations\":{\"en\":{}}}", "/translations/en" },
		{ "{\"translations\":{\"de\":{\"follow_up\":{\"all\":\"x\"}}}}",
		  "/translations/de/follow_up" },
		{ "{\"translations\":{\"de\":{\"questions\":{\"a/b\":{}}}}}",
		  "/translations/de/questions/a~1b" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		assert_refused(all[i].json, all[i].path);
}

/* 40 languages with all texts at their longest. */
static void one_that_is_too_large_is_refused(void **state)
{
	static char json[256 * 1024], text[DEFINITION_TEXT_MAX + 1];
	size_t len = (size_t)snprintf(json, sizeof json, "{\"translations\":{");
	struct definition d;
	struct err err;
	JsonRef ref;
	(void)state;
	memset(text, 'x', DEFINITION_TEXT_MAX);
	for (char c = 'a'; c <= 'z'; c++)
		len += (size_t)snprintf(json + len, sizeof json - len,
		                        "%s\"x%c\":{\"question\":\"%s\",\"low_label\":\"%s\","
		                        "\"high_label\":\"%s\",\"follow_up\":{\"passives\":\"%s\","
		                        "\"promoters\":\"%s\"},\"thanks\":{\"all\":\"%s\"}}",
		                        c == 'a' ? "" : ",", c, text, text, text, text, text, text);
	snprintf(json + len, sizeof json - len, "}}");
	assert_true(json_read(&arena, str_of(json), &ref, &err));
	assert_false(definition_read(&arena, ref, &d, &err));
	assert_int_equal(err.kind, ERR_TOO_LARGE);
}

static void answers_are_checked_against_the_questions(void **state)
{
	struct definition d = parsed(full);
	const struct form_answer form[] = { { STR("reason"), STR("speed") },
		                            { STR("ease"), STR("5") } };
	const struct form_answer wrong = { STR("ease"), STR("6") };
	JsonRef ref;
	Str out;
	struct err err;
	(void)state;
	assert_true(json_read(&arena, STR("{\"reason\":\"price\",\"ease\":4}"), &ref, &err));
	assert_true(answers_read(&arena, &d, ref, &out, &err));
	assert_text(out, "{\"ease\":4,\"reason\":\"price\"}");
	assert_true(json_read(&arena, STR("{\"reason\":\"none\"}"), &ref, &err));
	assert_false(answers_read(&arena, &d, ref, &out, &err));
	assert_string_equal(err.path, "/reason");
	assert_true(json_read(&arena, STR("{\"colour\":\"red\"}"), &ref, &err));
	assert_false(answers_read(&arena, &d, ref, &out, &err));
	assert_true(answers_write(&arena, &d, form, 2, &out, &err));
	assert_text(out, "{\"ease\":5,\"reason\":\"speed\"}");
	assert_false(answers_write(&arena, &d, &wrong, 1, &out, &err));
	assert_string_equal(err.path, "/ease");
}

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, drop)
		TEST(writing_what_was_read_changes_nothing),
		TEST(everything_is_where_it_belongs),
		TEST(buttons_are_kept_by_group_and_their_words_by_language),
		TEST(one_follow_up_for_all_says_so),
		TEST(a_region_finds_its_language),
		TEST(what_is_wrong_is_named_by_its_path),
		TEST(one_that_is_too_large_is_refused),
		TEST(answers_are_checked_against_the_questions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
