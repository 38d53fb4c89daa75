/* reading/learnt_api.h - how well comments are read, and learning at once, over HTTP. Room: struct reading_room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_LEARNT_API_H
#define READING_LEARNT_API_H

#include "net/route.h"

extern const struct route learnt_routes[];
extern const size_t learnt_route_count;

#endif
