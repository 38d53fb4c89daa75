/* insight/goal_api.h - goals over HTTP. Needs no room. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_GOAL_API_H
#define INSIGHT_GOAL_API_H

#include "net/route.h"

extern const struct route goal_routes[];
extern const size_t goal_route_count;

#endif
