/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "survey/definition.h"
#include "survey/survey.h"
#include "survey/named.h"
#include "survey/survey_json.h"
#include "survey/survey_read.h"
#include "survey/team_scope.h"

#define BODY_MAX (DEFINITION_BYTES_MAX + 8192u)

static bool reply_survey(struct request *rq, struct reply *rp, int status, const struct survey *s,
                         Str definition, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	survey_json_put(rq, w, s);
	if (definition.at) {
		json_put_key(w, STR("definition"));
		json_put_raw(w, definition);
	}
	json_put_dict_end(w);
	return reply_json_end(w, rp, status, err);
}

enum list_view { VIEW_KEPT, VIEW_ACTIVE, VIEW_ARCHIVE, VIEW_BIN };

static bool view_read(const struct request *rq, enum list_view *out, struct err *err)
{
	static const char *const names[] = { "kept", "active", "archive", "bin" };
	Str view = request_query(rq, "view");
	*out = VIEW_KEPT;
	if (!view.at)
		return true;
	for (int i = 0; i < 4; i++)
		if (str_eq(view, str_of(names[i]))) {
			*out = (enum list_view)i;
			return true;
		}
	return err_at(err, ERR_INVALID, "view", "must be kept, active, archive or bin");
}

static bool shows(enum list_view view, const struct survey *s)
{
	switch (view) {
	case VIEW_KEPT:
		return !s->deleted_at;
	case VIEW_ACTIVE:
		return !s->deleted_at && !s->archived_at;
	case VIEW_ARCHIVE:
		return !s->deleted_at && s->archived_at;
	case VIEW_BIN:
		return s->deleted_at != 0;
	}
	return true;
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct team_scope scope;
	struct survey *all;
	enum list_view view;
	size_t count;
	if (!view_read(rq, &view, err) ||
	    !team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !survey_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("surveys"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		if (!shows(view, &all[i]) || !team_scope_takes_survey(&scope, all[i].id))
			continue;
		json_put_dict(w);
		survey_json_put(rq, w, &all[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool one_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct survey s;
	Str definition;
	return survey_named(rq, &s, err) &&
	       survey_definition(rq->db, rq->arena, rq->caller.workspace, s.id, s.version,
	                         &definition, err) &&
	       reply_survey(rq, rp, 200, &s, definition, err);
}

static bool version_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct survey s;
	Str definition;
	int64_t version;
	if (!survey_named(rq, &s, err))
		return false;
	if (!str_to_i64(request_param(rq, "version"), &version) || version < 1 ||
	    version > s.version)
		return err_set(err, ERR_NOT_FOUND, "the survey has no such version");
	if (!survey_definition(rq->db, rq->arena, rq->caller.workspace, s.id, (int)version,
	                       &definition, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_id(w, "survey_id", s.id);
	json_put_key_i64(w, "version", version);
	json_put_key(w, STR("definition"));
	json_put_raw(w, definition);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool post_prepare(struct request *rq, struct err *err)
{
	struct survey_input *in = ARENA_NEW(rq->arena, struct survey_input);
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) ||
	    !survey_read_new(rq->arena, rq->db, rq->caller.workspace, body, in, err))
		return false;
	in->actor = rq->caller.name;
	in->team_scope = rq->caller.team_scope;
	rq->input = in;
	return true;
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_input *in = rq->input;
	return reply_survey(rq, rp, in->created ? 201 : 200, &in->survey, in->definition_now, err);
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	struct survey_input *in = ARENA_NEW(rq->arena, struct survey_input);
	struct survey s;
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) ||
	    !survey_read_change(rq->arena, rq->db, rq->caller.workspace, body, in, err) ||
	    !survey_named(rq, &s, err))
		return false;
	in->id = s.id;
	in->actor = rq->caller.name;
	in->team_scope = rq->caller.team_scope;
	rq->input = in;
	return true;
}

static bool state_prepare(struct request *rq, enum survey_state state, struct err *err)
{
	struct survey_state_input *in = ARENA_NEW(rq->arena, struct survey_state_input);
	struct survey s;
	if (!survey_named(rq, &s, err))
		return false;
	*in = (struct survey_state_input){
		.id = s.id, .state = state, .actor = rq->caller.name, .arena = rq->arena
	};
	rq->input = in;
	return true;
}

/* A body may say which draft the caller has seen. */
static bool publish_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "revision", NULL };
	JsonRef body, revision;
	if (!state_prepare(rq, SURVEY_LIVE, err))
		return false;
	struct survey_state_input *in = rq->input;
	if (!rq->body.len)
		return true;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	revision = json_read_member(body, "revision");
	in->has_revision = json_read_is_given(revision);
	return json_read_i64_if_given(revision, 0, INT64_MAX, &in->revision, err);
}

static bool resume_prepare(struct request *rq, struct err *err)
{
	if (!state_prepare(rq, SURVEY_LIVE, err))
		return false;
	struct survey_state_input *in = rq->input;
	in->as_published = true;
	return true;
}

static bool pause_prepare(struct request *rq, struct err *err)
{
	return state_prepare(rq, SURVEY_PAUSED, err);
}

static bool close_prepare(struct request *rq, struct err *err)
{
	return state_prepare(rq, SURVEY_CLOSED, err);
}

static bool state_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_state_input *in = rq->input;
	return reply_survey(rq, rp, 200, &in->survey, (Str){ 0 }, err);
}

const struct route survey_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/surveys",
	  .operation = "listSurveys",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/surveys",
	  .operation = "createSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = survey_save,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}",
	  .operation = "getSurvey",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = one_read },
	{ .method = "PATCH",
	  .path = "/api/v1/surveys/{survey}",
	  .operation = "changeSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = survey_save,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/versions/{version}",
	  .operation = "getSurveyVersion",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = version_read },
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/publish",
	  .operation = "publishSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = 1024,
	  .prepare = publish_prepare,
	  .apply = survey_set_state,
	  .reply = state_reply },
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/pause",
	  .operation = "pauseSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = pause_prepare,
	  .apply = survey_set_state,
	  .reply = state_reply },
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/resume",
	  .operation = "resumeSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = resume_prepare,
	  .apply = survey_set_state,
	  .reply = state_reply },
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/close",
	  .operation = "closeSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = close_prepare,
	  .apply = survey_set_state,
	  .reply = state_reply },
};
const size_t survey_route_count = sizeof survey_routes / sizeof survey_routes[0];
