/* reading/status_api.h - how far comments are read, what works in which language, and what the workspace is in.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_STATUS_API_H
#define READING_STATUS_API_H

#include "net/route.h"

extern const struct route reading_routes[];
extern const size_t reading_route_count;

#endif
