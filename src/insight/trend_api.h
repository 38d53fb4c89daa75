/* insight/trend_api.h - how scores went, over HTTP. Any role; the room is the server's.
 *
 *   GET /api/v1/insights/trend   filters as in feedback/filter.h, and
 *       step=rolling|week|month|quarter   rolling when it is not said
 *
 * What it gives stands in insight/trend.h and web/api/trend.json.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_TREND_API_H
#define INSIGHT_TREND_API_H

#include "net/route.h"

extern const struct route trend_routes[];
extern const size_t trend_route_count;

#endif
