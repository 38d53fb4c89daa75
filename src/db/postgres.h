/* db/postgres.h - the PostgreSQL adapter over libpq.
 *
 * Statements are prepared on first use, their parameters sent as text (bytea binary) and typed by the server. A reader
 * that lost its server connects again by itself between two reads; a writer tells its lane.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_POSTGRES_H
#define DB_POSTGRES_H

#include "db/backend.h"

struct postgres_options {
	const char *conninfo;
	enum db_access access;
	struct db_watch *watch;
};

MUST_USE bool postgres_open(struct db **out, const struct postgres_options *options,
                            struct err *err);
/* Makes the database when there is none (UTF8, locale C) and `create` says so; refuses one of another encoding or
 * sort order, and a server that acknowledges what it may lose, unless allow_unsafe. */
MUST_USE bool postgres_prepare(const char *conninfo, bool create, bool allow_unsafe,
                               struct err *err);

#endif
