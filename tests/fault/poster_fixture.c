/* A program to be hurt: posts units to a store without end and says which were acknowledged.
 *
 *   poster_fixture DATA DATABASE ROUND OUTSTANDING [SECONDS]
 *
 * On standard output, one line each: "+N" unit N of this round was acknowledged, "-N" it was refused and must not be
 * there, "?N" the database failed and nobody knows; "down" and "up" of readiness with a time, "unread" when a read
 * failed. Unit N writes one audit row: at = ROUND, subject = N. Nothing in the schema keeps a row from being there
 * twice. Every 97th refuses after it wrote, every 101st breaks a constraint. With SECONDS nobody
 * misbehaves: it ends by itself and says how many units a second were acknowledged.
 *
 * HEED_FAULT_SYNCHRONOUS=NORMAL|OFF spoils the durability of this program alone, to see the test fail: the call of
 * SQLite that sets it is caught here, the store knows nothing of it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <dlfcn.h>
#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/migrations.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/store.h"

#define WORKSPACES 8

struct post {
	struct unit unit;
	int64_t number;
};

static struct store *store;
static int64_t at_round;
static bool quiet;
static _Atomic int64_t next_number = 1, acknowledged;
static _Atomic bool stopping;

int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                 void *context, char **message)
{
	static union {
		void *object;
		__typeof__(&sqlite3_exec) call;
	} real;
	const char *spoiled = getenv("HEED_FAULT_SYNCHRONOUS");
	char pragma[64];
	if (!real.object)
		real.object = dlsym(RTLD_NEXT, "sqlite3_exec");
	int code = real.call(db, sql, row, context, message);
	if (spoiled && code == SQLITE_OK && strstr(sql, "synchronous=FULL")) {
		snprintf(pragma, sizeof pragma, "PRAGMA synchronous=%s", spoiled);
		code = real.call(db, pragma, NULL, NULL, NULL);
	}
	return code;
}

static void say(const char *what, int64_t number)
{
	char line[64];
	int n = snprintf(line, sizeof line, "%s%" PRId64 "\n", what, number);
	if (!quiet && write(STDOUT_FILENO, line, (size_t)n) != n)
		_exit(3);
}

#define AUDIT                                                                       \
	"INSERT INTO audit (workspace_id, id, at, actor, action, subject, detail) " \
	"VALUES ($1, $2, $3, 'poster', 'post', $4, '')"

static const struct db_stmt insert = { .name = "post", .sqlite = AUDIT, .postgres = AUDIT };

static bool post(struct db_tx *tx, void *input, struct err *err)
{
	const struct post *p = input;
	int64_t id = !quiet && p->number % 101 == 0 ? 1 : tx_new_id(tx);
	char subject[24];
	snprintf(subject, sizeof subject, "%" PRId64, p->number);
	if (!db_exec(tx->db, &insert,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_i64(at_round),
	                     db_arg_text(str_of(subject))),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_RESPONSE, id);
	return quiet || p->number % 97 != 0 || err_set(err, ERR_INVALID, "refused after the write");
}

static void submit(struct post *p);

static void told(struct unit *unit)
{
	struct post *p = unit->owner;
	bool unknown = unit->err.kind == ERR_IO || unit->err.kind == ERR_BUSY;
	if (unit->ok)
		atomic_fetch_add(&acknowledged, 1);
	say(unit->ok ? "+" : unknown ? "?" : "-", p->number);
	if (!atomic_load(&stopping))
		submit(p);
}

/* A poster whose post is not taken comes back a little later, as clients do. */
static void *come_back(void *context)
{
	usleep(50000);
	if (!atomic_load(&stopping))
		submit(context);
	return NULL;
}

static void submit(struct post *p)
{
	struct err err;
	p->number = atomic_fetch_add(&next_number, 1);
	p->unit = (struct unit){ .apply = post,
		                 .input = p,
		                 .workspace = 1 + p->number % WORKSPACES,
		                 .done = told,
		                 .owner = p };
	if (store_submit(store, &p->unit, &err))
		return;
	pthread_t thread;
	MUST(pthread_create(&thread, NULL, come_back, p) == 0);
	pthread_detach(thread);
}

#define COUNT "SELECT COUNT(*) FROM touchpoint WHERE workspace_id = $1"

static const struct db_stmt count_rows = { .name = "count", .sqlite = COUNT, .postgres = COUNT };

/* Reads without pause and watches the readiness. */
static void *watch(void *context)
{
	struct db *db;
	struct err err;
	int64_t n;
	bool up = true;
	(void)context;
	MUST(store_reader_open(store, &db, &err));
	while (!atomic_load(&stopping)) {
		if (!db_one_i64(db, &count_rows, DB_ARGS(db_arg_i64(1)), 0, &n, &err))
			say("unread ", 0);
		bool now = store_is_ready(store, &err);
		if (now != up)
			say(now ? "up " : "down ", clock_monotonic());
		up = now;
		usleep(5000);
	}
	store_reader_close(store, db);
	return NULL;
}

static void run_for(double seconds)
{
	int64_t start = clock_monotonic(), before = atomic_load(&acknowledged);
	usleep((useconds_t)(seconds * 1e6));
	double took = (double)(clock_monotonic() - start) / 1e6;
	printf("%.1f\n", (double)(atomic_load(&acknowledged) - before) / took);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static const struct clock clock;
	struct err err;
	pthread_t watcher;
	MUST(argc >= 5);
	quiet = argc > 5;
	at_round = strtoll(argv[3], NULL, 10);
	struct store_config config = { .data_dir = argv[1],
		                       .database = argv[2],
		                       .purpose = STORE_SERVE,
		                       .clock = &clock,
		                       .migrations = migrations,
		                       .migration_count = sizeof migrations / sizeof migrations[0],
		                       .create = true };
	if (!store_open(&store, &config, &err)) {
		fprintf(stderr, "poster: %s\n", err.msg);
		return 2;
	}
	int outstanding = (int)strtol(argv[4], NULL, 10);
	struct post *posts = mem_zeroed((size_t)outstanding, sizeof *posts);
	MUST(pthread_create(&watcher, NULL, watch, NULL) == 0);
	for (int i = 0; i < outstanding; i++)
		submit(&posts[i]);
	if (!quiet)
		pause();
	run_for(strtod(argv[5], NULL));
	atomic_store(&stopping, true);
	pthread_join(watcher, NULL);
	store_close(store, CLOCK_SECOND);
	free(posts);
	return 0;
}
