/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/definition.h"

#include <string.h>

#include "base/die.h"

/* More than all texts at their longest, each byte written as six. */
#define WRITE_MAX (16u << 20)

static void put_if(struct json_writer *w, const char *key, Str text)
{
	if (text.at)
		json_put_key_text(w, key, text);
}

static bool any(const Str texts[static GROUP_COUNT])
{
	return texts[0].at || texts[1].at || texts[2].at;
}

/* One text for all is told by its being the same in each group. */
static void put_groups(struct json_writer *w, const char *key, const Str texts[static GROUP_COUNT],
                       bool one)
{
	if (!any(texts))
		return;
	json_put_key(w, str_of(key));
	json_put_dict(w);
	if (one) {
		json_put_key_text(w, "all", texts[0]);
	} else {
		for (int g = GROUP_COUNT - 1; g >= 0; g--)
			put_if(w, score_group_name((enum score_group)g), texts[g]);
	}
	json_put_dict_end(w);
}

static bool same(const Str texts[static GROUP_COUNT])
{
	return texts[0].at && texts[1].at && texts[2].at && str_eq(texts[0], texts[1]) &&
	       str_eq(texts[1], texts[2]);
}

static void put_texts(struct json_writer *w, const struct definition_texts *t, bool one)
{
	put_if(w, "question", t->question);
	put_if(w, "low_label", t->low_label);
	put_if(w, "high_label", t->high_label);
	put_groups(w, "follow_up", t->follow_up, one);
	put_groups(w, "thanks", t->thanks, same(t->thanks));
}

static void put_asked(struct json_writer *w, const bool groups[static GROUP_COUNT])
{
	if (groups[0] && groups[1] && groups[2])
		return;
	json_put_key(w, STR("groups"));
	json_put_list(w);
	for (int g = GROUP_COUNT - 1; g >= 0; g--)
		if (groups[g])
			json_put_text(w, str_of(score_group_name((enum score_group)g)));
	json_put_list_end(w);
}

static void put_question(struct json_writer *w, const struct definition_question *q)
{
	json_put_dict(w);
	json_put_key_text(w, "key", q->key);
	json_put_key_text(w, "kind", q->kind == QUESTION_CHOICE ? STR("choice") : STR("rating"));
	json_put_key_text(w, "text", q->text);
	json_put_key_bool(w, "required", q->required);
	put_asked(w, q->groups);
	if (q->kind == QUESTION_CHOICE) {
		json_put_key(w, STR("choices"));
		json_put_list(w);
		for (size_t i = 0; i < q->choice_count; i++) {
			json_put_dict(w);
			json_put_key_text(w, "key", q->choices[i].key);
			json_put_key_text(w, "text", q->choices[i].text);
			json_put_dict_end(w);
		}
		json_put_list_end(w);
	}
	json_put_dict_end(w);
}

static bool has_choice_text(const struct definition_translation *t, size_t question, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (t->choice_text[question][i].at)
			return true;
	return false;
}

static void put_question_texts(struct json_writer *w, const struct definition_question *q,
                               const struct definition_translation *t, size_t at)
{
	json_put_key(w, q->key);
	json_put_dict(w);
	put_if(w, "text", t->question_text[at]);
	if (has_choice_text(t, at, q->choice_count)) {
		json_put_key(w, STR("choices"));
		json_put_dict(w);
		for (size_t i = 0; i < q->choice_count; i++)
			if (t->choice_text[at][i].at) {
				json_put_key(w, q->choices[i].key);
				json_put_text(w, t->choice_text[at][i]);
			}
		json_put_dict_end(w);
	}
	json_put_dict_end(w);
}

static void put_translation(struct json_writer *w, const struct definition *d,
                            const struct definition_translation *t)
{
	bool open = false;
	json_put_key(w, t->language);
	json_put_dict(w);
	put_texts(w, &t->texts, d->follow_up_one);
	put_groups(w, "thanks_button", t->button_text, same(t->button_text));
	for (size_t i = 0; i < d->question_count; i++) {
		const struct definition_question *q = &d->questions[i];
		if (!t->question_text[i].at && !has_choice_text(t, i, q->choice_count))
			continue;
		if (!open) {
			json_put_key(w, STR("questions"));
			json_put_dict(w);
			open = true;
		}
		put_question_texts(w, q, t, i);
	}
	if (open)
		json_put_dict_end(w);
	json_put_dict_end(w);
}

/* Languages in byte order, whatever order they were given in. */
static void put_translations(struct json_writer *w, const struct definition *d)
{
	const struct definition_translation *last = NULL;
	for (size_t n = 0; n < d->translation_count; n++) {
		const struct definition_translation *next = NULL;
		for (size_t i = 0; i < d->translation_count; i++) {
			const struct definition_translation *t = &d->translations[i];
			if ((!last || str_cmp(t->language, last->language) > 0) &&
			    (!next || str_cmp(t->language, next->language) < 0))
				next = t;
		}
		MUST(next);
		put_translation(w, d, next);
		last = next;
	}
}

static void put_lists(struct json_writer *w, const struct definition *d)
{
	if (d->question_count) {
		json_put_key(w, STR("questions"));
		json_put_list(w);
		for (size_t i = 0; i < d->question_count; i++)
			put_question(w, &d->questions[i]);
		json_put_list_end(w);
	}
	if (d->property_count) {
		json_put_key(w, STR("properties"));
		json_put_list(w);
		for (size_t i = 0; i < d->property_count; i++)
			json_put_text(w, d->properties[i]);
		json_put_list_end(w);
	}
	if (d->translation_count) {
		json_put_key(w, STR("translations"));
		json_put_dict(w);
		put_translations(w, d);
		json_put_dict_end(w);
	}
}

Str definition_write(struct arena *a, const struct definition *d)
{
	struct buf out;
	struct json_writer w;
	buf_init(&out, WRITE_MAX);
	json_put_start(&w, &out);
	json_put_dict(&w);
	json_put_key_text(&w, "language", d->language);
	put_texts(&w, &d->texts, d->follow_up_one);
	thanks_buttons_write(&w, d->buttons);
	json_put_key_bool(&w, "follow_up_one", d->follow_up_one);
	json_put_key_bool(&w, "follow_up_required", d->follow_up_required);
	put_lists(&w, d);
	json_put_dict_end(&w);
	MUST(!out.overflowed);
	Str text = str_copy(a, buf_str(&out));
	buf_free(&out);
	return text;
}
