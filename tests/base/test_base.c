/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The ground: str, utf8, buf, arena, err, clock, rng. */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "base/utf8.h"

static void compares_and_searches_text(void **state)
{
	(void)state;
	Str none = { NULL, 0 };
	assert_true(str_eq(none, STR("")));
	assert_true(str_eq(str_of(NULL), none));
	assert_false(str_eq(STR("a"), STR("b")));
	assert_true(str_eq_ignoring_ascii_case(STR("Content-Type"), STR("content-tYPE")));
	assert_false(str_eq_ignoring_ascii_case(STR("Ä"), STR("ä")));
	assert_true(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(STR("b"), STR("ab")) > 0);
	assert_true(str_cmp(STR("\xFF"), STR("a")) > 0);
	assert_int_equal(str_cmp(none, STR("")), 0);
	assert_true(str_starts(STR("abc"), STR("ab")) && str_ends(STR("abc"), STR("bc")));
	assert_false(str_starts(STR("a"), STR("ab")) || str_ends(STR("c"), STR("bc")));
	assert_true(str_starts(none, none) && str_ends(none, STR("")));
	assert_int_equal(str_find_char(STR("abca"), 'a', 1), 3);
	assert_true(str_find_char(STR("abca"), 'a', 4) == SIZE_MAX);
	assert_true(str_find_char(none, 'a', 0) == SIZE_MAX);
	assert_int_equal(str_find(STR("a\0bc"), STR("bc")), 2);
	assert_int_equal(str_find(none, none), 0);
	assert_true(str_find(none, STR("x")) == SIZE_MAX);
}

static void slices_within_bounds(void **state)
{
	(void)state;
	assert_true(str_eq(str_slice(STR("abc"), 1, 1), STR("b")));
	assert_true(str_eq(str_slice(STR("abc"), 1, SIZE_MAX), STR("bc")));
	assert_int_equal(str_slice(STR("abc"), 9, 1).len, 0);
	assert_int_equal(str_from((Str){ NULL, 0 }, 5).len, 0);
	assert_true(str_eq(str_trim(STR(" \t\r\na b\n ")), STR("a b")));
	assert_int_equal(str_trim(STR(" \n ")).len, 0);
}

static void cuts_text_at_a_character(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t parts;
	} cases[] = { { "", 1 }, { "a", 1 }, { ",", 2 }, { "a,b", 2 }, { "a,,b,", 4 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		Str rest = str_of(cases[i].text), part;
		size_t parts = 0;
		while (str_cut(&rest, ',', &part))
			parts++;
		assert_int_equal(parts, cases[i].parts);
	}
	Str none = { NULL, 0 }, part;
	assert_false(str_cut(&none, ',', &part));
}

static void reads_whole_numbers_only(void **state)
{
	(void)state;
	int64_t n = 0;
	assert_true(str_to_i64(STR("-9223372036854775808"), &n) && n == INT64_MIN);
	assert_true(str_to_i64(STR("9223372036854775807"), &n) && n == INT64_MAX);
	assert_true(str_to_i64(STR("007"), &n) && n == 7);
	assert_true(str_to_i64(STR("-0"), &n) && n == 0);
	static const char *const bad[] = { "",
		                           "-",
		                           "+1",
		                           " 1",
		                           "1 ",
		                           "1.0",
		                           "1e3",
		                           "0x1",
		                           "--1",
		                           "9223372036854775808",
		                           "-9223372036854775809" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_to_i64(str_of(bad[i]), &n));
	double x = 0;
	assert_true(str_to_double(STR("-1.5e3"), &x) && x > -1500.1 && x < -1499.9);
	static const char *const not_real[] = { "",     ".",     "inf", "nan", "0x1p3", "1,5",
		                                "1.5 ", "1e999", "1e",  "--1", "1.2.3" };
	for (size_t i = 0; i < sizeof not_real / sizeof *not_real; i++)
		assert_false(str_to_double(str_of(not_real[i]), &x));
}

/* Every code point, and every pair and many triples of bytes that are none. */
static void knows_utf8_from_the_first_to_the_last_character(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		uint32_t back = 0;
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		size_t len = utf8_encode(cp, bytes);
		if (utf8_decode((Str){ bytes, len }, &back) != len || back != cp)
			fail_msg("U+%04X came back as U+%04X", cp, back);
		assert_int_equal(utf8_decode((Str){ bytes, len - 1 }, &back), 0);
	}
}

static void refuses_what_is_not_utf8(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"\x80",
		"\xBF",
		"\xC0\x80",
		"\xC1\xBF",
		"\xC2",
		"\xC2\x41",
		"\xC2\xC0",
		"\xE0\x80\x80",
		"\xE0\x9F\xBF",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xEF\xBF",
		"\xF0\x80\x80\x80",
		"\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xF8\x88\x80\x80\x80",
		"\xFF",
		"twelve ASCII\xFE",
		"ascii ascii \xE2\x82",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(utf8_is_valid(str_of(bad[i])));
	assert_true(utf8_is_valid((Str){ NULL, 0 }));
	assert_true(utf8_is_valid(STR("0123456ä89\xE2\x82\xAC 日本語 😀")));
	/* a character at every offset of a word */
	char text[32];
	for (size_t at = 0; at + 3 < sizeof text; at++) {
		memset(text, 'a', sizeof text);
		memcpy(text + at, "\xE2\x82\xAC", 3);
		assert_true(utf8_is_valid((Str){ text, sizeof text }));
		assert_int_equal(utf8_ascii_prefix((Str){ text, sizeof text }), at);
		text[at + 2] = 'x';
		assert_false(utf8_is_valid((Str){ text, sizeof text }));
	}
}

static void cuts_no_character_in_two(void **state)
{
	(void)state;
	char out[5];
	assert_int_equal(utf8_prefix(STR("aä€"), 3).len, 3);
	assert_int_equal(utf8_prefix(STR("aä€"), 2).len, 1);
	assert_int_equal(utf8_prefix(STR("aä€"), 5).len, 3);
	assert_int_equal(utf8_count(STR("aä€")), 3);
	assert_int_equal(utf8_copy_valid(out, sizeof out, STR("a€€")), 4);
	assert_string_equal(out, "a€");
	utf8_copy_valid(out, sizeof out, STR("\xFF\xC3x"));
	assert_string_equal(out, "??x");
	utf8_copy_valid(out, 1, STR("abc"));
	assert_string_equal(out, "");
}

static void reads_windows_1252(void **state)
{
	(void)state;
	struct arena a = { 0 };
	Str text = utf8_from_latin1(&a, STR("A\x80\x81\x9F\xA0\xFF"));
	assert_true(str_eq(text, STR("A€\xEF\xBF\xBDŸ\xC2\xA0ÿ")));
	arena_free(&a);
}

static void grows_a_buffer_to_its_maximum_and_no_further(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 10);
	assert_true(buf_add(&b, STR("")));
	assert_true(buf_add(&b, STR("12345")));
	assert_true(buf_printf(&b, "%d", 67890));
	assert_int_equal(b.len, 10);
	assert_true(buf_add(&b, STR("")));
	assert_false(buf_add_char(&b, 'x'));
	assert_true(b.overflowed);
	assert_true(str_eq(buf_str(&b), STR("1234567890")));
	buf_clear(&b);
	assert_true(buf_add_char(&b, 'x'));
	assert_null(buf_room(&b, SIZE_MAX));
	buf_clear(&b);
	buf_free(&b);
}

static void note(void *what)
{
	char **at = what;
	*(*at)++ = 'x';
}

static void gives_an_arena_back_at_once(void **state)
{
	(void)state;
	struct arena a;
	char notes[3] = "", *at = notes;
	arena_init(&a);
	for (int round = 0; round < 2; round++) {
		for (size_t size = 0; size < 30000; size = size * 2 + 1) {
			char *p = arena_alloc(&a, size);
			assert_int_equal((uintptr_t)p % 16, 0);
			memset(p, 7, size);
		}
		char *zeroed = arena_zeroed(&a, 100, 3);
		for (size_t i = 0; i < 300; i++)
			assert_int_equal(zeroed[i], 0);
		arena_defer(&a, note, &at);
		assert_true(str_eq(str_printf(&a, "%s-%d", "x", 5), STR("x-5")));
		assert_true(str_eq(str_ascii_lower(&a, STR("AbÄ")), STR("abÄ")));
		assert_string_equal(str_copy_c(&a, STR("abc")), "abc");
		arena_free(&a);
		assert_int_equal(a.bytes, 0);
	}
	assert_ptr_equal(at, notes + 2);
}

static void says_why_in_valid_text(void **state)
{
	(void)state;
	struct err err = { 0 };
	assert_false(err_at(&err, ERR_NOT_FOUND, "/survey", "no survey \"%s\"", "b\xFFx"));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_string_equal(err.msg, "no survey \"b?x\"");
	assert_string_equal(err.path, "/survey");
	assert_false(err_prefix(&err, "line %d", 7));
	assert_string_equal(err.msg, "line 7: no survey \"b?x\"");
	assert_string_equal(err.path, "/survey");
	/* from itself */
	assert_false(err_at(&err, ERR_INVALID, err.path, "%s!", err.msg));
	assert_string_equal(err.msg, "line 7: no survey \"b?x\"!");
	assert_string_equal(err.path, "/survey");
	char text[2000];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	memcpy(text + 254, "ä", 2);
	err_set(&err, ERR_IO, "%s", text);
	assert_int_equal(strlen(err.msg), 254);
	assert_string_equal(err.path, "");
	assert_int_equal(err_http_status(ERR_CONFLICT), 409);
	assert_int_equal(err_exit_code(ERR_CORRUPT), 8);
	assert_string_equal(err_name(ERR_TOO_MANY), "too-many");
}

static void stops_and_moves_the_clock(void **state)
{
	(void)state;
	struct clock frozen = { .frozen = 42 }, ahead = { .offset = CLOCK_DAY }, real = { 0 };
	assert_int_equal(clock_now(&frozen), 42);
	int64_t before = clock_now(&real);
	assert_true(before > INT64_C(1700000000) * CLOCK_SECOND);
	assert_true(clock_now(&ahead) >= before + CLOCK_DAY);
	int64_t first = clock_monotonic();
	assert_true(clock_monotonic() >= first);
}

static void gives_random_bytes(void **state)
{
	(void)state;
	unsigned char a[64] = { 0 }, b[64] = { 0 };
	rng_bytes(a, sizeof a);
	rng_bytes(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
	rng_bytes(a, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_and_searches_text),
		cmocka_unit_test(slices_within_bounds),
		cmocka_unit_test(cuts_text_at_a_character),
		cmocka_unit_test(reads_whole_numbers_only),
		cmocka_unit_test(knows_utf8_from_the_first_to_the_last_character),
		cmocka_unit_test(refuses_what_is_not_utf8),
		cmocka_unit_test(cuts_no_character_in_two),
		cmocka_unit_test(reads_windows_1252),
		cmocka_unit_test(grows_a_buffer_to_its_maximum_and_no_further),
		cmocka_unit_test(gives_an_arena_back_at_once),
		cmocka_unit_test(says_why_in_valid_text),
		cmocka_unit_test(stops_and_moves_the_clock),
		cmocka_unit_test(gives_random_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
