/* stats/judged.h - how well a machine judges, by items whose truth is known and that it did not learn from.
 *
 * Shares of items (right; of what it says, true; of what is true, found) have E. B. Wilson's range (stats/share.h). The F1 of a
 * class is the harmonic mean of the last two; the mean over classes weighs rare ones like frequent ones. Its range: the cells
 * of the table are drawn anew, each as a Poisson number (stats/resample.h), percentiles of 1000 draws. Items must stand for
 * themselves: one a person.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_JUDGED_H
#define STATS_JUDGED_H

#include <stdint.h>

#define JUDGED_CLASSES 3

struct judged_share {
	int64_t hits, of;
	double share, lo, hi; /* 0 to 1; of none: share is 0, the range all that is possible */
};
struct judged_share judged_share_of(int64_t hits, int64_t of);

/* count[i][j]: items that are i and that the machine calls j. */
struct judged_table {
	int64_t count[JUDGED_CLASSES][JUDGED_CLASSES];
};
struct judged_f1 {
	double f1, lo, hi; /* the mean over classes that there are; 0 to 1 */
};
/* Classes of which there is no item are left out. */
struct judged_f1 judged_f1_of(const struct judged_table *t);

#endif
