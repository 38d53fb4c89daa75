/* feedback/response_json.h - an answer as the API shows it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_JSON_H
#define FEEDBACK_RESPONSE_JSON_H

#include "base/json.h"
#include "feedback/response.h"

/* The members of a dict that the caller has opened. */
void response_put(struct json_writer *w, const struct response *r);
void response_put_past(struct json_writer *w, const struct response_past *all, size_t count);

#endif
