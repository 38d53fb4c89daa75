/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/at_stake.h"

#include <math.h>
#include <stdlib.h>

#define DECILE .1

/* Mean, and how many commenters the mean is worth for one quarter; infinite where quarters vary by chance alone. */
struct shared_mean {
	double mean, weight;
};

static struct shared_mean mean_of(const struct at_stake_quarter *q, size_t count)
{
	double n = 0, y = 0, squares = 0, between = 0, quarters = 0;
	for (size_t i = 0; i < count; i++) {
		n += (double)q[i].commenters;
		y += (double)q[i].mentions;
		squares += (double)q[i].commenters * (double)q[i].commenters;
		quarters += q[i].commenters > 0;
	}
	double p = y / n, chance = p * (1 - p);
	for (size_t i = 0; i < count; i++)
		if (q[i].commenters > 0) {
			double off = (double)q[i].mentions / (double)q[i].commenters - p;
			between += (double)q[i].commenters * off * off;
		}
	/* Kleinman 1973, (2.7): the likeness of two commenters of one quarter. */
	double excess = between - chance * (quarters - 1);
	double likeness = chance > 0 ? excess / (chance * (n - squares / n - (quarters - 1))) : 0;
	likeness = fmax(0, fmin(likeness, 1));
	return (struct shared_mean){ p,
		                     likeness > 0 ? (1 - likeness) / likeness : (double)INFINITY };
}

static int by_size(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

bool at_stake_target(const struct at_stake_quarter *quarters, size_t count, double *out)
{
	double shrunk[AT_STAKE_QUARTERS_MAX];
	size_t n = 0;
	if (count > AT_STAKE_QUARTERS_MAX)
		count = AT_STAKE_QUARTERS_MAX;
	for (size_t i = 0; i < count; i++)
		n += quarters[i].commenters > 0;
	if (n < AT_STAKE_QUARTERS)
		return false;
	struct shared_mean m = mean_of(quarters, count);
	n = 0;
	for (size_t i = 0; i < count; i++) {
		double own = (double)quarters[i].commenters;
		if (own > 0)
			shrunk[n++] = isinf(m.weight)
			                  ? m.mean
			                  : ((double)quarters[i].mentions + m.weight * m.mean) /
			                        (own + m.weight);
	}
	qsort(shrunk, n, sizeof shrunk[0], by_size);
	double at = DECILE * (double)(n - 1), below = floor(at);
	size_t i = (size_t)below;
	double decile = shrunk[i] + (at - below) * (shrunk[i + 1 < n ? i + 1 : i] - shrunk[i]);
	*out = fmin(decile, m.mean);
	return true;
}

struct at_stake at_stake_of(const struct at_stake_question *q)
{
	struct at_stake s = { 0 };
	if (q->commenters <= 0 || q->respondents <= 0)
		return s;
	s.share = (double)q->mentions / (double)q->commenters;
	double fewer =
	    fmax(0, s.share - q->target) * (double)q->commenters / (double)q->respondents;
	if (fewer == 0)
		return s;
	s.points = -q->effect * fewer;
	s.lo = -q->hi * fewer;
	s.hi = -q->lo * fewer;
	return s;
}
