/* db/lease.h - the number that makes a process's ids its own, leased in the table `process`.
 *
 * A number is free when its row is missing or expired. It is never deleted: giving it back sets the expiry to just
 * behind the newest id, so that a successor, even one with a clock that lags, cannot make the same id. Taking
 * and renewing are transactions of their own on a connection that has none open.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_LEASE_H
#define DB_LEASE_H

#include "db/backend.h"

#define LEASE_NUMBERS 1024

/* Zero-initialise: nothing is held. */
struct lease {
	bool held;
	int64_t number, expires_at;
	char owner[96];
};

/* Host, process and start: who holds the number. */
void lease_name_owner(struct lease *lease, int64_t now);
/* Renews what is held and still ours, else takes a free number. ERR_BUSY when all are taken. */
MUST_USE bool lease_secure(struct lease *lease, struct db *db, int64_t now, int64_t length,
                           struct err *err);
MUST_USE bool lease_give_back(struct lease *lease, struct db *db, int64_t free_from,
                              struct err *err);

#endif
