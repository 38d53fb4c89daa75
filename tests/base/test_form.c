/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/b64.h"
#include "base/hash.h"
#include "base/rng.h"

static void walks_the_fields_of_a_form(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct form form;
	assert_true(
	    form_parse(&a, STR("score=9&comment=So+gut%21+%C3%A4&&flag&empty=&=x&a=b=c&score=1"),
	               10, &form, &err));
	assert_int_equal(form.count, 7);
	assert_true(str_eq(form_find(&form, "score"), STR("9")));
	assert_true(str_eq(form_find(&form, "comment"), STR("So gut! ä")));
	assert_non_null(form_find(&form, "flag").at);
	assert_int_equal(form_find(&form, "flag").len, 0);
	assert_non_null(form_find(&form, "empty").at);
	assert_true(str_eq(form_find(&form, "a"), STR("b=c")));
	assert_null(form_find(&form, "none").at);
	assert_true(form_parse(&a, STR(""), 10, &form, &err));
	assert_int_equal(form.count, 0);
	assert_true(form_parse(&a, (Str){ NULL, 0 }, 10, &form, &err));
	assert_false(form_parse(&a, STR("a&b&c"), 2, &form, &err));
	assert_int_equal(err.kind, ERR_TOO_LARGE);
	arena_free(&a);
}

static void refuses_what_two_readers_could_read_differently(void **state)
{
	(void)state;
	static const char *const bad[] = { "a=%",    "a=%4",        "a=%zz",       "a=%4g",
		                           "a=%00",  "%=1",         "a=%C3",       "a=%C0%80",
		                           "a=\xFF", "a=%ED%A0%80", "a=1&b=%F0%9F" };
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		struct form form;
		if (form_parse(&a, str_of(bad[i]), 10, &form, &err))
			fail_msg("%s passed", bad[i]);
		assert_int_equal(err.kind, ERR_MALFORMED);
	}
	struct err err = { 0 };
	struct form form;
	assert_false(form_parse(&a, STR("comment=%"), 10, &form, &err));
	assert_string_equal(err.path, "/comment");
	assert_false(form_parse(&a, (Str){ "a=\0", 3 }, 10, &form, &err));
	arena_free(&a);
}

static void keeps_plus_in_paths(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	Str out;
	assert_true(form_decode(&a, STR("a+b%2Bc"), false, &out, &err));
	assert_true(str_eq(out, STR("a+b+c")));
	arena_free(&a);
}

static void builds_queries_that_read_back(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct form form;
	struct buf b;
	buf_init(&b, 1000);
	buf_add(&b, STR("/s/x?"));
	form_put(&b, STR("näme"), STR("a b&c=d+é/%"));
	form_put(&b, STR("n"), STR("1-2.3_4~"));
	assert_true(
	    str_eq(buf_str(&b), STR("/s/x?n%C3%A4me=a%20b%26c%3Dd%2B%C3%A9%2F%25&n=1-2.3_4~")));
	assert_true(form_parse(&a, str_from(buf_str(&b), 5), 10, &form, &err));
	assert_true(str_eq(form_find(&form, "näme"), STR("a b&c=d+é/%")));
	buf_free(&b);
	form_put(&b, STR("x"), STR(""));
	assert_true(str_eq(buf_str(&b), STR("x=")));
	buf_free(&b);
	arena_free(&a);
}

static void encodes_bytes_for_addresses(void **state)
{
	(void)state;
	static const struct {
		Str bytes, text;
	} cases[] = { { { "", 0 }, { "", 0 } },           { { "f", 1 }, { "Zg", 2 } },
		      { { "fo", 2 }, { "Zm8", 3 } },      { { "foo", 3 }, { "Zm9v", 4 } },
		      { { "foob", 4 }, { "Zm9vYg", 6 } }, { { "\xFB\xFF\0", 3 }, { "-_8A", 4 } } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[16], bytes[16];
		size_t len = 0;
		b64_encode(cases[i].bytes.at, cases[i].bytes.len, text);
		assert_int_equal(B64_LEN(cases[i].bytes.len), cases[i].text.len);
		assert_memory_equal(text, cases[i].text.at, cases[i].text.len);
		assert_true(b64_decode(cases[i].text, bytes, cases[i].bytes.len, &len));
		assert_true(str_eq((Str){ bytes, len }, cases[i].bytes));
	}
	for (size_t len = 0; len < 70; len++) {
		char bytes[70], again[70], text[100];
		size_t got = 0;
		rng_bytes(bytes, len);
		b64_encode(bytes, len, text);
		assert_true(b64_decode((Str){ text, B64_LEN(len) }, again, len, &got));
		assert_int_equal(got, len);
		if (len)
			assert_memory_equal(bytes, again, len);
	}
}

static void decodes_only_the_one_text_of_a_value(void **state)
{
	(void)state;
	static const char *const bad[] = { "A",    "AAAAA", "Zh",    "Zm9",   "Zg==",     "Zm+v",
		                           "Zm/v", "Zm 8",  "Zm8\n", "Zm9v.", "\xC3\xA4", "Z=" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char bytes[16];
		size_t len = 7;
		if (b64_decode(str_of(bad[i]), bytes, sizeof bytes, &len))
			fail_msg("%s passed", bad[i]);
		assert_int_equal(len, 7);
	}
	char bytes[2];
	size_t len;
	assert_false(b64_decode(STR("Zm9v"), bytes, 2, &len));
}

static void assert_hash(Str bytes, const char *expected)
{
	unsigned char hash[HASH_SIZE];
	char hex[2 * HASH_SIZE + 1];
	hash_sha256(bytes, hash);
	for (size_t i = 0; i < HASH_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(hex, expected);
}

static void hashes_as_sha_256_says(void **state)
{
	(void)state;
	assert_hash(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash((Str){ NULL, 0 },
	            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walks_the_fields_of_a_form),
		cmocka_unit_test(refuses_what_two_readers_could_read_differently),
		cmocka_unit_test(keeps_plus_in_paths),
		cmocka_unit_test(builds_queries_that_read_back),
		cmocka_unit_test(encodes_bytes_for_addresses),
		cmocka_unit_test(decodes_only_the_one_text_of_a_value),
		cmocka_unit_test(hashes_as_sha_256_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
