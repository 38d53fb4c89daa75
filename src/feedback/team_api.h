/* feedback/team_api.h - teams over HTTP, with what their scopes take. Needs no room.
 *
 * Who belongs to a team is the members' affair: account/user.h, member_set_team.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_TEAM_API_H
#define FEEDBACK_TEAM_API_H

#include "net/route.h"

extern const struct route team_routes[];
extern const size_t team_route_count;

#endif
