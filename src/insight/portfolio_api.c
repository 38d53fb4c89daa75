/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/portfolio_api.h"

#include <math.h>

#include "account/reply_json.h"
#include "insight/beside_json.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/one_part.h"
#include "insight/part_json.h"
#include "insight/portfolio.h"

#define WEIGHT_MAX 1e9

static const char *const of_names[] = { "brands", "teams", "workspaces" };
static const char *const total_names[] = { NULL, "answers", "given" };

static bool read_of(Str value, struct portfolio_question *q, struct err *err)
{
	for (int of = PORTFOLIO_BRANDS; of <= PORTFOLIO_WORKSPACES; of++)
		if (str_eq(value, str_of(of_names[of]))) {
			q->of = (enum portfolio_of)of;
			return true;
		}
	return err_at(err, ERR_INVALID, "of", "must be brands, teams or workspaces");
}

static bool read_total(Str value, struct portfolio_question *q, struct err *err)
{
	for (int total = PORTFOLIO_BY_ANSWERS; total <= PORTFOLIO_GIVEN; total++)
		if (str_eq(value, str_of(total_names[total]))) {
			q->total = (enum portfolio_total)total;
			return true;
		}
	return err_at(err, ERR_INVALID, "total",
	              "must be answers (each answer counts the same) or given (weight says)");
}

static bool read_weight(Str value, struct portfolio_question *q, struct err *err)
{
	Str number, key = value;
	struct portfolio_weight *w = &q->weights[q->weight_count];
	if (q->weight_count == FILTER_VALUES_MAX)
		return err_at(err, ERR_INVALID, "weight", "can be given %d times at most",
		              FILTER_VALUES_MAX);
	if (!str_cut(&key, '*', &number) || !key.at || !str_to_double(number, &w->weight) ||
	    !isfinite(w->weight) || w->weight < 0 || w->weight > WEIGHT_MAX)
		return err_at(
		    err, ERR_INVALID, "weight",
		    "must be a number from 0 on, a * and a row's key: 2.5*relationship/12/");
	w->key = key;
	q->weight_count++;
	return true;
}

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct portfolio_question *q = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("of")))
		return read_of(value, q, err);
	if (str_eq(name, STR("total")))
		return read_total(value, q, err);
	if (str_eq(name, STR("weight")))
		return read_weight(value, q, err);
	if (str_eq(name, STR("compare")))
		return compare_parse(value, &q->compare.with, err);
	*known = false;
	return true;
}

static bool question_read(struct request *rq, struct asked *asked, struct portfolio_question *q,
                          struct err *err)
{
	*q = (struct portfolio_question){ 0 };
	if (!asked_read(rq, own, q, "of, compare, total and weight", asked, err))
		return false;
	if (q->weight_count > 0 && q->total != PORTFOLIO_GIVEN)
		return err_at(err, ERR_INVALID, "weight", "is for total=given");
	return compare_period(rq->arena, &asked->filter, asked->zone, rq->now, &q->compare, err);
}

static void put_row(struct json_writer *w, struct arena *a, const struct asked *asked,
                    const struct portfolio_question *q, const struct portfolio_row *row)
{
	struct answer_filter f = asked->filter;
	part_narrow(&f, row->part, a);
	json_put_dict(w);
	json_put_key_text(w, "key", row->key);
	json_put_key(w, STR("unit"));
	if (row->unit) {
		json_put_dict(w);
		json_put_key_id(w, "id", row->unit);
		json_put_key_text(w, "name", row->name);
		json_put_dict_end(w);
	} else {
		json_put_null(w);
	}
	part_put(w, row->part);
	beside_put(w, a, asked, &q->compare, row->own ? &f : NULL, &row->cell->sums,
	           &row->cell->before, &row->cell->pair);
	json_put_key_real(w, "weight", row->weight);
	insight_put_left_out(w, &row->part->left_out);
	json_put_dict_end(w);
}

static void put_total(struct json_writer *w, const struct portfolio_question *q,
                      const struct nps_pool *pool)
{
	json_put_key(w, STR("total"));
	if (!q->total) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "weights", str_of(total_names[q->total]));
	json_put_key_real_if(w, "nps", pool->shown, pool->nps);
	figure_put_interval(w, "interval", pool->shown, pool->lo, pool->hi);
	json_put_key_i64(w, "responses", pool->responses);
	json_put_key_real_if(w, "before", pool->change_shown, pool->before);
	json_put_key_i64(w, "responses_before", pool->responses_before);
	json_put_key_real_if(w, "change", pool->change_shown, pool->change);
	figure_put_interval(w, "change_interval", pool->change_shown, pool->change_lo,
	                    pool->change_hi);
	json_put_dict_end(w);
}

static bool portfolio_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct portfolio_question question;
	struct portfolio portfolio;
	if (!question_read(rq, asked, &question, err) ||
	    !portfolio_ask(rq, asked, &question, &portfolio, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, asked, rq, portfolio.as_of);
	beside_put_periods(w, &asked->filter, &question.compare);
	json_put_key_text(w, "of", str_of(of_names[question.of]));
	json_put_key(w, STR("rows"));
	json_put_list(w);
	for (size_t i = 0; i < portfolio.count; i++)
		put_row(w, rq->arena, asked, &question, &portfolio.rows[i]);
	json_put_list_end(w);
	put_total(w, &question, &portfolio.pool);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route portfolio_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/portfolio",
	  .operation = "getPortfolio",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = portfolio_read },
};
const size_t portfolio_route_count = sizeof portfolio_routes / sizeof portfolio_routes[0];
