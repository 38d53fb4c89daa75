/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/fasttext.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "fasttext_small.h"

static float ask(const struct fasttext *m, const char *text)
{
	float p[2];
	assert_true(fasttext_ask(m, str_of(text), p));
	assert_float_equal(p[0] + p[1], 1, 1e-5);
	return p[0];
}

static const struct fasttext *read_small(struct arena *a, int loss, int bucket)
{
	const struct fasttext *m;
	struct err err;
	struct buf *file = buf_in(a, 1 << 16);
	fasttext_small(file, loss, bucket);
	assert_true(fasttext_read(a, buf_str(file), &m, &err));
	return m;
}

/* The bucket of an n-gram, by fastText's hash. */
static int bucket_of(const char *ngram)
{
	uint32_t hash = 2166136261u;
	for (; *ngram; ngram++)
		hash = (hash ^ (unsigned char)*ngram) * 16777619u;
	return (int)(hash % FASTTEXT_SMALL_BUCKETS);
}

static void takes_the_mean_of_words_and_kept_ngrams(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const struct fasttext *m = read_small(&a, FASTTEXT_SMALL_SOFTMAX, bucket_of("ye"));
	assert_int_equal(fasttext_label_count(m), 2);
	assert_true(str_eq(fasttext_label(m, 0), STR("good")));
	/* "yes" (1, -1), "ye" (1, -1), "</s>" (0, 0), times 1.5: the mean is (1, -1). */
	assert_float_equal(ask(m, "yes"), 1 / (1 + expf(-2)), 1e-5);
	/* "no" (2, -2) and "</s>": (1.5, -1.5). */
	assert_float_equal(ask(m, " no\n"), 1 / (1 + expf(-3)), 1e-5);
	/* Unknown but for its n-gram: (1, -1) and "</s>". */
	assert_float_equal(ask(m, "yeah"), 1 / (1 + expf(-1.5F)), 1e-5);
	float p[2];
	assert_false(fasttext_ask(m, STR("xxxx"), p));
	assert_false(fasttext_ask(m, STR(" \n"), p));
	arena_free(&a);
}

static void walks_the_tree_of_labels(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const struct fasttext *m = read_small(&a, FASTTEXT_SMALL_TREE, bucket_of("ye"));
	/* One inner node; the rarer label is its left child: the sigmoid of 1 speaks for the other. */
	assert_float_equal(ask(m, "yes"), 1 / (1 + expf(-1)), 1e-5);
	arena_free(&a);
}

static void refuses_what_is_damaged(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const struct fasttext *m;
	struct err err = { 0 };
	struct buf *file = buf_in(&a, 1 << 16);
	fasttext_small(file, FASTTEXT_SMALL_TREE, 7);
	Str whole = buf_str(file);
	for (size_t len = 0; len < whole.len; len++)
		assert_false(fasttext_read(&a, str_slice(whole, 0, len), &m, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	buf_add_char(file, 'x');
	assert_false(fasttext_read(&a, buf_str(file), &m, &err));
	arena_free(&a);
}

static void refuses_a_bucket_that_there_is_not(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const struct fasttext *m;
	struct err err;
	struct buf *file = buf_in(&a, 1 << 16);
	fasttext_small(file, FASTTEXT_SMALL_SOFTMAX, FASTTEXT_SMALL_BUCKETS);
	assert_false(fasttext_read(&a, buf_str(file), &m, &err));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_mean_of_words_and_kept_ngrams),
		cmocka_unit_test(walks_the_tree_of_labels),
		cmocka_unit_test(refuses_what_is_damaged),
		cmocka_unit_test(refuses_a_bucket_that_there_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
