/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter.h"
#include "base/buf.h"
#include "base/zone.h"
#include "people/properties.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void takes_a_language_with_its_regions(void **state)
{
	(void)state;
	struct answer_filter f = { .language = STR("pt") };
	assert_true(filter_takes_language(&f, STR("pt")));
	assert_true(filter_takes_language(&f, STR("PT-br")));
	assert_false(filter_takes_language(&f, STR("ptx")));
	assert_false(filter_takes_language(&f, STR("p")));
	assert_false(filter_takes_language(&f, STR("")));
}

static bool set(struct answer_filter *f, const char *name, const char *value)
{
	bool known;
	struct err err;
	return filter_set(f, str_of(name), str_of(value), zone_utc(), &known, &err) && known;
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	struct buf out;
	assert_true(set(&f, "kind", "transactional"));
	assert_true(set(&f, "brand", "A & B"));
	assert_true(set(&f, "from", "2026-01-01"));
	assert_true(set(&f, "to", "2026-12-31"));
	assert_true(set(&f, "property.plan x", "50 %"));
	buf_init(&out, 4096);
	filter_write(&f, &out);
	assert_true(str_eq(buf_str(&out),
	                   STR("kind=transactional&brand=A%20%26%20B&from=2026-01-01&to=2026-12-31&"
	                       "property.plan%20x=50%20%25")));
	buf_free(&out);
}

static void refuses_days_that_are_none(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	static const char *const days[] = { "2026-02-30",       "2026-1-01", "soon",
		                            "2026-01-01T00:00", "",          "20260101",
		                            "2026-00-10",       "0000-01-01" };
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		assert_false(set(&f, "from", days[i]));
	assert_false(set(&f, "colour", "red"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_a_language_with_its_regions),
		cmocka_unit_test(writes_what_it_reads),
		cmocka_unit_test(refuses_days_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
