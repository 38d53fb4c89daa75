/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/link.h"

#include <sodium.h>

#include "base/b64.h"
#include "base/clock.h"

/* kind 1, kid 1, workspace 8, id 8, expiry in seconds 4, MAC 16; numbers big end first. */
#define SIGNED_BYTES 22
#define MAC_BYTES    16
_Static_assert(B64_LEN(sizeof(struct link_raw)) == LINK_TOKEN_CHARS, "and 51 characters");
_Static_assert(SIGNED_BYTES + MAC_BYTES == sizeof(struct link_raw), "a token is 38 bytes");

static void put_be(unsigned char *to, size_t bytes, uint64_t value)
{
	for (size_t i = bytes; i-- > 0; value >>= 8)
		to[i] = (unsigned char)(value & 0xff);
}

static uint64_t get_be(const unsigned char *from, size_t bytes)
{
	uint64_t value = 0;
	for (size_t i = 0; i < bytes; i++)
		value = value << 8 | from[i];
	return value;
}

static void mac_of(const unsigned char *bytes, const unsigned char key[static LINK_KEY_BYTES],
                   unsigned char out[static MAC_BYTES])
{
	crypto_generichash(out, MAC_BYTES, bytes, SIGNED_BYTES, key, LINK_KEY_BYTES);
}

bool link_parse(Str text, struct link_raw *raw, struct link_token *out)
{
	size_t len;
	if (text.len != LINK_TOKEN_CHARS ||
	    !b64_decode(text, raw->bytes, sizeof raw->bytes, &len) || len != sizeof raw->bytes)
		return false;
	const unsigned char *b = raw->bytes;
	uint64_t workspace = get_be(b + 2, 8), id = get_be(b + 10, 8);
	if (b[0] < LINK_INVITATION || b[0] > LINK_SURVEY_TEST || b[1] == 0 || workspace == 0 ||
	    id == 0 || workspace > INT64_MAX || id > INT64_MAX)
		return false;
	*out = (struct link_token){
		.kind = (enum link_kind)b[0],
		.kid = b[1],
		.workspace = (int64_t)workspace,
		.id = (int64_t)id,
		.expires_at = (int64_t)get_be(b + 18, 4) * CLOCK_SECOND,
	};
	return true;
}

void link_write(const struct link_token *token, const unsigned char key[static LINK_KEY_BYTES],
                char out[static LINK_TOKEN_CHARS + 1])
{
	unsigned char b[sizeof(struct link_raw)];
	int64_t seconds = token->expires_at / CLOCK_SECOND;
	b[0] = (unsigned char)token->kind;
	b[1] = (unsigned char)token->kid;
	put_be(b + 2, 8, (uint64_t)token->workspace);
	put_be(b + 10, 8, (uint64_t)token->id);
	put_be(b + 18, 4, seconds > UINT32_MAX ? UINT32_MAX : (uint64_t)seconds);
	mac_of(b, key, b + SIGNED_BYTES);
	b64_encode(b, sizeof b, out);
	out[LINK_TOKEN_CHARS] = '\0';
}

bool link_mac_is_right(const struct link_raw *raw, const unsigned char key[static LINK_KEY_BYTES])
{
	unsigned char mac[MAC_BYTES];
	mac_of(raw->bytes, key, mac);
	return sodium_memcmp(mac, raw->bytes + SIGNED_BYTES, MAC_BYTES) == 0;
}

bool link_is_expired(const struct link_token *token, int64_t now)
{
	return now >= token->expires_at;
}
