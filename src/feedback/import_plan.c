/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_plan.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "feedback/export_columns.h"
#include "feedback/import_source.h"
#include "people/properties.h"

#define TICK_ROWS 1024
/* Fewer cells than these say nothing about a column. */
#define CELLS_TO_JUDGE 20

static bool is_own_header(const struct csv_row *row)
{
	if (row->count != EXPORT_COLUMN_COUNT)
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (!str_eq(row->cells[i], str_of(export_column_name((enum export_column)i))))
			return false;
	return true;
}

static bool name_is_taken(const struct import_plan *plan, size_t before, Str name)
{
	for (size_t i = 0; i < before; i++)
		if (plan->property_names[i].at && str_eq(plan->property_names[i], name))
			return true;
	return false;
}

/* Each name once, short enough and without control characters, as properties want it. */
static Str property_name(const struct import_plan *plan, size_t column, struct arena *a)
{
	Str header = plan->columns.at[column].header;
	char *text = str_copy_c(a, utf8_prefix(header, PROPERTY_NAME_MAX - 8));
	size_t len = 0;
	for (char *c = text; *c; c++, len++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = ' ';
	Str name = { text, len }, tried = name;
	for (int again = 2; name_is_taken(plan, column, tried); again++)
		tried = str_printf(a, "%.*s (%d)", STR_FMT(name), again);
	return tried;
}

static void name_properties(struct import_plan *plan, struct arena *a)
{
	size_t named = 0;
	plan->property_names = ARENA_ARRAY(a, Str, plan->columns.count + 1);
	for (size_t i = 0; i < plan->columns.count; i++) {
		/* A rating of another scale is kept beside the answer. */
		bool rating = i == plan->columns.of[FIELD_SCORE] && plan->scale != SCALE_0_10;
		if (plan->columns.at[i].field != FIELD_PROPERTY && !rating)
			continue;
		if (named == PROPERTIES_MAX) {
			plan->properties_left++;
			continue;
		}
		plan->property_names[i] = property_name(plan, i, a);
		named++;
	}
}

struct named_column {
	Str header;
	size_t column;
};

static int by_header(const void *a, const void *b)
{
	const struct named_column *left = a, *right = b;
	int order = str_cmp(left->header, right->header);
	return order ? order : (left->column > right->column) - (left->column < right->column);
}

static void sort_columns(struct import_plan *plan, struct arena *a)
{
	size_t count = plan->columns.count;
	struct named_column *named = ARENA_ARRAY(a, struct named_column, count + 1);
	for (size_t i = 0; i < count; i++)
		named[i] = (struct named_column){ plan->columns.at[i].header, i };
	qsort(named, count, sizeof(*named), by_header);
	plan->by_name = ARENA_ARRAY(a, size_t, count + 1);
	for (size_t i = 0; i < count; i++)
		plan->by_name[i] = named[i].column;
}

static bool scan_rows(struct import_source *source, struct import_plan *plan,
                      void (*tick)(void *context), void *context, struct err *err)
{
	struct csv_row row;
	for (;;) {
		struct err why;
		switch (import_source_next(source, &row, &why)) {
		case IMPORT_ROW:
			plan->rows++;
			if (!plan->own)
				import_columns_add(&plan->columns, row.cells, row.count);
			break;
		case IMPORT_BAD_ROW:
			plan->rows++;
			plan->bad_rows++;
			break;
		case IMPORT_END:
			return true;
		case IMPORT_FAILED:
			*err = why;
			return false;
		}
		if (tick && plan->rows % TICK_ROWS == 0)
			tick(context);
	}
}

static bool decide_scale(struct import_plan *plan, const struct import_wishes *wishes,
                         struct err *err)
{
	const struct import_column *column = &plan->columns.at[plan->columns.of[FIELD_SCORE]];
	const struct score_column *seen = &column->scores;
	plan->lowest = plan->highest = -1;
	for (int score = 0; score <= 10; score++) {
		if (seen->by_score[score] == 0)
			continue;
		plan->lowest = plan->lowest < 0 ? score : plan->lowest;
		plan->highest = score;
	}
	plan->scale = wishes->scale;
	if (wishes->scale == SCALE_UNSAID) {
		plan->scale = score_column_scale(seen, column->header, err);
		if (plan->scale != SCALE_0_10)
			return false;
	}
	if (plan->scale == SCALE_0_10 && seen->refused > seen->good &&
	    seen->good + seen->refused >= CELLS_TO_JUDGE)
		return err_set(err, ERR_INVALID,
		               "Most cells of the column \"%.*s\" are no scores from 0 to 10. Say "
		               "which column is: --map score=COLUMN",
		               STR_FMT(column->header));
	return true;
}

static bool decide_dates(struct import_plan *plan, const struct import_wishes *wishes,
                         struct err *err)
{
	if (plan->columns.of[FIELD_DATE] == IMPORT_NO_COLUMN)
		return true;
	const struct import_column *column = &plan->columns.at[plan->columns.of[FIELD_DATE]];
	if (column->dates.seen.cells > 0 && !date_column_is_dates(&column->dates))
		return err_set(err, ERR_INVALID,
		               "Most cells of the column \"%.*s\" are no dates that Heed knows. "
		               "Such as 2026-03-31, 31.03.2026 or 3/31/2026 10:20 PM are",
		               STR_FMT(column->header));
	return date_column_format(&column->dates,
	                          wishes->has_date_order ? &wishes->date_order : NULL,
	                          &plan->date_format, err);
}

static bool decide(struct import_plan *plan, const struct import_wishes *wishes, struct arena *a,
                   struct err *err)
{
	if (!import_columns_assign(a, &plan->columns, wishes->map, err) ||
	    !decide_scale(plan, wishes, err) || !decide_dates(plan, wishes, err))
		return false;
	plan->key = IMPORT_NO_COLUMN;
	if (wishes->key.len > 0 &&
	    !import_column_find(&plan->columns, wishes->key, &plan->key, err))
		return false;
	name_properties(plan, a);
	sort_columns(plan, a);
	return true;
}

bool import_plan_make(struct import_source *source, const struct import_wishes *wishes,
                      struct arena *a, void (*tick)(void *context), void *context,
                      struct import_plan *out, struct err *err)
{
	struct import_plan plan = { .lowest = -1, .highest = -1, .key = IMPORT_NO_COLUMN };
	struct csv_row row;
	if (!import_source_rewind(source, err))
		return false;
	enum import_next first = import_source_next(source, &row, err);
	if (first == IMPORT_END)
		return err_set(err, ERR_INVALID, "The file is empty");
	if (first != IMPORT_ROW)
		return false;
	plan.own = is_own_header(&row) && wishes->map.len == 0 && wishes->key.len == 0;
	if (!import_columns_init(a, row.cells, row.count, &plan.columns, err))
		return false;
	if (!plan.own && !plan.columns.has_header) {
		plan.rows = 1;
		import_columns_add(&plan.columns, row.cells, row.count);
	}
	if (!scan_rows(source, &plan, tick, context, err) ||
	    (!plan.own && !decide(&plan, wishes, a, err)))
		return false;
	*out = plan;
	return true;
}
