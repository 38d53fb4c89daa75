/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"
#include "base/die.h"
#include "survey/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* One page, made from JSON, and what is looked for in it. */
struct made {
	struct arena arena;
	struct page_look look;
	struct buf html;
};

static int make(void **state)
{
	struct made *m = mem_zeroed(1, sizeof *m);
	struct err err;
	assert_true(page_look_load(&m->arena, &m->look, &err));
	*state = m;
	return 0;
}

static int drop(void **state)
{
	struct made *m = *state;
	buf_free(&m->html);
	arena_free(&m->arena);
	free(m);
	return 0;
}

static struct page page_in(struct made *m, const char *language)
{
	return (struct page){ .look = &m->look,
		              .style_nonce = STR("nonce"),
		              .language = str_of(language),
		              .brand = { .name = STR("Acme <b>&"), .colour = STR("#ffd400") } };
}

static void write_form(struct made *m, const char *language, const char *definition,
                       const struct page_form *form, int score)
{
	struct definition d;
	struct err err;
	struct page page = page_in(m, language);
	struct page_answer answer = { .score = score,
		                      .comment = STR("</textarea><script>"),
		                      .answers = STR("{\"ease\":4,\"why\":\"price\"}") };
	assert_true(definition_parse(&m->arena, str_of(definition), &d, &err));
	buf_free(&m->html);
	buf_init(&m->html, PAGE_BYTES_MAX);
	assert_true(page_write_form(&m->arena, &page, &d, form, &answer, &m->html, &err));
}

static bool says(const struct made *m, const char *text)
{
	return str_find(buf_str(&m->html), str_of(text)) != SIZE_MAX;
}

static size_t times(const struct made *m, const char *text)
{
	Str rest = buf_str(&m->html), what = str_of(text);
	size_t count = 0, at;
	for (; (at = str_find(rest, what)) != SIZE_MAX; count++)
		rest = str_from(rest, at + what.len);
	return count;
}

static void shows_eleven_buttons_and_chooses_none(void **state)
{
	struct made *m = *state;
	write_form(m, "en", "{}", &(struct page_form){ .action = STR("/s/a") }, PAGE_NO_SCORE);
	assert_int_equal(times(m, "<button name=\"score\""), 11);
	assert_int_equal(times(m, "aria-pressed=\"true\""), 0);
	assert_true(says(m, "aria-label=\"0 – Not at all likely\""));
	assert_true(says(m, "aria-label=\"10 – Extremely likely\""));
	assert_true(says(m, "<fieldset id=\"more\" hidden disabled>"));
}

static void presses_only_the_score_of_the_link_and_asks_for_one_tap(void **state)
{
	struct made *m = *state;
	struct page_form form = { .action = STR("/s/a"), .waiting = true };
	write_form(m, "en", "{}", &form, 9);
	assert_int_equal(times(m, "aria-pressed=\"true\""), 1);
	assert_true(says(m, "value=\"9\" aria-pressed=\"true\""));
	assert_true(says(m, "<noscript><p><button id=\"confirm\" name=\"score\" value=\"9\""));
	form.tap_only = true;
	write_form(m, "en", "{}", &form, 9);
	assert_false(says(m, "<noscript>"));
	assert_true(says(m, "<button id=\"confirm\""));
}

static void escapes_what_others_wrote(void **state)
{
	struct made *m = *state;
	struct page_form form = { .action = STR("/s/a"), .step = PAGE_FOLLOWS_UP };
	write_form(m, "en", "{\"question\":\"<i>{brand}</i>?\"}", &form, 9);
	assert_false(says(m, "<b>"));
	assert_false(says(m, "<i>"));
	assert_false(says(m, "</textarea><script>"));
	assert_true(says(m, "&lt;/textarea&gt;&lt;script&gt;"));
}

static void asks_each_group_its_own_question(void **state)
{
	struct made *m = *state;
	struct page_form form = { .action = STR("/s/a"), .step = PAGE_FOLLOWS_UP };
	write_form(m, "en", "{}", &form, 9);
	assert_true(says(m, "<span data-group=\"2\">What do you like most?"));
	assert_true(says(m, "<span data-group=\"0\" hidden>What could we do to improve?"));
	write_form(m, "en", "{}", &form, 8);
	assert_true(says(m, "<span data-group=\"1\">What would make it a 10?"));
	write_form(m, "en", "{}", &form, 0);
	assert_true(says(m, "<span data-group=\"0\">What could we do to improve?"));
}

static void asks_all_the_same_when_the_owner_says_so(void **state)
{
	struct made *m = *state;
	struct page_form form = { .action = STR("/s/a"), .step = PAGE_FOLLOWS_UP };
	write_form(m, "en", "{\"follow_up\":{\"all\":\"Why?\"}}", &form, 3);
	assert_true(says(m, "<label for=\"comment\"><span>Why?</span></label>"));
}

static void shows_further_questions_to_their_groups_with_what_was_answered(void **state)
{
	struct made *m = *state;
	struct page_form form = { .action = STR("/s/a"), .step = PAGE_FOLLOWS_UP };
	write_form(
	    m, "en",
	    "{\"questions\":[{\"key\":\"ease\",\"kind\":\"rating\",\"text\":\"Easy?\"},"
	    "{\"key\":\"why\",\"kind\":\"choice\",\"text\":\"Why?\",\"groups\":[\"detractors\"],"
	    "\"choices\":[{\"key\":\"price\",\"text\":\"Price\"},{\"key\":\"time\",\"text\":"
	    "\"Time\"}]}]}",
	    &form, 9);
	assert_true(says(m, "name=\"a_ease\" value=\"4\" checked"));
	assert_int_equal(times(m, " checked"), 2);
	assert_true(says(m, "<fieldset class=\"rating\">"));
	assert_true(says(m, "<fieldset class=\"choice\" data-group=\"0\" hidden disabled>"));
}

static void lets_an_owners_text_win_in_every_language(void **state)
{
	struct made *m = *state;
	struct page_form form = { .action = STR("/s/a") };
	const char *d = "{\"question\":\"Again?\",\"thanks\":{\"all\":\"Ta!\"},"
			"\"translations\":{\"de\":{\"question\":\"Nochmal?\"}}}";
	write_form(m, "en", d, &form, PAGE_NO_SCORE);
	assert_true(says(m, ">Again?<") && says(m, ">Ta!<"));
	write_form(m, "de", d, &form, PAGE_NO_SCORE);
	assert_true(says(m, ">Nochmal?<") && says(m, ">Ta!<") && says(m, ">Senden<"));
}

static void turns_the_page_for_arabic(void **state)
{
	struct made *m = *state;
	write_form(m, "ar", "{}", &(struct page_form){ .action = STR("/s/a") }, PAGE_NO_SCORE);
	assert_true(says(m, "<html lang=\"ar\" dir=\"rtl\">"));
	assert_true(says(m, "\u2068Acme &lt;b&gt;&amp;\u2069"));
}

static void makes_the_brands_colour_readable(void **state)
{
	struct made *m = *state;
	write_form(m, "en", "{}", &(struct page_form){ .action = STR("/s/a") }, PAGE_NO_SCORE);
	assert_true(says(m, "--brand:#ffd400;--on-brand:#000000;--edge:var(--ink)}"));
}

static void says_why_there_is_no_survey_in_every_language(void **state)
{
	struct made *m = *state;
	static const char *const codes[] = { "en", "de", "fr", "es", "it", "pt", "nl", "ja", "ar" };
	static const int statuses[] = {
#define STATUS(name, NAME, status) status,
		PAGE_NOTICES(STATUS)
#undef STATUS
	};
	for (size_t n = 0; n < sizeof statuses / sizeof *statuses; n++) {
		assert_int_equal(page_notice_status((enum page_notice)n), statuses[n]);
		for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
			struct page page = page_in(m, codes[i]);
			struct err err;
			buf_free(&m->html);
			buf_init(&m->html, PAGE_BYTES_MAX);
			assert_true(page_write_notice(&m->arena, &page, (enum page_notice)n,
			                              &m->html, &err));
			assert_int_equal(times(m, "<h1>"), 1);
			assert_false(says(m, "<form") || says(m, "<script"));
		}
	}
}

static void has_no_script_or_style_inside(void **state)
{
	struct made *m = *state;
	write_form(m, "en", "{}", &(struct page_form){ .action = STR("/s/a") }, PAGE_NO_SCORE);
	assert_false(says(m, " style="));
	assert_false(says(m, " onclick="));
	assert_int_equal(times(m, "<script"), 1);
	assert_true(says(m, "<script src=\"/p/"));
}

int main(void)
{
#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
	const struct CMUnitTest tests[] = {
		PAGE_TEST(shows_eleven_buttons_and_chooses_none),
		PAGE_TEST(presses_only_the_score_of_the_link_and_asks_for_one_tap),
		PAGE_TEST(escapes_what_others_wrote),
		PAGE_TEST(asks_each_group_its_own_question),
		PAGE_TEST(asks_all_the_same_when_the_owner_says_so),
		PAGE_TEST(shows_further_questions_to_their_groups_with_what_was_answered),
		PAGE_TEST(lets_an_owners_text_win_in_every_language),
		PAGE_TEST(turns_the_page_for_arabic),
		PAGE_TEST(makes_the_brands_colour_readable),
		PAGE_TEST(says_why_there_is_no_survey_in_every_language),
		PAGE_TEST(has_no_script_or_style_inside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
