/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/idempotency.h"

#include <sodium.h>

#include "account/idempotency.sql.h"

static void hash_part(crypto_hash_sha256_state *state, Str part)
{
	uint64_t len = part.len;
	crypto_hash_sha256_update(state, (const unsigned char *)&len, sizeof len);
	if (part.len)
		crypto_hash_sha256_update(state, (const unsigned char *)part.at, part.len);
}

static bool is_key(Str text)
{
	if (text.len == 0 || text.len > IDEMPOTENCY_KEY_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < 0x21 || text.at[i] > 0x7e)
			return false;
	return true;
}

bool idempotency_read(struct request *rq, struct idempotency *out, struct err *err)
{
	Str key = request_header(rq, "Idempotency-Key");
	struct idempotency it = { 0 };
	if (key.at) {
		if (!is_key(key))
			return err_set(err, ERR_INVALID,
			               "Idempotency-Key must be 1 to %d printable characters",
			               IDEMPOTENCY_KEY_MAX);
		char *hash = arena_alloc(rq->arena, crypto_hash_sha256_BYTES);
		crypto_hash_sha256_state state;
		crypto_hash_sha256_init(&state);
		hash_part(&state, rq->method);
		hash_part(&state, rq->path);
		hash_part(&state, rq->body);
		crypto_hash_sha256_final(&state, (unsigned char *)hash);
		it = (struct idempotency){ key, { hash, crypto_hash_sha256_BYTES } };
	}
	*out = it;
	return true;
}

struct kept {
	Str body_hash;
	int64_t subject;
};

static bool read_kept(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct kept *)out = (struct kept){ db_blob(rows, 0, a), db_i64(rows, 1) };
	return true;
}

bool idempotency_find(struct db_tx *tx, const struct idempotency *it, int64_t *subject,
                      struct err *err)
{
	struct kept kept;
	bool found = false;
	if (it->key.at && !db_one(tx->db, &sql_idempotency_find,
	                          DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(it->key),
	                                  db_arg_i64(tx->now - IDEMPOTENCY_LASTS)),
	                          read_kept, &kept, tx->arena, &found, err))
		return false;
	if (found && !str_eq(kept.body_hash, it->body_hash))
		return err_set(err, ERR_INVALID,
		               "this Idempotency-Key was used for another request; use a new one");
	*subject = found ? kept.subject : 0;
	return true;
}

bool idempotency_keep(struct db_tx *tx, const struct idempotency *it, int64_t subject,
                      struct err *err)
{
	int64_t changed;
	if (it->key.at == NULL)
		return true;
	if (!db_exec(tx->db, &sql_idempotency_keep,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(it->key),
	                     db_arg_blob(it->body_hash), db_arg_i64(subject), db_arg_i64(tx->now),
	                     db_arg_i64(tx->now - IDEMPOTENCY_LASTS)),
	             &changed, err))
		return false;
	/* Another process was quicker with the same key. */
	if (changed == 0)
		return err_set(err, ERR_CONFLICT,
		               "the same request is being handled; send it again");
	return true;
}

bool idempotency_prune(struct db_tx *tx, void *more, struct err *err)
{
	int64_t gone;
	if (!db_exec(tx->db, &sql_idempotency_prune,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now - IDEMPOTENCY_LASTS)),
	             &gone, err))
		return false;
	*(bool *)more = gone == IDEMPOTENCY_PRUNE;
	return true;
}

bool idempotency_prunable(struct db *db, int64_t workspace, int64_t now, bool *out, struct err *err)
{
	int64_t any;
	if (!db_one_i64(db, &sql_idempotency_any_over,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(now - IDEMPOTENCY_LASTS)), 0,
	                &any, err))
		return false;
	*out = any != 0;
	return true;
}
