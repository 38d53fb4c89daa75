/* tests/account/house.h - a store with a workspace in it, on either engine, for tests of the account room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_ACCOUNT_HOUSE_H
#define TESTS_ACCOUNT_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../db/fresh.h"
#include "account/workspace.h"

struct house {
	struct fresh fresh;
	struct arena arena;
	struct db *db; /* a reader */
	int64_t workspace;
	struct err err;
};

extern struct house house;

/* For cmocka_unit_test_setup_teardown. */
int house_make(void **state);
int house_drop(void **state);
#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_make, house_drop)

/* Runs them on SQLite and, when there is a server, on PostgreSQL. */
int house_run(const char *name, const struct CMUnitTest *tests, size_t count);
#define HOUSE_RUN(name, tests) house_run(name, tests, sizeof(tests) / sizeof((tests)[0]))

/* Runs a unit in the workspace; its failure is in house.err. */
bool house_do(unit_fn apply, void *input);
bool house_do_in(int64_t workspace, unit_fn apply, void *input);
/* A further workspace. */
int64_t house_workspace(const char *name);
void house_later(int64_t us);

#define assert_str(seen, expected)                                         \
	do {                                                               \
		Str seen_ = (seen);                                        \
		assert_int_equal(seen_.len, strlen(expected));             \
		assert_memory_equal(seen_.at, expected, strlen(expected)); \
	} while (0)
#define assert_refused(done, expected)                        \
	do {                                                  \
		assert_false(done);                           \
		assert_int_equal(house.err.kind, (expected)); \
	} while (0)

#endif
