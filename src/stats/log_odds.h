/* stats/log_odds.h - does one group say a word more often than another?
 *
 * The log-odds ratio with an informative Dirichlet prior (B. L. Monroe, M. P. Colaresi, K. M. Quinn, "Fightin' Words: Lexical
 * Feature Selection and Evaluation for Identifying the Content of Political Conflict", Political Analysis 16, 2008), of people
 * rather than of words: y of n say it here, x of m there. The prior is a people more on each side, of whom as many say it as
 * of both groups together, a_w:
 *
 *   delta = log((y + a_w) / (n + a - y - a_w)) - log((x + a_w) / (m + a - x - a_w))
 *   variance = 1 / (y + a_w) + 1 / (n + a - y - a_w) + 1 / (x + a_w) + 1 / (m + a - x - a_w)
 *
 * a is the smaller group, LOG_ODDS_PRIOR at most, so what few say is drawn towards no difference. The paper leaves the second
 * and fourth term out, for a word is rare among words; among people it need not be. As the prior brings no chance of its own
 * the variance is rather too large: good for ranges and order, but z finds next to nothing among hundreds of words. So p is that
 * of R. A. Fisher's exact test, twice the smaller tail: with y + x who say it dealt over both sides by chance, y or more
 * (fewer) of them are here. It holds its level at any size (tests/stats/test_log_odds.c).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_LOG_ODDS_H
#define STATS_LOG_ODDS_H

#include <stdint.h>

#define LOG_ODDS_PRIOR 500.0

struct log_odds {
	double delta, lo,
	    hi;      /* 95 %; above 0: more often here. exp() of them: how many times the odds */
	double z, p; /* p of both signs */
};

/* All 0 and p 1 where nobody, or everybody, says it or a group is empty. */
struct log_odds log_odds_of(int64_t y, int64_t n, int64_t x, int64_t m);

#endif
