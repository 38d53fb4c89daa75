/* insight/emerging_api.h - themes that are spoken of more often than before, over HTTP.
 *
 *   GET /api/v1/insights/emerging    any role; of one part, whatever else is filtered would be one more look
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_EMERGING_API_H
#define INSIGHT_EMERGING_API_H

#include "net/route.h"

extern const struct route emerging_routes[];
extern const size_t emerging_route_count;

#endif
