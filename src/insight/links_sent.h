/* insight/links_sent.h - for how many people personal links of a survey were made, by channel, and how many of them answered.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_LINKS_SENT_H
#define INSIGHT_LINKS_SENT_H

#include "insight/days_kept.h"

/* Of what days_channel counts. */
enum { LINKS_SENT, LINKS_SCORED };

/* Of links made in [from, before), INT64_MIN and INT64_MAX for open ends; revoked ones are none. kept NULL: all are counted. */
MUST_USE bool links_sent(struct days_kept *kept, struct db *db, struct arena *a, int64_t workspace,
                         int64_t survey, int64_t from, int64_t before, struct days_channel **out,
                         size_t *count, struct err *err);

#endif
