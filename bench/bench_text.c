/* bench_text - how fast comments are understood on one core: by length, by language, by part; what strange texts cost by their
 * length; memory of the models. Beside it, in the same run, what any such program must do: ICU's words, libstemmer, a hash.
 *
 *	bench_text [FILE [LID]]     comments, one a line (else sentences of our own); lid.176.ftz
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>

#include "base/asset.h"
#include "base/buf.h"
#include "base/die.h"
#include "insight/analysis_json.h"
#include "tests/text/file_text.h"

#define SHAPE_MAX  32768
#define SECONDS    0.4 /* each figure is of so long at least */
#define JSON_BYTES ((size_t)64 << 20)

static const char *const sentences[][2] = {
	{ "en", "The staff were friendly and the food was great, but we waited far too long for "
	        "the bill and it "
	        "was not cheap." },
	{ "de", "Das Personal war freundlich und das Essen sehr gut, aber wir mussten viel zu "
	        "lange auf die "
	        "Rechnung warten." },
	{ "fr", "Le personnel était aimable et les plats très bons, mais nous avons attendu "
	        "l'addition beaucoup "
	        "trop longtemps." },
	{ "es", "El personal fue amable y la comida muy buena, pero esperamos demasiado tiempo la "
	        "cuenta y no fue "
	        "barato." },
	{ "it", "Il personale era gentile e il cibo molto buono, ma abbiamo aspettato troppo a "
	        "lungo il conto e non "
	        "costa poco." },
	{ "pt", "O atendimento foi simpático e a comida muito boa, mas esperamos demais pela conta "
	        "e não foi "
	        "barato, não." },
	{ "nl", "Het personeel was vriendelijk en het eten erg lekker, maar we moesten veel te "
	        "lang op de rekening "
	        "wachten." },
};
#define SENTENCES (sizeof sentences / sizeof sentences[0])

/* Each again and again until the text is long enough. */
static const char *const shapes[][2] = {
	{ "one letter", "a" },
	{ "spaces", " " },
	{ "emoji", "\xF0\x9F\x98\x80" },
	{ "combining marks", "e\xCC\x81\xCC\x82\xCC\x83" },
	{ "right to left", "\xD8\xAE\xD8\xAF\xD9\x85\xD8\xA9 " },
	{ "zero width", "\xE2\x80\x8B" },
	{ "Thai without spaces", "\xE0\xB8\x94\xE0\xB8\xB5\xE0\xB8\xA1\xE0\xB8\xB2\xE0\xB8\x81" },
	{ "one word", "supercalifragilistic" },
	{ "commas", "," },
	{ "commas, spaced", "a , " },
	{ "negations", "not " },
	{ "seeds of themes", "price service food " },
	{ "clauses of two themes", "food service; " },
	{ "clauses of one theme", "menu - " },
	{ "clauses", "bad (ok) " },
	{ "faces", ":-) " },
	{ "urgent", "lawyer " },
	{ "not UTF-8", "\xFF\xC3" },
	{ "prose", "The staff were friendly, but we waited too long. " },
};
#define SHAPES (sizeof shapes / sizeof shapes[0])

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct lines {
	Str *at;
	size_t count;
};

struct bench {
	const struct analyst *analyst;
	struct word_reader *reader;
	struct buf json;
	volatile uint32_t hashes; /* so that none is left out */
};

static void understand(struct bench *b, Str text, bool json)
{
	struct arena a = { 0 };
	struct analysis x;
	struct comment c = { .text = text, .wish.expected = TONGUE_EN };
	analyse(b->analyst, b->reader, &a, &c, &x);
	if (json) {
		struct json_writer w;
		buf_clear(&b->json);
		json_put_start(&w, &b->json);
		json_put_dict(&w);
		analysis_put(&w, b->analyst, &x, TONGUE_EN);
		json_put_dict_end(&w);
	}
	arena_free(&a);
}

static void all_of_it(struct bench *b, Str text)
{
	understand(b, text, true);
}

static void without_json(struct bench *b, Str text)
{
	understand(b, text, false);
}

static void language_alone(struct bench *b, Str text)
{
	struct comment c = { .text = text, .wish.expected = TONGUE_EN };
	(void)analyst_language(b->analyst, &c);
}

static void words_alone(struct bench *b, Str text)
{
	struct arena a = { 0 };
	struct words w;
	words_read(b->reader, &a, text, TONGUE_EN, &w);
	arena_free(&a);
}

/* The named alternative. */
static void icu_stem_hash(struct bench *b, Str text)
{
	static UBreakIterator *words;
	static UText *u;
	static struct sb_stemmer *stemmer;
	UErrorCode status = U_ZERO_ERROR;
	if (!words) {
		words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
		stemmer = sb_stemmer_new("english", "UTF_8");
	}
	u = utext_openUTF8(u, text.at, (int64_t)text.len, &status);
	ubrk_setUText(words, u, &status);
	MUST(U_SUCCESS(status));
	int32_t from = ubrk_first(words), to;
	for (; (to = ubrk_next(words)) != UBRK_DONE; from = to) {
		if (ubrk_getRuleStatus(words) < UBRK_WORD_LETTER)
			continue;
		const sb_symbol *stem =
		    sb_stemmer_stem(stemmer, (const sb_symbol *)text.at + from, (int)(to - from));
		uint32_t hash = 2166136261u;
		for (int i = 0; i < sb_stemmer_length(stemmer); i++)
			hash = (hash ^ stem[i]) * 16777619u;
		b->hashes += hash;
	}
}

/* Comments a second. */
static double rate(struct bench *b, const struct lines *l, void (*what)(struct bench *, Str))
{
	double begin = seconds(), spent;
	size_t done = 0;
	do {
		for (size_t i = 0; i < l->count; i++)
			what(b, l->at[i]);
		done += l->count;
		spent = seconds() - begin;
	} while (spent < SECONDS);
	return (double)done / spent;
}

static void by_part(struct bench *b, const struct lines *l)
{
	double bytes = 0;
	for (size_t i = 0; i < l->count; i++)
		bytes += (double)l->at[i].len;
	double all = rate(b, l, all_of_it), bare = rate(b, l, without_json);
	double language = rate(b, l, language_alone), words = rate(b, l, words_alone);
	double least = rate(b, l, icu_stem_hash);
	printf("%zu comments of %.0f bytes on average, one core\n", l->count,
	       bytes / (double)l->count);
	printf("  understood, as JSON        %8.0f a second\n", all);
	printf("  ICU, libstemmer, hash      %8.0f a second: %.1f times as many\n", least,
	       least / all);
	printf("  share of the time: language %.0f %%, words %.0f %%, what is said of them %.0f "
	       "%%, JSON %.0f %%\n",
	       100 * all / language, 100 * all / words,
	       100 * all * (1 / bare - 1 / language - 1 / words), 100 * all * (1 / all - 1 / bare));
}

/* `what` again and again, to `len` bytes at most and at whole ones. */
static Str filled(char *room, const char *what, size_t len)
{
	size_t piece = strlen(what), at = 0;
	for (; at + piece <= len; at += piece)
		for (size_t i = 0; i < piece; i++)
			room[at + i] = what[i];
	return (Str){ room, at };
}

static void by_language_and_length(struct bench *b)
{
	static char room[SHAPE_MAX];
	static const size_t lengths[] = { 25, 100, 400, 1600 };
	printf("\ncomments a second by length in bytes; in brackets ICU, libstemmer, hash\n  ");
	for (size_t k = 0; k < 4; k++)
		printf("%18zu", lengths[k]);
	for (size_t i = 0; i < SENTENCES; i++) {
		printf("\n%s", sentences[i][0]);
		for (size_t k = 0; k < 4; k++) {
			size_t len = strlen(sentences[i][1]);
			Str text = lengths[k] < len
			               ? str_slice(str_of(sentences[i][1]), 0, lengths[k])
			               : filled(room, sentences[i][1], lengths[k]);
			struct lines one = { &text, 1 };
			printf("%8.0f (%7.0f)", rate(b, &one, all_of_it),
			       rate(b, &one, icu_stem_hash));
		}
	}
	printf("\n");
}

static void by_shape(struct bench *b)
{
	static char room[SHAPE_MAX];
	printf("\nmicroseconds for a text of 1, 8, 32 KiB, and times that a byte of the longest "
	       "costs one of the first\n");
	for (size_t i = 0; i < SHAPES; i++) {
		double spent[3];
		for (size_t k = 0; k < 3; k++) {
			Str text = filled(room, shapes[i][1],
			                  k == 0   ? 1024
			                  : k == 1 ? 8192
			                           : SHAPE_MAX);
			struct lines one = { &text, 1 };
			spent[k] = 1e6 / rate(b, &one, all_of_it);
		}
		printf("%-24s%9.0f%9.0f%9.0f   %.2f\n", shapes[i][0], spent[0], spent[1], spent[2],
		       spent[2] / spent[0] / 32);
	}
}

static struct lines lines_of(struct arena *a, Str text)
{
	struct lines l = { 0 };
	Str one;
	size_t room = 1;
	for (size_t i = 0; i < text.len; i++)
		room += text.at[i] == '\n';
	l.at = ARENA_ARRAY(a, Str, room);
	while (str_cut(&text, '\n', &one))
		if (one.len > 0)
			l.at[l.count++] = one;
	return l;
}

static void say_memory(const char *what, size_t bytes, size_t file)
{
	printf("%-24s%9.2f MB of memory, %6.2f MB as a file\n", what, (double)bytes / 1e6,
	       (double)file / 1e6);
}

static void memory_of(const struct analyst_files *f, struct word_reader *r)
{
	struct arena a = { 0 };
	struct err err;
	const struct fasttext *language;
	struct sentiment_model sentiment;
	struct linear emotion;
	struct taxonomy themes;
	const struct analyst *all;
	printf("\n");
	if (f->language.at) {
		MUST(fasttext_read(&a, f->language, &language, &err));
		say_memory("language", a.bytes, f->language.len);
	}
	size_t before = a.bytes;
	MUST(sentiment_model_read(&a, f->sentiment, &sentiment, &err));
	say_memory("sentiment", a.bytes - before, f->sentiment.len);
	before = a.bytes;
	MUST(emotion_model_read(&a, f->emotion, &emotion, &err));
	say_memory("emotion", a.bytes - before, f->emotion.len);
	before = a.bytes;
	MUST(taxonomy_read(&a, f->themes, &themes, &err));
	(void)theme_reader_new(&a, r, &themes, NULL);
	say_memory("themes", a.bytes - before, f->themes.len);
	before = a.bytes;
	(void)low_effort_make(&a);
	(void)urgent_make(&a);
	(void)intent_make(&a);
	say_memory("phrases", a.bytes - before, 0);
	before = a.bytes;
	MUST(analyst_make(&a, r, f, &all, &err));
	say_memory("all, once a process", a.bytes - before, 0);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err err;
	struct bench b = { .reader = word_reader_open() };
	struct analyst_files files = {
		.sentiment = asset_find(STR("models/sentiment.heedmodel"))->bytes,
		.emotion = asset_find(STR("models/emotion.heedmodel"))->bytes,
		.themes = asset_find(STR("models/themes.txt"))->bytes,
	};
	if (argc > 2)
		files.language = file_text(&a, argv[2]);
	MUST(analyst_make(&a, b.reader, &files, &b.analyst, &err));
	buf_init(&b.json, JSON_BYTES);
	struct lines l = { .at = ARENA_ARRAY(&a, Str, SENTENCES), .count = SENTENCES };
	for (size_t i = 0; i < SENTENCES; i++)
		l.at[i] = str_of(sentences[i][1]);
	if (argc > 1)
		l = lines_of(&a, file_text(&a, argv[1]));
	by_part(&b, &l);
	by_language_and_length(&b);
	by_shape(&b);
	memory_of(&files, b.reader);
	buf_free(&b.json);
	word_reader_close(b.reader);
	arena_free(&a);
	return 0;
}
