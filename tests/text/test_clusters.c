/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/clusters.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/word_vectors.h"

/* Three topics with ten words each; a comment has three words of one topic and one that all share. */
static void add_topics(struct cluster_comments *c, size_t count)
{
	static const char *const topics[3] = {
		"waiter waitress staff manager host service tip counter chef bartender",
		"price bill cost money dollar cheap coupon discount fee refund",
		"music decor light seat view table terrace noise window garden"
	};
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	uint64_t seed = 5;
	for (size_t i = 0; i < count; i++) {
		Str words[10];
		Str rest = str_of(topics[i % 3]);
		size_t n = 0;
		while (str_cut(&rest, ' ', &words[n]))
			n++;
		struct words w;
		Str text = str_printf(&a, "%.*s, %.*s and %.*s place",
		                      STR_FMT(words[seeded_next(&seed) % 10]),
		                      STR_FMT(words[seeded_next(&seed) % 10]),
		                      STR_FMT(words[seeded_next(&seed) % 10]));
		words_read(r, &a, text, TONGUE_EN, &w);
		cluster_comments_add(c, &w, NULL, NULL);
	}
	word_reader_close(r);
	arena_free(&a);
}

static void finds_the_topics_that_texts_were_made_of(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct cluster_comments *c = cluster_comments_open();
	struct clusters found;
	size_t table[3][3] = { 0 };
	add_topics(c, 600);
	clusters_find(c, &a, 3, 1, &found);
	assert_int_equal(found.count, 3);
	for (size_t i = 0; i < 600; i++)
		table[i % 3][found.of[i]]++;
	for (size_t t = 0; t < 3; t++)
		assert_true(table[t][0] > 190 || table[t][1] > 190 || table[t][2] > 190);
	assert_true(found.at[0].comments + found.at[1].comments + found.at[2].comments == 600);
	assert_int_equal(found.at[0].name_count, CLUSTER_NAMES);
	cluster_comments_close(c);
	arena_free(&a);
}

static void gives_the_same_for_the_same_seed(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct cluster_comments *c = cluster_comments_open();
	struct clusters one, two;
	add_topics(c, 300);
	clusters_find(c, &a, 5, 9, &one);
	clusters_find(c, &a, 5, 9, &two);
	assert_int_equal(one.count, two.count);
	assert_memory_equal(one.of, two.of, one.comments);
	assert_memory_equal(one.closeness, two.closeness, one.comments * sizeof *one.closeness);
	cluster_comments_close(c);
	arena_free(&a);
}

static bool skips_all(void *context, enum tongue tongue, const struct word *word)
{
	(void)context;
	(void)tongue;
	(void)word;
	return true;
}

static void leaves_out_what_says_nothing(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct cluster_comments *c = cluster_comments_open();
	struct clusters found;
	struct words w;
	clusters_find(c, &a, 4, 1, &found); /* no comment at all */
	assert_int_equal(found.count, 0);
	words_read(r, &a, STR("slow support"), TONGUE_EN, &w);
	for (int i = 0; i < 5; i++)
		cluster_comments_add(c, &w, skips_all, NULL);
	clusters_find(c, &a, 4, 1, &found);
	assert_int_equal(found.count, 0);
	assert_int_equal(found.comments, 5);
	assert_int_equal(found.of[4], CLUSTER_NONE);
	for (int i = 0; i < 5; i++)
		cluster_comments_add(c, &w, NULL, NULL);
	clusters_find(c, &a, 4, 1, &found); /* one kind, though four were wanted */
	assert_int_equal(found.count, 1);
	assert_int_equal(found.at[0].comments, 5);
	assert_int_equal(found.of[0], CLUSTER_NONE);
	cluster_comments_close(c);
	word_reader_close(r);
	arena_free(&a);
}

/* Two pairs of words that always stand together, never with the other pair: the two of a pair are alike, others are not. */
static void puts_words_of_one_company_together(void **state)
{
	(void)state;
	struct arena a = { 0 };
	uint32_t words[400];
	size_t first[201];
	for (size_t i = 0; i <= 200; i++) {
		first[i] = 2 * i;
		if (i < 200) {
			words[2 * i] = i % 2 ? 0 : 2;
			words[2 * i + 1] = i % 2 ? 1 : 3;
		}
	}
	struct word_bags bags = { words, first, 200, 4 };
	const float *v = word_vectors(&a, &bags, 4, 3);
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 4; j++) {
			float dot = 0;
			for (size_t d = 0; d < 4; d++)
				dot += v[i * 4 + d] * v[j * 4 + d];
			if (i == j)
				assert_true(fabsf(dot - 1) < 1e-4F);
			else if (i / 2 != j / 2)
				assert_true(fabsf(dot) < 1e-4F);
		}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_topics_that_texts_were_made_of),
		cmocka_unit_test(gives_the_same_for_the_same_seed),
		cmocka_unit_test(leaves_out_what_says_nothing),
		cmocka_unit_test(puts_words_of_one_company_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
