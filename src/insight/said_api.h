/* insight/said_api.h - what people say, in short: the themes that most detractors criticise and most promoters praise.
 *
 *   GET /api/v1/insights/said    any role; counts alone, so that it may stand on the overview
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SAID_API_H
#define INSIGHT_SAID_API_H

#include "net/route.h"

extern const struct route said_routes[];
extern const size_t said_route_count;

#endif
