/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct sample {
	const char *text, *shown;
};

static void same(const struct sample *all, size_t count, const char *name)
{
	struct arena a = { 0 };
	Str names[] = { str_of(name) };
	for (size_t i = 0; i < count; i++) {
		Str shown =
		    mask_text_keeping(&a, str_of(all[i].text), names, name ? 1 : 0, NULL, 0);
		assert_string_equal(str_copy_c(&a, shown), all[i].shown);
	}
	arena_free(&a);
}
#define SAME(samples, name) same((samples), sizeof(samples) / sizeof(samples)[0], (name))

static void takes_out_addresses_of_mail_and_pages(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Write to anna.m+shop@example.co.uk, please.", "Write to •••, please." },
		{ "(anna@example.org)", "(•••)" },
		{ "Meine Adresse: <anna@müller.de>!", "Meine Adresse: <•••>!" },
		{ "連絡先 anna＠example.jp まで", "連絡先 ••• まで" },
		{ "anna (at) example (dot) org", "••• (dot) org" },
		{ "anna(at)example.org", "•••" },
		{ "see https://example.com/u/4?x=1.", "see •••." },
		{ "www.anna-mueller.de rocks", "••• rocks" },
		{ "at anna-shop.de/kontakt today", "at ••• today" },
		{ "I am @anna_m there", "I am ••• there" },
		{ "It works.Great service", "It works.Great service" },
		{ "e.g. this, i.e. that... fine", "e.g. this, i.e. that... fine" },
	};
	SAME(samples, NULL);
}

static void takes_out_numbers_that_could_be_somebodys(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Call +49 (0)30 901820 or 0170/1234567.", "Call +••• or •••." },
		{ "Ruf an: 0 30 / 90 18 20", "Ruf an: •••" },
		{ "Order 20931 never came", "Order ••• never came" },
		{ "Konto DE89370400440532013000 und HX-20931", "Konto ••• und •••" },
		{ "الهاتف ٠١٢٣٤٥٦٧٨٩ شكرا", "الهاتف ••• شكرا" },
		{ "फोन ९८७६५४३२१०", "फोन •••" },
		{ "電話は０３－１２３４－５６７８です", "電話は•••です" },
		{ "0\xe2\x80\x8b"
		  "1\xe2\x80\x8b"
		  "7\xe2\x80\x8b"
		  "01",
		  "•••" },
		{ "10/10, since 2025, 24/7, 1,000 times", "10/10, since 2025, 24/7, 1,000 times" },
		{ "9 von 10 Punkten", "9 von 10 Punkten" },
	};
	SAME(samples, NULL);
}

static void takes_out_the_names_of_the_person(void **state)
{
	(void)state;
	static const struct sample anna[] = {
		{ "I am Anna Müller.", "I am ••• •••." },
		{ "ANNA MÜLLER und annas Hund", "••• ••• und ••• Hund" },
		{ "Müllers Paket, Müller's parcel", "••• Paket, •••'s parcel" },
		{ "Annabelle was kind", "Annabelle was kind" },
		{ "Mu\xcc\x88ller", "•••" },
	};
	SAME(anna, "Anna-Lu Müller");
	static const struct sample bo[] = { { "Bo said: Both, bo!", "••• said: Both, •••!" } };
	SAME(bo, "Bo Li");
	static const struct sample olga[] = { { "Я ОЛЬГА, пишите Ольге", "Я •••, пишите Ольге" } };
	SAME(olga, "Ольга");
	static const struct sample tanaka[] = { { "私は田中です。", "私は•••です。" } };
	SAME(tanaka, "田中");
	static const struct sample turk[] = { { "Ben İPEK.", "Ben •••." } };
	SAME(turk, "ipek");
	static const struct sample arab[] = { { "أنا محمد، شكرا", "أنا •••، شكرا" } };
	SAME(arab, "محمد علي");
}

static void leaves_a_text_without_any_as_it_is(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "", "" },
		{ "Alles gut – schnell & freundlich!", "Alles gut – schnell & freundlich!" },
		{ "とても良かったです。", "とても良かったです。" },
	};
	SAME(samples, NULL);
	SAME(samples, "Zoë");
}

static Str in_words(struct arena *a, const char *text, const char *language)
{
	return mask_personal(a, str_of(text), mask_words_of(str_of(language)), NULL, 0);
}

static void names_what_it_takes_out_in_the_language_of_the_workspace(void **state)
{
	(void)state;
	static const struct {
		const char *language, *text, *shown;
	} samples[] = {
		{ "en", "Write to anna@example.com or call +49 30 901820.",
		  "Write to [email] or call [phone]." },
		{ "de", "Bitte an anna@example.com oder Tel. 030/901820, danke",
		  "Bitte an [E-Mail] oder Tel. [Telefon], danke" },
		{ "de-AT", "Karte 4111 1111 1111 1111 wurde doppelt belastet",
		  "Karte [Kartennummer] wurde doppelt belastet" },
		{ "pt-BR", "meu IBAN PT50 0002 0123 1234 5678 9015 4 mudou",
		  "meu IBAN [IBAN] mudou" },
		{ "fr", "compte 00123456789", "compte [numéro de compte]" },
		{ "xx", "@anna_m said so", "[user name] said so" },
		{ "en", "my number is 5558675309", "my number is [number]" },
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		Str shown = in_words(&a, samples[i].text, samples[i].language);
		assert_string_equal(str_copy_c(&a, shown), samples[i].shown);
		assert_true(
		    str_eq(in_words(&a, str_copy_c(&a, shown), samples[i].language), shown));
	}
	arena_free(&a);
}

static void leaves_dates_and_short_numbers_where_kinds_are_named(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"since 2019-2021",
		"on 12.03.2024",
		"on 2024-03-12 at 9",
		"10000 euros",
		"order 20931",
		"5 of 10, 24/7",
		"am 05.03.2024 gekauft",
		"am 12.03.2024 14:30",
		"12/03/2024 14.30 Uhr",
		"at 2024-03-12T14:30, today",
		"2019–2021",
		"2019 - 2021",
		"03/2019 – 05/2021",
		"vom 01.03.2024 bis 05. 03. 2024",
		"01.03.2024 - 05.03.2024",
		"12.-15.03.2024",
		"contacted on 12.03.2024",
		"hotel 2024-03-12",
		"called on 03/12/2024",
		"slightly 2024-03-12",
		"Konto seit 05.03.24",
		"Telefon seit 2019-2021",
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_string_equal(str_copy_c(&a, in_words(&a, texts[i], "en")), texts[i]);
	arena_free(&a);
}

static void takes_no_phone_for_a_date(void **state)
{
	(void)state;
	static const char *const phones[] = {
		"030 901820",       "0170/1234567",   "0170-12345678",    "+49 30 12-03-2024",
		"020 7946 0958",    "07700 900123",   "(555) 123-4567",   "+1 555.123.4567",
		"06 12 34 56 78",   "01.23.45.67.89", "+55 11 2345-6789", "05.03.2024.11",
		"01/02/2099/12345",
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++) {
		const char *text = str_copy_c(&a, str_printf(&a, "tel %s!", phones[i]));
		const char *shown = str_copy_c(&a, in_words(&a, text, "en"));
		if (strpbrk(shown, "0123456789"))
			fail_msg("%s", shown);
	}
	static const struct {
		const char *text, *shown;
	} samples[] = {
		{ "call 2345-6789", "call [phone]" },
		{ "ligue 2012-2099", "ligue [phone]" },
		{ "Mobiltelefon: 1234567", "Mobiltelefon: [phone]" },
		{ "„Tel. 1234567“", "„Tel. [phone]“" },
		{ "Rückruf 5551234", "Rückruf [phone]" },
		{ "Girokonto 123456", "Girokonto [account number]" },
		{ "conta: 123456", "conta: [account number]" },
		{ "account 20-11-55", "account [account number]" },
		{ "contact 123456", "contact 123456" },
		{ "hotel 1234567", "hotel [number]" },
		{ "order 99.99.2024", "order [number]" },
		{ "id 2024-03-12-4711", "id [number]" },
	};
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		assert_string_equal(str_copy_c(&a, in_words(&a, samples[i].text, "en")),
		                    samples[i].shown);
	arena_free(&a);
}

static void spans_follow_what_is_named(void **state)
{
	(void)state;
	struct arena a = { 0 };
	Str text = STR("mail anna@example.com, slow support");
	struct mask_span spans[] = { { 23, 12 }, { 5, 16 }, { 10, 4 } };
	Str shown = mask_personal(&a, text, mask_words_of(STR("en")), spans, 3);
	assert_string_equal(str_copy_c(&a, shown), "mail [email], slow support");
	assert_true(str_eq(str_slice(shown, spans[0].from, spans[0].len), STR("slow support")));
	assert_true(str_eq(str_slice(shown, spans[1].from, spans[1].len), STR("[email]")));
	assert_true(str_eq(str_slice(shown, spans[2].from, spans[2].len), STR("[email]")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_out_addresses_of_mail_and_pages),
		cmocka_unit_test(takes_out_numbers_that_could_be_somebodys),
		cmocka_unit_test(takes_out_the_names_of_the_person),
		cmocka_unit_test(leaves_a_text_without_any_as_it_is),
		cmocka_unit_test(names_what_it_takes_out_in_the_language_of_the_workspace),
		cmocka_unit_test(leaves_dates_and_short_numbers_where_kinds_are_named),
		cmocka_unit_test(takes_no_phone_for_a_date),
		cmocka_unit_test(spans_follow_what_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
