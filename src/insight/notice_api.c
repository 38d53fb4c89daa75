/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/notice_api.h"

#include "account/reply_json.h"
#include "db/id.h"
#include "feedback/sight.h"
#include "insight/notice.h"
#include "insight/part_json.h"
#include "insight/quote_json.h"
#include "insight/snooze.h"
#include "insight/watch_round.h"
#include "survey/definition.h"
#include "survey/team_scope.h"

#define BODY_MAX (16 * 1024)

static const char *state_of(const struct notice *n, int64_t today)
{
	if (n->rule.off)
		return "off";
	if (n->rule.snoozed_to > today)
		return "snoozed";
	return n->answers ? "open" : "none";
}

static void put_answer(struct json_writer *w, struct arena *a, struct notice_answer *one,
                       const struct sight *sight)
{
	const struct response *r = &one->response;
	Str comment = sight_text_keeping(sight, a, r->comment, one->words, one->word_count);
	json_put_dict(w);
	json_put_key_id(w, "id", r->id);
	json_put_key_time(w, "submitted_at", r->submitted_at);
	json_put_key_i64_if(w, "score", r->score != SCORE_NONE, r->score);
	quote_put_pieces(w, &(struct quote){ .text = comment }, one->words, one->word_count);
	json_put_dict_end(w);
}

static void put_notice(struct json_writer *w, struct arena *a, enum urgent_kind kind,
                       struct notice *n, int64_t today, const struct sight *sight)
{
	int64_t back = n->rule.snoozed_to;
	json_put_dict(w);
	json_put_key_text(w, "kind", urgent_name(kind));
	json_put_key_text(w, "state", str_of(state_of(n, today)));
	json_put_key_bool(w, "on", !n->rule.off);
	json_put_key_text(w, "snoozed_until", back > today ? part_day(a, back) : (Str){ 0 });
	json_put_key_i64(w, "answers", n->answers);
	json_put_key(w, STR("ids"));
	json_put_list(w);
	for (int64_t i = 0; i < n->answers && i < NOTICE_DONE_MAX; i++)
		json_put_id(w, n->ids[i]);
	json_put_list_end(w);
	json_put_key(w, STR("newest"));
	json_put_list(w);
	for (size_t i = 0; i < n->shown_count; i++)
		put_answer(w, a, &n->shown[i], sight);
	json_put_list_end(w);
	json_put_dict_end(w);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct notice all[URGENT_KIND_COUNT];
	struct team_scope scope;
	struct sight sight;
	int64_t today;
	if (!sight_of(rq, &sight, err) ||
	    !team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !watch_today(rq->db, rq->caller.workspace, rq->now, &today, err) ||
	    !notice_list(rq->db, rq->arena, rq->caller.workspace, &scope, rq->now, all, err))
		return false;
	json_put_dict(w);
	json_put_key_text(w, "today", part_day(rq->arena, today));
	json_put_key_i64(w, "days", NOTICE_DAYS);
	json_put_key(w, STR("notices"));
	json_put_list(w);
	for (unsigned kind = 0; kind < URGENT_KIND_COUNT; kind++)
		put_notice(w, rq->arena, (enum urgent_kind)kind, &all[kind], today, &sight);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool kind_read(const struct request *rq, enum urgent_kind *out, struct err *err)
{
	Str name = request_param(rq, "urgent");
	for (unsigned kind = 0; kind < URGENT_KIND_COUNT; kind++)
		if (str_eq(name, urgent_name((enum urgent_kind)kind))) {
			*out = (enum urgent_kind)kind;
			return true;
		}
	return err_set(
	    err, ERR_NOT_FOUND,
	    "there is no such kind; there are safety, legal, abuse, data-leak, press and "
	    "self-harm");
}

/* Whether a kind is told is said for everybody. */
static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "on", "snoozed_until", NULL };
	struct notice_change *in = ARENA_NEW(rq->arena, struct notice_change);
	JsonRef body;
	int64_t today;
	if (!team_scope_need_all(rq, "what is told of urgent comments", err) ||
	    !kind_read(rq, &in->kind, err) ||
	    !watch_today(rq->db, rq->caller.workspace, rq->now, &today, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !json_read_bool_if_given(json_read_member(body, "on"), &in->on, err) ||
	    !snooze_read(json_read_member(body, "snoozed_until"), today, &in->has_snooze,
	                 &in->snoozed_to, err))
		return false;
	in->has_on = json_read_is_given(json_read_member(body, "on"));
	if (!in->has_on && !in->has_snooze)
		return err_set(err, ERR_INVALID, "say on or snoozed_until");
	in->actor = rq->caller.name;
	rq->input = in;
	return true;
}

static bool done_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "responses", "done", NULL };
	struct notice_done *in = ARENA_NEW(rq->arena, struct notice_done);
	JsonRef body, list;
	bool done = true;
	rq->input = in;
	in->caller = &rq->caller;
	if (!kind_read(rq, &in->kind, err) || !json_read(rq->arena, rq->body, &body, err) ||
	    !json_read_only(body, names, err) ||
	    !json_read_bool_if_given(json_read_member(body, "done"), &done, err))
		return false;
	list = json_read_member(body, "responses");
	if (!json_read_list(list, NOTICE_DONE_MAX, err))
		return false;
	in->undo = !done;
	in->count = json_read_count(list);
	for (size_t i = 0; i < in->count; i++)
		if (!id_read(json_read_item(list, i), "must be the id of an answer", &in->ids[i],
		             err))
			return false;
	return true;
}

const struct route notice_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/urgent",
	  .operation = "listUrgent",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "PATCH",
	  .path = "/api/v1/urgent/{urgent}",
	  .operation = "changeUrgent",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = notice_change,
	  .reply = reply_nothing },
	{ .method = "POST",
	  .path = "/api/v1/urgent/{urgent}/done",
	  .operation = "doneUrgent",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = done_prepare,
	  .apply = notice_done,
	  .reply = reply_nothing },
};
const size_t notice_route_count = sizeof notice_routes / sizeof notice_routes[0];
