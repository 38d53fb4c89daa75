/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/goal.h"

#include <inttypes.h>

#include "account/audit.h"
#include "db/list.h"
#include "insight/goal.sql.h"
#include "survey/brand.h"
#include "survey/touchpoint.h"

static bool goal_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct goal *)out = (struct goal){
		.kind = (enum survey_kind)db_i64(rows, 0),
		.brand_id = db_i64(rows, 1),
		.touchpoint_id = db_i64(rows, 2),
		.touchpoint = db_text(rows, 3, a),
		.score = (int)db_i64(rows, 4),
		.by_day = db_text(rows, 5, a),
		.actor = db_text(rows, 6, a),
		.created_at = db_i64(rows, 7),
	};
	return true;
}

bool goal_list(struct db *db, struct arena *a, int64_t workspace, struct goal **out, size_t *count,
               struct err *err)
{
	void *items;
	if (!db_list(db, &sql_goal_list, DB_ARGS(db_arg_i64(workspace)), goal_row, sizeof **out, a,
	             &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool part_find(struct db_tx *tx, struct goal *goal, struct err *err)
{
	struct brand brand;
	struct touchpoint touchpoint;
	bool found;
	if (!brand_find(tx->db, tx->arena, tx->workspace, goal->brand_id, &brand, err))
		return err->kind == ERR_NOT_FOUND
		           ? err_at(err, ERR_INVALID, "/brand_id", "is no brand of this workspace")
		           : false;
	if (!goal->touchpoint.at)
		return true;
	if (!touchpoint_find_by_code(tx->db, tx->arena, tx->workspace, goal->touchpoint, &found,
	                             &touchpoint, err))
		return false;
	if (!found)
		return err_at(err, ERR_INVALID, "/touchpoint",
		              "is no touchpoint of this workspace");
	goal->touchpoint_id = touchpoint.id;
	return true;
}

static bool goal_write(struct db_tx *tx, const struct goal_input *in, DbArgs part, struct err *err)
{
	const struct goal *g = &in->goal;
	if (!db_exec(tx->db, &sql_goal_delete, part, NULL, err))
		return false;
	return in->removes || db_exec(tx->db, &sql_goal_insert,
	                              DB_ARGS(part.at[0], part.at[1], part.at[2], part.at[3],
	                                      db_arg_i64(g->score), db_arg_text(g->by_day),
	                                      db_arg_text(g->actor), db_arg_i64(g->created_at)),
	                              NULL, err);
}

bool goal_set(struct db_tx *tx, void *input, struct err *err)
{
	struct goal_input *in = input;
	struct goal *g = &in->goal;
	if (!part_find(tx, g, err))
		return false;
	g->created_at = tx->now;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	DbArgs part = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(g->kind),
	                      db_arg_i64(g->brand_id), db_arg_i64(g->touchpoint_id));
	Str detail =
	    in->removes ? STR("") : str_printf(tx->arena, "%d, %.*s", g->score, STR_FMT(g->by_day));
	return goal_write(tx, in, part, err) &&
	       audit_write(tx, g->actor, in->removes ? STR("goal.remove") : STR("goal.set"),
	                   str_of(survey_kind_name(g->kind)), detail, err);
}
