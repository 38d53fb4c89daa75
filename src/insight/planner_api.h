/* insight/planner_api.h - how many answers a wish takes, over HTTP. Any role; the room is the server's cubes.
 *
 *   GET /api/v1/insights/planner   filters as in feedback/filter.h, part as in insight/one_part.h, and
 *       half=1..50       points to either side of the wished range; 5
 *       change=1..100    points of the change that is to be seen; 10
 *       customers=N      how many customers there are today
 *
 * What it gives stands in insight/planner.h and web/api/planner.json.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_PLANNER_API_H
#define INSIGHT_PLANNER_API_H

#include "net/route.h"

extern const struct route planner_routes[];
extern const size_t planner_route_count;

#endif
