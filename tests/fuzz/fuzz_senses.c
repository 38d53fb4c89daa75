/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes in any language: what is found by patterns lies in the text, and is in order. The first byte chooses the
 * language. */
#include "base/die.h"
#include "text/intent.h"
#include "text/low_effort.h"
#include "text/urgent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Made once. */
static struct arena kept;
static const struct patterns *urgent_patterns, *low_effort_patterns, *intent_patterns;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct words w;
	struct plain_words plain;
	struct urgent urgent;
	if (size == 0)
		return 0;
	if (!urgent_patterns) {
		urgent_patterns = urgent_make(&kept);
		low_effort_patterns = low_effort_make(&kept);
		intent_patterns = intent_make(&kept);
	}
	struct word_reader *r = word_reader_open();
	words_read(r, &a, (Str){ (const char *)data + 1, size - 1 }, data[0] % TONGUE_COUNT, &w);
	plain_words(&a, &w, &plain);
	MUST(plain.count <= w.count);
	urgent_find(urgent_patterns, &a, &plain, &urgent);
	for (size_t i = 0, from = 0; i < urgent.count; i++) {
		MUST(urgent.finds[i].from >= from);
		from = urgent.finds[i].from;
		MUST(urgent.finds[i].len > 0 && from + urgent.finds[i].len <= w.text.len);
	}
	enum low_effort effort = low_effort_of(low_effort_patterns, &a, &plain, QUESTION_OPEN);
	MUST(effort <= LOW_EFFORT_FILLER);
	struct intents in;
	intent_find(intent_patterns, &a, &plain, &in);
	MUST(in.present >> in.main & 1);
	word_reader_close(r);
	arena_free(&a);
	return 0;
}
