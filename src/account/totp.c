/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/totp.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"

#define STEP_LASTS (30 * CLOCK_SECOND)
#define BLOCK      64
#define SHA1_SIZE  20
#define MESSAGE    8 /* bytes of a step */

static uint32_t rotate(uint32_t v, int by)
{
	return v << by | v >> (32 - by);
}

static uint32_t big_endian(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* FIPS 180-4. Authenticator apps know SHA-1 alone; inside HMAC its collisions do no harm. */
static void sha1_block(uint32_t h[static 5], const unsigned char *block)
{
	uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
	for (int i = 0; i < 16; i++)
		w[i] = big_endian(block + (size_t)i * 4);
	for (int i = 16; i < 80; i++)
		w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	for (int i = 0; i < 80; i++) {
		uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999
		             : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
		             : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
		                      : (b ^ c ^ d) + 0xca62c1d6;
		uint32_t next = rotate(a, 5) + f + e + w[i];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = next;
	}
	h[0] += a;
	h[1] += b;
	h[2] += c;
	h[3] += d;
	h[4] += e;
}

/* Of one block (a key that was padded) and a message so short that all fits into two. */
static void sha1_after(const unsigned char pad[static BLOCK], const unsigned char *message,
                       size_t len, unsigned char out[static SHA1_SIZE])
{
	uint32_t h[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
	unsigned char last[BLOCK] = { 0 };
	size_t bits = (BLOCK + len) * 8;
	memcpy(last, message, len);
	last[len] = 0x80;
	last[BLOCK - 2] = (unsigned char)(bits >> 8);
	last[BLOCK - 1] = (unsigned char)bits;
	sha1_block(h, pad);
	sha1_block(h, last);
	for (size_t i = 0; i < SHA1_SIZE; i++)
		out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void hmac_sha1(const unsigned char key[static TOTP_SECRET_SIZE],
                      const unsigned char message[static MESSAGE],
                      unsigned char out[static SHA1_SIZE])
{
	unsigned char inner[BLOCK], outer[BLOCK];
	memset(inner, 0x36, sizeof inner);
	memset(outer, 0x5c, sizeof outer);
	for (size_t i = 0; i < TOTP_SECRET_SIZE; i++) {
		inner[i] ^= key[i];
		outer[i] ^= key[i];
	}
	sha1_after(inner, message, MESSAGE, out);
	sha1_after(outer, out, SHA1_SIZE, out);
}

int64_t totp_step(int64_t now)
{
	return now / STEP_LASTS;
}

uint32_t totp_code(const unsigned char secret[static TOTP_SECRET_SIZE], int64_t step)
{
	unsigned char message[MESSAGE], mac[SHA1_SIZE];
	for (int i = 0; i < MESSAGE; i++)
		message[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	hmac_sha1(secret, message, mac);
	uint32_t cut = big_endian(mac + (mac[SHA1_SIZE - 1] & 15));
	return (cut & 0x7fffffff) % 1000000;
}

static bool read_code(Str typed, uint32_t *out)
{
	uint32_t code = 0;
	int digits = 0;
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.at[i];
		if (c == ' ' || c == '-')
			continue;
		if (c < '0' || c > '9' || ++digits > TOTP_DIGITS)
			return false;
		code = code * 10 + (uint32_t)(c - '0');
	}
	*out = code;
	return digits == TOTP_DIGITS;
}

bool totp_check(const unsigned char secret[static TOTP_SECRET_SIZE], Str typed, int64_t now,
                int64_t last, int64_t *step)
{
	uint32_t code;
	bool found = false;
	if (!read_code(typed, &code))
		return false;
	for (int64_t s = totp_step(now) - 1; s <= totp_step(now) + 1; s++) {
		uint32_t right = totp_code(secret, s);
		if (sodium_memcmp(&right, &code, sizeof code) == 0 && s > last && !found) {
			*step = s;
			found = true;
		}
	}
	return found;
}

Str totp_base32(struct arena *a, const unsigned char *bytes, size_t len)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *out = arena_alloc(a, len * 8 / 5 + 2);
	size_t made = 0;
	unsigned held = 0, bits = 0;
	for (size_t i = 0; i < len; i++) {
		held = held << 8 | bytes[i];
		for (bits += 8; bits >= 5; bits -= 5)
			out[made++] = letters[held >> (bits - 5) & 31];
		held &= (1U << bits) - 1;
	}
	if (bits)
		out[made++] = letters[held << (5 - bits) & 31];
	return (Str){ out, made };
}

Str totp_uri(struct arena *a, Str workspace, Str email,
             const unsigned char secret[static TOTP_SECRET_SIZE])
{
	struct buf *uri = buf_in(a, 4096);
	Str text = totp_base32(a, secret, TOTP_SECRET_SIZE);
	buf_add(uri, STR("otpauth://totp/Heed:"));
	form_encode(uri, email);
	buf_printf(uri, "?secret=%.*s&issuer=", STR_FMT(text));
	form_encode(uri, STR("Heed "));
	form_encode(uri, workspace);
	return buf_str(uri);
}
