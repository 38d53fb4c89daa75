/* stats/agreement.h - how far two or more people, or a person and a machine, agree beyond what chance would have them agree.
 *
 * Two who judged the same items: kappa (J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
 * Measurement 20, 1960), its range by the large-sample error of J. L. Fleiss, J. Cohen, B. S. Everitt, "Large Sample
 * Standard Errors of Kappa and Weighted Kappa", Psychological Bulletin 72, 1969. That error is 0 where the two never
 * differed; then E. B. Wilson's range of the share agreed on (stats/share.h) says how low it may be, with chance taken as known.
 *
 * More than two, of whom not each judged every item: alpha for names (K. Krippendorff, "Content Analysis", 2nd edition 2004,
 * chapter 11), which is kappa's kin; its range by drawing the items anew (stats/resample.h).
 *
 * 1: always the same; 0: as chance would; below: less than that. Where all say one and the same thing of every item nothing
 * tells agreement from chance, and it is not shown.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_AGREEMENT_H
#define STATS_AGREEMENT_H

#include "base/arena.h"

#include <stdint.h>

#define AGREEMENT_CATEGORIES 4
/* Of fewer items the range says nothing worth reading. */
#define AGREEMENT_LEAST 20

struct agreement {
	int64_t items; /* judged by two or more */
	bool shown;    /* AGREEMENT_LEAST or more, of more than one kind */
	double agreed; /* share of pairs of judgements that are the same, 0 to 1 */
	double beyond; /* kappa or alpha, at most 1 */
	double lo, hi; /* 95 % */
};

struct agreement_table {
	int64_t count
	    [AGREEMENT_CATEGORIES]
	    [AGREEMENT_CATEGORIES]; /* items that the one calls the row, the other the column */
};
void agreement_of_two(const struct agreement_table *t, struct agreement *out);

struct judgement {
	int64_t unit; /* items of one unit (themes of one comment) are drawn together */
	int64_t item;
	unsigned category; /* below AGREEMENT_CATEGORIES */
};
/* In whatever order, one a person and item; sorts them. Items that one person judged count for nothing. `a` is for scratch. */
void agreement_of_many(struct arena *a, struct judgement *all, size_t count, struct agreement *out);

#endif
