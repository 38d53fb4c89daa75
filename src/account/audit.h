/* account/audit.h - who did what in a workspace. Written in the unit that does it; never changed.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_AUDIT_H
#define ACCOUNT_AUDIT_H

#include "db/unit.h"

#define AUDIT_COMMAND_LINE STR("command line")

/* `actor` is a caller's name or AUDIT_COMMAND_LINE, `action` a word of ours such as "key.create", `subject` the id or
 * name it was done to. `detail` may be empty; never a secret. */
MUST_USE bool audit_write(struct db_tx *tx, Str actor, Str action, Str subject, Str detail,
                          struct err *err);

struct audit_entry {
	int64_t id, at;
	Str actor, action, subject, detail;
};
/* Newest first, at most `limit`. */
MUST_USE bool audit_list(struct db *db, int64_t workspace, int64_t limit, struct arena *a,
                         struct audit_entry **out, size_t *count, struct err *err);

#endif
