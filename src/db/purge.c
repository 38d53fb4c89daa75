/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/purge.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/log.h"
#include "db/backend.h"
#include "db/copy.h"
#include "db/sqlite.h"

#define ROWS    500
#define SQL_MAX 4096
#define STAYS_AT \
	"workspace_rev" /* counts the very changes of this; goes last, with the workspace */

struct purge {
	struct store *store;
	struct arena arena;
	struct db_stmt *statements; /* children first */
	size_t count;
	pthread_mutex_t lock;
	bool runs;
	struct unit unit;
	size_t at; /* the statement that is under way */
	int64_t gone;
	unit_fn last;
	void *input;
};

static void add_key(struct buf *sql, const struct copy_table *t)
{
	for (size_t i = 0; i < t->key_count; i++)
		buf_printf(sql, "%s%.*s", i ? ", " : "", STR_FMT(t->columns[i].name));
}

/* Of names that stand in our own migrations; nothing of a user's is ever part of it. */
static struct db_stmt statement(struct arena *a, const struct copy_table *t)
{
	struct buf sql;
	buf_init(&sql, SQL_MAX);
	buf_printf(&sql, "DELETE FROM %.*s WHERE workspace_id = $1 AND (", STR_FMT(t->name));
	add_key(&sql, t);
	buf_add(&sql, STR(") IN (SELECT "));
	add_key(&sql, t);
	buf_printf(&sql, " FROM %.*s WHERE workspace_id = $1 LIMIT %d)", STR_FMT(t->name), ROWS);
	MUST(!sql.overflowed);
	const char *text = str_copy_c(a, buf_str(&sql));
	buf_free(&sql);
	return (struct db_stmt){ .name = "purge", .sqlite = text, .postgres = text };
}

static bool is_tenant(const struct copy_table *t)
{
	return str_eq(t->columns[0].name, STR("workspace_id"));
}

static void make_statements(struct purge *purge, const struct copy_schema *schema)
{
	purge->statements = ARENA_ARRAY(&purge->arena, struct db_stmt, schema->count);
	for (size_t i = schema->count; i-- > 0;) {
		const struct copy_table *t = &schema->tables[i];
		if (is_tenant(t) && !str_eq(t->name, STR(STAYS_AT)))
			purge->statements[purge->count++] = statement(&purge->arena, t);
	}
}

/* The schema as a fresh database has it, in a file that is gone again at once. */
static bool schema_read(struct purge *purge, const struct migration *all, size_t count,
                        struct err *err)
{
	struct arena *a = &purge->arena;
	const char *path = str_copy_c(a, str_printf(a, "%s/schema.%d", store_data_dir(purge->store),
	                                            (int)getpid()));
	struct sqlite_options options = { .path = path, .access = DB_WRITES };
	struct copy_schema schema;
	struct db *made;
	unlink(path);
	if (!sqlite_create(path, err))
		return false;
	bool ok = sqlite_open(&made, &options, err);
	if (ok) {
		ok = migrate_run(made, all, count, 1, NULL, NULL, err) &&
		     copy_schema(made, a, &schema, err);
		db_close(made);
	}
	unlink(path);
	if (ok)
		make_statements(purge, &schema);
	return ok;
}

bool purge_open(struct purge **out, struct store *store, const struct migration *all, size_t count,
                struct err *err)
{
	struct purge *purge = mem_zeroed(1, sizeof *purge);
	purge->store = store;
	MUST(pthread_mutex_init(&purge->lock, NULL) == 0);
	if (!schema_read(purge, all, count, err)) {
		purge_free(purge);
		return false;
	}
	*out = purge;
	return true;
}

void purge_free(struct purge *purge)
{
	if (!purge)
		return;
	pthread_mutex_destroy(&purge->lock);
	arena_free(&purge->arena);
	free(purge);
}

static bool apply(struct db_tx *tx, void *input, struct err *err)
{
	struct purge *purge = input;
	if (purge->at < purge->count)
		return db_exec(tx->db, &purge->statements[purge->at],
		               DB_ARGS(db_arg_i64(tx->workspace)), &purge->gone, err);
	purge->gone = 0;
	return !purge->last || purge->last(tx, purge->input, err);
}

static void end(struct purge *purge, const struct err *why)
{
	if (why)
		log_event(LOG_LEVEL_WARNING, "db.purge_stopped", LOG_PAIRS(log_why(why)));
	pthread_mutex_lock(&purge->lock);
	purge->runs = false;
	pthread_mutex_unlock(&purge->lock);
}

static void done(struct unit *unit)
{
	struct purge *purge = unit->owner;
	struct err err;
	bool over = purge->at == purge->count;
	if (!unit->ok || over) {
		end(purge, unit->ok ? NULL : &unit->err);
		return;
	}
	if (purge->gone < ROWS)
		purge->at++;
	if (!store_submit(purge->store, unit, &err))
		end(purge, &err);
}

bool purge_begin(struct purge *purge, int64_t workspace, unit_fn last, void *input, struct err *err)
{
	pthread_mutex_lock(&purge->lock);
	bool ok = !purge->runs || err_set(err, ERR_BUSY, "a workspace is being removed already");
	purge->runs = true;
	pthread_mutex_unlock(&purge->lock);
	if (!ok)
		return false;
	purge->at = 0;
	purge->last = last;
	purge->input = input;
	purge->unit = (struct unit){ .apply = apply,
		                     .input = purge,
		                     .workspace = workspace,
		                     .class = UNIT_BULK,
		                     .done = done,
		                     .owner = purge };
	if (store_submit(purge->store, &purge->unit, err))
		return true;
	end(purge, err);
	return false;
}
