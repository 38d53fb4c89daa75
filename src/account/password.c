/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/password.h"

#include <sodium.h>
#include <string.h>

#include "base/die.h"
#include "base/utf8.h"

#define HASHES_AT_A_TIME 2
#define HASHES_WAITING   1

/* Of 32 random bytes that nobody kept: verified when nobody has the address, so that time tells nothing. */
static const char decoy[] = "$argon2id$v=19$m=65536,t=2,p=1$EXTRG6dJFTe82PSwRPVF8g$"
			    "Oo2ItYHQMRNLhHzDevyKhV+11cWBkrIZfXZAgM7zz2g";

static bool hashing_begin(struct account *account, struct err *err)
{
	bool ok = true;
	pthread_mutex_lock(&account->hashing_lock);
	if (account->hashing >= HASHES_AT_A_TIME && account->hashing_waits >= HASHES_WAITING)
		ok = err_set(err, ERR_BUSY, "many people sign in right now; try again in a moment");
	else {
		account->hashing_waits++;
		while (account->hashing >= HASHES_AT_A_TIME)
			pthread_cond_wait(&account->hashing_done, &account->hashing_lock);
		account->hashing_waits--;
		account->hashing++;
	}
	pthread_mutex_unlock(&account->hashing_lock);
	return ok;
}

static void hashing_end(struct account *account)
{
	pthread_mutex_lock(&account->hashing_lock);
	account->hashing--;
	pthread_cond_signal(&account->hashing_done);
	pthread_mutex_unlock(&account->hashing_lock);
}

bool password_check(Str password, struct err *err)
{
	if (utf8_count(password) < PASSWORD_MIN)
		return err_at(err, ERR_INVALID, "/password",
		              "the password must have at least %d characters", PASSWORD_MIN);
	if (password.len > PASSWORD_MAX)
		return err_at(err, ERR_INVALID, "/password",
		              "the password must have at most %d bytes", PASSWORD_MAX);
	return true;
}

bool password_hash(struct account *account, struct arena *a, Str password, Str *out,
                   struct err *err)
{
	char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);
	if (!password_check(password, err) || !hashing_begin(account, err))
		return false;
	int failed =
	    crypto_pwhash_str(hash, password.at, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
	                      crypto_pwhash_MEMLIMIT_INTERACTIVE);
	hashing_end(account);
	if (failed)
		return err_set(err, ERR_BUSY, "there is not enough memory to hash a password");
	*out = str_of(hash);
	return true;
}

bool password_verify(struct account *account, Str hash, Str password, bool *matches,
                     struct err *err)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };
	Str against = hash.len ? hash : str_of(decoy);
	MUST(against.len < sizeof text);
	memcpy(text, against.at, against.len);
	if (!hashing_begin(account, err))
		return false;
	int differs = crypto_pwhash_str_verify(text, password.at ? password.at : "", password.len);
	hashing_end(account);
	*matches = !differs && hash.len;
	return true;
}
