/* tests/feedback/cells_same.h - two answers to one question, compared to the last bit.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_CELLS_SAME_H
#define TESTS_FEEDBACK_CELLS_SAME_H

#include "question.h"

/* Fails the test with the question's words. */
void cells_differ(const struct question *q, const char *what);
void cells_same(const struct question *q, const struct cells *a, const struct cells *b);

#endif
