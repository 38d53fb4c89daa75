/* app/nightly.h - the housekeeping of a running server: once a day, and nothing written when there is nothing to do.
 *
 * A thread of its own drops sessions and login links that are over, idempotency keys older than a day, files that no import
 * waits for and what lies in the bin for 30 days, and makes the nightly backup. It runs at three o'clock of this machine's
 * time.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_NIGHTLY_H
#define APP_NIGHTLY_H

#include "base/err.h"

struct nightly;
struct store;

/* `backup` may be NULL: then none is made. It runs on the nightly thread. */
struct nightly *nightly_start(struct store *store, bool (*backup)(void *context, struct err *err),
                              void *context);
/* Waits for what runs just now. */
void nightly_stop(struct nightly *nightly);

/* One round, on this thread: what the thread does each night, without the backup. */
MUST_USE bool nightly_prune(struct store *store, struct err *err);

#endif
