/* insight/contrast_api.h - two sets of answers set against each other, over HTTP. The room is the server's cubes.
 *
 *   GET /api/v1/insights/compare   filters as in feedback/filter.h, which both sides have in common, and
 *       a=FILTERS b=FILTERS   what each side has besides, or in place of them: a=channel%3Demail&b=channel%3Dsms
 *       part=KIND/BRAND/TOUCHPOINT   insight/one_part.h, for a side that does not choose among surveys itself
 *       vote=answer|person|account
 *
 * Without b the other side is the rest: what is in the common filters and not in a.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_CONTRAST_API_H
#define INSIGHT_CONTRAST_API_H

#include "net/route.h"

extern const struct route contrast_routes[];
extern const size_t contrast_route_count;

#endif
