/* insight/quality_api.h - answers worth a look, over HTTP. Owners, admins and analysts; the room is the server's cubes.
 *
 *   GET /api/v1/insights/quality   filters as in feedback/filter.h, part as in insight/one_part.h, and
 *       by=channel   what units are: insight/attribute.h, without tag
 *
 * What it gives stands in insight/quality.h and web/api/quality.json.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_QUALITY_API_H
#define INSIGHT_QUALITY_API_H

#include "net/route.h"

extern const struct route quality_routes[];
extern const size_t quality_route_count;

#endif
