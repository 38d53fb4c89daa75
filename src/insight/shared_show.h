/* insight/shared_show.h - the figures of a shared view as the dict of its template. No database but for goals.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_SHOW_H
#define INSIGHT_SHARED_SHOW_H

#include "insight/goal.h"
#include "insight/shared_figures.h"
#include "insight/shared_words.h"

struct shared_show {
	struct arena *arena;
	enum door_language language;
	const struct shared_view *view;
	const struct shared_figures *figures;
	const struct goal *goals;
	size_t goal_count;
	int64_t now;
};

void shared_show(struct template_dict *d, const struct shared_show *show);

#endif
