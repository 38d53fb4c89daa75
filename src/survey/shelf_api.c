/* survey/shelf_api.c - duplicate, archive, bin, the notice on review gating and the test link, over HTTP. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/clock.h"
#include "survey/link.h"
#include "survey/named.h"
#include "survey/survey_json.h"
#include "survey/survey_shelf.h"

#define BODY_MAX       4096
#define TEST_LINK_DAYS 30

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

static bool shelf_prepare(struct request *rq, enum survey_shelving what, struct err *err)
{
	struct survey_shelf_input *in = ARENA_NEW(rq->arena, struct survey_shelf_input);
	struct survey s;
	if (!survey_named(rq, &s, err))
		return false;
	*in = (struct survey_shelf_input){
		.id = s.id, .what = what, .actor = rq->caller.name, .arena = rq->arena
	};
	rq->input = in;
	return true;
}

static bool archive_prepare(struct request *rq, struct err *err)
{
	return shelf_prepare(rq, SURVEY_ARCHIVE, err);
}

static bool unarchive_prepare(struct request *rq, struct err *err)
{
	return shelf_prepare(rq, SURVEY_UNARCHIVE, err);
}

static bool bin_prepare(struct request *rq, struct err *err)
{
	return shelf_prepare(rq, SURVEY_BIN, err);
}

static bool restore_prepare(struct request *rq, struct err *err)
{
	return shelf_prepare(rq, SURVEY_RESTORE, err);
}

static bool shelf_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_shelf_input *in = rq->input;
	return reply_survey(rq, rp, 200, &in->survey, (Str){ 0 }, err);
}

static bool copy_name_read(struct request *rq, Str *out, struct err *err)
{
	static const char *const names[] = { "name", NULL };
	JsonRef body, name;
	if (!rq->body.len)
		return true;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	name = json_read_member(body, "name");
	if (!json_read_text_if_given(name, SURVEY_NAME_MAX, out, err))
		return false;
	*out = out->at ? str_trim(*out) : *out;
	return !out->at || out->len || err_at(err, ERR_INVALID, name.path, "must not be empty");
}

static bool copy_prepare(struct request *rq, struct err *err)
{
	struct survey_copy_input *in = ARENA_NEW(rq->arena, struct survey_copy_input);
	struct survey s;
	if (!survey_named(rq, &s, err) || !copy_name_read(rq, &in->name, err))
		return false;
	in->id = s.id;
	in->team_scope = rq->caller.team_scope;
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	rq->input = in;
	return true;
}

static bool copy_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_copy_input *in = rq->input;
	return reply_survey(rq, rp, 201, &in->survey, in->definition, err);
}

static bool gating_prepare(struct request *rq, struct err *err)
{
	struct survey_gating_input *in = ARENA_NEW(rq->arena, struct survey_gating_input);
	struct survey s;
	if (!survey_named(rq, &s, err))
		return false;
	*in = (struct survey_gating_input){ .id = s.id,
		                            .actor = rq->caller.name,
		                            .arena = rq->arena };
	rq->input = in;
	return true;
}

static bool gating_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_gating_input *in = rq->input;
	return reply_survey(rq, rp, 200, &in->survey, (Str){ 0 }, err);
}

/* Signed anew each time; nothing is stored. */
static bool test_link_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_room *room = rq->room;
	struct json_writer *w = reply_json(rq);
	struct survey s;
	char token[LINK_TOKEN_CHARS + 1];
	int64_t until = rq->now + TEST_LINK_DAYS * CLOCK_DAY;
	if (!survey_named(rq, &s, err) ||
	    !link_keys_need(room->keys, rq->db, rq->caller.workspace, err) ||
	    !link_mint(room->keys, LINK_SURVEY_TEST, rq->caller.workspace, s.id, until, token, err))
		return false;
	json_put_dict(w);
	json_put_key_text(w, "url", str_printf(rq->arena, "%s/t/%s", room->public_url, token));
	json_put_key_time(w, "expires_at", until);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

#define SHELF_ROUTE(verb, route_path, name, fn)                                    \
	{                                                                          \
		.method = (verb), .path = "/api/v1/surveys/{survey}" route_path,   \
		.operation = (name), .roles = ROLES_BUILD, .scopes = SCOPES_WRITE, \
		.prepare = (fn), .apply = survey_shelve, .reply = shelf_reply      \
	}

const struct route shelf_routes[] = {
	SHELF_ROUTE("POST", "/archive", "archiveSurvey", archive_prepare),
	SHELF_ROUTE("POST", "/unarchive", "unarchiveSurvey", unarchive_prepare),
	SHELF_ROUTE("DELETE", "", "deleteSurvey", bin_prepare),
	SHELF_ROUTE("POST", "/restore", "restoreSurvey", restore_prepare),
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/duplicate",
	  .operation = "duplicateSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = copy_prepare,
	  .apply = survey_copy,
	  .reply = copy_reply },
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/review-gating",
	  .operation = "confirmReviewGating",
	  .roles = ROLE_OWNER,
	  .scopes = SCOPES_NONE,
	  .prepare = gating_prepare,
	  .apply = survey_confirm_gating,
	  .reply = gating_reply },
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/test-link",
	  .operation = "getTestLink",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .read = test_link_read },
};
const size_t shelf_route_count = sizeof shelf_routes / sizeof shelf_routes[0];
