/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/fold.h"

#include <idn2.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/die.h"
#include "base/utf8.h"

enum { LOCAL_PART_MAX = 64, DOMAIN_MAX = 253, LABEL_MAX = 63 };

/* Longer texts are capped at the edge long before; int32_t is ICU's length. */
#define FOLD_BYTES_MAX ((size_t)64 << 20)

static bool is_ascii(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}

struct utf16 {
	UChar *at;
	int32_t len;
};

static struct utf16 to_utf16(struct arena *a, Str text)
{
	MUST(text.len <= FOLD_BYTES_MAX);
	UErrorCode status = U_ZERO_ERROR;
	struct utf16 out = { .at = arena_alloc(a, (text.len + 1) * sizeof(UChar)) };
	u_strFromUTF8WithSub(out.at, (int32_t)text.len + 1, &out.len, text.at, (int32_t)text.len,
	                     0xFFFD, NULL, &status);
	MUST(U_SUCCESS(status));
	return out;
}

static Str to_utf8(struct arena *a, struct utf16 text)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t len, cap = text.len * 3 + 1;
	char *out = arena_alloc(a, (size_t)cap);
	u_strToUTF8(out, cap, &len, text.at, text.len, &status);
	MUST(U_SUCCESS(status));
	return (Str){ out, (size_t)len };
}

static struct utf16 normalise(struct arena *a, const UNormalizer2 *how, struct utf16 text)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t cap = text.len * 2 + 16;
	struct utf16 out = { .at = arena_alloc(a, (size_t)cap * sizeof(UChar)) };
	out.len = unorm2_normalize(how, text.at, text.len, out.at, cap, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		cap = out.len + 1;
		out.at = arena_alloc(a, (size_t)cap * sizeof(UChar));
		out.len = unorm2_normalize(how, text.at, text.len, out.at, cap, &status);
	}
	MUST(U_SUCCESS(status));
	return out;
}

static const UNormalizer2 *nfc(void)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *n = unorm2_getNFCInstance(&status);
	MUST(U_SUCCESS(status));
	return n;
}

static const UNormalizer2 *nfkc_casefold(void)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *n = unorm2_getNFKCCasefoldInstance(&status);
	MUST(U_SUCCESS(status));
	return n;
}

/* Case folding makes of a dotted capital I an i with a combining dot, and leaves the dotless i alone. */
static bool unify_turkish_i(struct utf16 *text)
{
	enum { DOTLESS_I = 0x131, DOT_ABOVE = 0x307 };
	int32_t len = 0;
	bool changed = false;
	for (int32_t i = 0; i < text->len; i++) {
		UChar c = text->at[i];
		if (c == DOT_ABOVE && len > 0 && text->at[len - 1] == 'i') {
			changed = true;
			continue;
		}
		changed = changed || c == DOTLESS_I;
		text->at[len++] = c == DOTLESS_I ? (UChar)'i' : c;
	}
	text->len = len;
	return changed;
}

Str fold_text(struct arena *a, Str text)
{
	if (is_ascii(text))
		return str_ascii_lower(a, text);
	struct utf16 folded = normalise(a, nfkc_casefold(), to_utf16(a, text));
	/* A mark behind the dot may now join the i. */
	if (unify_turkish_i(&folded))
		folded = normalise(a, nfkc_casefold(), folded);
	return to_utf8(a, folded);
}

Str fold_lower(struct arena *a, Str text)
{
	if (is_ascii(text))
		return str_ascii_lower(a, text);
	UErrorCode status = U_ZERO_ERROR;
	struct utf16 from = to_utf16(a, text), out;
	int32_t cap = from.len * 3 + 1; /* a letter may become two */
	out.at = arena_alloc(a, (size_t)cap * sizeof(UChar));
	out.len = u_strToLower(out.at, cap, from.at, from.len, "", &status);
	MUST(U_SUCCESS(status));
	return to_utf8(a, out);
}

Str fold_nfc(struct arena *a, Str text)
{
	if (is_ascii(text))
		return str_copy(a, text);
	return to_utf8(a, normalise(a, nfc(), to_utf16(a, text)));
}

/* No spaces, controls, invisible or unassigned characters, nor what only a quoted part may hold. */
static bool local_part_is_valid(Str local)
{
	if (local.len == 0 || local.len > LOCAL_PART_MAX || local.at[0] == '.' ||
	    local.at[local.len - 1] == '.' || str_find(local, STR("..")) != SIZE_MAX)
		return false;
	uint32_t cp;
	for (size_t len; local.len; local = str_from(local, len)) {
		len = utf8_decode(local, &cp);
		if (len == 0 || !u_isgraph((UChar32)cp))
			return false;
		if (cp < 0x80 && str_find_char(STR("\"(),:;<>@[\\]"), (char)cp, 0) != SIZE_MAX)
			return false;
	}
	return true;
}

static bool label_is_valid(Str label)
{
	if (label.len == 0 || label.len > LABEL_MAX || label.at[0] == '-' ||
	    label.at[label.len - 1] == '-')
		return false;
	for (size_t i = 0; i < label.len; i++) {
		char c = label.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return true;
}

static bool domain_is_valid(Str domain)
{
	Str label;
	if (domain.len == 0 || domain.len > DOMAIN_MAX)
		return false;
	while (str_cut(&domain, '.', &label))
		if (!label_is_valid(label))
			return false;
	return true;
}

static bool domain_fold(struct arena *a, Str domain, Str *out)
{
	if (!is_ascii(domain) || str_find(domain, STR("xn--")) != SIZE_MAX) {
		char *ascii = NULL;
		if (idn2_to_ascii_8z(str_copy_c(a, domain), &ascii,
		                     IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
			return false;
		domain = str_copy(a, str_of(ascii));
		idn2_free(ascii);
	}
	*out = domain;
	return domain_is_valid(domain);
}

bool fold_email(struct arena *a, Str typed, Str *out, struct err *err)
{
	Str text = str_trim(typed), local, domain = { NULL, 0 };
	bool ok = text.len > 0 && text.len <= EMAIL_MAX && utf8_is_valid(text) &&
	          str_find_char(text, '\0', 0) == SIZE_MAX;
	if (ok) {
		/* Twice: a mark may join a small letter that has no place on its capital. */
		Str rest = fold_nfc(a, str_ascii_lower(a, fold_nfc(a, text)));
		str_cut(&rest, '@', &local);
		ok = rest.at && local_part_is_valid(local) && domain_fold(a, rest, &domain);
	}
	/* A domain grows in its ASCII form. */
	ok = ok && local.len + 1 + domain.len <= EMAIL_MAX;
	if (ok)
		*out = str_printf(a, "%.*s@%.*s", STR_FMT(local), STR_FMT(domain));
	return ok || err_set(err, ERR_INVALID, "\"%.*s\" is no email address",
	                     STR_FMT(str_slice(text, 0, 64)));
}
