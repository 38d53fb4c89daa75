/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a comment and the question it answers, in any language, through all that ships in the program. The first byte
 * chooses the language (or none, from 200 on), the second how many of the bytes are the question. Whatever is shown lies in the
 * text, begins and ends between characters where the text is UTF-8, and memory grows with the length alone. */
#include <math.h>

#include "base/asset.h"
#include "base/die.h"
#include "base/utf8.h"
#include "text/analysis.h"

#define BYTES_A_BYTE 4096 /* of memory for one of text */
#define BYTES_AT_ALL ((size_t)1 << 18)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena kept;
static const struct analyst *analyst;
static struct word_reader *reader;

static Str bytes_of(const char *path)
{
	return asset_find(str_of(path))->bytes;
}

static void make(void)
{
	struct err err;
	struct analyst_files files = {
		.sentiment = bytes_of("models/sentiment.heedmodel"),
		.emotion = bytes_of("models/emotion.heedmodel"),
		.themes = bytes_of("models/themes.txt"),
	};
	reader = word_reader_open();
	MUST(analyst_make(&kept, reader, &files, &analyst, &err));
}

static bool is_between(Str text, size_t at)
{
	return at == text.len || ((unsigned char)text.at[at] & 0xC0) != 0x80;
}

static void check_span(const struct analysis *x, bool valid, size_t from, size_t len)
{
	Str text = x->words.text;
	MUST(len > 0 && from < text.len && len <= text.len - from);
	MUST(!valid || (is_between(text, from) && is_between(text, from + len)));
}

static void check(const struct analysis *x)
{
	bool valid = utf8_is_valid(x->words.text);
	for (size_t i = 0; i < x->words.count; i++)
		check_span(x, valid, x->words.words[i].from, x->words.words[i].len);
	for (size_t i = 0; i < x->themes.count; i++) {
		const struct theme_mention *m = &x->themes.mention[i];
		check_span(x, valid, m->from, m->len);
		MUST(m->polarity >= -1 && m->polarity <= 1);
	}
	for (size_t i = 0; i < x->keyword_count; i++)
		check_span(x, valid, x->keywords[i].from, x->keywords[i].len);
	for (size_t i = 0; i < x->urgent.count; i++)
		check_span(x, valid, x->urgent.finds[i].from, x->urgent.finds[i].len);
	MUST(!x->covered || (x->shown.score >= -1 && x->shown.score <= 1 && x->blind));
	for (enum emotion e = 0; x->has_emotions && e < EMOTION_COUNT; e++)
		MUST(x->emotions.probability[e] >= 0 && x->emotions.probability[e] <= 1);
	MUST(x->low_effort != LOW_EFFORT_NONE || (x->intents.present >> x->intents.main & 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct analysis x;
	if (size < 2)
		return 0;
	if (!analyst)
		make();
	Str all = { (const char *)data + 2, size - 2 };
	size_t question = data[1] < all.len ? data[1] : all.len;
	struct comment c = { .text = str_from(all, question),
		             .question = str_slice(all, 0, question) };
	if (data[0] < 200) {
		enum tongue t = (enum tongue)(1 + data[0] % (TONGUE_COUNT - 1));
		c.wish = (struct language_wish){ .expected = t, .is_told = true };
	}
	analyse(analyst, reader, &a, &c, &x);
	MUST(a.bytes <= BYTES_AT_ALL + BYTES_A_BYTE * size);
	check(&x);
	arena_free(&a);
	return 0;
}
