/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define EUROPE                                                                   \
	(TONGUE_BIT(TONGUE_EN) | TONGUE_BIT(TONGUE_DE) | TONGUE_BIT(TONGUE_FR) | \
	 TONGUE_BIT(TONGUE_ES) | TONGUE_BIT(TONGUE_IT) | TONGUE_BIT(TONGUE_PT) | \
	 TONGUE_BIT(TONGUE_NL))

static enum tongue ask(const char *text, struct language_wish wish)
{
	struct arena a = { 0 };
	const struct language_id *l = language_id_make(&a, NULL);
	enum tongue t = language_find(l, str_of(text), wish).tongue;
	arena_free(&a);
	return t;
}

static enum tongue found(const char *text, unsigned among, enum tongue expected)
{
	return ask(text, (struct language_wish){ .among = among, .expected = expected });
}

static void knows_languages_by_their_common_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum tongue tongue;
	} samples[] = {
		{ "The room was very clean and the staff were friendly", TONGUE_EN },
		{ "Das Zimmer war sehr sauber und das Personal freundlich", TONGUE_DE },
		{ "La chambre était très propre et le personnel agréable", TONGUE_FR },
		{ "La habitación estaba muy limpia y el personal es amable", TONGUE_ES },
		{ "La camera era molto pulita e il personale gentile", TONGUE_IT },
		{ "O quarto estava muito limpo e o atendimento não demora", TONGUE_PT },
		{ "De kamer was heel schoon en het personeel vriendelijk", TONGUE_NL },
		{ "ES HAT SICH NICHT GELOHNT, ABER DAS ESSEN WAR GUT", TONGUE_DE },
		{ "Værelset var ikke rent, men maden var meget god", TONGUE_DA },
		{ "Huone oli hyvin siisti ja palvelu erittäin ystävällistä", TONGUE_FI },
		{ "Pokój był bardzo czysty, ale obsługa nie była dobra", TONGUE_PL },
	};
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		assert_int_equal(found(samples[i].text, 0, TONGUE_OTHER), samples[i].tongue);
}

static void knows_languages_by_their_script(void **state)
{
	(void)state;
	assert_int_equal(found("Очень хорошо", 0, TONGUE_OTHER), TONGUE_RU);
	assert_int_equal(found("خدمة ممتازة", 0, TONGUE_OTHER), TONGUE_AR);
	assert_int_equal(found("とても良いです", 0, TONGUE_OTHER), TONGUE_JA);
	assert_int_equal(found("服务很好", 0, TONGUE_OTHER), TONGUE_ZH);
	assert_int_equal(found("서비스가 좋아요", 0, TONGUE_OTHER), TONGUE_KO);
	assert_int_equal(found("Πολύ καλή εξυπηρέτηση", 0, TONGUE_EN), TONGUE_OTHER);
}

static void says_nothing_of_languages_that_are_not_meant(void **state)
{
	(void)state;
	assert_int_equal(found("Очень хорошо", EUROPE, TONGUE_EN), TONGUE_OTHER);
	assert_int_equal(found("服务很好", EUROPE, TONGUE_EN), TONGUE_OTHER);
	assert_int_equal(found("De kamer was heel schoon en het personeel vriendelijk",
	                       TONGUE_BIT(TONGUE_EN) | TONGUE_BIT(TONGUE_ES), TONGUE_EN),
	                 TONGUE_OTHER);
}

static void takes_what_is_expected_where_nothing_speaks_against_it(void **state)
{
	(void)state;
	assert_int_equal(found("ok", EUROPE, TONGUE_PT), TONGUE_PT);
	assert_int_equal(found("10/10 !!!", EUROPE, TONGUE_NL), TONGUE_NL);
	assert_int_equal(found("", EUROPE, TONGUE_OTHER), TONGUE_OTHER);
	assert_int_equal(found("Alles war sehr gut und schnell", EUROPE, TONGUE_PT), TONGUE_DE);
}

static void takes_what_it_is_told(void **state)
{
	(void)state;
	static const char *const texts[] = { "Kamer was vies.",
		                             "Sehr gut und schnell, aber teuer",
		                             "Очень хорошо",
		                             "服务很好",
		                             "10",
		                             "" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_int_equal(ask(texts[i], (struct language_wish){ .expected = TONGUE_NL,
		                                                       .is_told = true }),
		                 TONGUE_NL);
}

static void reads_any_bytes(void **state)
{
	(void)state;
	assert_int_equal(found("\xFF\xFE\x80 sehr gut \xC3", EUROPE, TONGUE_EN), TONGUE_DE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_languages_by_their_common_words),
		cmocka_unit_test(knows_languages_by_their_script),
		cmocka_unit_test(says_nothing_of_languages_that_are_not_meant),
		cmocka_unit_test(takes_what_is_expected_where_nothing_speaks_against_it),
		cmocka_unit_test(takes_what_it_is_told),
		cmocka_unit_test(reads_any_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
