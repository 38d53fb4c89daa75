/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/suppress.h"

static bool is_small(int64_t n)
{
	return n > 0 && n < SUPPRESS_BELOW;
}

/* The smallest that is shown, rather one with somebody in it; SIZE_MAX: all are hidden. */
static size_t next_to_hide(const int64_t *counts, size_t count, const bool *hidden)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		if (hidden[i])
			continue;
		bool better = best == SIZE_MAX ||
		              (counts[i] > 0 && (counts[best] == 0 || counts[i] < counts[best]));
		best = better ? i : best;
	}
	return best;
}

static bool line_tells(const int64_t *counts, size_t count, const bool *hidden)
{
	size_t cells = 0;
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		cells += hidden[i];
		sum += hidden[i] ? counts[i] : 0;
	}
	return cells == 1 || (cells > 0 && sum < SUPPRESS_BELOW);
}

void suppress_list(const int64_t *counts, size_t count, bool *hidden, bool *total_hidden)
{
	int64_t total = 0;
	for (size_t i = 0; i < count; i++) {
		hidden[i] = is_small(counts[i]);
		total += counts[i];
	}
	*total_hidden = is_small(total);
	while (!*total_hidden && line_tells(counts, count, hidden)) {
		size_t next = next_to_hide(counts, count, hidden);
		if (next == SIZE_MAX)
			break; /* one cell, which is the total: large enough, or it were hidden with it */
		hidden[next] = true;
	}
	for (size_t i = 0; *total_hidden && i < count; i++)
		hidden[i] = true;
}
