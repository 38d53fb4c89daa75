/* survey/definition.h - what a survey asks and says: a JSON document, checked, versioned, immutable once stored.
 *
 *   { "language": "en",
 *     "question": "How likely are you to recommend {brand}?",
 *     "low_label": "Not at all likely", "high_label": "Extremely likely",
 *     "follow_up": { "all": "Why?" }  or  { "promoters": "..", "passives": "..", "detractors": ".." },
 *     "follow_up_one": false, "follow_up_required": true,
 *     "thanks": { "all": ".." }  or  { "promoters": "..", "passives": "..", "detractors": ".." },
 *     "thanks_button": { "all": { "text": "..", "url": "https://..", "review": false } }  or by group,
 *     "questions": [
 *       { "key": "reason", "kind": "choice", "text": "..", "required": false, "groups": ["detractors"],
 *         "choices": [ { "key": "price", "text": "Price" }, .. ] },
 *       { "key": "ease", "kind": "rating", "text": ".." } ],
 *     "properties": ["plan", "country"],
 *     "translations": { "de": { "question": "..", "follow_up": {..}, "thanks": {..}, "thanks_button": { "all": ".." },
 *                               "questions": { "reason": { "text": "..", "choices": { "price": "Preis" } } } } } }
 *
 * Every member may be missing. A text that is missing (a Str whose `at` is NULL) is the built-in wording of the page
 * in the respondent's language; {brand} stands for the brand's name. A follow-up for "all" says follow_up_one by itself.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_DEFINITION_H
#define SURVEY_DEFINITION_H

#include "base/json.h"
#include "stats/nps.h"
#include "survey/thanks_button.h"

#define DEFINITION_BYTES_MAX      (64u * 1024)
#define DEFINITION_TEXT_MAX       500
#define DEFINITION_QUESTIONS_MAX  3
#define DEFINITION_CHOICES_MAX    20
#define DEFINITION_PROPERTIES_MAX 20
#define DEFINITION_LANGUAGES_MAX  40

/* The groups of stats/nps.h, in its order. */
enum score_group {
	GROUP_DETRACTORS = NPS_DETRACTOR,
	GROUP_PASSIVES = NPS_PASSIVE,
	GROUP_PROMOTERS = NPS_PROMOTER,
	GROUP_COUNT
};

/* score 0..10 */
enum score_group score_group_of(int score);
const char *score_group_name(enum score_group group); /* "detractors" .. */
bool score_group_find(Str name, enum score_group *out);

/* The texts of one language; at NULL: not given. */
struct definition_texts {
	Str question, low_label, high_label;
	Str follow_up[GROUP_COUNT]; /* one for all: the same text three times */
	Str thanks[GROUP_COUNT];
};

enum question_kind { QUESTION_CHOICE, QUESTION_RATING };

struct definition_choice {
	Str key, text; /* in the default language */
};

struct definition_question {
	Str key;
	enum question_kind kind;
	Str text; /* in the default language */
	bool required;
	bool groups[GROUP_COUNT]; /* who is asked; for all: each true */
	struct definition_choice choices[DEFINITION_CHOICES_MAX];
	size_t choice_count;
};

struct definition_translation {
	Str language;
	struct definition_texts texts;
	Str button_text[GROUP_COUNT]; /* only of groups that have a button */
	/* By the index of question and choice; at NULL: not translated, show the default language. */
	Str question_text[DEFINITION_QUESTIONS_MAX];
	Str choice_text[DEFINITION_QUESTIONS_MAX][DEFINITION_CHOICES_MAX];
};

struct definition {
	Str language; /* tag of `texts`: "en", "pt-BR" */
	struct definition_texts texts;
	struct thanks_button buttons[GROUP_COUNT];
	bool follow_up_one; /* one follow-up for all groups */
	bool follow_up_required;
	struct definition_question *questions;
	size_t question_count;
	Str *properties; /* query parameters that a link may set */
	size_t property_count;
	struct definition_translation *translations; /* without the default language */
	size_t translation_count;
};

/* Checks everything that comes from outside, its size too; errors carry the JSON pointer of the member. Lives in the
 * arena. */
MUST_USE bool definition_read(struct arena *a, JsonRef ref, struct definition *out,
                              struct err *err);
/* What is at rest: text of definition_write. */
MUST_USE bool definition_parse(struct arena *a, Str json, struct definition *out, struct err *err);
/* The canonical text: reading it gives the same definition, equal definitions give equal bytes. */
Str definition_write(struct arena *a, const struct definition *d);
/* What a survey has that says nothing: "{}" read. */
void definition_default(struct definition *out);

/* NULL when there is none. Tags are compared without case; "de-AT" finds "de". */
const struct definition_translation *definition_translation_find(const struct definition *d,
                                                                 Str language);
const struct definition_question *definition_question_find(const struct definition *d, Str key);
bool definition_allows_property(const struct definition *d, Str name);

/* Answers to the further questions as canonical JSON: {"ease":4,"reason":"price"}. Refused with the path: an
 * unknown question, an unknown choice, a rating outside 1..5. Not given is "{}". */
MUST_USE bool answers_read(struct arena *a, const struct definition *d, JsonRef ref, Str *out,
                           struct err *err);
/* The same from a form: value is the choice's key, or "1".."5". */
struct form_answer {
	Str question, value;
};
MUST_USE bool answers_write(struct arena *a, const struct definition *d,
                            const struct form_answer *all, size_t count, Str *out, struct err *err);

#endif
