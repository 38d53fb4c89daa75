/* feedback/page_form.c - between form fields and an answer. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_form.h"

#include "people/properties.h"
#include "survey/language.h"
#include "survey/share.h"

static bool is_word(Str name)
{
	return str_eq(name, STR("channel")) || str_eq(name, STR("source"));
}

bool page_carries(const struct definition *d, Str name, Str value)
{
	if (value.len == 0)
		return false;
	if (is_word(name))
		return share_label_is(value);
	return value.len <= PROPERTY_VALUE_MAX && definition_allows_property(d, name);
}

static bool question_missing(const struct definition_question *q, const struct page_answer *answer,
                             JsonRef answers)
{
	if (!q->required)
		return false;
	if (answer->score != PAGE_NO_SCORE && !q->groups[score_group_of(answer->score)])
		return false;
	size_t position = 0;
	Str name;
	JsonRef value;
	while (json_read_next(answers, &position, &name, &value)) {
		if (str_eq(name, q->key))
			return false;
	}
	return true;
}

void page_missing(const struct definition *d, const struct page_answer *answer, bool *comment,
                  bool *question)
{
	struct arena a = { 0 };
	JsonRef answers = { NULL, "", &a };
	struct err ignored;
	if (answer->answers.at && !json_read(&a, answer->answers, &answers, &ignored))
		answers.value = NULL;
	*comment = d->follow_up_required && str_trim(answer->comment).len == 0;
	*question = false;
	for (size_t i = 0; i < d->question_count; i++)
		*question = *question || question_missing(&d->questions[i], answer, answers);
	arena_free(&a);
}

static bool read_score(const struct form *form, struct capture_input *out, struct err *err)
{
	Str text = form_find(form, "score");
	int64_t score;
	if (text.len == 0)
		return true;
	if (!str_to_i64(text, &score) || score < 0 || score > 10)
		return err_at(err, ERR_INVALID, "/score", "must be between 0 and 10");
	out->score = (int)score;
	return true;
}

/* Forms send line ends as CR LF whatever was typed. */
static Str plain_lines(struct arena *a, Str text)
{
	if (!text.at || str_find_char(text, '\r', 0) == SIZE_MAX)
		return text;
	char *out = arena_alloc(a, text.len);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n')
			continue;
		out[len++] = text.at[i] == '\r' ? '\n' : text.at[i];
	}
	return (Str){ out, len };
}

static bool read_answers(struct arena *a, const struct form *form, const struct definition *d,
                         struct capture_input *out, struct err *err)
{
	struct form_answer all[DEFINITION_QUESTIONS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < d->question_count; i++) {
		Str key = d->questions[i].key;
		Str value = form_find(form, str_copy_c(a, str_printf(a, "a_%.*s", STR_FMT(key))));
		if (value.len > 0)
			all[count++] = (struct form_answer){ key, value };
	}
	return count == 0 || answers_write(a, d, all, count, &out->answers, err);
}

static bool read_properties(struct arena *a, const struct form *form, const struct definition *d,
                            struct capture_input *out, struct err *err)
{
	struct property all[DEFINITION_PROPERTIES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < form->count && count < DEFINITION_PROPERTIES_MAX; i++) {
		if (!str_starts(form->fields[i].name, STR("p_")))
			continue;
		Str name = str_from(form->fields[i].name, 2), value = form->fields[i].value;
		if (!page_carries(d, name, value))
			continue;
		if (str_eq(name, STR("channel")))
			out->channel = value;
		else if (str_eq(name, STR("source")))
			out->source = value;
		if (definition_allows_property(d, name))
			all[count++] =
			    (struct property){ .name = name, .kind = JSON_TEXT, .text = value };
	}
	return count == 0 || properties_write(a, all, count, &out->properties, err);
}

/* Without script an empty box that came empty is sent, too. It takes no words away that another tab has sent since. */
static bool says_nothing(const struct form *form, Str comment)
{
	return comment.len == 0 && form_find(form, "js").len == 0 &&
	       form_find(form, "had").len == 0;
}

Str page_form_comment(struct arena *a, const struct form *form)
{
	Str comment = form_find(form, "comment");
	return says_nothing(form, comment) ? (Str){ 0 } : plain_lines(a, comment);
}

Str page_form_language(const struct form *form)
{
	Str tag = form_find(form, "lang");
	return language_is_tag(tag) ? tag : (Str){ 0 };
}

bool page_form_read(struct arena *a, const struct form *form, const struct definition *d,
                    struct capture_input *out, struct err *err)
{
	out->comment = page_form_comment(a, form);
	out->language = page_form_language(form);
	return read_score(form, out, err) && read_answers(a, form, d, out, err) &&
	       read_properties(a, form, d, out, err);
}
