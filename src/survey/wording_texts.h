/* survey/wording_texts.h - the table behind wording.h, for wording.c alone. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_WORDING_TEXTS_H
#define SURVEY_WORDING_TEXTS_H

#include "survey/wording.h"

/* A Str as an initialiser: STR is an expression, which static tables may not hold. */
#define TEXT(literal)                           \
	{                                       \
		"" literal, sizeof(literal) - 1 \
	}

extern const struct wording wording_texts[WORDING_COUNT];

#endif
