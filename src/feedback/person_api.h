/* feedback/person_api.h - persons over HTTP. Needs no room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PERSON_API_H
#define FEEDBACK_PERSON_API_H

#include "net/route.h"

extern const struct route person_routes[];
extern const size_t person_route_count;

#endif
