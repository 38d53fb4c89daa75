/* insight/answers_path.h - the way from a figure to the very answers behind it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ANSWERS_PATH_H
#define INSIGHT_ANSWERS_PATH_H

#include "feedback/filter.h"

/* "/api/v1/responses?..." in the arena; at NULL when the filter is longer than an address may be. */
Str answers_path(const struct answer_filter *f, struct arena *a);

#endif
