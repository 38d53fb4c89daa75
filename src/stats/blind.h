/* stats/blind.h - what may be set against the score: ratings that were made without looking at it.
 *
 * Nothing that has seen the score may explain it. So what stats/drivers.h takes has a type of its own, and only makers
 * that are blind to the score can make one: those that include stats/blind_make.h, of which tools/lint-layers keeps the
 * list. Values are whole, one for each answer, or BLIND_NONE.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_BLIND_H
#define STATS_BLIND_H

#include "base/arena.h"

#include <stdint.h>

#define BLIND_NONE INT16_MIN

struct blind_rating;

/* What people answered to another question of the survey, in the order of the answers: values[count] in lowest..highest
 * or BLIND_NONE. They are copied into the arena. */
const struct blind_rating *blind_rating_of_question(struct arena *a, const int16_t *values,
                                                    size_t count, int16_t lowest, int16_t highest);

size_t blind_rating_count(const struct blind_rating *r);
const int16_t *blind_rating_values(const struct blind_rating *r); /* [count] */

#endif
