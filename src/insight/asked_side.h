/* insight/asked_side.h - one side of a question that sets two against each other, as a parameter has it.
 *
 *   a=channel%3Demail%26from%3D2026-01-01        filters within a parameter, as a query string of their own
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ASKED_SIDE_H
#define INSIGHT_ASKED_SIDE_H

#include "insight/asked.h"

/* What the side says stands in place of what is common to both; at NULL it says nothing. */
MUST_USE bool asked_side_read(struct request *rq, const struct asked *asked, Str filters,
                              struct answer_filter *out, struct err *err);

#endif
