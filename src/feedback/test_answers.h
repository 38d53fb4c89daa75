/* feedback/test_answers.h - what came through a survey's test link: counted nowhere, and taken away at once when asked. An
 * answer that somebody marked as a test by hand is not of these.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_TEST_ANSWERS_H
#define FEEDBACK_TEST_ANSWERS_H

#include "net/route.h"

/* Of one unit; who asks does so again while there are more. */
#define TEST_ANSWERS_AT_ONCE 500

struct test_answers_input {
	int64_t survey;
	Str slug;
	const struct caller *caller; /* whose team's scope binds */
	int64_t removed;             /* result */
	bool more;                   /* result */
};

/* A unit's function: removes them for good, with their history; input is a struct test_answers_input. */
bool test_answers_remove(struct db_tx *tx, void *input, struct err *err);

extern const struct route test_answers_routes[];
extern const size_t test_answers_route_count;

#endif
