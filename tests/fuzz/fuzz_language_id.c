/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes are of a language that was meant, or of none. The first three bytes say which are. */
#include "text/language_id.h"

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	if (size < 3)
		return 0;
	unsigned among =
	    ((unsigned)data[0] | (unsigned)data[1] << 8 | (unsigned)data[2] << 16) & TONGUES_ALL;
	Str text = { (const char *)data + 3, size - 3 };
	const struct language_id *l = language_id_make(&a, NULL);
	struct language_guess g = language_find(l, text, (struct language_wish){ .among = among });
	MUST(g.tongue == TONGUE_OTHER || among == 0 || (among & TONGUE_BIT(g.tongue)));
	MUST(g.certainty >= 0 && g.certainty <= 1);
	arena_free(&a);
	return 0;
}
