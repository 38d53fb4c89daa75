/* insight/notice_api.h - notices of urgent comments over HTTP.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_NOTICE_API_H
#define INSIGHT_NOTICE_API_H

#include "net/route.h"

extern const struct route notice_routes[];
extern const size_t notice_route_count;

#endif
