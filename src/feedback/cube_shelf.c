/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_shelf.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "db/file.h"
#include "db/store.h"
#include "feedback/cube_shelf.sql.h"
#include "feedback/cube_snapshot.h"

#define PATH_MAX_BYTES 4200
#define ENDING         "cube"

static void path_of(const struct cube_shelf *shelf, int64_t workspace, const char *ending,
                    char out[static PATH_MAX_BYTES])
{
	snprintf(out, PATH_MAX_BYTES, "%s/%" PRId64 ".%s", shelf->folder, workspace, ending);
}

static bool token_of(struct db *db, int64_t workspace, int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_cube_snapshot_token, DB_ARGS(db_arg_i64(workspace)), 0, out,
	                  err);
}

bool cube_shelf_take(const struct cube_shelf *shelf, struct cube_memory *memory, struct db *db,
                     int64_t workspace, struct cube **out, struct err *err)
{
	char path[PATH_MAX_BYTES];
	int64_t token = 0;
	if (shelf->folder && !token_of(db, workspace, &token, err))
		return false;
	*out = NULL;
	if (!token)
		return true;
	path_of(shelf, workspace, ENDING, path);
	*out = cube_snapshot_read(memory, path, str_of(shelf->program), workspace, token);
	return true;
}

struct keep {
	int64_t token, rev;
};

static bool keep(struct db_tx *tx, void *input, struct err *err)
{
	const struct keep *in = input;
	int64_t changed;
	if (!db_exec(tx->db, &sql_cube_snapshot_keep,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->token), db_arg_i64(in->rev)),
	             &changed, err))
		return false;
	return changed || err_set(err, ERR_CONFLICT, "answers were deleted meanwhile");
}

static int64_t new_token(void)
{
	uint64_t token = 0;
	while (!token) {
		rng_bytes(&token, sizeof token);
		token >>= 1;
	}
	return (int64_t)token;
}

bool cube_shelf_put(const struct cube_shelf *shelf, struct store *store,
                    const struct cube_still *still, struct err *err)
{
	char made[PATH_MAX_BYTES], path[PATH_MAX_BYTES];
	int64_t workspace = still->view->workspace;
	struct keep in = { new_token(), still->view->rev };
	path_of(shelf, workspace, "new", made);
	path_of(shelf, workspace, ENDING, path);
	bool ok = file_make_folder(shelf->folder, err) &&
	          cube_snapshot_write(still, made, str_of(shelf->program), in.token, err) &&
	          store_run(store, workspace, UNIT_BULK, keep, &in, err) &&
	          file_move(made, path, err);
	if (!ok)
		unlink(made);
	return ok;
}

bool cube_shelf_lose(struct db_tx *tx, struct err *err)
{
	return db_exec(tx->db, &sql_cube_snapshot_lose, DB_ARGS(db_arg_i64(tx->workspace)), NULL,
	               err);
}

bool cube_shelf_has(const struct cube_shelf *shelf, struct db *db, int64_t workspace, bool *out,
                    struct err *err)
{
	struct cube_snapshot_head head;
	char path[PATH_MAX_BYTES];
	int64_t token = 0;
	if (!token_of(db, workspace, &token, err))
		return false;
	path_of(shelf, workspace, ENDING, path);
	*out = token && cube_snapshot_peek(path, str_of(shelf->program), &head) &&
	       head.workspace == workspace && head.token == token;
	return true;
}

/* Is it a snapshot's file, of its name? */
static bool workspace_of(const char *name, int64_t *out)
{
	Str rest = str_of(name), number;
	return str_cut(&rest, '.', &number) && str_eq(rest, STR(ENDING)) && str_to_i64(number, out);
}

static bool sweep_folder(const struct cube_shelf *shelf, struct db *db, DIR *folder,
                         struct err *err)
{
	const struct dirent *entry;
	while ((entry = readdir(folder))) {
		char path[PATH_MAX_BYTES];
		int64_t workspace;
		bool good = false;
		if (entry->d_name[0] == '.')
			continue;
		if (workspace_of(entry->d_name, &workspace) &&
		    !cube_shelf_has(shelf, db, workspace, &good, err))
			return false;
		snprintf(path, sizeof path, "%s/%s", shelf->folder, entry->d_name);
		if (!good)
			unlink(path);
	}
	return true;
}

bool cube_shelf_sweep(const struct cube_shelf *shelf, struct db *db, struct err *err)
{
	DIR *folder = shelf->folder ? opendir(shelf->folder) : NULL;
	if (!folder)
		return true;
	bool ok = sweep_folder(shelf, db, folder, err);
	closedir(folder);
	return ok;
}
