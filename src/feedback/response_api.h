/* feedback/response_api.h - answers over HTTP: post, list, read, correct. Room: struct survey_room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_API_H
#define FEEDBACK_RESPONSE_API_H

#include "net/route.h"

extern const struct route response_routes[];
extern const size_t response_route_count;

#endif
