/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/people_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CELLS_MAX 12

static size_t cut(const char *line, Str out[static CELLS_MAX])
{
	Str rest = str_of(line), cell;
	size_t count = 0;
	while (count < CELLS_MAX && str_cut(&rest, ',', &cell))
		out[count++] = cell;
	return count;
}

static bool columns_of(struct arena *a, const char *header, struct people_list_columns *out,
                       struct err *err)
{
	static const Str none[PEOPLE_LIST_FIELD_COUNT];
	struct definition d;
	Str cells[CELLS_MAX];
	size_t count = cut(header, cells);
	assert_true(definition_parse(a, STR("{\"properties\":[\"plan\",\"City\"]}"), &d, err));
	return people_list_columns_find(a, cells, count, none, &d, out, err);
}

static void expect(const char *header, enum people_list_field field, size_t at)
{
	struct arena a = { 0 };
	struct people_list_columns c;
	struct err err;
	assert_true(columns_of(&a, header, &c, &err));
	assert_int_equal(c.of[field], at);
	arena_free(&a);
}

static void knows_the_columns_of_mail_tools(void **state)
{
	(void)state;
	expect("Email Address,First Name,Last Name", PEOPLE_LIST_EMAIL, 0);
	expect("Email Address,First Name,Last Name", PEOPLE_LIST_LAST, 2);
	expect("Record ID,First Name,Email,Mobile Phone Number", PEOPLE_LIST_PHONE, 3);
	expect("Record ID,First Name,Email,Mobile Phone Number", PEOPLE_LIST_ID, 0);
	expect("CONTACT ID,EMAIL,FIRSTNAME,LASTNAME,SMS", PEOPLE_LIST_FIRST, 2);
	expect("EXT_ID,EMAIL", PEOPLE_LIST_ID, 0);
}

static void knows_the_columns_of_other_languages(void **state)
{
	(void)state;
	expect("Name,E-Mail-Adresse,Kundennummer", PEOPLE_LIST_EMAIL, 1);
	expect("Name,E-Mail-Adresse,Kundennummer", PEOPLE_LIST_ID, 2);
	expect("Prénom,Adresse e-mail", PEOPLE_LIST_FIRST, 0);
	expect("Prénom,Adresse e-mail", PEOPLE_LIST_EMAIL, 1);
	expect("氏名,メールアドレス", PEOPLE_LIST_EMAIL, 1);
	expect("Name,Email", PEOPLE_LIST_PHONE, PEOPLE_LIST_NONE);
}

static void keeps_properties_of_the_survey_alone(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct people_list_columns c;
	struct err err;
	assert_true(columns_of(&a, "email,plan,city,secret", &c, &err));
	assert_int_equal(c.property_count, 1);
	assert_int_equal(c.properties[0], 1);
	arena_free(&a);
}

static void takes_our_columns_off_a_list_that_came_back(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct people_list_columns c;
	struct err err;
	assert_true(columns_of(&a, "email,link,problem", &c, &err));
	assert_int_equal(c.passed, 1);
	assert_true(str_eq(c.link_name, STR("link")));
	assert_true(columns_of(&a, "email,link", &c, &err));
	assert_int_equal(c.passed, 2);
	assert_true(str_eq(c.link_name, STR("heed_link")));
	assert_true(columns_of(&a, "link,email,heed_link,problem", &c, &err));
	assert_int_equal(c.passed, 2);
	assert_true(str_eq(c.link_name, STR("heed_link")));
	arena_free(&a);
}

static void refuses_a_list_that_names_nobody(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct people_list_columns c;
	struct err err;
	assert_false(columns_of(&a, "place,city", &c, &err));
	assert_string_equal(err.path, "email");
	assert_false(columns_of(&a, "ann@example.com,Ann", &c, &err));
	arena_free(&a);
}

static bool row_of(struct arena *a, const char *line, struct person_ref *who, struct err *err)
{
	struct people_list_columns c;
	Str cells[CELLS_MAX], properties;
	size_t count = cut(line, cells);
	assert_true(columns_of(a, "email,phone,id,first name,last name", &c, err));
	return people_list_row(a, &c, cells, count, who, &properties, err);
}

static void reads_who_a_row_is(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct person_ref who;
	struct err err;
	assert_true(row_of(&a, " Ann@Example.com ,,K-1,Ann,Lee", &who, &err));
	assert_true(str_eq(who.email.value, STR("Ann@example.com")) ||
	            str_eq(who.email.value, STR("ann@example.com")));
	assert_true(str_eq(who.external_id.value, STR("K-1")));
	assert_true(str_eq(who.name, STR("Ann Lee")));
	assert_true(row_of(&a, "ann@example.com,123", &who, &err));
	assert_null(who.phone.value.at);
	assert_false(row_of(&a, ",123", &who, &err));
	assert_string_equal(err.path, "/phone");
	assert_false(row_of(&a, "nobody,,,,", &who, &err));
	assert_string_equal(err.path, "/email");
	assert_false(row_of(&a, ",,,Ann,Lee", &who, &err));
	assert_false(row_of(&a, "ann@example.com,,,,,too,many", &who, &err));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_columns_of_mail_tools),
		cmocka_unit_test(knows_the_columns_of_other_languages),
		cmocka_unit_test(keeps_properties_of_the_survey_alone),
		cmocka_unit_test(takes_our_columns_off_a_list_that_came_back),
		cmocka_unit_test(refuses_a_list_that_names_nobody),
		cmocka_unit_test(reads_who_a_row_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
