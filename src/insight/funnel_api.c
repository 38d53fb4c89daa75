/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/reply_json.h"
#include "account/workspace.h"
#include "base/zone.h"
#include "feedback/filter.h"
#include "feedback/scope.h"
#include "insight/days_kept.h"
#include "insight/funnel.h"

static void put_part(struct json_writer *w, const struct funnel_part *part,
                     const struct definition *d)
{
	json_put_dict(w);
	json_put_key_text(w, "channel", part->channel);
	json_put_key_i64_if(w, "shown", part->has_shown, part->shown);
	json_put_key_time(w, "shown_since", part->since);
	json_put_key_i64(w, "started", part->started);
	json_put_key_i64(w, "scored", part->scored);
	json_put_key_i64(w, "commented", part->commented);
	json_put_key_i64(w, "completed", part->completed);
	json_put_key_i64(w, "dismissed", part->dismissed);
	json_put_key_i64(w, "left_out", part->left_out);
	json_put_key_i64_if(w, "sent", part->has_sent, part->sent);
	json_put_key_i64_if(w, "sent_scored", part->has_sent, part->sent_scored);
	json_put_key(w, STR("questions"));
	json_put_list(w);
	for (size_t i = 0; i < d->question_count; i++) {
		json_put_dict(w);
		json_put_key_text(w, "key", d->questions[i].key);
		json_put_key_text(w, "text", d->questions[i].text);
		json_put_key_i64(w, "asked", part->asked[i]);
		json_put_key_i64(w, "answered", part->answered[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

static bool question_read(struct request *rq, struct funnel_question *out, struct err *err)
{
	struct workspace workspace;
	struct answer_filter filter = { 0 };
	size_t position = 0;
	Str name, value;
	bool known;
	if (!workspace_find(rq->db, rq->caller.workspace, rq->arena, &workspace, err) ||
	    !zone_load(rq->arena, workspace.time_zone, &out->zone, err))
		return false;
	while (request_query_next(rq, &position, &name, &value)) {
		bool ours = str_eq(name, STR("from")) || str_eq(name, STR("to")) ||
		            str_eq(name, STR("channel"));
		if (!ours)
			return err_set(err, ERR_INVALID,
			               "there is no parameter \"%.*s\"; there are from, to, "
			               "channel",
			               STR_FMT(name));
		if (str_eq(name, STR("channel")))
			out->channel = value;
		else if (!filter_set(&filter, rq->arena, name, value, out->zone, &known, err))
			return false;
	}
	out->from = filter.from_day.at ? filter.from : 0;
	out->before = filter.to_day.at ? filter.before : 0;
	return filter_check(&filter, err);
}

static bool funnel_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct team_scope scope;
	struct survey survey;
	struct funnel funnel;
	const struct days_room *room = rq->room;
	struct funnel_question question = { .scope = &scope, .days = room->kept };
	int64_t id;
	if (!request_param_id(rq, "survey", &id, err) ||
	    !team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !survey_find(rq->db, rq->arena, rq->caller.workspace, id, &survey, err) ||
	    !scope_check_survey(rq->db, rq->arena, &rq->caller, id, err) ||
	    !question_read(rq, &question, err) ||
	    !funnel_ask(rq->db, rq->arena, &survey, &question, &funnel, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_id(w, "survey_id", survey.id);
	json_put_key_text(w, "name", survey.name);
	json_put_key(w, STR("all"));
	put_part(w, &funnel.all, &funnel.definition);
	json_put_key(w, STR("channels"));
	json_put_list(w);
	for (size_t i = 0; i < funnel.count; i++)
		put_part(w, &funnel.parts[i], &funnel.definition);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route funnel_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/funnel",
	  .operation = "getFunnel",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = funnel_read },
};
const size_t funnel_route_count = sizeof funnel_routes / sizeof funnel_routes[0];
