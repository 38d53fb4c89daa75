/* insight/alert_api.h - alerts, and what the watch can see, over HTTP.
 *
 *   GET   /api/v1/alerts            any role: alerts of the scores that the caller's team sees whole, and every watch
 *   PATCH /api/v1/alerts/{alert}    who builds surveys: {"state": "open" | "dismissed", "snoozed_until": day or null}
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ALERT_API_H
#define INSIGHT_ALERT_API_H

#include "net/route.h"

extern const struct route alert_routes[];
extern const size_t alert_route_count;

#endif
