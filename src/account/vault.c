/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/rng.h"

#define CONTEXT "heedseal" /* of the keys that are derived */

void vault_init(struct vault *vault, const char *data_dir)
{
	*vault = (struct vault){ .data_dir = data_dir };
	MUST(pthread_mutex_init(&vault->lock, NULL) == 0);
}

void vault_end(struct vault *vault)
{
	sodium_memzero(vault->seal_key, sizeof vault->seal_key);
	sodium_memzero(vault->mac_key, sizeof vault->mac_key);
	pthread_mutex_destroy(&vault->lock);
}

static bool read_key(const char *path, unsigned char key[static VAULT_KEY_SIZE], bool *found,
                     struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	*found = fd >= 0;
	if (fd < 0)
		return errno == ENOENT ||
		       err_set(err, ERR_IO, "cannot read %s: %s", path, strerror(errno));
	ssize_t got = read(fd, key, VAULT_KEY_SIZE);
	close(fd);
	return got == VAULT_KEY_SIZE ||
	       err_set(err, ERR_CORRUPT,
	               "%s is no key of Heed's; put the right one back, or remove it and "
	               "reset two-step sign-in with heed user totp",
	               path);
}

/* Whole or not at all, and never over a key that another process has just made. */
static bool make_key(struct arena *a, const char *path, struct err *err)
{
	unsigned char key[VAULT_KEY_SIZE];
	const char *draft = str_copy_c(a, str_printf(a, "%s.%d", path, (int)getpid()));
	rng_bytes(key, sizeof key);
	int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, key, sizeof key) == sizeof key && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	ok = ok && (link(draft, path) == 0 || errno == EEXIST);
	if (!ok)
		err_set(err, ERR_IO, "cannot make %s: %s", path, strerror(errno));
	unlink(draft);
	sodium_memzero(key, sizeof key);
	return ok;
}

static bool open_locked(struct vault *vault, struct err *err)
{
	unsigned char key[VAULT_KEY_SIZE];
	struct arena a = { 0 };
	const char *path = str_copy_c(&a, str_printf(&a, "%s/heed.key", vault->data_dir));
	bool found = false;
	bool ok = read_key(path, key, &found, err);
	if (ok && !found)
		ok = make_key(&a, path, err) && read_key(path, key, &found, err);
	arena_free(&a);
	if (!ok)
		return false;
	if (!found)
		return err_set(err, ERR_IO, "the key in %s went away", vault->data_dir);
	crypto_kdf_derive_from_key(vault->seal_key, VAULT_KEY_SIZE, 1, CONTEXT, key);
	crypto_kdf_derive_from_key(vault->mac_key, VAULT_KEY_SIZE, 2, CONTEXT, key);
	sodium_memzero(key, sizeof key);
	vault->is_open = true;
	return true;
}

static bool vault_open(struct vault *vault, struct err *err)
{
	pthread_mutex_lock(&vault->lock);
	bool ok = vault->is_open || open_locked(vault, err);
	pthread_mutex_unlock(&vault->lock);
	return ok;
}

bool vault_seal(struct vault *vault, struct arena *a, Str secret, Str *sealed, struct err *err)
{
	enum { NONCE = crypto_secretbox_NONCEBYTES };
	size_t len = NONCE + crypto_secretbox_MACBYTES + secret.len;
	unsigned char *out = arena_alloc(a, len);
	if (!vault_open(vault, err))
		return false;
	rng_bytes(out, NONCE);
	crypto_secretbox_easy(out + NONCE, (const unsigned char *)secret.at, secret.len, out,
	                      vault->seal_key);
	*sealed = (Str){ (const char *)out, len };
	return true;
}

bool vault_unseal(struct vault *vault, struct arena *a, Str sealed, Str *secret, bool *fits,
                  struct err *err)
{
	enum { NONCE = crypto_secretbox_NONCEBYTES, MORE = NONCE + crypto_secretbox_MACBYTES };
	const unsigned char *box = (const unsigned char *)sealed.at;
	if (!vault_open(vault, err))
		return false;
	*fits = false;
	if (sealed.len < MORE)
		return true;
	unsigned char *out = arena_alloc(a, sealed.len - MORE + 1);
	*fits = crypto_secretbox_open_easy(out, box + NONCE, sealed.len - NONCE, box,
	                                   vault->seal_key) == 0;
	if (*fits)
		*secret = (Str){ (const char *)out, sealed.len - MORE };
	return true;
}

bool vault_mac(struct vault *vault, Str text, unsigned char out[static VAULT_MAC_SIZE],
               struct err *err)
{
	if (!vault_open(vault, err))
		return false;
	crypto_generichash(out, VAULT_MAC_SIZE, (const unsigned char *)text.at, text.len,
	                   vault->mac_key, VAULT_KEY_SIZE);
	return true;
}
