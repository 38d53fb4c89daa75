/* feedback/response_list.h - answers, newest first, a page at a time.
 *
 * A place in the list is (submitted_at, id), so that a page never repeats or skips what was there before it was asked
 * for. What SQL cannot decide is decided answer by answer; a call looks at LIST_SCAN_MAX answers at most, so a page
 * under a rare filter may be short, or empty, and yet have a next one. Looking for a text it looks on for LIST_SEARCH_TIME.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_LIST_H
#define FEEDBACK_RESPONSE_LIST_H

#include "feedback/filter.h"
#include "feedback/response.h"
#include "survey/definition.h"

#define LIST_LIMIT_DEFAULT 50
#define LIST_LIMIT_MAX     200
#define LIST_SCAN_MAX      10000
#define LIST_SEARCH_TIME   (CLOCK_SECOND * 150 / 1000)

struct list_place {
	int64_t submitted_at, id;
};

struct response_query {
	const struct team_scope *scope; /* never NULL */
	struct answer_filter filter; /* its period is that of the first score, else of the answer */
	bool has_after;
	struct list_place after;
	size_t limit;
};

struct response_page {
	struct response *all;
	size_t count;
	bool more;
	struct list_place next; /* when more: the query's `after` */
};

MUST_USE bool response_list(struct db *db, struct arena *a, int64_t workspace,
                            const struct response_query *query, struct response_page *out,
                            struct err *err);

/* As a cursor in a reply, and back. */
Str list_place_write(struct arena *a, const struct list_place *place);
MUST_USE bool list_place_read(Str text, struct list_place *out, struct err *err);

#endif
