/* tests/feedback/draw.h - random numbers of a seed, which has a failure again.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_DRAW_H
#define TESTS_FEEDBACK_DRAW_H

#include <stdint.h>

/* The same each time; HEED_SEED is another, for a hunt. Printed as it is to be given. */
uint64_t draw_seed(void);
/* SplitMix64. */
uint64_t draw_next(uint64_t *state);

#endif
