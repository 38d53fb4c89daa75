/* insight/insight_api.h - figures over HTTP. Needs no room.
 *
 *   GET /api/v1/insights/nps   filters as in feedback/filter.h, and
 *       series=day|week|month|quarter   each part over time, without gaps
 *       by=survey|channel|language|property.NAME   each part by value, most answers first
 *
 * {"time_zone", "week_start", "series", "by", "parts": [{"kind", "brand": {"id", "name"}, "touchpoint": {"code", "name"}
 * or null, "first_at", "last_at", "figure", "series": [{"from", "to", "figure"}], "groups": [{"value", "rest",
 * "figure"}]}]}; figures as in insight/insight_json.h. Parts are never pooled; those without a score are left out.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_INSIGHT_API_H
#define INSIGHT_INSIGHT_API_H

#include "net/route.h"

extern const struct route insight_routes[];
extern const size_t insight_route_count;

#endif
