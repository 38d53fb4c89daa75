/* feedback/export_api.h - GET /api/v1/responses/export?format=csv|jsonl[&for_spreadsheet=1], filters as in feedback/filter.h
 *
 * Streams; needs no room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_EXPORT_API_H
#define FEEDBACK_EXPORT_API_H

#include "net/route.h"

extern const struct route export_routes[];
extern const size_t export_route_count;

#endif
