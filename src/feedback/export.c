/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/export.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/die.h"
#include "base/json.h"
#include "base/zone.h"
#include "db/list.h"
#include "feedback/export.sql.h"
#include "feedback/export_columns.h"
#include "feedback/export_work.h"
#include "feedback/import_key.h"
#include "feedback/response.h"
#include "people/personal.h"
#include "survey/survey.h"
#include "survey/team_scope.h"

#define PAGE_ROWS  500
#define PAGE_BYTES ((size_t)512 * 1024)
#define TIME_CHARS 32

/* How a column is written in JSON; CSV has but text. */
enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_JSON };

struct cell {
	enum cell_kind kind;
	Str text; /* empty: null */
};

struct export_row {
	int64_t id, survey_id;
	bool has_past, wanted;
	struct cell cells[EXPORT_COLUMN_COUNT];
};

struct past_row {
	int64_t response_id;
	struct response_past past;
};

bool export_format_parse(Str text, enum export_format *out, struct err *err)
{
	if (str_eq(text, STR("csv")))
		*out = EXPORT_CSV;
	else if (str_eq(text, STR("jsonl")))
		*out = EXPORT_JSONL;
	else
		return err_at(err, ERR_INVALID, "format", "must be csv or jsonl");
	return true;
}

Str export_time(struct arena *a, int64_t instant)
{
	struct civil c;
	if (instant == 0)
		return (Str){ 0 };
	zone_civil(zone_utc(), instant, &c);
	return str_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", c.year, c.month, c.day, c.hour,
	                  c.minute, c.second, c.microsecond);
}

static Str number_text(struct arena *a, int64_t number)
{
	return str_printf(a, "%" PRId64, number);
}

static Str hex_text(struct arena *a, Str bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *out = arena_alloc(a, bytes.len * 2 + 1);
	for (size_t i = 0; i < bytes.len; i++) {
		out[2 * i] = digits[(unsigned char)bytes.at[i] >> 4];
		out[2 * i + 1] = digits[(unsigned char)bytes.at[i] & 15];
	}
	return (Str){ bytes.len ? out : NULL, bytes.len * 2 };
}

/* Of lists of rows of their own. */
static bool is_list(enum export_column column)
{
	return column == EXPORT_HISTORY || column == EXPORT_TAGS || column == EXPORT_NOTES ||
	       column == EXPORT_EVENTS;
}

/* Columns as export_page lists them: those of EXPORT_COLUMNS without lists, then the survey's id. */
static struct cell cell_read(const struct db_rows *rows, enum export_column column, int at,
                             struct arena *a)
{
	if (db_is_null(rows, at))
		return (struct cell){ CELL_TEXT, { 0 } };
	switch (column) {
	case EXPORT_ID:
		return (struct cell){ CELL_TEXT, number_text(a, db_i64(rows, at)) };
	case EXPORT_KIND:
		return (struct cell){ CELL_TEXT, str_of(survey_kind_name(
						     (enum survey_kind)db_i64(rows, at))) };
	case EXPORT_STATE:
		return (struct cell){ CELL_TEXT, str_of(response_state_name(
						     (enum response_state)db_i64(rows, at))) };
	case EXPORT_SUBMITTED_AT:
	case EXPORT_FIRST_SCORED_AT:
	case EXPORT_COMPLETED_AT:
	case EXPORT_CREATED_AT:
	case EXPORT_UPDATED_AT:
	case EXPORT_DELETED_AT:
		return (struct cell){ CELL_TEXT, export_time(a, db_i64(rows, at)) };
	case EXPORT_SCORE:
	case EXPORT_VERSION:
	case EXPORT_TIME_CLAMPED:
	case EXPORT_EDITS:
	case EXPORT_STARRED:
	case EXPORT_TRANSCRIPT:
		return (struct cell){ CELL_NUMBER, number_text(a, db_i64(rows, at)) };
	case EXPORT_PROPERTIES:
	case EXPORT_ANSWERS:
		return (struct cell){ CELL_JSON, db_text(rows, at, a) };
	case EXPORT_IMPORT_KEY:
		return (struct cell){ CELL_TEXT, hex_text(a, db_blob(rows, at, a)) };
	case EXPORT_SURVEY:
	case EXPORT_SURVEY_NAME:
	case EXPORT_BRAND:
	case EXPORT_TOUCHPOINT:
	case EXPORT_COMMENT:
	case EXPORT_LANGUAGE:
	case EXPORT_CHANNEL:
	case EXPORT_STATE_REASON:
	case EXPORT_NAME:
	case EXPORT_EMAIL:
	case EXPORT_PHONE:
	case EXPORT_EXTERNAL_ID:
	case EXPORT_ACCOUNT:
	case EXPORT_HISTORY:
	case EXPORT_SOURCE:
	case EXPORT_TAGS:
	case EXPORT_NOTES:
	case EXPORT_EVENTS:
	case EXPORT_CUSTOMER_LABELS:
	case EXPORT_COLUMN_COUNT:
		break;
	}
	return (struct cell){ CELL_TEXT, db_text(rows, at, a) };
}

static bool row_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	struct export_row *row = out;
	int at = 0;
	for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
		if (is_list((enum export_column)column))
			continue;
		row->cells[column] = cell_read(rows, (enum export_column)column, at, a);
		if (column == EXPORT_EDITS)
			row->has_past = db_i64(rows, at) > 0;
		at++;
	}
	row->id = db_i64(rows, 0);
	row->survey_id = db_i64(rows, at);
	return true;
}

static bool past_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	struct past_row *row = out;
	row->response_id = db_i64(rows, 0);
	row->past = (struct response_past){
		.seq = (int)db_i64(rows, 1),
		.at = db_i64(rows, 2),
		.actor = db_text(rows, 3, a),
		.state = (enum response_state)db_i64(rows, 4),
		.state_reason = db_text(rows, 5, a),
		.score = db_is_null(rows, 6) ? SCORE_NONE : (int)db_i64(rows, 6),
		.comment = db_text(rows, 7, a),
		.answers = db_text(rows, 8, a),
	};
	return true;
}

static void put_past(struct json_writer *w, struct arena *a, const struct response_past *past,
                     const struct sight *sight)
{
	json_put_dict(w);
	json_put_key_i64(w, "seq", past->seq);
	json_put_key_text(w, "at", export_time(a, past->at));
	json_put_key_text(w, "actor", past->actor);
	json_put_key_text(w, "state", str_of(response_state_name(past->state)));
	if (past->state_reason.at)
		json_put_key_text(w, "state_reason", past->state_reason);
	if (past->score != SCORE_NONE)
		json_put_key_i64(w, "score", past->score);
	if (past->comment.at)
		json_put_key_text(w, "comment", sight_text(sight, a, past->comment));
	json_put_key(w, STR("answers"));
	json_put_raw(w, past->answers);
	json_put_dict_end(w);
}

/* Both lists are in order of the answers' ids. */
static bool add_history(struct export_row *rows, size_t count, const struct past_row *past,
                        size_t past_count, struct arena *a, const struct sight *sight,
                        struct err *err)
{
	size_t next = 0;
	for (size_t i = 0; i < count; i++) {
		struct buf json;
		struct json_writer w;
		while (next < past_count && past[next].response_id < rows[i].id)
			next++;
		if (next == past_count || past[next].response_id != rows[i].id)
			continue;
		buf_init(&json, (size_t)16 << 20);
		json_put_start(&w, &json);
		json_put_list(&w);
		for (; next < past_count && past[next].response_id == rows[i].id; next++)
			put_past(&w, a, &past[next].past, sight);
		json_put_list_end(&w);
		rows[i].cells[EXPORT_HISTORY] =
		    (struct cell){ CELL_JSON, str_copy(a, buf_str(&json)) };
		bool fits = !json.overflowed;
		buf_free(&json);
		if (!fits)
			return err_set(err, ERR_TOO_LARGE,
			               "the history of answer %" PRId64 " is too long", rows[i].id);
	}
	return true;
}

static bool add_work(const struct export *e, struct db *db, struct arena *a,
                     struct export_row *rows, size_t count, struct err *err)
{
	struct export_work work;
	if (count == 0)
		return true;
	if (!export_work_load(db, a, e->workspace, e->last_id, rows[count - 1].id, &work, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct export_work_cells cells;
		if (!export_work_next(&work, a, rows[i].id, &cells, err))
			return false;
		rows[i].cells[EXPORT_TAGS] = (struct cell){ CELL_JSON, cells.tags };
		rows[i].cells[EXPORT_NOTES] = (struct cell){ CELL_JSON, cells.notes };
		rows[i].cells[EXPORT_EVENTS] = (struct cell){ CELL_JSON, cells.events };
	}
	return true;
}

static bool load_page(const struct export *e, struct db *db, struct arena *a,
                      struct export_row **out, size_t *count, struct err *err)
{
	void *items, *past = NULL;
	size_t past_count = 0;
	if (!db_list(db, &sql_export_page,
	             DB_ARGS(db_arg_i64(e->workspace), db_arg_i64(e->last_id),
	                     db_arg_i64(PAGE_ROWS)),
	             row_read, sizeof(struct export_row), a, &items, count, err))
		return false;
	struct export_row *rows = items;
	bool has_past = false;
	for (size_t i = 0; i < *count; i++)
		has_past = has_past || rows[i].has_past;
	if (has_past && !db_list(db, &sql_export_history,
	                         DB_ARGS(db_arg_i64(e->workspace), db_arg_i64(e->last_id),
	                                 db_arg_i64(rows[*count - 1].id)),
	                         past_read, sizeof(struct past_row), a, &past, &past_count, err))
		return false;
	*out = rows;
	return add_history(rows, *count, past, past_count, a, &e->sight, err) &&
	       add_work(e, db, a, rows, *count, err);
}

/* The columns stay, so that programs find them where they are. */
static bool hide_names(struct export_row *row, struct arena *a, struct err *err)
{
	static const enum export_column hidden[] = { EXPORT_NAME, EXPORT_EMAIL, EXPORT_PHONE,
		                                     EXPORT_EXTERNAL_ID, EXPORT_IMPORT_KEY };
	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
		row->cells[hidden[i]] = (struct cell){ CELL_TEXT, { 0 } };
	struct cell *properties = &row->cells[EXPORT_PROPERTIES];
	return personal_strip(a, properties->text, &properties->text, err);
}

static bool show_as(struct export_row *row, struct arena *a, const struct sight *sight,
                    struct err *err)
{
	struct cell *comment = &row->cells[EXPORT_COMMENT];
	struct cell *labels = &row->cells[EXPORT_CUSTOMER_LABELS];
	comment->text = sight_text(sight, a, comment->text);
	labels->text = sight_text(sight, a, labels->text);
	return sight->names || hide_names(row, a, err);
}

static bool takes_survey(const struct export *e, int64_t survey)
{
	for (size_t i = 0; i < e->survey_count; i++)
		if (e->surveys[i].id == survey)
			return true;
	return e->any_survey;
}

static bool is_wanted(const struct export *e, struct db *db, struct arena *a,
                      const struct export_row *row, bool *out, struct err *err)
{
	struct response r;
	*out = takes_survey(e, row->survey_id);
	if (!*out)
		return true;
	if (!e->is_filtered)
		return team_scope_takes(e->scope, a, row->survey_id,
		                        row->cells[EXPORT_PROPERTIES].text, out, err);
	if (response_find(db, a, e->workspace, row->id, &r, err))
		return filter_takes(&e->run, a, &r, out, err);
	*out = false;
	return err->kind == ERR_NOT_FOUND;
}

static bool choose_rows(const struct export *e, struct db *db, struct export_row *rows,
                        size_t count, struct arena *a, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!is_wanted(e, db, a, &rows[i], &rows[i].wanted, err) ||
		    (rows[i].wanted && !show_as(&rows[i], a, &e->sight, err)))
			return false;
	return true;
}

bool export_begin(struct export *e, struct db *db, struct arena *a, struct err *err)
{
	struct survey_place *surveys = NULL;
	MUST(e->scope);
	if (!filter_takes_every_survey(db, e->workspace, &e->filter, &e->any_survey, err))
		return false;
	e->is_filtered = filter_chooses_answers(&e->filter);
	filter_begin(e->scope, &e->filter, &e->run);
	if ((!e->any_survey && !filter_surveys(db, a, e->workspace, e->scope, &e->filter, &surveys,
	                                       &e->survey_count, err)) ||
	    !filter_find_ids(db, a, e->workspace, &e->run, err))
		return false;
	e->surveys = surveys;
	return true;
}

static void put_csv(struct csv_writer *w, const struct export_row *row)
{
	for (int column = 0; column < EXPORT_COLUMN_COUNT; column++)
		csv_put_text(w, row->cells[column].text);
	csv_put_row_end(w);
}

static void put_header(struct csv_writer *w)
{
	for (int column = 0; column < EXPORT_COLUMN_COUNT; column++)
		csv_put_text(w, str_of(export_column_name((enum export_column)column)));
	csv_put_row_end(w);
}

static void put_json(struct buf *out, const struct export_row *row)
{
	struct json_writer w;
	json_put_start(&w, out);
	json_put_dict(&w);
	for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
		const struct cell *cell = &row->cells[column];
		json_put_key(&w, str_of(export_column_name((enum export_column)column)));
		if (cell->text.len == 0)
			json_put_null(&w);
		else if (cell->kind == CELL_TEXT)
			json_put_text(&w, cell->text);
		else
			json_put_raw(&w, cell->text);
	}
	json_put_dict_end(&w);
	buf_add_char(out, '\n');
}

static bool put_page(struct export *e, const struct export_row *rows, size_t count, struct buf *out,
                     bool *more, struct err *err)
{
	struct csv_writer csv;
	size_t start = out->len;
	csv_put_start(&csv, out, ',', e->for_spreadsheet && !e->has_begun);
	csv.for_spreadsheet = e->for_spreadsheet;
	if (!e->has_begun && e->format == EXPORT_CSV)
		put_header(&csv);
	e->has_begun = true;
	*more = count == PAGE_ROWS;
	for (size_t i = 0; i < count; i++) {
		e->last_id = rows[i].id;
		if (!rows[i].wanted)
			continue;
		if (e->format == EXPORT_CSV)
			put_csv(&csv, &rows[i]);
		else
			put_json(out, &rows[i]);
		if (out->len - start > PAGE_BYTES && i + 1 < count) {
			*more = true;
			break;
		}
	}
	return !out->overflowed || err_set(err, ERR_TOO_LARGE, "a page of answers is too large");
}

bool export_next(struct export *e, struct db *db, struct buf *out, bool *more, struct err *err)
{
	struct arena a = { 0 };
	struct export_row *rows;
	size_t count;
	bool ok = load_page(e, db, &a, &rows, &count, err) &&
	          choose_rows(e, db, rows, count, &a, err) &&
	          put_page(e, rows, count, out, more, err);
	arena_free(&a);
	return ok;
}
