/* db/unit.h - a write: a function, its input, one workspace.
 *
 * A unit runs inside a transaction that it shares with others. Its `apply` may read, decide and write; it does
 * no I/O of its own and no hashing, and may be run again from the start (after a rollback), so it must derive
 * everything from its input and the database. It succeeds, or refuses (returns false with NOT_FOUND, CONFLICT,
 * INVALID ...), or the database failed. A refusal is best found before the unit writes; one found later costs
 * the batch a second run. `done` is called once, on the lane's thread, after the commit is durable or with the
 * error: only then may anybody be told.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_UNIT_H
#define DB_UNIT_H

#include "db/db.h"

/* What happened, in the change log. The number is stored: never renumber. */
#define CHANGE_KINDS(X)                            \
	X(CHANGE_WORKSPACE, 1, "workspace")        \
	X(CHANGE_RESPONSE, 2, "response")          \
	X(CHANGE_SURVEY, 3, "survey")              \
	X(CHANGE_PERSON, 4, "person")              \
	X(CHANGE_BRAND, 5, "brand")                \
	X(CHANGE_TOUCHPOINT, 6, "touchpoint")      \
	X(CHANGE_KEY, 7, "api_key")                \
	X(CHANGE_LINK, 8, "link")                  \
	X(CHANGE_IMPORT, 9, "import")              \
	X(CHANGE_MEMBER, 10, "member")             \
	X(CHANGE_TEAM, 11, "team")                 \
	X(CHANGE_RESPONSE_NEW, 12, "new response") \
	X(CHANGE_READING, 13, "reading") /* of the answer with this id */

enum change_kind {
#define CHANGE_ENUM(kind, number, name) kind = number,
	CHANGE_KINDS(CHANGE_ENUM)
#undef CHANGE_ENUM
};

struct id_maker;
struct change_set; /* lanes' own */

struct db_tx {
	struct db *db;
	int64_t workspace;   /* 0: global tables only */
	int64_t now;         /* UTC microseconds, fixed for the unit */
	struct arena *arena; /* scratch, gone after the unit */
	struct id_maker *ids;
	struct change_set *changes;
};

int64_t tx_new_id(struct db_tx *tx);
/* Notes a change; the batch writes it with its rev before it commits. */
void tx_changed(struct db_tx *tx, enum change_kind kind, int64_t id);

/* Interactive goes first. A bulk unit touches at most 500 rows and 20 ms. */
enum unit_class { UNIT_INTERACTIVE, UNIT_BULK };

typedef bool (*unit_fn)(struct db_tx *tx, void *input, struct err *err);

/* Zero what is not set; the owner keeps it alive until done. */
struct unit {
	unit_fn apply;
	void *input;
	int64_t workspace;
	enum unit_class class;
	void (*done)(struct unit *unit); /* may free the unit */
	void *owner;                     /* for done */
	bool ok;
	struct err err;
	int64_t rev; /* workspace_rev after it, 0 when it noted no change */
	struct unit *next;
};

#endif
