/* feedback/tag_api.h - the workspace's tags over HTTP.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_TAG_API_H
#define FEEDBACK_TAG_API_H

#include "net/route.h"

extern const struct route tag_routes[];
extern const size_t tag_route_count;

#endif
