/* insight/suppress.h - which numbers of a list are hidden, so that nobody is told by a small one, nor by taking what is shown
 * from the total.
 *
 * A cell of 1 to 4 is hidden. A reader knows the total, so one hidden cell alone would be told by the rest; two of 1 and 2
 * tell of three people together. So further cells are hidden, the smallest first, until those that are hidden are two or
 * more and surely of five people or more. Where people stand in several cells (months, tags, channels) two of 3 and 3 may be
 * the same three: sure is what the largest has, and who is in no cell that is shown. A table of several lines is hidden line by line: that is enough where no totals
 * across the lines are shown.
 *
 * A cell of nothing is shown, unless nothing else is left to hide. What two lists of different filters tell together is
 * beyond this.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SUPPRESS_H
#define INSIGHT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUPPRESS_BELOW 5

/* A list with its total, of so many people: *total_hidden says that even that is too small, and everything is hidden then. */
void suppress_list(const int64_t *counts, size_t count, int64_t people, bool *hidden,
                   bool *total_hidden);

#endif
