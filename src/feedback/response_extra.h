/* feedback/response_extra.h - what a list shows of answers beside their own row: tags, how many notes, whose they are.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_EXTRA_H
#define FEEDBACK_RESPONSE_EXTRA_H

#include "base/json.h"
#include "feedback/response.h"

struct response_extra {
	Str *tags; /* by name */
	size_t tag_count;
	int64_t notes;
	Str person; /* a name, else an address; at NULL: nobody, or names are not to be shown */
};

/* One for each answer, in the same order. */
MUST_USE bool response_extras(struct db *db, struct arena *a, int64_t workspace,
                              const struct response *all, size_t count, bool names,
                              struct response_extra **out, struct err *err);

/* The members of a dict that the caller has opened. */
void response_extra_put(struct json_writer *w, const struct response_extra *extra);

#endif
