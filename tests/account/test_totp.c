/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"

static const unsigned char secret[TOTP_SECRET_SIZE] = { '1', '2', '3', '4', '5', '6', '7',
	                                                '8', '9', '0', '1', '2', '3', '4',
	                                                '5', '6', '7', '8', '9', '0' };

/* RFC 6238, appendix B, the last six of its eight digits. */
static void makes_the_codes_of_the_rfc(void **state)
{
	static const struct {
		int64_t seconds;
		uint32_t code;
	} known[] = { { 59, 287082 },       { 1111111109, 81804 },  { 1111111111, 50471 },
		      { 1234567890, 5924 }, { 2000000000, 279037 }, { 20000000000, 353130 } };
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_int_equal(totp_code(secret, totp_step(known[i].seconds * CLOCK_SECOND)),
		                 known[i].code);
}

/* RFC 4226, appendix D. */
static void makes_the_codes_of_each_counter(void **state)
{
	static const uint32_t known[] = { 755224, 287082, 359152, 969429, 338314,
		                          254676, 287922, 162583, 399871, 520489 };
	(void)state;
	for (int64_t i = 0; i < 10; i++)
		assert_int_equal(totp_code(secret, i), known[i]);
}

static void takes_a_code_one_step_early_or_late_and_no_more(void **state)
{
	int64_t step;
	(void)state;
	for (int64_t seconds = 0; seconds < 150; seconds += 30) {
		bool near = seconds >= 30 && seconds <= 90;
		assert_int_equal(totp_check(secret, STR("359152"), seconds * CLOCK_SECOND, 0,
		                            &step),
		                 near);
		if (near)
			assert_int_equal(step, 2);
	}
}

static void takes_no_code_of_a_step_that_was_used(void **state)
{
	int64_t step;
	(void)state;
	assert_true(totp_check(secret, STR("359152"), 60 * CLOCK_SECOND, 1, &step));
	assert_false(totp_check(secret, STR("359152"), 60 * CLOCK_SECOND, 2, &step));
}

static void reads_codes_as_apps_show_them(void **state)
{
	static const char *const good[] = { "359152", "359 152", " 359-152 " };
	static const char *const bad[] = { "", "35915", "3591522", "35915x", "+359152", "-" };
	int64_t step;
	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_true(totp_check(secret, str_of(good[i]), 60 * CLOCK_SECOND, 0, &step));
	for (size_t i = 0; i < 6; i++)
		assert_false(totp_check(secret, str_of(bad[i]), 60 * CLOCK_SECOND, 0, &step));
}

/* RFC 4648, chapter 10. */
static void writes_base32_without_padding(void **state)
{
	struct arena a = { 0 };
	static const char *const known[] = { "", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB" };
	(void)state;
	for (size_t len = 0; len < 6; len++) {
		Str text = totp_base32(&a, (const unsigned char *)"foobar", len);
		assert_true(str_eq(text, str_of(known[len])));
	}
	arena_free(&a);
}

static void names_the_account_in_an_address_for_apps(void **state)
{
	struct arena a = { 0 };
	(void)state;
	Str uri = totp_uri(&a, STR("Müller & Söhne"), STR("a+b@example.com"), secret);
	assert_true(str_eq(uri, STR("otpauth://totp/Heed:a%2Bb%40example.com?secret="
	                            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Heed%20"
	                            "M%C3%BCller%20%26%20S%C3%B6hne")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_the_codes_of_the_rfc),
		cmocka_unit_test(makes_the_codes_of_each_counter),
		cmocka_unit_test(takes_a_code_one_step_early_or_late_and_no_more),
		cmocka_unit_test(takes_no_code_of_a_step_that_was_used),
		cmocka_unit_test(reads_codes_as_apps_show_them),
		cmocka_unit_test(writes_base32_without_padding),
		cmocka_unit_test(names_the_account_in_an_address_for_apps),
	};
	return cmocka_run_group_tests_name("account/totp", tests, NULL, NULL);
}
