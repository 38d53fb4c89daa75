/* feedback/around_api.h - what stands around an answer: how many a filter takes with it, what else its person said.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_AROUND_API_H
#define FEEDBACK_AROUND_API_H

#include "net/route.h"

extern const struct route around_routes[];
extern const size_t around_route_count;

#endif
