/* survey/colour.c - contrast as WCAG 2.2 counts it. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/colour.h"

#include <math.h>

bool colour_parse(Str text, struct colour *out)
{
	if (text.len != 7 || text.at[0] != '#')
		return false;
	uint8_t parts[3];
	for (size_t i = 0; i < 3; i++) {
		int high = str_hex_digit(text.at[1 + 2 * i]),
		    low = str_hex_digit(text.at[2 + 2 * i]);
		if (high < 0 || low < 0)
			return false;
		parts[i] = (uint8_t)(high * 16 + low);
	}
	*out = (struct colour){ parts[0], parts[1], parts[2] };
	return true;
}

static double linear(uint8_t part)
{
	double v = part / 255.0;
	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour c)
{
	return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
	double la = luminance(a), lb = luminance(b);
	return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

struct colour colour_readable_on(struct colour background)
{
	static const struct colour white = { 255, 255, 255 }, black = { 0, 0, 0 };
	bool dark = colour_contrast(background, white) >= colour_contrast(background, black);
	return dark ? white : black;
}
