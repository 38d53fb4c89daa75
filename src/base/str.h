/* base/str.h - text that carries its length.
 *
 * A Str is a view that somebody else owns, passed by value. It may hold any byte, NUL included, and
 * need not end with one. `at` may be NULL only when `len` is 0. Nothing here allocates except what
 * takes an arena.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	const char *at;
	size_t len;
} Str;

struct arena;

/* A Str of a string literal (an array, so that its size is known). */
#define STR(literal) ((Str){ "" literal, sizeof(literal) - 1 })
/* Arguments for printf's "%.*s". */
#define STR_FMT(s) (int)(s).len, ((s).at ? (s).at : "")

Str str_of(const char *c_string); /* NULL gives the empty Str */
bool str_eq(Str a, Str b);
bool str_eq_ignoring_ascii_case(Str a, Str b);
int str_cmp(Str a, Str b); /* byte order, shorter first on a tie */
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/* Index of the first `c` at or after `from`, or SIZE_MAX. */
size_t str_find_char(Str s, char c, size_t from);
/* Index of the first `needle`, or SIZE_MAX. An empty needle is found at 0. */
size_t str_find(Str s, Str needle);
/* Part of s, cut at its ends: never reads outside s. */
Str str_slice(Str s, size_t from, size_t len);
Str str_from(Str s, size_t from);
/* Without spaces, tabs and line ends at both ends. */
Str str_trim(Str s);
/* Cuts the text up to `c` off the front of *rest; without `c`, all of it. False when *rest was exhausted
 * (at == NULL). "a,b" gives "a", "b"; "" gives "" once. */
bool str_cut(Str *rest, char c, Str *out);

/* Whole text as a decimal integer: no spaces, no '+', no overflow. */
bool str_to_i64(Str s, int64_t *out);
/* 0..15, -1 when it is none; either case. */
int str_hex_digit(char c);
/* Whole text as a decimal number such as -1.5 or 3e2, '.' as the point whatever the locale. */
bool str_to_double(Str s, double *out);

/* Copies that live as long as the arena. str_copy_c ends with NUL and stops at none inside. */
Str str_copy(struct arena *a, Str s);
char *str_copy_c(struct arena *a, Str s);
Str str_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
Str str_ascii_lower(struct arena *a, Str s);

#endif
