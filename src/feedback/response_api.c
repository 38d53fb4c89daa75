/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_api.h"

#include "account/reply_json.h"
#include "base/zone.h"
#include "feedback/capture.h"
#include "feedback/correction.h"
#include "feedback/event.h"
#include "feedback/note_api.h"
#include "feedback/response_extra.h"
#include "feedback/response_json.h"
#include "feedback/response_list.h"
#include "feedback/response_query.h"
#include "feedback/response_reading.h"
#include "feedback/scope.h"
#include "feedback/tag.h"
#include "people/person_json.h"
#include "people/properties.h"
#include "survey/definition.h"
#include "survey/survey.h"

#define BODY_MAX     (256u * 1024)
#define LABELS_BYTES 1024

static bool score_read(JsonRef ref, int *out, struct err *err)
{
	int64_t score = SCORE_NONE;
	if (!json_read_i64_if_given(ref, 0, NPS_SCORE_MAX, &score, err))
		return false;
	*out = (int)score;
	return true;
}

static bool time_read(JsonRef ref, int64_t *out, struct err *err)
{
	Str text;
	int64_t at;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, 64, &text, err))
		return false;
	if (!time_parse(text, zone_utc(), &at, err))
		return err_at(err, ERR_INVALID, ref.path,
		              "must be a time such as 2026-03-01T10:00:00Z");
	if (at <= 0)
		return err_at(err, ERR_INVALID, ref.path, "must be after 1970");
	*out = at;
	return true;
}

static bool properties_member(struct arena *a, JsonRef ref, Str *out, struct err *err)
{
	return !json_read_is_given(ref) || properties_read(a, ref, out, err);
}

/* Answers are told apart by the questions of the version that they were given to, and versions never change: so
 * this may be looked up ahead of the unit. */
static bool answers_of_survey(struct request *rq, JsonRef ref, struct capture_input *in,
                              struct err *err)
{
	struct survey s;
	struct definition d;
	Str json;
	bool found;
	if (!json_read_is_given(ref))
		return true;
	if (!survey_find_by_slug(rq->db, rq->arena, rq->caller.workspace, in->survey_slug, &found,
	                         &s, err))
		return false;
	if (!found)
		return err_at(err, ERR_INVALID, "/survey", "there is no survey \"%.*s\"",
		              STR_FMT(in->survey_slug));
	in->version = s.version;
	return survey_definition(rq->db, rq->arena, rq->caller.workspace, s.id, s.version, &json,
	                         err) &&
	       definition_parse(rq->arena, json, &d, err) &&
	       answers_read(rq->arena, &d, ref, &in->answers, err);
}

/* What is said of the comment: "transcript", and which "customer_labels" it has. */
static bool told_read(struct arena *a, JsonRef body, struct transcript_told *out, struct err *err)
{
	JsonRef said = json_read_member(body, "transcript"),
		labels = json_read_member(body, "customer_labels");
	Str typed = { 0 };
	bool is = false;
	if (!json_read_bool_if_given(said, &is, err) ||
	    !json_read_text_if_given(labels, LABELS_BYTES, &typed, err))
		return false;
	if (json_read_is_given(labels) && !is)
		return err_at(err, ERR_INVALID, labels.path, "goes with transcript, which is true");
	if (json_read_is_given(said))
		out->wish = is ? TRANSCRIPT_YES : TRANSCRIPT_NO;
	return transcript_labels_read(a, typed, labels.path, &out->customer, err);
}

static bool post_members(struct request *rq, JsonRef body, struct capture_input *in,
                         struct err *err)
{
	in->channel = STR("api");
	return json_read_text(json_read_member(body, "survey"), SURVEY_SLUG_MAX, &in->survey_slug,
	                      err) &&
	       score_read(json_read_member(body, "score"), &in->score, err) &&
	       json_read_text_if_given(json_read_member(body, "comment"), RESPONSE_COMMENT_MAX,
	                               &in->comment, err) &&
	       told_read(rq->arena, body, &in->told, err) &&
	       person_ref_read(rq->arena, json_read_member(body, "person"), &in->who, err) &&
	       person_ref_allowed(&rq->caller, &in->who, err) &&
	       properties_member(rq->arena, json_read_member(body, "properties"), &in->properties,
	                         err) &&
	       answers_of_survey(rq, json_read_member(body, "answers"), in, err) &&
	       json_read_text_if_given(json_read_member(body, "channel"), 64, &in->channel, err) &&
	       json_read_text_if_given(json_read_member(body, "language"), 35, &in->language,
	                               err) &&
	       time_read(json_read_member(body, "submitted_at"), &in->submitted_at, err) &&
	       json_read_bool_if_given(json_read_member(body, "test"), &in->test, err);
}

struct post {
	struct capture_input capture;
	struct sight sight;
	const struct caller *caller;
};

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = {
		"survey", "score",        "comment", "transcript", "customer_labels",
		"person", "answers",      "channel", "properties", "language",
		"test",   "submitted_at", NULL
	};
	struct post *post = ARENA_NEW(rq->arena, struct post);
	struct capture_input *in = &post->capture;
	JsonRef body;
	post->caller = &rq->caller;
	in->score = SCORE_NONE;
	in->arena = rq->arena;
	in->actor = rq->caller.name;
	in->source = STR("api");
	rq->input = post;
	return sight_of(rq, &post->sight, err) && idempotency_read(rq, &in->idempotency, err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       post_members(rq, body, in, err) && capture_check(rq->arena, in, err);
}

/* The survey is named in the body, so an unknown one is a wrong field and no wrong address. */
static bool post_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct post *in = input;
	if (!scope_check_whose(tx, in->caller, &in->capture.who, err))
		return false;
	if (capture_apply(tx, &in->capture, err))
		return scope_check_new(tx, in->caller, &in->capture.response, err);
	if (in->capture.refusal == CAPTURE_NO_SURVEY)
		err->kind = ERR_INVALID;
	return false;
}

static bool reply_response(struct request *rq, struct reply *rp, int status,
                           const struct response *r, const struct sight *sight, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	response_put(w, rq->arena, r, sight);
	json_put_dict_end(w);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct post *post = rq->input;
	int status = post->capture.outcome == CAPTURE_CREATED ? 201 : 200;
	return reply_response(rq, rp, status, &post->capture.response, &post->sight, err);
}

static bool put_wording(struct request *rq, struct json_writer *w, const struct response *r,
                        struct err *err)
{
	Str definition;
	if (!survey_definition(rq->db, rq->arena, rq->caller.workspace, r->survey_id, r->version,
	                       &definition, err))
		return false;
	json_put_key(w, STR("wording"));
	json_put_raw(w, definition);
	return true;
}

static bool put_person(struct request *rq, struct json_writer *w, const struct response *r,
                       struct err *err)
{
	struct person p;
	json_put_key(w, STR("person"));
	if (!r->person_id || !rq->caller.sees_names) {
		json_put_null(w);
		return true;
	}
	return person_find_canonical(rq->db, rq->arena, rq->caller.workspace, r->person_id, &p,
	                             err) &&
	       person_put(w, rq->db, rq->arena, rq->caller.workspace, &p, err);
}

static bool put_tags(struct request *rq, struct json_writer *w, const struct response *r,
                     struct err *err)
{
	struct tagging *tags;
	size_t count;
	if (!tag_list_between(rq->db, rq->arena, rq->caller.workspace, r->id - 1, r->id, &tags,
	                      &count, err))
		return false;
	json_put_key(w, STR("tags"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		json_put_text(w, tags[i].name);
	json_put_list_end(w);
	return true;
}

static bool put_notes(struct request *rq, struct json_writer *w, const struct response *r,
                      struct err *err)
{
	struct note *notes;
	size_t count;
	if (!note_list(rq->db, rq->arena, rq->caller.workspace, r->id - 1, r->id, &notes, &count,
	               err))
		return false;
	json_put_key(w, STR("notes"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		note_put(w, &notes[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

static bool put_events(struct request *rq, struct json_writer *w, const struct response *r,
                       struct err *err)
{
	struct event *events;
	size_t count;
	if (!event_list(rq->db, rq->arena, rq->caller.workspace, r->id - 1, r->id, &events, &count,
	                err))
		return false;
	json_put_key(w, STR("events"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_time(w, "at", events[i].at);
		json_put_key_text(w, "actor", events[i].actor);
		json_put_key_text(w, "what", str_of(event_name(events[i].what)));
		json_put_key_text(w, "detail", events[i].detail);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

static bool one_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct response r;
	struct response_past *past;
	struct response_reading *reading;
	struct sight sight;
	size_t count;
	int64_t id, workspace = rq->caller.workspace;
	if (!request_param_id(rq, "response", &id, err) || !sight_of(rq, &sight, err) ||
	    !response_find_in_scope(rq->db, rq->arena, &rq->caller, id, &r, err) ||
	    !response_past(rq->db, rq->arena, workspace, id, &past, &count, err) ||
	    !response_readings(rq->db, rq->arena, workspace, &r, 1, &reading, err))
		return false;
	json_put_dict(w);
	response_put(w, rq->arena, &r, &sight);
	if (!put_tags(rq, w, &r, err) || !put_notes(rq, w, &r, err) || !put_events(rq, w, &r, err))
		return false;
	response_reading_put(w, rq->arena, reading, 0, &sight);
	json_put_key(w, STR("history"));
	response_put_past(w, rq->arena, past, count, &sight);
	if (!put_wording(rq, w, &r, err) || !put_person(rq, w, &r, err))
		return false;
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct response_query query;
	struct response_page page;
	struct response_extra *extras;
	struct response_reading *readings;
	struct sight sight;
	if (!response_query_of(rq, &query, err) || !sight_of(rq, &sight, err) ||
	    !response_list(rq->db, rq->arena, rq->caller.workspace, &query, &page, err) ||
	    !response_extras(rq->db, rq->arena, rq->caller.workspace, page.all, page.count,
	                     sight.names, &extras, err) ||
	    !response_readings(rq->db, rq->arena, rq->caller.workspace, page.all, page.count,
	                       &readings, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("responses"));
	json_put_list(w);
	for (size_t i = 0; i < page.count; i++) {
		json_put_dict(w);
		response_put(w, rq->arena, &page.all[i], &sight);
		response_extra_put(w, &extras[i]);
		response_reading_put(w, rq->arena, readings, i, &sight);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_key_text(w, "next_cursor",
	                  page.more ? list_place_write(rq->arena, &page.next) : (Str){ 0 });
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

struct patch {
	const struct caller *caller;
	struct sight sight;
	int64_t id;
	bool corrects;
	struct correction_input correction;
	struct capture_input capture;
};

static bool correction_read(JsonRef state, JsonRef reason, struct correction *in, struct err *err)
{
	Str name;
	if (!json_read_text(state, 32, &name, err) ||
	    !json_read_text_if_given(reason, CORRECTION_REASON_MAX, &in->reason, err))
		return false;
	if (str_eq(name, STR("excluded")))
		in->what = CORRECTION_EXCLUDE;
	else if (str_eq(name, STR("included")))
		in->what = CORRECTION_INCLUDE;
	else if (str_eq(name, STR("test")))
		in->what = CORRECTION_TEST;
	else if (str_eq(name, STR("deleted")))
		in->what = CORRECTION_DELETE;
	else if (str_eq(name, STR("restored")))
		in->what = CORRECTION_RESTORE;
	else
		return err_at(err, ERR_INVALID, state.path,
		              "must be excluded, included, test, deleted or restored");
	return in->what != CORRECTION_EXCLUDE || str_trim(in->reason).len ||
	       err_at(err, ERR_INVALID, reason.path, "is required: why is it excluded?");
}

static bool amended_answers(struct request *rq, JsonRef ref, int64_t id, Str *out, struct err *err)
{
	struct response r;
	struct definition d;
	Str json;
	if (!json_read_is_given(ref))
		return true;
	return response_find_in_scope(rq->db, rq->arena, &rq->caller, id, &r, err) &&
	       survey_definition(rq->db, rq->arena, rq->caller.workspace, r.survey_id, r.version,
	                         &json, err) &&
	       definition_parse(rq->arena, json, &d, err) &&
	       answers_read(rq->arena, &d, ref, out, err);
}

static bool values_read(struct request *rq, JsonRef body, int64_t id, struct capture_input *in,
                        struct err *err)
{
	*in = (struct capture_input){
		.response_id = id,
		.score = SCORE_NONE,
		.trusted = true,
		.actor = rq->caller.name,
		.arena = rq->arena,
	};
	if (!score_read(json_read_member(body, "score"), &in->score, err) ||
	    !json_read_text_if_given(json_read_member(body, "comment"), RESPONSE_COMMENT_MAX,
	                             &in->comment, err) ||
	    !told_read(rq->arena, body, &in->told, err) ||
	    !amended_answers(rq, json_read_member(body, "answers"), id, &in->answers, err))
		return false;
	enum json_kind said = json_read_kind(json_read_member(body, "transcript"));
	in->untold = said == JSON_NULL_VALUE;
	in->told_alone =
	    said != JSON_ABSENT && in->score == SCORE_NONE && !in->comment.at && !in->answers.at;
	return capture_check(rq->arena, in, err);
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const states[] = { "state", "reason", NULL };
	static const char *const values[] = { "score",           "comment", "transcript",
		                              "customer_labels", "answers", NULL };
	struct patch *in = ARENA_NEW(rq->arena, struct patch);
	JsonRef body;
	int64_t id;
	rq->input = in;
	if (!request_param_id(rq, "response", &id, err) || !sight_of(rq, &in->sight, err) ||
	    !json_read(rq->arena, rq->body, &body, err))
		return false;
	in->caller = &rq->caller;
	in->id = id;
	JsonRef state = json_read_member(body, "state");
	if (!json_read_is_given(state))
		return json_read_only(body, values, err) &&
		       values_read(rq, body, id, &in->capture, err);
	in->corrects = true;
	in->correction = (struct correction_input){ .id = id,
		                                    .correction.actor = rq->caller.name,
		                                    .arena = rq->arena };
	return json_read_only(body, states, err) &&
	       correction_read(state, json_read_member(body, "reason"), &in->correction.correction,
	                       err);
}

static bool patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct patch *in = input;
	if (!scope_check_response(tx->db, tx->arena, in->caller, in->id, err))
		return false;
	return in->corrects ? correction_apply(tx, &in->correction, err)
	                    : capture_apply(tx, &in->capture, err);
}

static bool patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct patch *in = rq->input;
	return reply_response(rq, rp, 200,
	                      in->corrects ? &in->correction.response : &in->capture.response,
	                      &in->sight, err);
}

const struct route response_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/responses",
	  .operation = "createResponse",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = post_apply,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/responses",
	  .operation = "listResponses",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "GET",
	  .path = "/api/v1/responses/{response}",
	  .operation = "getResponse",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = one_read },
	{ .method = "PATCH",
	  .path = "/api/v1/responses/{response}",
	  .operation = "changeResponse",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = patch_apply,
	  .reply = patch_reply },
};
const size_t response_route_count = sizeof response_routes / sizeof response_routes[0];
