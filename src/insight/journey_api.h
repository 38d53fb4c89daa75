/* insight/journey_api.h - the journey over HTTP; its room is the server's cubes.
 *
 *   GET /api/v1/insights/journey   filters as in feedback/filter.h, and compare=previous|year, which needs `from`
 *
 * Described in web/api/journey.json; insight/journey.h tells what is in it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_JOURNEY_API_H
#define INSIGHT_JOURNEY_API_H

#include "net/route.h"

extern const struct route journey_routes[];
extern const size_t journey_route_count;

#endif
