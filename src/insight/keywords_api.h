/* insight/keywords_api.h - words that set two sides apart, over HTTP, and who says one of them.
 *
 *   GET /api/v1/insights/keywords            without a and b: promoters against detractors; with `word`, who says it, too
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_KEYWORDS_API_H
#define INSIGHT_KEYWORDS_API_H

#include "net/route.h"

extern const struct route keywords_routes[];
extern const size_t keywords_route_count;

#endif
