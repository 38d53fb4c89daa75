/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/outlook_report.h"

#include <math.h>

#include "base/dates.h"
#include "insight/part_json.h"

/* A range of five points to either side, a change of ten. */
static const struct planner_wish wish = { .half = 5, .change = 10 };

static bool is_of(const struct insight_part *part, enum survey_kind kind, int64_t brand,
                  int64_t touchpoint)
{
	return part->kind == kind && part->brand_id == brand && part->touchpoint_id == touchpoint;
}

static const struct trend_part *trend_of(const struct trend_answer *trend,
                                         const struct insight_part *part)
{
	for (size_t i = 0; i < trend->count; i++) {
		const struct cell_part *p = &trend->parts[i].part;
		if (is_of(part, p->kind, p->brand_id, p->touchpoint_id))
			return &trend->parts[i];
	}
	return NULL;
}

static const struct goal *goal_of(const struct goal *goals, size_t count,
                                  const struct insight_part *part)
{
	for (size_t i = 0; i < count; i++)
		if (is_of(part, goals[i].kind, goals[i].brand_id, goals[i].touchpoint_id))
			return &goals[i];
	return NULL;
}

static bool plan_of(const struct facts *facts, struct arena *a, const struct cell_question *q,
                    const struct insight_part *part, int64_t now, struct outlook *out,
                    struct err *err)
{
	const struct cell_part key = { .kind = part->kind,
		                       .brand_id = part->brand_id,
		                       .touchpoint_id = part->touchpoint_id,
		                       .touchpoint_code = part->touchpoint_code };
	struct planner *plan = ARENA_NEW(a, struct planner);
	out->plan = plan;
	return planner_ask(facts, a, q, one_part_key(a, &key), &wish, now, plan, err);
}

bool outlook_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                 bool with_plan, int64_t now, struct insight_answer *answer, struct err *err)
{
	const struct trend_question asked = { .scope = q->scope,
		                              .filter = *q->filter,
		                              .zone = q->zone,
		                              .week_start = q->week_start,
		                              .now = now };
	struct trend_answer trend;
	struct goal *goals;
	size_t goal_count;
	if (!trend_ask(facts, a, &asked, &trend, err) ||
	    !goal_list(facts->db, a, facts->workspace, &goals, &goal_count, err))
		return false;
	for (size_t i = 0; i < answer->count; i++) {
		struct insight_part *part = &answer->parts[i];
		struct outlook *o = ARENA_NEW(a, struct outlook);
		o->trend = trend_of(&trend, part);
		o->goal = goal_of(goals, goal_count, part);
		if (with_plan && !plan_of(facts, a, q, part, now, o, err))
			return false;
		part->outlook = o;
	}
	return true;
}

/* For a terminal */

static void write_changes(struct buf *out, const struct trend_part *trend)
{
	for (size_t i = 0; i < trend->change_count; i++) {
		const struct trend_change *c = &trend->changes[i];
		double ends[2] = { fabs(nps_whole(c->lo)), fabs(nps_whole(c->hi)) };
		char day[16];
		calendar_write_day(c->day, day);
		buf_printf(out,
		           "\n  Around %s it %s by about %.0f (%.0f to %.0f), from %.0f to %.0f.",
		           day, c->size < 0 ? "fell" : "rose", fabs(nps_whole(c->size)),
		           fmin(ends[0], ends[1]), fmax(ends[0], ends[1]), nps_whole(c->before),
		           nps_whole(c->after));
	}
}

/* Names of channels come from whoever sent the answers: nothing in them may speak to the terminal. */
static void write_plain(struct buf *out, Str text)
{
	for (size_t i = 0; i < text.len; i++)
		buf_add_char(out, (unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f
		                      ? ' '
		                      : text.at[i]);
}

static void write_mixes(struct buf *out, const struct trend_part *trend)
{
	for (size_t i = 0; i < trend->mix_count; i++) {
		const struct trend_mix *m = &trend->mixes[i];
		char day[16];
		calendar_write_day(m->day, day);
		buf_printf(out, "\n  Around %s the share of answers by ", day);
		write_plain(out, m->channel.at ? m->channel : STR("a channel not known"));
		buf_printf(out,
		           " %s from %.0f to %.0f %%:\n  before and after are of different crowds.",
		           m->after < m->before ? "fell" : "rose", m->before, m->after);
	}
}

static void write_goal(struct buf *out, const struct nps_figure *figure, const struct goal *goal)
{
	double left = goal->score - nps_rounded(figure->nps);
	buf_printf(out, "\n  Its goal is %d by %.*s", goal->score, STR_FMT(goal->by_day));
	if (figure->label == NPS_HIDDEN)
		buf_add(out, STR("."));
	else if (left > 0)
		buf_printf(out, ": %.1f to go.", left);
	else
		buf_add(out, STR(": reached."));
}

static void write_weeks(struct buf *out, double weeks)
{
	if (isfinite(weeks) && weeks < 1000)
		buf_printf(out, ": about %.0f %s of them", ceil(weeks),
		           ceil(weeks) <= 1 ? "week" : "weeks");
}

static void write_plan(struct buf *out, const struct planner *p)
{
	if (!p->has_plan)
		return;
	buf_printf(out, "\n  A range of %d points to either side takes %.0f answers",
	           (int)wish.half, ceil(p->answers));
	write_weeks(out, p->weeks);
	buf_add(out, STR("."));
	if (p->period_count)
		buf_printf(out,
		           "\n  At %.0f answers a week, the smallest change that shows in 8 of 10 "
		           "cases is:",
		           p->flow.per_week);
	for (size_t i = 0; i < p->period_count; i++)
		buf_printf(out, "\n    %2d weeks beside the %2d before   %.0f points",
		           p->periods[i].weeks, p->periods[i].weeks, ceil(p->periods[i].change));
}

void outlook_write(struct buf *out, const struct nps_figure *figure, const struct outlook *o)
{
	size_t before = out->len;
	if (o->trend) {
		write_changes(out, o->trend);
		write_mixes(out, o->trend);
	}
	if (o->goal)
		write_goal(out, figure, o->goal);
	if (o->plan)
		write_plan(out, o->plan);
	if (out->len > before)
		buf_add_char(out, '\n');
}

/* For programs */

static void put_changes(struct json_writer *w, struct arena *a, const struct trend_part *trend)
{
	json_put_key(w, STR("changes"));
	json_put_list(w);
	for (size_t i = 0; trend && i < trend->change_count; i++) {
		const struct trend_change *c = &trend->changes[i];
		json_put_dict(w);
		json_put_key_text(w, "day", part_day(a, c->day));
		json_put_key_real(w, "before", nps_rounded(c->before));
		json_put_key_real(w, "after", nps_rounded(c->after));
		json_put_key_real(w, "change", nps_rounded(c->size));
		json_put_key(w, STR("interval"));
		json_put_list(w);
		json_put_real(w, nps_rounded(c->lo));
		json_put_real(w, nps_rounded(c->hi));
		json_put_list_end(w);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_mixes(struct json_writer *w, struct arena *a, const struct trend_part *trend)
{
	json_put_key(w, STR("mixes"));
	json_put_list(w);
	for (size_t i = 0; trend && i < trend->mix_count; i++) {
		const struct trend_mix *m = &trend->mixes[i];
		json_put_dict(w);
		json_put_key_text(w, "day", part_day(a, m->day));
		json_put_key_text(w, "channel", m->channel);
		json_put_key_real(w, "before", m->before);
		json_put_key_real(w, "after", m->after);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_goal(struct json_writer *w, const struct goal *goal)
{
	json_put_key(w, STR("goal"));
	if (!goal) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "score", goal->score);
	json_put_key_text(w, "by", goal->by_day);
	json_put_dict_end(w);
}

static void put_plan(struct json_writer *w, const struct planner *p)
{
	json_put_key(w, STR("plan"));
	if (!p->has_plan) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "half", wish.half);
	json_put_key_i64(w, "answers", (int64_t)ceil(p->answers));
	json_put_key_real(w, "answers_a_week", p->flow.per_week);
	json_put_key(w, STR("periods"));
	json_put_list(w);
	for (size_t i = 0; i < p->period_count; i++) {
		json_put_dict(w);
		json_put_key_i64(w, "weeks", p->periods[i].weeks);
		json_put_key_real(w, "change", nps_rounded(p->periods[i].change));
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

void outlook_put(struct json_writer *w, struct arena *a, const struct outlook *o)
{
	put_changes(w, a, o->trend);
	put_mixes(w, a, o->trend);
	put_goal(w, o->goal);
	if (o->plan)
		put_plan(w, o->plan);
}
