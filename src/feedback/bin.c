/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/bin.h"

#include "account/audit.h"
#include "db/list.h"
#include "feedback/bin.sql.h"
#include "feedback/note.h"
#include "feedback/response.h"

bool bin_purgeable(struct db *db, int64_t workspace, int64_t now, bool *out, struct err *err)
{
	int64_t answers, notes;
	if (!db_one_i64(db, &sql_bin_any_answer,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(now - RESPONSE_BIN)), 0, &answers,
	                err) ||
	    !db_one_i64(db, &sql_bin_any_note,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(now - NOTE_BIN)), 0, &notes, err))
		return false;
	*out = answers || notes;
	return true;
}

bool bin_purge(struct db_tx *tx, void *more, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(tx->db, &sql_bin_answers,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now - RESPONSE_BIN),
	                     db_arg_i64(BIN_PURGE)),
	             db_row_i64, sizeof(int64_t), tx->arena, &items, &count, err) ||
	    !note_prune(tx, err))
		return false;
	const int64_t *ids = items;
	for (size_t i = 0; i < count; i++)
		if (!response_remove(tx, ids[i], err))
			return false;
	*(bool *)more = count == BIN_PURGE;
	return count == 0 || audit_write(tx, STR("Heed"), STR("response.purge"),
	                                 str_printf(tx->arena, "%zu answers", count),
	                                 STR("30 days in the bin"), err);
}
