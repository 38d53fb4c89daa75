/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/idempotency.h"

#include <stdio.h>

#include "house.h"

struct request_of {
	struct idempotency it;
	int64_t made; /* what this request made or what the first one did */
	int writes;
};

static struct request_of request_of(const char *key, const char *body)
{
	return (struct request_of){ .it = { str_of(key), str_of(body) } };
}

static bool once_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct request_of *r = input;
	int64_t done;
	if (!idempotency_find(tx, &r->it, &done, err))
		return false;
	r->made = done ? done : tx_new_id(tx);
	r->writes += !done;
	return done || idempotency_keep(tx, &r->it, r->made, err);
}

struct many {
	int count;
};

static bool many_apply(struct db_tx *tx, void *input, struct err *err)
{
	for (int i = 0; i < ((struct many *)input)->count; i++) {
		char key[32];
		snprintf(key, sizeof key, "key-%d", i);
		struct idempotency it = { str_of(key), STR("body") };
		if (!idempotency_keep(tx, &it, 1, err))
			return false;
	}
	return true;
}

static void the_same_request_is_done_once(void **state)
{
	(void)state;
	struct request_of first = request_of("k1", "body"), again = request_of("k1", "body");
	assert_true(house_do(once_apply, &first));
	assert_true(house_do(once_apply, &again));
	assert_true(first.made == again.made);
	assert_int_equal(again.writes, 0);
}

static void another_body_under_the_same_key_is_refused(void **state)
{
	(void)state;
	struct request_of first = request_of("k1", "body"), other = request_of("k1", "other");
	assert_true(house_do(once_apply, &first));
	assert_refused(house_do(once_apply, &other), ERR_INVALID);
}

static void a_request_without_a_key_is_always_new(void **state)
{
	(void)state;
	struct request_of first = { 0 }, again = { 0 };
	assert_true(house_do(once_apply, &first));
	assert_true(house_do(once_apply, &again));
	assert_true(first.made != again.made);
}

static void a_key_stands_for_a_day(void **state)
{
	(void)state;
	struct request_of first = request_of("k1", "body"), soon = request_of("k1", "body"),
			  late = request_of("k1", "other");
	assert_true(house_do(once_apply, &first));
	house_later(24 * CLOCK_HOUR - CLOCK_MINUTE);
	assert_true(house_do(once_apply, &soon));
	assert_true(soon.made == first.made);
	house_later(2 * CLOCK_MINUTE);
	assert_true(house_do(once_apply, &late));
	assert_true(late.made != first.made);
}

static void workspaces_do_not_share_keys(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	struct request_of first = request_of("k1", "body"), elsewhere = request_of("k1", "else");
	assert_true(house_do(once_apply, &first));
	assert_true(house_do_in(other, once_apply, &elsewhere));
	assert_true(first.made != elsewhere.made);
}

static void a_key_that_somebody_keeps_meanwhile_is_not_overwritten(void **state)
{
	(void)state;
	struct many one = { 1 };
	assert_true(house_do(many_apply, &one));
	assert_refused(house_do(many_apply, &one), ERR_CONFLICT);
}

static void pruning_goes_in_pages_and_leaves_the_young(void **state)
{
	(void)state;
	struct many many = { 600 };
	struct request_of young = request_of("young", "body");
	bool any, more;
	assert_true(house_do(many_apply, &many));
	house_later(25 * CLOCK_HOUR);
	assert_true(house_do(once_apply, &young));
	assert_true(house_do(idempotency_prune, &more));
	assert_true(more);
	assert_true(house_do(idempotency_prune, &more));
	assert_false(more);
	assert_true(idempotency_prunable(house.db, house.workspace, clock_now(&house.fresh.clock),
	                                 &any, &house.err));
	assert_false(any);
	struct request_of again = request_of("young", "body");
	assert_true(house_do(once_apply, &again));
	assert_true(again.made == young.made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(the_same_request_is_done_once),
		HOUSE_TEST(another_body_under_the_same_key_is_refused),
		HOUSE_TEST(a_request_without_a_key_is_always_new),
		HOUSE_TEST(a_key_stands_for_a_day),
		HOUSE_TEST(workspaces_do_not_share_keys),
		HOUSE_TEST(a_key_that_somebody_keeps_meanwhile_is_not_overwritten),
		HOUSE_TEST(pruning_goes_in_pages_and_leaves_the_young),
	};
	return HOUSE_RUN("idempotency", tests);
}
