/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/upload.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/workspace.h"
#include "base/clock.h"
#include "db/list.h"
#include "feedback/import_store.h"
#include "feedback/upload.sql.h"

#define KEPT_US (CLOCK_DAY)
#define REJECTS "rejected-"

const char *upload_folder(struct store *store, struct arena *a)
{
	return str_printf(a, "%s/" UPLOAD_FOLDER, store_data_dir(store)).at;
}

const char *upload_path(struct store *store, struct arena *a, Str file)
{
	return str_printf(a, "%s/" UPLOAD_FOLDER "/%.*s", store_data_dir(store), STR_FMT(file)).at;
}

const char *upload_rejects_path(struct store *store, struct arena *a, int64_t workspace,
                                int64_t import_id)
{
	return upload_path(store, a,
	                   str_printf(a, REJECTS "%" PRId64 "-%" PRId64 ".csv", workspace,
	                              import_id));
}

static bool upload_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct upload *)out = (struct upload){
		.id = db_i64(rows, 0),
		.file = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.size = db_i64(rows, 3),
		.created_at = db_i64(rows, 4),
		.created_by = db_text(rows, 5, a),
	};
	return true;
}

bool upload_find(struct db *db, struct arena *a, int64_t workspace, int64_t id, struct upload *out,
                 struct err *err)
{
	bool found;
	struct upload upload;
	if (!db_one(db, &sql_upload_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            upload_row, &upload, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND,
		               "There is no such file here any more: send it again");
	*out = upload;
	return true;
}

bool upload_add(struct db_tx *tx, void *input, struct err *err)
{
	struct upload *in = input;
	int64_t count, bytes;
	DbArgs mine = DB_ARGS(db_arg_i64(tx->workspace));
	if (!db_one_i64(tx->db, &sql_upload_count, mine, 0, &count, err) ||
	    !db_one_i64(tx->db, &sql_upload_bytes, mine, 0, &bytes, err))
		return false;
	if (count >= UPLOADS_MAX || bytes + in->size > UPLOADS_BYTES_MAX)
		return err_set(
		    err, ERR_TOO_MANY,
		    "This workspace sent %" PRId64 " files with %" PRId64
		    " MiB within a day, which is the most that is kept: the oldest go in "
		    "the night",
		    count, bytes >> 20);
	in->id = tx_new_id(tx);
	in->created_at = tx->now;
	return db_exec(tx->db, &sql_upload_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id), db_arg_text(in->file),
	                       db_arg_text(in->name), db_arg_i64(in->size),
	                       db_arg_i64(in->created_at), db_arg_text(in->created_by)),
	               NULL, err);
}

bool upload_remove(struct db_tx *tx, void *input, struct err *err)
{
	const int64_t *id = input;
	int64_t awaited, changed;
	if (!db_one_i64(tx->db, &sql_upload_is_awaited,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id),
	                        db_arg_i64(IMPORT_QUEUED), db_arg_i64(IMPORT_RUNNING)),
	                0, &awaited, err))
		return false;
	if (awaited)
		return err_set(err, ERR_CONFLICT,
		               "An import needs this file: stop the import instead");
	if (!db_exec(tx->db, &sql_upload_delete,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id)), &changed, err))
		return false;
	return changed == 1 || err_set(err, ERR_NOT_FOUND, "There is no such file");
}

/* --- housekeeping ------------------------------------------------------------------------------------- */

struct sweep {
	struct store *store;
	struct db *db;
	struct arena *arena;
	const char *folder;
	struct upload *all; /* that have a row, of all workspaces */
	size_t count;
};

static bool forget_idle(struct sweep *s, int64_t workspace, int64_t before, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(s->db, &sql_upload_idle,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(before), db_arg_i64(IMPORT_QUEUED),
	                     db_arg_i64(IMPORT_RUNNING)),
	             db_row_i64, sizeof(int64_t), s->arena, &items, &count, err))
		return false;
	int64_t *ids = items;
	for (size_t i = 0; i < count; i++) {
		struct err why;
		bool ok = store_run(s->store, workspace, UNIT_BULK, upload_remove, &ids[i], &why);
		if (!ok && why.kind != ERR_CONFLICT && why.kind != ERR_NOT_FOUND) {
			*err = why;
			return false;
		}
	}
	return true;
}

static bool list_kept(struct sweep *s, int64_t workspace, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(s->db, &sql_upload_list, DB_ARGS(db_arg_i64(workspace)), upload_row,
	             sizeof(struct upload), s->arena, &items, &count, err))
		return false;
	struct upload *all = ARENA_ARRAY(s->arena, struct upload, s->count + count + 1);
	for (size_t i = 0; i < s->count; i++)
		all[i] = s->all[i];
	for (size_t i = 0; i < count; i++)
		all[s->count + i] = ((struct upload *)items)[i];
	s->all = all;
	s->count += count;
	return true;
}

static bool has_row(const struct sweep *s, Str file)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_eq(s->all[i].file, file))
			return true;
	return false;
}

static void sweep_file(const struct sweep *s, int folder, const char *name, int64_t age_us)
{
	struct stat st;
	Str file = str_of(name);
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return;
	if (str_starts(file, STR(REJECTS)))
		age_us = REJECTS_KEPT_DAYS * CLOCK_DAY;
	int64_t age = clock_now(store_clock(s->store)) - (int64_t)st.st_mtim.tv_sec * CLOCK_SECOND;
	if (age >= age_us && !has_row(s, file))
		unlinkat(folder, name, 0);
}

static void sweep_folder(const struct sweep *s, int64_t age_us)
{
	DIR *dir = opendir(s->folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		sweep_file(s, dirfd(dir), entry->d_name, age_us);
	if (dir)
		closedir(dir);
}

static bool sweep_all(struct sweep *s, int64_t age_us, struct err *err)
{
	struct workspace_row *rows;
	size_t count;
	if (!workspace_list(s->db, s->arena, &rows, &count, err))
		return false;
	int64_t before = clock_now(store_clock(s->store)) - KEPT_US;
	for (size_t i = 0; i < count; i++)
		if (!forget_idle(s, rows[i].id, before, err) || !list_kept(s, rows[i].id, err))
			return false;
	sweep_folder(s, age_us);
	return true;
}

/* Of one workspace: what had a row and has none any more, and rejected rows. */
static void remove_files(const struct sweep *s, const struct sweep *left, int64_t workspace)
{
	Str rejects = str_printf(s->arena, REJECTS "%" PRId64 "-", workspace);
	for (size_t i = 0; i < s->count; i++)
		if (!has_row(left, s->all[i].file))
			unlink(upload_path(s->store, s->arena, s->all[i].file));
	DIR *dir = opendir(s->folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (str_starts(str_of(entry->d_name), rejects))
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
}

bool upload_forget(struct store *store, struct db *db, int64_t workspace, int64_t before,
                   struct err *err)
{
	struct arena arena = { 0 };
	struct sweep s = {
		.store = store, .db = db, .arena = &arena, .folder = upload_folder(store, &arena)
	};
	struct sweep left = s;
	bool ok = list_kept(&s, workspace, err) && forget_idle(&s, workspace, before, err) &&
	          list_kept(&left, workspace, err);
	if (ok)
		remove_files(&s, &left, workspace);
	arena_free(&arena);
	return ok;
}

bool upload_sweep(struct store *store, int64_t age_us, struct err *err)
{
	struct arena arena = { 0 };
	struct sweep s = { .store = store,
		           .arena = &arena,
		           .folder = upload_folder(store, &arena) };
	bool any = access(s.folder, F_OK) == 0;
	bool ok = !any || store_reader_open(store, &s.db, err);
	if (any && ok) {
		ok = sweep_all(&s, age_us, err);
		store_reader_close(store, s.db);
	}
	arena_free(&arena);
	return ok;
}
