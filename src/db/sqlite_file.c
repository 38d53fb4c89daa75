/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/sqlite.h"

#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/file.h"
#include "db/sqlite_file.sql.h"

/* Not all are in every linux/magic.h. */
static const struct {
	unsigned magic;
	const char *name;
} network_filesystems[] = {
	{ 0x00006969, "NFS" },  { 0x0000517b, "SMB" },  { 0xff534d42, "CIFS" },
	{ 0xfe534d42, "SMB2" }, { 0x00c36400, "Ceph" }, { 0x5346414f, "AFS" },
	{ 0x73757245, "Coda" }, { 0x01021997, "9P" },   { 0x0bd00bd0, "Lustre" },
};

bool sqlite_check_filesystem(const char *folder, struct err *err)
{
	struct statfs fs;
	if (statfs(folder, &fs) != 0)
		return err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	for (size_t i = 0; i < sizeof network_filesystems / sizeof network_filesystems[0]; i++)
		if ((unsigned)fs.f_type == network_filesystems[i].magic)
			return err_set(
			    err, ERR_INVALID,
			    "%s is on a network file system (%s), where SQLite loses data: "
			    "use a local disk, or PostgreSQL",
			    folder, network_filesystems[i].name);
	return true;
}

/* What must be set before the first page is written; the transaction makes that page. */
static bool write_first_page(const char *path, struct err *err)
{
	char sql[256];
	snprintf(sql, sizeof sql,
	         "PRAGMA page_size=%d; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;"
	         "PRAGMA synchronous=FULL; PRAGMA application_id=%d",
	         SQLITE_PAGE_SIZE, SQLITE_APPLICATION_ID);
	sqlite3 *handle = NULL;
	int code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(handle, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		err_set(err, ERR_IO, "%s cannot be made: %s", path, sqlite3_errmsg(handle));
	sqlite3_close(handle);
	return code == SQLITE_OK;
}

/* What SQLite would take for the log of the new file. */
static void remove_leftovers(const char *path)
{
	static const char *const endings[] = { "-wal", "-shm", "-journal" };
	char name[4200];
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		snprintf(name, sizeof name, "%s%s", path, endings[i]);
		unlink(name);
	}
}

/* Made under another name, so that a half-made file is never taken for a database. */
bool sqlite_create(const char *path, struct err *err)
{
	if (access(path, F_OK) == 0)
		return true;
	char fresh[4096];
	int n = snprintf(fresh, sizeof fresh, "%s.new", path);
	if (n < 0 || (size_t)n >= sizeof fresh)
		return err_set(err, ERR_INVALID, "the name %s is too long", path);
	unlink(fresh);
	remove_leftovers(fresh);
	int fd = open(fresh, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, ERR_IO, "%s cannot be made: %s", path, strerror(errno));
	close(fd);
	return write_first_page(fresh, err) && file_move(fresh, path, err);
}

/* The verdict on one table: true with *damaged set or not; a check that ran out of time says nothing. */
static bool check_table(struct db *db, Str table, struct arena *a, bool *damaged, struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, &sql_sqlite_quick_check, DB_ARGS(db_arg_text(table)), err)) {
		*damaged = err->kind == ERR_CORRUPT;
		return *damaged || err->kind == ERR_BUSY;
	}
	enum db_next next = db_step(&rows, err);
	*damaged = next == DB_ROW && !str_eq(db_text(&rows, 0, a), STR("ok"));
	db_rows_close(&rows);
	return next != DB_FAILED;
}

static bool list_tables(struct db *db, struct arena *a, Str *names, size_t max, size_t *count,
                        struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, &sql_sqlite_tables, DB_NO_ARGS, err))
		return false;
	size_t n = 0;
	enum db_next next;
	while ((next = db_step(&rows, err)) == DB_ROW && n < max)
		names[n++] = db_text(&rows, 0, a);
	db_rows_close(&rows);
	*count = n;
	return next != DB_FAILED;
}

bool sqlite_check_tables(struct db *db, int64_t budget_us, char table[static 64], struct err *err)
{
	struct arena a = { 0 };
	Str names[256];
	size_t count = 0;
	bool damaged = false;
	bool ok = list_tables(db, &a, names, sizeof names / sizeof names[0], &count, err);
	table[0] = '\0';
	for (size_t i = 0; ok && !damaged && i < count; i++) {
		sqlite_set_deadline(db, clock_monotonic() + budget_us);
		ok = check_table(db, names[i], &a, &damaged, err);
		if (ok && damaged)
			snprintf(table, 64, "%.*s", STR_FMT(names[i]));
	}
	sqlite_set_deadline(db, 0);
	sqlite_forget_pages(db);
	arena_free(&a);
	return ok;
}
