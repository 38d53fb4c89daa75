/* feedback/upload.h - files that were sent to be imported: DATA/uploads/{file}, private, each with a row.
 *
 * A file is there before its row and goes after it, so that a row without a file is only met after a restore, and a file
 * without a row is nobody's: the sweep removes it. Files that no import waits for go a day after they came. Beside them
 * stand the rejected rows of imports, which go after thirty days.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_UPLOAD_H
#define FEEDBACK_UPLOAD_H

#include "db/store.h"

#define UPLOAD_FOLDER   "uploads"
#define UPLOAD_NAME_MAX 200
/* Of a workspace at a time. */
#define UPLOADS_MAX       500
#define UPLOADS_BYTES_MAX (INT64_C(8) << 30)
#define REJECTS_KEPT_DAYS 30

struct upload {
	int64_t id;
	Str file; /* its name in the folder */
	Str name; /* as the sender calls it */
	int64_t size, created_at;
	Str created_by;
};

/* DATA/uploads, in the arena. */
const char *upload_folder(struct store *store, struct arena *a);
/* The path of a file in it. */
const char *upload_path(struct store *store, struct arena *a, Str file);
/* Where the rejected rows of an import are. */
const char *upload_rejects_path(struct store *store, struct arena *a, int64_t workspace,
                                int64_t import_id);

/* ERR_NOT_FOUND. */
MUST_USE bool upload_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                          struct upload *out, struct err *err);

/* Units' functions; input is a struct upload, whose id and time are filled, and the id of one to forget. */
bool upload_add(struct db_tx *tx, void *input, struct err *err);
bool upload_remove(struct db_tx *tx, void *input, struct err *err);

/* Removes the files of a workspace that came before an instant and that no import waits for, and all rejected rows of its imports.
 * Waits for commits. */
MUST_USE bool upload_forget(struct store *store, struct db *db, int64_t workspace, int64_t before,
                            struct err *err);

/* One round of housekeeping over all workspaces: rows that nobody waits for a day after, then files without a row that
 * are at least `age_us` old: 0 at the start of a server, when none is on its way. */
MUST_USE bool upload_sweep(struct store *store, int64_t age_us, struct err *err);

#endif
