/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes are words in order, inside clauses in order. The first byte chooses the language. */
#include "text/words.h"

#include "base/die.h"
#include "text/features.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct words w;
	struct features f;
	if (size == 0)
		return 0;
	struct word_reader *r = word_reader_open();
	words_read(r, &a, (Str){ (const char *)data + 1, size - 1 }, data[0] % TONGUE_COUNT, &w);
	size_t end = 0, clause = 0;
	for (size_t i = 0; i < w.count; i++) {
		MUST(w.words[i].from >= end && w.words[i].clause - clause <= 1);
		end = w.words[i].from + w.words[i].len;
		clause = w.words[i].clause;
	}
	MUST(end <= w.text.len && (w.count == 0 || clause + 1 == w.clause_count));
	features_of(&a, &w, 0, w.count, 31, &f);
	for (size_t i = 0; i < f.count; i++)
		MUST(f.index[i] < FEATURE_COUNT && f.value[i] > 0);
	word_reader_close(r);
	arena_free(&a);
	return 0;
}
