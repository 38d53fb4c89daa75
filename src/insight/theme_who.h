/* insight/theme_who.h - who speaks of a theme: of the comments of each value of an attribute that say something, what share.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_WHO_H
#define INSIGHT_THEME_WHO_H

#include "feedback/cells.h"
#include "reading/theme.h"
#include "stats/share.h"

struct theme_who {
	const struct cell_value *values; /* [count], those with most comments first */
	struct share *
	    shares; /* [count] of the value's comments; knowing whose they are, but of tags and themes */
	size_t count; /* the rest is not among them */
};

/* `q` asks for comments that say something, of one part, by the attribute. In the arena. */
MUST_USE bool theme_who_ask(const struct facts *facts, struct arena *a,
                            const struct cell_question *q, const struct workspace_theme *theme,
                            struct theme_who *out, struct err *err);

#endif
