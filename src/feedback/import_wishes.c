/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_wishes.h"

#include "db/id.h"
#include "survey/survey.h"

#define WORD_MAX     32
#define LABELS_BYTES 1024

static bool choice_read(Str number, JsonRef value, struct import_choice *out, struct err *err)
{
	int64_t column;
	Str name;
	if (!str_to_i64(number, &column) || column < 1 || column > IMPORT_COLUMNS_MAX)
		return err_at(err, ERR_INVALID, value.path,
		              "is no column: they are numbered from 1");
	if (!json_read_text(value, WORD_MAX, &name, err))
		return false;
	*out = (struct import_choice){ (size_t)column - 1, FIELD_PROPERTY, REASON_CHOSEN };
	return import_field_find(name, &out->field) ||
	       err_at(err, ERR_INVALID, value.path,
	              "must be score, comment, transcript, email, name, last_name, phone, date, "
	              "external_id, "
	              "account, language, channel, property or ignored");
}

static bool mapping_read(struct arena *a, JsonRef ref, struct import_wishes *out, struct err *err)
{
	size_t position = 0, count = 0;
	Str number;
	JsonRef value;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_dict(ref, err))
		return false;
	struct import_choice *choices =
	    ARENA_ARRAY(a, struct import_choice, json_read_count(ref) + 1);
	while (json_read_next(ref, &position, &number, &value))
		if (!choice_read(number, value, &choices[count++], err))
			return false;
	out->choices = choices;
	out->choice_count = count;
	return true;
}

static bool key_read(JsonRef ref, struct import_wishes *out, struct err *err)
{
	int64_t column = -1;
	if (!json_read_i64_if_given(ref, 0, IMPORT_COLUMNS_MAX, &column, err))
		return false;
	out->no_key = column == 0;
	out->key_column = column > 0 ? (size_t)column : 0;
	return true;
}

static bool scale_read(JsonRef ref, struct import_wishes *out, struct err *err)
{
	Str word;
	struct err why;
	if (!json_read_is_given(ref))
		return true;
	return json_read_text(ref, WORD_MAX, &word, err) &&
	       (score_scale_parse(word, &out->scale, &why) ||
	        err_at(err, ERR_INVALID, ref.path, "must be 0-10, 1-10 or 1-5"));
}

static bool order_read(JsonRef ref, struct import_wishes *out, struct err *err)
{
	Str word;
	struct err why;
	out->has_date_order = json_read_is_given(ref);
	if (!out->has_date_order)
		return true;
	return json_read_text(ref, WORD_MAX, &word, err) &&
	       (dates_format_parse(word, &out->date_order, &why) ||
	        err_at(err, ERR_INVALID, ref.path, "%s", why.msg));
}

static bool repeat_read(JsonRef ref, enum import_repeat *out, struct err *err)
{
	Str word;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, WORD_MAX, &word, err))
		return false;
	*out = str_eq(word, STR("known")) ? REPEAT_KNOWN
	       : str_eq(word, STR("new")) ? REPEAT_NEW
	                                  : REPEAT_UNSAID;
	return *out != REPEAT_UNSAID || err_at(err, ERR_INVALID, ref.path, "must be known or new");
}

static bool new_survey_read(JsonRef ref, Str *name, struct err *err)
{
	static const char *const names[] = { "name", NULL };
	JsonRef member = json_read_member(ref, "name");
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_dict(ref, err) || !json_read_only(ref, names, err) ||
	    !json_read_text(member, SURVEY_NAME_MAX, name, err))
		return false;
	*name = str_trim(*name);
	return name->len > 0 || err_at(err, ERR_INVALID, member.path, "must not be empty");
}

static bool customer_read(struct arena *a, JsonRef ref, Str *out, struct err *err)
{
	Str typed = { 0 };
	return json_read_text_if_given(ref, LABELS_BYTES, &typed, err) &&
	       transcript_labels_read(a, typed, ref.path, out, err);
}

bool import_request_read(struct arena *a, Str json, struct import_request *out, struct err *err)
{
	static const char *const names[] = { "upload_id",       "survey",     "new_survey",
		                             "preset",          "mapping",    "key",
		                             "scale",           "date_order", "repeat",
		                             "customer_labels", NULL };
	struct import_request r = { 0 };
	JsonRef body;
	if (!json_read(a, json, &body, err) || !json_read_only(body, names, err) ||
	    !id_read(json_read_member(body, "upload_id"), "must be an id", &r.upload_id, err) ||
	    !json_read_text_if_given(json_read_member(body, "survey"), SURVEY_SLUG_MAX, &r.survey,
	                             err) ||
	    !new_survey_read(json_read_member(body, "new_survey"), &r.new_name, err) ||
	    !json_read_text_if_given(json_read_member(body, "preset"), WORD_MAX, &r.plan.preset,
	                             err) ||
	    !mapping_read(a, json_read_member(body, "mapping"), &r.plan, err) ||
	    !key_read(json_read_member(body, "key"), &r.plan, err) ||
	    !scale_read(json_read_member(body, "scale"), &r.plan, err) ||
	    !order_read(json_read_member(body, "date_order"), &r.plan, err) ||
	    !repeat_read(json_read_member(body, "repeat"), &r.repeat, err) ||
	    !customer_read(a, json_read_member(body, "customer_labels"), &r.plan.customer, err))
		return false;
	*out = r;
	return true;
}
