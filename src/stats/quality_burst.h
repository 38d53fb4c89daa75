/* stats/quality_burst.h - did answers come so close together that chance hardly does it?
 *
 * The scan statistic: of n answers strewn evenly, how likely is it that some window of width w (of a whole of 1) holds k
 * or more? S. Wallenstein and N. Neff, "An approximation for the distribution of the scan statistic", Statistics in
 * Medicine 6 (1987); exact for k > n/2, w <= 1/2 (J. Naus, "The distribution of the size of the maximum cluster of points
 * on a line", JASA 60, 1965). With b binomial,
 *
 *   P = (k/w - n - 1) b(k; n, w) + 2 sum_{i >= k} b(i; n, w)
 *
 * Answers are not strewn evenly over the hours: a time counts as the share of all other answers that came before it
 * (quality_burst_place), so that a mailing that everyone got, or a night, makes no burst. Take both from a time in which
 * others answered, too: before their first and after their last all times are one.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_QUALITY_BURST_H
#define STATS_QUALITY_BURST_H

#include <stddef.h>
#include <stdint.h>

struct quality_burst {
	size_t first, count; /* answers [first, first + count) of the densest window */
	double chance;       /* of one as dense anywhere */
};

/* at[count], ascending, in 0..1; window in 0..1. */
struct quality_burst quality_burst_of(const double *at, size_t count, double window);
/* Times of a unit and of all others, both ascending; at[count] goes up with time from 0 to 1. */
void quality_burst_place(const int64_t *times, size_t count, const int64_t *others,
                         size_t others_count, double *at);
/* The chance alone; k of n in a window. */
double quality_burst_chance(size_t k, size_t n, double window);

#endif
