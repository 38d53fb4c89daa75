/* feedback/response_query.h - which answers somebody means, in the words of the list's query, within his scope.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_QUERY_H
#define FEEDBACK_RESPONSE_QUERY_H

#include "net/route.h"

struct response_query;

/* The query of the request. */
MUST_USE bool response_query_of(struct request *rq, struct response_query *q, struct err *err);
/* A text that is one: "group=detractors&survey=shop". */
MUST_USE bool response_query_read(struct request *rq, Str text, struct response_query *q,
                                  struct err *err);

#endif
