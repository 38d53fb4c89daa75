/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "db/backup.sql.h"
#include "db/file.h"
#include "db/store_state.h"

/* From SQLite: the engine makes a compact copy in one read transaction. */
static bool write_by_vacuum(struct store *store, const char *to, struct err *err)
{
	struct db *db;
	/* It reads, but a connection that may only read refuses it. */
	if (!store_connect(store, DB_WRITES, &db, err))
		return false;
	bool ok = db_exec(db, &sql_backup_vacuum, DB_ARGS(db_arg_text(str_of(to))), NULL, err);
	db_close(db);
	return ok;
}

static bool copy_into(struct db *from, struct db *to, const struct copy_schema *schema,
                      copy_progress_fn progress, void *context, int64_t *rows, struct err *err)
{
	if (!db_begin(to, err))
		return false;
	if (copy_rows(from, to, schema, progress, context, rows, err))
		return db_commit(to, err);
	db_rollback(to);
	return false;
}

/* One file, without a log beside it. */
static bool settle(struct db *db, struct err *err)
{
	return db_command(db, "PRAGMA journal_mode=DELETE", err);
}

static bool write_by_rows(struct store *store, const struct migration *all, size_t count,
                          const char *to, struct err *err)
{
	struct arena a = { 0 };
	struct db *from, *made;
	struct copy_schema schema;
	int64_t rows;
	if (!store_reader_open(store, &from, err))
		return false;
	bool ok = db_read_begin(from, err);
	if (ok) {
		ok =
		    copy_make_like(from, all, count, to, clock_now(store_clock(store)), &made, err);
		if (ok) {
			ok = copy_schema(made, &a, &schema, err) &&
			     copy_into(from, made, &schema, NULL, NULL, &rows, err) &&
			     settle(made, err);
			db_close(made);
		}
		db_read_end(from);
	}
	store_reader_close(store, from);
	arena_free(&a);
	return ok;
}

bool backup_write(struct store *store, const struct migration *all, size_t count, const char *path,
                  struct err *err)
{
	char part[4096];
	int n = snprintf(part, sizeof part, "%s.part", path);
	if (n < 0 || (size_t)n >= sizeof part)
		return err_set(err, ERR_INVALID, "the name %s is too long", path);
	if (access(path, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, "%s exists: choose another name", path);
	unlink(part);
	mode_t usual = umask(0077);
	bool ok = store_engine(store) == DB_SQLITE ? write_by_vacuum(store, part, err)
	                                           : write_by_rows(store, all, count, part, err);
	umask(usual);
	ok = ok && file_sync(part, err) && file_move(part, path, err);
	if (!ok)
		unlink(part);
	return ok || err_prefix(err, "the backup %s was not made", path);
}

static int newest_first(const void *a, const void *b)
{
	return strcmp(*(char *const *)b, *(char *const *)a);
}

/* Names carry their time, so their order is that of age. */
static bool is_backup(const char *name, const char *prefix)
{
	Str s = str_of(name);
	return str_starts(s, str_of(prefix)) && str_ends(s, STR(".db"));
}

static int newest_made_first(const void *x, const void *y)
{
	const struct backup_file *a = x, *b = y;
	if (a->made_at != b->made_at)
		return a->made_at < b->made_at ? 1 : -1;
	return str_cmp(b->name, a->name);
}

bool backup_list(const char *data_dir, struct arena *a, struct backup_file **out, size_t *count,
                 struct err *err)
{
	struct backup_file *all = ARENA_ARRAY(a, struct backup_file, BACKUPS_LISTED);
	const char *folder = str_printf(a, "%s/" BACKUP_FOLDER, data_dir).at;
	size_t n = 0;
	struct stat info;
	DIR *dir = opendir(folder);
	if (!dir && errno != ENOENT)
		return err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	for (struct dirent *entry; dir && n < BACKUPS_LISTED && (entry = readdir(dir));)
		if (is_backup(entry->d_name, "") &&
		    fstatat(dirfd(dir), entry->d_name, &info, 0) == 0)
			all[n++] = (struct backup_file){ str_copy(a, str_of(entry->d_name)),
				                         info.st_mtim.tv_sec * CLOCK_SECOND +
				                             info.st_mtim.tv_nsec / 1000 };
	if (dir)
		closedir(dir);
	qsort(all, n, sizeof *all, newest_made_first);
	*out = all;
	*count = n;
	return true;
}

bool backup_prune(const char *folder, const char *prefix, size_t keep, struct err *err)
{
	char *names[512];
	size_t count = 0;
	DIR *dir = opendir(folder);
	if (!dir)
		return errno == ENOENT || err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	for (struct dirent *entry; (entry = readdir(dir)) && count < 512;)
		if (is_backup(entry->d_name, prefix)) {
			names[count++] = mem_copy(entry->d_name);
		}
	qsort(names, count, sizeof names[0], newest_first);
	bool ok = true;
	for (size_t i = 0; i < count; i++) {
		if (i >= keep && unlinkat(dirfd(dir), names[i], 0) != 0 && ok)
			ok = err_set(err, ERR_IO, "%s/%s: %s", folder, names[i], strerror(errno));
		free(names[i]);
	}
	closedir(dir);
	return ok;
}
