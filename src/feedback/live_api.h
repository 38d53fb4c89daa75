/* feedback/live_api.h - the stream of changes over HTTP.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_LIVE_API_H
#define FEEDBACK_LIVE_API_H

#include "net/route.h"

extern const struct route live_routes[];
extern const size_t live_route_count;

#endif
