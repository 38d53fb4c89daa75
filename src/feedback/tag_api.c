/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/tag_api.h"

#include "account/reply_json.h"
#include "feedback/tag.h"
#include "survey/team_scope.h"

/* How many answers have it is told to whoever sees all answers alone. */
static void tag_put(struct json_writer *w, const struct tag *tag, bool sees_all)
{
	json_put_dict(w);
	json_put_key_id(w, "id", tag->id);
	json_put_key_text(w, "name", tag->name);
	json_put_key_i64_if(w, "answers", sees_all, tag->answers);
	json_put_dict_end(w);
}

static bool tags_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct tag *tags;
	size_t count;
	bool all;
	if (!team_scope_covers_all(rq, &all, err) ||
	    !tag_list(rq->db, rq->arena, rq->caller.workspace, &tags, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("tags"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		tag_put(w, &tags[i], all);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* A change of a tag reaches every answer that has it. */
static bool move_prepare(struct request *rq, struct err *err)
{
	struct tag_move_input *in = ARENA_NEW(rq->arena, struct tag_move_input);
	bool all;
	rq->input = in;
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	if (!request_param_id(rq, "tag", &in->from, err) || !team_scope_covers_all(rq, &all, err))
		return false;
	return all ||
	       err_set(err, ERR_DENIED, "only those who see all answers may change a tag of all");
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name", "merge", NULL };
	JsonRef body;
	Str name;
	if (!move_prepare(rq, err))
		return false;
	struct tag_move_input *in = rq->input;
	return json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       json_read_text(json_read_member(body, "name"), 1024, &name, err) &&
	       json_read_bool_if_given(json_read_member(body, "merge"), &in->merge, err) &&
	       tag_name_read(rq->arena, name, "/name", &in->to, err);
}

static bool move_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct tag_move_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key(w, STR("tag"));
	if (in->tag.id)
		tag_put(w, &in->tag, true);
	else
		json_put_null(w);
	json_put_key_bool(w, "more", in->more);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route tag_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/tags",
	  .operation = "listTags",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = tags_read },
	{ .method = "PATCH",
	  .path = "/api/v1/tags/{tag}",
	  .operation = "changeTag",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = 4096,
	  .prepare = patch_prepare,
	  .apply = tag_move,
	  .reply = move_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/tags/{tag}",
	  .operation = "deleteTag",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = move_prepare,
	  .apply = tag_move,
	  .reply = move_reply },
};
const size_t tag_route_count = sizeof tag_routes / sizeof tag_routes[0];
