/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define READ_OK(a, text, ref)                                                           \
	do {                                                                            \
		struct err err_ = { 0 };                                                \
		if (!json_read((a), (text), (ref), &err_))                              \
			fail_msg("%s: %s", (text).at ? (text).at : "(none)", err_.msg); \
	} while (0)

static enum err_kind refusal(Str text, struct err *err)
{
	struct arena a = { 0 };
	JsonRef ref;
	bool ok = json_read(&a, text, &ref, err);
	arena_free(&a);
	return ok ? ERR_NONE : err->kind;
}

/* What is read and written again, for comparison. */
static void assert_rewritten(const char *text, const char *wanted)
{
	struct arena a = { 0 };
	JsonRef ref;
	READ_OK(&a, str_of(text), &ref);
	struct buf b;
	struct json_writer w;
	buf_init(&b, 1 << 20);
	json_put_start(&w, &b);
	json_put_ref(&w, ref);
	buf_add_char(&b, '\0');
	assert_string_equal(b.at, wanted);
	buf_free(&b);
	arena_free(&a);
}

static void reads_what_json_allows(void **state)
{
	(void)state;
	assert_rewritten("0", "0");
	assert_rewritten("-0", "0");
	assert_rewritten(" [ ] ", "[]");
	assert_rewritten("{}", "{}");
	assert_rewritten("\"\"", "\"\"");
	assert_rewritten("[1e2,1E+2,-1.5e-3]", "[100,100,-0.0015]");
	assert_rewritten("[null,true,false]", "[null,true,false]");
	assert_rewritten("\t{\"b\":1,\n\"a\":[{\"\":2}]}\r\n", "{\"b\":1,\"a\":[{\"\":2}]}");
	assert_rewritten("\"\\u0041\\/\\b\\f\\u001f\\\"\\\\\"",
	                 "\"A/\\u0008\\u000c\\u001f\\\"\\\\\"");
	assert_rewritten("\"\\uD83D\\uDE00\"", "\"\xF0\x9F\x98\x80\"");
	assert_rewritten("\"\x7F\xE2\x80\xA8\xEF\xBF\xBF\"", "\"\x7F\xE2\x80\xA8\xEF\xBF\xBF\"");
	assert_rewritten("\xEF\xBB\xBF{\"bom\":1}", "{\"bom\":1}");
}

static void keeps_every_bit_of_a_long_integer(void **state)
{
	(void)state;
	assert_rewritten("[9007199254740993,-9223372036854775808,9223372036854775807]",
	                 "[9007199254740993,-9223372036854775808,9223372036854775807]");
}

static void refuses_what_json_forbids(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		" ",
		"[",
		"]",
		"{",
		"}",
		"[1",
		"[1,",
		"[1,]",
		"[,1]",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{a:1}",
		"{'a':1}",
		"{1:1}",
		"\"",
		"\"\\\"",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\n\"",
		"\"\t\"",
		"\"\x01\"",
		"01",
		"-",
		"+1",
		"1.",
		".5",
		"1e",
		"1e+",
		"0x10",
		"Infinity",
		"NaN",
		"-NaN",
		"nul",
		"True",
		"[1]x",
		"{} {}",
		"1 2",
		"/**/1",
		"[1//\n]",
		"\"\\uD800\"",
		"\"\\uDC00\\uD800\"",
		"\"\\uD83D\\u0041\"",
		"\"\xC0\x80\"",
		"\"\xED\xA0\x80\"",
		"\"\xFF\"",
		"\"\xE4\"",
		"\"\xF4\x90\x80\x80\"",
		"[\xC3]",
		"9223372036854775808",
		"-9223372036854775809",
		"1e999",
		"\xFF\xFE[\x00]",
		"{\"a\":1,\"a\":2}",
		"{\"a\":1,\"\\u0061\":2}",
		"{\"a\\u0000\":1}",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		if (refusal(str_of(bad[i]), &err) != ERR_MALFORMED)
			fail_msg("case %zu: %s: %d %s", i, bad[i], (int)err.kind, err.msg);
		assert_true(err.msg[0] != '\0');
	}
	struct err err = { 0 };
	assert_int_equal(refusal((Str){ NULL, 0 }, &err), ERR_MALFORMED);
	assert_int_equal(refusal((Str){ "[1]\0", 4 }, &err), ERR_MALFORMED);
	assert_int_equal(refusal((Str){ "\"a\0b\"", 5 }, &err), ERR_MALFORMED);
}

static void says_line_and_column_of_a_mistake(void **state)
{
	(void)state;
	struct err err = { 0 };
	assert_int_equal(refusal(STR("{\n\"a\": x}"), &err), ERR_MALFORMED);
	assert_non_null(strstr(err.msg, "line 2, column 6"));
}

static void refuses_nul_with_the_path_of_its_field(void **state)
{
	(void)state;
	struct err err = { 0 };
	assert_int_equal(refusal(STR("{\"a/b\":[1,{\"c~\":\"x\\u0000y\"}]}"), &err), ERR_INVALID);
	assert_string_equal(err.path, "/a~1b/1/c~0");
	assert_int_equal(refusal(STR("\"\\u0000\""), &err), ERR_INVALID);
	assert_string_equal(err.path, "");
	/* a path longer than err.path */
	char text[400] = "{\"";
	memset(text + 2, 'x', 300);
	memcpy(text + 302, "\":\"\\u0000\"}", 12);
	assert_int_equal(refusal(str_of(text), &err), ERR_INVALID);
	assert_int_equal(strlen(err.path), sizeof err.path - 1);
}

static void repeat(struct buf *b, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		assert_true(buf_add(b, str_of(text)));
}

static void stops_at_the_caps_of_depth_and_values(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct buf b;
	buf_init(&b, 1 << 20);
	repeat(&b, "[", JSON_DEPTH_MAX);
	repeat(&b, "]", JSON_DEPTH_MAX);
	assert_int_equal(refusal(buf_str(&b), &err), ERR_NONE);
	buf_clear(&b);
	repeat(&b, "{\"a\":", JSON_DEPTH_MAX + 1);
	assert_int_equal(refusal(buf_str(&b), &err), ERR_TOO_LARGE);
	buf_clear(&b);
	repeat(&b, "[0", 1);
	repeat(&b, ",[]", JSON_NODES_MAX - 2);
	repeat(&b, "]", 1);
	assert_int_equal(refusal(buf_str(&b), &err), ERR_NONE);
	b.len--;
	repeat(&b, ",0]", 1);
	assert_int_equal(refusal(buf_str(&b), &err), ERR_TOO_LARGE);
	/* Brackets and commas inside texts count for nothing. */
	buf_clear(&b);
	repeat(&b, "[\"\\\\\\\"", 1);
	repeat(&b, "[,", 30000);
	repeat(&b, "\"]", 1);
	assert_int_equal(refusal(buf_str(&b), &err), ERR_NONE);
	buf_free(&b);
}

static void says_which_field_is_wrong(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	JsonRef root;
	Str text = { NULL, 0 };
	int64_t number = 7;
	double real = 0;
	bool truth = false;
	READ_OK(&a,
	        STR("{\"person\":{\"email\":5,\"n\":9.0,\"half\":9.5,\"big\":1e300},\"list\":[1,2],"
	            "\"t\":\"abc\",\"no\":null}"),
	        &root);
	JsonRef person = json_read_member(root, "person");
	assert_false(json_read_text(json_read_member(person, "email"), 10, &text, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	assert_string_equal(err.path, "/person/email");
	assert_string_equal(err.msg, "must be a text");
	assert_null(text.at);
	assert_false(json_read_text(json_read_member(person, "name"), 10, &text, &err));
	assert_string_equal(err.path, "/person/name");
	assert_false(json_read_text(json_read_member(root, "t"), 2, &text, &err));
	assert_true(json_read_text(json_read_member(root, "t"), 3, &text, &err));
	assert_true(json_read_i64(json_read_member(person, "n"), 0, 10, &number, &err));
	assert_int_equal(number, 9);
	assert_false(json_read_i64(json_read_member(person, "n"), 0, 8, &number, &err));
	assert_false(json_read_i64(json_read_member(person, "half"), 0, 10, &number, &err));
	assert_false(json_read_i64(json_read_member(person, "big"), 0, 10, &number, &err));
	assert_int_equal(number, 9);
	assert_true(json_read_real(json_read_member(person, "half"), &real, &err));
	assert_false(json_read_bool(json_read_member(root, "t"), &truth, &err));
	assert_false(json_read_list(json_read_member(root, "list"), 1, &err));
	assert_true(json_read_list(json_read_member(root, "list"), 2, &err));
	assert_false(
	    json_read_i64(json_read_item(json_read_member(root, "list"), 2), 0, 9, &number, &err));
	assert_string_equal(err.path, "/list/2");
	assert_true(json_read_text_if_given(json_read_member(root, "no"), 9, &text, &err));
	assert_true(json_read_i64_if_given(json_read_member(root, "absent"), 0, 9, &number, &err));
	assert_false(json_read_bool_if_given(json_read_member(root, "t"), &truth, &err));
	/* Below what is no dict and no list everything is absent. */
	JsonRef deep = json_read_member(json_read_item(json_read_member(root, "t"), 3), "x");
	assert_int_equal(json_read_kind(deep), JSON_ABSENT);
	assert_false(json_read_dict(deep, &err));
	assert_string_equal(err.path, "/t/3/x");
	arena_free(&a);
}

static void refuses_members_that_are_not_named(void **state)
{
	(void)state;
	static const char *const names[] = { "score", "comment", NULL };
	struct arena a = { 0 };
	struct err err = { 0 };
	JsonRef root;
	READ_OK(&a, STR("{\"score\":1,\"coment\":\"\"}"), &root);
	assert_false(json_read_only(root, names, &err));
	assert_string_equal(err.path, "/coment");
	READ_OK(&a, STR("{\"score\":1}"), &root);
	assert_true(json_read_only(root, names, &err));
	arena_free(&a);
}

static void walks_members_in_the_order_of_the_text(void **state)
{
	(void)state;
	struct arena a = { 0 };
	JsonRef root, value;
	READ_OK(&a, STR("{\"z\":1,\"a\":2,\"m\":3}"), &root);
	Str name, order[3];
	size_t position = 0, seen = 0;
	while (json_read_next(root, &position, &name, &value))
		order[seen++] = name;
	assert_int_equal(seen, 3);
	assert_true(str_eq(order[0], STR("z")) && str_eq(order[1], STR("a")) &&
	            str_eq(order[2], STR("m")));
	assert_string_equal(value.path, "/m");
	arena_free(&a);
}

static void writes_escapes_commas_and_times(void **state)
{
	(void)state;
	struct buf b;
	struct json_writer w;
	buf_init(&b, 4096);
	json_put_start(&w, &b);
	json_put_dict(&w);
	json_put_key_text(&w, "t", (Str){ "a\"\\\n\x01\xC3\xA4\xFFz\0", 10 });
	json_put_key_text(&w, "none", (Str){ NULL, 0 });
	json_put_key_id(&w, "id", INT64_C(9007199254740993));
	json_put_key_id(&w, "no_id", 0);
	json_put_key_i64_if(&w, "n", true, 0);
	json_put_key_i64_if(&w, "no_n", false, 7);
	json_put_key_real_if(&w, "x", true, 0.5);
	json_put_key_real_if(&w, "no_x", false, 0.5);
	json_put_key(&w, STR("list"));
	json_put_list(&w);
	json_put_i64(&w, INT64_MIN);
	json_put_bool(&w, true);
	json_put_raw(&w, STR("{\"raw\":1}"));
	json_put_dict(&w);
	json_put_dict_end(&w);
	json_put_list_end(&w);
	json_put_key_time(&w, "at", INT64_C(1772359200000000) + 123456);
	json_put_key_time(&w, "never", 0);
	json_put_dict_end(&w);
	buf_add_char(&b, '\0');
	assert_string_equal(
	    b.at, "{\"t\":\"a\\\"\\\\\\n\\u0001\xC3\xA4\xEF\xBF\xBDz\\u0000\",\"none\":null,"
		  "\"id\":\"9007199254740993\",\"no_id\":null,"
		  "\"n\":0,\"no_n\":null,\"x\":0.5,\"no_x\":null,\"list\":"
		  "[-9223372036854775808,true,{\"raw\":1},{}],"
		  "\"at\":\"2026-03-01T10:00:00.123Z\",\"never\":null}");
	buf_free(&b);
}

static void writes_the_shortest_number_that_reads_back(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *text;
	} cases[] = { { 0.1, "0.1" },
		      { 0.1 + 0.2, "0.30000000000000004" },
		      { 35, "35" },
		      { 0.001, "0.001" },
		      { -0.05, "-0.05" },
		      { 0.12, "0.12" },
		      { 100.007, "100.007" },
		      { 0.0001, "0.0001" },
		      { 0.0005, "0.0005" },
		      { 999999999.875, "999999999.875" },
		      { 1e9, "1000000000" },
		      { 1234567.8901, "1234567.8901" },
		      { 1.0 / 3, "0.3333333333333333" },
		      { 5e-324, "4.94065645841247e-324" },
		      { 1.7976931348623157e308, "1.7976931348623157e+308" },
		      { -2.5, "-2.5" },
		      { -0.0, "0" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b;
		struct json_writer w;
		buf_init(&b, 64);
		json_put_start(&w, &b);
		json_put_real(&w, cases[i].value);
		buf_add_char(&b, '\0');
		assert_string_equal(b.at, cases[i].text);
		buf_free(&b);
	}
}

static void writes_a_value_of_full_depth_inside_own_lists(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct buf b;
	struct json_writer w;
	JsonRef deep;
	buf_init(&b, 4096);
	repeat(&b, "[", JSON_DEPTH_MAX);
	repeat(&b, "]", JSON_DEPTH_MAX);
	READ_OK(&a, buf_str(&b), &deep);
	buf_clear(&b);
	json_put_start(&w, &b);
	for (int i = 0; i < 8; i++)
		json_put_list(&w);
	json_put_ref(&w, deep);
	for (int i = 0; i < 8; i++)
		json_put_list_end(&w);
	assert_int_equal(b.len, 2 * (JSON_DEPTH_MAX + 8));
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_json_allows),
		cmocka_unit_test(keeps_every_bit_of_a_long_integer),
		cmocka_unit_test(refuses_what_json_forbids),
		cmocka_unit_test(says_line_and_column_of_a_mistake),
		cmocka_unit_test(refuses_nul_with_the_path_of_its_field),
		cmocka_unit_test(stops_at_the_caps_of_depth_and_values),
		cmocka_unit_test(says_which_field_is_wrong),
		cmocka_unit_test(refuses_members_that_are_not_named),
		cmocka_unit_test(walks_members_in_the_order_of_the_text),
		cmocka_unit_test(writes_escapes_commas_and_times),
		cmocka_unit_test(writes_the_shortest_number_that_reads_back),
		cmocka_unit_test(writes_a_value_of_full_depth_inside_own_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
