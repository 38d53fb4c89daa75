/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/suggest.h"

#include <string.h>

#define WORD_MAX 40

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edit distance where swapping two neighbours is one slip (optimal string alignment). */
static size_t slips(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];
	for (size_t i = 0; i <= a_len; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= a_len; i++)
		for (size_t j = 1; j <= b_len; j++) {
			size_t other = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			d[i][j] = least(other, least(d[i - 1][j], d[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[a_len][b_len];
}

const char *suggest(const char *typed, const char *const *candidates, size_t count)
{
	size_t len = strlen(typed), best = 3;
	const char *found = NULL;
	if (len > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t other = strlen(candidates[i]);
		if (other > WORD_MAX)
			continue;
		size_t far = slips(typed, len, candidates[i], other);
		if (far < best && far * 2 < other) {
			best = far;
			found = candidates[i];
		}
	}
	return found;
}
