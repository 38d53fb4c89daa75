/* insight/drivers_api.h - what goes with the score, over HTTP; its room is the server's cubes.
 *
 *   GET /api/v1/insights/drivers   filters as in feedback/filter.h, and part=KIND/BRAND/CODE
 *
 * Described in web/api/drivers.json; insight/goes_with.h tells what is looked at.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_DRIVERS_API_H
#define INSIGHT_DRIVERS_API_H

#include "net/route.h"

extern const struct route drivers_routes[];
extern const size_t drivers_route_count;

#endif
