/* stats/false_discovery.h - of many things that were looked at, at which rate of false discoveries each would be told.
 *
 * Benjamini and Yekutieli, "The control of the false discovery rate in multiple testing under dependency", The Annals of
 * Statistics 29, 2001: with m of them by rising p,
 *
 *   rate_i = min over j >= i of  p_j x m x (1 + 1/2 + ... + 1/m) / j
 *
 * however they hang together. Those with a rate of .05 or less are chance in one of twenty cases at most.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_FALSE_DISCOVERY_H
#define STATS_FALSE_DISCOVERY_H

#include <stddef.h>

/* p rises. May be the same array; a rate above 1 is 1. */
void false_discovery_rates(const double *p, double *rates, size_t count);

#endif
