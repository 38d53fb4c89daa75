/* tests/db/engines.h - the same tests on SQLite and, when there is a server, on PostgreSQL.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_DB_ENGINES_H
#define TESTS_DB_ENGINES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "fresh.h"

static inline int engines_run(const char *name, enum db_engine *engine,
                              const struct CMUnitTest *tests, size_t count, CMFixtureFunction make,
                              CMFixtureFunction drop)
{
	char title[80];
	snprintf(title, sizeof title, "%s on SQLite", name);
	*engine = DB_SQLITE;
	int failed = _cmocka_run_group_tests(title, tests, count, make, drop);
	if (!fresh_has_postgres())
		return failed;
	snprintf(title, sizeof title, "%s on PostgreSQL", name);
	*engine = DB_POSTGRES;
	return failed + _cmocka_run_group_tests(title, tests, count, make, drop);
}

/* `engine` is the one that they run on; `make` and `drop` of the whole group may be NULL. */
#define ENGINES_RUN(name, engine, tests, make, drop) \
	engines_run(name, &(engine), tests, sizeof(tests) / sizeof((tests)[0]), make, drop)

#endif
