/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/said.h"

const struct share *said_share(const struct theme_row *row, int group, enum said_side side)
{
	return &row->groups[group].said[side == SAID_DELIGHTS ? THEME_PRAISED : THEME_CRITICISED];
}

size_t said_most(const struct themes *t, enum said_side side,
                 const struct theme_row *out[static SAID_MOST])
{
	int group = side == SAID_DELIGHTS ? NPS_PROMOTER : NPS_DETRACTOR;
	size_t count = 0;
	for (size_t i = 0; i < t->count; i++) {
		int64_t comments = said_share(&t->rows[i], group, side)->hits;
		size_t at = count;
		if (comments < SAID_COMMENTS)
			continue;
		/* Rows stand with most comments first: an equal one stays ahead. */
		while (at > 0 && said_share(out[at - 1], group, side)->hits < comments)
			at--;
		if (at == SAID_MOST)
			continue;
		count += count < SAID_MOST;
		for (size_t k = count - 1; k > at; k--)
			out[k] = out[k - 1];
		out[at] = &t->rows[i];
	}
	return count;
}
