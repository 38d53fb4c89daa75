/* app/openapi.h - the description of the API, served by the API. tests/http/ holds it against routes and replies.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_OPENAPI_H
#define APP_OPENAPI_H

#include "net/route.h"

extern const struct route openapi_routes[];
extern const size_t openapi_route_count;

#endif
