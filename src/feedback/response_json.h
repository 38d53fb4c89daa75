/* feedback/response_json.h - an answer as the API shows it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_JSON_H
#define FEEDBACK_RESPONSE_JSON_H

#include "base/json.h"
#include "feedback/response.h"
#include "feedback/sight.h"

/* The members of a dict that the caller has opened. Without names in sight the properties that tell who somebody is are
 * left out. `a` is scratch. */
void response_put(struct json_writer *w, struct arena *a, const struct response *r,
                  const struct sight *sight);
void response_put_past(struct json_writer *w, struct arena *a, const struct response_past *all,
                       size_t count, const struct sight *sight);

#endif
