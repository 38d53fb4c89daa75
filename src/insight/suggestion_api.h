/* insight/suggestion_api.h - themes that comments suggest, over HTTP: list with quotes, accept, merge, rename, dismiss, undo, look now.
 * Room: struct reading_room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SUGGESTION_API_H
#define INSIGHT_SUGGESTION_API_H

#include "net/route.h"

extern const struct route suggestion_routes[];
extern const size_t suggestion_route_count;

#endif
