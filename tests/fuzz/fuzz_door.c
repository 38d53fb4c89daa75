/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What strangers send before they are known: the token of an invitation, a code of six digits, the mark of a
 * browser, its name. A token has one text, a code is good in its own steps alone, a mark is ours or none, and a name short. */
#include "account/secret.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "account/agent.h"
#include "account/device.h"
#include "account/totp.h"
#include "base/arena.h"
#include "base/b64.h"
#include "base/die.h"
#include "net/head.h"

#define NOW INT64_C(1772359200000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_invite(struct arena *a, Str text)
{
	int64_t workspace;
	Str hash;
	unsigned char raw[SECRET_CHARS];
	char again[SECRET_CHARS];
	size_t len;
	if (!secret_parse(a, text, &workspace, &hash))
		return;
	MUST(text.len == SECRET_CHARS && workspace > 0);
	MUST(hash.len == crypto_hash_sha256_BYTES);
	MUST(b64_decode(text, raw, sizeof raw, &len));
	MUST(B64_LEN(len) == SECRET_CHARS);
	b64_encode(raw, len, again);
	MUST(str_eq((Str){ again, SECRET_CHARS }, text));
}

static void try_code(Str text)
{
	static const unsigned char secret[TOTP_SECRET_SIZE] = "12345678901234567890";
	int64_t step, ignored, here = totp_step(NOW);
	if (!totp_check(secret, text, NOW, 0, &step))
		return;
	MUST(step >= here - 1 && step <= here + 1);
	uint32_t typed = 0;
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			typed = typed * 10 + (uint32_t)(text.at[i] - '0');
	MUST(totp_code(secret, step) == typed);
	MUST(!totp_check(secret, text, NOW, here + 1, &ignored));
}

static void try_agent(Str text)
{
	struct agent_names names = agent_names(text);
	MUST(names.browser.len < 20 && names.machine.len < 20);
	if (text.len == 0)
		MUST(names.browser.len == 0 && names.machine.len == 0);
}

static Str mark_of(struct arena *a, struct account *account, Str cookies, int64_t user)
{
	struct http_field field = { STR("Cookie"), cookies };
	struct http_head head = { .fields = &field, .field_count = 1 };
	struct request rq = { .arena = a, .head = &head };
	struct err err;
	Str device;
	MUST(device_known(account, &rq, user, &device, &err));
	return device;
}

/* Nobody who has not the key makes a mark, by any bytes: not alone, and not in the place of some of a right one. */
static void try_device(struct arena *a, Str text)
{
	struct account account = { .vault = { .is_open = true, .mac_key = { 4, 5, 6 } } };
	struct request rq = { .arena = a };
	struct err err;
	Str cookie, mine;
	MUST(pthread_mutex_init(&account.vault.lock, NULL) == 0);
	MUST(device_cookie(&account, &rq, 7, &cookie, &err));
	MUST(str_cut(&cookie, ';', &mine));
	MUST(mark_of(a, &account, mine, 7).len == 16);
	MUST(mark_of(a, &account, mine, 8).len == 0);
	MUST(mark_of(a, &account, text, 7).len == 0);
	size_t name = sizeof "heed-device=" - 1, at = name + text.len % 64;
	char *other = arena_alloc(a, mine.len);
	memcpy(other, mine.at, mine.len);
	for (size_t i = 0; i < text.len && at + i < mine.len; i++)
		other[at + i] = text.at[i];
	bool same = memcmp(other, mine.at, mine.len) == 0;
	MUST((mark_of(a, &account, (Str){ other, mine.len }, 7).len == 16) == same);
	pthread_mutex_destroy(&account.vault.lock);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	Str text = str_copy(&a, (Str){ (const char *)data, size });
	MUST(sodium_init() >= 0);
	try_invite(&a, text);
	try_code(text);
	try_agent(text);
	try_device(&a, text);
	arena_free(&a);
	return 0;
}
