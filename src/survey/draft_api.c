/* survey/draft_api.c - the working draft over HTTP: read, save as one types, go back. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/zone.h"
#include "net/reply.h"
#include "survey/definition.h"
#include "survey/draft.h"
#include "survey/scale_change.h"
#include "survey/named.h"
#include "survey/survey_json.h"
#include "survey/translation_gaps.h"

#define BODY_MAX (DEFINITION_BYTES_MAX + 8192u)

static void put_draft(struct json_writer *w, const struct survey_draft *d)
{
	json_put_key_i64(w, "revision", d->revision);
	json_put_key(w, STR("definition"));
	json_put_raw(w, d->definition);
	json_put_key_time(w, "opens_at", d->opens_at);
	json_put_key_time(w, "closes_at", d->closes_at);
	json_put_key_i64_if(w, "max_answers", d->max_answers != 0, d->max_answers);
	json_put_key_text(w, "saved_by", d->actor);
	json_put_key_time(w, "saved_at", d->created_at);
}

static void put_published(struct json_writer *w, const struct survey_draft_view *v)
{
	json_put_key(w, STR("published"));
	json_put_dict(w);
	json_put_key(w, STR("definition"));
	json_put_raw(w, v->published);
	json_put_key_time(w, "opens_at", v->survey.opens_at);
	json_put_key_time(w, "closes_at", v->survey.closes_at);
	json_put_key_i64_if(w, "max_answers", v->survey.max_answers != 0, v->survey.max_answers);
	json_put_dict_end(w);
}

static void put_gaps(struct arena *a, struct json_writer *w, const struct definition *d)
{
	struct translation_gap *gaps;
	size_t count;
	translation_gaps_find(a, d, &gaps, &count);
	json_put_key(w, STR("missing"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_text(w, "language", gaps[i].language);
		json_put_key_text(w, "path", gaps[i].path);
		json_put_key_text(w, "text", gaps[i].text);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

/* What publishing would do and what should be thought about before. */
static void put_advice(struct arena *a, struct json_writer *w, const struct survey_draft_view *v,
                       const struct definition *d, const struct definition *published)
{
	Str ignored;
	json_put_key_bool(w, "answered", v->answered);
	json_put_key_bool(w, "scale_changed",
	                  v->counted && scale_change_find(a, published, d, &ignored));
	json_put_key_bool(w, "gates_reviews", thanks_buttons_gate(d->buttons));
	json_put_key_text(w, "gating_confirmed_by", v->survey.gating_by);
	json_put_key_time(w, "gating_confirmed_at", v->survey.gating_at);
	put_gaps(a, w, d);
}

static bool put_view(struct request *rq, struct json_writer *w, const struct survey_draft_view *v,
                     struct err *err)
{
	struct definition draft, published;
	if (!definition_parse(rq->arena, v->draft.definition, &draft, err) ||
	    !definition_parse(rq->arena, v->published, &published, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("survey"));
	json_put_dict(w);
	survey_json_put(rq, w, &v->survey);
	json_put_dict_end(w);
	put_draft(w, &v->draft);
	json_put_key_text(w, "saved_by_name", v->author);
	json_put_key_bool(w, "changed", v->survey.draft_revision != 0);
	put_published(w, v);
	put_advice(rq->arena, w, v, &draft, &published);
	json_put_dict_end(w);
	return true;
}

static bool draft_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct survey_draft_view view;
	struct survey s;
	if (!survey_named(rq, &s, err) ||
	    !survey_draft_look(rq->db, rq->arena, rq->caller.workspace, s.id, &view, err))
		return false;
	return put_view(rq, w, &view, err) && reply_json_end(w, rp, 200, err);
}

static bool time_read(JsonRef ref, int64_t *out, struct err *err)
{
	Str text;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, 64, &text, err))
		return false;
	return (time_parse(text, zone_utc(), out, err) && *out > 0) ||
	       err_at(err, ERR_INVALID, ref.path, "must be a time such as 2026-03-01T10:00:00Z");
}

static bool members_read(struct arena *a, JsonRef body, struct survey_draft *out, struct err *err)
{
	static const char *const names[] = { "revision",  "definition",  "opens_at",
		                             "closes_at", "max_answers", NULL };
	JsonRef definition = json_read_member(body, "definition");
	struct definition d;
	if (!json_read_only(body, names, err) ||
	    !json_read_i64(json_read_member(body, "revision"), 0, INT64_MAX, &out->revision, err) ||
	    !json_read_dict(definition, err) || !definition_read(a, definition, &d, err) ||
	    !time_read(json_read_member(body, "opens_at"), &out->opens_at, err) ||
	    !time_read(json_read_member(body, "closes_at"), &out->closes_at, err) ||
	    !json_read_i64_if_given(json_read_member(body, "max_answers"), 1, SURVEY_ANSWERS_MAX,
	                            &out->max_answers, err))
		return false;
	out->definition = definition_write(a, &d);
	return survey_draft_check(out, err);
}

static bool put_prepare(struct request *rq, struct err *err)
{
	struct survey_draft_input *in = ARENA_NEW(rq->arena, struct survey_draft_input);
	struct survey s;
	JsonRef body;
	if (!survey_named(rq, &s, err) || !json_read(rq->arena, rq->body, &body, err) ||
	    !members_read(rq->arena, body, &in->draft, err))
		return false;
	in->id = s.id;
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	rq->input = in;
	return true;
}

/* The problem, and beside it what the other one saved. */
static bool reply_conflict(struct request *rq, struct reply *rp,
                           const struct survey_draft_view *view, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "type", STR("urn:heed:problem:conflict"));
	json_put_key_text(w, "title", str_of(status_title(409)));
	json_put_key_i64(w, "status", 409);
	json_put_key_text(
	    w, "detail",
	    STR("Somebody else changed the survey since you read it. Nothing of yours "
	        "was saved: look at what they changed and save again."));
	json_put_key_text(w, "request_id", rq->id);
	json_put_key(w, STR("current"));
	if (!put_view(rq, w, view, err))
		return false;
	json_put_dict_end(w);
	if (!reply_json_end(w, rp, 409, err))
		return false;
	rp->content_type = "application/problem+json";
	return true;
}

static bool put_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_draft_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	if (in->conflict)
		return reply_conflict(rq, rp, &in->view, err);
	return put_view(rq, w, &in->view, err) && reply_json_end(w, rp, 200, err);
}

static bool revisions_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct survey_draft *all;
	struct survey s;
	size_t count;
	if (!survey_named(rq, &s, err) ||
	    !survey_draft_list(rq->db, rq->arena, rq->caller.workspace, s.id, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("drafts"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		put_draft(w, &all[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route draft_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/draft",
	  .operation = "getSurveyDraft",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = draft_read },
	{ .method = "PUT",
	  .path = "/api/v1/surveys/{survey}/draft",
	  .operation = "saveSurveyDraft",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = put_prepare,
	  .apply = survey_draft_save,
	  .reply = put_reply },
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/drafts",
	  .operation = "listSurveyDrafts",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = revisions_read },
};
const size_t draft_route_count = sizeof draft_routes / sizeof draft_routes[0];
