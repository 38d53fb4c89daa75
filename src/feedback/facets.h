/* feedback/facets.h - which values there are to filter by, and how many answers have each.
 *
 * Counts the answers that a filter and the team's scope take, newest ids first, at most FACETS_ANSWERS_MAX of them. Read in
 * pages, each a short read of its own.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_FACETS_H
#define FEEDBACK_FACETS_H

#include "feedback/filter_run.h"
#include "feedback/value_counts.h"
#include "survey/definition.h"

#define FACETS_ANSWERS_MAX    200000
#define FACETS_PROPERTIES_MAX 100

struct facet_survey {
	struct survey_place place;
	int64_t answers;
};

struct facet_property {
	Str name;
	struct value_counts values;
};

struct facets {
	int64_t answers;
	bool whole;    /* the scope is the whole workspace */
	bool complete; /* else there are older ones that were not looked at */
	struct facet_survey *surveys;
	size_t survey_count;
	int64_t by_group[GROUP_PROMOTERS + 1];
	int64_t by_state[RESPONSE_DELETED + 1];
	struct value_counts channels, languages, sources, tags;
	struct facet_property properties[FACETS_PROPERTIES_MAX]; /* in the order they came */
	size_t property_count;
};

/* Without `names` the properties that tell who somebody is are left out. `db` is a reader bound to the workspace. */
MUST_USE bool facets_count(struct db *db, struct arena *a, int64_t workspace,
                           const struct team_scope *scope, const struct answer_filter *f,
                           bool names, struct facets *out, struct err *err);

#endif
