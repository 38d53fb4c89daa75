/* account/audit.h - who did what in a workspace. Written in the unit that does it; never changed.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_AUDIT_H
#define ACCOUNT_AUDIT_H

#include "db/unit.h"

#define AUDIT_COMMAND_LINE STR("command line")
#define AUDIT_TEXT_MAX     200 /* bytes of what a filter asks for */

/* `actor` is a caller's name or AUDIT_COMMAND_LINE, `action` a word of ours such as "key.create", `subject` the id or
 * name it was done to. `detail` may be empty; never a secret. */
MUST_USE bool audit_write(struct db_tx *tx, Str actor, Str action, Str subject, Str detail,
                          struct err *err);

struct audit_entry {
	int64_t id, at;
	Str actor, action, subject, detail;
};

struct audit_place {
	int64_t at, id;
};
extern const struct audit_place audit_newest;

struct audit_query {
	int64_t from, before; /* instants; 0 and INT64_MAX are all of time */
	Str actor;            /* exactly; at NULL: anybody */
	Str action, subject;  /* how they begin; at NULL: any */
};
/* Newest first, at most `limit`, those older than `after`. */
MUST_USE bool audit_list(struct db *db, int64_t workspace, const struct audit_query *query,
                         const struct audit_place *after, int64_t limit, struct arena *a,
                         struct audit_entry **out, size_t *count, struct err *err);

/* What a unit writes that does nothing else: a unit's function; input is a struct audit_entry without id and time. */
bool audit_write_entry(struct db_tx *tx, void *input, struct err *err);

#endif
