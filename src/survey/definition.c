/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/definition.h"

#include <string.h>

#include "base/die.h"
#include "people/properties.h"

#define KEY_MAX      40
#define LANGUAGE_MAX 35

static const char *const group_names[] = {
	[GROUP_DETRACTORS] = "detractors",
	[GROUP_PASSIVES] = "passives",
	[GROUP_PROMOTERS] = "promoters",
};

enum score_group score_group_of(int score)
{
	return (enum score_group)nps_group_of(score);
}

const char *score_group_name(enum score_group group)
{
	return group_names[group];
}

bool score_group_find(Str name, enum score_group *out)
{
	for (int g = 0; g < GROUP_COUNT; g++)
		if (str_eq(name, str_of(group_names[g]))) {
			*out = (enum score_group)g;
			return true;
		}
	return false;
}

static bool text_read(JsonRef ref, Str *out, struct err *err)
{
	if (!json_read_is_given(ref))
		return true;
	Str text;
	if (!json_read_text(ref, DEFINITION_TEXT_MAX, &text, err))
		return false;
	text = str_trim(text);
	if (!text.len)
		return err_at(err, ERR_INVALID, ref.path, "must not be empty");
	*out = text;
	return true;
}

static bool key_read(JsonRef ref, Str *out, struct err *err)
{
	Str key;
	if (!json_read_text(ref, KEY_MAX, &key, err))
		return false;
	bool good = key.len > 0;
	for (size_t i = 0; i < key.len; i++)
		good = good && ((key.at[i] >= 'a' && key.at[i] <= 'z') ||
		                (key.at[i] >= '0' && key.at[i] <= '9') || key.at[i] == '_');
	if (!good)
		return err_at(err, ERR_INVALID, ref.path,
		              "must be made of a-z, 0-9 and _ (at most %d)", KEY_MAX);
	*out = key;
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool language_is_valid(Str tag)
{
	Str rest = tag, part;
	if (tag.len > LANGUAGE_MAX)
		return false;
	for (bool first = true; str_cut(&rest, '-', &part); first = false) {
		if (part.len < (first ? 2u : 1u) || part.len > 8)
			return false;
		for (size_t i = 0; i < part.len; i++)
			if (!is_letter(part.at[i]) &&
			    (first || part.at[i] < '0' || part.at[i] > '9'))
				return false;
	}
	return true;
}

static bool language_check(Str tag, const char *path, struct err *err)
{
	if (language_is_valid(tag))
		return true;
	return err_at(err, ERR_INVALID, path, "must be a language tag such as \"en\" or \"pt-BR\"");
}

/* {"all": text} or one text a group. *one says which. */
static bool group_texts_read(JsonRef ref, bool *one, Str out[static GROUP_COUNT], struct err *err)
{
	static const char *const names[] = { "all", "promoters", "passives", "detractors", NULL };
	*one = false;
	if (!json_read_is_given(ref))
		return true;
	Str all = { 0 };
	if (!json_read_only(ref, names, err) || !text_read(json_read_member(ref, "all"), &all, err))
		return false;
	if (all.at && json_read_count(ref) > 1)
		return err_at(err, ERR_INVALID, ref.path,
		              "holds either \"all\" or texts for single groups");
	for (int g = 0; g < GROUP_COUNT; g++) {
		out[g] = all;
		if (!all.at && !text_read(json_read_member(ref, group_names[g]), &out[g], err))
			return false;
	}
	*one = all.at != NULL;
	return true;
}

/* Question, labels, follow-ups and thanks: the same members in the definition and in each translation. */
static bool texts_read(JsonRef ref, struct definition_texts *out, bool *one, struct err *err)
{
	bool one_thanks;
	return text_read(json_read_member(ref, "question"), &out->question, err) &&
	       text_read(json_read_member(ref, "low_label"), &out->low_label, err) &&
	       text_read(json_read_member(ref, "high_label"), &out->high_label, err) &&
	       group_texts_read(json_read_member(ref, "follow_up"), one, out->follow_up, err) &&
	       group_texts_read(json_read_member(ref, "thanks"), &one_thanks, out->thanks, err);
}

static bool choices_read(JsonRef list, struct definition_question *q, struct err *err)
{
	static const char *const names[] = { "key", "text", NULL };
	if (!json_read_list(list, DEFINITION_CHOICES_MAX, err))
		return false;
	q->choice_count = json_read_count(list);
	if (q->choice_count < 2)
		return err_at(err, ERR_INVALID, list.path, "needs at least two choices");
	for (size_t i = 0; i < q->choice_count; i++) {
		JsonRef item = json_read_item(list, i);
		JsonRef key = json_read_member(item, "key");
		struct definition_choice *c = &q->choices[i];
		if (!json_read_only(item, names, err) || !key_read(key, &c->key, err) ||
		    !text_read(json_read_member(item, "text"), &c->text, err))
			return false;
		if (!c->text.at)
			return err_at(err, ERR_INVALID, json_read_member(item, "text").path,
			              "is required");
		for (size_t k = 0; k < i; k++)
			if (str_eq(q->choices[k].key, c->key))
				return err_at(err, ERR_INVALID, key.path, "is there twice");
	}
	return true;
}

static bool groups_read(JsonRef list, bool out[static GROUP_COUNT], struct err *err)
{
	bool given = json_read_is_given(list);
	for (int g = 0; g < GROUP_COUNT; g++)
		out[g] = !given;
	if (!given)
		return true;
	if (!json_read_list(list, GROUP_COUNT, err))
		return false;
	if (!json_read_count(list))
		return err_at(err, ERR_INVALID, list.path, "names no group");
	for (size_t i = 0; i < json_read_count(list); i++) {
		JsonRef item = json_read_item(list, i);
		enum score_group group;
		Str name;
		if (!json_read_text(item, KEY_MAX, &name, err))
			return false;
		if (!score_group_find(name, &group))
			return err_at(err, ERR_INVALID, item.path,
			              "must be promoters, passives or detractors");
		out[group] = true;
	}
	return true;
}

static bool question_read(JsonRef ref, struct definition_question *q, struct err *err)
{
	static const char *const names[] = { "key",    "kind",    "text", "required",
		                             "groups", "choices", NULL };
	JsonRef kind = json_read_member(ref, "kind"), choices = json_read_member(ref, "choices");
	JsonRef text = json_read_member(ref, "text");
	Str kind_name;
	if (!json_read_only(ref, names, err) ||
	    !key_read(json_read_member(ref, "key"), &q->key, err) ||
	    !json_read_text(kind, KEY_MAX, &kind_name, err) || !text_read(text, &q->text, err) ||
	    !json_read_bool_if_given(json_read_member(ref, "required"), &q->required, err) ||
	    !groups_read(json_read_member(ref, "groups"), q->groups, err))
		return false;
	if (!q->text.at)
		return err_at(err, ERR_INVALID, text.path, "is required");
	if (str_eq(kind_name, STR("choice"))) {
		q->kind = QUESTION_CHOICE;
		return choices_read(choices, q, err);
	}
	if (!str_eq(kind_name, STR("rating")))
		return err_at(err, ERR_INVALID, kind.path, "must be choice or rating");
	if (json_read_is_given(choices))
		return err_at(err, ERR_INVALID, choices.path, "a rating has no choices");
	q->kind = QUESTION_RATING;
	return true;
}

static bool questions_read(struct arena *a, JsonRef list, struct definition *d, struct err *err)
{
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, DEFINITION_QUESTIONS_MAX, err))
		return false;
	d->question_count = json_read_count(list);
	d->questions = ARENA_ARRAY(a, struct definition_question, d->question_count);
	for (size_t i = 0; i < d->question_count; i++) {
		JsonRef item = json_read_item(list, i);
		if (!question_read(item, &d->questions[i], err))
			return false;
		for (size_t k = 0; k < i; k++)
			if (str_eq(d->questions[k].key, d->questions[i].key))
				return err_at(err, ERR_INVALID, json_read_member(item, "key").path,
				              "is there twice");
	}
	return true;
}

static bool allowed_read(struct arena *a, JsonRef list, struct definition *d, struct err *err)
{
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, DEFINITION_PROPERTIES_MAX, err))
		return false;
	d->properties = ARENA_ARRAY(a, Str, json_read_count(list));
	for (size_t i = 0; i < json_read_count(list); i++) {
		JsonRef item = json_read_item(list, i);
		Str name;
		if (!json_read_text(item, PROPERTY_NAME_MAX, &name, err))
			return false;
		if (!name.len)
			return err_at(err, ERR_INVALID, item.path, "must not be empty");
		if (definition_allows_property(d, name))
			return err_at(err, ERR_INVALID, item.path, "is there twice");
		d->properties[d->property_count++] = name;
	}
	return true;
}

static size_t question_index(const struct definition *d, Str key)
{
	for (size_t i = 0; i < d->question_count; i++)
		if (str_eq(d->questions[i].key, key))
			return i;
	return SIZE_MAX;
}

static size_t choice_index(const struct definition_question *q, Str key)
{
	for (size_t i = 0; i < q->choice_count; i++)
		if (str_eq(q->choices[i].key, key))
			return i;
	return SIZE_MAX;
}

static bool choice_texts_read(JsonRef dict, const struct definition_question *q,
                              Str out[static DEFINITION_CHOICES_MAX], struct err *err)
{
	size_t position = 0;
	Str key;
	JsonRef value;
	if (!json_read_is_given(dict))
		return true;
	if (!json_read_dict(dict, err))
		return false;
	while (json_read_next(dict, &position, &key, &value)) {
		size_t at = choice_index(q, key);
		if (at == SIZE_MAX)
			return err_at(err, ERR_INVALID, value.path,
			              "is no choice of this question");
		if (!text_read(value, &out[at], err))
			return false;
	}
	return true;
}

static bool question_texts_read(JsonRef dict, const struct definition *d,
                                struct definition_translation *t, struct err *err)
{
	static const char *const names[] = { "text", "choices", NULL };
	size_t position = 0;
	Str key;
	JsonRef value;
	if (!json_read_is_given(dict))
		return true;
	if (!json_read_dict(dict, err))
		return false;
	while (json_read_next(dict, &position, &key, &value)) {
		size_t at = question_index(d, key);
		if (at == SIZE_MAX)
			return err_at(err, ERR_INVALID, value.path,
			              "is no question of this survey");
		if (!json_read_only(value, names, err) ||
		    !text_read(json_read_member(value, "text"), &t->question_text[at], err) ||
		    !choice_texts_read(json_read_member(value, "choices"), &d->questions[at],
		                       t->choice_text[at], err))
			return false;
	}
	return true;
}

/* Words for a button that is not there say nothing, and are not kept. */
static bool button_texts_read(JsonRef ref, const struct definition *d,
                              struct definition_translation *t, struct err *err)
{
	bool one;
	Str texts[GROUP_COUNT] = { 0 };
	if (!group_texts_read(ref, &one, texts, err))
		return false;
	for (int g = 0; g < GROUP_COUNT; g++)
		if (d->buttons[g].text.at)
			t->button_text[g] = texts[g];
	return true;
}

static bool translation_read(JsonRef ref, const struct definition *d,
                             struct definition_translation *t, struct err *err)
{
	static const char *const names[] = { "question", "low_label",     "high_label", "follow_up",
		                             "thanks",   "thanks_button", "questions",  NULL };
	bool one;
	JsonRef follow_up = json_read_member(ref, "follow_up");
	if (!json_read_only(ref, names, err) || !texts_read(ref, &t->texts, &one, err) ||
	    !button_texts_read(json_read_member(ref, "thanks_button"), d, t, err) ||
	    !question_texts_read(json_read_member(ref, "questions"), d, t, err))
		return false;
	if (json_read_is_given(follow_up) && one != d->follow_up_one)
		return err_at(err, ERR_INVALID, follow_up.path,
		              d->follow_up_one ? "must be for all, as in the default language"
		                               : "must be by group, as in the default language");
	return true;
}

static bool translations_read(struct arena *a, JsonRef dict, struct definition *d, struct err *err)
{
	size_t position = 0;
	Str tag;
	JsonRef value;
	if (!json_read_is_given(dict))
		return true;
	if (!json_read_dict(dict, err))
		return false;
	if (json_read_count(dict) > DEFINITION_LANGUAGES_MAX)
		return err_at(err, ERR_INVALID, dict.path, "has more than %d languages",
		              DEFINITION_LANGUAGES_MAX);
	d->translations = ARENA_ARRAY(a, struct definition_translation, json_read_count(dict));
	while (json_read_next(dict, &position, &tag, &value)) {
		struct definition_translation t = { .language = tag };
		if (!language_check(tag, value.path, err))
			return false;
		if (str_eq_ignoring_ascii_case(tag, d->language))
			return err_at(err, ERR_INVALID, value.path,
			              "is the default language: its texts stand outside");
		for (size_t i = 0; i < d->translation_count; i++)
			if (str_eq_ignoring_ascii_case(d->translations[i].language, tag))
				return err_at(err, ERR_INVALID, value.path, "is there twice");
		if (!translation_read(value, d, &t, err))
			return false;
		d->translations[d->translation_count++] = t;
	}
	return true;
}

static bool follow_up_one_read(JsonRef ref, bool from_text, struct definition *d, struct err *err)
{
	JsonRef one = json_read_member(ref, "follow_up_one");
	d->follow_up_one = from_text;
	if (!json_read_bool_if_given(one, &d->follow_up_one, err))
		return false;
	if (json_read_count(json_read_member(ref, "follow_up")) && d->follow_up_one != from_text)
		return err_at(err, ERR_INVALID, one.path,
		              "does not fit the texts given as follow_up");
	return true;
}

void definition_default(struct definition *out)
{
	*out = (struct definition){ .language = STR("en"), .follow_up_required = true };
}

static bool members_read(struct arena *a, JsonRef ref, struct definition *out, struct err *err)
{
	static const char *const names[] = {
		"language",     "question",           "low_label", "high_label", "follow_up",
		"thanks",       "follow_up_required", "questions", "properties", "follow_up_one",
		"translations", "thanks_button",      NULL,
	};
	struct definition d;
	bool one;
	JsonRef language = json_read_member(ref, "language");
	definition_default(&d);
	if (!json_read_only(ref, names, err) ||
	    !json_read_text_if_given(language, LANGUAGE_MAX, &d.language, err) ||
	    !language_check(d.language, language.path, err) ||
	    !texts_read(ref, &d.texts, &one, err) || !follow_up_one_read(ref, one, &d, err) ||
	    !thanks_buttons_read(json_read_member(ref, "thanks_button"), d.buttons, err) ||
	    !json_read_bool_if_given(json_read_member(ref, "follow_up_required"),
	                             &d.follow_up_required, err) ||
	    !questions_read(a, json_read_member(ref, "questions"), &d, err) ||
	    !allowed_read(a, json_read_member(ref, "properties"), &d, err) ||
	    !translations_read(a, json_read_member(ref, "translations"), &d, err))
		return false;
	*out = d;
	return true;
}

bool definition_read(struct arena *a, JsonRef ref, struct definition *out, struct err *err)
{
	struct definition d;
	if (!members_read(a, ref, &d, err))
		return false;
	if (definition_write(a, &d).len > DEFINITION_BYTES_MAX)
		return err_at(err, ERR_TOO_LARGE, ref.path,
		              "the definition is larger than %u bytes", DEFINITION_BYTES_MAX);
	*out = d;
	return true;
}

bool definition_parse(struct arena *a, Str json, struct definition *out, struct err *err)
{
	JsonRef ref;
	return json_read(a, json, &ref, err) && members_read(a, ref, out, err);
}

const struct definition_translation *definition_translation_find(const struct definition *d,
                                                                 Str language)
{
	for (Str tag = language; tag.len;) {
		for (size_t i = 0; i < d->translation_count; i++)
			if (str_eq_ignoring_ascii_case(d->translations[i].language, tag))
				return &d->translations[i];
		size_t cut = tag.len;
		while (cut > 0 && tag.at[cut - 1] != '-')
			cut--;
		tag = str_slice(tag, 0, cut ? cut - 1 : 0);
	}
	return NULL;
}

const struct definition_question *definition_question_find(const struct definition *d, Str key)
{
	size_t at = question_index(d, key);
	return at == SIZE_MAX ? NULL : &d->questions[at];
}

bool definition_allows_property(const struct definition *d, Str name)
{
	for (size_t i = 0; i < d->property_count; i++)
		if (str_eq(d->properties[i], name))
			return true;
	return false;
}
