/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/saved_view_api.h"

#include "account/reply_json.h"
#include "insight/saved_view.h"

#define BODY_MAX 16384

static void put_view(struct json_writer *w, const struct saved_view *v, const struct caller *caller)
{
	json_put_dict(w);
	json_put_key_id(w, "id", v->id);
	json_put_key_text(w, "name", v->name);
	json_put_key_text(w, "path", v->path);
	json_put_key_bool(w, "shared", v->shared);
	json_put_key_i64(w, "position", v->position);
	json_put_key_bool(w, "own", v->owner && v->owner == caller->user);
	json_put_key_bool(w, "changeable", saved_view_may_change(v, caller));
	json_put_key_text(w, "actor", v->actor);
	json_put_key_time(w, "created_at", v->created_at);
	json_put_key_time(w, "updated_at", v->updated_at);
	json_put_dict_end(w);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct saved_view *all;
	size_t count;
	if (!saved_view_list(rq->db, rq->arena, &rq->caller, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("views"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_view(w, &all[i], &rq->caller);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool name_read(JsonRef ref, Str *out, struct err *err)
{
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, SAVED_VIEW_NAME_MAX, out, err))
		return false;
	*out = str_trim(*out);
	return out->len || err_at(err, ERR_INVALID, ref.path, "must not be empty");
}

static bool path_read(JsonRef ref, Str *out, struct err *err)
{
	if (!json_read_is_given(ref))
		return true;
	return json_read_text(ref, SAVED_VIEW_PATH_MAX, out, err) &&
	       (saved_view_takes_path(*out) ||
	        err_at(err, ERR_INVALID, ref.path,
	               "must be the path of the overview (/), of /answers or of a screen of "
	               "/insight/, with its query as a browser writes it"));
}

static bool body_read(struct request *rq, struct saved_view_input *in, struct err *err)
{
	static const char *const names[] = { "name", "path", "shared", "position", NULL };
	JsonRef body, shared, position;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	shared = json_read_member(body, "shared");
	position = json_read_member(body, "position");
	in->has_shared = json_read_is_given(shared);
	in->has_position = json_read_is_given(position);
	return name_read(json_read_member(body, "name"), &in->name, err) &&
	       path_read(json_read_member(body, "path"), &in->path, err) &&
	       json_read_bool_if_given(shared, &in->shared, err) &&
	       json_read_i64_if_given(position, 0, SAVED_VIEW_POSITION_MAX, &in->position, err);
}

static struct saved_view_input *input_of(struct request *rq)
{
	struct saved_view_input *in = ARENA_NEW(rq->arena, struct saved_view_input);
	in->caller = &rq->caller;
	in->arena = rq->arena;
	rq->input = in;
	return in;
}

static bool post_prepare(struct request *rq, struct err *err)
{
	struct saved_view_input *in = input_of(rq);
	if (!body_read(rq, in, err))
		return false;
	if (!in->name.at)
		return err_at(err, ERR_INVALID, "/name", "must be a text");
	return in->path.at || err_at(err, ERR_INVALID, "/path", "must be a text");
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	struct saved_view_input *in = input_of(rq);
	return request_param_id(rq, "saved_view", &in->id, err) && body_read(rq, in, err);
}

static bool delete_prepare(struct request *rq, struct err *err)
{
	return request_param_id(rq, "saved_view", &input_of(rq)->id, err);
}

static bool view_reply(struct request *rq, struct reply *rp, int status, struct err *err)
{
	const struct saved_view_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_view(w, &in->view, &rq->caller);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return view_reply(rq, rp, 201, err);
}

static bool patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return view_reply(rq, rp, 200, err);
}

const struct route saved_view_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/saved-views",
	  .operation = "listSavedViews",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/saved-views",
	  .operation = "createSavedView",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = saved_view_create,
	  .reply = post_reply },
	{ .method = "PATCH",
	  .path = "/api/v1/saved-views/{saved_view}",
	  .operation = "changeSavedView",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = saved_view_change,
	  .reply = patch_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/saved-views/{saved_view}",
	  .operation = "deleteSavedView",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_WRITE,
	  .prepare = delete_prepare,
	  .apply = saved_view_remove,
	  .reply = reply_nothing },
};
const size_t saved_view_route_count = sizeof saved_view_routes / sizeof saved_view_routes[0];
