/* feedback/action_api.h - work on many answers over HTTP.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_ACTION_API_H
#define FEEDBACK_ACTION_API_H

#include "net/route.h"

extern const struct route action_routes[];
extern const size_t action_route_count;

#endif
