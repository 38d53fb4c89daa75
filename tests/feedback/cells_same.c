/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cells_same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void cells_differ(const struct question *q, const char *what)
{
	Str text = question_text(q);
	fail_msg("%s differs: %.*s", what, STR_FMT(text));
}

static void same_value(const struct question *q, const struct cell_value *v,
                       const struct cell_value *w)
{
	if (str_eq(v->text, w->text) && !v->text.at == !w->text.at && v->id == w->id &&
	    v->version == w->version && v->rest == w->rest)
		return;
	cells_differ(q,
	             str_copy_c(q->arena,
	                        str_printf(q->arena, "value (\"%.*s\" %d %d and \"%.*s\" %d %d)",
	                                   STR_FMT(v->text), (int)(v->id % 100000), v->version,
	                                   STR_FMT(w->text), (int)(w->id % 100000), w->version)));
}

static void same_part(const struct question *q, const struct cell_part *a,
                      const struct cell_part *b)
{
	if (memcmp(&a->left_out, &b->left_out, sizeof(a->left_out)) != 0)
		cells_differ(q, "what a part leaves out");
	if (a->imported != b->imported || a->first_at != b->first_at || a->last_at != b->last_at)
		cells_differ(q, "when a part began");
}

void cells_same(const struct question *q, const struct cells *a, const struct cells *b)
{
	for (int d = 0; d < 2; d++) {
		if (a->count[d] != b->count[d])
			cells_differ(q, "the number of values");
		for (size_t i = 0; i < a->count[d]; i++)
			same_value(q, &a->values[d][i], &b->values[d][i]);
	}
	for (size_t i = 0; i < a->count[0] * a->count[1]; i++)
		if (memcmp(&a->at[i], &b->at[i], sizeof(a->at[i])) != 0)
			cells_differ(q, "a cell");
	if (memcmp(&a->all, &b->all, sizeof(a->all)) != 0)
		cells_differ(q, "the whole");
	if (memcmp(&a->left_out, &b->left_out, sizeof(a->left_out)) != 0)
		cells_differ(q, "what is left out");
	assert_int_equal(a->part_count, b->part_count);
	for (size_t i = 0; i < a->part_count; i++)
		same_part(q, &a->parts[i], &b->parts[i]);
}
