/* feedback/live.h - what happened to answers since a place in the change log, as server-sent events.
 *
 * Events, each with the place behind it as its id ("rev" or "rev.seq"), which Last-Event-ID gives back:
 *   here    the first: where this stream begins
 *   answer  one answer: new, changed or gone
 *   reading what was understood of one, a moment after it came or when somebody put it right
 *   many    more changes than are worth telling one by one: look again
 *   reload  the log does not reach back to the place that was asked for: look again
 * So a client that loses its connection goes on without a gap and without seeing a change twice.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_LIVE_H
#define FEEDBACK_LIVE_H

#include "net/route.h"

struct buf;

struct log_place {
	int64_t rev, seq; /* seq INT64_MAX: the rev was read whole */
};

/* ERR_INVALID when it is none of ours. */
MUST_USE bool log_place_parse(Str text, struct log_place *out, struct err *err);
Str log_place_write(struct arena *a, const struct log_place *place);

struct live_feed {
	struct live live;
	bool begun, resumes; /* resumes: `place` was asked for */
	struct log_place place;
};

/* Adds the events behind the place to *out, at most one look's worth. Each call reads for itself. */
MUST_USE bool live_feed_next(struct live_feed *feed, struct request *rq, struct buf *out,
                             struct err *err);

#endif
