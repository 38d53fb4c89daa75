/* feedback/facets_api.h - what there is to filter by, over HTTP: GET /api/v1/responses/facets, filters as in
 * feedback/filter.h. Needs no room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_FACETS_API_H
#define FEEDBACK_FACETS_API_H

#include "net/route.h"

extern const struct route facets_routes[];
extern const size_t facets_route_count;

#endif
