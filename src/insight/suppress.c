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

/* Of all these people so many at least are in the cells that are hidden: those of the largest, and those whom no other has. */
static bool line_tells(const int64_t *counts, size_t count, int64_t people, const bool *hidden)
{
	size_t cells = 0;
	int64_t largest = 0, left = people;
	for (size_t i = 0; i < count; i++) {
		cells += hidden[i];
		if (!hidden[i])
			left -= counts[i];
		else if (counts[i] > largest)
			largest = counts[i];
	}
	return cells == 1 || (cells > 0 && largest < SUPPRESS_BELOW && left < SUPPRESS_BELOW);
}

void suppress_list(const int64_t *counts, size_t count, int64_t people, bool *hidden,
                   bool *total_hidden)
{
	for (size_t i = 0; i < count; i++)
		hidden[i] = is_small(counts[i]);
	*total_hidden = is_small(people);
	while (!*total_hidden && line_tells(counts, count, people, hidden)) {
		size_t next = next_to_hide(counts, count, hidden);
		if (next == SIZE_MAX)
			break; /* one cell, which is the total: large enough, or it were hidden with it */
		hidden[next] = true;
	}
	for (size_t i = 0; *total_hidden && i < count; i++)
		hidden[i] = true;
}
