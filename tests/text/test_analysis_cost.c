/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a text costs grows with its length and not with its square: words that are judged, and memory, are counted for strange texts
 * and for texts of eight times their length. */
#include "text/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/asset.h"

#define SHORT 4096
#define TIMES 8

static const char *const shapes[] = {
	"a",
	" ",
	"\xF0\x9F\x98\x80",
	"e\xCC\x81\xCC\x82\xCC\x83",
	"\xD8\xAE\xD8\xAF\xD9\x85\xD8\xA9 ",
	"\xE2\x80\x8B",
	"\xE0\xB8\x94\xE0\xB8\xB5\xE0\xB8\xA1\xE0\xB8\xB2\xE0\xB8\x81",
	",",
	"a , ",
	"not ",
	"price service food ",
	"food service; ",
	"menu - ",
	"menu and price - ",
	"bad (ok) ",
	":-) ",
	"lawyer ",
	"\xFF\xC3",
};

static Str filled(struct arena *a, const char *what, size_t len)
{
	size_t piece = strlen(what), at = 0;
	char *out = arena_alloc(a, len);
	for (; at + piece <= len; at += piece)
		memcpy(out + at, what, piece);
	return (Str){ out, at };
}

struct scene {
	struct arena kept;
	struct word_reader *reader;
	const struct analyst *analyst;
};

static void begin(struct scene *s)
{
	struct err err;
	struct analyst_files files = {
		.sentiment = asset_find(STR("models/sentiment.heedmodel"))->bytes,
		.emotion = asset_find(STR("models/emotion.heedmodel"))->bytes,
		.themes = asset_find(STR("models/themes.txt"))->bytes,
	};
	*s = (struct scene){ .reader = word_reader_open() };
	if (!analyst_make(&s->kept, s->reader, &files, &s->analyst, &err))
		fail_msg("%s", err.msg);
}

static void end(struct scene *s)
{
	word_reader_close(s->reader);
	arena_free(&s->kept);
}

static size_t memory_for(struct scene *s, Str text)
{
	struct arena a = { 0 };
	struct analysis x;
	struct comment c = { .text = text,
		             .wish = { .among = TONGUE_BIT(TONGUE_EN), .expected = TONGUE_EN } };
	analyse(s->analyst, s->reader, &a, &c, &x);
	size_t bytes = a.bytes;
	arena_free(&a);
	return bytes;
}

static void test_memory_grows_with_the_length(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		size_t once = memory_for(&s, filled(&s.kept, shapes[i], SHORT));
		size_t more = memory_for(&s, filled(&s.kept, shapes[i], TIMES * SHORT));
		if (more > once * TIMES * 2) /* arrays double as they grow */
			fail_msg("\"%s\": %zu bytes, then %zu", shapes[i], once, more);
	}
	end(&s);
}

/* The models and lists of an analyst take 23 MB; themes alone once took 80. */
static void test_memory_of_what_is_kept(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_true(s.kept.bytes < (size_t)32 << 20);
	end(&s);
}

/* Words that the judge of themes is asked about. */
static float count_words(void *of, size_t first, size_t count)
{
	(void)first;
	*(size_t *)of += count;
	return 0; /* says nothing, so that neighbours are asked as well */
}

static size_t judged_of(struct scene *s, const struct theme_reader *r, Str text)
{
	struct arena a = { 0 };
	struct words w;
	struct theme_mentions m;
	size_t judged = 0;
	struct theme_judge judge = { count_words, &judged };
	words_read(s->reader, &a, text, TONGUE_EN, &w);
	theme_read(r, &a, &w, &judge, &m);
	arena_free(&a);
	return judged;
}

static void test_words_judged_grow_with_the_length(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	const struct theme_reader *r =
	    theme_reader_new(&s.kept, s.reader, analyst_taxonomy(s.analyst), NULL);
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		size_t once = judged_of(&s, r, filled(&s.kept, shapes[i], SHORT));
		size_t more = judged_of(&s, r, filled(&s.kept, shapes[i], TIMES * SHORT));
		if (more > once * (TIMES + 1))
			fail_msg("\"%s\": %zu words, then %zu", shapes[i], once, more);
	}
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_grows_with_the_length),
		cmocka_unit_test(test_memory_of_what_is_kept),
		cmocka_unit_test(test_words_judged_grow_with_the_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
