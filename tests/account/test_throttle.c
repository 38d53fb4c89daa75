/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/throttle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/clock.h"

#define NOW (INT64_C(1000) * CLOCK_HOUR)

static struct throttle *throttle;

static int make(void **state)
{
	(void)state;
	throttle = throttle_new(1024);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	throttle_free(throttle);
	return 0;
}

#define LITERAL(text)                 \
	{                             \
		text, sizeof text - 1 \
	}
static const struct attempt owner = { LITERAL("owner"), LITERAL("home"), LITERAL("") };
static const struct attempt thief = { LITERAL("owner"), LITERAL("elsewhere"), LITERAL("") };
static const struct attempt known = { LITERAL("owner"), LITERAL("elsewhere"), LITERAL("laptop") };

static bool try(const struct attempt *who, int64_t now, int64_t *wait)
{
	return throttle_take(throttle, who, now, wait);
}

static void makes_wrong_tries_wait_longer_each_time(void **state)
{
	int64_t now = NOW, wait, before = 0;
	(void)state;
	for (int i = 0; i < THROTTLE_TRIES; i++)
		assert_true(try(&thief, now, &wait));
	for (int i = 0; i < 8; i++) {
		assert_false(try(&thief, now, &wait));
		assert_true(wait > before);
		before = wait;
		now += wait;
		assert_true(try(&thief, now, &wait));
	}
}

static void never_asks_for_more_than_a_quarter_of_an_hour(void **state)
{
	int64_t now = NOW, wait = 0, longest = 0;
	(void)state;
	for (int i = 0; i < 60; i++) {
		if (!try(&thief, now, &wait))
			now += wait;
		longest = wait > longest ? wait : longest;
	}
	assert_int_equal(longest, 15 * CLOCK_MINUTE);
}

static void does_not_count_a_try_that_it_turned_away(void **state)
{
	int64_t wait, first;
	(void)state;
	for (int i = 0; i < THROTTLE_TRIES; i++)
		assert_true(try(&thief, NOW, &wait));
	assert_false(try(&thief, NOW, &first));
	for (int i = 0; i < 100; i++)
		assert_false(try(&thief, NOW, &wait));
	assert_int_equal(wait, first);
}

static void lets_the_owner_in_from_elsewhere_while_somebody_hammers(void **state)
{
	int64_t wait;
	(void)state;
	for (int i = 0; i < 1000; i++)
		(void)!try(&thief, NOW, &wait);
	assert_false(try(&thief, NOW, &wait));
	assert_true(try(&owner, NOW, &wait));
}

static void lets_a_known_browser_in_from_the_very_same_address(void **state)
{
	int64_t wait;
	(void)state;
	for (int i = 0; i < 1000; i++)
		(void)!try(&thief, NOW, &wait);
	assert_true(try(&known, NOW, &wait));
}

static void leaves_a_new_place_one_try_when_a_crowd_hammers(void **state)
{
	int64_t wait;
	(void)state;
	for (int i = 0; i < THROTTLE_CROWD; i++) {
		char address[16];
		snprintf(address, sizeof address, "%d", i);
		assert_true(
		    try(&(struct attempt){ owner.account, str_of(address), STR("") }, NOW, &wait));
	}
	assert_true(try(&owner, NOW, &wait));
	assert_false(try(&owner, NOW, &wait));
	assert_true(wait <= 5 * CLOCK_SECOND);
	assert_true(try(&known, NOW, &wait));
	assert_true(try(&known, NOW, &wait));
}

static void stops_one_address_that_tries_many_accounts(void **state)
{
	int64_t wait;
	bool all = true;
	(void)state;
	for (int i = 0; i <= THROTTLE_ADDRESS_TRIES; i++) {
		char account[16];
		snprintf(account, sizeof account, "%d", i);
		all = try(&(struct attempt){ str_of(account), STR("x"), STR("") }, NOW, &wait);
	}
	assert_false(all);
}

static void forgets_after_a_right_password_and_after_two_hours(void **state)
{
	int64_t wait;
	(void)state;
	for (int i = 0; i < THROTTLE_TRIES; i++)
		assert_true(try(&thief, NOW, &wait));
	assert_false(try(&thief, NOW, &wait));
	assert_true(try(&thief, NOW + 3 * CLOCK_HOUR, &wait));
	assert_true(try(&thief, NOW + 3 * CLOCK_HOUR, &wait));
	for (int i = 0; i < 50; i++) {
		assert_true(try(&owner, NOW, &wait));
		throttle_forget(throttle, &owner);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, make, drop)
	const struct CMUnitTest tests[] = {
		T(makes_wrong_tries_wait_longer_each_time),
		T(never_asks_for_more_than_a_quarter_of_an_hour),
		T(does_not_count_a_try_that_it_turned_away),
		T(lets_the_owner_in_from_elsewhere_while_somebody_hammers),
		T(lets_a_known_browser_in_from_the_very_same_address),
		T(leaves_a_new_place_one_try_when_a_crowd_hammers),
		T(stops_one_address_that_tries_many_accounts),
		T(forgets_after_a_right_password_and_after_two_hours),
	};
	return cmocka_run_group_tests_name("account/throttle", tests, NULL, NULL);
}
