/* stats/mix_change.h - did the mix of channels move, so that two scores are hardly of the same people?
 *
 * The distance is the total variation, half the sum of the shares' absolute differences: the least part of the answers
 * that must have come otherwise, 0 to 1. It is above 0 by chance alone (the mean of what sampling makes of it, by the
 * normal approximation, stands beside it), so a mark asks for two things: MIX_MOVED or more, and a chi-squared test of
 * homogeneity (Pearson 1911) at MIX_CHANCE, on counts divided by the design effect, channels with fewer than five expected
 * answers in a period joined to one.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_MIX_CHANGE_H
#define STATS_MIX_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#define MIX_MOVED  0.10
#define MIX_CHANCE 0.01

struct mix_change {
	bool moved; /* the mark */
	double distance, by_chance;
	double chance; /* of the test; 1 where there is nothing to test */
	size_t degrees;
	size_t most; /* the channel whose share differs most */
};

/* Answers of each channel, before and now: arrays of count. deff is that of the answers, 1 or more. */
struct mix_change mix_change_of(const double *before, const double *now, size_t count, double deff);

#endif
