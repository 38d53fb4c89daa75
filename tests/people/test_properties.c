/* Properties: canonical whatever the order, refused by name. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/properties.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static Str canonical(const char *json)
{
	JsonRef ref;
	Str out = { NULL, 0 };
	struct err err = { 0 };
	if (!json_read(&arena, str_of(json), &ref, &err) ||
	    !properties_read(&arena, ref, &out, &err))
		fail_msg("%s: %s %s", json, err.path, err.msg);
	return out;
}

static void assert_text(Str seen, const char *expected)
{
	assert_string_equal(str_copy_c(&arena, seen), expected);
}

static void assert_refused(const char *json, const char *path)
{
	JsonRef ref;
	Str out;
	struct err err = { 0 };
	assert_false(json_read(&arena, str_of(json), &ref, &err) &&
	             properties_read(&arena, ref, &out, &err));
	assert_string_equal(err.path, path);
}

static void order_and_form_do_not_matter(void **state)
{
	(void)state;
	assert_text(canonical("{\"b\":1, \"a\" : \"x\", \"c\":true, \"ä\":1.50, \"n\":null}"),
	            "{\"a\":\"x\",\"b\":1,\"c\":true,\"ä\":1.5}");
	assert_text(canonical("{}"), "{}");
	assert_text(canonical("{\"k\":\"M\\u00fcller & S\\u00f6hne \\\"Best\\\" <b>\"}"),
	            "{\"k\":\"Müller & Söhne \\\"Best\\\" <b>\"}");
}

static void writing_what_was_read_changes_nothing(void **state)
{
	static const char *const all[] = { "{\"big\":9223372036854775807,\"x\":0.1}",
		                           "{\"e\":1e300,\"m\":-0.0,\"t\":\"\\u0001\\n\"}",
		                           "{\"\\\"\":\"\\\\\",\"/~\":false}" };
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		Str once = canonical(all[i]);
		assert_text(canonical(str_copy_c(&arena, once)), str_copy_c(&arena, once));
	}
}

static void a_bad_one_is_refused_by_its_name(void **state)
{
	(void)state;
	assert_refused("{\"a\":[1]}", "/a");
	assert_refused("{\"a/b\":{}}", "/a~1b");
	assert_refused("{\"\":1}", "/");
	assert_refused("{\"comment\":\"a\\u0000b\"}", "/comment");
	assert_refused("[1]", "");
	char longest[700] = "{\"a\":\"";
	memset(longest + 6, 'x', 513);
	strncat(longest, "\"}", 3);
	assert_refused(longest, "/a");
}

static void more_than_fifty_are_refused(void **state)
{
	char json[1024] = "{";
	(void)state;
	for (int i = 0; i < 51; i++) {
		size_t len = strlen(json);
		snprintf(json + len, sizeof json - len, "%s\"p%d\":%d", i ? "," : "", i, i);
	}
	strncat(json, "}", 2);
	assert_refused(json, "");
}

static void merging_lets_the_newer_win(void **state)
{
	Str out;
	struct err err;
	(void)state;
	assert_true(properties_merge(&arena, STR("{\"a\":1,\"c\":3}"), STR("{\"b\":2,\"c\":\"x\"}"),
	                             &out, &err));
	assert_text(out, "{\"a\":1,\"b\":2,\"c\":\"x\"}");
	assert_false(properties_merge(&arena, STR("{\"a\":"), STR("{\"b\":2}"), &out, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
}

static void from_a_form_the_first_of_a_name_wins(void **state)
{
	struct property all[] = { { .name = STR("b"), .kind = JSON_TEXT, .text = STR("1") },
		                  { .name = STR("a"), .kind = JSON_BOOL, .i64 = 1 },
		                  { .name = STR("b"), .kind = JSON_TEXT, .text = STR("2") } };
	Str out;
	struct err err;
	(void)state;
	assert_true(properties_write(&arena, all, 3, &out, &err));
	assert_text(out, "{\"a\":true,\"b\":\"1\"}");
	assert_text(property_text(&arena, &all[0]), "true");
}

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void finds_one_as_reading_all_of_them_does(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err;
	static const char *const cells[] = {
		"plan", "x,\"plan\":1",         "{\"plan\":2}", "a\"b", "",
		"\\",   "Gr\xc3\xbc\xc3\x9f g", "line\nend",    "12",   "1.5e3",
		"true"
	};
	struct property all[64];
	size_t count = 0;
	for (size_t i = 1; i < sizeof cells / sizeof cells[0]; i++)
		all[count++] = (struct property){
			.name = str_of(!cells[i][0] || strchr(cells[i], '\n') ? "odd" : cells[i]),
			.kind = JSON_TEXT,
			.text = str_of(cells[(i + 1) % 11])
		};
	all[count++] = (struct property){ .name = STR("n"), .kind = JSON_INT, .i64 = -12 };
	all[count++] =
	    (struct property){ .name = STR("real"), .kind = JSON_REAL_NUMBER, .real = 1.5e300 };
	all[count++] = (struct property){ .name = STR("yes"), .kind = JSON_BOOL, .i64 = 1 };
	Str canonical;
	assert_true(properties_write(&a, all, count, &canonical, &err));
	struct property *listed;
	size_t listed_count;
	assert_true(properties_list(&a, canonical, &listed, &listed_count, &err));
	assert_int_equal(listed_count, count - 1); /* two are called odd */
	for (size_t i = 0; i < listed_count; i++) {
		Str found, expected = property_text(&a, &listed[i]);
		assert_true(properties_value_of(&a, canonical, listed[i].name, &found, &err));
		if (!str_eq(found, expected) || !found.at)
			fail_msg("%.*s gave %.*s", STR_FMT(listed[i].name), STR_FMT(found));
	}
	static const char *const absent[] = { "pla", "plan\"", "plann", "a", "x", "1", "," };
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
		Str found;
		assert_true(properties_value_of(&a, canonical, str_of(absent[i]), &found, &err));
		assert_null(found.at);
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, drop)
		TEST(order_and_form_do_not_matter),
		TEST(writing_what_was_read_changes_nothing),
		TEST(a_bad_one_is_refused_by_its_name),
		TEST(more_than_fifty_are_refused),
		TEST(finds_one_as_reading_all_of_them_does),
		TEST(merging_lets_the_newer_win),
		TEST(from_a_form_the_first_of_a_name_wins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
