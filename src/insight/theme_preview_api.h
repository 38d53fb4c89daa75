/* insight/theme_preview_api.h - what a change of a theme would do, over HTTP. Room: struct reading_room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_PREVIEW_API_H
#define INSIGHT_THEME_PREVIEW_API_H

#include "net/route.h"

extern const struct route theme_preview_routes[];
extern const size_t theme_preview_route_count;

#endif
