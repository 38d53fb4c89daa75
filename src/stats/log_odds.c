/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/log_odds.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define Z95 1.959963984540054

static double exact(int64_t y, int64_t n, int64_t x, int64_t m)
{
	unsigned here = (unsigned)n, there = (unsigned)m, said = (unsigned)(y + x);
	double fewer = gsl_cdf_hypergeometric_P((unsigned)y, here, there, said);
	double more = y > 0 ? gsl_cdf_hypergeometric_Q((unsigned)y - 1, here, there, said) : 1;
	return fmin(1, 2 * fmin(fewer, more));
}

struct log_odds log_odds_of(int64_t y, int64_t n, int64_t x, int64_t m)
{
	double here = (double)y, there = (double)x, all = (double)n + (double)m;
	double prior = fmin(fmin((double)n, (double)m), LOG_ODDS_PRIOR);
	double said = all > 0 ? prior * (here + there) / all : 0;
	double a = here + said, b = (double)n + prior - a;
	double c = there + said, d = (double)m + prior - c;
	if (a <= 0 || b <= 0 || c <= 0 || d <= 0)
		return (struct log_odds){ .p = 1 };
	double delta = log(a / b) - log(c / d), spread = sqrt(1 / a + 1 / b + 1 / c + 1 / d);
	return (struct log_odds){ .delta = delta,
		                  .lo = delta - Z95 * spread,
		                  .hi = delta + Z95 * spread,
		                  .z = delta / spread,
		                  .p = exact(y, n, x, m) };
}
