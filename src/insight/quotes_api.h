/* insight/quotes_api.h - quotes over HTTP: the newest comments of promoters and detractors, masked. Needs no room. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_QUOTES_API_H
#define INSIGHT_QUOTES_API_H

#include "net/route.h"

extern const struct route quotes_routes[];
extern const size_t quotes_route_count;

#endif
