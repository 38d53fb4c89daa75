/* feedback/filter.h - which answers are meant, in the words of a query string or a command line.
 *
 *   kind=relationship|transactional
 *   survey=SLUG   brand=ID or name   touchpoint=CODE   channel=web   source=api   tag=NAME
 *   theme=CODE                        its comment speaks of this theme (feedback/understood.h)
 *   sentiment=negative|neutral|positive|mixed|nothing|not_analysed   of its comment, whatever its score
 *   shown_sentiment=                  the same as people are shown it, which may lean on score and question, and corrections
 *   urgent=any|safety|legal|abuse|data-leak|press|self-harm   somebody should look at it today
 *   mood=frustrated|confused|worried|delighted
 *   intent=problem|request|question|praise|churn threat|other
 *   import=any|none or an import's id   that came with an import, with none, with this one
 *   language=pt                       a language matches its regions: pt also means pt-BR
 *   from=2026-03-01   to=2026-03-31   days in the workspace's zone, both included, of the first score
 *   property.plan=pro                 as the answer's own properties say, compared as text
 *   q=late delivery                   this text in the comment, however it is written (base/fold.h)
 *   has_comment=true|false   starred=true
 *   group=promoters|passives|detractors   score=9 or 0-6   state=excluded   counted=true
 *
 * A name that comes again is an alternative: survey=a&survey=b are answers to either. Different names must all hold, each
 * property being a name of its own. Of kind, the period, q, has_comment and starred the last one counts. group, score,
 * state, counted and shown_sentiment choose among answers by what they say: they are for lists, exports and counts, and a score of them
 * would say nothing (filter_is_of_figures). Without state, answers in the bin are not meant.
 *
 * A survey that does not match is known before any answer is read; the rest is decided answer by answer, in
 * feedback/filter_run.h. Texts are views into the arena or whatever was given to filter_set.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_FILTER_H
#define FEEDBACK_FILTER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "survey/survey.h"
#include "survey/team_scope.h"

#define FILTER_PROPERTIES_MAX 8
#define FILTER_VALUES_MAX     20
#define FILTER_TEXT_MAX       200 /* bytes of q */

struct buf;
struct db;
struct zone;

struct filter_values {
	Str at[FILTER_VALUES_MAX]; /* alternatives */
	size_t count;              /* 0: any */
};

#define FILTER_IMPORT_ANY  STR("any")
#define FILTER_IMPORT_NONE STR("none")

/* Names of parameters that take texts. */
#define FILTER_FIELDS(X)                   \
	X(FILTER_SURVEY, "survey")         \
	X(FILTER_BRAND, "brand")           \
	X(FILTER_TOUCHPOINT, "touchpoint") \
	X(FILTER_CHANNEL, "channel")       \
	X(FILTER_LANGUAGE, "language")     \
	X(FILTER_SOURCE, "source")         \
	X(FILTER_TAG, "tag")               \
	X(FILTER_IMPORT, "import")         \
	X(FILTER_THEME, "theme")           \
	X(FILTER_SENTIMENT, "sentiment")   \
	X(FILTER_SHOWN, "shown_sentiment") \
	X(FILTER_URGENT, "urgent")         \
	X(FILTER_MOOD, "mood")             \
	X(FILTER_INTENT, "intent")

#define FILTER_ENUM(field, name) field,
enum filter_field { FILTER_FIELDS(FILTER_ENUM) FILTER_FIELD_COUNT };
#undef FILTER_ENUM

struct filter_property {
	Str name;
	struct filter_values values;
};

enum filter_truth { FILTER_ANY, FILTER_YES, FILTER_NO };

/* Zero is everything outside the bin. */
struct answer_filter {
	enum survey_kind kind; /* 0: any */
	struct filter_values fields[FILTER_FIELD_COUNT];
	Str from_day, to_day; /* as given, for links */
	int64_t from, before; /* instants; they count where the day is given */
	Str q, q_folded;      /* at NULL: any */
	bool sees_masked;     /* who asks: q is looked for in what is shown of a comment alone */
	unsigned groups;      /* bits 1 << enum score_group; 0: any */
	unsigned scores;      /* bits 1 << score; 0: any */
	unsigned states;      /* bits 1 << enum response_state; 0: any but those in the bin */
	enum filter_truth comment;
	bool starred_only, counted_only;
	struct filter_property properties[FILTER_PROPERTIES_MAX];
	size_t property_count;
};

/* Adds what `name` stands for. *known is false, without an error, when it is no filter. Errors name it. */
MUST_USE bool filter_set(struct answer_filter *f, struct arena *a, Str name, Str value,
                         const struct zone *zone, bool *known, struct err *err);
/* One more alternative, as filter_set does. */
MUST_USE bool filter_add_property(struct answer_filter *f, Str name, Str value, struct err *err);
#define FILTER_URGENT_ANY STR("any")
/* Of a field that chooses by a reading: bits 1 << enum understood, urgent_kind, mood or intent; 0: any. */
unsigned filter_bits(const struct answer_filter *f, enum filter_field field);
/* Does it choose by what was understood of a comment? Themes are another matter. */
bool filter_chooses_readings(const struct answer_filter *f);
/* This one alone: narrows a filter whose alternatives hold it. */
void filter_only(struct answer_filter *f, enum filter_field field, Str value);
/* From here on it takes no answer: a promoter's zero. */
void filter_take_none(struct answer_filter *f);
MUST_USE bool filter_only_property(struct answer_filter *f, Str name, Str value);

/* ERR_INVALID when the period ends before it begins. */
MUST_USE bool filter_check(const struct answer_filter *f, struct err *err);
/* ERR_INVALID when it chooses by group, score or state: a score of promoters is 100 whatever they think; or by a sentiment that
 * may have seen the score. */
MUST_USE bool filter_is_of_figures(const struct answer_filter *f, struct err *err);
/* ERR_DENIED when it asks for people by name and the caller may not see names, or for comments and the caller sees figures
 * only. Remembers whether the caller sees comments masked: every filter that somebody asks with goes through this. `a` is scratch. */
MUST_USE bool filter_may_ask(struct answer_filter *f, struct arena *a, const struct caller *caller,
                             struct err *err);

/* A survey and what its answers may be pooled with: those of the same kind, brand and touchpoint. */
struct survey_place {
	int64_t id;
	Str slug, name;
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str brand, touchpoint_code, touchpoint;
};

/* Does it choose among surveys? Among the answers to one? */
bool filter_names_surveys(const struct answer_filter *f);
/* False, too, while a survey lies in the bin: its answers are out of lists and exports with it. */
MUST_USE bool filter_takes_every_survey(struct db *db, int64_t workspace,
                                        const struct answer_filter *f, bool *out, struct err *err);
bool filter_chooses_answers(const struct answer_filter *f);
/* Surveys that match and that the team's scope takes, relationship first, then by brand and in order of the journey.
 * ERR_NOT_FOUND when the filter names a survey, brand or touchpoint that does not exist, or a survey outside the scope. */
MUST_USE bool filter_surveys(struct db *db, struct arena *a, int64_t workspace,
                             const struct team_scope *scope, const struct answer_filter *f,
                             struct survey_place **out, size_t *count, struct err *err);

/* Adds the filter as pairs of a query string, in an order of its own. */
void filter_write(const struct answer_filter *f, struct buf *out);

#endif
