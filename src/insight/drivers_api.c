/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/drivers_api.h"

#include "account/reply_json.h"
#include "insight/asked.h"
#include "insight/figure_json.h"
#include "insight/goes_with.h"

static void put_rating(struct json_writer *w, const struct goes_with_rating *rating)
{
	const struct driver *d = rating->driver;
	json_put_dict(w);
	json_put_key_text(w, "key", rating->key);
	json_put_key_text(w, "text", rating->text);
	json_put_key_i64(w, "answered", rating->answered);
	json_put_key(w, STR("driver"));
	if (d) {
		json_put_dict(w);
		json_put_key_real(w, "dominance", d->dominance);
		figure_put_interval(w, "dominance_interval", true, d->lo, d->hi);
		json_put_key_real(w, "effect", d->effect);
		figure_put_interval(w, "effect_interval", true, d->effect_lo, d->effect_hi);
		json_put_key_real(w, "alone", d->alone);
		json_put_key_real(w, "spread", d->spread);
		json_put_key_bool(w, "stands", d->stands);
		json_put_dict_end(w);
	} else {
		json_put_null(w);
	}
	json_put_dict_end(w);
}

static bool drivers_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct goes_with answer;
	struct facts facts;
	Str part = { 0 };
	if (!asked_read(rq, asked_own_part, &part, "part", asked, err) ||
	    !asked_facts(rq, 0, &facts, err))
		return false;
	const struct goes_with_question question = { .scope = &asked->scope,
		                                     .filter = &asked->filter,
		                                     .zone = asked->zone,
		                                     .week_start = asked->workspace.week_start,
		                                     .hides_names = asked->hides_names,
		                                     .part = part };
	if (!goes_with_ask(&facts, rq->arena, &question, &answer, err))
		return false;
	struct json_writer *w = reply_json(rq);
	struct answer_filter filter = asked->filter;
	if (answer.part.part)
		part_narrow(&filter, answer.part.part, rq->arena);
	json_put_dict(w);
	asked_put(w, asked, rq, facts.as_of);
	one_part_put(w, rq->arena, &answer.part);
	one_part_put_figure(w, &answer.part, asked_answers_path(asked, &filter, rq->arena));
	json_put_key_i64(w, "answers", answer.answers);
	json_put_key_i64(w, "looked_into", answer.looked_into);
	json_put_key_i64(w, "used", (int64_t)answer.drivers.used);
	json_put_key_real(w, "r2", answer.drivers.r2);
	json_put_key(w, STR("ratings"));
	json_put_list(w);
	for (size_t i = 0; i < answer.count; i++)
		put_rating(w, &answer.ratings[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route drivers_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/drivers",
	  .operation = "getDrivers",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = drivers_read },
};
const size_t drivers_route_count = sizeof drivers_routes / sizeof drivers_routes[0];
