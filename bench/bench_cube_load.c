/* bench/bench_cube_load.c - what loading and following a workspace costs that is there already: rows a second, bytes a row,
 * microseconds of a catch-up. The workspace is the first of DATA (HEED_DATA) or of HEED_DATABASE.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/schema.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/store.h"
#include "feedback/cube.h"
#include "feedback/response.h"

static const char first_text[] = "SELECT MIN(workspace_id) FROM workspace_name";
static const struct db_stmt first_stmt = { "bench_first", first_text, first_text, true };
static const char answer_text[] =
    "SELECT MIN(id) FROM response WHERE workspace_id = $1 AND id > $2";
static const struct db_stmt answer_stmt = { "bench_answer", answer_text, answer_text, false };

static void check(bool ok, const struct err *err)
{
	if (!ok)
		die(__FILE__, __LINE__, err->msg);
}

static bool star(struct db_tx *tx, void *input, struct err *err)
{
	return response_set_star(tx, *(int64_t *)input, true, err);
}

struct bench {
	struct store *store;
	struct db *db;
	struct cubes *cubes;
	int64_t workspace;
};

static int64_t take(struct bench *b, unsigned wants)
{
	const struct cube_view *view;
	int64_t as_of, began = clock_monotonic();
	struct err err;
	check(cubes_view(b->cubes, b->db, b->workspace, wants, &view, &as_of, &err), &err);
	int64_t took = clock_monotonic() - began;
	cubes_return(b->cubes, view);
	return took;
}

static double cpu_seconds(void)
{
	struct timespec at;
	MUST(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at) == 0);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void tell_load(struct bench *b, unsigned wants, const char *what)
{
	struct cubes_stats s;
	double before = cpu_seconds();
	int64_t took = take(b, wants);
	double cpu = cpu_seconds() - before;
	cubes_stats(b->cubes, &s);
	printf("%-24s %8.3f s (%.3f s of CPU)  %5.2f (%.2f) million rows/s  %6.2f bytes a row\n",
	       what, (double)took / 1e6, cpu, (double)s.rows / (double)took,
	       (double)s.rows / cpu / 1e6, (double)s.bytes / (double)s.rows);
}

static int by_size(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

/* One edit each time, somewhere else. */
static void tell_catch_up(struct bench *b)
{
	int64_t took[200], id = 0;
	struct err err;
	for (int i = 0; i < 200; i++) {
		check(db_one_i64(b->db, &answer_stmt,
		                 DB_ARGS(db_arg_i64(b->workspace),
		                         db_arg_i64(id + (INT64_C(1) << 50) / 400)),
		                 id + 1, &id, &err),
		      &err);
		check(store_run(b->store, b->workspace, UNIT_INTERACTIVE, star, &id, &err), &err);
		took[i] = take(b, 0);
	}
	qsort(took, 200, sizeof took[0], by_size);
	printf("a catch-up with one edit: median %" PRId64 " us, 95th %" PRId64 " us\n", took[100],
	       took[190]);
	int64_t began = clock_monotonic();
	for (int i = 0; i < 10000; i++)
		take(b, 0);
	printf("a view that is new: %.2f us\n", (double)(clock_monotonic() - began) / 1e4);
}

int main(void)
{
	struct bench b = { 0 };
	struct clock clock = { 0 };
	struct err err;
	const char *data = getenv("HEED_DATA");
	if (!data) {
		printf("set HEED_DATA to a data directory with answers\n");
		return 0;
	}
	struct store_config config = { .data_dir = data,
		                       .database = getenv("HEED_DATABASE"),
		                       .purpose = STORE_COMMAND,
		                       .clock = &clock,
		                       .migrations = schema_migrations,
		                       .migration_count = schema_migration_count };
	check(store_open(&b.store, &config, &err), &err);
	check(store_reader_open(b.store, &b.db, &err), &err);
	check(db_one_i64(b.db, &first_stmt, DB_NO_ARGS, 0, &b.workspace, &err), &err);
	b.cubes = cubes_open(&(struct cubes_config){ .clock = &clock, .budget = SIZE_MAX });
	tell_load(&b, 0, "load");
	tell_catch_up(&b);
	tell_load(&b, CUBE_PEOPLE, "with people (beside it)");
	cubes_close(b.cubes);
	b.cubes = cubes_open(&(struct cubes_config){ .clock = &clock, .budget = SIZE_MAX });
	tell_load(&b, 0, "load, warm");
	cubes_close(b.cubes);
	store_reader_close(b.store, b.db);
	store_close(b.store, CLOCK_SECOND);
	return 0;
}
