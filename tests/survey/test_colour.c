/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/colour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void reads_only_six_hexadecimal_digits(void **state)
{
	(void)state;
	struct colour c;
	assert_true(colour_parse(STR("#2f5D8a"), &c));
	assert_int_equal(c.red, 0x2f);
	assert_int_equal(c.green, 0x5d);
	assert_int_equal(c.blue, 0x8a);
	assert_false(colour_parse(STR("#fff"), &c));
	assert_false(colour_parse(STR("2f5d8a0"), &c));
	assert_false(colour_parse(STR("#2f5d8g"), &c));
	assert_false(colour_parse(STR(""), &c));
}

static void agrees_with_published_contrasts(void **state)
{
	(void)state;
	struct colour white = { 255, 255, 255 }, black = { 0, 0, 0 }, grey = { 0x76, 0x76, 0x76 };
	assert_true(colour_contrast(white, black) > 20.99 && colour_contrast(white, black) < 21.01);
	assert_true(colour_contrast(white, grey) > 4.53 && colour_contrast(white, grey) < 4.55);
	assert_true(colour_contrast(white, white) < 1.01);
}

/* WCAG 2.2 AA: 4.5 for text. */
static void finds_a_readable_text_for_every_colour(void **state)
{
	(void)state;
	for (int red = 0; red < 256; red += 5) {
		for (int green = 0; green < 256; green += 5) {
			for (int blue = 0; blue < 256; blue += 5) {
				struct colour c = { (uint8_t)red, (uint8_t)green, (uint8_t)blue };
				assert_true(colour_contrast(c, colour_readable_on(c)) >= 4.5);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_only_six_hexadecimal_digits),
		cmocka_unit_test(agrees_with_published_contrasts),
		cmocka_unit_test(finds_a_readable_text_for_every_colour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
