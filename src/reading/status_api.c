/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/status_api.h"

#include "account/reply_json.h"
#include "base/clock.h"
#include "feedback/response.h"
#include "reading/glasses.h"
#include "reading/learn.h"
#include "reading/learnt.h"
#include "reading/pass.h"
#include "reading/reader.h"
#include "reading/theme.h"
#include "survey/team_scope.h"
#include "text/intent.h"

/* Answers a second since it began. */
static double rate_of(const struct pass *pass, int64_t now)
{
	int64_t took = (pass->ended_at ? pass->ended_at : now) - pass->began_at;
	return took > 0 ? (double)pass->done * (double)CLOCK_SECOND / (double)took : 0;
}

static void put_languages(struct json_writer *w)
{
	json_put_list(w);
	for (unsigned t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		enum tongue tongue = (enum tongue)t;
		json_put_dict(w);
		json_put_key_text(w, "language", tongue_code(tongue));
		json_put_key_bool(w, "sentiment", sentiment_speaks(tongue));
		json_put_key_bool(w, "emotions", emotion_reads(tongue));
		json_put_key_bool(w, "intent", intent_reads(tongue));
		json_put_key_bool(w, "urgent", urgent_reads(tongue));
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

/* `whole`: how many answers there are is told, for who asks sees all of them. */
static bool reply_pass(struct request *rq, struct reply *rp, const struct pass *pass,
                       bool learns_first, bool whole, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "state", pass_state_name(pass->state));
	json_put_key_text(w, "reason", pass_reason_name(pass->reason));
	json_put_key_bool(w, "learns_first", learns_first);
	json_put_key_i64_if(w, "done", whole, pass->done);
	json_put_key_i64_if(w, "total", whole, pass->total);
	json_put_key_real_if(w, "rate", whole, rate_of(pass, rq->now));
	json_put_key_time(w, "began_at", pass->began_at);
	json_put_key_time(w, "ended_at", pass->ended_at);
	json_put_key(w, STR("languages"));
	put_languages(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool status_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct pass pass;
	struct learning learning;
	bool whole;
	return team_scope_covers_all(rq, &whole, err) &&
	       pass_find(rq->db, rq->arena, rq->caller.workspace, &pass, err) &&
	       learning_find(rq->db, rq->arena, rq->caller.workspace, &learning, err) &&
	       reply_pass(rq, rp, &pass, learn_goes_first(&learning, &pass, rq->now), whole, err);
}

struct again {
	struct pass_begin begin;
	Str actor;
	struct pass pass; /* result */
};

static bool again_prepare(struct request *rq, struct err *err)
{
	struct again *in = ARENA_NEW(rq->arena, struct again);
	struct reading_setting setting;
	struct learning learnt;
	rq->input = in;
	if (!team_scope_need_all(rq, "how they are read", err) ||
	    !learning_find(rq->db, rq->arena, rq->caller.workspace, &learnt, err) ||
	    !reading_setting_find(rq->db, rq->arena, rq->caller.workspace, &setting, err) ||
	    !response_count(rq->db, rq->caller.workspace, &in->begin.total, err))
		return false;
	in->begin.engine = reading_engine(learnt.generation);
	in->begin.taxonomy = setting.taxonomy;
	in->begin.reason = PASS_ASKED;
	in->begin.actor = rq->caller.name;
	return true;
}

static bool again_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct again *in = input;
	return pass_begin(tx, &in->begin, err) &&
	       pass_find(tx->db, tx->arena, tx->workspace, &in->pass, err);
}

static bool cancel_prepare(struct request *rq, struct err *err)
{
	struct again *in = ARENA_NEW(rq->arena, struct again);
	rq->input = in;
	in->actor = rq->caller.name;
	return team_scope_need_all(rq, "how they are read", err);
}

static bool cancel_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct again *in = input;
	return pass_cancel(tx, &in->actor, err) &&
	       pass_find(tx->db, tx->arena, tx->workspace, &in->pass, err);
}

static bool pass_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct again *in = rq->input;
	return reply_pass(rq, rp, &in->pass, false, true, err);
}

static bool reply_industry(struct request *rq, struct reply *rp, Str industry, bool skipped,
                           struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "industry", industry);
	json_put_key_bool(w, "skipped", skipped);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool setting_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct reading_setting setting;
	return reading_setting_find(rq->db, rq->arena, rq->caller.workspace, &setting, err) &&
	       reply_industry(rq, rp, setting.industry, setting.industry_skipped, err);
}

static bool setting_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct industry_input *in = rq->input;
	return reply_industry(rq, rp, in->industry, in->skipped, err);
}

static bool setting_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "industry", "skipped", NULL };
	struct industry_input *in = ARENA_NEW(rq->arena, struct industry_input);
	JsonRef body;
	rq->input = in;
	in->actor = rq->caller.name;
	if (!team_scope_need_all(rq, "how they are read", err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !json_read_text_if_given(json_read_member(body, "industry"), 32, &in->industry, err) ||
	    !json_read_bool_if_given(json_read_member(body, "skipped"), &in->skipped, err))
		return false;
	if (in->industry.at && in->skipped)
		return err_at(err, ERR_INVALID, "/skipped",
		              "must be false where an industry is said");
	for (unsigned i = 0; in->industry.at && i < INDUSTRY_COUNT; i++)
		if (str_eq(in->industry, industry_key((enum industry)i)))
			return true;
	return !in->industry.at || err_at(err, ERR_INVALID, "/industry",
	                                  "must be saas, retail, telecoms, hospitality, health "
	                                  "or finance, or null");
}

const struct route reading_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/reading/status",
	  .operation = "getReadingStatus",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = status_read },
	{ .method = "POST",
	  .path = "/api/v1/reading/again",
	  .operation = "readAgain",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = again_prepare,
	  .apply = again_apply,
	  .reply = pass_reply },
	{ .method = "POST",
	  .path = "/api/v1/reading/cancel",
	  .operation = "cancelReading",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = cancel_prepare,
	  .apply = cancel_apply,
	  .reply = pass_reply },
	{ .method = "GET",
	  .path = "/api/v1/reading/settings",
	  .operation = "getReadingSettings",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = setting_read },
	{ .method = "PUT",
	  .path = "/api/v1/reading/settings",
	  .operation = "setReadingSettings",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = 4096,
	  .prepare = setting_prepare,
	  .apply = reading_setting_industry,
	  .reply = setting_reply },
};
const size_t reading_route_count = sizeof reading_routes / sizeof reading_routes[0];
