/* insight/standouts_api.h - what stands out, over HTTP. Any role.
 *
 *   GET /api/v1/insights/findings   no parameters
 *
 * The list is made when it is first asked for on a day of the workspace, and again when answers changed since and it is ten
 * minutes old. It is kept by workspace, scope and what may be shown, so that a team has a list of its own answers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_STANDOUTS_API_H
#define INSIGHT_STANDOUTS_API_H

#include "net/route.h"

struct cubes;
struct standouts_kept; /* standouts_kept.h */
struct days_kept;      /* days_kept.h */

/* The room of these routes. Shared by threads. */
struct standouts_room {
	struct cubes *cubes;
	struct standouts_kept *kept;
	struct days_kept *days;
};

extern const struct route standouts_routes[];
extern const size_t standouts_route_count;

#endif
