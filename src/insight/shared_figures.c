/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_figures.h"

#include <math.h>

#include "account/workspace.h"
#include "base/form.h"
#include "base/zone.h"
#include "feedback/response_list.h"
#include "feedback/scope.h"
#include "insight/suppress.h"

#define FILTER_FIELDS_MAX 200

/* Days up to which a line is drawn in weeks, in months. */
#define WEEKS_UP_TO  100
#define MONTHS_UP_TO 1100

/* A stranger: sees figures alone, and nobody's name. */
static struct caller stranger(const struct shared_view *v)
{
	return (struct caller){ .workspace = v->workspace, .role = ROLE_VIEWER };
}

static bool filter_read(struct arena *a, const struct shared_view *v, const struct zone *zone,
                        struct answer_filter *out, struct err *err)
{
	struct form form;
	bool known;
	if (!form_parse(a, v->filter, FILTER_FIELDS_MAX, &form, err))
		return false;
	for (size_t i = 0; i < form.count; i++) {
		const struct form_field *f = &form.fields[i];
		if (!filter_set(out, a, f->name, f->value, zone, &known, err))
			return false;
		if (!known)
			return err_at(err, ERR_INVALID, "/filter", "knows no \"%.*s\"",
			              STR_FMT(f->name));
	}
	return true;
}

static bool period_set(struct arena *a, const struct shared_view *v, const struct zone *zone,
                       int64_t now, struct answer_filter *f, struct err *err)
{
	char day[16];
	bool known;
	if (!v->last_days)
		return true;
	if (f->from_day.at || f->to_day.at)
		return err_at(err, ERR_INVALID, "/last_days",
		              "stands instead of from and to in the filter");
	calendar_write_day(zone_day(zone, now) - v->last_days + 1, day);
	if (!filter_set(f, a, STR("from"), str_copy(a, str_of(day)), zone, &known, err))
		return false;
	calendar_write_day(zone_day(zone, now), day);
	return filter_set(f, a, STR("to"), str_copy(a, str_of(day)), zone, &known, err);
}

static enum period_unit unit_of(const struct answer_filter *f, int64_t now)
{
	int64_t end = f->to_day.at && f->before < now ? f->before : now;
	int64_t days = f->from_day.at ? (end - f->from) / CLOCK_DAY : MONTHS_UP_TO;
	if (days <= WEEKS_UP_TO)
		return PERIOD_WEEK;
	return days <= MONTHS_UP_TO ? PERIOD_MONTH : PERIOD_QUARTER;
}

struct asking {
	struct workspace *workspace;
	const struct zone *zone;
	struct team_scope scope;
	struct insight_question question;
};

static bool filter_may(struct arena *a, const struct shared_view *v, struct answer_filter *f,
                       struct err *err)
{
	struct caller nobody = stranger(v);
	if (f->starred_only)
		return err_at(err, ERR_INVALID, "/filter", "cannot choose by star here");
	return filter_check(f, err) && filter_is_of_figures(f, err) &&
	       filter_may_ask(f, a, &nobody, err);
}

static bool question_make(struct db *db, struct arena *a, const struct shared_view *v, int64_t now,
                          struct asking *out, struct err *err)
{
	struct insight_question *q = &out->question;
	out->workspace = ARENA_NEW(a, struct workspace);
	if (!workspace_find(db, v->workspace, a, out->workspace, err) ||
	    !zone_load(a, out->workspace->time_zone, &out->zone, err) ||
	    !team_scope_parse(db, a, v->workspace, v->scope, &out->scope, err) ||
	    !filter_read(a, v, out->zone, &q->filter, err) ||
	    !period_set(a, v, out->zone, now, &q->filter, err) ||
	    !filter_may(a, v, &q->filter, err))
		return false;
	q->scope = &out->scope;
	q->hides_names = q->figures_only = true;
	q->series = unit_of(&q->filter, now);
	q->compare.with = q->filter.from_day.at ? COMPARE_PREVIOUS : COMPARE_NONE;
	return (!v->split.at || insight_split_parse(v->split, q, err)) &&
	       insight_may_split(q, a, err) &&
	       compare_period(a, &q->filter, out->zone, now, &q->compare, err);
}

bool shared_figures_check(struct db *db, struct arena *a, const struct shared_view *v, int64_t now,
                          struct err *err)
{
	struct asking asking = { 0 };
	struct survey_place *surveys;
	size_t count;
	return question_make(db, a, v, now, &asking, err) &&
	       filter_surveys(db, a, v->workspace, &asking.scope, &asking.question.filter, &surveys,
	                      &count, err);
}

/* Few people are few, however often they answered. */
static int64_t people_of(const struct nps_figure *f)
{
	return f->people < f->responses ? f->people : f->responses;
}

static bool is_hidden(const struct nps_figure *f)
{
	return people_of(f) < SUPPRESS_BELOW;
}

static void points_take(struct arena *a, const struct insight_part *from, struct shared_part *to)
{
	size_t n = to->point_count = from->point_count;
	int64_t *people = ARENA_ARRAY(a, int64_t, n + 1);
	bool *hidden = ARENA_ARRAY(a, bool, n + 1), all;
	to->points = ARENA_ARRAY(a, struct shared_point, n + 1);
	for (size_t i = 0; i < n; i++)
		people[i] = people_of(&from->points[i].count.figure);
	suppress_list(people, n, people_of(&from->count.figure), hidden, &all);
	for (size_t i = 0; i < n; i++) {
		const struct insight_point *p = &from->points[i];
		to->points[i] = (struct shared_point){ .first_day = p->first_day,
			                               .last_day = p->last_day,
			                               .hidden = hidden[i] };
		if (!hidden[i])
			to->points[i].figure = p->count.figure;
	}
}

/* Groups past the last that is shown are hidden one by one, too: their sum is what is left of the total. */
static const bool *groups_hide(struct arena *a, const struct insight_part *p)
{
	int64_t *people = ARENA_ARRAY(a, int64_t, p->group_count + 1);
	bool *hidden = ARENA_ARRAY(a, bool, p->group_count + 1), all;
	for (size_t i = 0; i < p->group_count; i++)
		people[i] = people_of(&p->groups[i].count.figure);
	suppress_list(people, p->group_count, people_of(&p->count.figure), hidden, &all);
	return hidden;
}

static void groups_take(struct arena *a, const struct insight_part *from, struct shared_part *to)
{
	size_t n = from->group_count < SHARED_GROUPS_MAX ? from->group_count : SHARED_GROUPS_MAX;
	const bool *hidden = groups_hide(a, from);
	to->groups = ARENA_ARRAY(a, struct shared_group, n + 1);
	to->group_count = n;
	for (size_t i = 0; i < n; i++) {
		const struct insight_group *g = &from->groups[i];
		to->groups[i] = (struct shared_group){ .value = g->value,
			                               .rest = g->rest,
			                               .hidden = hidden[i] };
		if (!hidden[i])
			to->groups[i].figure = g->count.figure;
	}
}

bool shared_group_moved(const struct shared_group *g)
{
	double now = (g->figure.hi - g->figure.lo) / 2, then = (g->before.hi - g->before.lo) / 2;
	return g->has_before && fabs(g->figure.nps - g->before.nps) > hypot(now, then);
}

static void groups_take_before(const struct shared_period_groups *before,
                               const struct insight_part *now, struct shared_part *to)
{
	for (size_t i = 0; i < to->group_count; i++)
		for (size_t j = 0; j < before->part->group_count; j++) {
			const struct insight_group *then = &before->part->groups[j];
			if (before->hidden[j] || to->groups[i].hidden ||
			    !shared_same_group(&now->groups[i], then))
				continue;
			to->groups[i].has_before = true;
			to->groups[i].before = then->count.figure;
		}
}

/* What the groups were in the period before, and how they moved the score since. */
static void part_take_before(struct arena *a, const struct insight_part *before,
                             const struct insight_part *now, struct shared_part *to)
{
	struct shared_period_groups then = { before, groups_hide(a, before) };
	struct shared_period_groups today = { now, groups_hide(a, now) };
	groups_take_before(&then, now, to);
	if (to->has_change)
		shared_steps_of(a, &then, &today, &to->steps);
}

static struct shared_part part_take(struct arena *a, const struct insight_question *q,
                                    const struct insight_part *from)
{
	struct shared_part to = { .kind = from->kind,
		                  .brand_id = from->brand_id,
		                  .touchpoint_id = from->touchpoint_id,
		                  .brand = from->brand,
		                  .touchpoint = from->touchpoint_id ? from->touchpoint : (Str){ 0 },
		                  .hidden = is_hidden(&from->count.figure) };
	if (to.hidden)
		return to;
	to.figure = from->count.figure;
	to.has_change = q->compare.with != COMPARE_NONE && from->before.change.shown &&
	                !is_hidden(&from->before.count.figure);
	if (to.has_change) {
		to.change = from->before.change;
		to.before = from->before.count.figure;
	}
	points_take(a, from, &to);
	groups_take(a, from, &to);
	return to;
}

static bool same_part(const struct shared_part *p, const struct insight_part *other)
{
	return p->kind == other->kind && p->brand_id == other->brand_id &&
	       p->touchpoint_id == other->touchpoint_id;
}

/* `now`: the same parts as in `out`, whole. */
static bool before_take(const struct facts *facts, struct arena *a, const struct asking *asking,
                        const struct insight_part *now, struct shared_figures *out, struct err *err)
{
	struct insight_question q = asking->question;
	struct insight_answer answer;
	if (q.compare.with == COMPARE_NONE || q.split == SPLIT_NONE)
		return true;
	q.filter.from_day = q.compare.from_day;
	q.filter.to_day = q.compare.to_day;
	q.filter.from = q.compare.from;
	q.filter.before = q.compare.before;
	q.compare = (struct compare_period){ .with = COMPARE_NONE };
	q.series = PERIOD_NONE;
	if (!insight_ask(facts, a, asking->workspace, &q, &answer, err))
		return false;
	for (size_t i = 0; i < out->part_count; i++)
		for (size_t j = 0; j < answer.count; j++)
			if (same_part(&out->parts[i], &answer.parts[j]) && !out->parts[i].hidden)
				part_take_before(a, &answer.parts[j], &now[i], &out->parts[i]);
	return true;
}

/* Chosen by hand; what was taken back since, or lies outside by now, is left out. */
static bool quotes_take(struct db *db, struct arena *a, const struct shared_view *v,
                        const struct team_scope *scope, struct shared_figures *out, struct err *err)
{
	out->quotes = ARENA_ARRAY(a, struct quote, SHARED_QUOTES_MAX);
	for (size_t i = 0; i < v->quote_count; i++) {
		struct response r;
		bool takes;
		if (!response_find(db, a, v->workspace, v->quotes[i], &r, err)) {
			if (err->kind != ERR_NOT_FOUND)
				return false;
			*err = (struct err){ .kind = ERR_NONE };
			continue;
		}
		if (!scope_takes(scope, a, &r, &takes, err))
			return false;
		if (!takes || !r.comment.len || !response_counts(r.state, r.score))
			continue;
		struct quote *q = &out->quotes[out->quote_count];
		if (!quote_of(db, a, &r, q, err))
			return false;
		out->quote_count += q->id != 0;
	}
	return true;
}

static bool answers_take(struct db *db, struct arena *a, const struct shared_view *v,
                         const struct asking *asking, struct shared_figures *out, struct err *err)
{
	struct response_query query = { .scope = &asking->scope,
		                        .filter = asking->question.filter,
		                        .limit = SHARED_ANSWERS_MAX };
	struct response_page page;
	bool few = false;
	for (size_t i = 0; i < out->part_count; i++)
		few = few || out->parts[i].hidden;
	if (!v->shows_answers || few || out->part_count == 0)
		return true;
	query.filter.counted_only = true;
	if (!response_list(db, a, v->workspace, &query, &page, err))
		return false;
	out->answers = ARENA_ARRAY(a, struct shared_answer, page.count + 1);
	out->answer_count = page.count;
	for (size_t i = 0; i < page.count; i++)
		out->answers[i] =
		    (struct shared_answer){ page.all[i].score, page.all[i].submitted_at };
	return true;
}

bool shared_figures_ask(const struct facts *facts, struct arena *a, const struct shared_view *v,
                        int64_t now, struct shared_figures *out, struct err *err)
{
	struct db *db = facts->db;
	struct asking *asking = ARENA_NEW(a, struct asking);
	struct insight_answer answer;
	if (!question_make(db, a, v, now, asking, err) ||
	    !insight_ask(facts, a, asking->workspace, &asking->question, &answer, err))
		return false;
	*out = (struct shared_figures){ .zone = asking->zone,
		                        .workspace = asking->workspace,
		                        .filter = asking->question.filter,
		                        .unit = asking->question.series };
	out->parts = ARENA_ARRAY(a, struct shared_part, SHARED_PARTS_MAX);
	for (size_t i = 0; i < answer.count && i < SHARED_PARTS_MAX; i++) {
		out->parts[out->part_count++] = part_take(a, &asking->question, &answer.parts[i]);
		out->many_brands =
		    out->many_brands || answer.parts[i].brand_id != answer.parts[0].brand_id;
	}
	return before_take(facts, a, asking, answer.parts, out, err) &&
	       quotes_take(db, a, v, &asking->scope, out, err) &&
	       answers_take(db, a, v, asking, out, err);
}
