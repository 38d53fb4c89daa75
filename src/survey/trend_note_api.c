/* survey/trend_note_api.c - notes on the trend over HTTP. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/zone.h"
#include "db/id.h"
#include "survey/survey.h"
#include "survey/team_scope.h"
#include "survey/trend_note.h"

#define BODY_MAX 8192

static void put_note(struct json_writer *w, const struct trend_note *n)
{
	json_put_dict(w);
	json_put_key_id(w, "id", n->id);
	json_put_key_id(w, "survey_id", n->survey_id);
	json_put_key_time(w, "at", n->at);
	json_put_key_text(w, "kind", str_of(trend_note_kind_name(n->kind)));
	json_put_key_text(w, "text", n->text);
	json_put_key_text(w, "actor", n->actor);
	json_put_key_time(w, "created_at", n->created_at);
	json_put_dict_end(w);
}

static bool at_read(Str text, const char *path, int64_t *out, struct err *err)
{
	if (!text.at)
		return true;
	return (time_parse(text, zone_utc(), out, err) && *out > 0) ||
	       err_at(err, ERR_INVALID, path, "must be a time such as 2026-03-01T10:00:00Z");
}

static bool survey_of_query(struct request *rq, const struct team_scope *scope, int64_t *out,
                            struct err *err)
{
	Str slug = request_query(rq, "survey");
	struct survey s;
	bool found;
	if (!slug.at)
		return true;
	if (!survey_find_by_slug(rq->db, rq->arena, rq->caller.workspace, slug, &found, &s, err))
		return false;
	if (!found || !team_scope_takes_survey(scope, s.id))
		return err_set(err, ERR_NOT_FOUND, "there is no survey \"%.*s\"", STR_FMT(slug));
	*out = s.id;
	return true;
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct trend_note *all;
	struct team_scope scope;
	int64_t survey = 0, since = 0, until = INT64_MAX;
	size_t count;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !survey_of_query(rq, &scope, &survey, err) ||
	    !at_read(request_query(rq, "since"), "since", &since, err) ||
	    !at_read(request_query(rq, "until"), "until", &until, err) ||
	    !trend_note_list(rq->db, rq->arena, rq->caller.workspace, survey, since, until, &all,
	                     &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("notes"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		if (!all[i].survey_id || team_scope_takes_survey(&scope, all[i].survey_id))
			put_note(w, &all[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "survey_id", "at", "text", NULL };
	struct trend_note_input *in = ARENA_NEW(rq->arena, struct trend_note_input);
	JsonRef body, text;
	Str at = { 0 };
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	text = json_read_member(body, "text");
	if (!id_read_if_given(json_read_member(body, "survey_id"),
	                      "must be the id of a survey, as a text", &in->note.survey_id, err) ||
	    !json_read_text_if_given(json_read_member(body, "at"), 64, &at, err) ||
	    !at_read(at, "/at", &in->note.at, err) ||
	    !json_read_text(text, TREND_NOTE_MAX, &in->note.text, err))
		return false;
	in->note.text = str_trim(in->note.text);
	if (!in->note.text.len)
		return err_at(err, ERR_INVALID, text.path, "must not be empty");
	in->caller = &rq->caller;
	rq->input = in;
	return true;
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct trend_note_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_note(w, &in->note);
	return reply_json_end(w, rp, 201, err);
}

static bool delete_prepare(struct request *rq, struct err *err)
{
	struct trend_note_removal *in = ARENA_NEW(rq->arena, struct trend_note_removal);
	in->caller = &rq->caller;
	rq->input = in;
	return request_param_id(rq, "note", &in->id, err);
}

const struct route trend_note_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/trend-notes",
	  .operation = "listTrendNotes",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/trend-notes",
	  .operation = "createTrendNote",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = trend_note_write,
	  .reply = post_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/trend-notes/{note}",
	  .operation = "deleteTrendNote",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = delete_prepare,
	  .apply = trend_note_remove,
	  .reply = reply_nothing },
};
const size_t trend_note_route_count = sizeof trend_note_routes / sizeof trend_note_routes[0];
