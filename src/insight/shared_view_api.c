/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_view_api.h"

#include "account/password.h"
#include "account/reply_json.h"
#include "account/secret.h"
#include "db/id.h"
#include "insight/shared_figures.h"
#include "insight/shared_view.h"
#include "survey/team_scope.h"

#define BODY_MAX 16384

static bool put_state(struct json_writer *w, struct request *rq, const struct shared_view *v,
                      struct err *err)
{
	enum shared_state state;
	if (!shared_view_state(rq->db, rq->arena, v, rq->now, &state, err))
		return false;
	json_put_key_text(w, "state", str_of(shared_state_name(state)));
	return true;
}

static void put_members(struct json_writer *w, const struct shared_view *v)
{
	json_put_key_id(w, "id", v->id);
	json_put_key_text(w, "name", v->name);
	json_put_key_text(w, "what", str_of(shared_kind_name(v->what)));
	json_put_key_text(w, "filter", v->filter);
	json_put_key_i64_if(w, "last_days", v->last_days != 0, v->last_days);
	json_put_key_text(w, "by", v->split);
	json_put_key(w, STR("quotes"));
	json_put_list(w);
	for (size_t i = 0; i < v->quote_count; i++)
		json_put_id(w, v->quotes[i]);
	json_put_list_end(w);
	json_put_key_bool(w, "shows_answers", v->shows_answers);
	json_put_key_bool(w, "has_password", v->password_hash.at != NULL);
	json_put_key_text(w, "actor", v->actor);
	json_put_key_time(w, "created_at", v->created_at);
	json_put_key_time(w, "expires_at", v->expires_at);
	json_put_key_time(w, "revoked_at", v->revoked_at);
	json_put_key_i64(w, "views", v->views);
	json_put_key_time(w, "seen_at", v->seen_at);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct shared_view *all;
	size_t count;
	if (!shared_view_list(rq->db, rq->arena, &rq->caller, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("views"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		put_members(w, &all[i]);
		if (!put_state(w, rq, &all[i], err))
			return false;
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool one_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct shared_view v;
	int64_t id;
	if (!request_param_id(rq, "view", &id, err) ||
	    !shared_view_find(rq->db, rq->arena, &rq->caller, id, &v, err))
		return false;
	json_put_dict(w);
	put_members(w, &v);
	if (!put_state(w, rq, &v, err))
		return false;
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool name_read(JsonRef ref, Str *out, struct err *err)
{
	if (!json_read_text(ref, SHARED_NAME_MAX, out, err))
		return false;
	*out = str_trim(*out);
	bool clean = out->len > 0;
	for (size_t i = 0; clean && i < out->len; i++)
		clean = (unsigned char)out->at[i] >= 0x20;
	return clean || err_at(err, ERR_INVALID, ref.path,
	                       "must be a name of one line, so that you know the link again");
}

/* Not given, or null: none. */
static bool password_read(struct request *rq, JsonRef ref, Str *hash, struct err *err)
{
	Str password = { 0 };
	if (!json_read_text_if_given(ref, PASSWORD_MAX, &password, err))
		return false;
	return !password.at || (password_check(password, err) &&
	                        password_hash(rq->room, rq->arena, password, hash, err));
}

static bool quotes_read(JsonRef list, struct shared_view *v, struct err *err)
{
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, SHARED_QUOTES_MAX, err))
		return false;
	for (size_t i = 0; i < json_read_count(list); i++)
		if (!id_read(json_read_item(list, i), "must be an id, as a text", &v->quotes[i],
		             err))
			return false;
	v->quote_count = json_read_count(list);
	return true;
}

static bool what_read(JsonRef ref, enum shared_kind *out, struct err *err)
{
	Str name;
	return json_read_text(ref, 32, &name, err) &&
	       (shared_kind_find(name, out) ||
	        err_at(err, ERR_INVALID, ref.path, "must be overview, board or wallboard"));
}

static bool shown_read(JsonRef body, struct shared_view *v, struct err *err)
{
	v->filter = STR("");
	return name_read(json_read_member(body, "name"), &v->name, err) &&
	       what_read(json_read_member(body, "what"), &v->what, err) &&
	       json_read_text_if_given(json_read_member(body, "filter"), SHARED_FILTER_MAX,
	                               &v->filter, err) &&
	       json_read_i64_if_given(json_read_member(body, "last_days"), 1, 3660, &v->last_days,
	                              err) &&
	       json_read_text_if_given(json_read_member(body, "by"), 128, &v->split, err) &&
	       quotes_read(json_read_member(body, "quotes"), v, err) &&
	       json_read_bool_if_given(json_read_member(body, "shows_answers"), &v->shows_answers,
	                               err);
}

static bool expiry_read(struct request *rq, JsonRef ref, int64_t *out, struct err *err)
{
	int64_t days = SHARED_DAYS_DEFAULT;
	if (!json_read_i64_if_given(ref, 1, SHARED_DAYS_MAX, &days, err))
		return false;
	*out = rq->now + days * CLOCK_DAY;
	return true;
}

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = {
		"name",   "what",          "filter",          "last_days", "by",
		"quotes", "shows_answers", "expires_in_days", "password",  NULL
	};
	struct shared_input *in = ARENA_NEW(rq->arena, struct shared_input);
	struct shared_view *v = &in->view;
	JsonRef body;
	in->caller = &rq->caller;
	in->arena = rq->arena;
	rq->input = in;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !shown_read(body, v, err) ||
	    !expiry_read(rq, json_read_member(body, "expires_in_days"), &v->expires_at, err) ||
	    !password_read(rq, json_read_member(body, "password"), &v->password_hash, err))
		return false;
	v->workspace = rq->caller.workspace;
	v->scope = rq->caller.team_scope.at ? rq->caller.team_scope : TEAM_SCOPE_WHOLE;
	v->actor = rq->caller.name;
	v->created_by = rq->caller.user;
	v->created_by_key = rq->caller.key;
	secret_make(rq->arena, rq->caller.workspace, &in->token, &in->token_hash);
	return shared_figures_check(rq->db, rq->arena, v, rq->now, err);
}

/* Of one that was just made or changed by whoever may: it is open, revoked or expired. */
static void put_result(struct json_writer *w, struct request *rq, const struct shared_view *v)
{
	enum shared_state state = v->revoked_at              ? SHARED_REVOKED
	                          : rq->now >= v->expires_at ? SHARED_EXPIRED
	                                                     : SHARED_OPEN;
	put_members(w, v);
	json_put_key_text(w, "state", str_of(shared_state_name(state)));
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct account *account = rq->room;
	const struct shared_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_result(w, rq, &in->result);
	json_put_key_text(w, "url",
	                  str_printf(rq->arena, "%s/v/%.*s", account->public_url,
	                             STR_FMT(in->token)));
	json_put_dict_end(w);
	return reply_json_end(w, rp, 201, err);
}

static bool patch_read(struct request *rq, JsonRef body, struct shared_input *in, struct err *err)
{
	JsonRef name = json_read_member(body, "name"),
		password = json_read_member(body, "password"),
		days = json_read_member(body, "expires_in_days"),
		revoked = json_read_member(body, "revoked");
	in->sets_name = json_read_is_given(name);
	in->sets_expiry = json_read_is_given(days);
	in->sets_password = json_read_kind(password) != JSON_ABSENT;
	in->sets_revoked = json_read_is_given(revoked);
	return (!in->sets_name || name_read(name, &in->view.name, err)) &&
	       expiry_read(rq, days, &in->view.expires_at, err) &&
	       password_read(rq, password, &in->view.password_hash, err) &&
	       json_read_bool_if_given(revoked, &in->revoked, err);
}

static struct shared_input *change_begin(struct request *rq)
{
	struct shared_input *in = ARENA_NEW(rq->arena, struct shared_input);
	in->caller = &rq->caller;
	in->arena = rq->arena;
	rq->input = in;
	return in;
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name", "expires_in_days", "password", "revoked",
		                             NULL };
	struct shared_input *in = change_begin(rq);
	JsonRef body;
	return request_param_id(rq, "view", &in->view.id, err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       patch_read(rq, body, in, err);
}

static bool delete_prepare(struct request *rq, struct err *err)
{
	struct shared_input *in = change_begin(rq);
	in->sets_revoked = in->revoked = true;
	return request_param_id(rq, "view", &in->view.id, err);
}

static bool change_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct shared_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_result(w, rq, &in->result);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route shared_view_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/shared-views",
	  .operation = "listSharedViews",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/shared-views",
	  .operation = "createSharedView",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = shared_view_create,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/shared-views/{view}",
	  .operation = "getSharedView",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .read = one_read },
	{ .method = "PATCH",
	  .path = "/api/v1/shared-views/{view}",
	  .operation = "changeSharedView",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = shared_view_change,
	  .reply = change_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/shared-views/{view}",
	  .operation = "revokeSharedView",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = delete_prepare,
	  .apply = shared_view_change,
	  .reply = change_reply },
};
const size_t shared_view_route_count = sizeof shared_view_routes / sizeof shared_view_routes[0];
