/* feedback/facets.h - which values there are to filter by, and how many answers have each.
 *
 * Counts all answers that a filter and the team's scope take, whatever their state (without one that is asked for: all but
 * those in the bin). Of a view each column is counted once; what a view cannot tell is read from the tables, in pages that
 * are short reads of their own: the oracle that tests compare with.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_FACETS_H
#define FEEDBACK_FACETS_H

#include "feedback/cells.h"
#include "feedback/response.h"
#include "feedback/value_counts.h"
#include "survey/definition.h"

#define FACETS_PROPERTIES_MAX 100
#define FACETS_IMPORTS_MAX    100

struct facet_survey {
	struct survey_place place;
	int64_t answers;
};

struct facet_property {
	Str name;
	struct value_counts values;
};

struct facet_import {
	int64_t id;
	Str file_name;
	int64_t answers;
};

struct facets {
	int64_t answers;
	bool whole; /* the scope is the whole workspace */
	struct facet_survey *surveys;
	size_t survey_count;
	int64_t by_group[GROUP_PROMOTERS + 1];
	int64_t by_state[RESPONSE_DELETED + 1];
	struct value_counts channels, languages, sources, tags;
	/* Those on most answers first; at most FACETS_PROPERTIES_MAX. Each has a value. */
	struct facet_property *properties;
	size_t property_count;
	struct facet_import *imports; /* newest first; at most FACETS_IMPORTS_MAX */
	size_t import_count;
	bool more_imports;
};

/* Everything in the arena. Without `names` the properties that tell who somebody is are left out. ERR_NOT_FOUND as
 * filter_surveys has it. */
MUST_USE bool facets_count(const struct facts *facts, struct arena *a,
                           const struct team_scope *scope, const struct answer_filter *f,
                           bool names, struct facets *out, struct err *err);
/* How many there are in all, and nothing else of it. */
MUST_USE bool facets_total(const struct facts *facts, struct arena *a,
                           const struct team_scope *scope, const struct answer_filter *f,
                           int64_t *out, struct err *err);

#endif
