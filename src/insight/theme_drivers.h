/* insight/theme_drivers.h - which themes go with the score among those who comment, spoken of well or badly.
 *
 * Of the mentions that most comments have, DRIVERS_MAX at most (stats/drivers.h); of two that nearly the same comments have one
 * stands for both. What goes together is told; no cause.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_DRIVERS_H
#define INSIGHT_THEME_DRIVERS_H

#include "stats/drivers.h"
#include "text/blind_mentions.h"

struct theme_driver {
	uint16_t theme;
	bool good;
	int64_t comments;
	struct driver driver; /* all 0 where too few comments were there to tell */
};

struct theme_drivers {
	struct driver_list list;
	struct theme_driver of[DRIVERS_MAX]; /* in the order of list.items */
};

/* x and cluster as in stats/drivers.h, of the comments in the order of the mentions; themes are 0 .. themes - 1. */
void theme_drivers_find(struct arena *a, const struct blind_mentions *mentions, uint32_t themes,
                        const int8_t *x, const uint64_t *cluster, size_t comments,
                        struct theme_drivers *out);

#endif
