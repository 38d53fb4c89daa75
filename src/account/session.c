/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/session.h"

#include "account/second_step.h"
#include "account/session.sql.h"
#include "base/b64.h"
#include "base/hash.h"
#include "base/rng.h"
#include "db/list.h"

#define TOKEN_SIZE 32

static Str hash_of(struct arena *a, const unsigned char *raw)
{
	unsigned char *hash = arena_alloc(a, HASH_SIZE);
	hash_sha256((Str){ (const char *)raw, TOKEN_SIZE }, hash);
	return (Str){ (const char *)hash, HASH_SIZE };
}

void token_new(struct arena *a, Str *token, Str *hash)
{
	unsigned char raw[TOKEN_SIZE];
	char *text = arena_alloc(a, TOKEN_LENGTH);
	rng_bytes(raw, sizeof raw);
	b64_encode(raw, sizeof raw, text);
	*token = (Str){ text, TOKEN_LENGTH };
	*hash = hash_of(a, raw);
}

bool token_hash(struct arena *a, Str token, Str *hash)
{
	unsigned char raw[TOKEN_SIZE];
	size_t len;
	if (token.len != TOKEN_LENGTH || !b64_decode(token, raw, sizeof raw, &len) ||
	    len != TOKEN_SIZE)
		return false;
	*hash = hash_of(a, raw);
	return true;
}

bool session_create(struct db_tx *tx, Str hash, int64_t user, int64_t workspace, Str address,
                    Str agent, struct err *err)
{
	return db_exec(tx->db, &sql_session_insert,
	               DB_ARGS(db_arg_blob(hash), db_arg_i64(user), db_arg_i64(workspace),
	                       db_arg_i64(tx->now), db_arg_i64(tx->now + SESSION_LASTS),
	                       db_arg_text(address), db_arg_text(agent)),
	               NULL, err);
}

static bool read_session(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct session *session = out;
	(void)err;
	*session = (struct session){
		.user = db_i64(rows, 0),
		.workspace = db_i64(rows, 1),
		.created_at = db_i64(rows, 2),
		.expires_at = db_i64(rows, 3),
		.email = db_text(rows, 4, a),
		.seen_at = db_i64(rows, 5),
		.has_second_step = db_i64(rows, 6) != 0,
	};
	return true;
}

bool session_find(struct db *db, Str hash, int64_t now, struct arena *a, struct session *out,
                  bool *found, struct err *err)
{
	return db_one(db, &sql_session_find, DB_ARGS(db_arg_blob(hash), db_arg_i64(now)),
	              read_session, out, a, found, err);
}

bool session_move(struct db_tx *tx, Str hash, int64_t workspace, struct err *err)
{
	return db_exec(tx->db, &sql_session_move, DB_ARGS(db_arg_blob(hash), db_arg_i64(workspace)),
	               NULL, err);
}

bool session_end(struct db_tx *tx, Str hash, struct err *err)
{
	return db_exec(tx->db, &sql_session_end, DB_ARGS(db_arg_blob(hash)), NULL, err);
}

bool session_end_all(struct db_tx *tx, int64_t user, struct err *err)
{
	return db_exec(tx->db, &sql_session_end_all, DB_ARGS(db_arg_i64(user)), NULL, err) &&
	       db_exec(tx->db, &sql_login_link_drop_all, DB_ARGS(db_arg_i64(user)), NULL, err);
}

bool session_end_others(struct db_tx *tx, int64_t user, Str hash, struct err *err)
{
	return db_exec(tx->db, &sql_session_end_others,
	               DB_ARGS(db_arg_i64(user), db_arg_blob(hash)), NULL, err) &&
	       db_exec(tx->db, &sql_login_link_drop_all, DB_ARGS(db_arg_i64(user)), NULL, err);
}

bool session_end_in(struct db_tx *tx, int64_t user, int64_t workspace, struct err *err)
{
	return db_exec(tx->db, &sql_session_end_in,
	               DB_ARGS(db_arg_i64(user), db_arg_i64(workspace)), NULL, err);
}

static int64_t id_of(Str hash)
{
	uint64_t id = 0;
	for (size_t i = 0; i < 8 && i < hash.len; i++)
		id = id << 8 | (unsigned char)hash.at[i];
	return (int64_t)(id >> 1 | 1);
}

static bool read_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct session_row *row = out;
	(void)err;
	*row = (struct session_row){
		.hash = db_blob(rows, 0, a),
		.created_at = db_i64(rows, 1),
		.seen_at = db_i64(rows, 2),
		.address = db_text(rows, 3, a),
		.agent = db_text(rows, 4, a),
	};
	row->id = id_of(row->hash);
	return true;
}

bool session_list(struct db *db, int64_t user, int64_t now, struct arena *a,
                  struct session_row **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_session_list, DB_ARGS(db_arg_i64(user), db_arg_i64(now)), read_row,
	             sizeof **out, a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool session_end_by_id(struct db_tx *tx, int64_t user, int64_t id, struct err *err)
{
	struct session_row *rows;
	size_t count;
	if (!session_list(tx->db, user, tx->now, tx->arena, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (rows[i].id == id)
			return session_end(tx, rows[i].hash, err);
	return err_set(err, ERR_NOT_FOUND, "there is no such session; it may have ended already");
}

bool session_last_seen(struct db *db, int64_t user, int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_session_last_seen, DB_ARGS(db_arg_i64(user)), 0, out, err);
}

bool session_note_seen(struct db_tx *tx, void *input, struct err *err)
{
	const struct session_seen *in = input;
	return db_exec(tx->db, &sql_session_seen,
	               DB_ARGS(db_arg_blob(in->hash), db_arg_i64(tx->now),
	                       db_arg_text(in->address)),
	               NULL, err);
}

bool login_link_create(struct db_tx *tx, Str hash, int64_t user, int64_t workspace, struct err *err)
{
	return db_exec(tx->db, &sql_login_link_insert,
	               DB_ARGS(db_arg_blob(hash), db_arg_i64(user), db_arg_i64(workspace),
	                       db_arg_i64(tx->now + LOGIN_LINK_LASTS)),
	               NULL, err);
}

bool login_link_find(struct db *db, Str hash, int64_t now, struct arena *a, struct session *out,
                     struct err *err)
{
	bool found;
	if (!db_one(db, &sql_login_link_find, DB_ARGS(db_arg_blob(hash), db_arg_i64(now)),
	            read_session, out, a, &found, err))
		return false;
	return found || err_set(err, ERR_GONE, LOGIN_LINK_IS_OVER);
}

bool login_link_use(struct db_tx *tx, Str hash, struct session *out, struct err *err)
{
	return login_link_find(tx->db, hash, tx->now, tx->arena, out, err) &&
	       db_exec(tx->db, &sql_login_link_drop, DB_ARGS(db_arg_blob(hash)), NULL, err);
}

bool session_prune(struct db_tx *tx, void *unused, struct err *err)
{
	(void)unused;
	return db_exec(tx->db, &sql_session_prune, DB_ARGS(db_arg_i64(tx->now)), NULL, err) &&
	       db_exec(tx->db, &sql_login_link_prune, DB_ARGS(db_arg_i64(tx->now)), NULL, err) &&
	       login_step_prune(tx, err);
}

bool session_prunable(struct db *db, int64_t now, bool *out, struct err *err)
{
	int64_t sessions, links;
	bool steps;
	if (!db_one_i64(db, &sql_session_any_over, DB_ARGS(db_arg_i64(now)), 0, &sessions, err) ||
	    !db_one_i64(db, &sql_login_link_any_over, DB_ARGS(db_arg_i64(now)), 0, &links, err) ||
	    !login_step_prunable(db, now, &steps, err))
		return false;
	*out = sessions || links || steps;
	return true;
}
