/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/keywords_api.h"

#include <math.h>

#include "account/reply_json.h"
#include "insight/asked_side.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/keywords.h"
#include "insight/quote_json.h"
#include "survey/definition.h"

struct wished {
	Str sides[2], part, word;
	unsigned groups;
};

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct wished *w = context;
	enum score_group group;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("a")))
		w->sides[0] = value;
	else if (str_eq(name, STR("b")))
		w->sides[1] = value;
	else if (str_eq(name, STR("part")))
		w->part = value;
	else if (str_eq(name, STR("word")))
		w->word = value;
	else if (!str_eq(name, STR("group")))
		*known = false;
	else if (score_group_find(value, &group))
		w->groups |= 1U << group;
	else
		return err_at(err, ERR_INVALID, "group",
		              "must be promoters, passives or detractors");
	return true;
}

static bool is_of_groups(const struct wished *w)
{
	return !w->sides[0].at && !w->sides[1].at;
}

static bool question_read(struct request *rq, struct asked *asked, struct wished *w,
                          struct keywords_question *question, struct err *err)
{
	struct contrast_question *q = &question->sides;
	*w = (struct wished){ 0 };
	if (!asked_read(rq, own, w, "a, b, group, part and word", asked, err))
		return false;
	if (is_of_groups(w) && w->groups)
		return err_at(err, ERR_INVALID, "group",
		              "promoters are set against detractors: say a, and b or the rest, for "
		              "what one group says");
	question->word = w->word;
	*q = (struct contrast_question){ .part = w->part,
		                         .is_rest = !w->sides[1].at && !is_of_groups(w) };
	for (int side = 0; side < 2; side++) {
		if (!asked_side_read(rq, asked, w->sides[side], &q->filters[side], err))
			return err_prefix(err, "%c", 'a' + side);
		q->filters[side].groups = w->groups;
	}
	if (is_of_groups(w)) {
		q->filters[0].groups = 1U << GROUP_PROMOTERS;
		q->filters[1].groups = 1U << GROUP_DETRACTORS;
	}
	q->cells = asked_cells(asked);
	return true;
}

struct output {
	struct json_writer *w;
	struct arena *a;
	const struct asked *asked;
	const struct contrast_question *q;
	const struct keywords *k;
};

/* Of all answers that the side is taken from, of whatever group; a rest has none. */
static Str path_of(const struct output *o, int number)
{
	struct answer_filter f = o->q->filters[number];
	const struct cell_part *part = o->k->parts[number].part;
	if ((number == 1 && o->q->is_rest) || !part)
		return (Str){ 0 };
	f.groups = 0;
	part_narrow(&f, part, o->a);
	return asked_answers_path(o->asked, &f, o->a);
}

static void put_side(const struct output *o, const char *key, int number)
{
	struct json_writer *w = o->w;
	const struct contrast_question *q = o->q;
	const struct keywords_side *side = &o->k->sides[number];
	const struct cell_part *part = o->k->parts[number].part;
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key(w, STR("part"));
	if (part)
		one_part_put_one(w, o->a, part, &side->sums);
	else
		json_put_null(w);
	json_put_key_text(w, "from", q->filters[number].from_day);
	json_put_key_text(w, "to", q->filters[number].to_day);
	json_put_key_bool(w, "rest", number == 1 && q->is_rest);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &side->sums, path_of(o, number));
	insight_put_left_out(w, &side->left_out);
	json_put_key_i64(w, "comments", side->comments);
	json_put_key_i64(w, "read", side->read);
	json_put_key_i64(w, "people", side->people);
	json_put_key_time(w, "since", side->since);
	json_put_dict_end(w);
}

static void put_said(struct json_writer *w, const char *key, int64_t people, int64_t of)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	const struct share share = share_alone(people, of);
	figure_put_share(w, "people", &share);
	json_put_dict_end(w);
}

static void put_word(struct json_writer *w, const struct keyword_apart *k)
{
	json_put_dict(w);
	json_put_key_text(w, "text", k->text);
	json_put_key_text(w, "language", tongue_code(k->tongue));
	put_said(w, "a", k->people[0], k->of[0]);
	put_said(w, "b", k->people[1], k->of[1]);
	json_put_key_real(w, "odds_ratio", exp(k->odds.delta));
	figure_put_interval(w, "odds_interval", true, exp(k->odds.lo), exp(k->odds.hi));
	json_put_key_real(w, "rate", k->rate);
	json_put_dict_end(w);
}

static const char *const side_names[] = { "a", "b" };

static void put_words(struct json_writer *w, const struct keywords_apart *apart)
{
	json_put_key_i64(w, "tried", (int64_t)apart->tried);
	json_put_key_i64(w, "beyond_chance", (int64_t)apart->beyond_chance);
	json_put_key(w, STR("words"));
	json_put_dict(w);
	for (int side = 0; side < 2; side++) {
		json_put_key(w, str_of(side_names[side]));
		json_put_list(w);
		for (size_t i = 0; i < apart->count[side]; i++)
			put_word(w, &apart->list[side][i]);
		json_put_list_end(w);
	}
	json_put_dict_end(w);
}

static void put_quotes(struct json_writer *w, const struct keyword_quote *quotes, size_t count)
{
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		quote_put(w, &quotes[i].quote);
		quote_put_pieces(w, &quotes[i].quote, quotes[i].spans, quotes[i].span_count);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_asked_word(struct json_writer *w, bool was_asked, const struct keywords *k)
{
	json_put_key(w, STR("word"));
	if (!was_asked) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	for (int side = 0; side < 2; side++)
		put_said(w, side_names[side], k->said.people[side], k->sides[side].people);
	json_put_key(w, STR("quotes"));
	json_put_dict(w);
	for (int side = 0; side < 2; side++) {
		json_put_key(w, str_of(side_names[side]));
		put_quotes(w, k->said.quotes[side], k->said.quote_count[side]);
	}
	json_put_dict_end(w);
	json_put_dict_end(w);
}

static bool keywords_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked asked;
	struct wished wished;
	struct keywords_question q;
	struct keywords k;
	struct facts facts;
	if (!question_read(rq, &asked, &wished, &q, err) || !asked_facts(rq, 0, &facts, err) ||
	    !keywords_ask(&facts, rq->arena, &q, &k, err))
		return false;
	struct json_writer *w = reply_json(rq);
	const struct output o = { w, rq->arena, &asked, &q.sides, &k };
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
	one_part_put(w, rq->arena, &k.parts[0]);
	json_put_key_bool(w, "groups", is_of_groups(&wished));
	json_put_key_i64(w, "sample", KEYWORDS_SAMPLE);
	for (int side = 0; side < 2; side++)
		put_side(&o, side_names[side], side);
	put_words(w, &k.apart);
	put_asked_word(w, wished.word.at, &k);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route keywords_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/keywords",
	  .operation = "getKeywords",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = keywords_read },
};
const size_t keywords_route_count = sizeof keywords_routes / sizeof keywords_routes[0];
