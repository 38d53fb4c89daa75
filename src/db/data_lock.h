/* db/data_lock.h - one server, restore or migration at a time in a data directory.
 *
 * An flock on DATA/heed.lock, gone with its process however it ends. The file says who holds it, for the refusal.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_DATA_LOCK_H
#define DB_DATA_LOCK_H

#include <stdint.h>

#include "base/err.h"

/* Tries for up to wait_us. ERR_BUSY names the holder: what it is, its process id, since when. */
MUST_USE bool data_lock_take(const char *data_dir, const char *what, int64_t now, int64_t wait_us,
                             int *fd, struct err *err);
void data_lock_give(int fd); /* -1 is fine */

#endif
