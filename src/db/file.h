/* db/file.h - files that are durable before anybody relies on them. Paths end with NUL; errors are ERR_IO.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_FILE_H
#define DB_FILE_H

#include "base/err.h"

/* With mode 0700 when it is missing; its parent must exist. */
MUST_USE bool file_make_folder(const char *path, struct err *err);
/* What stands in the file survives a power cut. */
MUST_USE bool file_sync(const char *path, struct err *err);
/* Renames within one file system and makes the name durable. */
MUST_USE bool file_move(const char *from, const char *to, struct err *err);
/* The same for a closed SQLite database with its log, the log first. */
MUST_USE bool file_move_database(const char *from, const char *to, struct err *err);
/* A new private file (0600) with the same bytes; not yet durable. */
MUST_USE bool file_copy(const char *from, const char *to, struct err *err);

#endif
