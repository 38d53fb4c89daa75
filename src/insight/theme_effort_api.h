/* insight/theme_effort_api.h - how much work a theme is, over HTTP.
 *
 *   PUT /api/v1/themes/{theme}/effort    {"effort": "small" | "medium" | "large" | null}; who builds surveys
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_EFFORT_API_H
#define INSIGHT_THEME_EFFORT_API_H

#include "net/route.h"

extern const struct route theme_effort_routes[];
extern const size_t theme_effort_route_count;

#endif
