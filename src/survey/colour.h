/* survey/colour.h - a brand's colour, and what can be read on it (WCAG 2.2, relative luminance).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_COLOUR_H
#define SURVEY_COLOUR_H

#include "base/str.h"

struct colour {
	uint8_t red, green, blue;
};

/* "#rrggbb" */
bool colour_parse(Str text, struct colour *out);
/* 1 to 21 */
double colour_contrast(struct colour a, struct colour b);
/* Black or white, whichever reads better on it: at least 4.5 on every colour. */
struct colour colour_readable_on(struct colour background);

#endif
