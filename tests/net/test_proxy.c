/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/proxy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/listen.h"
#include "net/origin.h"

static struct net_address address(const char *text)
{
	struct net_address out;
	assert_true(address_parse(str_of(text), &out));
	return out;
}

static void trusts_exactly_the_ranges_that_were_named(void **state)
{
	struct proxies p;
	struct err err;
	(void)state;
	assert_true(
	    proxies_parse(STR(" 10.0.0.0/8,192.168.1.128/25, 2001:db8::/33 ,::1,"), &p, &err));
	assert_int_equal(p.count, 4);
	const char *const in[] = { "10.255.0.1",       "192.168.1.128", "192.168.1.255",
		                   "2001:db8:7fff::1", "::1",           "::ffff:10.1.1.1" };
	const char *const out[] = { "11.0.0.1", "192.168.1.127", "2001:db8:8000::1",
		                    "::2",      "127.0.0.1",     "::10.1.1.1" };
	for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
		struct net_address a = address(in[i]);
		assert_true(proxies_trust(&p, &a));
	}
	for (size_t i = 0; i < sizeof out / sizeof *out; i++) {
		struct net_address a = address(out[i]);
		assert_false(proxies_trust(&p, &a));
	}
	assert_true(proxies_parse(STR(""), &p, &err));
	assert_int_equal(p.count, 0);
	assert_true(proxies_parse(STR("0.0.0.0/0"), &p, &err));
	struct net_address six = address("2001:db8::1"), four = address("1.2.3.4");
	assert_true(proxies_trust(&p, &four));
	assert_false(proxies_trust(&p, &six));
}

static void refuses_ranges_that_are_none(void **state)
{
	const char *const wrong[] = { "10.0.0.0/33", "::1/129",     "10.0.0/8", "example.com",
		                      "10.0.0.0/",   "10.0.0.0/-1", "/8" };
	struct proxies p;
	struct err err;
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(proxies_parse(str_of(wrong[i]), &p, &err));
	assert_non_null(strstr(err.msg, "/8"));
}

static void counts_a_subscriber_once(void **state)
{
	(void)state;
	struct net_address a = address("2001:db8:1:2:3::4"), b = address("2001:db8:1:2:5::6");
	struct net_address one = address_subscriber(&a), two = address_subscriber(&b);
	assert_true(address_eq(&one, &two));
	a = address("10.0.0.1"), b = address("10.0.0.2");
	one = address_subscriber(&a), two = address_subscriber(&b);
	assert_false(address_eq(&one, &two));
}

static void tells_names_that_are_not_found_from_outside(void **state)
{
	static const char *const own[] = { "nps",          "nps:8080",     "nps.local",
		                           "a.b.internal", "10.0.0.4:443", "172.31.0.1",
		                           "[fd00::1]" };
	static const char *const public[] = { "nps.example.com", "nps.local.example.com",
		                              "172.32.0.1", "192.0.2.1:8080",
		                              "[2001:db8::1]:8080" };
	(void)state;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		assert_true(host_is_private(str_of(own[i])));
	for (size_t i = 0; i < sizeof public / sizeof *public; i++)
		assert_false(host_is_private(str_of(public[i])));
}

static void knows_one_origin(void **state)
{
	struct arena arena = { 0 };
	struct origin o;
	struct err err;
	(void)state;
	assert_true(origin_parse(&arena, STR("HTTPS://Nps.Example.com:443/"), &o, &err));
	assert_true(str_eq(o.text, STR("https://nps.example.com")));
	assert_true(str_eq(o.host, STR("nps.example.com")) && o.https);
	assert_true(origin_parse(&arena, STR("http://nps.example.com:8080"), &o, &err));
	assert_true(str_eq(o.host, STR("nps.example.com:8080")) && !o.https);
	assert_false(origin_is_host(&o, STR("nps.example.com")));
	assert_true(origin_parse(&arena, STR(""), &o, &err));
	assert_false(origin_is_host(&o, STR("")));
	const char *const wrong[] = { "nps.example.com", "ftp://a",     "https://",
		                      "https://a/b",     "https://a b", "https://u@a" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(origin_parse(&arena, str_of(wrong[i]), &o, &err));
	arena_free(&arena);
}

static void says_what_to_do_about_an_address_that_cannot_be_had(void **state)
{
	struct listening one, two;
	struct err err;
	char again[32];
	(void)state;
	assert_true(listen_open(STR("127.0.0.1:0"), &one, &err));
	assert_true(one.port > 0 && one.loopback);
	snprintf(again, sizeof again, "127.0.0.1:%d", one.port);
	assert_false(listen_open(str_of(again), &two, &err));
	assert_non_null(strstr(err.msg, "taken"));
	assert_true(listen_open(STR("localhost:0"), &two, &err));
	assert_true(two.loopback);
	const char *const wrong[] = {
		"8080",        "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "example.com:80",
		"127.0.0.1:8o"
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(listen_open(str_of(wrong[i]), &(struct listening){ 0 }, &err));
	assert_false(listen_open(STR("192.0.2.1:0"), &(struct listening){ 0 }, &err));
	assert_non_null(strstr(err.msg, "no such address"));
	close(one.fd);
	close(two.fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trusts_exactly_the_ranges_that_were_named),
		cmocka_unit_test(refuses_ranges_that_are_none),
		cmocka_unit_test(counts_a_subscriber_once),
		cmocka_unit_test(tells_names_that_are_not_found_from_outside),
		cmocka_unit_test(knows_one_origin),
		cmocka_unit_test(says_what_to_do_about_an_address_that_cannot_be_had),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
