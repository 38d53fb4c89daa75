/* Buttons under the thanks: where they may lead, and whom they ask for a public review. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/thanks_button.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static bool leads(const char *url)
{
	struct err err = { 0 };
	bool ok = thanks_url_check(str_of(url), "/url", &err);
	assert_true(ok || (err.kind == ERR_INVALID && err.msg[0]));
	return ok;
}

static void only_web_addresses_are_led_to(void **state)
{
	(void)state;
	assert_true(leads("https://example.com"));
	assert_true(leads("http://example.com:8080/a?b=c&d=%20#e"));
	assert_true(leads("HTTPS://Example.COM/@name"));
	assert_true(leads("https://müller.example/ü"));
	assert_false(leads(""));
	assert_false(leads("javascript:alert(1)"));
	assert_false(leads("javascript://example.com/"));
	assert_false(leads(" https://example.com"));
	assert_false(leads("https:/example.com"));
	assert_false(leads("https://"));
	assert_false(leads("https:///x"));
	assert_false(leads("https://a b"));
	assert_false(leads("https://a\"b"));
	assert_false(leads("https://a\\b"));
	assert_false(leads("https://a\tb"));
	assert_false(leads("https://name@example.com"));
	assert_false(leads("https://name:secret@example.com"));
}

static struct thanks_button to(const char *url, bool review)
{
	return (struct thanks_button){ STR("Go"), str_of(url), review };
}

static void known_places_of_reviews_need_no_mark(void **state)
{
	struct thanks_button none = { 0 };
	struct thanks_button known = to("https://uk.TrustPilot.com/review/a", false);
	struct thanks_button other = to("https://nottrustpilot.com/review/a", false);
	struct thanks_button marked = to("https://example.com", true);
	(void)state;
	assert_true(thanks_button_reviews(&known));
	assert_false(thanks_button_reviews(&other));
	assert_true(thanks_button_reviews(&marked));
	assert_false(thanks_button_reviews(&none));
}

static void asking_some_groups_only_is_gating(void **state)
{
	struct thanks_button none = { 0 };
	struct thanks_button review = to("https://g.page/r/a/review", false);
	struct thanks_button shop = to("https://example.com/shop", false);
	struct thanks_button mixed[] = { shop, none, review };
	struct thanks_button all[] = { review, review, review };
	struct thanks_button nobody[] = { shop, none, none };
	(void)state;
	assert_true(thanks_buttons_gate(mixed));
	assert_false(thanks_buttons_gate(all));
	assert_false(thanks_buttons_gate(nobody));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_web_addresses_are_led_to),
		cmocka_unit_test(known_places_of_reviews_need_no_mark),
		cmocka_unit_test(asking_some_groups_only_is_gating),
	};
	return cmocka_run_group_tests_name("thanks buttons", tests, NULL, NULL);
}
