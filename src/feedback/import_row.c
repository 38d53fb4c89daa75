/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_row.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "people/properties.h"

#define LANGUAGE_MAX 35
#define CHANNEL_MAX  64

/* A row while it is read. */
struct reading {
	const struct import_plan *plan;
	struct arena *arena;
	const struct csv_row *row;
	struct import_row *out;
	struct property properties[PROPERTIES_MAX];
	size_t property_count;
};

static Str cell_at(const struct reading *r, size_t column)
{
	return column < r->row->count ? r->row->cells[column] : (Str){ 0 };
}

/* Trimmed, in the arena; at NULL when it is blank or the file has no such column. */
static Str field(const struct reading *r, enum import_field which)
{
	size_t column = r->plan->columns.of[which];
	Str cell = column == IMPORT_NO_COLUMN ? (Str){ 0 } : str_trim(cell_at(r, column));
	return cell.len ? str_copy(r->arena, cell) : (Str){ 0 };
}

static bool refuse(const struct reading *r, enum import_field which, const char *why,
                   struct err *err)
{
	const struct import_column *column = &r->plan->columns.at[r->plan->columns.of[which]];
	return err_set(err, ERR_INVALID, "%.*s: %s", STR_FMT(str_slice(column->header, 0, 60)),
	               why);
}

static bool read_score(struct reading *r, struct err *err)
{
	int score = 0;
	Str cell = cell_at(r, r->plan->columns.of[FIELD_SCORE]);
	r->out->score = SCORE_NONE;
	if (r->plan->scale != SCALE_0_10)
		return true;
	enum score_cell kind = score_cell_read(cell, &score);
	if (kind == SCORE_CELL_BLANK)
		return true;
	if (kind != SCORE_CELL_GOOD) {
		struct err why;
		score_cell_reason(kind, cell, &why);
		return refuse(r, FIELD_SCORE, why.msg, err);
	}
	r->out->score = score;
	return true;
}

static bool read_comment(struct reading *r, struct err *err)
{
	bool talks = r->plan->told.wish == TRANSCRIPT_YES;
	enum import_field which = talks ? FIELD_TRANSCRIPT : FIELD_COMMENT;
	r->out->comment = field(r, which);
	if (r->out->comment.len > RESPONSE_COMMENT_MAX)
		return refuse(r, which, "is longer than 40 KiB", err);
	if (!r->out->comment.at)
		return true;
	r->out->comment_folded = fold_text(r->arena, r->out->comment);
	r->out->told = r->plan->told;
	return true;
}

static bool read_date(struct reading *r, const struct zone *zone, struct err *err)
{
	Str cell = field(r, FIELD_DATE);
	struct err why;
	if (!cell.at || dates_parse(r->plan->date_format, cell,
	                            r->plan->zone ? r->plan->zone : zone, &r->out->at, &why))
		return true;
	return refuse(r, FIELD_DATE, why.msg, err);
}

static bool read_texts(struct reading *r, struct err *err)
{
	r->out->language = field(r, FIELD_LANGUAGE);
	r->out->channel = field(r, FIELD_CHANNEL);
	if (r->out->language.len > LANGUAGE_MAX)
		return refuse(r, FIELD_LANGUAGE, "is no language tag", err);
	if (r->out->channel.len > CHANNEL_MAX)
		return refuse(r, FIELD_CHANNEL, "is longer than 64 bytes", err);
	return true;
}

static void add_property(struct reading *r, Str name, Str value)
{
	if (r->property_count == PROPERTIES_MAX)
		return;
	Str kept = utf8_prefix(value, PROPERTY_VALUE_MAX);
	r->out->cut = r->out->cut || kept.len < value.len;
	r->properties[r->property_count++] =
	    (struct property){ .name = name, .kind = JSON_TEXT, .text = kept };
}

/* An address that is none is worth keeping, but names nobody. */
static bool mend(struct reading *r, enum import_field which, Str *value)
{
	if (!value->at)
		return false;
	add_property(r, str_of(import_field_name(which)), *value);
	r->out->bad_address = true;
	*value = (Str){ 0 };
	return true;
}

/* "First name" and "Last name" are two columns in many files. */
static Str full_name(const struct reading *r)
{
	Str name = field(r, FIELD_NAME), last = field(r, FIELD_LAST_NAME);
	if (!name.at || !last.at)
		return name.at ? name : last;
	return str_printf(r->arena, "%.*s %.*s", STR_FMT(name), STR_FMT(last));
}

static bool read_person(struct reading *r, struct err *err)
{
	struct person_input in = {
		.email = field(r, FIELD_EMAIL),
		.phone = field(r, FIELD_PHONE),
		.external_id = field(r, FIELD_EXTERNAL_ID),
		.name = full_name(r),
		.account = field(r, FIELD_ACCOUNT),
	};
	for (;;) {
		if (person_ref_check(r->arena, &in, &r->out->who, err))
			return true;
		Str path = str_of(err->path);
		bool mended = (str_eq(path, STR("/email")) && mend(r, FIELD_EMAIL, &in.email)) ||
		              (str_eq(path, STR("/phone")) && mend(r, FIELD_PHONE, &in.phone));
		if (!mended)
			return err_set(err, ERR_INVALID, "%s: a text of at most %d bytes",
			               err->path + (err->path[0] == '/'), PERSON_TEXT_MAX);
	}
}

static bool read_properties(struct reading *r, struct err *err)
{
	for (size_t i = 0; i < r->plan->columns.count; i++) {
		Str value = str_trim(cell_at(r, i));
		if (r->plan->property_names[i].at && value.len)
			add_property(r, r->plan->property_names[i], value);
	}
	return properties_write(r->arena, r->properties, r->property_count, &r->out->properties,
	                        err);
}

static bool read_extra_cells(const struct reading *r, struct err *err)
{
	for (size_t i = r->plan->columns.count; i < r->row->count; i++)
		if (str_trim(r->row->cells[i]).len)
			return err_set(err, ERR_INVALID,
			               "the row has %zu cells where the file has %zu columns",
			               r->row->count, r->plan->columns.count);
	return true;
}

/* A preview or a test of the tool that wrote the file would count as an answer. */
static bool read_status(const struct reading *r, struct err *err)
{
	Str status = cell_at(r, r->plan->status);
	return !import_preset_is_no_answer(status) ||
	       err_set(err, ERR_INVALID, "is no answer: its status is \"%.*s\"",
	               STR_FMT(str_slice(status, 0, 40)));
}

bool import_row_read(const struct import_plan *plan, const struct zone *zone, struct arena *a,
                     const struct csv_row *row, struct import_row *out, struct err *err)
{
	struct import_row read = { .score = SCORE_NONE };
	struct reading r = { .plan = plan, .arena = a, .row = row, .out = &read };
	if (!read_extra_cells(&r, err) || !read_status(&r, err) || !read_score(&r, err) ||
	    !read_comment(&r, err) || !read_date(&r, zone, err) || !read_texts(&r, err) ||
	    !read_person(&r, err) || !read_properties(&r, err))
		return false;
	read.state = response_state_of(read.score, read.comment);
	/* Somebody who gave a rating did not close the survey without a word. */
	if (plan->scale != SCALE_0_10 && read.state == RESPONSE_DISMISSED &&
	    str_trim(cell_at(&r, plan->columns.of[FIELD_SCORE])).len)
		read.state = RESPONSE_PARTIAL;
	*out = read;
	return true;
}
