/* feedback/page_doubt.h - takes answers out of the figures when a burst shows afterwards that no person gave them.
 *
 * An answer that stood before the burst, and that the burst's first form overwrote, is put back as it was.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_DOUBT_H
#define FEEDBACK_PAGE_DOUBT_H

#include "feedback/burst.h"
#include "net/route.h"

/* Queues a unit for each answer and does not wait. One that finds no room is logged and stays as it is. */
void page_doubt(struct request *rq, int64_t workspace, const struct burst_doubts *doubts);

#endif
