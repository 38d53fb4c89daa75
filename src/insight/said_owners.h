/* insight/said_owners.h - comments put together by whose they are.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SAID_OWNERS_H
#define INSIGHT_SAID_OWNERS_H

#include "insight/comments_said.h"

enum said_owner { SAID_CLUSTERS, SAID_PERSONS };

/* Owned: said_owners_free. */
struct said_owners {
	uint32_t *comments; /* [count] places in comments_said */
	size_t alone;       /* the first ones, of nobody known or of somebody who has no other */
	uint32_t *
	    ends; /* [many] the comments of each of the others, one owner's behind the other's, end before these */
	size_t many;
};

void said_owners_find(const struct comments_said *c, enum said_owner whose,
                      struct said_owners *out);
void said_owners_free(struct said_owners *o); /* zeroed is fine */

#endif
