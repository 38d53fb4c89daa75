/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/team.h"

#include <inttypes.h>

#include "account/audit.h"
#include "account/team.sql.h"
#include "base/fold.h"
#include "db/list.h"

static bool read_team(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct team *)out = (struct team){
		.id = db_i64(rows, 0),
		.name = db_text(rows, 1, a),
		.scope = db_text(rows, 2, a),
		.created_at = db_i64(rows, 3),
		.updated_at = db_i64(rows, 4),
		.members = db_i64(rows, 5),
	};
	return true;
}

bool team_list(struct db *db, int64_t workspace, struct arena *a, struct team **out, size_t *count,
               struct err *err)
{
	void *items;
	if (!db_list(db, &sql_team_list, DB_ARGS(db_arg_i64(workspace)), read_team, sizeof **out, a,
	             &items, count, err))
		return false;
	*out = items;
	return true;
}

bool team_find(struct db *db, int64_t workspace, int64_t id, struct arena *a, struct team *out,
               struct err *err)
{
	struct team team;
	bool found;
	if (!db_one(db, &sql_team_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), read_team,
	            &team, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no such team");
	*out = team;
	return true;
}

bool team_find_by_name(struct db *db, int64_t workspace, Str folded, struct arena *a,
                       struct team *out, struct err *err)
{
	int64_t id;
	if (!db_one_i64(db, &sql_team_by_name, DB_ARGS(db_arg_i64(workspace), db_arg_text(folded)),
	                0, &id, err))
		return false;
	return id ? team_find(db, workspace, id, a, out, err)
	          : err_set(err, ERR_NOT_FOUND, "there is no team of this name");
}

bool team_name_check(struct arena *a, Str typed, Str *name, Str *folded, struct err *err)
{
	Str cut = str_trim(typed);
	bool clean = cut.len > 0 && cut.len <= TEAM_NAME_MAX;
	for (size_t i = 0; clean && i < cut.len; i++)
		clean = (unsigned char)cut.at[i] >= 0x20 && cut.at[i] != 0x7f;
	if (!clean)
		return err_at(err, ERR_INVALID, "/name",
		              "must have 1 to %d bytes and no control characters", TEAM_NAME_MAX);
	*name = cut;
	*folded = fold_text(a, cut);
	return true;
}

static bool name_is_free(struct db_tx *tx, const struct team_input *in, struct err *err)
{
	int64_t other;
	if (!db_one_i64(tx->db, &sql_team_by_name,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(in->folded)), 0, &other,
	                err))
		return false;
	return other == 0 || other == in->id ||
	       err_at(err, ERR_CONFLICT, "/name", "is the name of another team");
}

static bool insert(struct db_tx *tx, struct team_input *in, int64_t *id, struct err *err)
{
	size_t count;
	struct team *all;
	if (!team_list(tx->db, tx->workspace, tx->arena, &all, &count, err))
		return false;
	if (count >= TEAMS_MAX)
		return err_set(err, ERR_CONFLICT, "a workspace has at most %d teams", TEAMS_MAX);
	*id = tx_new_id(tx);
	return db_exec(tx->db, &sql_team_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id), db_arg_text(in->name),
	                       db_arg_text(in->folded), db_arg_text(in->scope),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

static bool update(struct db_tx *tx, const struct team_input *in, struct err *err)
{
	struct team now;
	if (!team_find(tx->db, tx->workspace, in->id, tx->arena, &now, err))
		return false;
	Str name = in->name.at ? in->name : now.name;
	return db_exec(tx->db, &sql_team_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id), db_arg_text(name),
	                       db_arg_text(in->name.at ? in->folded : fold_text(tx->arena, name)),
	                       db_arg_text(in->scope.at ? in->scope : now.scope),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

bool team_save(struct db_tx *tx, void *input, struct err *err)
{
	struct team_input *in = input;
	int64_t id = in->id;
	if (in->name.at && !name_is_free(tx, in, err))
		return false;
	if (!(id ? update(tx, in, err) : insert(tx, in, &id, err)) ||
	    !team_find(tx->db, tx->workspace, id, in->arena, &in->team, err))
		return false;
	tx_changed(tx, CHANGE_TEAM, id);
	return audit_write(tx, in->actor, in->id ? STR("team.change") : STR("team.create"),
	                   in->team.name, in->team.scope, err);
}

bool team_delete(struct db_tx *tx, void *input, struct err *err)
{
	struct team_input *in = input;
	if (!team_find(tx->db, tx->workspace, in->id, in->arena, &in->team, err))
		return false;
	if (in->team.members)
		return err_set(err, ERR_CONFLICT,
		               "%" PRId64 " members are in this team and would see everything: "
		               "put them into another one first",
		               in->team.members);
	tx_changed(tx, CHANGE_TEAM, in->id);
	return db_exec(tx->db, &sql_team_delete,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id)), NULL, err) &&
	       audit_write(tx, in->actor, STR("team.delete"), in->team.name, STR(""), err);
}
