/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/contrast_api.h"

#include "account/reply_json.h"
#include "insight/asked_side.h"
#include "insight/contrast.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/vote.h"

struct wished {
	Str sides[2], part;
	enum vote vote;
};

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct wished *w = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("a")))
		w->sides[0] = value;
	else if (str_eq(name, STR("b")))
		w->sides[1] = value;
	else if (str_eq(name, STR("part")))
		w->part = value;
	else if (str_eq(name, STR("vote")))
		return vote_parse(value, &w->vote, err);
	else
		*known = false;
	return true;
}

static bool question_read(struct request *rq, struct asked *asked, struct wished *w,
                          struct contrast_question *q, struct err *err)
{
	*w = (struct wished){ 0 };
	if (!asked_read(rq, own, w, "a, b, part and vote", asked, err))
		return false;
	*q = (struct contrast_question){ .part = w->part, .is_rest = !w->sides[1].at };
	for (int side = 0; side < 2; side++)
		if (!asked_side_read(rq, asked, w->sides[side], &q->filters[side], err))
			return err_prefix(err, "%c", 'a' + side);
	q->cells = asked_cells(asked);
	q->cells.vote = w->vote;
	return true;
}

static Str path_of(const struct asked *asked, const struct contrast_question *q,
                   const struct contrast *c, int side, struct arena *a)
{
	struct answer_filter f = q->filters[side];
	if ((side == 1 && q->is_rest) || q->cells.vote != VOTE_ANSWER || !c->parts[side].part)
		return (Str){ 0 };
	part_narrow(&f, c->parts[side].part, a);
	return asked_answers_path(asked, &f, a);
}

static void put_side(struct json_writer *w, const struct asked *asked,
                     const struct contrast_question *q, const struct contrast *c, int side,
                     struct arena *a)
{
	const struct cell_part *part = c->parts[side].part;
	json_put_dict(w);
	json_put_key(w, STR("part"));
	if (part)
		one_part_put_one(w, a, part, &c->sides.sums[side]);
	else
		json_put_null(w);
	json_put_key_text(w, "from", q->filters[side].from_day);
	json_put_key_text(w, "to", q->filters[side].to_day);
	json_put_key_bool(w, "rest", side == 1 && q->is_rest);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &c->sides.sums[side], path_of(asked, q, c, side, a));
	insight_put_left_out(w, &c->sides.left_out[side]);
	json_put_dict_end(w);
}

static void put_marks(struct json_writer *w, const struct contrast_marks *m)
{
	const struct {
		const char *name;
		bool differs;
	} marks[] = { { "period", m->period },
		      { "kind", m->kind },
		      { "brand", m->brand },
		      { "touchpoint", m->touchpoint } };
	json_put_key(w, STR("differs"));
	json_put_list(w);
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (marks[i].differs)
			json_put_text(w, str_of(marks[i].name));
	json_put_list_end(w);
}

static bool compare_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked asked;
	struct wished wished;
	struct contrast_question q;
	struct contrast c;
	struct facts facts;
	if (!question_read(rq, &asked, &wished, &q, err) || !asked_facts(rq, 0, &facts, err) ||
	    !contrast_ask(&facts, rq->arena, &q, &c, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
	json_put_key_text(w, "vote", str_of(vote_name(wished.vote)));
	one_part_put(w, rq->arena, &c.parts[0]);
	json_put_key(w, STR("a"));
	put_side(w, &asked, &q, &c, 0, rq->arena);
	json_put_key(w, STR("b"));
	put_side(w, &asked, &q, &c, 1, rq->arena);
	json_put_key(w, STR("difference"));
	json_put_dict(w);
	figure_put_change(w, &c.difference);
	json_put_key_i64(w, "people_in_both", c.sides.pair.people);
	json_put_dict_end(w);
	put_marks(w, &c.marks);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route contrast_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/compare",
	  .operation = "compareFigures",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = compare_read },
};
const size_t contrast_route_count = sizeof contrast_routes / sizeof contrast_routes[0];
