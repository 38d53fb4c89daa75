/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_own.h"

#include "base/fold.h"
#include "base/json.h"
#include "base/zone.h"
#include "db/id.h"
#include "feedback/export_columns.h"
#include "feedback/import_key.h"
#include "people/properties.h"

#define TEXT_MAX    1024
#define EDITS_MAX   10000
#define ANSWERS_MAX (64u * 1024)

/* A row while it is read: the first complaint ends it. */
struct own {
	struct arena *arena;
	const struct csv_row *row;
	struct err *err;
	bool ok;
};

static Str cell(struct own *o, enum export_column column)
{
	Str text = (size_t)column < o->row->count ? o->row->cells[column] : (Str){ 0 };
	return text.len ? str_copy(o->arena, text) : (Str){ 0 };
}

static void refuse(struct own *o, enum export_column column, const char *why)
{
	if (o->ok)
		err_set(o->err, ERR_INVALID, "%s %s", export_column_name(column), why);
	o->ok = false;
}

static Str text(struct own *o, enum export_column column, size_t max)
{
	Str value = cell(o, column);
	if (value.len > max)
		refuse(o, column, "is too long");
	return value;
}

static Str text_needed(struct own *o, enum export_column column, size_t max)
{
	Str value = text(o, column, max);
	if (value.len == 0)
		refuse(o, column, "is missing");
	return value;
}

static Str or_empty(Str value)
{
	return value.at ? value : STR("");
}

static int64_t number(struct own *o, enum export_column column, int64_t min, int64_t max)
{
	int64_t value = 0;
	if (!str_to_i64(cell(o, column), &value) || value < min || value > max)
		refuse(o, column, "is no number that Heed wrote");
	return value;
}

static int64_t instant(struct own *o, enum export_column column)
{
	int64_t at = 0;
	struct err why;
	Str value = cell(o, column);
	if (value.len && !time_parse(value, zone_utc(), &at, &why))
		refuse(o, column, "is no time");
	return at;
}

static int score_of(struct own *o, enum export_column column)
{
	return cell(o, column).len ? (int)number(o, column, 0, 10) : SCORE_NONE;
}

static Str dict(struct own *o, enum export_column column)
{
	JsonRef value;
	struct err why;
	Str json = cell(o, column);
	if (!json.len)
		return PROPERTIES_NONE;
	if (json.len > ANSWERS_MAX || !json_read(o->arena, json, &value, &why) ||
	    !json_read_dict(value, &why))
		refuse(o, column, "is no JSON that Heed wrote");
	return json;
}

static Str properties(struct own *o)
{
	struct property *all;
	size_t count;
	struct err why;
	Str json = dict(o, EXPORT_PROPERTIES);
	if (o->ok &&
	    (!properties_list(o->arena, json, &all, &count, &why) || count > PROPERTIES_MERGED_MAX))
		refuse(o, EXPORT_PROPERTIES, "is no JSON that Heed wrote");
	return json;
}

static Str import_key(struct own *o)
{
	Str hex = cell(o, EXPORT_IMPORT_KEY);
	if (!hex.len)
		return (Str){ 0 };
	char *bytes = arena_alloc(o->arena, IMPORT_KEY_SIZE);
	if (hex.len != (size_t)IMPORT_KEY_SIZE * 2)
		refuse(o, EXPORT_IMPORT_KEY, "is no key");
	for (size_t i = 0; o->ok && i < IMPORT_KEY_SIZE; i++) {
		int high = str_hex_digit(hex.at[2 * i]), low = str_hex_digit(hex.at[2 * i + 1]);
		if (high < 0 || low < 0)
			refuse(o, EXPORT_IMPORT_KEY, "is no key");
		else
			bytes[i] = (char)(high << 4 | low);
	}
	return (Str){ bytes, IMPORT_KEY_SIZE };
}

static bool state_read(JsonRef ref, enum response_state *out, struct err *err)
{
	Str name;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	return response_state_find(name, out) || err_set(err, ERR_INVALID, "is no state");
}

static bool time_read(JsonRef ref, int64_t *out, struct err *err)
{
	Str value;
	return json_read_text(ref, 40, &value, err) && time_parse(value, zone_utc(), out, err);
}

static bool past_read(struct own *o, JsonRef ref, struct response_past *out, struct err *err)
{
	int64_t seq = 0, score = SCORE_NONE;
	struct response_past past = { 0 };
	JsonRef answers = json_read_member(ref, "answers");
	if (!json_read_i64(json_read_member(ref, "seq"), 1, EDITS_MAX, &seq, err) ||
	    !time_read(json_read_member(ref, "at"), &past.at, err) ||
	    !json_read_text(json_read_member(ref, "actor"), TEXT_MAX, &past.actor, err) ||
	    !state_read(json_read_member(ref, "state"), &past.state, err) ||
	    !json_read_text_if_given(json_read_member(ref, "state_reason"), TEXT_MAX,
	                             &past.state_reason, err) ||
	    !json_read_i64_if_given(json_read_member(ref, "score"), 0, 10, &score, err) ||
	    !json_read_text_if_given(json_read_member(ref, "comment"), RESPONSE_COMMENT_MAX,
	                             &past.comment, err) ||
	    !json_read_dict(answers, err))
		return false;
	struct buf json;
	struct json_writer w;
	buf_init(&json, ANSWERS_MAX);
	json_put_start(&w, &json);
	json_put_ref(&w, answers);
	bool fits = !json.overflowed;
	past.answers = str_copy(o->arena, buf_str(&json));
	buf_free(&json);
	if (!fits)
		return err_set(err, ERR_INVALID, "has more than Heed writes");
	past.seq = (int)seq;
	past.score = (int)score;
	*out = past;
	return true;
}

static void history(struct own *o, struct own_row *out)
{
	JsonRef list;
	struct err why;
	Str json = cell(o, EXPORT_HISTORY);
	if (!json.len)
		return;
	if (!json_read(o->arena, json, &list, &why) || !json_read_list(list, EDITS_MAX, &why)) {
		refuse(o, EXPORT_HISTORY, "is no JSON that Heed wrote");
		return;
	}
	size_t count = json_read_count(list);
	out->past = ARENA_ARRAY(o->arena, struct response_past, count + 1);
	for (; out->past_count < count; out->past_count++) {
		if (!past_read(o, json_read_item(list, out->past_count),
		               &out->past[out->past_count], &why)) {
			refuse(o, EXPORT_HISTORY, "is no JSON that Heed wrote");
			return;
		}
	}
}

static void person(struct own *o, struct own_row *out)
{
	struct person_input in = {
		.email = cell(o, EXPORT_EMAIL),
		.phone = cell(o, EXPORT_PHONE),
		.external_id = cell(o, EXPORT_EXTERNAL_ID),
		.name = cell(o, EXPORT_NAME),
		.account = cell(o, EXPORT_ACCOUNT),
	};
	struct err why;
	if (!person_ref_check(o->arena, &in, &out->who, &why))
		refuse(o, EXPORT_EMAIL, "or another part of the person is not one Heed wrote");
}

static void survey(struct own *o, struct own_row *out)
{
	out->survey = text_needed(o, EXPORT_SURVEY, SURVEY_SLUG_MAX);
	out->survey_name = text_needed(o, EXPORT_SURVEY_NAME, SURVEY_NAME_MAX);
	out->brand = text_needed(o, EXPORT_BRAND, TEXT_MAX);
	out->touchpoint = text(o, EXPORT_TOUCHPOINT, TEXT_MAX);
	if (!survey_slug_is_valid(out->survey))
		refuse(o, EXPORT_SURVEY, "is no survey's slug");
	if (!survey_kind_find(cell(o, EXPORT_KIND), &out->kind))
		refuse(o, EXPORT_KIND, "must be relationship or transactional");
	else if ((out->kind == SURVEY_TRANSACTIONAL) != (out->touchpoint.len > 0))
		refuse(o, EXPORT_TOUCHPOINT, "goes with a transactional survey and no other");
}

static void response(struct own *o, struct response *r)
{
	struct err why;
	if (!id_parse(cell(o, EXPORT_ID), &r->id, &why))
		refuse(o, EXPORT_ID, "is no id");
	if (!response_state_find(cell(o, EXPORT_STATE), &r->state))
		refuse(o, EXPORT_STATE, "is no state");
	r->state_reason = text(o, EXPORT_STATE_REASON, TEXT_MAX);
	r->version = (int)number(o, EXPORT_VERSION, 1, INT32_MAX);
	r->score = score_of(o, EXPORT_SCORE);
	r->comment = text(o, EXPORT_COMMENT, RESPONSE_COMMENT_MAX);
	if (r->comment.at)
		r->comment_folded = fold_text(o->arena, r->comment);
	r->answers = dict(o, EXPORT_ANSWERS);
	r->properties = properties(o);
	r->language = or_empty(text(o, EXPORT_LANGUAGE, TEXT_MAX));
	r->channel = or_empty(text(o, EXPORT_CHANNEL, TEXT_MAX));
	r->source = or_empty(text(o, EXPORT_SOURCE, TEXT_MAX));
	r->submitted_at = instant(o, EXPORT_SUBMITTED_AT);
	r->first_scored_at = instant(o, EXPORT_FIRST_SCORED_AT);
	r->completed_at = instant(o, EXPORT_COMPLETED_AT);
	r->created_at = instant(o, EXPORT_CREATED_AT);
	r->updated_at = instant(o, EXPORT_UPDATED_AT);
	r->time_clamped = number(o, EXPORT_TIME_CLAMPED, 0, 1) != 0;
	r->edits = (int)number(o, EXPORT_EDITS, 0, EDITS_MAX);
	r->import_key = import_key(o);
	if (!r->submitted_at)
		refuse(o, EXPORT_SUBMITTED_AT, "is missing");
	if (response_counts(r->state, r->score) && !r->first_scored_at)
		refuse(o, EXPORT_FIRST_SCORED_AT, "is missing");
}

/* Of columns that older exports do not have. */
static void work(struct own *o, struct own_row *out)
{
	struct err why;
	struct export_work_cells cells = {
		.tags = cell(o, EXPORT_TAGS),
		.notes = cell(o, EXPORT_NOTES),
		.events = cell(o, EXPORT_EVENTS),
	};
	if (!export_work_read(o->arena, &cells, &out->work, &why))
		refuse(o, EXPORT_TAGS, ", notes or events are no JSON that Heed wrote");
	if (cell(o, EXPORT_STARRED).len)
		out->response.starred = number(o, EXPORT_STARRED, 0, 1) != 0;
	out->response.deleted_at = instant(o, EXPORT_DELETED_AT);
	if ((out->response.deleted_at != 0) != (out->response.state == RESPONSE_DELETED))
		refuse(o, EXPORT_DELETED_AT, "goes with the state deleted and no other");
}

static void told(struct own *o, struct transcript_told *out)
{
	struct err why;
	Str labels = cell(o, EXPORT_CUSTOMER_LABELS);
	if (cell(o, EXPORT_TRANSCRIPT).len)
		out->wish = number(o, EXPORT_TRANSCRIPT, 0, 1) ? TRANSCRIPT_YES : TRANSCRIPT_NO;
	if (labels.len && out->wish != TRANSCRIPT_YES)
		refuse(o, EXPORT_CUSTOMER_LABELS, "goes with a transcript and nothing else");
	if (!transcript_labels_read(o->arena, labels, "", &out->customer, &why))
		refuse(o, EXPORT_CUSTOMER_LABELS, "has labels that Heed did not write");
}

bool own_row_read(struct arena *a, const struct csv_row *row, size_t columns, struct own_row *out,
                  struct err *err)
{
	if (row->count != columns)
		return err_set(err, ERR_INVALID, "the row has %zu cells where its header has %zu",
		               row->count, columns);
	struct own_row read = { 0 };
	struct own o = { .arena = a, .row = row, .err = err, .ok = true };
	survey(&o, &read);
	response(&o, &read.response);
	person(&o, &read);
	history(&o, &read);
	work(&o, &read);
	told(&o, &read.response.told);
	if (o.ok)
		*out = read;
	return o.ok;
}
