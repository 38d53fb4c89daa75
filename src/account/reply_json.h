/* account/reply_json.h - JSON into a reply's body, in the request's arena.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_REPLY_JSON_H
#define ACCOUNT_REPLY_JSON_H

#include "base/json.h"
#include "net/route.h"

/* A writer whose buffer goes with the request's arena. */
struct json_writer *reply_json(struct request *rq);
/* What was written becomes the body. ERR_TOO_LARGE past 4 MiB. */
MUST_USE bool reply_json_end(struct json_writer *w, struct reply *rp, int status, struct err *err);
/* The `reply` of a route that has nothing to say: 204. */
bool reply_nothing(struct request *rq, struct reply *rp, struct err *err);

#endif
