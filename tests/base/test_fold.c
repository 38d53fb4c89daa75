/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/phone.h"

static void assert_folds(const char *text, const char *wanted)
{
	struct arena a = { 0 };
	Str folded = fold_text(&a, str_of(text));
	if (!str_eq(folded, str_of(wanted)))
		fail_msg("%s folds to %.*s, not %s", text, STR_FMT(folded), wanted);
	assert_true(str_eq(fold_text(&a, folded), folded));
	arena_free(&a);
}

static void folds_case_width_and_invisible_characters(void **state)
{
	(void)state;
	assert_folds("", "");
	assert_folds("Hello, World 42!\n", "hello, world 42!\n");
	assert_folds("STRASSE", "strasse");
	assert_folds("Straße", "strasse");
	assert_folds("ÀÉÎ", "àéî");
	assert_folds("e\xCC\x81", "é");
	assert_folds("Ａｂｃ１２", "abc12");
	assert_folds("ﾊﾝｶｸ", "ハンカク");
	assert_folds("ﬁne\xC2\xAD print\xE2\x80\x8B", "fine print");
	assert_folds("a\xC2\xA0"
	             "b",
	             "a b");
	assert_folds("ΣΊΣΥΦΟΣ", "σίσυφοσ");
	assert_folds("😀", "😀");
	assert_folds("no\xFFtext", "no\xEF\xBF\xBDtext");
}

static void finds_turkish_words_however_their_i_is_typed(void **state)
{
	(void)state;
	assert_folds("İstanbul", "istanbul");
	assert_folds("ISTANBUL", "istanbul");
	assert_folds("ıstanbul", "istanbul");
	assert_folds("KADIKÖY", "kadiköy");
	assert_folds("Kadıköy", "kadiköy");
	/* the mark behind the dot joins the i */
	assert_folds("\xC4\xB0\xCC\x81", "í");
	assert_folds("i\xCC\x87\xCC\x87", "i");
}

static void grows_as_far_as_unicode_lets_it(void **state)
{
	(void)state;
	struct arena a = { 0 };
	char text[3 * 100];
	for (size_t i = 0; i < sizeof text; i += 3)
		memcpy(text + i, "\xEF\xB7\xBA", 3);
	Str folded = fold_text(&a, (Str){ text, sizeof text });
	assert_int_equal(folded.len, 100 * 33);
	arena_free(&a);
}

static void assert_email(const char *typed, const char *wanted)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	Str folded;
	if (!fold_email(&a, str_of(typed), &folded, &err))
		fail_msg("%s: %s", typed, err.msg);
	if (!str_eq(folded, str_of(wanted)))
		fail_msg("%s folds to %.*s, not %s", typed, STR_FMT(folded), wanted);
	arena_free(&a);
}

static void folds_email_addresses(void **state)
{
	(void)state;
	assert_email("anna@example.com", "anna@example.com");
	assert_email("  Anna.B+Tag@Example.COM\r\n", "anna.b+tag@example.com");
	assert_email("info@Müller.de", "info@xn--mller-kva.de");
	assert_email("info@MU\xCC\x88LLER.de", "info@xn--mller-kva.de");
	assert_email("info@xn--mller-kva.de", "info@xn--mller-kva.de");
	assert_email("info@straße.de", "info@xn--strae-oqa.de");
	assert_email("Jo\xCC\x88rg@example.com", "jörg@example.com");
	assert_email("山田@例え.jp", "山田@xn--r8jz45g.jp");
	assert_email("root@localhost", "root@localhost");
	assert_email("H\xCC\xB1@example.com", "\xE1\xBA\x96@example.com");
	assert_email("\xE2\x84\xAA@example.com", "k@example.com");
	assert_email("o'neil!#$%&*/=?^_`{|}~-@x.y", "o'neil!#$%&*/=?^_`{|}~-@x.y");
}

static void refuses_what_is_no_email_address(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		" ",
		"anna",
		"@example.com",
		"anna@",
		"anna@@example.com",
		"a@b@c",
		"anna @example.com",
		"anna@exa mple.com",
		"anna@example..com",
		"anna@.com",
		"anna@example.com.",
		".anna@example.com",
		"anna.@example.com",
		"an..na@example.com",
		"Anna <anna@example.com>",
		"\"anna\"@example.com",
		"anna@[127.0.0.1]",
		"anna@-example.com",
		"anna@example-.com",
		"anna\x01@example.com",
		"anna@exa_mple!.com",
		"anna\xE2\x80\x8B@example.com",
		"anna\xC2\xA0@example.com",
		"anna@\xFF.com",
		"\xFF@example.com",
		"a,b@example.com",
		"anna@xn--\x80.com",
		"anna@xn--a.de",
		"0123456789012345678901234567890123456789012345678901234567890123x@example.com",
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		Str folded = { NULL, 0 };
		if (fold_email(&a, str_of(bad[i]), &folded, &err))
			fail_msg("%s passed as %.*s", bad[i], STR_FMT(folded));
		assert_int_equal(err.kind, ERR_INVALID);
		assert_null(folded.at);
	}
	arena_free(&a);
}

/* The label grows from two bytes to seven. */
static void refuses_a_domain_too_long_in_its_ascii_form(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	Str typed = STR("0123456789012345678901234567890123456789@"), folded;
	while (typed.len < 130)
		typed = str_printf(&a, "%.*sé.", STR_FMT(typed));
	typed = str_printf(&a, "%.*sde", STR_FMT(typed));
	assert_false(fold_email(&a, typed, &folded, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	assert_true(fold_email(&a, str_from(typed, 30), &folded, &err));
	arena_free(&a);
}

static void writes_telephone_numbers_as_e164(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *wanted;
	} cases[] = {
		{ "+49 (0)30 / 1234-56", "+4930123456" },
		{ "0049 30 123456", "+4930123456" },
		{ "tel:+1-555-010-0199", "+15550100199" },
		{ "030 123456", "030123456" },
		{ "(030) 12.34.56", "030123456" },
		{ "＋８１ ３ １２３４ ５６７８", "+81312345678" },
		{ "+44\xC2\xA0"
		  "20 7946 0958",
		  "+442079460958" },
		{ "+1\xE2\x80\x91"
		  "555\xE2\x80\x93"
		  "0100199",
		  "+15550100199" },
		{ "٠٣٠١٢٣٤٥٦", "030123456" },
		{ "", NULL },
		{ "1234", NULL },
		{ "+12345", NULL },
		{ "call me", NULL },
		{ "+49 30 123456 ext 5", NULL },
		{ "+0 30 1234567", NULL },
		{ "030+123456", NULL },
		{ "1234567890123456", NULL },
		{ "+123456789012345678901234567890", NULL },
		{ "12345\xFF", NULL },
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = { 0 };
		Str number = { NULL, 0 };
		bool ok = phone_normalise(&a, str_of(cases[i].typed), &number, &err);
		if (ok != (cases[i].wanted != NULL) ||
		    (ok && !str_eq(number, str_of(cases[i].wanted))))
			fail_msg("%s: %.*s %s", cases[i].typed, STR_FMT(number), err.msg);
	}
	arena_free(&a);
}

static void lowers_as_unicode_does_and_changes_nothing_else(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_true(str_eq(fold_lower(&a, STR("cardÁpio")), STR("cardápio")));
	assert_true(
	    str_eq(fold_lower(&a, STR("ELABORAÇÃO Straße ﬁn")), STR("elaboração straße ﬁn")));
	assert_true(str_eq(fold_lower(&a, STR("İ ΟΔΟΣ")), STR("i̇ οδος")));
	assert_true(str_eq(fold_lower(&a, STR("Plain ASCII")), STR("plain ascii")));
	assert_true(str_eq(fold_lower(&a, STR("")), STR("")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_case_width_and_invisible_characters),
		cmocka_unit_test(finds_turkish_words_however_their_i_is_typed),
		cmocka_unit_test(grows_as_far_as_unicode_lets_it),
		cmocka_unit_test(folds_email_addresses),
		cmocka_unit_test(refuses_what_is_no_email_address),
		cmocka_unit_test(refuses_a_domain_too_long_in_its_ascii_form),
		cmocka_unit_test(lowers_as_unicode_does_and_changes_nothing_else),
		cmocka_unit_test(writes_telephone_numbers_as_e164),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
