/* Which properties tell who somebody is. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/personal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void names_that_speak_of_names_hide_their_values(void **state)
{
	(void)state;
	static const char *const personal[] = { "name",  "First Name", "Vorname",  "E-Mail",
		                                "email", "Telefon",    "tel",      "Handynummer",
		                                "имя",   "お名前",     "PHONE_NR", "cell.no" };
	static const char *const plain[] = {
		"plan", "city", "economy", "hotel", "seats", "cellar"
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof personal / sizeof personal[0]; i++)
		if (!personal_name(&a, str_of(personal[i])))
			fail_msg("%s is shown", personal[i]);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (personal_name(&a, str_of(plain[i])))
			fail_msg("%s is hidden", plain[i]);
	arena_free(&a);
}

static void values_that_are_addresses_or_telephones_are_hidden(void **state)
{
	(void)state;
	static const char *const personal[] = {
		"ann@example.com", "Ann <a@b.c>", "+49 30 123456",
		"(030) 123-456",   "0301234567",  " 0171/555 44 33 "
	};
	static const char *const plain[] = {
		"",   "Berlin", "12345678", "2026-03-01", "@ann",
		"+1", "1.5",    "0",        "0.25",       "Platz 0301234567"
	};
	for (size_t i = 0; i < sizeof personal / sizeof personal[0]; i++)
		if (!personal_value(str_of(personal[i])))
			fail_msg("%s is shown", personal[i]);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (personal_value(str_of(plain[i])))
			fail_msg("%s is hidden", plain[i]);
}

static void the_others_stay_as_they_are(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err;
	Str out;
	Str all = STR("{\"city\":\"Berlin\",\"email\":\"a@b.c\",\"x\":\"a@b.c\",\"z\":1.5}");
	assert_true(personal_strip(&a, all, &out, &err));
	assert_true(str_eq(out, STR("{\"city\":\"Berlin\",\"z\":1.5}")));
	assert_true(str_eq(personal_shown(&a, all, true), all));
	assert_true(str_eq(personal_shown(&a, STR("damaged"), false), STR("{}")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_speak_of_names_hide_their_values),
		cmocka_unit_test(values_that_are_addresses_or_telephones_are_hidden),
		cmocka_unit_test(the_others_stay_as_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
