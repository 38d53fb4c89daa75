/* feedback/response_api.h - answers over HTTP: post, list, read, correct. Room: struct survey_room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_API_H
#define FEEDBACK_RESPONSE_API_H

#include "net/route.h"

struct response_query;

/* Which answers the query of the request means, within the caller's scope. */
MUST_USE bool response_query_of(struct request *rq, struct response_query *q, struct err *err);
/* Which answers the caller means, in the words of the list's query ("group=detractors&survey=shop"), within his scope. */
MUST_USE bool response_query_read(struct request *rq, Str text, struct response_query *q,
                                  struct err *err);

extern const struct route response_routes[];
extern const size_t response_route_count;

#endif
