/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"

Str str_of(const char *c_string)
{
	return c_string ? (Str){ c_string, strlen(c_string) } : (Str){ NULL, 0 };
}

bool str_eq(Str a, Str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_ignoring_ascii_case(Str a, Str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
			return false;
	return true;
}

int str_cmp(Str a, Str b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.at, b.at, shared) : 0;
	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix)
{
	return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(Str s, Str suffix)
{
	return s.len >= suffix.len && str_eq(str_from(s, s.len - suffix.len), suffix);
}

size_t str_find_char(Str s, char c, size_t from)
{
	if (from >= s.len)
		return SIZE_MAX;
	const char *hit = memchr(s.at + from, c, s.len - from);
	return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

size_t str_find(Str s, Str needle)
{
	if (needle.len == 0)
		return 0;
	if (s.len == 0)
		return SIZE_MAX;
	const char *hit = memmem(s.at, s.len, needle.at, needle.len);
	return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

Str str_slice(Str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (Str){ from ? s.at + from : s.at, len };
}

Str str_from(Str s, size_t from)
{
	return str_slice(s, from, SIZE_MAX);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Str str_trim(Str s)
{
	while (s.len && is_blank(s.at[0]))
		s = str_from(s, 1);
	while (s.len && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

bool str_cut(Str *rest, char c, Str *out)
{
	if (!rest->at)
		return false;
	size_t at = str_find_char(*rest, c, 0);
	if (at == SIZE_MAX) {
		*out = *rest;
		*rest = (Str){ NULL, 0 };
		return true;
	}
	*out = str_slice(*rest, 0, at);
	*rest = str_from(*rest, at + 1);
	return true;
}

bool str_to_i64(Str s, int64_t *out)
{
	bool negative = s.len && s.at[0] == '-';
	Str digits = negative ? str_from(s, 1) : s;
	if (digits.len == 0)
		return false;
	int64_t n = 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return false;
		int digit = digits.at[i] - '0';
		/* Counted down, so that INT64_MIN fits. */
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, digit, &n))
			return false;
	}
	if (!negative && n == INT64_MIN)
		return false;
	*out = negative ? n : -n;
	return true;
}

int str_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool is_number_text(Str s)
{
	bool digit = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		if (c >= '0' && c <= '9')
			digit = true;
		else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E')
			return false;
	}
	return digit;
}

bool str_to_double(Str s, double *out)
{
	char text[64];
	if (s.len == 0 || s.len >= sizeof text || !is_number_text(s))
		return false;
	memcpy(text, s.at, s.len);
	text[s.len] = '\0';
	char *end;
	errno = 0;
	/* Heed never calls setlocale for LC_NUMERIC, so '.' is the point. */
	double value = strtod(text, &end);
	if (end != text + s.len || errno == ERANGE)
		return false;
	*out = value;
	return true;
}

Str str_copy(struct arena *a, Str s)
{
	return (Str){ str_copy_c(a, s), s.len };
}

char *str_copy_c(struct arena *a, Str s)
{
	char *copy = arena_alloc(a, s.len + 1);
	if (s.len)
		memcpy(copy, s.at, s.len);
	copy[s.len] = '\0';
	return copy;
}

Str str_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	MUST(len >= 0);
	char *text = arena_alloc(a, (size_t)len + 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	return (Str){ text, (size_t)len };
}

Str str_ascii_lower(struct arena *a, Str s)
{
	char *copy = str_copy_c(a, s);
	for (size_t i = 0; i < s.len; i++)
		copy[i] = ascii_lower(copy[i]);
	return (Str){ copy, s.len };
}
