/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/png.h"
#include "base/qr.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void holds_texts_of_every_allowed_length(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct qr qr;
	struct err err;
	char text[QR_TEXT_MAX + 1];
	memset(text, 'x', sizeof text);
	for (size_t len = 1; len <= QR_TEXT_MAX; len += 37)
		for (int level = QR_LOW; level <= QR_HIGH; level++) {
			assert_true(
			    qr_encode(&a, (Str){ text, len }, (enum qr_level)level, &qr, &err));
			assert_true(qr.edge >= 21 && qr.edge <= 177 && qr.edge % 4 == 1);
		}
	assert_true(qr_encode(&a, (Str){ text, QR_TEXT_MAX }, QR_HIGH, &qr, &err));
	assert_false(qr_encode(&a, (Str){ text, QR_TEXT_MAX + 1 }, QR_LOW, &qr, &err));
	assert_int_equal(err.kind, ERR_TOO_LARGE);
	assert_false(qr_encode(&a, STR(""), QR_LOW, &qr, &err));
	arena_free(&a);
}

static uint32_t be32(const char *at)
{
	uint32_t value = 0;
	for (size_t i = 0; i < 4; i++)
		value = value << 8 | (unsigned char)at[i];
	return value;
}

static void draws_whole_pixels_and_never_more_than_asked(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct qr qr;
	struct err err;
	assert_true(qr_encode(&a, STR("https://nps.example.com/s/acme"), QR_MEDIUM, &qr, &err));
	size_t modules = qr.edge + 2 * (size_t)QR_QUIET;
	for (size_t edge = QR_EDGE_MIN; edge <= QR_EDGE_MAX; edge += 97) {
		Str png = qr_png(&a, &qr, edge);
		uint32_t wide = be32(png.at + 16);
		assert_int_equal(wide, be32(png.at + 20));
		assert_int_equal(wide % modules, 0);
		assert_true(wide <= edge && wide + modules > edge);
	}
	arena_free(&a);
}

static void writes_pictures_that_are_one_pixel_or_ragged(void **state)
{
	(void)state;
	struct arena a = { 0 };
	unsigned char pixels[9 * 2] = { 1, 0, 1 };
	static const size_t sizes[][2] = { { 1, 1 }, { 9, 2 }, { 2, 9 }, { 8, 2 }, { 7, 1 } };
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		Str png = png_write(&a, pixels, sizes[i][0], sizes[i][1]);
		assert_true(str_starts(png, STR("\x89PNG\r\n\x1a\n")));
		assert_true(str_eq(str_slice(png, png.len - 8, 4), STR("IEND")));
	}
	arena_free(&a);
}

static void knows_its_levels_by_letter(void **state)
{
	(void)state;
	enum qr_level level;
	assert_true(qr_level_find(STR("Q"), &level));
	assert_int_equal(level, QR_QUARTILE);
	assert_false(qr_level_find(STR("q"), &level));
	assert_false(qr_level_find(STR("LM"), &level));
	assert_false(qr_level_find(STR(""), &level));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_texts_of_every_allowed_length),
		cmocka_unit_test(draws_whole_pixels_and_never_more_than_asked),
		cmocka_unit_test(writes_pictures_that_are_one_pixel_or_ragged),
		cmocka_unit_test(knows_its_levels_by_letter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
