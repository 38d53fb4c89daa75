/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/identity_secret.h"

#include <sodium.h>
#include <string.h>

#include "account/audit.h"
#include "base/b64.h"
#include "db/list.h"
#include "people/person.h"
#include "survey/identity_secret.sql.h"

_Static_assert(B64_LEN(IDENTITY_SECRET_BYTES) + 3 == IDENTITY_SECRET_CHARS, "hi_ and the bytes");

static bool secret_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct identity_secret *s = out;
	Str bytes = db_blob(rows, 1, a);
	if (bytes.len != IDENTITY_SECRET_BYTES)
		return err_set(err, ERR_CORRUPT, "an identity secret is not what Heed wrote");
	s->number = db_i64(rows, 0);
	memcpy(s->secret, bytes.at, IDENTITY_SECRET_BYTES);
	s->created_at = db_i64(rows, 2);
	return true;
}

bool identity_secret_find(struct db *db, struct arena *a, int64_t workspace,
                          struct identity_secret out[static 2], struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(db, &sql_identity_secret_list, DB_ARGS(db_arg_i64(workspace)), secret_row,
	             sizeof(struct identity_secret), a, &items, &count, err))
		return false;
	for (size_t i = 0; i < 2; i++)
		out[i] = i < count ? ((const struct identity_secret *)items)[i]
		                   : (struct identity_secret){ 0 };
	return true;
}

void identity_secret_text(const struct identity_secret *secret,
                          char out[static IDENTITY_SECRET_CHARS + 1])
{
	memcpy(out, "hi_", 3);
	b64_encode(secret->secret, IDENTITY_SECRET_BYTES, out + 3);
	out[IDENTITY_SECRET_CHARS] = '\0';
}

static void update(crypto_auth_hmacsha256_state *state, Str text)
{
	if (text.len)
		crypto_auth_hmacsha256_update(state, (const unsigned char *)text.at, text.len);
}

static bool signed_by(const struct identity_secret *secret, const struct identity_claim *claim,
                      const unsigned char mac[static crypto_auth_hmacsha256_BYTES])
{
	char key[IDENTITY_SECRET_CHARS + 1];
	unsigned char right[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;
	identity_secret_text(secret, key);
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, IDENTITY_SECRET_CHARS);
	update(&state, claim->person);
	update(&state, STR("\n"));
	update(&state, claim->expires);
	crypto_auth_hmacsha256_final(&state, right);
	sodium_memzero(key, sizeof key);
	return secret->number && sodium_memcmp(right, mac, sizeof right) == 0;
}

static bool mac_read(Str hex, unsigned char out[static crypto_auth_hmacsha256_BYTES])
{
	size_t len;
	return sodium_hex2bin(out, crypto_auth_hmacsha256_BYTES, hex.at, hex.len, NULL, &len,
	                      NULL) == 0 &&
	       len == crypto_auth_hmacsha256_BYTES && hex.len == 2 * len;
}

static bool is_signed(const struct identity_secret secrets[static 2],
                      const struct identity_claim *claim, int64_t now)
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	if (!claim->person.len || claim->person.len > PERSON_TEXT_MAX || !claim->signature.len ||
	    str_find_char(claim->person, '\n', 0) != SIZE_MAX || !mac_read(claim->signature, mac))
		return false;
	return signed_by(&secrets[0], claim, mac) ||
	       (now - secrets[0].created_at < IDENTITY_GRACE && signed_by(&secrets[1], claim, mac));
}

bool identity_claim_holds(const struct identity_secret secrets[static 2],
                          const struct identity_claim *claim, int64_t now, const char **why)
{
	int64_t expires = 0;
	*why = NULL;
	bool dated = str_to_i64(claim->expires, &expires) && expires > 0 &&
	             expires < INT64_MAX / CLOCK_SECOND;
	if (!secrets[0].number)
		*why = "none";
	else if (!dated || !is_signed(secrets, claim, now))
		*why = "signature";
	else if (expires * CLOCK_SECOND <= now)
		*why = "expired";
	else if (expires * CLOCK_SECOND - now > IDENTITY_AHEAD_DAYS * CLOCK_DAY)
		*why = "too_far";
	return !*why;
}

bool identity_rotate(struct db_tx *tx, void *input, struct err *err)
{
	struct identity_rotate_input *in = input;
	struct identity_secret old[2];
	if (!identity_secret_find(tx->db, tx->arena, tx->workspace, old, err))
		return false;
	int64_t number = old[0].number + 1;
	Str bytes = { (const char *)in->secret, IDENTITY_SECRET_BYTES };
	/* Two are kept: the new one and the one before it. */
	int64_t keep_from = in->at_once ? number : old[0].number;
	if (!db_exec(tx->db, &sql_identity_secret_insert,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(number), db_arg_blob(bytes),
	                     db_arg_i64(tx->now)),
	             NULL, err) ||
	    !db_exec(tx->db, &sql_identity_secret_forget,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(keep_from)), NULL, err))
		return false;
	tx_changed(tx, CHANGE_KEY, number);
	return audit_write(tx, in->actor, STR("identity_secret.make"), STR(""),
	                   in->at_once ? STR("at once") : STR(""), err) &&
	       identity_secret_find(tx->db, in->arena, tx->workspace, in->now, err);
}
