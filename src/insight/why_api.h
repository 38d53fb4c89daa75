/* insight/why_api.h - why a score moved, over HTTP; its room is the server's cubes.
 *
 *   GET /api/v1/insights/why   filters as in feedback/filter.h; without `from` 90 days, and
 *       compare=previous|year    the period that it is compared with; previous without it
 *       part=KIND/BRAND/CODE     which score; the first that has answers without it
 *       by=channel|wording|survey|language|tenure|property.NAME   again and again, up to four
 *
 * Described in web/api/why.json; insight/why.h tells how it is answered.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_WHY_API_H
#define INSIGHT_WHY_API_H

#include "net/route.h"

extern const struct route why_routes[];
extern const size_t why_route_count;

#endif
