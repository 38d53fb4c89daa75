/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_show.h"

#include "account/workspace.h"
#include "base/form.h"
#include "base/zone.h"
#include "insight/shared_draw.h"

#define FILTER_FIELDS_MAX 200
#define MOST              0.5 /* of a change */

static Str word(const struct shared_show *s, const char *name)
{
	return shared_word(s->language, name);
}

static Str part_name(const struct shared_show *s, const struct shared_part *p)
{
	Str kind = word(s, p->kind == SURVEY_RELATIONSHIP ? "t_relationship" : "t_transactional");
	Str what = p->touchpoint.at ? p->touchpoint : kind;
	if (!s->figures->many_brands)
		return what;
	return str_printf(s->arena, "%.*s · %.*s", STR_FMT(p->brand), STR_FMT(what));
}

static void put_figure(struct template_dict *d, const struct shared_show *s,
                       const struct nps_figure *f)
{
	struct arena *a = s->arena;
	double width = f->hi - f->lo;
	template_set(d, "nps", shared_score_in(a, s->language, f->nps, width));
	template_set(d, "low", shared_score_in(a, s->language, f->lo, width));
	template_set(d, "high", shared_score_in(a, s->language, f->hi, width));
	template_set(d, "n", shared_number(a, s->language, f->responses));
	template_set(d, "people", shared_number(a, s->language, f->people));
	template_set_bool(d, "rough", f->label == NPS_ROUGH);
}

static void put_change(struct template_dict *d, const struct shared_show *s,
                       const struct shared_part *p)
{
	if (!p->has_change)
		return;
	template_set(d, "change",
	             shared_change_in(s->arena, s->language, p->change.change,
	                              p->change.hi - p->change.lo));
	template_set(d, "sure", word(s, p->change.beyond_chance ? "t_real" : "t_chance"));
	template_set_bool(d, "real", p->change.beyond_chance);
	template_set(d, "before_n", shared_number(s->arena, s->language, p->before.responses));
}

static void put_goal(struct template_dict *d, const struct shared_show *s,
                     const struct shared_part *p)
{
	int64_t instant;
	struct err ignored;
	for (size_t i = 0; i < s->goal_count; i++) {
		const struct goal *g = &s->goals[i];
		if (g->kind != p->kind || g->brand_id != p->brand_id ||
		    g->touchpoint_id != p->touchpoint_id ||
		    !time_parse(g->by_day, zone_utc(), &instant, &ignored))
			continue;
		template_set(d, "goal", shared_score(s->arena, g->score));
		template_set(d, "goal_day", shared_day(s->arena, s->language, instant / CLOCK_DAY));
	}
}

static Str group_name(const struct shared_show *s, const struct shared_group *g)
{
	if (g->rest)
		return word(s, "t_rest");
	Str ours = { 0 };
	if (!g->value.at)
		return word(s, "t_unknown");
	if (str_eq(s->view->split, STR("channel")) && g->value.len < 16)
		(void)shared_word_find(s->language,
		                       str_copy_c(s->arena, str_printf(s->arena, "t_channel_%.*s",
		                                                       STR_FMT(g->value))),
		                       &ours);
	return ours.at ? ours : g->value;
}

static void put_moved(struct template_dict *row, const struct shared_show *s,
                      const struct shared_group *g)
{
	double by = g->figure.nps - g->before.nps;
	template_set(row, "moved", shared_change(s->arena, by));
	template_set_bool(row, "real", shared_group_moved(g));
}

static void put_groups(struct template_dict *d, const struct shared_show *s,
                       const struct shared_part *p)
{
	struct shared_ends ends = shared_ends_of(p);
	template_set_bool(d, "has_groups", p->group_count > 1);
	for (size_t i = 0; p->group_count > 1 && i < p->group_count; i++) {
		const struct shared_group *g = &p->groups[i];
		struct template_dict *row = template_list_add(d, "groups");
		template_set(row, "name", group_name(s, g));
		template_set_bool(row, "shown", !g->hidden);
		if (g->hidden)
			continue;
		put_figure(row, s, &g->figure);
		shared_draw_range(row, s->arena, ends, &g->figure);
		if (g->has_before)
			put_moved(row, s, g);
	}
}

static Str step_name(const struct shared_show *s, const struct shared_step *step)
{
	if (step->others)
		return word(s, "t_rest");
	struct shared_group group = { .value = step->value, .rest = step->rest };
	return group_name(s, &group);
}

static double points_of(const struct shared_step *step)
{
	return step->answered + step->said;
}

/* What most of a change that is no chance goes with, if it is one group. */
static void put_lead(struct template_dict *moved, const struct shared_show *s,
                     const struct shared_part *p)
{
	const struct shared_step *lead = &p->steps.at[0];
	double change = p->steps.now - p->steps.before;
	if (!p->change.beyond_chance || lead->others || points_of(lead) / change < MOST)
		return;
	template_set(moved, "lead", step_name(s, lead));
	template_set(moved, "lead_points", shared_change(s->arena, points_of(lead)));
}

static void put_steps(struct template_dict *d, const struct shared_show *s,
                      const struct shared_part *p)
{
	const struct shared_steps *steps = &p->steps;
	struct shared_ends ends = shared_ends_of_steps(steps);
	if (steps->count == 0)
		return;
	struct template_dict *moved = template_list_add(d, "moved_by");
	put_lead(moved, s, p);
	double at = steps->before;
	for (size_t i = 0; i < steps->count; i++) {
		struct template_dict *row = template_list_add(moved, "steps");
		template_set(row, "name", step_name(s, &steps->at[i]));
		template_set(row, "points", shared_change(s->arena, points_of(&steps->at[i])));
		at = shared_draw_step(row, s->arena, ends, at, &steps->at[i]);
	}
	struct template_dict *then = template_list_add(moved, "then");
	template_set(then, "score", shared_score(s->arena, steps->before));
	shared_draw_dot(then, s->arena, ends, steps->before);
	struct template_dict *now = template_list_add(moved, "now");
	template_set(now, "score", shared_score(s->arena, steps->now));
	shared_draw_dot(now, s->arena, ends, steps->now);
}

static void put_part(struct template_dict *d, const struct shared_show *s,
                     const struct shared_part *p)
{
	template_set(d, "name", part_name(s, p));
	template_set_bool(d, "few", p->hidden);
	if (p->hidden)
		return;
	put_figure(d, s, &p->figure);
	put_change(d, s, p);
	put_goal(d, s, p);
	shared_draw_trend(d, s->arena, s->language, s->figures->unit, p);
	put_groups(d, s, p);
	put_steps(d, s, p);
}

static int64_t day_in(const struct shared_show *s, int64_t instant)
{
	return zone_day(s->figures->zone, instant);
}

static Str period(const struct shared_show *s)
{
	const struct answer_filter *f = &s->figures->filter;
	struct arena *a = s->arena;
	if (!f->from_day.at && !f->to_day.at)
		return word(s, "t_all_time");
	Str from = f->from_day.at ? shared_day(a, s->language, day_in(s, f->from)) : STR("");
	Str to = f->to_day.at ? shared_day(a, s->language, day_in(s, f->before - 1)) : STR("");
	if (from.len && to.len)
		return str_printf(a, "%.*s – %.*s", STR_FMT(from), STR_FMT(to));
	return str_printf(a, "%.*s %.*s", STR_FMT(word(s, from.len ? "t_since" : "t_until")),
	                  STR_FMT(from.len ? from : to));
}

static Str as_of(const struct shared_show *s)
{
	struct civil c;
	zone_civil(s->figures->zone, s->now, &c);
	Str day = shared_day(s->arena, s->language, date_to_days(c.year, c.month, c.day));
	return str_printf(s->arena, "%.*s, %02d:%02d", STR_FMT(day), c.hour, c.minute);
}

/* "city: Berlin, channel: web": what is looked at and what is not must stand there. */
static void put_filter(struct template_dict *d, const struct shared_show *s)
{
	struct form form;
	struct err ignored;
	struct buf *out = buf_in(s->arena, 4 * SHARED_FILTER_MAX);
	if (!form_parse(s->arena, s->view->filter, FILTER_FIELDS_MAX, &form, &ignored))
		return;
	for (size_t i = 0; i < form.count; i++) {
		Str name = form.fields[i].name;
		if (str_eq(name, STR("from")) || str_eq(name, STR("to")) ||
		    str_eq(name, STR("kind")) || str_eq(name, STR("brand")) ||
		    str_eq(name, STR("touchpoint")))
			continue; /* the period and the names of the scores say it */
		if (str_starts(name, STR("property.")))
			name = str_from(name, sizeof "property." - 1);
		buf_printf(out, "%s%.*s: %.*s", out->len ? ", " : "", STR_FMT(name),
		           STR_FMT(form.fields[i].value));
	}
	if (out->len && !out->overflowed)
		template_set(d, "only", buf_str(out));
}

static Str split_name(const struct shared_show *s)
{
	Str split = s->view->split;
	if (str_eq(split, STR("channel")))
		return word(s, "t_by_channel");
	if (str_eq(split, STR("language")))
		return word(s, "t_by_language");
	return str_eq(split, STR("survey")) ? word(s, "t_by_survey")
	                                    : str_from(split, sizeof "property." - 1);
}

static void put_words_of_people(struct template_dict *d, const struct shared_show *s)
{
	const struct shared_figures *f = s->figures;
	template_set_bool(d, "has_quotes", f->quote_count > 0);
	for (size_t i = 0; i < f->quote_count; i++) {
		struct template_dict *q = template_list_add(d, "quotes");
		template_set(q, "text", f->quotes[i].text);
		template_set_i64(q, "score", f->quotes[i].score);
		template_set_bool(q, "low", f->quotes[i].score <= 6);
	}
	template_set_bool(d, "has_answers", f->answer_count > 0);
	for (size_t i = 0; i < f->answer_count; i++) {
		struct civil c;
		struct template_dict *one = template_list_add(d, "answers");
		zone_civil(f->zone, f->answers[i].at, &c);
		template_set_i64(one, "score", f->answers[i].score);
		template_set(one, "group",
		             f->answers[i].score >= 9   ? STR("promoter")
		             : f->answers[i].score >= 7 ? STR("passive")
		                                        : STR("detractor"));
		Str day = shared_period(s->arena, s->language, PERIOD_DAY,
		                        date_to_days(c.year, c.month, c.day));
		template_set(one, "at",
		             str_printf(s->arena, "%.*s, %02d:%02d", STR_FMT(day), c.hour,
		                        c.minute));
	}
}

void shared_show(struct template_dict *d, const struct shared_show *s)
{
	const struct shared_figures *f = s->figures;
	template_set_bool(d, "figures", true);
	template_set(d, "title", s->view->name);
	template_set(d, "workspace", f->workspace->name);
	template_set(d, "period", period(s));
	template_set(d, "as_of", as_of(s));
	put_filter(d, s);
	if (s->view->split.at)
		template_set(d, "split", split_name(s));
	template_set_bool(d, "none", f->part_count == 0);
	for (size_t i = 0; i < f->part_count; i++)
		put_part(template_list_add(d, "parts"), s, &f->parts[i]);
	put_words_of_people(d, s);
}
