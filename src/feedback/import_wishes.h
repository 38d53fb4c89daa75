/* feedback/import_wishes.h - what somebody wants done with a file, as JSON: in requests, and kept with a job.
 *
 *	{"upload_id": "1", "survey": "customers", "new_survey": {"name": "Customers"}, "preset": "auto",
 *	 "mapping": {"1": "email", "3": "score", "4": "ignored"}, "key": 2, "scale": "0-10", "date_order": "dmy",
 *	 "repeat": "known", "customer_labels": "Customer, Caller"}
 *
 * Columns are numbered from 1. Everything but upload_id may be absent. `key` 0 means that no column is one, although a
 * preset has it. `repeat` is "known" when the file may repeat rows of an earlier one, "new" when each row is a new answer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_WISHES_H
#define FEEDBACK_IMPORT_WISHES_H

#include "base/json.h"
#include "feedback/import_plan.h"

enum import_repeat { REPEAT_UNSAID, REPEAT_KNOWN, REPEAT_NEW };

struct import_request {
	int64_t upload_id;
	Str survey,
	    new_name; /* slug of one that is there; name of one to be made; at NULL: not given */
	enum import_repeat repeat;
	struct import_wishes plan;
};

/* Texts live in the arena. ERR_INVALID with the path. */
MUST_USE bool import_request_read(struct arena *a, Str json, struct import_request *out,
                                  struct err *err);

#endif
