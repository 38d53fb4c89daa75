/* feedback/response_reading.h - what was understood of answers' comments, as the API shows it. reading/ writes it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_READING_H
#define FEEDBACK_RESPONSE_READING_H

#include "base/json.h"
#include "feedback/response.h"
#include "feedback/sight.h"

struct response_reading;

/* One for each answer, in the same order; what was not read yet, or has no comment, is told as null. */
MUST_USE bool response_readings(struct db *db, struct arena *a, int64_t workspace,
                                const struct response *all, size_t count,
                                struct response_reading **out, struct err *err);
/* The member "reading" of a dict that the caller has opened, of the answer at this place. Places in the comment are those of
 * what is in sight of it. `a` is scratch. */
void response_reading_put(struct json_writer *w, struct arena *a,
                          const struct response_reading *all, size_t at, const struct sight *sight);

#endif
