/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/linear.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const Str classes[] = { { "good", 4 }, { "bad", 3 } };
static const char *const good[] = { "great support", "I love it", "works great", "lovely people",
	                            "great" };
static const char *const bad[] = { "awful support", "I hate it", "works badly", "awful people",
	                           "not great" };

static struct features read_features(struct word_reader *r, struct arena *a, const char *text)
{
	struct words w;
	struct features f;
	words_read(r, a, str_of(text), TONGUE_EN, &w);
	features_of(a, &w, 0, w.count,
	            FEATURE_WORDS | FEATURE_STEMS | FEATURE_PAIRS | FEATURE_CHARS | FEATURE_NEGATED,
	            &f);
	return f;
}

/* Trained on the ten texts, with one number that says nothing. */
static void train(struct word_reader *r, struct arena *a, struct linear *m)
{
	static const float nothing[1] = { 0 };
	struct linear_sample samples[10];
	for (size_t i = 0; i < 5; i++) {
		samples[i] = (struct linear_sample){ read_features(r, a, good[i]), nothing, 1, 0 };
		samples[5 + i] =
		    (struct linear_sample){ read_features(r, a, bad[i]), nothing, 2, 0 };
	}
	struct linear_lesson lesson = { samples, 10, 1, classes, 2, 10, NULL };
	linear_learn(a, &lesson, m);
}

static void learns_what_it_was_shown(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct linear m;
	train(r, &a, &m);
	for (size_t i = 0; i < 10; i++) {
		struct features f = read_features(r, &a, i < 5 ? good[i] : bad[i - 5]);
		float numbers[1] = { 0 }, scores[2], each[2];
		linear_scores(&m, &f, numbers, scores);
		linear_each(&m, scores, each);
		assert_true((scores[0] > scores[1]) == (i < 5));
		assert_true((each[0] > .5F) == (i < 5));
	}
	word_reader_close(r);
	arena_free(&a);
}

static void is_the_same_after_a_file(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct linear m, again;
	struct err err;
	struct buf file, second;
	buf_init(&file, 1 << 24);
	buf_init(&second, 1 << 24);
	train(r, &a, &m);
	linear_write(&m, &file);
	assert_true(linear_read(&a, buf_str(&file), &again, &err));
	linear_write(&again, &second);
	assert_true(str_eq(buf_str(&file), buf_str(&second)));
	assert_string_equal(str_copy_c(&a, again.class_name[1]), "bad");
	struct features f = read_features(r, &a, "great people, awful app");
	float number = 0, before[2], after[2];
	linear_scores(&m, &f, &number, before);
	linear_scores(&again, &f, &number, after);
	assert_memory_equal(before, after, sizeof before);
	buf_free(&file);
	buf_free(&second);
	word_reader_close(r);
	arena_free(&a);
}

static void refuses_a_damaged_file(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct linear m;
	struct err err;
	struct buf file;
	buf_init(&file, 1 << 24);
	train(r, &a, &m);
	linear_write(&m, &file);
	for (size_t len = 0; len<file.len; len += file.len> 2000 && len > 200 ? 97 : 1)
		assert_false(linear_read(&a, str_slice(buf_str(&file), 0, len), &m, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	buf_add_char(&file, 'x');
	assert_false(linear_read(&a, buf_str(&file), &m, &err));
	buf_free(&file);
	word_reader_close(r);
	arena_free(&a);
}

static void never_chooses_a_class_without_an_example(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct linear m;
	struct linear_sample samples[2] = { { read_features(r, &a, "fine"), NULL, 1, 0 },
		                            { read_features(r, &a, "bad"), NULL, 0, 0 } };
	struct linear_lesson lesson = { samples, 2, 0, classes, 2, 1, NULL };
	linear_learn(&a, &lesson, &m);
	float scores[2];
	linear_scores(&m, &samples[1].features, NULL, scores);
	assert_true(scores[1] < scores[0]);
	word_reader_close(r);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(learns_what_it_was_shown),
		cmocka_unit_test(is_the_same_after_a_file),
		cmocka_unit_test(refuses_a_damaged_file),
		cmocka_unit_test(never_chooses_a_class_without_an_example),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
