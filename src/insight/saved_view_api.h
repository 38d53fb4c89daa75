/* insight/saved_view_api.h - views with a name, over HTTP. Any role; who may share and change: insight/saved_view.h.
 *
 *   GET, POST /api/v1/saved-views      PATCH, DELETE /api/v1/saved-views/{saved_view}
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SAVED_VIEW_API_H
#define INSIGHT_SAVED_VIEW_API_H

#include "net/route.h"

extern const struct route saved_view_routes[];
extern const size_t saved_view_route_count;

#endif
