/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/saved_view.h"

#include <inttypes.h>

#include "account/audit.h"
#include "db/list.h"
#include "insight/saved_view.sql.h"
#include "net/route.h"

static bool is_name(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.at[i] >= 'a' && s.at[i] <= 'z') || s.at[i] == '-'))
			return false;
	return s.len > 0;
}

/* As a browser writes it: percent-encoded, printable. */
static bool is_query(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] <= ' ' || s.at[i] > '~' || s.at[i] == '#' || s.at[i] == '\\' ||
		    s.at[i] == '"' || s.at[i] == '<' || s.at[i] == '>')
			return false;
	return true;
}

bool saved_view_takes_path(Str path)
{
	Str insight = STR("/insight/");
	size_t len = 0;
	while (len < path.len && path.at[len] != '?')
		len++;
	Str place = { path.at, len };
	Str query = { path.at + len, path.len - len };
	if (path.len > SAVED_VIEW_PATH_MAX || !is_query(query))
		return false;
	if (str_eq(place, STR("/")) || str_eq(place, STR("/answers")) ||
	    str_eq(place, STR("/insight")))
		return true;
	return str_starts(place, insight) &&
	       is_name((Str){ place.at + insight.len, place.len - insight.len });
}

static bool view_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct saved_view *)out = (struct saved_view){
		.id = db_i64(rows, 0),
		.owner = db_i64(rows, 1),
		.name = db_text(rows, 2, a),
		.path = db_text(rows, 3, a),
		.shared = db_i64(rows, 4) != 0,
		.position = db_i64(rows, 5),
		.actor = db_text(rows, 6, a),
		.created_at = db_i64(rows, 7),
		.updated_at = db_i64(rows, 8),
	};
	return true;
}

bool saved_view_list(struct db *db, struct arena *a, const struct caller *caller,
                     struct saved_view **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_saved_view_list,
	             DB_ARGS(db_arg_i64(caller->workspace), db_arg_i64(caller->user)), view_row,
	             sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool is_own(const struct saved_view *view, const struct caller *caller)
{
	return view->owner && view->owner == caller->user;
}

bool saved_view_may_change(const struct saved_view *view, const struct caller *caller)
{
	return is_own(view, caller) ||
	       (view->shared && ((caller->role & ROLES_MANAGE) || (caller->scope & SCOPES_WRITE)));
}

static bool may_share(const struct caller *caller)
{
	return (caller->role & ROLES_BUILD) || caller->scope;
}

/* Of what others may see, the log tells. */
static bool log_shared(struct db_tx *tx, const struct saved_view_input *in, const char *action,
                       const struct saved_view *view, struct err *err)
{
	return audit_write(tx, in->caller->name, str_of(action), view->name, view->path, err);
}

static bool may_be_shared(const struct saved_view_input *in, struct err *err)
{
	if (!in->shared || may_share(in->caller))
		return true;
	return err_set(err, ERR_DENIED,
	               "views are shared by owners, admins and analysts; keep it for yourself");
}

static bool has_room(struct db_tx *tx, const struct caller *caller, struct err *err)
{
	int64_t count;
	if (!db_one_i64(tx->db, &sql_saved_view_count,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(caller->user)), 0, &count,
	                err))
		return false;
	return count < SAVED_VIEWS_MAX ||
	       err_set(err, ERR_CONFLICT, "there are %d views already; delete one that is not used",
	               SAVED_VIEWS_MAX);
}

static bool last_position(struct db_tx *tx, int64_t *out, struct err *err)
{
	return db_one_i64(tx->db, &sql_saved_view_last, DB_ARGS(db_arg_i64(tx->workspace)), 0, out,
	                  err);
}

static bool insert(struct db_tx *tx, const struct saved_view *v, struct err *err)
{
	return db_exec(tx->db, &sql_saved_view_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(v->id), db_arg_i64(v->owner),
	                       db_arg_text(v->name), db_arg_text(v->path), db_arg_i64(v->shared),
	                       db_arg_i64(v->position), db_arg_text(v->actor),
	                       db_arg_i64(v->created_at), db_arg_i64(v->updated_at)),
	               NULL, err);
}

bool saved_view_create(struct db_tx *tx, void *input, struct err *err)
{
	struct saved_view_input *in = input;
	int64_t last;
	if (!in->caller->user && !in->shared)
		return err_at(err, ERR_INVALID, "/shared",
		              "must be true: an API key has no views of its own");
	if (!may_be_shared(in, err) || !has_room(tx, in->caller, err) ||
	    !last_position(tx, &last, err))
		return false;
	in->view = (struct saved_view){ .id = tx_new_id(tx),
		                        .owner = in->caller->user,
		                        .name = in->name,
		                        .path = in->path,
		                        .shared = in->shared,
		                        .position = in->has_position ? in->position : last + 1,
		                        .actor = in->caller->name,
		                        .created_at = tx->now,
		                        .updated_at = tx->now };
	return insert(tx, &in->view, err) &&
	       (!in->shared || log_shared(tx, in, "saved_view.create", &in->view, err));
}

static bool find_to_change(struct db_tx *tx, const struct saved_view_input *in,
                           struct saved_view *out, struct err *err)
{
	struct saved_view view;
	bool found;
	if (!db_one(tx->db, &sql_saved_view_find,
	            DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                    db_arg_i64(in->caller->user)),
	            view_row, &view, in->arena, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no view %" PRId64, in->id);
	if (!saved_view_may_change(&view, in->caller))
		return err_set(
		    err, ERR_DENIED,
		    "this view is changed by who made it, owners and admins; save it under "
		    "a name of your own");
	*out = view;
	return true;
}

bool saved_view_change(struct db_tx *tx, void *input, struct err *err)
{
	struct saved_view_input *in = input;
	struct saved_view v;
	if (!may_be_shared(in, err) || !find_to_change(tx, in, &v, err))
		return false;
	bool was_shared = v.shared;
	v.name = in->name.at ? in->name : v.name;
	v.path = in->path.at ? in->path : v.path;
	v.shared = in->has_shared ? in->shared : v.shared;
	v.position = in->has_position ? in->position : v.position;
	if (!v.shared && !is_own(&v, in->caller))
		return err_at(err, ERR_INVALID, "/shared",
		              "must stay true: only who made the view may keep it for themselves");
	v.updated_at = tx->now;
	in->view = v;
	return db_exec(tx->db, &sql_saved_view_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(v.id), db_arg_text(v.name),
	                       db_arg_text(v.path), db_arg_i64(v.shared), db_arg_i64(v.position),
	                       db_arg_i64(v.updated_at)),
	               NULL, err) &&
	       ((!was_shared && !v.shared) || log_shared(tx, in, "saved_view.change", &v, err));
}

bool saved_view_remove(struct db_tx *tx, void *input, struct err *err)
{
	struct saved_view_input *in = input;
	struct saved_view v;
	if (!find_to_change(tx, in, &v, err))
		return false;
	return db_exec(tx->db, &sql_saved_view_delete,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(v.id)), NULL, err) &&
	       (!v.shared || log_shared(tx, in, "saved_view.delete", &v, err));
}
