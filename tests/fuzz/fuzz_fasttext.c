/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever is read as a fastText model can be asked, and its probabilities add up to 1 or overflow to nothing. */
#include "text/fasttext.h"

#include <math.h>

#include "base/die.h"
#include "text/language_id.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	const struct fasttext *m;
	struct err err;
	float p[FASTTEXT_LABELS_MAX], sum = 0;
	if (fasttext_read(&a, (Str){ (const char *)data, size }, &m, &err) &&
	    fasttext_ask(m, STR("yes no yeah \xC3\xA9t\xC3\xA9"), p)) {
		for (size_t i = 0; i < fasttext_label_count(m); i++)
			sum += p[i];
		MUST(!(fabsf(sum - 1) > .01F)); /* a damaged one may say "not a number" */
		struct language_guess g = language_find(language_id_make(&a, m), STR("yes no"),
		                                        (struct language_wish){ 0 });
		MUST(g.tongue < TONGUE_COUNT);
	}
	arena_free(&a);
	return 0;
}
