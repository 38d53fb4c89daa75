/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/die.h"

struct sample {
	enum tongue tongue;
	const char *text, *read;
};

/* Clauses with a bar between, sentences with two. */
static void write_clauses(const struct words *w, struct buf *out)
{
	for (size_t i = 0; i < w->clause_count; i++) {
		const struct clause *c = &w->clauses[i];
		if (i > 0)
			buf_add(out, c->sentence == c[-1].sentence ? STR(" | ") : STR(" || "));
		buf_add(out, str_slice(w->text, c->from, c->len));
	}
}

static void write_stems(const struct words *w, struct buf *out)
{
	for (size_t i = 0; i < w->count; i++) {
		buf_add(out, i ? STR(" ") : STR(""));
		buf_add(out, w->words[i].stem);
	}
}

static void write_kinds(const struct words *w, struct buf *out)
{
	static const char *const names[] = { "word", "number", "emoji", "mark" };
	for (size_t i = 0; i < w->count; i++)
		buf_printf(out, "%s%s%s%s", i ? " " : "", names[w->words[i].kind],
		           w->words[i].capitals ? "/caps" : "",
		           w->words[i].stretched ? "/long" : "");
}

typedef void (*write_fn)(const struct words *w, struct buf *out);

static void reads_as(const struct sample *all, size_t count, write_fn write)
{
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	for (size_t i = 0; i < count; i++) {
		struct words w;
		struct buf out;
		buf_init(&out, 4096);
		words_read(r, &a, str_of(all[i].text), all[i].tongue, &w);
		write(&w, &out);
		assert_string_equal(str_copy_c(&a, buf_str(&out)), all[i].read);
		buf_free(&out);
	}
	word_reader_close(r);
	arena_free(&a);
}
#define READS_AS(samples, write) reads_as((samples), sizeof(samples) / sizeof(samples)[0], (write))

static void parts_what_can_be_judged_for_itself(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "Onboarding was confusing, but the assistant is brilliant.",
		  "Onboarding was confusing, | but the assistant is brilliant." },
		{ TONGUE_EN, "Great food! Service slow...  Would not return",
		  "Great food! || Service slow... || Would not return" },
		{ TONGUE_EN, "The room was lovely, the breakfast was cold and late",
		  "The room was lovely, | the breakfast was cold and late" },
		{ TONGUE_EN, "Nice, clean, quiet rooms", "Nice, clean, quiet rooms" },
		{ TONGUE_EN, "Staff: rude\nPool: fine", "Staff: | rude || Pool: | fine" },
		{ TONGUE_EN, "A well-known brand - sadly expensive",
		  "A well-known brand - | sadly expensive" },
		{ TONGUE_DE, "Der Support ist nett, aber viel zu langsam",
		  "Der Support ist nett, | aber viel zu langsam" },
		{ TONGUE_PT, "O sistema é bom mas trava muito",
		  "O sistema é bom | mas trava muito" },
		{ TONGUE_FR, "Bien mais cher", "Bien | mais cher" },
		{ TONGUE_JA, "料理は美味しい。サービスが遅い。",
		  "料理は美味しい。 || サービスが遅い。" },
		{ TONGUE_EN, "", "" },
		{ TONGUE_EN, "   \n ", "" },
	};
	READS_AS(samples, write_clauses);
}

static void folds_and_stems_in_the_language_of_the_text(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "Waiting SOOOO looong", "wait soo loong" },
		{ TONGUE_EN, "didn’t", "didn't" },
		{ TONGUE_DE, "Häuser Straße", "haus strass" },
		{ TONGUE_ES, "rápidamente", "rapid" },
		{ TONGUE_OTHER, "Waiting", "waiting" },
		{ TONGUE_FR, "L'accueil n’est pas aujourd'hui", "l accueil n est pas aujourd'hui" },
		{ TONGUE_IT, "dell'albergo l'", "dell alberg l '" },
		{ TONGUE_EN, "d'accord", "d'accord" },
	};
	READS_AS(samples, write_stems);
}

static void tells_words_numbers_faces_and_marks_apart(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "LOVE it :-)) 10/10", "word/caps word emoji number mark number" },
		{ TONGUE_EN, "soooo good 👍🏽!", "word/long word emoji mark" },
		{ TONGUE_EN, "at 10:30, ratio 2:3",
		  "word number mark number mark word number mark number" },
		{ TONGUE_EN, "<3 you ;P", "emoji word emoji" },
	};
	READS_AS(samples, write_kinds);
}

/* Every byte of letters is in a word, in order; spans and clauses hold together. */
static void must_hold_together(const struct words *w)
{
	size_t end = 0, clause = 0;
	for (size_t i = 0; i < w->count; i++) {
		assert_true(w->words[i].from >= end && w->words[i].len > 0);
		end = w->words[i].from + w->words[i].len;
		assert_true(w->words[i].clause == clause || w->words[i].clause == clause + 1);
		clause = w->words[i].clause;
		const struct clause *c = &w->clauses[clause];
		assert_true(i >= c->first && i < c->first + c->count);
		assert_true(w->words[i].from >= c->from && end <= c->from + c->len);
	}
	assert_true(end <= w->text.len);
	assert_true(w->count == 0 || clause + 1 == w->clause_count);
}

static void reads_whatever_comes(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	static const char *const parts[] = { "a",
		                             " ",
		                             "\xFF",
		                             "é",
		                             "👩‍👩‍👧",
		                             "\xE0",
		                             "\xE2\x80\xAE",
		                             "\xCC\x81",
		                             ",",
		                             ":)",
		                             "。",
		                             "-",
		                             "\n",
		                             "A" };
	size_t count = sizeof parts / sizeof parts[0];
	for (size_t p = 0; p < count * count; p++) {
		struct buf text;
		struct words w;
		buf_init(&text, 1 << 20);
		for (size_t i = 0; text.len < 40000; i++)
			buf_add(&text, str_of(parts[i % 2 ? p % count : p / count]));
		words_read(r, &a, buf_str(&text), TONGUE_EN, &w);
		assert_true(w.cut && w.text.len <= WORDS_BYTES_MAX &&
		            w.text.len > WORDS_BYTES_MAX - 4);
		must_hold_together(&w);
		buf_free(&text);
		arena_free(&a);
	}
	word_reader_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_what_can_be_judged_for_itself),
		cmocka_unit_test(folds_and_stems_in_the_language_of_the_text),
		cmocka_unit_test(tells_words_numbers_faces_and_marks_apart),
		cmocka_unit_test(reads_whatever_comes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
