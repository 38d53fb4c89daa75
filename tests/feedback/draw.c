/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "draw.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

uint64_t draw_seed(void)
{
	const char *wanted = getenv("HEED_SEED");
	uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : 1;
	printf("HEED_SEED=%" PRIu64 "\n", seed);
	return seed;
}

uint64_t draw_next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}
