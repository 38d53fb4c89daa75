/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/definition.h"

#include <stdio.h>

#include "people/properties.h"

static bool has_choice(const struct definition_question *q, Str key)
{
	for (size_t i = 0; i < q->choice_count; i++)
		if (str_eq(q->choices[i].key, key))
			return true;
	return false;
}

static bool answer_read(const struct definition_question *q, JsonRef ref, struct property *out,
                        struct err *err)
{
	out->name = q->key;
	if (q->kind == QUESTION_RATING) {
		out->kind = JSON_INT;
		return json_read_i64(ref, 1, 5, &out->i64, err);
	}
	out->kind = JSON_TEXT;
	if (!json_read_text(ref, PROPERTY_VALUE_MAX, &out->text, err))
		return false;
	return has_choice(q, out->text) ||
	       err_at(err, ERR_INVALID, ref.path, "is no choice of this question");
}

bool answers_read(struct arena *a, const struct definition *d, JsonRef ref, Str *out,
                  struct err *err)
{
	struct property all[DEFINITION_QUESTIONS_MAX] = { 0 };
	size_t count = 0, position = 0;
	Str key;
	JsonRef value;
	if (json_read_is_given(ref) && !json_read_dict(ref, err))
		return false;
	while (json_read_next(ref, &position, &key, &value)) {
		const struct definition_question *q = definition_question_find(d, key);
		if (!q)
			return err_at(err, ERR_INVALID, value.path,
			              "is no question of this survey");
		if (!json_read_is_given(value))
			continue;
		if (!answer_read(q, value, &all[count++], err))
			return false;
	}
	return properties_write(a, all, count, out, err);
}

static bool answer_write(const struct definition_question *q, Str value, struct property *out,
                         struct err *err)
{
	char path[64];
	snprintf(path, sizeof path, "/%.*s", STR_FMT(q->key));
	out->name = q->key;
	if (q->kind == QUESTION_CHOICE) {
		out->kind = JSON_TEXT;
		out->text = value;
		return has_choice(q, value) ||
		       err_at(err, ERR_INVALID, path, "is no choice of this question");
	}
	out->kind = JSON_INT;
	if (!str_to_i64(value, &out->i64) || out->i64 < 1 || out->i64 > 5)
		return err_at(err, ERR_INVALID, path, "must be between 1 and 5");
	return true;
}

bool answers_write(struct arena *a, const struct definition *d, const struct form_answer *all,
                   size_t count, Str *out, struct err *err)
{
	struct property kept[DEFINITION_QUESTIONS_MAX] = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		const struct definition_question *q = definition_question_find(d, all[i].question);
		if (!q)
			return err_set(err, ERR_INVALID, "%.*s is no question of this survey",
			               STR_FMT(all[i].question));
		if (!all[i].value.len)
			continue;
		if (n == DEFINITION_QUESTIONS_MAX)
			return err_set(err, ERR_INVALID, "a question is answered twice");
		if (!answer_write(q, all[i].value, &kept[n++], err))
			return false;
	}
	return properties_write(a, kept, n, out, err);
}
