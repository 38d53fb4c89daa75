/* A comment and a name, parted by the first line's end: what is left is valid, no longer than its marks allow, and
 * holds no long number. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/die.h"
#include "base/utf8.h"
#include "feedback/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t longest_number(Str text)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.at[i] >= '0' && text.at[i] <= '9' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* By kind: a span stays inside, and masking what is masked changes nothing. */
static void mask_by_kind(struct arena *a, Str text, size_t from, size_t len)
{
	const struct mask_words *words = mask_words_of(STR("de"));
	struct mask_span span = { from, len };
	Str shown = mask_personal(a, text, words, &span, 1);
	MUST(utf8_is_valid(shown) && span.from <= shown.len && span.len <= shown.len - span.from);
	MUST(str_eq(mask_personal(a, shown, words, NULL, 0), shown));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	Str text = { size ? (const char *)data : "", size }, name;
	if (utf8_is_valid(text) && str_cut(&text, '\n', &name)) {
		Str shown = mask_text_keeping(&a, text, &name, 1, NULL, 0);
		MUST(utf8_is_valid(shown) && shown.len <= text.len * MASK.len);
		MUST(longest_number(shown) < 5);
		mask_by_kind(&a, text, name.len, size % 32);
	}
	arena_free(&a);
	return 0;
}
