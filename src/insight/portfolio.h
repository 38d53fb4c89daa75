/* insight/portfolio.h - many scores in one table: of brands, of a workspace's teams, of the workspaces that somebody is in.
 *
 * A row is of one part (kind, brand and touchpoint) of one of these; rows are never put together unless a total is asked for,
 * and then weighted as was said. Teams have none: they may share answers. Each workspace answers as its member sees it, by
 * days of its own zone.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_PORTFOLIO_H
#define INSIGHT_PORTFOLIO_H

#include "insight/asked.h"
#include "insight/compare.h"
#include "stats/nps_pool.h"

#define PORTFOLIO_ROWS_MAX 1000

enum portfolio_of { PORTFOLIO_BRANDS, PORTFOLIO_TEAMS, PORTFOLIO_WORKSPACES };
enum portfolio_total { PORTFOLIO_NO_TOTAL, PORTFOLIO_BY_ANSWERS, PORTFOLIO_GIVEN };

struct portfolio_weight {
	Str key; /* a row's */
	double weight;
};

struct portfolio_question {
	enum portfolio_of of;
	enum portfolio_total total;
	struct portfolio_weight
	    weights[FILTER_VALUES_MAX]; /* PORTFOLIO_GIVEN; a row without one counts 1 */
	size_t weight_count;
	struct compare_period compare; /* with NONE: no comparison */
};

struct portfolio_row {
	Str key;                      /* "relationship/1/", behind "UNIT:" of a team or workspace */
	int64_t unit;                 /* team or workspace; 0: a brand's */
	Str name;                     /* of it */
	const struct cell_part *part; /* of its own workspace */
	const struct cell *cell;
	double weight;
	bool own; /* of the caller's workspace, as the caller sees it: its answers can be listed */
};

struct portfolio {
	struct portfolio_row *rows;
	size_t count;
	struct nps_pool pool; /* where a total is asked for */
	int64_t as_of;        /* the oldest; 0: now */
};

/* ERR_DENIED for teams unless the caller manages the workspace. ERR_INVALID when rows of different kinds or touchpoints would
 * be put together, a total of teams is asked for, a weight is of no row, or workspaces are filtered by what only one of
 * them has. Binds rq->db to the workspaces one after the other and back. */
MUST_USE bool portfolio_ask(struct request *rq, const struct asked *asked,
                            const struct portfolio_question *q, struct portfolio *out,
                            struct err *err);

#endif
