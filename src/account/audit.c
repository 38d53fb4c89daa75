/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/audit.h"

#include "account/audit.sql.h"
#include "db/list.h"

const struct audit_place audit_newest = { INT64_MAX, INT64_MAX };

bool audit_write(struct db_tx *tx, Str actor, Str action, Str subject, Str detail, struct err *err)
{
	return db_exec(tx->db, &sql_audit_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx_new_id(tx)),
	                       db_arg_i64(tx->now), db_arg_text(actor), db_arg_text(action),
	                       db_arg_text(subject), db_arg_text(detail)),
	               NULL, err);
}

bool audit_write_entry(struct db_tx *tx, void *input, struct err *err)
{
	const struct audit_entry *in = input;
	return audit_write(tx, in->actor, in->action, in->subject, in->detail, err);
}

static bool read_entry(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct audit_entry *entry = out;
	(void)err;
	*entry = (struct audit_entry){
		.id = db_i64(rows, 0),
		.at = db_i64(rows, 1),
		.actor = db_text(rows, 2, a),
		.action = db_text(rows, 3, a),
		.subject = db_text(rows, 4, a),
		.detail = db_text(rows, 5, a),
	};
	return true;
}

bool audit_list(struct db *db, int64_t workspace, const struct audit_query *query,
                const struct audit_place *after, int64_t limit, struct arena *a,
                struct audit_entry **out, size_t *count, struct err *err)
{
	void *items;
	int64_t at = after->at, id = after->id;
	if (query->before <= at) {
		at = query->before;
		id = query->before == after->at ? id : 0;
	}
	if (!db_list(db, &sql_audit_list,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(at), db_arg_i64(id),
	                     db_arg_i64(query->from), db_arg_text_or_null(query->actor),
	                     db_arg_text_or_null(query->action),
	                     db_arg_text_or_null(query->subject), db_arg_i64(limit)),
	             read_entry, sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}
