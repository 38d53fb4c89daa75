/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_form.h"
#include "base/arena.h"
#include "base/clock.h"
#include "feedback/page_number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define QUESTIONS                                                                           \
	"{\"properties\":[\"plan\"],\"questions\":["                                        \
	"{\"key\":\"ease\",\"kind\":\"rating\",\"text\":\"Easy?\",\"required\":true,"       \
	"\"groups\":[\"detractors\"]},{\"key\":\"why\",\"kind\":\"choice\",\"text\":\"?\"," \
	"\"choices\":[{\"key\":\"a\",\"text\":\"A\"},{\"key\":\"b\",\"text\":\"B\"}]}]}"

static void define(struct arena *a, const char *json, struct definition *out)
{
	struct err err;
	assert_true(definition_parse(a, str_of(json), out, &err));
}

static bool read(struct arena *a, const char *body, struct capture_input *out, struct err *err)
{
	struct definition d;
	struct form form;
	define(a, QUESTIONS, &d);
	*out = (struct capture_input){ .score = SCORE_NONE };
	assert_true(form_parse(a, str_of(body), PAGE_FIELDS_MAX, &form, err));
	return page_form_read(a, &form, &d, out, err);
}

static void reads_what_the_page_sends(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct capture_input in;
	struct err err;
	assert_true(read(&a,
	                 "score=10&comment=one%0D%0Atwo&a_why=b&a_ease=4&p_plan=team&p_secret=1"
	                 "&p_channel=poster&p_source=hall&lang=de&n=x&unknown=1",
	                 &in, &err));
	assert_int_equal(in.score, 10);
	assert_true(str_eq(in.comment, STR("one\ntwo")));
	assert_true(str_eq(in.answers, STR("{\"ease\":4,\"why\":\"b\"}")));
	assert_true(str_eq(in.properties, STR("{\"plan\":\"team\"}")));
	assert_true(str_eq(in.channel, STR("poster")));
	assert_true(str_eq(in.source, STR("hall")));
	assert_true(str_eq(in.language, STR("de")));
	arena_free(&a);
}

static void tells_an_empty_comment_from_none(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct capture_input in;
	struct err err;
	assert_true(read(&a, "score=0", &in, &err));
	assert_int_equal(in.score, 0);
	assert_null(in.comment.at);
	/* Without script a box that came empty is sent as it is. */
	assert_true(read(&a, "comment=", &in, &err));
	assert_int_equal(in.score, SCORE_NONE);
	assert_null(in.comment.at);
	assert_true(read(&a, "comment=&had=1", &in, &err));
	assert_non_null(in.comment.at);
	assert_true(read(&a, "comment=&js=1", &in, &err));
	assert_non_null(in.comment.at);
	arena_free(&a);
}

static void refuses_what_is_no_answer(void **state)
{
	(void)state;
	static const char *const bodies[] = { "score=11", "score=-1",   "score=9.0",
		                              "score=x",  "a_ease=6",   "a_ease=0",
		                              "a_why=c",  "score=9%20", "score=+9" };
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct arena a = { 0 };
		struct capture_input in;
		struct err err;
		assert_false(read(&a, bodies[i], &in, &err));
		assert_int_equal(err.kind, ERR_INVALID);
		arena_free(&a);
	}
}

static void expect_missing(int score, const char *comment, const char *answers,
                           bool comment_missing, bool question_missing)
{
	struct arena a = { 0 };
	struct definition d;
	bool words, question;
	define(&a, QUESTIONS, &d);
	struct page_answer answer = { .score = score,
		                      .comment = str_of(comment),
		                      .answers = str_of(answers) };
	page_missing(&d, &answer, &words, &question);
	assert_int_equal(words, comment_missing);
	assert_int_equal(question, question_missing);
	arena_free(&a);
}

static void misses_only_what_the_group_is_asked(void **state)
{
	(void)state;
	expect_missing(3, "", "{}", true, true);
	expect_missing(3, " \n", "{\"why\":\"a\"}", true, true);
	expect_missing(3, "Slow", "{\"ease\":1}", false, false);
	expect_missing(9, "Good", "{}", false, false);
}

static void carries_only_what_the_survey_allows(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct definition d;
	define(&a, QUESTIONS, &d);
	assert_true(page_carries(&d, STR("plan"), STR("team")));
	assert_true(page_carries(&d, STR("channel"), STR("poster")));
	assert_false(page_carries(&d, STR("plan"), STR("")));
	assert_false(page_carries(&d, STR("secret"), STR("1")));
	arena_free(&a);
}

static void numbers_pages_with_their_time(void **state)
{
	(void)state;
	struct arena a = { 0 };
	int64_t now = 20000 * CLOCK_DAY + 123456;
	Str one = page_number_make(&a, now), two = page_number_make(&a, now);
	assert_false(str_eq(one, two));
	assert_true(page_number_is(one) && one.len <= CAPTURE_KEY_MAX);
	assert_int_equal(page_number_time(one), now / 1000 * 1000);
	assert_false(page_number_is(STR("")));
	assert_false(page_number_is(STR("not a number of a page!!")));
	assert_int_equal(page_number_time(str_slice(one, 0, one.len - 1)), 0);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_the_page_sends),
		cmocka_unit_test(tells_an_empty_comment_from_none),
		cmocka_unit_test(refuses_what_is_no_answer),
		cmocka_unit_test(misses_only_what_the_group_is_asked),
		cmocka_unit_test(carries_only_what_the_survey_allows),
		cmocka_unit_test(numbers_pages_with_their_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
