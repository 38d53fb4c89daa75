/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/second_step.h"

#include <sodium.h>
#include <string.h>

#include "account/second_step.sql.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/rng.h"

#define CODE_RAW 10 /* bytes of a recovery code */

struct totp_row {
	Str sealed;
	int64_t last_step, confirmed_at;
};

static bool read_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct totp_row *)out =
	    (struct totp_row){ db_blob(rows, 0, a), db_i64(rows, 1), db_i64(rows, 2) };
	return true;
}

static bool row_find(struct db *db, int64_t user, struct arena *a, struct totp_row *out,
                     bool *found, struct err *err)
{
	*out = (struct totp_row){ 0 };
	return db_one(db, &sql_user_totp_find, DB_ARGS(db_arg_i64(user)), read_row, out, a, found,
	              err);
}

bool second_step_find(struct vault *vault, struct db *db, int64_t user, struct arena *a,
                      struct second_step *out, struct err *err)
{
	struct second_step step = { 0 };
	struct totp_row row;
	Str secret = { NULL, 0 };
	if (!row_find(db, user, a, &row, &step.exists, err) ||
	    (step.exists && !vault_unseal(vault, a, row.sealed, &secret, &step.fits, err)))
		return false;
	step.confirmed = row.confirmed_at != 0;
	step.fits = step.fits && secret.len == TOTP_SECRET_SIZE;
	if (step.fits)
		memcpy(step.secret, secret.at, TOTP_SECRET_SIZE);
	*out = step;
	return true;
}

bool second_step_is_on(struct db *db, int64_t user, bool *on, struct err *err)
{
	struct arena scratch = { 0 };
	struct totp_row row;
	bool found, ok = row_find(db, user, &scratch, &row, &found, err);
	arena_free(&scratch);
	if (ok)
		*on = found && row.confirmed_at != 0;
	return ok;
}

bool second_step_codes_left(struct db *db, int64_t user, int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_user_recovery_left, DB_ARGS(db_arg_i64(user)), 0, out, err);
}

bool second_step_begin(struct db_tx *tx, int64_t user, Str sealed, struct err *err)
{
	int64_t changed;
	if (!db_exec(tx->db, &sql_user_totp_begin,
	             DB_ARGS(db_arg_i64(user), db_arg_blob(sealed), db_arg_i64(tx->now)), &changed,
	             err))
		return false;
	return changed ||
	       err_set(err, ERR_CONFLICT,
	               "two-step sign-in is on already; turn it off before you set it up anew");
}

/* Its step and no earlier one: what was read over a shoulder is spent. */
static bool code_check(struct db_tx *tx, int64_t user, const struct second_step *step, Str code,
                       int64_t *at, bool *right, struct err *err)
{
	struct totp_row row;
	bool found;
	if (!row_find(tx->db, user, tx->arena, &row, &found, err))
		return false;
	*right = found && step->fits && totp_check(step->secret, code, tx->now, row.last_step, at);
	return true;
}

bool second_step_confirm(struct db_tx *tx, int64_t user, const struct second_step *step, Str code,
                         struct err *err)
{
	int64_t at, changed;
	bool right;
	if (!code_check(tx, user, step, code, &at, &right, err))
		return false;
	if (!right)
		return err_at(err, ERR_INVALID, "/code",
		              "This is not the code that the app shows now. Is the clock of your "
		              "phone right?");
	if (!db_exec(tx->db, &sql_user_totp_confirm,
	             DB_ARGS(db_arg_i64(user), db_arg_i64(tx->now), db_arg_i64(at)), &changed, err))
		return false;
	return changed || err_set(err, ERR_CONFLICT, "two-step sign-in is on already");
}

/* Letters and digits of what was typed, as they were made. */
static Str recovery_hash(struct arena *a, int64_t user, Str typed)
{
	unsigned char *hash = arena_alloc(a, HASH_SIZE);
	struct buf *text = buf_in(a, 64);
	buf_printf(text, "%lld ", (long long)user);
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.at[i];
		if (c >= 'A' && c <= 'Z')
			buf_add_char(text, (char)(c - 'A' + 'a'));
		else if (c != '-' && c != ' ')
			buf_add_char(text, c);
	}
	hash_sha256(buf_str(text), hash);
	return (Str){ (const char *)hash, HASH_SIZE };
}

bool second_step_use(struct db_tx *tx, int64_t user, const struct second_step *step, Str code,
                     bool *recovered, struct err *err)
{
	int64_t at, changed = 0;
	bool right;
	if (!code_check(tx, user, step, code, &at, &right, err))
		return false;
	if (right && !db_exec(tx->db, &sql_user_totp_use, DB_ARGS(db_arg_i64(user), db_arg_i64(at)),
	                      &changed, err))
		return false;
	*recovered = !right;
	if (!right &&
	    !db_exec(tx->db, &sql_user_recovery_use,
	             DB_ARGS(db_arg_i64(user), db_arg_blob(recovery_hash(tx->arena, user, code)),
	                     db_arg_i64(tx->now)),
	             &changed, err))
		return false;
	return changed || err_at(err, ERR_UNAUTHENTICATED, "/code",
	                         "The code is wrong, or was used already. The app shows a new one "
	                         "every 30 seconds.");
}

bool second_step_drop(struct db_tx *tx, int64_t user, struct err *err)
{
	DbArgs who = DB_ARGS(db_arg_i64(user));
	return db_exec(tx->db, &sql_user_totp_drop, who, NULL, err) &&
	       db_exec(tx->db, &sql_user_recovery_drop, who, NULL, err) &&
	       db_exec(tx->db, &sql_login_step_drop_all, who, NULL, err);
}

void recovery_codes_make(struct arena *a, int64_t user, Str codes[static RECOVERY_CODES],
                         Str hashes[static RECOVERY_CODES])
{
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		unsigned char raw[CODE_RAW];
		rng_bytes(raw, sizeof raw);
		Str all = str_ascii_lower(a, totp_base32(a, raw, sizeof raw));
		codes[i] = str_printf(a, "%.4s-%.4s-%.4s-%.4s", all.at, all.at + 4, all.at + 8,
		                      all.at + 12);
		hashes[i] = recovery_hash(a, user, all);
	}
}

bool recovery_codes_set(struct db_tx *tx, int64_t user, const Str hashes[static RECOVERY_CODES],
                        struct err *err)
{
	if (!db_exec(tx->db, &sql_user_recovery_drop, DB_ARGS(db_arg_i64(user)), NULL, err))
		return false;
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		if (!db_exec(tx->db, &sql_user_recovery_insert,
		             DB_ARGS(db_arg_i64(user), db_arg_blob(hashes[i])), NULL, err))
			return false;
	return true;
}

static bool read_step(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct login_step *)out = (struct login_step){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

bool login_step_create(struct db_tx *tx, Str hash, const struct login_step *step, struct err *err)
{
	return db_exec(tx->db, &sql_login_step_insert,
	               DB_ARGS(db_arg_blob(hash), db_arg_i64(step->user),
	                       db_arg_i64(step->workspace), db_arg_i64(tx->now + LOGIN_STEP_LASTS)),
	               NULL, err);
}

bool login_step_find(struct db *db, Str hash, int64_t now, struct login_step *out, struct err *err)
{
	bool found;
	if (!db_one(db, &sql_login_step_find, DB_ARGS(db_arg_blob(hash), db_arg_i64(now)),
	            read_step, out, NULL, &found, err))
		return false;
	return found || err_set(err, ERR_GONE, LOGIN_STEP_IS_OVER);
}

bool login_step_drop(struct db_tx *tx, Str hash, struct err *err)
{
	return db_exec(tx->db, &sql_login_step_drop, DB_ARGS(db_arg_blob(hash)), NULL, err);
}

bool login_step_prune(struct db_tx *tx, struct err *err)
{
	return db_exec(tx->db, &sql_login_step_prune, DB_ARGS(db_arg_i64(tx->now)), NULL, err);
}

bool login_step_prunable(struct db *db, int64_t now, bool *out, struct err *err)
{
	int64_t any;
	if (!db_one_i64(db, &sql_login_step_any_over, DB_ARGS(db_arg_i64(now)), 0, &any, err))
		return false;
	*out = any != 0;
	return true;
}
