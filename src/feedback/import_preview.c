/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_preview.h"

#include <stdio.h>

#include "base/zone.h"

#define EXAMPLES 3

/* --- what is shown of a cell -------------------------------------------------------------------------- */

struct shown {
	struct arena *arena;
	const struct sight *sight;
	const struct import_plan *plan;
};

/* What people write stands in a comment, and may in what nobody named. */
static bool may_be_written(const struct import_plan *plan, size_t column)
{
	if (plan->own || column >= plan->columns.count)
		return true;
	enum import_field field = plan->columns.at[column].field;
	return field == FIELD_COMMENT || field == FIELD_TRANSCRIPT || field == FIELD_PROPERTY ||
	       field == FIELD_IGNORED;
}

/* Nothing but one find: "[email]" of "ann@example.com". */
static bool is_one_find(const struct mask_words *words, Str masked)
{
	for (int kind = 0; kind < PERSONAL_KIND_COUNT; kind++)
		if (str_eq(str_trim(masked), words->of[kind]))
			return true;
	return false;
}

static Str cell_of(const struct shown *s, size_t column, Str cell)
{
	Str masked = sight_text(s->sight, s->arena, cell);
	bool whole = s->sight->masks && !may_be_written(s->plan, column) &&
	             is_one_find(s->sight->masks, masked);
	return whole ? cell : masked;
}

/* --- columns and rows --------------------------------------------------------------------------------- */

static void put_examples(struct json_writer *w, const struct shown *shown,
                         const struct import_scan *scan, size_t column)
{
	json_put_key(w, STR("examples"));
	json_put_list(w);
	for (size_t i = 0, put = 0; i < scan->sample_count && put < EXAMPLES; i++) {
		const struct import_sample *s = &scan->samples[i];
		if (column >= s->count || str_trim(s->cells[column]).len == 0)
			continue;
		json_put_text(w, cell_of(shown, column, s->cells[column]));
		put++;
	}
	json_put_list_end(w);
}

static void put_columns(struct json_writer *w, const struct shown *shown,
                        const struct import_scan *scan)
{
	const struct import_plan *plan = shown->plan;
	json_put_key(w, STR("columns"));
	json_put_list(w);
	for (size_t i = 0; !plan->own && i < plan->columns.count; i++) {
		const struct import_column *c = &plan->columns.at[i];
		json_put_dict(w);
		json_put_key_i64(w, "column", (int64_t)i + 1);
		json_put_key_text(w, "header", c->header);
		json_put_key_text(w, "field", str_of(import_field_name(c->field)));
		json_put_key_text(w, "reason", str_of(import_reason_name(c->reason)));
		json_put_key_i64(w, "filled", c->filled);
		put_examples(w, shown, scan, i);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_sample(struct json_writer *w, const struct shown *shown,
                       const struct import_scan *scan)
{
	json_put_key(w, STR("sample"));
	json_put_list(w);
	for (size_t i = 0; i < scan->sample_count; i++) {
		json_put_dict(w);
		json_put_key_i64(w, "line", (int64_t)scan->samples[i].line);
		json_put_key(w, STR("cells"));
		json_put_list(w);
		for (size_t c = 0; c < scan->samples[i].count; c++)
			json_put_text(w, cell_of(shown, c, scan->samples[i].cells[c]));
		json_put_list_end(w);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

/* --- questions ---------------------------------------------------------------------------------------- */

static void put_choice(struct json_writer *w, Str value)
{
	json_put_dict(w);
	json_put_key_text(w, "value", value);
	json_put_key_text(w, "means", (Str){ 0 });
	json_put_dict_end(w);
}

/* Columns that hold scores, as far as one can see. */
static void put_score_columns(struct json_writer *w, const struct import_plan *plan)
{
	for (size_t i = 0; i < plan->columns.count; i++) {
		char number[24];
		if (plan->columns.at[i].scores.good == 0)
			continue;
		snprintf(number, sizeof number, "%zu", i + 1);
		json_put_dict(w);
		json_put_key_text(w, "value", str_of(number));
		json_put_key_text(w, "means", plan->columns.at[i].header);
		json_put_dict_end(w);
	}
}

/* Of the column of transcripts, which there is. */
static const struct import_speakers *speakers_of(const struct import_plan *plan)
{
	return plan->columns.at[plan->columns.of[FIELD_TRANSCRIPT]].speakers;
}

static void put_speaker_choices(struct json_writer *w, const struct import_plan *plan)
{
	const struct import_speaker *all[IMPORT_SPEAKERS_MAX];
	size_t count = import_speakers_list(speakers_of(plan), all);
	for (size_t i = 0; i < count; i++)
		put_choice(w, all[i]->label);
}

/* The example of the file, as the day that each order makes of it. */
static void put_order(struct json_writer *w, enum dates_format format, const char *example)
{
	int64_t at;
	struct err ignored;
	char day[32] = "";
	if (dates_parse(format, str_of(example), zone_utc(), &at, &ignored)) {
		time_write(at, day);
		day[10] = '\0';
	}
	json_put_dict(w);
	json_put_key_text(w, "value", str_of(dates_format_name(format)));
	json_put_key_text(w, "means", str_of(day));
	json_put_dict_end(w);
}

static void put_choices(struct json_writer *w, const struct import_plan *plan,
                        enum import_question question)
{
	switch (question) {
	case ASK_SCORE:
		put_score_columns(w, plan);
		break;
	case ASK_SCALE:
		put_choice(w, STR("0-10"));
		put_choice(w, STR("1-10"));
		put_choice(w, STR("1-5"));
		break;
	case ASK_DATE_ORDER: {
		const struct date_column *dates =
		    &plan->columns.at[plan->columns.of[FIELD_DATE]].dates;
		put_order(w, DATES_DMY, dates->example);
		put_order(w, DATES_MDY, dates->example);
		break;
	}
	case ASK_CUSTOMER:
		put_speaker_choices(w, plan);
		break;
	case ASK_DATE:
	case QUESTION_COUNT:
		break;
	}
}

static Str example_of(const struct import_plan *plan, enum import_question question)
{
	if (question != ASK_DATE_ORDER)
		return (Str){ 0 };
	return str_of(plan->columns.at[plan->columns.of[FIELD_DATE]].dates.example);
}

static void put_question(struct json_writer *w, const struct import_plan *plan,
                         enum import_question question)
{
	json_put_dict(w);
	json_put_key_text(w, "about", str_of(import_question_name(question)));
	json_put_key_text(w, "sentence", str_of(plan->why[question].msg));
	json_put_key_text(w, "example", example_of(plan, question));
	json_put_key(w, STR("choices"));
	json_put_list(w);
	put_choices(w, plan, question);
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_repeat(struct json_writer *w, const struct import_before *before)
{
	json_put_dict(w);
	json_put_key_text(w, "about", STR("repeat"));
	json_put_key_text(w, "sentence",
	                  STR("A file was imported into this survey before. Does this one repeat "
	                      "rows of it (known), or does it hold new answers only (new)?"));
	json_put_key_text(w, "example", before->file_name);
	json_put_key(w, STR("choices"));
	json_put_list(w);
	put_choice(w, STR("known"));
	put_choice(w, STR("new"));
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_questions(struct json_writer *w, const struct import_plan *plan,
                          const struct import_before *before, bool asks_repeat)
{
	json_put_key(w, STR("questions"));
	json_put_list(w);
	for (int q = 0; q < QUESTION_COUNT; q++)
		if (plan->asks[q])
			put_question(w, plan, (enum import_question)q);
	if (asks_repeat)
		put_repeat(w, before);
	json_put_list_end(w);
}

/* --- transcripts -------------------------------------------------------------------------------------- */

static Str said(const struct shown *s, Str text)
{
	return sight_text(s->sight, s->arena, text);
}

static void put_speakers(struct json_writer *w, const struct shown *shown)
{
	const struct import_speaker *all[IMPORT_SPEAKERS_MAX];
	size_t count = import_speakers_list(speakers_of(shown->plan), all);
	json_put_key(w, STR("speakers"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_text(w, "label", said(shown, all[i]->label));
		json_put_key_i64(w, "turns", all[i]->turns);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_talk(struct json_writer *w, const struct shown *shown,
                     const struct import_talk *talk, const struct transcript_told *told)
{
	struct transcript t;
	transcript_read(shown->arena, talk->text, told, &t);
	json_put_dict(w);
	json_put_key_i64(w, "line", (int64_t)talk->line);
	json_put_key(w, STR("turns"));
	json_put_list(w);
	for (size_t i = 0; i < t.turns; i++) {
		const struct transcript_turn *turn = &t.turn[i];
		json_put_dict(w);
		json_put_key_text(w, "label",
		                  said(shown, str_slice(talk->text, turn->label, turn->label_len)));
		json_put_key_text(w, "text",
		                  said(shown, str_slice(talk->text, turn->from, turn->len)));
		json_put_key_bool(w, "customer", turn->customer);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

/* Without labels said, those of whoever is the customer by what their label means. */
static Str labels_shown(struct arena *a, const struct import_plan *plan)
{
	const struct import_speaker *all[IMPORT_SPEAKERS_MAX];
	size_t count = import_speakers_list(speakers_of(plan), all), labels = 0;
	Str shown = { "", 0 };
	if (plan->told.customer.len)
		return plan->told.customer;
	for (size_t i = 0; i < count && labels < TRANSCRIPT_LABELS_MAX; i++) {
		if (all[i]->who != SPEAKER_CUSTOMER)
			continue;
		shown = labels++
		            ? str_printf(a, "%.*s, %.*s", STR_FMT(shown), STR_FMT(all[i]->label))
		            : all[i]->label;
	}
	return shown;
}

static void put_transcripts(struct json_writer *w, const struct shown *shown)
{
	const struct import_plan *plan = shown->plan;
	json_put_key(w, STR("transcripts"));
	if (plan->told.wish != TRANSCRIPT_YES) {
		json_put_null(w);
		return;
	}
	const struct import_speakers *s = speakers_of(plan);
	json_put_dict(w);
	json_put_key_i64(w, "column", (int64_t)plan->columns.of[FIELD_TRANSCRIPT] + 1);
	json_put_key_text(w, "customer_labels", said(shown, labels_shown(shown->arena, plan)));
	json_put_key_bool(w, "guessed", plan->told.customer.len == 0);
	json_put_key_i64(w, "cells", s->cells);
	json_put_key_i64(w, "with_turns", s->talks);
	put_speakers(w, shown);
	json_put_key(w, STR("examples"));
	json_put_list(w);
	for (size_t i = 0; i < s->first_count; i++)
		put_talk(w, shown, &s->first[i], &plan->told);
	json_put_list_end(w);
	json_put_dict_end(w);
}

/* --- the whole ---------------------------------------------------------------------------------------- */

static void put_preset(struct json_writer *w, const struct import_plan *plan)
{
	json_put_key(w, STR("preset"));
	if (!plan->preset) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "name", str_of(import_preset_name(plan->preset)));
	json_put_key_text(w, "title", str_of(import_preset_title(plan->preset)));
	json_put_dict_end(w);
}

static Str encoding_name(enum csv_encoding encoding)
{
	switch (encoding) {
	case CSV_UTF8:
		break;
	case CSV_WINDOWS_1252:
		return STR("windows-1252");
	case CSV_UTF16_LE:
	case CSV_UTF16_BE:
		return STR("utf-16");
	}
	return STR("utf-8");
}

static void put_form(struct json_writer *w, const struct import_view *view)
{
	char delimiter = view->dialect.delimiter;
	json_put_key_text(w, "format", view->is_json ? STR("jsonl") : STR("csv"));
	json_put_key_text(w, "encoding", encoding_name(view->dialect.encoding));
	json_put_key_text(w, "separator",
	                  view->is_json || !delimiter ? (Str){ 0 } : (Str){ &delimiter, 1 });
}

static void put_before(struct json_writer *w, const struct import_before *before)
{
	json_put_key(w, STR("before"));
	if (!before->file_name.at) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "file_name", before->file_name);
	json_put_key_time(w, "created_at", before->at);
	json_put_dict_end(w);
}

void import_preview_put(struct json_writer *w, struct arena *a, const struct sight *sight,
                        const struct import_view *view, const struct import_plan *plan,
                        const struct import_before *before, bool asks_repeat)
{
	const struct shown shown = { a, sight, plan };
	json_put_dict(w);
	json_put_key_id(w, "upload_id", view->upload);
	json_put_key_bool(w, "own_export", plan->own);
	put_preset(w, plan);
	put_form(w, view);
	json_put_key_i64(w, "rows", plan->rows);
	json_put_key_i64(w, "bad_rows", plan->bad_rows);
	json_put_key_i64(w, "header_rows", (int64_t)plan->columns.header_rows);
	json_put_key_i64_if(w, "lowest", plan->lowest >= 0, plan->lowest);
	json_put_key_i64_if(w, "highest", plan->highest >= 0, plan->highest);
	json_put_key_i64_if(w, "key", plan->key != IMPORT_NO_COLUMN, (int64_t)plan->key + 1);
	json_put_key_i64(w, "properties_left", (int64_t)plan->properties_left);
	put_before(w, before);
	put_columns(w, &shown, &view->scan);
	put_sample(w, &shown, &view->scan);
	put_transcripts(w, &shown);
	put_questions(w, plan, before, asks_repeat);
	json_put_dict_end(w);
}
