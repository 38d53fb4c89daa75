/* app/api_docs.h - the API's documentation for people: a page and its two files, made by the build from the description
 * that app/openapi.h serves to programs. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_API_DOCS_H
#define APP_API_DOCS_H

#include "net/route.h"

extern const struct route api_docs_routes[];
extern const size_t api_docs_route_count;

#endif
