/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Of any bytes: finds in order, inside the text, not empty, and each card and IBAN has as many digits as it must. */
#include "text/personal_data.h"

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct personal_data *found;
	Str text = { size ? (const char *)data : "", size };
	size_t count = personal_data_find(&a, text, &found), end = 0;
	for (size_t i = 0; i < count; i++) {
		MUST(found[i].from >= end && found[i].len > 0 &&
		     found[i].from + found[i].len <= size);
		MUST(found[i].kind != PERSONAL_CARD || found[i].len >= 13);
		MUST(found[i].kind != PERSONAL_IBAN || found[i].len >= 15);
		end = found[i].from + found[i].len;
	}
	arena_free(&a);
	return 0;
}
