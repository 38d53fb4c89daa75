/* account/vault.h - seals secrets with a key that no backup holds.
 *
 * DATA/heed.key is 32 random bytes, made when it is first needed. A backup that is restored elsewhere without it cannot open what was
 * sealed: whoever steals a backup gains no second step, and whoever lost the key uses a recovery code or heed user totp.
 * Any thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_VAULT_H
#define ACCOUNT_VAULT_H

#include <pthread.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define VAULT_KEY_SIZE 32
#define VAULT_MAC_SIZE 16

struct vault {
	pthread_mutex_t lock;
	const char *data_dir;
	bool is_open;
	unsigned char seal_key[VAULT_KEY_SIZE], mac_key[VAULT_KEY_SIZE];
};

void vault_init(struct vault *vault, const char *data_dir); /* touches no file */
void vault_end(struct vault *vault);

MUST_USE bool vault_seal(struct vault *vault, struct arena *a, Str secret, Str *sealed,
                         struct err *err);
/* *fits is false for what another key sealed. */
MUST_USE bool vault_unseal(struct vault *vault, struct arena *a, Str sealed, Str *secret,
                           bool *fits, struct err *err);
/* A mark on `text` that only this server can make. */
MUST_USE bool vault_mac(struct vault *vault, Str text, unsigned char out[static VAULT_MAC_SIZE],
                        struct err *err);

#endif
