/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/pass.h"

#include "account/audit.h"
#include "base/die.h"
#include "db/change.h"
#include "reading/kept.h"
#include "reading/pass.sql.h"

Str pass_state_name(enum pass_state state)
{
	switch (state) {
#define PASS_CASE(value, number, name) \
	case value:                    \
		return STR(name);
		PASS_STATES(PASS_CASE)
#undef PASS_CASE
	}
	UNREACHABLE();
}

Str pass_reason_name(enum pass_reason reason)
{
	switch (reason) {
	case PASS_UNTOLD:
		return (Str){ 0 };
#define PASS_CASE(value, number, name) \
	case value:                    \
		return STR(name);
		PASS_REASONS(PASS_CASE)
#undef PASS_CASE
	}
	UNREACHABLE();
}

static bool pass_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct pass *)out = (struct pass){
		.state = (enum pass_state)db_i64(rows, 0),
		.place = db_i64(rows, 1),
		.engine = db_i64(rows, 2),
		.taxonomy = db_i64(rows, 3),
		.total = db_i64(rows, 4),
		.done = db_i64(rows, 5),
		.began_at = db_i64(rows, 6),
		.ended_at = db_i64(rows, 7),
		.reason = (enum pass_reason)db_i64(rows, 8),
	};
	return true;
}

bool pass_find(struct db *db, struct arena *a, int64_t workspace, struct pass *out, struct err *err)
{
	bool found;
	*out = (struct pass){ 0 };
	return db_one(db, &sql_pass_find, DB_ARGS(db_arg_i64(workspace)), pass_row, out, a, &found,
	              err);
}

bool pass_begin(struct db_tx *tx, void *input, struct err *err)
{
	const struct pass_begin *in = input;
	int64_t rev;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	if (!db_exec(tx->db, &sql_pass_begin,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(PASS_BEGIN),
	                     db_arg_i64(in->engine), db_arg_i64(in->taxonomy),
	                     db_arg_i64(in->total), db_arg_i64(tx->now), db_arg_i64(in->reason)),
	             NULL, err))
		return false;
	if (in->from_log && (!change_rev(tx->db, tx->workspace, &rev, err) ||
	                     !change_cursor_set(tx, KEPT_CONSUMER, rev, err)))
		return false;
	return !in->actor.at || audit_write(tx, in->actor, STR("reading.again"), (Str){ "", 0 },
	                                    (Str){ "", 0 }, err);
}

bool pass_cancel(struct db_tx *tx, void *input, struct err *err)
{
	const Str *actor = input;
	int64_t changed;
	if (!db_exec(tx->db, &sql_pass_cancel,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now)), &changed, err))
		return false;
	if (changed == 0)
		return true;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return audit_write(tx, *actor, STR("reading.cancel"), (Str){ "", 0 }, (Str){ "", 0 }, err);
}

bool pass_go_on(struct db_tx *tx, const struct pass_step *s, struct err *err)
{
	DbArg workspace = db_arg_i64(tx->workspace), from = db_arg_i64(s->from),
	      looked_at = db_arg_i64(s->looked_at), engine = db_arg_i64(s->engine),
	      taxonomy = db_arg_i64(s->taxonomy);
	if (s->to > 0)
		return db_exec(tx->db, &sql_pass_go_on,
		               DB_ARGS(workspace, from, db_arg_i64(s->to), looked_at, engine,
		                       taxonomy),
		               NULL, err);
	return db_exec(tx->db, &sql_pass_end,
	               DB_ARGS(workspace, from, looked_at, db_arg_i64(tx->now), engine, taxonomy),
	               NULL, err);
}
