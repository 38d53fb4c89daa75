/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/device.h"

#include <sodium.h>
#include <string.h>

#include "base/b64.h"
#include "base/rng.h"

#define NUMBER_SIZE 16
#define BODY_SIZE   (8 + NUMBER_SIZE)
#define RAW_SIZE    (BODY_SIZE + VAULT_MAC_SIZE)
#define LASTS       "31536000" /* a year, in seconds */

static const char *name_of(const struct account *account, const struct request *rq)
{
	return account_origin(account, rq)->https ? "__Host-heed-device" : "heed-device";
}

static void put_user(unsigned char *at, int64_t user)
{
	for (int i = 0; i < 8; i++)
		at[i] = (unsigned char)((uint64_t)user >> (56 - 8 * i));
}

bool device_known(struct account *account, const struct request *rq, int64_t user, Str *device,
                  struct err *err)
{
	unsigned char raw[RAW_SIZE], mac[VAULT_MAC_SIZE], whose[8];
	Str cookie = request_cookie(rq, name_of(account, rq));
	size_t len;
	*device = STR("");
	put_user(whose, user);
	if (!cookie.at || !user || !b64_decode(cookie, raw, sizeof raw, &len) ||
	    len != sizeof raw || memcmp(raw, whose, sizeof whose) != 0)
		return true;
	if (!vault_mac(&account->vault, (Str){ (const char *)raw, BODY_SIZE }, mac, err))
		return false;
	if (sodium_memcmp(mac, raw + BODY_SIZE, sizeof mac) == 0)
		*device = str_copy(rq->arena, (Str){ (const char *)raw + 8, NUMBER_SIZE });
	return true;
}

bool device_cookie(struct account *account, const struct request *rq, int64_t user, Str *cookie,
                   struct err *err)
{
	unsigned char raw[RAW_SIZE];
	char text[B64_LEN(RAW_SIZE)];
	put_user(raw, user);
	rng_bytes(raw + 8, NUMBER_SIZE);
	if (!vault_mac(&account->vault, (Str){ (const char *)raw, BODY_SIZE }, raw + BODY_SIZE,
	               err))
		return false;
	b64_encode(raw, sizeof raw, text);
	*cookie =
	    str_printf(rq->arena, "%s=%.*s; Path=/; Max-Age=" LASTS "; HttpOnly; SameSite=Lax%s",
	               name_of(account, rq), (int)sizeof text, text,
	               account_origin(account, rq)->https ? "; Secure" : "");
	return true;
}
