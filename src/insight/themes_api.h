/* insight/themes_api.h - what comments speak of, over HTTP: all themes, and one with its quotes and who says it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEMES_API_H
#define INSIGHT_THEMES_API_H

#include "net/route.h"

extern const struct route themes_routes[];
extern const size_t themes_route_count;

#endif
