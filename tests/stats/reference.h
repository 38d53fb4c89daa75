/* tests/stats/reference.h - figures that another program worked out.
 *
 * tests/stats/reference/NAME.py (numpy, scipy) prints lines of a name and a number; NAME.txt is what it printed, and
 * stands beside it. Draws are splitmix64 on both sides, so that the script makes the very answers of the test.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_STATS_REFERENCE_H
#define TESTS_STATS_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

/* A line's number. Fails the test when there is none of this name. */
double reference_value(const char *file, const char *name, ...)
    __attribute__((format(printf, 2, 3)));

/* Runs the script again and compares each line. Skips the test when no python3 here has numpy and scipy. */
void reference_runs_again(const char *file);

/* Uniform in 0..1, and whole below `below`. */
double reference_draw(uint64_t *state);
unsigned reference_pick(uint64_t *state, unsigned below);

#endif
