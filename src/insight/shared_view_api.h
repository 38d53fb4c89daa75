/* insight/shared_view_api.h - links that show figures, over HTTP: making, listing, changing, revoking. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_VIEW_API_H
#define INSIGHT_SHARED_VIEW_API_H

#include "net/route.h"

/* Their room is a struct account. */
extern const struct route shared_view_routes[];
extern const size_t shared_view_route_count;

#endif
