/* insight/said.h - what people say, in short: the themes that most detractors criticise, and those that most promoters praise.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SAID_H
#define INSIGHT_SAID_H

#include "insight/themes.h"

#define SAID_MOST 5
/* What fewer comments of the group say is nobody's news. */
#define SAID_COMMENTS 3

enum said_side { SAID_PAINS, SAID_DELIGHTS };

/* Of the comments of a group (enum nps_group): those that criticise it, or praise it. */
const struct share *said_share(const struct theme_row *row, int group, enum said_side side);
/* The most first; of equal ones the one that more comments speak of. How many, SAID_MOST at most. */
size_t said_most(const struct themes *t, enum said_side side,
                 const struct theme_row *out[static SAID_MOST]);

#endif
