/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/invite.h"

#include "account/invite.sql.h"
#include "account/member_rules.h"
#include "db/list.h"

static bool read_invite(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct invite *)out = (struct invite){
		.id = db_i64(rows, 0),
		.email = db_text(rows, 1, a),
		.email_folded = db_text(rows, 2, a),
		.role = (enum role)db_i64(rows, 3),
		.team = db_i64(rows, 4),
		.names = (enum member_names)db_i64(rows, 5),
		.created_at = db_i64(rows, 6),
		.created_by = db_text(rows, 7, a),
		.expires_at = db_i64(rows, 8),
		.used_at = db_i64(rows, 9),
		.revoked_at = db_i64(rows, 10),
		.maker_user = db_i64(rows, 11),
		.maker_key = db_i64(rows, 12),
	};
	return true;
}

static bool is_member(struct db_tx *tx, Str folded, bool *out, struct err *err)
{
	struct user user;
	unsigned role = 0;
	*out = false;
	if (!user_find_by_email(tx->db, folded, tx->arena, &user, err))
		return err->kind == ERR_NOT_FOUND;
	if (!member_role(tx->db, tx->workspace, user.id, &role, err))
		return false;
	*out = role != 0;
	return true;
}

bool invite_create(struct db_tx *tx, Str hash, struct invite *invite, struct err *err)
{
	bool member;
	if (!is_member(tx, invite->email_folded, &member, err))
		return false;
	if (member)
		return err_at(err, ERR_CONFLICT, "/email", "%.*s is a member already",
		              STR_FMT(invite->email));
	invite->id = tx_new_id(tx);
	invite->created_at = tx->now;
	invite->expires_at = tx->now + INVITE_LASTS;
	return db_exec(tx->db, &sql_invite_revoke_others,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(invite->email_folded),
	                       db_arg_i64(tx->now)),
	               NULL, err) &&
	       db_exec(tx->db, &sql_invite_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(invite->id), db_arg_blob(hash),
	                       db_arg_text(invite->email), db_arg_text(invite->email_folded),
	                       db_arg_i64(invite->role), db_arg_id_or_null(invite->team),
	                       db_arg_i64(invite->names), db_arg_i64(invite->created_at),
	                       db_arg_text(invite->created_by),
	                       db_arg_id_or_null(invite->maker_user),
	                       db_arg_id_or_null(invite->maker_key),
	                       db_arg_i64(invite->expires_at)),
	               NULL, err);
}

/* What its maker is now. A key counts as an admin, and 0 is nobody. */
static bool maker_role(struct db *db, int64_t workspace, const struct invite *invite, unsigned *out,
                       struct err *err)
{
	int64_t found;
	if (invite->maker_key) {
		if (!db_one_i64(db, &sql_invite_maker_is_key,
		                DB_ARGS(db_arg_i64(workspace), db_arg_i64(invite->maker_key),
		                        db_arg_i64(SCOPE_ADMIN)),
		                0, &found, err))
			return false;
		*out = found ? ROLE_ADMIN : 0;
		return true;
	}
	if (!db_one_i64(db, &sql_invite_maker_role,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(invite->maker_user)), 0, &found,
	                err))
		return false;
	*out = (unsigned)found;
	return true;
}

/* Could whoever made it make it now? Else one who is removed would come back by a link of their own. */
static bool maker_may(struct db *db, int64_t workspace, const struct invite *invite, bool *out,
                      struct err *err)
{
	struct err ignored;
	struct member_wish wish = { .new_role = invite->role };
	if (!maker_role(db, workspace, invite, &wish.actor_role, err))
		return false;
	*out = member_wish_check(&wish, &ignored);
	return true;
}

bool invite_is_good(struct db *db, int64_t workspace, const struct invite *invite, int64_t now,
                    bool *out, struct err *err)
{
	*out = false;
	return invite->used_at || invite->revoked_at || invite->expires_at <= now ||
	       maker_may(db, workspace, invite, out, err);
}

bool invite_find(struct db *db, int64_t workspace, Str hash, int64_t now, struct arena *a,
                 struct invite *out, struct err *err)
{
	struct invite invite;
	bool found, good = false;
	if (!db_one(db, &sql_invite_find, DB_ARGS(db_arg_i64(workspace), db_arg_blob(hash)),
	            read_invite, &invite, a, &found, err) ||
	    (found && !invite_is_good(db, workspace, &invite, now, &good, err)))
		return false;
	if (!good)
		return err_set(err, ERR_GONE, INVITE_IS_OVER);
	*out = invite;
	return true;
}

bool invite_use(struct db_tx *tx, Str hash, struct invite *out, struct err *err)
{
	int64_t changed;
	if (!invite_find(tx->db, tx->workspace, hash, tx->now, tx->arena, out, err) ||
	    !db_exec(tx->db, &sql_invite_use,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(out->id), db_arg_i64(tx->now)),
	             &changed, err))
		return false;
	return changed || err_set(err, ERR_GONE, INVITE_IS_OVER);
}

bool invite_list(struct db *db, int64_t workspace, struct arena *a, struct invite **out,
                 size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_invite_list, DB_ARGS(db_arg_i64(workspace)), read_invite,
	             sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool invite_revoke(struct db_tx *tx, int64_t id, struct invite *out, struct err *err)
{
	bool found;
	if (!db_one(tx->db, &sql_invite_get, DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id)),
	            read_invite, out, tx->arena, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no such invitation");
	return db_exec(tx->db, &sql_invite_revoke,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_i64(tx->now)),
	               NULL, err);
}
