/* insight/segments_api.h - segments over HTTP. The room is the server's cubes.
 *
 *   GET /api/v1/insights/segments   filters as in feedback/filter.h, and
 *       by=ATTRIBUTE and=ATTRIBUTE   insight/attribute.h; by is channel where it is not said
 *       part=KIND/BRAND/TOUCHPOINT   insight/one_part.h
 *       vote=answer|person|account   whose vote an answer is
 *   GET /api/v1/insights/segments/answers   the same without and; value=VALUE, version=N: the newest answers of that segment
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SEGMENTS_API_H
#define INSIGHT_SEGMENTS_API_H

#include "net/route.h"

extern const struct route segments_routes[];
extern const size_t segments_route_count;

#endif
