/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct template_dict *sample(struct arena *a)
{
	struct template_dict *d = template_dict_new(a);
	template_set(d, "brand", STR("Müller & <Söhne>"));
	template_set(d, "markup", STR("<b>\"'</b>"));
	template_set(d, "empty", STR(""));
	template_set_i64(d, "score", 0);
	template_set_bool(d, "yes", true);
	template_set_bool(d, "no", false);
	for (int i = 0; i < 3; i++) {
		struct template_dict *item = template_list_add(d, "scale");
		template_set_i64(item, "n", i);
		template_set_bool(item, "last", i == 2);
	}
	return d;
}

static void assert_renders(const char *source, const char *wanted)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	const struct template *t;
	struct buf b;
	buf_init(&b, 4096);
	if (!template_parse(&a, str_of(source), &t, &err) ||
	    !template_render(t, sample(&a), &b, &err))
		fail_msg("%s: %s", source, err.msg);
	buf_add_char(&b, '\0');
	assert_string_equal(b.at, wanted);
	buf_free(&b);
	arena_free(&a);
}

static void fills_holes_and_escapes_html(void **state)
{
	(void)state;
	assert_renders("", "");
	assert_renders("plain } } { {", "plain } } { {");
	assert_renders("<p>{{brand}}</p>", "<p>Müller &amp; &lt;Söhne&gt;</p>");
	assert_renders("{{ markup }}|{{{markup}}}", "&lt;b&gt;&quot;&#39;&lt;/b&gt;|<b>\"'</b>");
	assert_renders("[{{unknown}}{{{unknown}}}{{score}}]", "[0]");
	assert_renders("a{{! {not} seen }}b", "ab");
}

static void shows_sections_by_their_value(void **state)
{
	(void)state;
	assert_renders("{{#yes}}1{{/yes}}{{#no}}2{{/no}}{{#empty}}3{{/empty}}{{#score}}4{{/score}}"
	               "{{#gone}}5{{/gone}}",
	               "14");
	assert_renders("{{^yes}}1{{/yes}}{{^no}}2{{/no}}{{^empty}}3{{/empty}}{{^score}}4{{/score}}"
	               "{{^gone}}5{{/gone}}{{^scale}}6{{/scale}}",
	               "235");
}

static void repeats_lists_with_their_own_names(void **state)
{
	(void)state;
	assert_renders("{{#scale}}{{n}}{{^last}},{{/last}}{{/scale}}", "0,1,2");
	assert_renders("{{#scale}}{{#last}}{{score}}{{#yes}}{{n}}{{/yes}}{{/last}}{{/scale}}",
	               "02");
}

static void leaves_no_empty_line_for_a_tag_of_its_own_line(void **state)
{
	(void)state;
	assert_renders("<ul>\n  {{#scale}}\n  <li>{{n}}\n  {{/scale}}\n</ul>\n",
	               "<ul>\n  <li>0\n  <li>1\n  <li>2\n</ul>\n");
	assert_renders("a\r\n{{! note }}\r\nb", "a\r\nb");
	assert_renders("{{#yes}}\nx\n{{/yes}}", "x\n");
	assert_renders("a {{#yes}}\nx {{/yes}} b\n", "a \nx  b\n");
	assert_renders("{{#yes}} {{/yes}}\n", " \n");
}

static void refuses_tags_that_do_not_match(void **state)
{
	(void)state;
	static const struct {
		const char *source, *line;
	} bad[] = {
		{ "a\nb{{name", "line 2" },   { "{{{name}}", "line 1" },
		{ "{{}}", "line 1" },         { "{{a b}}", "line 1" },
		{ "{{#}}{{/}}", "line 1" },   { "\n\n{{/a}}", "line 3" },
		{ "{{#a}}{{/b}}", "line 1" }, { "{{#a}}\n{{#b}}{{/a}}{{/b}}", "line 2" },
		{ "{{#a}}\n\n", "line 3" },   { "{{\"}}", "line 1" },
		{ "{{<script>}}", "line 1" }, { "{{\xFF}}", "line 1" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct arena a = { 0 };
		struct err err = { 0 };
		const struct template *t;
		assert_false(template_parse(&a, str_of(bad[i].source), &t, &err));
		assert_int_equal(err.kind, ERR_INVALID);
		if (!strstr(err.msg, bad[i].line))
			fail_msg("%s: %s", bad[i].source, err.msg);
		arena_free(&a);
	}
}

static void bounds_nesting_length_and_repetition(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	const struct template *t;
	struct buf b;
	buf_init(&b, 4096);
	for (int i = 0; i < 17; i++)
		buf_add(&b, STR("{{#scale}}"));
	for (int i = 0; i < 17; i++)
		buf_add(&b, STR("{{/scale}}"));
	assert_false(template_parse(&a, buf_str(&b), &t, &err));
	buf_clear(&b);
	for (int i = 0; i < 16; i++)
		buf_add(&b, STR("{{#scale}}"));
	for (int i = 0; i < 16; i++)
		buf_add(&b, STR("{{/scale}}"));
	assert_true(template_parse(&a, buf_str(&b), &t, &err));
	struct buf out;
	buf_init(&out, 100);
	assert_false(template_render(t, sample(&a), &out, &err));
	assert_int_equal(err.kind, ERR_TOO_LARGE);
	assert_true(template_parse(&a, STR("{{brand}}{{brand}}{{brand}}{{brand}}"), &t, &err));
	assert_false(template_render(t, sample(&a), &out, &err));
	assert_int_equal(err.kind, ERR_TOO_LARGE);
	buf_free(&out);
	buf_free(&b);
	arena_free(&a);
}

static void takes_the_value_that_was_set_last(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	const struct template *t;
	struct buf b;
	buf_init(&b, 100);
	struct template_dict *d = template_dict_new(&a);
	template_set(d, "x", STR("old"));
	template_set(d, "x", STR("new"));
	template_list_add(d, "y");
	template_set_bool(d, "y", false);
	assert_true(template_parse(&a, STR("{{x}}{{#y}}!{{/y}}"), &t, &err));
	assert_true(template_render(t, d, &b, &err));
	assert_true(str_eq(buf_str(&b), STR("new")));
	buf_free(&b);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_holes_and_escapes_html),
		cmocka_unit_test(shows_sections_by_their_value),
		cmocka_unit_test(repeats_lists_with_their_own_names),
		cmocka_unit_test(leaves_no_empty_line_for_a_tag_of_its_own_line),
		cmocka_unit_test(refuses_tags_that_do_not_match),
		cmocka_unit_test(bounds_nesting_length_and_repetition),
		cmocka_unit_test(takes_the_value_that_was_set_last),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
