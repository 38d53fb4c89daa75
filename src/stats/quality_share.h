/* stats/quality_share.h - which units (agents, places, links) have a sign unusually often or seldom, and are worth a look.
 *
 * A sign is anything an answer has or has not: a 9 or 10, a 6 or less, no invitation, a comment that names the number. The
 * funnel with over-dispersion of Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
 * Medicine 24 (2005): shares on the scale of the angle, y = asin sqrt((with + 3/8) / (n + 3/4)), variance s^2 = 1/4n,
 *
 *   phi = mean of winsorised z^2 (stats/nps_funnel.h)     tau^2 = (k phi - (k - 1)) / (sum w - sum w^2 / sum w), w = 1/s^2
 *   z   = (y - target) / sqrt(s^2 + tau^2)
 *
 * with tau^2, what units differ by for many small reasons, added as in his section 5; the target is the share of all.
 * Worth a look is who is beyond the limits of 99.8 % or beyond 5 % over all units together (Bonferroni), whichever is
 * farther. Lows are looked at like highs. It is a reason to look, never a verdict: nothing is done by itself.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_QUALITY_SHARE_H
#define STATS_QUALITY_SHARE_H

#include "base/arena.h"

/* Below this a unit is not judged. */
#define QUALITY_ANSWERS 30

/* Answers and those with the sign, both divided by the design effect where people answer more than once. */
struct quality_unit {
	double n, with;
};

enum quality_label { QUALITY_FEW, QUALITY_USUAL, QUALITY_SELDOM, QUALITY_OFTEN };

struct quality_judged {
	enum quality_label label; /* seldom and often are worth a look */
	double share, lo, hi;     /* 0..1; the range in which such a unit is usual */
	double z;
};

struct quality_shares {
	double target, phi, tau2, limit; /* of |z| */
	size_t judged, worth_a_look;
	struct quality_judged *units; /* in the order of the units, in the arena */
};

struct quality_shares quality_share_of(struct arena *a, const struct quality_unit *units,
                                       size_t count);

#endif
