/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/user.h"

#include "account/audit.h"
#include "account/session.h"
#include "account/team.h"
#include "account/user.sql.h"
#include "account/workspace.h"
#include "base/fold.h"
#include "db/list.h"

static const struct {
	enum role role;
	const char *name;
} roles[] = {
	{ ROLE_OWNER, "owner" }, { ROLE_ADMIN, "admin" },   { ROLE_ANALYST, "analyst" },
	{ ROLE_AGENT, "agent" }, { ROLE_VIEWER, "viewer" },
};

const char *role_name(unsigned role)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (roles[i].role == role)
			return roles[i].name;
	return "";
}

bool role_parse(Str text, enum role *out, struct err *err)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(str_of(roles[i].name), text)) {
			*out = roles[i].role;
			return true;
		}
	return err_at(err, ERR_INVALID, "/role",
	              "the role is owner, admin, analyst, agent or viewer");
}

bool user_email(struct arena *a, Str typed, Str *email, Str *folded, struct err *err)
{
	Str cut = str_trim(typed);
	if (!fold_email(a, cut, folded, err))
		return err_at(err, ERR_INVALID, "/email", "\"%.*s\" is no email address",
		              STR_FMT(cut));
	*email = str_copy(a, cut);
	return true;
}

static void row_user(struct db_rows *rows, struct user *user, struct arena *a)
{
	*user = (struct user){
		.id = db_i64(rows, 0),
		.email = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.password_hash = db_text(rows, 3, a),
		.created_at = db_i64(rows, 4),
		.disabled_at = db_i64(rows, 5),
	};
}

static bool read_user(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct user *user = out;
	(void)err;
	row_user(rows, user, a);
	user->language = db_text(rows, 6, a);
	user->time_zone = db_text(rows, 7, a);
	return true;
}

bool user_find(struct db *db, int64_t user, struct arena *a, struct user *out, struct err *err)
{
	bool found;
	if (!db_one(db, &sql_user_find, DB_ARGS(db_arg_i64(user)), read_user, out, a, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no such user");
}

bool user_find_by_email(struct db *db, Str folded, struct arena *a, struct user *out,
                        struct err *err)
{
	bool found;
	if (!db_one(db, &sql_user_find_by_email, DB_ARGS(db_arg_text(folded)), read_user, out, a,
	            &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no user %.*s", STR_FMT(folded));
}

bool user_create(struct db_tx *tx, Str email, Str folded, Str name, Str password_hash, int64_t *out,
                 struct err *err)
{
	int64_t id = tx_new_id(tx), added;
	if (!db_exec(tx->db, &sql_user_insert,
	             DB_ARGS(db_arg_i64(id), db_arg_text(email), db_arg_text(folded),
	                     db_arg_text(name), db_arg_text_or_null(password_hash),
	                     db_arg_i64(tx->now)),
	             &added, err))
		return false;
	if (added == 0)
		return err_at(err, ERR_CONFLICT, "/email", "there is a user %.*s already",
		              STR_FMT(email));
	*out = id;
	return true;
}

bool user_name_check(Str name, struct err *err)
{
	bool clean = name.len <= USER_NAME_MAX;
	for (size_t i = 0; clean && i < name.len; i++)
		clean = (unsigned char)name.at[i] >= 0x20;
	return clean ||
	       err_at(err, ERR_INVALID, "/name",
	              "a name has at most %d bytes and no control characters", USER_NAME_MAX);
}

bool user_set_profile(struct db_tx *tx, const struct user *user, struct err *err)
{
	return db_exec(tx->db, &sql_user_profile_set,
	               DB_ARGS(db_arg_i64(user->id), db_arg_text(user->name),
	                       db_arg_text_or_null(user->language),
	                       db_arg_text_or_null(user->time_zone)),
	               NULL, err);
}

bool user_change_password(struct db_tx *tx, int64_t user, Str password_hash, Str but,
                          struct err *err)
{
	return db_exec(tx->db, &sql_user_set_password,
	               DB_ARGS(db_arg_i64(user), db_arg_text(password_hash)), NULL, err) &&
	       session_end_others(tx, user, but, err);
}

bool user_set_password(struct db_tx *tx, int64_t user, Str password_hash, struct err *err)
{
	return db_exec(tx->db, &sql_user_set_password,
	               DB_ARGS(db_arg_i64(user), db_arg_text_or_null(password_hash)), NULL, err) &&
	       session_end_all(tx, user, err);
}

bool member_role(struct db *db, int64_t workspace, int64_t user, unsigned *out, struct err *err)
{
	int64_t role;
	if (!db_one_i64(db, &sql_member_role, DB_ARGS(db_arg_i64(workspace), db_arg_i64(user)), 0,
	                &role, err))
		return false;
	*out = (unsigned)role;
	return true;
}

bool member_sees_names(unsigned role, enum member_names names)
{
	if (role & ROLES_MANAGE)
		return true;
	if (role == ROLE_VIEWER || role == 0)
		return false;
	return names == NAMES_BY_ROLE ? role == ROLE_AGENT : names == NAMES_SEEN;
}

static enum member_names names_read(const struct db_rows *rows, int column)
{
	if (db_is_null(rows, column))
		return NAMES_BY_ROLE;
	return db_i64(rows, column) ? NAMES_SEEN : NAMES_HIDDEN;
}

static bool read_access(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct member_access access = { .role = (unsigned)db_i64(rows, 0),
		                        .team = db_i64(rows, 1) };
	(void)err;
	access.sees_names = member_sees_names(access.role, names_read(rows, 2));
	access.sees_masked = !(access.role & ROLES_MANAGE) && db_i64(rows, 5) != PERSONAL_OFF;
	if (access.team && !(access.role & ROLES_MANAGE)) {
		access.team_scope = db_text(rows, 4, a);
		if (str_eq(access.team_scope, STR("{}"))) /* takes everything */
			access.team_scope = (Str){ 0 };
		if (db_is_null(rows, 3))
			access = (struct member_access){ 0 };
	}
	*(struct member_access *)out = access;
	return true;
}

bool member_access(struct db *db, int64_t workspace, int64_t user, struct arena *a,
                   struct member_access *out, struct err *err)
{
	struct member_access access = { 0 };
	bool found;
	if (!db_one(db, &sql_member_access, DB_ARGS(db_arg_i64(workspace), db_arg_i64(user)),
	            read_access, &access, a, &found, err))
		return false;
	*out = access;
	return true;
}

static bool change_member(struct db_tx *tx, const struct db_stmt *stmt, int64_t user, DbArg value,
                          struct err *err)
{
	int64_t changed;
	if (!db_exec(tx->db, stmt, DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user), value),
	             &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_NOT_FOUND, "there is no such member");
	tx_changed(tx, CHANGE_MEMBER, user);
	return true;
}

static bool audit_member(struct db_tx *tx, Str actor, Str action, int64_t user, Str detail,
                         struct err *err)
{
	struct user found;
	return user_find(tx->db, user, tx->arena, &found, err) &&
	       audit_write(tx, actor, action, found.email, detail, err);
}

bool member_set_team(struct db_tx *tx, int64_t user, int64_t team, Str actor, struct err *err)
{
	struct team found = { 0 };
	if (team && !team_find(tx->db, tx->workspace, team, tx->arena, &found, err))
		return false;
	return change_member(tx, &sql_member_set_team, user, db_arg_id_or_null(team), err) &&
	       audit_member(tx, actor, STR("member.team"), user, team ? found.name : STR("none"),
	                    err);
}

static const char *const names_words[] = { "role", "hidden", "seen" };

const char *member_names_name(enum member_names names)
{
	return names_words[names - NAMES_BY_ROLE];
}

bool member_names_parse(Str text, enum member_names *out, struct err *err)
{
	for (int names = NAMES_BY_ROLE; names <= NAMES_SEEN; names++)
		if (str_eq(text, str_of(names_words[names - NAMES_BY_ROLE]))) {
			*out = (enum member_names)names;
			return true;
		}
	return err_at(err, ERR_INVALID, "/names", "must be seen, hidden or role");
}

bool member_set_names(struct db_tx *tx, int64_t user, enum member_names names, Str actor,
                      struct err *err)
{
	DbArg value = names == NAMES_BY_ROLE ? db_arg_null() : db_arg_i64(names);
	return change_member(tx, &sql_member_set_names, user, value, err) &&
	       audit_member(tx, actor, STR("member.names"), user, str_of(member_names_name(names)),
	                    err);
}

/* An owner of tx's workspace, and no other owner is there who can sign in. Who is told so stays that until the unit's end. */
static bool is_last_owner(struct db_tx *tx, int64_t user, bool *out, struct err *err)
{
	DbArg here = db_arg_i64(tx->workspace), owner = db_arg_i64(ROLE_OWNER);
	unsigned role;
	int64_t others = 0;
	if (!member_role(tx->db, tx->workspace, user, &role, err))
		return false;
	if (role == ROLE_OWNER &&
	    (!db_exec(tx->db, &sql_member_owners_hold, DB_ARGS(here, owner), NULL, err) ||
	     !db_one_i64(tx->db, &sql_member_count_others, DB_ARGS(here, owner, db_arg_i64(user)),
	                 0, &others, err)))
		return false;
	*out = role == ROLE_OWNER && others == 0;
	return true;
}

static bool keeps_an_owner(struct db_tx *tx, int64_t user, struct err *err)
{
	bool last;
	return is_last_owner(tx, user, &last, err) &&
	       (!last ||
	        err_set(err, ERR_CONFLICT, "a workspace needs an owner, and this is the last"));
}

static bool may_go_from(struct db_tx *tx, const struct user *user, Str workspace, struct err *err)
{
	bool last;
	return is_last_owner(tx, user->id, &last, err) &&
	       (!last || err_set(err, ERR_CONFLICT,
	                         "%.*s is the only owner of \"%.*s\" who can sign in; make "
	                         "somebody else an owner first: heed user role EMAIL --role owner",
	                         STR_FMT(user->email), STR_FMT(workspace)));
}

/* No workspace is left without an owner who can sign in. */
static bool may_be_disabled(struct db_tx *tx, int64_t user, struct err *err)
{
	struct db_tx there = *tx;
	struct user found;
	struct workspace_row *all;
	size_t count;
	bool ok = user_find(tx->db, user, tx->arena, &found, err) &&
	          user_workspace_names(tx->db, user, tx->arena, &all, &count, err);
	for (size_t i = 0; ok && i < count; i++) {
		there.workspace = all[i].id;
		db_bind_workspace(tx->db, there.workspace);
		ok = may_go_from(&there, &found, all[i].name, err);
	}
	db_bind_workspace(tx->db, tx->workspace > 0 ? tx->workspace : DB_GLOBAL_ONLY);
	return ok;
}

bool user_set_disabled(struct db_tx *tx, int64_t user, bool disabled, struct err *err)
{
	if (!disabled)
		return db_exec(tx->db, &sql_user_enable, DB_ARGS(db_arg_i64(user)), NULL, err);
	return may_be_disabled(tx, user, err) &&
	       db_exec(tx->db, &sql_user_disable, DB_ARGS(db_arg_i64(user), db_arg_i64(tx->now)),
	               NULL, err) &&
	       session_end_all(tx, user, err);
}

bool member_set(struct db_tx *tx, int64_t user, enum role role, struct err *err)
{
	if (role != ROLE_OWNER && !keeps_an_owner(tx, user, err))
		return false;
	if (!db_exec(tx->db, &sql_member_set,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user), db_arg_i64(role),
	                     db_arg_i64(tx->now)),
	             NULL, err) ||
	    !db_exec(tx->db, &sql_user_workspace_insert,
	             DB_ARGS(db_arg_i64(user), db_arg_i64(tx->workspace)), NULL, err))
		return false;
	tx_changed(tx, CHANGE_MEMBER, user);
	return true;
}

bool member_remove(struct db_tx *tx, int64_t user, struct err *err)
{
	DbArgs who = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user));
	if (!keeps_an_owner(tx, user, err) ||
	    !db_exec(tx->db, &sql_former_member_keep,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user), db_arg_i64(tx->now)),
	             NULL, err) ||
	    !db_exec(tx->db, &sql_member_drop, who, NULL, err) ||
	    !db_exec(tx->db, &sql_user_workspace_drop,
	             DB_ARGS(db_arg_i64(user), db_arg_i64(tx->workspace)), NULL, err) ||
	    !session_end_in(tx, user, tx->workspace, err))
		return false;
	tx_changed(tx, CHANGE_MEMBER, user);
	return true;
}

bool member_former_role(struct db *db, int64_t workspace, int64_t user, int64_t now, unsigned *out,
                        struct err *err)
{
	int64_t role;
	if (!db_one_i64(db, &sql_former_member_role,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(user),
	                        db_arg_i64(now - MEMBER_RESTORED_FOR)),
	                0, &role, err))
		return false;
	*out = (unsigned)role;
	return role || err_set(err, ERR_NOT_FOUND,
	                       "nobody of that id was removed within the last day; invite them");
}

/* A member of a team that is gone could not enter. */
static bool has_its_team(struct db_tx *tx, int64_t user, struct err *err)
{
	int64_t lost;
	if (!db_one_i64(tx->db, &sql_former_member_lost_team,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user),
	                        db_arg_i64(ROLE_ADMIN)),
	                0, &lost, err))
		return false;
	return !lost || err_set(err, ERR_CONFLICT,
	                        "the team that they were in is gone; invite them again, into "
	                        "another team or none");
}

bool member_restore(struct db_tx *tx, int64_t user, struct err *err)
{
	DbArgs who = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(user));
	if (!has_its_team(tx, user, err) ||
	    !db_exec(tx->db, &sql_former_member_restore, who, NULL, err) ||
	    !db_exec(tx->db, &sql_former_member_drop, who, NULL, err) ||
	    !db_exec(tx->db, &sql_user_workspace_insert,
	             DB_ARGS(db_arg_i64(user), db_arg_i64(tx->workspace)), NULL, err))
		return false;
	tx_changed(tx, CHANGE_MEMBER, user);
	return true;
}

static bool read_member(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct member *member = out;
	(void)err;
	row_user(rows, &member->user, a);
	member->role = (enum role)db_i64(rows, 6);
	member->since = db_i64(rows, 7);
	member->team = db_i64(rows, 8);
	member->names = names_read(rows, 9);
	return true;
}

bool member_list(struct db *db, int64_t workspace, struct arena *a, struct member **out,
                 size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_member_list, DB_ARGS(db_arg_i64(workspace)), read_member,
	             sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool member_first_owner(struct db *db, int64_t workspace, struct arena *a, struct user *out,
                        struct err *err)
{
	int64_t user;
	if (!db_one_i64(db, &sql_member_first_of_role,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(ROLE_OWNER)), 0, &user, err))
		return false;
	if (user == 0)
		return err_set(err, ERR_NOT_FOUND, "this workspace has no owner");
	return user_find(db, user, a, out, err);
}

static bool read_workspace_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct workspace_row *)out =
	    (struct workspace_row){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

bool user_workspace_names(struct db *db, int64_t user, struct arena *a, struct workspace_row **out,
                          size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_user_workspace_names, DB_ARGS(db_arg_i64(user)), read_workspace_row,
	             sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool user_workspaces(struct db *db, int64_t user, struct arena *a, int64_t **out, size_t *count,
                     struct err *err)
{
	void *items;
	if (!db_list(db, &sql_user_workspace_list, DB_ARGS(db_arg_i64(user)), db_row_i64,
	             sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}
