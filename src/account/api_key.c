/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/api_key.h"

#include <string.h>

#include "account/api_key.sql.h"
#include "base/b64.h"
#include "base/hash.h"
#include "base/rng.h"
#include "db/list.h"

#define SECRET_SIZE 20
#define RAW_SIZE    (8 + SECRET_SIZE)
#define PREFIX      "hk_"

static const struct {
	enum scope scope;
	const char *name;
} scopes[] = {
	{ SCOPE_TRACK, "track" },
	{ SCOPE_READ, "read" },
	{ SCOPE_WRITE, "write" },
	{ SCOPE_ADMIN, "admin" },
};

const char *scope_name(unsigned scope)
{
	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
		if (scopes[i].scope == scope)
			return scopes[i].name;
	return "";
}

bool scope_parse(Str text, enum scope *out, struct err *err)
{
	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
		if (str_eq(str_of(scopes[i].name), text)) {
			*out = scopes[i].scope;
			return true;
		}
	return err_at(err, ERR_INVALID, "/scope", "the scope is track, read, write or admin");
}

bool api_key_name_check(Str name, struct err *err)
{
	bool clean = name.len > 0 && name.len <= API_KEY_NAME_MAX;
	for (size_t i = 0; clean && i < name.len; i++)
		clean = (unsigned char)name.at[i] >= 0x20;
	return clean ||
	       err_at(err, ERR_INVALID, "/name",
	              "a key's name has 1 to %d bytes and no control characters", API_KEY_NAME_MAX);
}

/* The kept hash is of the secret's bytes, not of its spelling. */
static Str secret_hash(struct arena *a, const unsigned char *secret)
{
	unsigned char *hash = arena_alloc(a, HASH_SIZE);
	hash_sha256((Str){ (const char *)secret, SECRET_SIZE }, hash);
	return (Str){ (const char *)hash, HASH_SIZE };
}

void api_key_make(struct arena *a, int64_t workspace, Str *text, Str *hash)
{
	unsigned char raw[RAW_SIZE];
	char *out = arena_alloc(a, API_KEY_LENGTH);
	for (int i = 0; i < 8; i++)
		raw[i] = (unsigned char)((uint64_t)workspace >> (56 - 8 * i));
	rng_bytes(raw + 8, SECRET_SIZE);
	memcpy(out, PREFIX, sizeof PREFIX - 1);
	b64_encode(raw, sizeof raw, out + sizeof PREFIX - 1);
	*text = (Str){ out, API_KEY_LENGTH };
	*hash = secret_hash(a, raw + 8);
}

bool api_key_parse(struct arena *a, Str text, int64_t *workspace, Str *hash)
{
	unsigned char raw[RAW_SIZE];
	size_t len;
	if (text.len != API_KEY_LENGTH || !str_starts(text, STR(PREFIX)) ||
	    !b64_decode(str_from(text, sizeof PREFIX - 1), raw, sizeof raw, &len) ||
	    len != sizeof raw)
		return false;
	uint64_t id = 0;
	for (int i = 0; i < 8; i++)
		id = id << 8 | raw[i];
	if (id == 0 || id > INT64_MAX)
		return false;
	*workspace = (int64_t)id;
	*hash = secret_hash(a, raw + 8);
	return true;
}

static bool read_key(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct api_key *key = out;
	(void)err;
	*key = (struct api_key){
		.id = db_i64(rows, 0),
		.name = db_text(rows, 1, a),
		.scope = (enum scope)db_i64(rows, 2),
		.created_at = db_i64(rows, 3),
		.created_by = db_i64(rows, 4),
		.revoked_at = db_i64(rows, 5),
	};
	return true;
}

bool api_key_create(struct db_tx *tx, Str hash, Str name, enum scope scope, int64_t created_by,
                    int64_t *out, struct err *err)
{
	int64_t id = tx_new_id(tx);
	if (!db_exec(tx->db, &sql_api_key_insert,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_blob(hash),
	                     db_arg_text(name), db_arg_i64(scope), db_arg_i64(tx->now),
	                     db_arg_id_or_null(created_by)),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_KEY, id);
	*out = id;
	return true;
}

bool api_key_find(struct db *db, int64_t workspace, Str hash, struct arena *a, struct api_key *out,
                  bool *found, struct err *err)
{
	return db_one(db, &sql_api_key_find, DB_ARGS(db_arg_i64(workspace), db_arg_blob(hash)),
	              read_key, out, a, found, err);
}

bool api_key_list(struct db *db, int64_t workspace, struct arena *a, struct api_key **out,
                  size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_api_key_list, DB_ARGS(db_arg_i64(workspace)), read_key, sizeof **out,
	             a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool api_key_revoke(struct db_tx *tx, int64_t key, struct err *err)
{
	struct api_key row;
	bool found;
	if (!db_one(tx->db, &sql_api_key_get, DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(key)),
	            read_key, &row, tx->arena, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no such key");
	if (row.revoked_at)
		return true;
	if (!db_exec(tx->db, &sql_api_key_revoke,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(key), db_arg_i64(tx->now)), NULL,
	             err))
		return false;
	tx_changed(tx, CHANGE_KEY, key);
	return true;
}
