/* insight/share_check_api.h - checked shares over HTTP: draw a sample, read it, see what it says of each theme. Room: the cubes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARE_CHECK_API_H
#define INSIGHT_SHARE_CHECK_API_H

#include "net/route.h"

extern const struct route share_check_routes[];
extern const size_t share_check_route_count;

#endif
