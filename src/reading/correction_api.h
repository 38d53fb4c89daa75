/* reading/correction_api.h - what people say of a reading, over HTTP: correct, list, undo.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_CORRECTION_API_H
#define READING_CORRECTION_API_H

#include "net/route.h"

extern const struct route correction_routes[];
extern const size_t correction_route_count;

#endif
