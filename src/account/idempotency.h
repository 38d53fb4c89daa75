/* account/idempotency.h - the same request twice does it once.
 *
 * A client sends `Idempotency-Key`; for 24 hours the key stands for what its first request made. A write route reads it in
 * prepare with idempotency_read and asks in apply, inside the unit, before it writes:
 *
 *	if (!idempotency_find(tx, &in->idempotency, &done, err))   (422 when the body was another)
 *		return false;
 *	if (done)
 *		return reply_as_then(done);
 *	... write, then idempotency_keep(tx, &in->idempotency, id, err)
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_IDEMPOTENCY_H
#define ACCOUNT_IDEMPOTENCY_H

#include "base/clock.h"
#include "db/unit.h"
#include "net/route.h"

#define IDEMPOTENCY_KEY_MAX 255
#define IDEMPOTENCY_PRUNE   500
#define IDEMPOTENCY_LASTS   (24 * CLOCK_HOUR)

/* Zero: no key was sent, and find and keep do nothing. Views into the request's arena. */
struct idempotency {
	Str key;
	Str body_hash; /* of operation, path and body */
};

/* The request's key, if it has one. ERR_INVALID when it is empty, too long or not printable ASCII. */
MUST_USE bool idempotency_read(struct request *rq, struct idempotency *out, struct err *err);
/* *subject is what the first request made, 0 when this is the first. Another body: ERR_INVALID. */
MUST_USE bool idempotency_find(struct db_tx *tx, const struct idempotency *it, int64_t *subject,
                               struct err *err);
MUST_USE bool idempotency_keep(struct db_tx *tx, const struct idempotency *it, int64_t subject,
                               struct err *err);

/* Keys older than a day: a bulk unit_fn for one workspace that takes at most 500 (input: bool *more), and whether
 * there are any. */
bool idempotency_prune(struct db_tx *tx, void *more, struct err *err);
MUST_USE bool idempotency_prunable(struct db *db, int64_t workspace, int64_t now, bool *out,
                                   struct err *err);

#endif
