/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Folding what is folded changes nothing: addresses, telephone numbers, any text. */
#include "base/fold.h"

#include "base/die.h"
#include "base/phone.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct err err;
	Str text = { (const char *)data, size }, once, twice;
	if (fold_email(&a, text, &once, &err)) {
		MUST(utf8_is_valid(once));
		MUST(fold_email(&a, once, &twice, &err));
		MUST(str_eq(once, twice));
	}
	if (phone_normalise(&a, text, &once, &err)) {
		MUST(phone_normalise(&a, once, &twice, &err));
		MUST(str_eq(once, twice));
	}
	once = fold_text(&a, text);
	MUST(utf8_is_valid(once) && str_eq(fold_text(&a, once), once));
	once = fold_nfc(&a, text);
	MUST(utf8_is_valid(once) && str_eq(fold_nfc(&a, once), once));
	arena_free(&a);
	return 0;
}
