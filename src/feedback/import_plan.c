/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/zone.h"
#include "feedback/export_columns.h"
#include "feedback/import_source.h"
#include "people/properties.h"

#define TICK_ROWS   1024
#define SAMPLE_CELL 200
/* Fewer cells than these say nothing about a column. */
#define CELLS_TO_JUDGE 20

const char *import_question_name(enum import_question question)
{
	static const char *const names[] = {
#define ASK_NAME_OF(question, name) [question] = name,
		IMPORT_QUESTIONS(ASK_NAME_OF)
#undef ASK_NAME_OF
	};
	return names[question];
}

static bool is_own_header(const Str *cells, size_t count)
{
	if (count < EXPORT_COLUMNS_FIRST || count > EXPORT_COLUMN_COUNT)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!str_eq(cells[i], str_of(export_column_name((enum export_column)i))))
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

static Str *copy_cells(struct arena *a, const struct csv_row *row, size_t most)
{
	Str *cells = ARENA_ARRAY(a, Str, row->count + 1);
	for (size_t i = 0; i < row->count; i++)
		cells[i] = str_copy(a, utf8_prefix(row->cells[i], most));
	return cells;
}

/* --- the scan ----------------------------------------------------------------------------------------- */

/* The first rows, of which a preset may know more than one as header. */
static bool read_head(struct import_source *source, struct arena *a, struct import_head *out,
                      struct err *first_bad, struct err *err)
{
	struct csv_row row;
	struct import_head head = { 0 };
	import_source_set_header(source, 0);
	if (!import_source_rewind(source, err))
		return false;
	while (head.row_count < IMPORT_HEADER_ROWS_MAX) {
		struct err why;
		enum import_next next = import_source_next(source, &row, &why);
		if (next == IMPORT_FAILED) {
			*err = why;
			return false;
		}
		if (next == IMPORT_BAD_ROW && head.row_count == 0) {
			*first_bad = first_bad->kind == ERR_NONE ? why : *first_bad;
			continue;
		}
		if (next != IMPORT_ROW)
			break;
		head.rows[head.row_count] = copy_cells(a, &row, CSV_CELL_MAX);
		head.counts[head.row_count++] = row.count;
	}
	*out = head;
	return head.row_count > 0 || err_set(err, ERR_INVALID, "The file is empty");
}

bool import_scan_begin(struct import_source *source, Str preset, struct arena *a,
                       struct import_scan *scan, struct err *err)
{
	struct import_head head;
	if (!read_head(source, a, &head, &scan->first_bad, err))
		return false;
	scan->own = is_own_header(head.rows[0], head.counts[0]);
	if (!import_preset_recognise(a, &head, scan->own ? STR("none") : preset, &scan->recognised,
	                             err))
		return false;
	const struct import_recognised *r = &scan->recognised;
	size_t rows =
	    r->preset ? r->header_rows : (size_t)import_row_is_header(head.rows[0], head.counts[0]);
	import_source_set_header(source, rows);
	return import_columns_init(a, r->preset ? r->names : head.rows[0], head.counts[0], rows,
	                           &scan->columns, err) &&
	       import_source_rewind(source, err);
}

static void take_row(struct import_scan *scan, struct arena *a, const struct csv_row *row)
{
	scan->rows++;
	if (scan->sample_count < IMPORT_SAMPLES)
		scan->samples[scan->sample_count++] =
		    (struct import_sample){ row->line, copy_cells(a, row, SAMPLE_CELL),
			                    row->count };
	import_columns_add(a, &scan->columns, row);
}

bool import_scan_make(struct import_source *source, Str preset, struct arena *a,
                      bool (*tick)(void *context), void *context, struct import_scan *out,
                      struct err *err)
{
	struct import_scan scan = { 0 };
	struct csv_row row;
	if (!import_scan_begin(source, preset, a, &scan, err))
		return false;
	if (scan.first_bad.kind != ERR_NONE) {
		*err = scan.first_bad;
		return false;
	}
	for (;;) {
		struct err why;
		switch (import_source_next(source, &row, &why)) {
		case IMPORT_ROW:
			take_row(&scan, a, &row);
			break;
		case IMPORT_BAD_ROW:
			scan.rows++;
			scan.bad_rows++;
			break;
		case IMPORT_END:
			*out = scan;
			return true;
		case IMPORT_FAILED:
			*err = why;
			return false;
		}
		if (tick && scan.rows % TICK_ROWS == 0 && !tick(context))
			return err_set(err, ERR_BUSY, "The reading of the file was stopped");
	}
}

/* --- the plan ----------------------------------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) static void
ask(struct import_plan *plan, enum import_question about, const char *fmt, ...)
{
	char text[sizeof plan->why[about].msg];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	plan->asks[about] = true;
	err_set(&plan->why[about], ERR_INVALID, "%s", text);
}

static void see_ends(struct import_plan *plan, const struct score_column *seen)
{
	for (int score = 0; score <= 10; score++) {
		if (seen->by_score[score] == 0)
			continue;
		plan->lowest = plan->lowest < 0 ? score : plan->lowest;
		plan->highest = score;
	}
}

static void decide_scale(struct import_plan *plan, const struct import_wishes *wishes)
{
	if (plan->asks[ASK_SCORE])
		return;
	const struct import_column *column = &plan->columns.at[plan->columns.of[FIELD_SCORE]];
	const struct score_column *seen = &column->scores;
	see_ends(plan, seen);
	plan->scale = wishes->scale;
	if (wishes->scale == SCALE_UNSAID) {
		plan->scale = score_column_scale(seen, column->header, &plan->why[ASK_SCALE]);
		plan->asks[ASK_SCALE] = plan->scale != SCALE_0_10;
	}
	if (plan->scale == SCALE_0_10 && seen->refused > seen->good &&
	    seen->good + seen->refused >= CELLS_TO_JUDGE)
		ask(plan, ASK_SCORE,
		    "Most cells of the column \"%.*s\" are no scores from 0 to 10. Say which "
		    "column "
		    "is: --map score=COLUMN",
		    STR_FMT(column->header));
}

/* Times whose header says that they are of UTC, or whose file names a zone. */
static void decide_zone(struct import_plan *plan, Str zone, Str header, struct arena *a)
{
	struct err ignored;
	Str plain = import_plain_name(a, header);
	if (str_eq(plain, STR("utc")) || str_ends(plain, STR(" utc")) ||
	    str_ends(plain, STR(" gmt")))
		plan->zone = zone_utc();
	else if (zone.len == 0 || !zone_load(a, zone, &plan->zone, &ignored))
		plan->zone = NULL;
}

static void decide_dates(struct import_plan *plan, const struct import_wishes *wishes)
{
	if (plan->columns.of[FIELD_DATE] == IMPORT_NO_COLUMN)
		return;
	const struct import_column *column = &plan->columns.at[plan->columns.of[FIELD_DATE]];
	if (column->dates.seen.cells > 0 && !date_column_is_dates(&column->dates)) {
		ask(plan, ASK_DATE,
		    "Most cells of the column \"%.*s\" are no dates that Heed knows. Such as "
		    "2026-03-31, 31.03.2026 or 3/31/2026 10:20 PM are",
		    STR_FMT(column->header));
		return;
	}
	plan->asks[ASK_DATE_ORDER] =
	    !date_column_format(&column->dates, wishes->has_date_order ? &wishes->date_order : NULL,
	                        &plan->date_format, &plan->why[ASK_DATE_ORDER]);
}

static bool decide_columns(struct import_plan *plan, const struct import_scan *scan,
                           const struct import_wishes *wishes, struct arena *a, struct err *err)
{
	const struct import_recognised *r = &scan->recognised;
	struct import_columns *columns = &plan->columns;
	columns->at = ARENA_ARRAY(a, struct import_column, columns->count + 1);
	for (size_t i = 0; i < columns->count; i++)
		columns->at[i] = scan->columns.at[i];
	if (!import_columns_map(columns, wishes->map, err) ||
	    !import_columns_choose(columns, wishes->choices, wishes->choice_count, err) ||
	    !import_columns_choose(columns, r->choices, r->choice_count, err))
		return false;
	if (!import_columns_guess(a, columns))
		ask(plan, ASK_SCORE,
		    "No column is surely the one of scores. Say which: --map score=COLUMN, by its "
		    "header or its number");
	if (r->comment_by_place)
		import_columns_comment_by_place(columns);
	import_columns_see_transcripts(columns);
	return true;
}

/* A column that somebody called the comment, with the choice before them, holds no transcripts. */
static bool decide_transcripts(struct import_plan *plan, const struct import_wishes *wishes,
                               struct err *err)
{
	size_t at = plan->columns.of[FIELD_TRANSCRIPT], comment = plan->columns.of[FIELD_COMMENT];
	if (at == IMPORT_NO_COLUMN) {
		bool chosen = comment != IMPORT_NO_COLUMN &&
		              plan->columns.at[comment].reason == REASON_CHOSEN;
		plan->told.wish = chosen ? TRANSCRIPT_NO : TRANSCRIPT_DETECT;
		return wishes->customer.len == 0 ||
		       err_at(err, ERR_INVALID, "/customer_labels",
		              "labels of the customer go with a column of transcripts: --map "
		              "transcript=COLUMN");
	}
	plan->told = (struct transcript_told){ TRANSCRIPT_YES, wishes->customer };
	if (wishes->customer.len == 0 && !wishes->scores_alone &&
	    import_speakers_are_unknown(plan->columns.at[at].speakers))
		ask(plan, ASK_CUSTOMER,
		    "Who is the customer in the column \"%.*s\"? None of those who speak there has "
		    "a "
		    "name that says it. Say which: --customer LABEL,LABEL",
		    STR_FMT(plan->columns.at[at].header));
	return true;
}

static bool decide_key(struct import_plan *plan, const struct import_scan *scan,
                       const struct import_wishes *wishes, struct err *err)
{
	plan->key = wishes->no_key ? IMPORT_NO_COLUMN : scan->recognised.key;
	if (wishes->key_column > plan->columns.count)
		return err_at(err, ERR_INVALID, "/key", "the file has no column %zu",
		              wishes->key_column);
	if (wishes->key_column)
		plan->key = wishes->key_column - 1;
	return wishes->key.len == 0 ||
	       import_column_find(&plan->columns, wishes->key, &plan->key, err);
}

bool import_plan_decide(const struct import_scan *scan, const struct import_wishes *wishes,
                        struct arena *a, struct import_plan *out, struct err *err)
{
	struct import_plan plan = {
		.own = scan->own && wishes->map.len == 0 && wishes->key.len == 0 &&
		       wishes->choice_count == 0,
		.preset = scan->recognised.preset,
		.columns = scan->columns,
		.rows = scan->rows,
		.bad_rows = scan->bad_rows,
		.lowest = -1,
		.highest = -1,
		.key = IMPORT_NO_COLUMN,
		.status = scan->recognised.status,
	};
	if (!plan.own) {
		if (!decide_columns(&plan, scan, wishes, a, err) ||
		    !decide_key(&plan, scan, wishes, err) ||
		    !decide_transcripts(&plan, wishes, err))
			return false;
		size_t date = plan.columns.of[FIELD_DATE];
		if (date != IMPORT_NO_COLUMN)
			decide_zone(&plan, scan->recognised.time_zone, plan.columns.at[date].header,
			            a);
		decide_scale(&plan, wishes);
		decide_dates(&plan, wishes);
		name_properties(&plan, a);
		sort_columns(&plan, a);
	}
	*out = plan;
	return true;
}

bool import_plan_make(struct import_source *source, const struct import_wishes *wishes,
                      struct arena *a, struct import_plan *out, struct err *err)
{
	struct import_scan scan;
	if (!import_scan_make(source, wishes->preset, a, NULL, NULL, &scan, err) ||
	    !import_plan_decide(&scan, wishes, a, out, err))
		return false;
	for (int q = 0; q < QUESTION_COUNT; q++) {
		if (!out->asks[q])
			continue;
		*err = out->why[q];
		return false;
	}
	return true;
}
