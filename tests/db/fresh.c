/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fresh.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/migrations.h"
#include "base/die.h"

#define BOTH(text) .sqlite = text, .postgres = text

static const struct db_stmt insert = {
	.name = "touch_insert",
	BOTH("INSERT INTO touchpoint (workspace_id, id, code, name, position) "
	     "VALUES ($1, $2, $3, $3, $4)"),
};
static const struct db_stmt insert_new = {
	.name = "touch_insert_new",
	BOTH("INSERT INTO touchpoint (workspace_id, id, code, name, position) "
	     "VALUES ($1, $2, $3, $3, $4) ON CONFLICT (workspace_id, code) DO NOTHING"),
};
static const struct db_stmt count_all = {
	.name = "touch_count",
	BOTH("SELECT COUNT(*) FROM touchpoint WHERE workspace_id = $1"),
};

bool fresh_has_postgres(void)
{
	const char *conninfo = getenv("HEED_TEST_POSTGRES");
	return conninfo && conninfo[0];
}

static void maintain(const char *format, const char *name)
{
	char sql[200];
	PGconn *conn = PQconnectdb(getenv("HEED_TEST_POSTGRES"));
	PQclear(PQexec(conn, "SET client_min_messages = warning"));
	snprintf(sql, sizeof sql, "%s %s WITH (FORCE)", format, name);
	PQclear(PQexec(conn, sql));
	PQfinish(conn);
}

static const char *database_name(const struct fresh *f)
{
	return strrchr(f->database, '=') + 1;
}

void fresh_make(struct fresh *f, enum db_engine engine)
{
	*f = (struct fresh){ .dir = "/tmp/heed-test-XXXXXX" };
	MUST(mkdtemp(f->dir));
	if (engine == DB_POSTGRES)
		snprintf(f->database, sizeof f->database, "%s dbname=heed_%s",
		         getenv("HEED_TEST_POSTGRES"), f->dir + strlen("/tmp/heed-test-"));
	for (char *c = f->database[0] ? strrchr(f->database, '=') : f->database; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
}

void fresh_remove(struct fresh *f)
{
	char command[128];
	fresh_close(f);
	if (f->database[0])
		maintain("DROP DATABASE IF EXISTS", database_name(f));
	snprintf(command, sizeof command, "rm -rf '%s'", f->dir);
	MUST(system(command) == 0);
}

struct store_config fresh_config(struct fresh *f, enum store_purpose purpose)
{
	return (struct store_config){ .data_dir = f->dir,
		                      .database = f->database,
		                      .purpose = purpose,
		                      .clock = &f->clock,
		                      .migrations = migrations,
		                      .migration_count = sizeof migrations / sizeof migrations[0],
		                      .create = true };
}

struct store *fresh_open(struct fresh *f)
{
	struct err err = { 0 };
	struct store_config config = fresh_config(f, STORE_SERVE);
	if (!store_open(&f->store, &config, &err)) {
		fprintf(stderr, "store_open: %s\n", err.msg);
		die(__FILE__, __LINE__, "the test's store does not open");
	}
	return f->store;
}

void fresh_close(struct fresh *f)
{
	store_close(f->store, 5 * CLOCK_SECOND);
	f->store = NULL;
}

static bool add(struct db_tx *tx, struct touch *t, const struct db_stmt *stmt, int64_t *changed,
                struct err *err)
{
	t->id = tx_new_id(tx);
	return db_exec(tx->db, stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(t->id),
	                       db_arg_text(str_of(t->code)), db_arg_i64(t->position)),
	               changed, err);
}

bool touch_add(struct db_tx *tx, void *input, struct err *err)
{
	int64_t changed;
	struct touch *t = input;
	if (!add(tx, t, &insert_new, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_CONFLICT, "the code %s is there", t->code);
	tx_changed(tx, CHANGE_TOUCHPOINT, t->id);
	return true;
}

bool touch_add_blindly(struct db_tx *tx, void *input, struct err *err)
{
	struct touch *t = input;
	tx_changed(tx, CHANGE_TOUCHPOINT, 1);
	return add(tx, t, &insert, NULL, err);
}

bool touch_add_now(struct store *store, int64_t workspace, const char *code, struct err *err)
{
	struct touch t = { .position = 1 };
	snprintf(t.code, sizeof t.code, "%s", code);
	return store_run(store, workspace, UNIT_INTERACTIVE, touch_add, &t, err);
}

int64_t touch_count(struct store *store, int64_t workspace)
{
	struct db *db;
	struct err err;
	int64_t n = -1;
	if (!store_reader_open(store, &db, &err))
		return -1;
	if (!db_one_i64(db, &count_all, DB_ARGS(db_arg_i64(workspace)), 0, &n, &err))
		n = -1;
	store_reader_close(store, db);
	return n;
}
