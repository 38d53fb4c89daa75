/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/blind.h"
#include "base/die.h"
#include "stats/blind_make.h"

const struct blind_rating *blind_rating_of_question(struct arena *a, const int16_t *values,
                                                    size_t count, int16_t lowest, int16_t highest)
{
	struct blind_rating *r = ARENA_NEW(a, struct blind_rating);
	int16_t *copy = ARENA_ARRAY(a, int16_t, count);
	for (size_t i = 0; i < count; i++) {
		MUST(values[i] == BLIND_NONE || (values[i] >= lowest && values[i] <= highest));
		copy[i] = values[i];
	}
	*r = (struct blind_rating){ count, copy };
	return r;
}

size_t blind_rating_count(const struct blind_rating *r)
{
	return r->count;
}

const int16_t *blind_rating_values(const struct blind_rating *r)
{
	return r->values;
}
