/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "account/api_key.h"
#include "account/audit.h"
#include "account/user.h"
#include "base/die.h"
#include "base/log.h"
#include "db/id.h"
#include "db/list.h"
#include "db/store.h"
#include "feedback/scope.h"
#include "insight/shared_view.sql.h"

const char *shared_kind_name(enum shared_kind kind)
{
	switch (kind) {
#define SHARED_NAME(kind, number, name) \
	case kind:                      \
		return name;
		SHARED_KINDS(SHARED_NAME)
#undef SHARED_NAME
	}
	return "";
}

bool shared_kind_find(Str name, enum shared_kind *out)
{
#define SHARED_FIND(kind, number, text) \
	if (str_eq(name, STR(text))) {  \
		*out = kind;            \
		return true;            \
	}
	SHARED_KINDS(SHARED_FIND)
#undef SHARED_FIND
	return false;
}

const char *shared_state_name(enum shared_state state)
{
	switch (state) {
	case SHARED_OPEN:
		return "open";
	case SHARED_REVOKED:
		return "revoked";
	case SHARED_EXPIRED:
		return "expired";
	case SHARED_ENDED:
		return "ended";
	}
	return "";
}

/* Rows */

/* "12,34": ids that we wrote. */
static bool quotes_take(Str text, struct shared_view *v)
{
	Str part;
	struct err ignored;
	while (text.len && v->quote_count < SHARED_QUOTES_MAX && str_cut(&text, ',', &part))
		if (!id_parse(part, &v->quotes[v->quote_count++], &ignored))
			return false;
	return true;
}

static Str quotes_written(struct arena *a, const struct shared_view *v)
{
	struct buf *out = buf_in(a, SHARED_QUOTES_MAX * 24);
	for (size_t i = 0; i < v->quote_count; i++)
		buf_printf(out, "%s%" PRId64, i ? "," : "", v->quotes[i]);
	return v->quote_count ? buf_str(out) : STR("");
}

static bool view_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct shared_view *v = out;
	*v = (struct shared_view){
		.id = db_i64(rows, 0),
		.name = db_text(rows, 1, a),
		.what = (enum shared_kind)db_i64(rows, 2),
		.filter = db_text(rows, 3, a),
		.last_days = db_i64(rows, 4),
		.split = db_text(rows, 5, a),
		.shows_answers = db_i64(rows, 7) != 0,
		.scope = db_text(rows, 8, a),
		.actor = db_text(rows, 9, a),
		.created_by = db_i64(rows, 10),
		.created_by_key = db_i64(rows, 11),
		.created_at = db_i64(rows, 12),
		.expires_at = db_i64(rows, 13),
		.revoked_at = db_i64(rows, 14),
		.password_hash = db_text(rows, 15, a),
		.views = db_i64(rows, 16),
		.seen_at = db_i64(rows, 17),
	};
	return quotes_take(db_text(rows, 6, a), v) ||
	       err_set(err, ERR_CORRUPT, "the quotes of shared view %" PRId64, v->id);
}

static bool sees_all(const struct caller *caller)
{
	return caller->key || caller->role & ROLES_MANAGE || !caller->team_scope.at;
}

bool shared_view_list(struct db *db, struct arena *a, const struct caller *caller,
                      struct shared_view **out, size_t *count, struct err *err)
{
	void *items;
	DbArg w = db_arg_i64(caller->workspace), limit = db_arg_i64(SHARED_VIEWS_MAX);
	bool ok = sees_all(caller) ? db_list(db, &sql_shared_view_list, DB_ARGS(w, limit), view_row,
	                                     sizeof **out, a, &items, count, err)
	                           : db_list(db, &sql_shared_view_list_own,
	                                     DB_ARGS(w, limit, db_arg_i64(caller->user)), view_row,
	                                     sizeof **out, a, &items, count, err);
	if (!ok)
		return false;
	*out = items;
	for (size_t i = 0; i < *count; i++)
		(*out)[i].workspace = caller->workspace;
	return true;
}

bool shared_view_find(struct db *db, struct arena *a, const struct caller *caller, int64_t id,
                      struct shared_view *out, struct err *err)
{
	struct shared_view v;
	bool found;
	if (!db_one(db, &sql_shared_view_find,
	            DB_ARGS(db_arg_i64(caller->workspace), db_arg_i64(id)), view_row, &v, a, &found,
	            err))
		return false;
	if (!found || (!sees_all(caller) && v.created_by != caller->user))
		return err_set(err, ERR_NOT_FOUND, "there is no shared view %" PRId64, id);
	v.workspace = caller->workspace;
	*out = v;
	return true;
}

bool shared_view_by_token(struct db *db, struct arena *a, int64_t workspace, Str hash,
                          struct shared_view *out, bool *found, struct err *err)
{
	if (!db_one(db, &sql_shared_view_by_token,
	            DB_ARGS(db_arg_i64(workspace), db_arg_blob(hash)), view_row, out, a, found,
	            err))
		return false;
	if (*found)
		out->workspace = workspace;
	return true;
}

/* Whoever made it could still make it: a member with the same scope or with none, a key that is in force. */
static bool maker_may(struct db *db, struct arena *a, const struct shared_view *v, bool *out,
                      struct err *err)
{
	struct member_access access;
	struct api_key *keys;
	struct user user;
	size_t count;
	*out = false;
	if (v->created_by) {
		if (!user_find(db, v->created_by, a, &user, err))
			return err->kind == ERR_NOT_FOUND;
		if (!member_access(db, v->workspace, v->created_by, a, &access, err))
			return false;
		*out = access.role & ROLES_BUILD && !user.disabled_at &&
		       (!access.team_scope.at || str_eq(access.team_scope, v->scope));
		return true;
	}
	if (!api_key_list(db, v->workspace, a, &keys, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		*out = *out || (keys[i].id == v->created_by_key && !keys[i].revoked_at);
	return true;
}

bool shared_view_state(struct db *db, struct arena *a, const struct shared_view *v, int64_t now,
                       enum shared_state *out, struct err *err)
{
	bool may;
	if (!maker_may(db, a, v, &may, err))
		return false;
	*out = v->revoked_at          ? SHARED_REVOKED
	       : now >= v->expires_at ? SHARED_EXPIRED
	       : may                  ? SHARED_OPEN
	                              : SHARED_ENDED;
	return true;
}

/* Units */

static bool quotes_check(struct db_tx *tx, const struct shared_input *in, struct err *err)
{
	for (size_t i = 0; i < in->view.quote_count; i++) {
		struct response r;
		if (!response_find_in_scope(tx->db, tx->arena, in->caller, in->view.quotes[i], &r,
		                            err))
			return err->kind == ERR_NOT_FOUND
			           ? err_at(err, ERR_INVALID, "/quotes",
			                    "names an answer that is none of yours")
			           : false;
		if (!r.comment.len || !response_counts(r.state, r.score))
			return err_at(err, ERR_INVALID, "/quotes",
			              "names an answer without a comment, or one that does not "
			              "count");
	}
	return true;
}

static bool audit(struct db_tx *tx, const struct shared_input *in, Str action, struct err *err)
{
	return audit_write(tx, in->caller->name, action, in->result.name,
	                   str_of(shared_kind_name(in->result.what)), err);
}

bool shared_view_create(struct db_tx *tx, void *input, struct err *err)
{
	struct shared_input *in = input;
	struct shared_view *v = &in->result;
	if (!quotes_check(tx, in, err))
		return false;
	*v = in->view;
	v->id = tx_new_id(tx);
	v->workspace = tx->workspace;
	v->created_at = tx->now;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_shared_view_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(v->id),
	                       db_arg_blob(in->token_hash), db_arg_text(v->name),
	                       db_arg_i64(v->what), db_arg_text(v->filter),
	                       db_arg_i64(v->last_days), db_arg_text_or_null(v->split),
	                       db_arg_text(quotes_written(tx->arena, v)),
	                       db_arg_bool(v->shows_answers), db_arg_text(v->scope),
	                       db_arg_text(v->actor), db_arg_id_or_null(v->created_by),
	                       db_arg_id_or_null(v->created_by_key), db_arg_i64(v->created_at),
	                       db_arg_i64(v->expires_at), db_arg_text_or_null(v->password_hash)),
	               NULL, err) &&
	       audit(tx, in, STR("shared_view.create"), err);
}

static Str change_name(const struct shared_input *in)
{
	if (in->sets_revoked)
		return in->revoked ? STR("shared_view.revoke") : STR("shared_view.restore");
	return STR("shared_view.change");
}

bool shared_view_change(struct db_tx *tx, void *input, struct err *err)
{
	struct shared_input *in = input;
	struct shared_view now;
	if (!shared_view_find(tx->db, in->arena, in->caller, in->view.id, &now, err))
		return false;
	if (in->sets_name)
		now.name = in->view.name;
	if (in->sets_expiry)
		now.expires_at = in->view.expires_at;
	if (in->sets_password)
		now.password_hash = in->view.password_hash;
	if (in->sets_revoked && in->revoked != (now.revoked_at != 0))
		now.revoked_at = in->revoked ? tx->now : 0;
	in->result = now;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_shared_view_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(now.id), db_arg_text(now.name),
	                       db_arg_i64(now.expires_at), db_arg_id_or_null(now.revoked_at),
	                       db_arg_text_or_null(now.password_hash)),
	               NULL, err) &&
	       audit(tx, in, change_name(in), err);
}

struct look {
	struct unit unit;
	int64_t id;
};

static bool look_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct look *look = input;
	return db_exec(tx->db, &sql_shared_view_count,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(look->id),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

static void look_done(struct unit *unit)
{
	free(unit->owner);
}

void shared_view_seen(struct store *store, const struct shared_view *v)
{
	struct look *look = mem_zeroed(1, sizeof *look);
	struct err err;
	*look = (struct look){ .id = v->id };
	look->unit = (struct unit){ .apply = look_apply,
		                    .input = look,
		                    .workspace = v->workspace,
		                    .class = UNIT_BULK,
		                    .done = look_done,
		                    .owner = look };
	if (store_submit(store, &look->unit, &err))
		return;
	log_event(LOG_LEVEL_WARNING, "shared_view.look.lost",
	          LOG_PAIRS(log_id("view", v->id), log_why(&err)));
	free(look);
}
