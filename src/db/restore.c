/* Restoring a backup: see db/backup.h. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/backup.h"

#include <stdio.h>
#include <unistd.h>

#include "base/zone.h"
#include "db/data_lock.h"
#include "db/file.h"
#include "db/sqlite.h"
#include "db/store_state.h"

#define CHECK_BUDGET (600 * CLOCK_SECOND)

/* What a restore works with: a copy of the given file, and the database made from it. */
struct restore {
	const struct store_config *config;
	struct arena arena;
	const char *copy, *made; /* paths in the data directory */
	copy_progress_fn progress;
	void *context;
	struct backup_restored *out;
};

static const char *path_in(struct restore *r, const char *name)
{
	return str_printf(&r->arena, "%s/%s", r->config->data_dir, name).at;
}

static void remove_database(const char *path)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char name[4200];
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		snprintf(name, sizeof name, "%s%s", path, endings[i]);
		unlink(name);
	}
}

static bool check_source(struct db *db, const char *path, struct err *err)
{
	char table[64];
	if (!sqlite_check_tables(db, CHECK_BUDGET, table, err))
		return false;
	return !table[0] || err_set(err, ERR_CORRUPT,
	                            "%s is damaged (table %s): use another backup", path, table);
}

/* The backup's rows in a fresh database of the backup's own schema, then brought up to date. */
static bool rebuild(struct restore *r, struct db *source, struct err *err)
{
	const struct store_config *c = r->config;
	int64_t now = clock_now(c->clock);
	struct copy_schema schema;
	struct db *made;
	if (!copy_make_like(source, c->migrations, c->migration_count, r->made, now, &made, err))
		return false;
	bool ok = copy_schema(made, &r->arena, &schema, err) && db_begin(made, err);
	if (ok) {
		ok =
		    copy_rows(source, made, &schema, r->progress, r->context, &r->out->rows, err) &&
		    db_commit(made, err);
		if (!ok)
			db_rollback(made);
	}
	ok = ok && migrate_run(made, c->migrations, c->migration_count, now, NULL, NULL, err);
	db_close(made);
	return ok;
}

/* What is wrong is the given file, not the copy that the layers below name. */
static bool cannot(struct restore *r, const char *path, struct err *err)
{
	struct err told = *err;
	Str said = str_of(told.msg), copy = str_of(r->copy);
	size_t at = str_find(said, copy);
	if (at == SIZE_MAX)
		return err_prefix(err, "%s cannot be restored", path);
	if (told.kind == ERR_CORRUPT)
		return err_set(err, ERR_CORRUPT,
		               "%s cannot be restored: it is no backup of Heed, or damaged", path);
	said = str_slice(said, at + copy.len, said.len);
	return err_set(err, told.kind, "%s cannot be restored: it%.*s", path, STR_FMT(said));
}

static bool read_backup(struct restore *r, const char *path, struct err *err)
{
	struct sqlite_options options = { .path = r->copy, .access = DB_READS };
	struct db *source;
	if (!file_copy(path, r->copy, err))
		return err_prefix(err, "%s cannot be restored", path);
	if (!sqlite_open(&source, &options, err))
		return cannot(r, path, err);
	bool ok = check_source(source, path, err) && rebuild(r, source, err);
	db_close(source);
	return ok || cannot(r, path, err);
}

static void stamp(int64_t now, char out[static 32])
{
	char text[32];
	time_write(now, text);
	size_t n = 0;
	for (const char *c = text; *c && *c != '.'; c++)
		if (*c != ':')
			out[n++] = *c;
	out[n] = '\0';
}

/* SQLite: the files change names. While the file `restoring` is there no store opens: a power cut in between must not
 * end in an empty database. */
static bool swap_file(struct restore *r, struct err *err)
{
	char when[32];
	const char *path = path_in(r, "heed.db");
	const char *restoring = path_in(r, BACKUP_RESTORING);
	stamp(clock_now(r->config->clock), when);
	const char *aside = str_printf(&r->arena, "%s.before-restore-%s", path, when).at;
	r->out->kept[0] = '\0';
	if (!file_move_database(r->made, restoring, err))
		return false;
	if (access(path, F_OK) == 0) {
		if (!file_move_database(path, aside, err))
			return false;
		snprintf(r->out->kept, sizeof r->out->kept, "%s", aside);
	}
	return file_move_database(restoring, path, err);
}

/* PostgreSQL: one transaction clears and fills. */
static bool fill_server(struct restore *r, const char *folder, struct err *err)
{
	char when[32];
	struct sqlite_options options = { .path = r->made, .access = DB_READS };
	struct copy_schema schema;
	struct store *store;
	struct db *to, *from;
	if (!store_open(&store, r->config, err))
		return false;
	stamp(clock_now(r->config->clock), when);
	snprintf(r->out->kept, sizeof r->out->kept, "%s/before-restore-%s.db", folder, when);
	bool ok = backup_write(store, r->config->migrations, r->config->migration_count,
	                       r->out->kept, err) &&
	          sqlite_open(&from, &options, err);
	if (ok) {
		ok = copy_schema(from, &r->arena, &schema, err) &&
		     store_connect(store, DB_WRITES, &to, err);
		if (ok) {
			ok = db_begin(to, err) && copy_clear(to, &schema, err) &&
			     copy_rows(from, to, &schema, r->progress, r->context, &r->out->rows,
			               err);
			if (ok)
				ok = db_commit(to, err);
			else
				db_rollback(to);
			db_close(to);
		}
		db_close(from);
	}
	store_close(store, 0);
	return ok;
}

static bool restore_locked(struct restore *r, const char *path, const char *folder, bool server,
                           struct err *err)
{
	remove_database(r->copy);
	remove_database(r->made);
	bool ok =
	    read_backup(r, path, err) && (server ? fill_server(r, folder, err) : swap_file(r, err));
	remove_database(r->copy);
	remove_database(r->made);
	return ok;
}

bool backup_restore(const struct store_config *config, const char *path, const char *folder,
                    copy_progress_fn progress, void *context, struct backup_restored *out,
                    struct err *err)
{
	struct restore r = {
		.config = config, .progress = progress, .context = context, .out = out
	};
	bool server = config->database && *config->database;
	int lock = -1;
	*out = (struct backup_restored){ 0 };
	if (!file_make_folder(config->data_dir, err) || (server && !file_make_folder(folder, err)))
		return false;
	r.copy = path_in(&r, "heed.db.backup-copy");
	r.made = path_in(&r, "heed.db.restored");
	/* The store of a server takes the lock itself. */
	bool ok = server || data_lock_take(config->data_dir, "heed restore",
	                                   clock_now(config->clock), 0, &lock, err);
	ok = ok && restore_locked(&r, path, folder, server, err);
	data_lock_give(lock);
	arena_free(&r.arena);
	return ok;
}
