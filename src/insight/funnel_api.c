/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/reply_json.h"
#include "base/clock.h"
#include "base/zone.h"
#include "feedback/scope.h"
#include "insight/asked.h"
#include "insight/days_kept.h"
#include "insight/figure_json.h"
#include "insight/funnel.h"
#include "insight/insight_json.h"
#include "insight/part_json.h"
#include "survey/named.h"

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

/* What it asks for, as any question about figures, and as a funnel's. */
static bool question_read(struct request *rq, const struct survey *survey, struct asked *asked,
                          struct funnel_question *out, struct err *err)
{
	struct answer_filter *filter = &asked->filter;
	size_t position = 0;
	Str name, value;
	bool known;
	if (!workspace_find(rq->db, rq->caller.workspace, rq->arena, &asked->workspace, err) ||
	    !zone_load(rq->arena, asked->workspace.time_zone, &asked->zone, err))
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
		else if (!filter_set(filter, rq->arena, name, value, asked->zone, &known, err))
			return false;
	}
	filter_only(filter, FILTER_SURVEY, survey->slug);
	if (out->channel.at)
		filter_only(filter, FILTER_CHANNEL, out->channel);
	out->zone = asked->zone;
	out->from = filter->from_day.at ? filter->from : 0;
	out->before = filter->to_day.at ? filter->before : 0;
	return filter_check(filter, err);
}

/* The survey's answers in the same days as figures count them: whose they are. A survey in the bin is in no figure. */
static bool answers_ask(struct request *rq, const struct survey *survey, const struct asked *asked,
                        struct facts *facts, struct cells *out, struct err *err)
{
	const struct days_room *room = rq->room;
	const struct cell_question q = { .scope = &asked->scope,
		                         .filter = &asked->filter,
		                         .zone = asked->zone,
		                         .week_start = asked->workspace.week_start,
		                         .hides_names = asked->hides_names,
		                         .wants_clusters = true };
	*out = (struct cells){ 0 };
	return facts_open(room->cubes, rq->db, rq->caller.workspace, 0, rq->arena, facts, err) &&
	       (survey->deleted_at != 0 || cells_ask(facts, rq->arena, &q, out, err));
}

static void put_figure(struct json_writer *w, struct arena *a, const struct survey *survey,
                       const struct asked *asked, const struct cells *answers)
{
	struct answer_filter f = asked->filter;
	f.counted_only = true;
	json_put_key(w, STR("part"));
	if (answers->part_count) {
		json_put_dict(w);
		part_put(w, &answers->parts[0]);
		json_put_dict_end(w);
	} else {
		json_put_null(w);
	}
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &answers->all.sums,
	                survey->deleted_at ? (Str){ 0 } : asked_answers_path(asked, &f, a));
	insight_put_left_out(w, &answers->left_out);
}

static bool funnel_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct survey survey;
	struct funnel funnel;
	struct facts facts;
	struct cells answers;
	const struct days_room *room = rq->room;
	struct asked asked = { .hides_names = !rq->caller.sees_names,
		               .figures_only = rq->caller.role == ROLE_VIEWER,
		               .started_us = clock_monotonic() };
	struct funnel_question question = { .scope = &asked.scope, .days = room->kept };
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &asked.scope, err) ||
	    !survey_named(rq, &survey, err) ||
	    !question_read(rq, &survey, &asked, &question, err) ||
	    !funnel_ask(rq->db, rq->arena, &survey, &question, &funnel, err) ||
	    !answers_ask(rq, &survey, &asked, &facts, &answers, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
	json_put_key_id(w, "survey_id", survey.id);
	json_put_key_text(w, "name", survey.name);
	put_figure(w, rq->arena, &survey, &asked, &answers);
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
