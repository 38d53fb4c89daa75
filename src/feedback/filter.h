/* feedback/filter.h - which answers are meant, in the words of a query string or a command line.
 *
 *   kind=relationship|transactional   survey=SLUG   brand=ID or name   touchpoint=CODE
 *   channel=web   language=pt         a language matches its regions: pt also means pt-BR
 *   from=2026-03-01   to=2026-03-31   days in the workspace's zone, both included, of the first score
 *   property.plan=pro                 as the answer's own properties say, compared as text; several must all hold
 *
 * A survey that does not match is known before any answer is read; the rest is decided answer by answer. Texts are views
 * into the arena or whatever was given to filter_set.
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

struct buf;
struct db;
struct zone;

struct filter_property {
	Str name, value;
};

struct answer_filter {
	enum survey_kind kind;         /* 0: any */
	Str survey, brand, touchpoint; /* at NULL: any */
	Str channel, language;         /* at NULL: any */
	Str from_day, to_day;          /* as given, for links */
	int64_t from, before;          /* instants; 0: open */
	struct filter_property properties[FILTER_PROPERTIES_MAX];
	size_t property_count;
};

/* Sets what `name` stands for. *known is false, without an error, when it is no filter. Errors name it. */
MUST_USE bool filter_set(struct answer_filter *f, Str name, Str value, const struct zone *zone,
                         bool *known, struct err *err);
/* ERR_INVALID when the period ends before it begins. */
MUST_USE bool filter_check(const struct answer_filter *f, struct err *err);

/* ERR_DENIED when it asks for people by name and the caller may not see names. `a` is scratch. */
MUST_USE bool filter_may_ask(const struct answer_filter *f, struct arena *a,
                             const struct caller *caller, struct err *err);

/* A survey and what its answers may be pooled with: those of the same kind, brand and touchpoint. */
struct survey_place {
	int64_t id;
	Str slug, name;
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str brand, touchpoint_code, touchpoint;
};

/* Surveys that match and that the team's scope takes, relationship first, then by brand and in order of the journey.
 * ERR_NOT_FOUND when the filter names a survey, brand or touchpoint that does not exist, or a survey outside the scope. */
MUST_USE bool filter_surveys(struct db *db, struct arena *a, int64_t workspace,
                             const struct team_scope *scope, const struct answer_filter *f,
                             struct survey_place **out, size_t *count, struct err *err);

bool filter_takes_language(const struct answer_filter *f, Str language);
/* Do the canonical properties hold all that the filter asks? */
MUST_USE bool filter_takes_properties(const struct answer_filter *f, struct arena *a, Str canonical,
                                      bool *out, struct err *err);

/* Adds the filter as pairs of a query string. */
void filter_write(const struct answer_filter *f, struct buf *out);

#endif
