/* stats/quality_burst.h - did answers come so close together that chance hardly does it?
 *
 * The scan statistic: of n answers strewn evenly, how likely is it that some window of width w (of a whole of 1) holds k
 * or more? S. Wallenstein and N. Neff, "An approximation for the distribution of the scan statistic", Statistics in
 * Medicine 6 (1987); exact for k > n/2, w <= 1/2 (J. Naus, "The distribution of the size of the maximum cluster of points
 * on a line", JASA 60, 1965). With b binomial,
 *
 *   P = (k/w - n - 1) b(k; n, w) + 2 sum_{i >= k} b(i; n, w)
 *
 * Answers are not strewn evenly over time. So there are two clocks, and answers are close together where they are by both:
 *
 *   others   a time is the share of all others' answers that came before it (quality_burst_place): a mailing that everyone
 *            got, or a night, makes no burst
 *   own      a time is the share of the unit's own time, from its first to its last answer (quality_burst_span): others who
 *            begin or end make none
 *
 * Both are made even by the unit's own local rate (quality_burst_even), a kernel estimate that leaves out what is judged
 * (B. Silverman, "Density Estimation for Statistics and Data Analysis", 1986, sections 2.2 and 3.4.3): the answers within a
 * tenth of the clock to either side, without the nearest hundredth. So a unit that is used more or less as time goes on has
 * no burst for that, neither by itself nor against the others. As both must hold, the chance holds where either clock is
 * right. Take others from the unit's first to its last answer: before and after it is not used. A unit all of whose answers
 * came in one go has no rate of its own to be compared with, and no burst.
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

/* at[count] and beside[count]: the same answers by two clocks, each ascending in 0..1. window in 0..1 of both. */
struct quality_burst quality_burst_of(const double *at, const double *beside, size_t count,
                                      double window);
/* Times of a unit and of all others, both ascending; at[count] goes up with time from 0 to 1. */
void quality_burst_place(const int64_t *times, size_t count, const int64_t *others,
                         size_t others_count, double *at);
/* Times of a unit, ascending: at[count] goes from 0 at the first to 1 at the last. */
void quality_burst_span(const int64_t *times, size_t count, double *at);
/* at[count], ascending in 0..1: runs slower where answers are few within a tenth to either side. */
void quality_burst_even(double *at, size_t count);
/* The chance alone; k of n in a window. */
double quality_burst_chance(size_t k, size_t n, double window);

#endif
