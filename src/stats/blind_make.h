/* stats/blind_make.h - for makers of ratings that are blind to the score. tools/lint-layers lists who includes it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_BLIND_MAKE_H
#define STATS_BLIND_MAKE_H

#include "stats/blind.h"

struct blind_rating {
	size_t count;
	const int16_t *values;
};

#endif
