/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter_run.h"
#include "base/buf.h"
#include "base/form.h"
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
	const struct filter_values pt = { .at = { STR("pt") }, .count = 1 };
	const struct filter_values both = { .at = { STR("pt"), STR("de") }, .count = 2 };
	assert_true(filter_takes_language(&pt, STR("pt")));
	assert_true(filter_takes_language(&pt, STR("PT-br")));
	assert_false(filter_takes_language(&pt, STR("ptx")));
	assert_false(filter_takes_language(&pt, STR("p")));
	assert_false(filter_takes_language(&pt, STR("")));
	assert_false(filter_takes_language(&pt, STR("de")));
	assert_true(filter_takes_language(&both, STR("de-AT")));
}

static struct arena arena;

static bool set(struct answer_filter *f, const char *name, const char *value)
{
	bool known;
	struct err err;
	return filter_set(f, &arena, str_of(name), str_of(value), zone_utc(), &known, &err) &&
	       known;
}

static bool set_all(struct answer_filter *f, Str query)
{
	struct form form;
	struct err err;
	bool known, ok = form_parse(&arena, query, 100, &form, &err);
	for (size_t i = 0; ok && i < form.count; i++)
		ok = filter_set(f, &arena, form.fields[i].name, form.fields[i].value, zone_utc(),
		                &known, &err) &&
		     known;
	return ok;
}

static Str written(const struct answer_filter *f)
{
	struct buf *out = buf_in(&arena, 4096);
	filter_write(f, out);
	return buf_str(out);
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	static const char *const queries[] = {
		"",
		"kind=transactional&brand=A%20%26%20B&from=2026-01-01&to=2026-12-31&"
		"property.plan%20x=50%20%25",
		"survey=a&survey=b&touchpoint=shop&channel=web&language=pt&source=api&tag=late&tag="
		"refund&import=none&import=1234567",
		"q=%C4%B0stanbul&group=detractors&group=promoters&score=0-3&score=5&score=9-10&"
		"state="
		"partial&state=deleted&has_comment=true&starred=true&counted=true",
		"has_comment=false&property.plan=free&property.plan=pro&property.city=Berlin",
	};
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		struct answer_filter f = { 0 };
		assert_true(set_all(&f, str_of(queries[i])));
		Str out = written(&f);
		if (!str_eq(out, str_of(queries[i])))
			fail_msg("%s became %.*s", queries[i], STR_FMT(out));
	}
	arena_free(&arena);
}

static void what_comes_again_is_an_alternative_once(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	assert_true(set(&f, "channel", "web") && set(&f, "channel", "web") &&
	            set(&f, "channel", "sms"));
	assert_true(str_eq(written(&f), STR("channel=web&channel=sms")));
	filter_only(&f, FILTER_CHANNEL, STR("web"));
	assert_true(str_eq(written(&f), STR("channel=web")));
	for (int i = 0; i < FILTER_VALUES_MAX; i++)
		assert_true(set(&f, "tag", str_copy_c(&arena, str_printf(&arena, "t%d", i))));
	assert_false(set(&f, "tag", "one more"));
	arena_free(&arena);
}

static void refuses_scores_groups_and_states_that_are_none(void **state)
{
	(void)state;
	struct answer_filter f = { 0 };
	static const char *const scores[] = { "11", "-1", "5-3",   "0-11", "",
		                              "a",  "1-", "1-2-3", "1,2" };
	for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++)
		if (set(&f, "score", scores[i]))
			fail_msg("%s is a score", scores[i]);
	assert_false(set(&f, "group", "all"));
	assert_false(set(&f, "state", "gone"));
	assert_false(set(&f, "has_comment", "yes"));
	static const char *const imports[] = { "", "all", "-1", "0", "1x", "99999999999999999999" };
	for (size_t i = 0; i < sizeof imports / sizeof imports[0]; i++)
		assert_false(set(&f, "import", imports[i]));
	assert_int_equal(f.scores, 0);
}

static void a_score_of_chosen_answers_is_refused(void **state)
{
	(void)state;
	static const char *const names[][2] = { { "group", "promoters" },
		                                { "score", "9" },
		                                { "state", "test" },
		                                { "counted", "true" } };
	struct err err;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct answer_filter f = { 0 };
		assert_true(set(&f, names[i][0], names[i][1]));
		assert_false(filter_is_of_figures(&f, &err));
		assert_string_equal(err.path, names[i][0]);
		assert_true(filter_chooses_answers(&f));
	}
	struct answer_filter f = { 0 };
	assert_true(set(&f, "survey", "a") && set(&f, "kind", "relationship"));
	assert_true(filter_is_of_figures(&f, &err));
	assert_false(filter_chooses_answers(&f));
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
		cmocka_unit_test(what_comes_again_is_an_alternative_once),
		cmocka_unit_test(refuses_scores_groups_and_states_that_are_none),
		cmocka_unit_test(a_score_of_chosen_answers_is_refused),
		cmocka_unit_test(refuses_days_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
