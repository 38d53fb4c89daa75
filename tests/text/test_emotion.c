/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The model that ships; tests/eval/emotion.test.mjs measures how well it does. */
#include "text/emotion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/asset.h"

static Str shipped(void)
{
	const struct asset *file = asset_find(STR("models/emotion.heedmodel"));
	assert_non_null(file);
	return file->bytes;
}

static struct emotions read(const char *text, enum tongue tongue)
{
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct linear m;
	struct err err;
	struct words w;
	struct emotions e;
	assert_true(emotion_model_read(&a, shipped(), &m, &err));
	words_read(r, &a, str_of(text), tongue, &w);
	emotion_find(&m, &a, &w, &e);
	word_reader_close(r);
	arena_free(&a);
	return e;
}

static bool shows(const struct emotions *e, enum emotion which)
{
	return e->present >> which & 1;
}

static void tells_emotions_of_plain_sentences(void **state)
{
	(void)state;
	struct emotions joy = read("I love this, thank you so much!", TONGUE_EN);
	assert_true(shows(&joy, EMOTION_JOY));
	assert_false(shows(&joy, EMOTION_ANGER));
	assert_int_equal(emotion_mood(&joy), MOOD_DELIGHTED);
	struct emotions fear = read("I am scared and terrified", TONGUE_EN);
	assert_true(shows(&fear, EMOTION_FEAR));
	assert_int_equal(emotion_mood(&fear), MOOD_WORRIED);
	struct emotions anger = read("I hate you, this makes me so angry!", TONGUE_EN);
	assert_true(shows(&anger, EMOTION_ANGER));
	assert_int_equal(emotion_mood(&anger), MOOD_FRUSTRATED);
}

static void tells_probabilities(void **state)
{
	(void)state;
	struct emotions e = read("The parcel came on Tuesday.", TONGUE_EN);
	for (enum emotion i = 0; i < EMOTION_COUNT; i++)
		assert_true(e.probability[i] >= 0 && e.probability[i] <= 1);
	assert_true(e.probability[EMOTION_NEUTRAL] > e.probability[EMOTION_ANGER]);
}

static void says_nothing_of_other_languages(void **state)
{
	(void)state;
	struct emotions e = read("I love this", TONGUE_DE);
	assert_int_equal(e.present, 0);
	assert_int_equal(emotion_mood(&e), MOOD_NONE);
	assert_false(emotion_reads(TONGUE_DE));
}

static void refuses_another_model(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct linear shape = { .classes = 1, .class_name = { STR("spam") } }, m;
	struct err err;
	struct buf *file = buf_in(&a, 1 << 20);
	float *weights = ARENA_ARRAY(&a, float, FEATURE_COUNT);
	linear_pack(&a, &shape, weights, NULL, &m);
	linear_write(&m, file);
	assert_false(emotion_model_read(&a, buf_str(file), &m, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	assert_false(emotion_model_read(&a, str_slice(shipped(), 0, 1000), &m, &err));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_emotions_of_plain_sentences),
		cmocka_unit_test(tells_probabilities),
		cmocka_unit_test(says_nothing_of_other_languages),
		cmocka_unit_test(refuses_another_model),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
