/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/segments_api.h"

#include <math.h>

#include "account/reply_json.h"
#include "feedback/cube.h"
#include "feedback/response_extra.h"
#include "feedback/response_json.h"
#include "insight/asked.h"
#include "insight/attribute.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/segments.h"
#include "insight/vote.h"
#include "people/personal.h"

/* The funnel is drawn through so many points, from few answers to more than the largest segment has. */
#define LIMITS_POINTS 40
#define LIMITS_FROM   4.0
#define LIMITS_BEYOND 1.15

/* Of a segment's answers. */
#define ANSWERS_SHOWN 50

struct wished {
	Str by, and, part;
	struct segment_name name; /* of whose answers are asked for */
	struct dim dims[2];
	enum vote vote;
};

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct wished *w = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("by"))) {
		w->by = value;
		return attribute_parse(value, "by", &w->dims[0], err);
	}
	if (str_eq(name, STR("and"))) {
		w->and = value;
		return attribute_parse(value, "and", &w->dims[1], err);
	}
	if (str_eq(name, STR("vote")))
		return vote_parse(value, &w->vote, err);
	if (str_eq(name, STR("part")))
		w->part = value;
	else
		*known = false;
	return true;
}

static bool wished_read(struct request *rq, struct asked *asked, struct wished *w, struct err *err)
{
	*w = (struct wished){ .by = STR("channel"), .dims = { { .kind = DIM_CHANNEL } } };
	if (!asked_read(rq, own, w, "by, and, part and vote", asked, err))
		return false;
	if (w->and.at && str_eq(w->by, w->and))
		return err_at(err, ERR_INVALID, "and", "must be another attribute than by");
	return attribute_may_ask(&w->dims[0], asked->hides_names, rq->arena, err) &&
	       attribute_may_ask(&w->dims[1], asked->hides_names, rq->arena, err);
}

static struct segments_question question_of(const struct asked *asked, const struct wished *w)
{
	struct segments_question q = { .cells = asked_cells(asked), .part = w->part };
	q.cells.dims[0] = w->dims[0];
	q.cells.dims[1] = w->dims[1];
	q.cells.vote = w->vote;
	return q;
}

/* "value", "version" and "rest" as members of the open dict. */
static void put_value(struct json_writer *w, const struct cell_value *value, bool hides_names)
{
	json_put_key_text(w, "value", attribute_shown(value, hides_names));
	json_put_key_i64_if(w, "version", value->version != 0, value->version);
	json_put_key_bool(w, "rest", value->rest);
}

static void put_ranked(struct json_writer *w, const struct segment *s)
{
	const struct nps_ranked *r = &s->ranked;
	json_put_key(w, STR("ranked"));
	if (!r->ranked) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_real(w, "estimate", r->shrunk);
	figure_put_interval(w, "interval", true, r->lo, r->hi);
	json_put_key_real(w, "top_third", r->top);
	json_put_key_real(w, "rank", r->rank);
	json_put_dict_end(w);
}

static const char *side_name(enum nps_side side)
{
	switch (side) {
	case NPS_FAR_BELOW:
		return "far_below";
	case NPS_BELOW:
		return "below";
	case NPS_WITHIN:
		return "within";
	case NPS_ABOVE:
		return "above";
	case NPS_FAR_ABOVE:
		return "far_above";
	}
	return "";
}

struct output {
	struct json_writer *w;
	struct arena *arena;
	const struct asked *asked;
	const struct wished *wished;
	const struct segments *segments;
	struct answer_filter filter; /* of the part */
};

/* No filter leaves out the answers that had no vote. */
static Str path_of(const struct output *out, const struct answer_filter *f)
{
	return out->wished->vote == VOTE_ANSWER ? asked_answers_path(out->asked, f, out->arena)
	                                        : (Str){ 0 };
}

static Str path_to(const struct output *out, const struct cell_value *value)
{
	struct answer_filter narrowed = out->filter;
	if (!attribute_narrow(&narrowed, &out->wished->dims[0], value))
		return (Str){ 0 };
	return path_of(out, &narrowed);
}

static void put_segment(const struct output *out, const struct segment *s)
{
	struct json_writer *w = out->w;
	json_put_dict(w);
	put_value(w, &s->value, out->asked->hides_names);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, s->sums, path_to(out, &s->value));
	put_ranked(w, s);
	json_put_key(w, STR("side"));
	json_put_text(w, s->among && s->figure.label != NPS_HIDDEN ? str_of(side_name(s->side))
	                                                           : (Str){ 0 });
	json_put_key_bool(w, "real", s->real);
	json_put_key(w, STR("from_rest"));
	json_put_dict(w);
	figure_put_change(w, &s->from_rest);
	json_put_key_i64(w, "people_in_both", s->people_in_both);
	json_put_dict_end(w);
	json_put_dict_end(w);
}

static void put_limits(struct json_writer *w, const struct nps_funnel *f, double most)
{
	double last = fmax(most, LIMITS_FROM * 2) * LIMITS_BEYOND;
	json_put_key(w, STR("limits"));
	json_put_list(w);
	for (int i = 0; f->sd > 0 && i < LIMITS_POINTS; i++) {
		double n = LIMITS_FROM * pow(last / LIMITS_FROM, i / (double)(LIMITS_POINTS - 1));
		struct nps_limits at = nps_funnel_at(f, n);
		json_put_dict(w);
		json_put_key_real(w, "effective_n", n);
		figure_put_interval(w, "usual", true, at.lo95, at.hi95);
		figure_put_interval(w, "far", true, at.lo998, at.hi998);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_funnel(const struct output *out)
{
	struct json_writer *w = out->w;
	const struct segments *s = out->segments;
	json_put_key(w, STR("funnel"));
	json_put_dict(w);
	json_put_key_i64(w, "segments", (int64_t)s->funnel.segments);
	json_put_key_real_if(w, "target", s->funnel.sd > 0, s->funnel.target);
	json_put_key_real(w, "overdispersion", s->count ? s->funnel.phi : 1);
	put_limits(w, &s->funnel, s->most);
	json_put_dict_end(w);
	json_put_key(w, STR("ranking"));
	json_put_dict(w);
	json_put_key_i64(w, "ranked", (int64_t)s->ranking.ranked);
	json_put_key_i64(w, "top", (int64_t)s->ranking.top);
	json_put_key_real_if(w, "mean", s->ranking.ranked > 0, s->ranking.mean);
	json_put_key_real_if(w, "spread", s->ranking.ranked > 0, s->ranking.spread);
	json_put_dict_end(w);
}

static void put_values(const struct output *out, const char *key, const struct cell_value *values,
                       size_t count)
{
	json_put_key(out->w, str_of(key));
	json_put_list(out->w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(out->w);
		put_value(out->w, &values[i], out->asked->hides_names);
		json_put_dict_end(out->w);
	}
	json_put_list_end(out->w);
}

static void put_cell(struct json_writer *w, size_t row, size_t column, const struct cell *cell)
{
	struct nps_figure f = nps_figure_of(&cell->sums);
	json_put_dict(w);
	json_put_key_i64(w, "row", (int64_t)row);
	json_put_key_i64(w, "column", (int64_t)column);
	json_put_key_real_if(w, "nps", f.label != NPS_HIDDEN, f.nps);
	figure_put_interval(w, "interval", f.label != NPS_HIDDEN, f.lo, f.hi);
	json_put_key_bool(w, "rough", f.label != NPS_FIRM);
	json_put_key_i64(w, "responses", f.responses);
	json_put_dict_end(w);
}

static size_t at_most(size_t count, size_t most)
{
	return count < most ? count : most;
}

static void put_grid(const struct output *out)
{
	struct json_writer *w = out->w;
	const struct cells *grid = &out->segments->grid;
	json_put_key(w, STR("grid"));
	if (!out->segments->has_grid) {
		json_put_null(w);
		return;
	}
	size_t rows = at_most(grid->count[0], SEGMENTS_ROWS_MAX);
	size_t columns = at_most(grid->count[1], SEGMENTS_COLUMNS_MAX);
	json_put_dict(w);
	put_values(out, "rows", grid->values[0], rows);
	put_values(out, "columns", grid->values[1], columns);
	json_put_key_i64(w, "rows_left_off", (int64_t)(grid->count[0] - rows));
	json_put_key_i64(w, "columns_left_off", (int64_t)(grid->count[1] - columns));
	json_put_key(w, STR("cells"));
	json_put_list(w);
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			if (grid->at[i * grid->count[1] + j].sums.clusters > 0)
				put_cell(w, i, j, &grid->at[i * grid->count[1] + j]);
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_all(const struct output *out)
{
	struct json_writer *w = out->w;
	const struct segments *s = out->segments;
	json_put_key_text(w, "by", out->wished->by);
	json_put_key_text(w, "and", out->wished->and);
	json_put_key_text(w, "vote", str_of(vote_name(out->wished->vote)));
	one_part_put(w, out->arena, &s->part);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &s->all.sums, path_of(out, &out->filter));
	insight_put_left_out(w, &s->left_out);
	json_put_key_i64(w, "looked_at", (int64_t)s->looked_at);
	put_funnel(out);
	json_put_key(w, STR("segments"));
	json_put_list(w);
	for (size_t i = 0; i < s->count; i++)
		put_segment(out, &s->list[i]);
	json_put_list_end(w);
	put_grid(out);
}

/* "traits": names of what is known of people today. */
static void put_traits(struct json_writer *w, struct arena *a, const struct cube_view *view,
                       bool hides_names)
{
	json_put_key(w, STR("traits"));
	json_put_list(w);
	for (size_t i = 0; i < view->trait_count; i++)
		if (!hides_names || !personal_name(a, view->traits[i].name))
			json_put_text(w, view->traits[i].name);
	json_put_list_end(w);
}

static bool segments_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked asked;
	struct wished wished;
	struct segments segments;
	struct facts facts;
	if (!wished_read(rq, &asked, &wished, err) || !asked_facts(rq, CUBE_PEOPLE, &facts, err))
		return false;
	struct segments_question question = question_of(&asked, &wished);
	if (!segments_ask(&facts, rq->arena, &question, &segments, err))
		return false;
	struct json_writer *w = reply_json(rq);
	struct output out = { w, rq->arena, &asked, &wished, &segments, asked.filter };
	if (segments.part.part)
		part_narrow(&out.filter, segments.part.part, rq->arena);
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
	put_traits(w, rq->arena, facts.view, asked.hides_names);
	put_all(&out);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool version_read(Str text, int *out, struct err *err)
{
	int64_t version;
	if (!str_to_i64(text, &version) || version < 0 || version > INT32_MAX)
		return err_at(err, ERR_INVALID, "version", "must be the number of a version");
	*out = (int)version;
	return true;
}

static bool own_of_answers(void *context, struct request *rq, Str name, Str value, bool *known,
                           struct err *err)
{
	struct wished *w = context;
	*known = true;
	if (str_eq(name, STR("value"))) {
		w->name.text = value;
		return true;
	}
	if (str_eq(name, STR("version")))
		return version_read(value, &w->name.version, err);
	if (!str_eq(name, STR("and")))
		return own(context, rq, name, value, known, err);
	*known = false;
	return true;
}

/* Those that are there still: an answer may have gone since the columns were read. */
static bool answers_find(struct request *rq, const int64_t *ids, size_t count,
                         struct response **out, size_t *found, struct err *err)
{
	*out = ARENA_ARRAY(rq->arena, struct response, count + 1);
	*found = 0;
	for (size_t i = 0; i < count; i++) {
		struct err why = { 0 };
		if (response_find(rq->db, rq->arena, rq->caller.workspace, ids[i], &(*out)[*found],
		                  &why))
			++*found;
		else if (why.kind != ERR_NOT_FOUND) {
			*err = why;
			return false;
		}
	}
	return true;
}

static bool put_answers(struct json_writer *w, struct request *rq, const int64_t *ids, size_t count,
                        struct err *err)
{
	struct response *all;
	struct response_extra *extras;
	struct sight sight;
	size_t found;
	if (!sight_of(rq, &sight, err) || !answers_find(rq, ids, count, &all, &found, err) ||
	    !response_extras(rq->db, rq->arena, rq->caller.workspace, all, found, sight.names,
	                     &extras, err))
		return false;
	json_put_key(w, STR("responses"));
	json_put_list(w);
	for (size_t i = 0; i < found; i++) {
		json_put_dict(w);
		response_put(w, rq->arena, &all[i], &sight);
		response_extra_put(w, &extras[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

static bool answers_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked asked;
	struct facts facts;
	struct wished wished = { .by = STR("channel"), .dims = { { .kind = DIM_CHANNEL } } };
	int64_t *ids, total;
	size_t count;
	if (!asked_read(rq, own_of_answers, &wished, "by, value, version, part and vote", &asked,
	                err) ||
	    !attribute_may_ask(&wished.dims[0], asked.hides_names, rq->arena, err) ||
	    !asked_facts(rq, CUBE_PEOPLE, &facts, err))
		return false;
	struct segments_question question = question_of(&asked, &wished);
	wished.name.hides_names = asked.hides_names;
	if (!segments_answers(&facts, rq->arena, &question, &wished.name, ANSWERS_SHOWN, &ids,
	                      &count, &total, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_i64(w, "total", total);
	if (!put_answers(w, rq, ids, count, err))
		return false;
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route segments_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/segments",
	  .operation = "getSegments",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = segments_read },
	{ .method = "GET",
	  .path = "/api/v1/insights/segments/answers",
	  .operation = "listSegmentAnswers",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = answers_read },
};
const size_t segments_route_count = sizeof segments_routes / sizeof segments_routes[0];
