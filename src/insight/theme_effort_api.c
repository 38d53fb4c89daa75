/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_effort_api.h"

#include "account/reply_json.h"
#include "insight/theme_effort.h"
#include "survey/team_scope.h"

#define BODY_MAX 1024

static bool put_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "effort", NULL };
	struct theme_effort_input *in = ARENA_NEW(rq->arena, struct theme_effort_input);
	JsonRef body, effort;
	Str name;
	bool whole;
	*in = (struct theme_effort_input){ .actor = rq->caller.name, .arena = rq->arena };
	rq->input = in;
	if (!team_scope_covers_all(rq, &whole, err))
		return false;
	if (!whole)
		return err_set(err, ERR_DENIED, "only those who see all answers may change themes");
	if (!request_param_id(rq, "theme", &in->theme, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	effort = json_read_member(body, "effort");
	if (!json_read_is_given(effort))
		return true;
	return json_read_text(effort, 16, &name, err) &&
	       (theme_effort_find(name, &in->effort) ||
	        err_at(err, ERR_INVALID, effort.path, "must be small, medium, large or null"));
}

static bool put_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct theme_effort_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_id(w, "id", in->theme);
	json_put_key_text(w, "effort", theme_effort_name(in->effort));
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route theme_effort_routes[] = {
	{ .method = "PUT",
	  .path = "/api/v1/themes/{theme}/effort",
	  .operation = "setThemeEffort",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = put_prepare,
	  .apply = theme_effort_set,
	  .reply = put_reply },
};
const size_t theme_effort_route_count = sizeof theme_effort_routes / sizeof theme_effort_routes[0];
