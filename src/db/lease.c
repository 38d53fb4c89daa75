/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/lease.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "db/process.sql.h"

void lease_name_owner(struct lease *lease, int64_t now)
{
	char host[32] = "";
	uint64_t nonce;
	gethostname(host, sizeof host - 1);
	for (char *c = host; *c; c++)
		if ((unsigned char)*c >= 0x80 || (unsigned char)*c < ' ')
			*c = '?';
	rng_bytes(&nonce, sizeof nonce);
	snprintf(lease->owner, sizeof lease->owner, "%s %d %" PRId64 " %016" PRIx64, host,
	         (int)getpid(), now, nonce);
}

/* The lowest number that is missing from the table or expired. */
static bool find_free(struct db *db, int64_t now, int64_t *out, struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, &sql_process_list, DB_NO_ARGS, err))
		return false;
	int64_t candidate = 0;
	enum db_next next;
	while ((next = db_step(&rows, err)) == DB_ROW && db_i64(&rows, 0) == candidate &&
	       db_i64(&rows, 1) >= now)
		candidate++;
	db_rows_close(&rows);
	if (next == DB_FAILED)
		return false;
	if (candidate >= LEASE_NUMBERS)
		return err_set(err, ERR_BUSY, "all %d process numbers are in use", LEASE_NUMBERS);
	*out = candidate;
	return true;
}

/* Another process may take the number that was just found free: then the next one is looked for. */
static bool take(struct lease *lease, struct db *db, int64_t now, int64_t expires_at,
                 struct err *err)
{
	int64_t number = 0, changed = 0;
	while (changed == 0)
		if (!find_free(db, now, &number, err) ||
		    !db_exec(db, &sql_process_take,
		             DB_ARGS(db_arg_i64(number), db_arg_text(str_of(lease->owner)),
		                     db_arg_i64(expires_at), db_arg_i64(now)),
		             &changed, err))
			return false;
	lease->number = number;
	return true;
}

static bool renew(struct lease *lease, struct db *db, int64_t expires_at, bool *ours,
                  struct err *err)
{
	int64_t changed = 0;
	if (lease->held &&
	    !db_exec(db, &sql_process_renew,
	             DB_ARGS(db_arg_i64(lease->number), db_arg_text(str_of(lease->owner)),
	                     db_arg_i64(expires_at)),
	             &changed, err))
		return false;
	*ours = changed > 0;
	return true;
}

bool lease_secure(struct lease *lease, struct db *db, int64_t now, int64_t length, struct err *err)
{
	bool ours = false;
	struct lease fresh = *lease;
	if (!db_begin(db, err))
		return false;
	if (!renew(&fresh, db, now + length, &ours, err) ||
	    (!ours && !take(&fresh, db, now, now + length, err))) {
		db_rollback(db);
		return false;
	}
	if (!db_commit(db, err))
		return false;
	fresh.held = true;
	fresh.expires_at = now + length;
	*lease = fresh;
	return true;
}

bool lease_give_back(struct lease *lease, struct db *db, int64_t free_from, struct err *err)
{
	bool ours;
	if (!lease->held)
		return true;
	if (!db_begin(db, err))
		return false;
	if (!renew(lease, db, free_from, &ours, err)) {
		db_rollback(db);
		return false;
	}
	lease->held = false;
	return db_commit(db, err);
}
