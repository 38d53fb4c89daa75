/* insight/portfolio_api.h - many scores in one table, over HTTP; its room is the server's cubes.
 *
 *   GET /api/v1/insights/portfolio   filters as in feedback/filter.h, and
 *       of=brands|teams|workspaces   brands without it
 *       compare=previous|year        needs `from`
 *       total=answers|given          a score of all rows: by their answers, or by
 *       weight=NUMBER*KEY            what rows are worth, again and again; a row without counts 1
 *
 * Described in web/api/portfolio.json; insight/portfolio.h tells who sees what.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_PORTFOLIO_API_H
#define INSIGHT_PORTFOLIO_API_H

#include "net/route.h"

extern const struct route portfolio_routes[];
extern const size_t portfolio_route_count;

#endif
