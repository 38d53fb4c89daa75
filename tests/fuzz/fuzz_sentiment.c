/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The first byte chooses the language of a text that the program's own model reads; from 200 on the rest is read as a model
 * instead, and one that is read can be written and asked. */
#include "text/sentiment.h"

#include <math.h>

#include "base/asset.h"
#include "base/die.h"

static void ask(struct arena *a, const struct sentiment_model *m, Str text, enum tongue tongue)
{
	struct word_reader *r = word_reader_open();
	struct words w;
	struct sentiment_reading reading;
	struct sentiment s;
	words_read(r, a, text, tongue, &w);
	sentiment_read(m, a, &w, &reading);
	sentiment_shown(&reading, &(struct sentiment_context){ question_leaning(&w), 0, 1 }, &s);
	MUST(reading.clauses == w.clause_count);
	MUST(!isnan(reading.logit[0]) && s.label < SENTIMENT_LABEL_COUNT);
	word_reader_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena kept;
	static struct sentiment_model own;
	struct arena a = { 0 };
	struct err err;
	if (size == 0)
		return 0;
	Str rest = { (const char *)data + 1, size - 1 };
	struct sentiment_model m;
	if (!kept.newest)
		MUST(sentiment_model_read(&kept,
		                          asset_find(STR("models/sentiment.heedmodel"))->bytes,
		                          &own, &err));
	if (data[0] < 200) {
		ask(&a, &own, rest, data[0] % TONGUE_COUNT);
	} else if (sentiment_model_read(&a, rest, &m, &err)) {
		struct buf out;
		buf_init(&out, size);
		sentiment_model_write(&m, &out);
		MUST(str_eq(buf_str(&out), rest));
		buf_free(&out);
	}
	arena_free(&a);
	return 0;
}
