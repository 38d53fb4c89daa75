/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/keywords.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void write_phrases(struct word_reader *r, struct arena *a, enum tongue tongue,
                          const char *text, struct buf *out)
{
	struct words w;
	struct phrase *phrases;
	size_t count;
	words_read(r, a, str_of(text), tongue, &w);
	phrases_of(a, &w, &phrases, &count);
	for (size_t i = 0; i < count; i++) {
		buf_add(out, i ? STR(" | ") : STR(""));
		buf_add(out, str_slice(w.text, phrases[i].from, phrases[i].len));
	}
}

static void finds_phrases_that_carry_content(void **state)
{
	(void)state;
	static const struct {
		enum tongue tongue;
		const char *text, *phrases;
	} samples[] = {
		{ TONGUE_EN, "The ease of use is great", "ease | ease of use | use | great" },
		{ TONGUE_EN, "slow support, but friendly",
		  "slow | slow support | support | friendly" },
		{ TONGUE_EN, "It was not what I wanted at all", "wanted" },
		{ TONGUE_EN, "", "" },
		{ TONGUE_PT, "facilidade de uso", "facilidade | facilidade de uso | uso" },
		{ TONGUE_DE, "Der Support ist zu langsam", "Support | langsam" },
	};
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		struct buf *out = buf_in(&a, 4096);
		write_phrases(r, &a, samples[i].tongue, samples[i].text, out);
		assert_string_equal(str_copy_c(&a, buf_str(out)), samples[i].phrases);
	}
	word_reader_close(r);
	arena_free(&a);
}

static void add(struct keyword_counts *k, struct word_reader *r, const char *text, unsigned group)
{
	struct arena a = { 0 };
	struct words w;
	struct phrase *phrases;
	size_t count;
	words_read(r, &a, str_of(text), TONGUE_EN, &w);
	phrases_of(&a, &w, &phrases, &count);
	keyword_counts_add(k, &w, phrases, count, group);
	arena_free(&a);
}

static void ranks_what_one_group_says_more(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct keyword_counts *k = keyword_counts_open();
	struct keyword *found;
	size_t count;
	for (int i = 0; i < 40; i++) {
		add(k, r, "The app has slow support, slow support", 0);
		add(k, r, "The app is easy", 2);
	}
	for (int i = 0; i < 5; i++)
		add(k, r, "slow support in the app, but easy", 2);
	keywords_of(k, &a, 0, 5, &found, &count);
	assert_int_equal(count, 1);
	assert_string_equal(str_copy_c(&a, found[0].text), "slow support");
	/* Once a comment, however often it is said. */
	assert_int_equal(found[0].comments, 40);
	assert_int_equal(found[0].others, 5);
	assert_true(fabs(found[0].share_others - 5 / 45.0) < 1e-12);
	assert_true(found[0].z > 1.96);
	keywords_of(k, &a, 2, 5, &found, &count);
	assert_string_equal(str_copy_c(&a, found[0].text), "easy");
	keyword_counts_close(k);
	word_reader_close(r);
	arena_free(&a);
}

static void add_times(struct keyword_counts *k, struct word_reader *r, int times, const char *text,
                      unsigned group)
{
	for (int i = 0; i < times; i++)
		add(k, r, text, group);
}

/* "Slow support" says what "slow support desk" does, which is told: so it does not take the place of "support". */
static void tells_no_phrase_beside_a_longer_one_that_says_the_same(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct keyword_counts *k = keyword_counts_open();
	struct keyword *found;
	size_t count;
	add_times(k, r, 50, "slow support desk", 0);
	add_times(k, r, 30, "slow support", 0);
	add_times(k, r, 20, "support", 0);
	add_times(k, r, 20, "price", 0);
	add_times(k, r, 25, "slow support desk", 2);
	add_times(k, r, 55, "slow support", 2);
	add_times(k, r, 120, "price", 2);
	keywords_of(k, &a, 0, 5, &found, &count);
	assert_int_equal(count, 2);
	assert_string_equal(str_copy_c(&a, found[0].text), "support");
	assert_string_equal(str_copy_c(&a, found[1].text), "slow support desk");
	keyword_counts_close(k);
	word_reader_close(r);
	arena_free(&a);
}

static void takes_no_word_for_a_part_of_another(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct keyword_counts *k = keyword_counts_open();
	struct keyword *found;
	size_t count;
	add_times(k, r, 40, "late. chocolate", 0);
	add_times(k, r, 40, "price", 2);
	keywords_of(k, &a, 0, 5, &found, &count);
	assert_int_equal(count, 2);
	keyword_counts_close(k);
	word_reader_close(r);
	arena_free(&a);
}

/* Both groups draw from the same words: hardly one in twenty may look unlike. */
static void finds_next_to_nothing_where_nothing_differs(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct keyword_counts *k = keyword_counts_open();
	struct keyword *found;
	size_t count, strong = 0;
	uint32_t x = 7;
	for (int i = 0; i < 2000; i++) {
		char text[64];
		uint32_t word[2];
		for (int j = 0; j < 2; j++) {
			x = x * 1664525 + 1013904223;
			word[j] = (x >> 16) % 50;
		}
		snprintf(text, sizeof text, "x%cz%c. y%cq%c", 'a' + (int)word[0] / 10,
		         'a' + (int)word[0] % 10, 'a' + (int)word[1] / 10, 'a' + (int)word[1] % 10);
		x = x * 1664525 + 1013904223;
		add(k, r, text, x >> 31 ? 0 : 2);
	}
	keywords_of(k, &a, 0, 1000, &found, &count);
	for (size_t i = 0; i < count; i++)
		strong += found[i].z > 1.96;
	assert_true(count > 20);
	assert_true(strong <= 8);
	keyword_counts_close(k);
	word_reader_close(r);
	arena_free(&a);
}

static void add_person(struct keyword_counts *k, struct word_reader *r, enum tongue tongue,
                       const char *text, unsigned group, bool more)
{
	struct arena a = { 0 };
	struct words w;
	struct phrase *phrases;
	size_t count;
	words_read(r, &a, str_of(text), tongue, &w);
	phrases_of(&a, &w, &phrases, &count);
	(more ? keyword_counts_add_more : keyword_counts_add)(k, &w, phrases, count, group);
	arena_free(&a);
}

static void tells_sides_apart_by_people_and_within_their_language(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct keyword_counts *k = keyword_counts_open();
	struct keywords_apart found;
	for (int i = 0; i < 60; i++) {
		add_person(k, r, TONGUE_EN, "slow support in the app", 0, false);
		add_person(k, r, TONGUE_EN, "the app is easy", 1, false);
	}
	/* One who says it forty times is one; only one side writes German. */
	add_person(k, r, TONGUE_EN, "The banner!", 0, false);
	for (int i = 0; i < 40; i++)
		add_person(k, r, TONGUE_EN, "The banner!", 0, true);
	for (int i = 0; i < 60; i++)
		add_person(k, r, TONGUE_DE, "Der Kundendienst antwortet", 1, false);
	keywords_apart(k, &a, 10, &found);
	assert_int_equal(found.count[0], 1);
	assert_int_equal(found.count[1], 1);
	const struct keyword_apart *slow = &found.list[0][0], *easy = &found.list[1][0];
	assert_string_equal(str_copy_c(&a, slow->text), "slow support");
	assert_string_equal(str_copy_c(&a, easy->text), "easy");
	assert_int_equal(slow->people[0], 60);
	assert_int_equal(slow->of[0], 61);
	assert_int_equal(easy->people[1], 60);
	assert_int_equal(easy->of[1], 60);
	assert_true(slow->odds.lo > 0 && easy->odds.lo > 0);
	assert_true(slow->rate < .05 && found.beyond_chance >= 2);
	keyword_counts_close(k);
	word_reader_close(r);
	arena_free(&a);
}

/* Sides dealt by chance: of 200 draws hardly one tells anything. */
static void tells_nothing_of_sides_that_chance_dealt(void **state)
{
	(void)state;
	struct word_reader *r = word_reader_open();
	uint32_t x = 11;
	int told = 0;
	for (int draw = 0; draw < 200; draw++) {
		struct arena a = { 0 };
		struct keyword_counts *k = keyword_counts_open();
		struct keywords_apart found;
		for (int i = 0; i < 300; i++) {
			char text[64];
			uint32_t word[2];
			for (int j = 0; j < 2; j++) {
				x = x * 1664525 + 1013904223;
				word[j] = (x >> 16) % 40;
				word[j] = word[j] * word[j] / 40;
			}
			snprintf(text, sizeof text, "x%cz%c. y%cq%c", 'a' + (int)word[0] / 10,
			         'a' + (int)word[0] % 10, 'a' + (int)word[1] / 10,
			         'a' + (int)word[1] % 10);
			x = x * 1664525 + 1013904223;
			add_person(k, r, TONGUE_EN, text, (x >> 16) % 5 == 0, false);
		}
		keywords_apart(k, &a, 100, &found);
		assert_true(found.tried > 20);
		told += found.beyond_chance > 0;
		keyword_counts_close(k);
		arena_free(&a);
	}
	print_message("something was told in %d of 200 draws\n", told);
	assert_true(told <= 10);
	word_reader_close(r);
}

static void forgets_rare_phrases_past_its_limit(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct keyword_counts *k = keyword_counts_open();
	struct keyword *found;
	size_t count;
	for (int i = 0; i < KEYWORD_PHRASES_MAX / 2; i++) {
		char text[96];
		int n = i;
		char word[8];
		for (int j = 0; j < 5; j++, n /= 20)
			word[j] = "bcdfghjklmnpqrstvwxz"[n % 20];
		word[5] = 0;
		snprintf(text, sizeof text, "%s. q%s. crash", word, word);
		add(k, r, text, 0);
	}
	for (int i = 0; i < 40; i++)
		add(k, r, "support", 1);
	keywords_of(k, &a, 0, 3, &found, &count);
	assert_string_equal(str_copy_c(&a, found[0].text), "crash");
	assert_int_equal(found[0].comments, KEYWORD_PHRASES_MAX / 2);
	keyword_counts_close(k);
	word_reader_close(r);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_phrases_that_carry_content),
		cmocka_unit_test(ranks_what_one_group_says_more),
		cmocka_unit_test(tells_no_phrase_beside_a_longer_one_that_says_the_same),
		cmocka_unit_test(takes_no_word_for_a_part_of_another),
		cmocka_unit_test(finds_next_to_nothing_where_nothing_differs),
		cmocka_unit_test(tells_sides_apart_by_people_and_within_their_language),
		cmocka_unit_test(tells_nothing_of_sides_that_chance_dealt),
		cmocka_unit_test(forgets_rare_phrases_past_its_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
