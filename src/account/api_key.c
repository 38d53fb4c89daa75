/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/api_key.h"

#include "account/api_key.sql.h"
#include "account/secret.h"
#include "account/workspace.h"
#include "db/list.h"

#define PREFIX "hk_"

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

void api_key_make(struct arena *a, int64_t workspace, Str *text, Str *hash)
{
	Str secret;
	secret_make(a, workspace, &secret, hash);
	*text = str_printf(a, PREFIX "%.*s", STR_FMT(secret));
}

bool api_key_parse(struct arena *a, Str text, int64_t *workspace, Str *hash)
{
	return str_starts(text, STR(PREFIX)) &&
	       secret_parse(a, str_from(text, sizeof PREFIX - 1), workspace, hash);
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

static bool read_found(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct api_key *key = out;
	if (!read_key(rows, out, a, err))
		return false;
	key->sees_masked = key->scope != SCOPE_ADMIN && db_i64(rows, 6) != PERSONAL_OFF;
	return true;
}

bool api_key_find(struct db *db, int64_t workspace, Str hash, struct arena *a, struct api_key *out,
                  bool *found, struct err *err)
{
	return db_one(db, &sql_api_key_find, DB_ARGS(db_arg_i64(workspace), db_arg_blob(hash)),
	              read_found, out, a, found, err);
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
