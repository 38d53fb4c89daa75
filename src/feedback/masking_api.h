/* feedback/masking_api.h - personal data over HTTP: how far masking what is there has come, beginning it, stopping it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_MASKING_API_H
#define FEEDBACK_MASKING_API_H

#include "net/route.h"

extern const struct route masking_routes[];
extern const size_t masking_route_count;

#endif
