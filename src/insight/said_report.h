/* insight/said_report.h - what people say beside one score, in short (insight/said.h): as lines for a terminal of 80 columns, and as
 * JSON.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SAID_REPORT_H
#define INSIGHT_SAID_REPORT_H

#include "base/json.h"
#include "insight/insight.h"
#include "insight/themes.h"

/* Sets part->said of each part of the answer, in the arena. `q` is the question that the answer is of. */
MUST_USE bool said_report_ask(const struct facts *facts, struct arena *a,
                              const struct cell_question *q, struct insight_answer *answer,
                              struct err *err);

/* Nothing where fewer comments than SAID_REPORT_COMMENTS say something. */
#define SAID_REPORT_COMMENTS 30
void said_report_write(struct buf *out, const struct themes *t);
/* "said" as a member of the open dict. */
void said_report_put(struct json_writer *w, const struct themes *t);

#endif
