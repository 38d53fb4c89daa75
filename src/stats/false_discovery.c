/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/false_discovery.h"

#include <math.h>

void false_discovery_rates(const double *p, double *rates, size_t count)
{
	double harmonic = 0, rate = 1;
	for (size_t i = 1; i <= count; i++)
		harmonic += 1 / (double)i;
	for (size_t i = count; i > 0; i--) {
		rate = fmin(rate, p[i - 1] * (double)count * harmonic / (double)i);
		rates[i - 1] = rate;
	}
}
