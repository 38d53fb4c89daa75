/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/phone.h"

#include <unicode/uchar.h>

#include "base/fold.h"
#include "base/utf8.h"

enum { DIGITS_MAX = 15, DIGITS_MIN = 5, DIGITS_MIN_WITH_COUNTRY = 7 };

static bool is_separator(uint32_t cp)
{
	return cp == ' ' || cp == '-' || cp == '.' || cp == '/' || cp == '(' || cp == ')' ||
	       cp == 0x2212 || u_charType((UChar32)cp) == U_DASH_PUNCTUATION;
}

/* Digits of `text` into out, false for anything that is neither digit nor separator. */
static bool take_digits(Str text, char out[static DIGITS_MAX + 3], size_t *count)
{
	uint32_t cp;
	*count = 0;
	for (size_t len; text.len; text = str_from(text, len)) {
		len = utf8_decode(text, &cp);
		int32_t digit = len ? u_charDigitValue((UChar32)cp) : -1;
		if (digit < 0 && (len == 0 || !is_separator(cp)))
			return false;
		if (digit < 0)
			continue;
		if (*count == DIGITS_MAX + 2)
			return false;
		out[(*count)++] = (char)('0' + digit);
	}
	return true;
}

/* "+49 (0)30": the zero is what one dials at home. */
static Str without_trunk_zero(struct arena *a, Str text)
{
	size_t at = str_find(text, STR("(0)"));
	if (at == SIZE_MAX)
		return text;
	return str_printf(a, "%.*s%.*s", STR_FMT(str_slice(text, 0, at)),
	                  STR_FMT(str_from(text, at + 3)));
}

bool phone_normalise(struct arena *a, Str typed, Str *out, struct err *err)
{
	char digits[DIGITS_MAX + 3];
	size_t count = 0;
	Str text = str_trim(fold_text(a, str_slice(typed, 0, 200)));
	if (str_starts(text, STR("tel:")))
		text = str_from(text, 4);
	bool abroad = str_starts(text, STR("+"));
	if (abroad || str_starts(text, STR("00")))
		text = without_trunk_zero(a, str_from(text, abroad ? 1 : 0));
	bool ok = typed.len <= 200 && take_digits(text, digits, &count);
	Str number = { digits, count };
	if (!abroad && str_starts(number, STR("00"))) {
		abroad = true;
		number = str_from(number, 2);
	}
	size_t least = abroad ? DIGITS_MIN_WITH_COUNTRY : DIGITS_MIN;
	if (!ok || number.len < least || number.len > DIGITS_MAX || (abroad && number.at[0] == '0'))
		return err_set(err, ERR_INVALID, "\"%.*s\" is no telephone number",
		               STR_FMT(str_slice(typed, 0, 40)));
	*out = str_printf(a, "%s%.*s", abroad ? "+" : "", STR_FMT(number));
	return true;
}
