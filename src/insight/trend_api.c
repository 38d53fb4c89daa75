/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/trend_api.h"

#include "account/reply_json.h"
#include "insight/asked.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/part_json.h"
#include "insight/trend.h"

struct trend_reply {
	struct json_writer *w;
	struct arena *a;
	const struct asked *asked;
};

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	enum period_unit *step = context;
	(void)rq;
	*known = str_eq(name, STR("step"));
	if (!*known || str_eq(value, STR("rolling")))
		return true;
	for (int unit = PERIOD_WEEK; unit <= PERIOD_QUARTER; unit++)
		if (str_eq(value, str_of(period_unit_name((enum period_unit)unit)))) {
			*step = (enum period_unit)unit;
			return true;
		}
	return err_at(err, ERR_INVALID, "step", "must be rolling, week, month or quarter");
}

static void put_day(const struct trend_reply *r, const char *key, int64_t day)
{
	json_put_key_text(r->w, key, part_day(r->a, day));
}

static void put_points(const struct trend_reply *r, const struct trend_part *part,
                       const struct answer_filter *f)
{
	json_put_key(r->w, STR("points"));
	json_put_list(r->w);
	for (size_t i = 0; i < part->point_count; i++) {
		const struct trend_point *point = &part->points[i];
		struct answer_filter days = *f;
		days.from_day = part_day(r->a, point->first_day);
		days.to_day = part_day(r->a, point->last_day);
		json_put_dict(r->w);
		json_put_key_text(r->w, "from", days.from_day);
		json_put_key_text(r->w, "to", days.to_day);
		json_put_key(r->w, STR("figure"));
		figure_put_sums(r->w, &point->sums, asked_answers_path(r->asked, &days, r->a));
		json_put_dict_end(r->w);
	}
	json_put_list_end(r->w);
}

static void put_changes(const struct trend_reply *r, const struct trend_part *part)
{
	json_put_key(r->w, STR("changes"));
	json_put_list(r->w);
	for (size_t i = 0; i < part->change_count; i++) {
		const struct trend_change *c = &part->changes[i];
		json_put_dict(r->w);
		put_day(r, "day", c->day);
		put_day(r, "from", c->from);
		put_day(r, "to", c->to);
		json_put_key_real(r->w, "before", c->before);
		json_put_key_real(r->w, "after", c->after);
		json_put_key_real(r->w, "change", c->size);
		figure_put_interval(r->w, "interval", true, c->lo, c->hi);
		json_put_dict_end(r->w);
	}
	json_put_list_end(r->w);
}

static void put_mixes(const struct trend_reply *r, const struct trend_part *part)
{
	json_put_key(r->w, STR("mix_changes"));
	json_put_list(r->w);
	for (size_t i = 0; i < part->mix_count; i++) {
		const struct trend_mix *m = &part->mixes[i];
		json_put_dict(r->w);
		put_day(r, "day", m->day);
		put_day(r, "from", m->from);
		put_day(r, "to", m->to);
		json_put_key_text(r->w, "channel", m->channel);
		json_put_key_real(r->w, "before", m->before);
		json_put_key_real(r->w, "after", m->after);
		json_put_dict_end(r->w);
	}
	json_put_list_end(r->w);
}

static void put_part(const struct trend_reply *r, const struct trend_part *part)
{
	struct answer_filter f = part_filter(&part->part, &r->asked->filter, r->a);
	json_put_dict(r->w);
	part_put(r->w, &part->part);
	json_put_key_time(r->w, "first_at", part->first_at);
	json_put_key_time(r->w, "last_at", part->last_at);
	json_put_key(r->w, STR("figure"));
	figure_put_sums(r->w, &part->sums, asked_answers_path(r->asked, &f, r->a));
	insight_put_left_out(r->w, &part->part.left_out);
	put_points(r, part, &f);
	put_changes(r, part);
	put_mixes(r, part);
	json_put_dict_end(r->w);
}

static void put_answer(const struct trend_reply *r, const struct trend_question *q,
                       const struct trend_answer *answer)
{
	json_put_key_text(r->w, "step",
	                  q->step ? str_of(period_unit_name(q->step)) : STR("rolling"));
	json_put_key_text(r->w, "every", str_of(period_unit_name(answer->every)));
	json_put_key_i64(r->w, "window_days", TREND_WINDOW);
	insight_put_left_out(r->w, &answer->left_out);
	json_put_key(r->w, STR("parts"));
	json_put_list(r->w);
	for (size_t i = 0; i < answer->count; i++)
		put_part(r, &answer->parts[i]);
	json_put_list_end(r->w);
}

static bool trend_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked asked;
	struct trend_question q = { .now = rq->now };
	struct trend_answer answer;
	struct facts facts;
	if (!asked_read(rq, own, &q.step, "step", &asked, err) || !asked_facts(rq, 0, &facts, err))
		return false;
	q.scope = &asked.scope;
	q.filter = asked.filter;
	q.hides_names = asked.hides_names;
	q.zone = asked.zone;
	q.week_start = asked.workspace.week_start;
	if (!trend_ask(&facts, rq->arena, &q, &answer, err))
		return false;
	const struct trend_reply r = { reply_json(rq), rq->arena, &asked };
	json_put_dict(r.w);
	asked_put(r.w, &asked, rq, facts.as_of);
	put_answer(&r, &q, &answer);
	json_put_dict_end(r.w);
	return reply_json_end(r.w, rp, 200, err);
}

const struct route trend_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/trend",
	  .operation = "getTrend",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = trend_read },
};
const size_t trend_route_count = sizeof trend_routes / sizeof trend_routes[0];
