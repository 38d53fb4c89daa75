/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A token that parses writes back to the same characters once its key signs it, and only then has a right MAC. */
#include "survey/link.h"

#include <string.h>

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char key[LINK_KEY_BYTES] = { 1, 2, 3 };
	struct link_raw raw;
	struct link_token token, again;
	char text[LINK_TOKEN_CHARS + 1];
	Str given = { (const char *)data, size };
	if (!link_parse(given, &raw, &token))
		return 0;
	MUST(token.workspace > 0 && token.id > 0 && token.kid > 0 && token.kid < 256);
	bool right = link_mac_is_right(&raw, key);
	link_write(&token, key, text);
	MUST(link_parse(str_of(text), &raw, &again) && link_mac_is_right(&raw, key));
	MUST(memcmp(&token.expires_at, &again.expires_at, sizeof token.expires_at) == 0);
	MUST(again.workspace == token.workspace && again.id == token.id);
	MUST(right == str_eq(str_of(text), given));
	return 0;
}
