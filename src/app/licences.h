/* app/licences.h - Heed's licence in short, and the notices of what it holds of others' work: a text made by the build. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_LICENCES_H
#define APP_LICENCES_H

#include "net/route.h"

extern const struct route licences_routes[];
extern const size_t licences_route_count;

#endif
