/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever is read as a taxonomy can be searched for, in a text and in itself; what is not says in which line. */
#include "text/themes.h"

#include <string.h>

#include "base/die.h"

/* Of no matter what: as many words as there are, each good or bad. */
static float any_polarity(void *of, size_t first, size_t count)
{
	const struct words *w = of;
	MUST(count > 0 && first + count <= w->count);
	return first & 1 ? 1 : -1;
}

static void search(struct arena *a, const struct theme_reader *r, struct word_reader *reader,
                   Str text, enum tongue tongue)
{
	struct words w;
	struct theme_mentions m;
	words_read(reader, a, text, tongue, &w);
	struct theme_judge judge = { any_polarity, &w };
	theme_read(r, a, &w, &judge, &m);
	for (size_t i = 0; i < m.count; i++) {
		const struct theme_mention *one = &m.mention[i];
		MUST(one->theme < theme_reader_taxonomy(r)->themes);
		MUST(one->first <= one->last && one->last < w.count);
		MUST(one->len > 0 && one->from + one->len <= w.text.len);
		MUST(one->polarity >= -1 && one->polarity <= 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct taxonomy t;
	struct err err;
	Str text = { (const char *)data, size };
	struct word_reader *reader = word_reader_open();
	if (taxonomy_read(&a, text, &t, &err)) {
		const struct theme_reader *r = theme_reader_new(&a, reader, &t, NULL);
		search(&a, r, reader, text, TONGUE_EN);
		search(&a, r, reader, text, TONGUE_DE);
		search(&a, r, reader, STR("The food was cold, but the waiter took ages."),
		       TONGUE_EN);
	} else {
		MUST(err.kind == ERR_INVALID && err.msg[0] != '\0');
	}
	word_reader_close(reader);
	arena_free(&a);
	return 0;
}
