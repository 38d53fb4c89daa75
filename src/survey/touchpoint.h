/* survey/touchpoint.h - the steps of the customer's journey, in order, that a transactional survey asks about.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_TOUCHPOINT_H
#define SURVEY_TOUCHPOINT_H

#include "base/json.h"
#include "db/unit.h"

#define TOUCHPOINTS_MAX     50
#define TOUCHPOINT_NAME_MAX 120
#define TOUCHPOINT_CODE_MAX 40

/* The journey of a new workspace: code, name in English and in German. */
#define TOUCHPOINT_DEFAULTS(X)                             \
	X("first_contact", "First contact", "Erstkontakt") \
	X("purchase", "Purchase", "Kauf")                  \
	X("onboarding", "Onboarding", "Einstieg")          \
	X("delivery", "Delivery", "Lieferung")             \
	X("feature_use", "Feature use", "Nutzung")         \
	X("support", "Support", "Support")                 \
	X("renewal", "Renewal", "Verlängerung")            \
	X("cancellation", "Cancellation", "Kündigung")

struct touchpoint {
	int64_t id;
	Str code; /* [a-z0-9_]{1,40}, unique in the workspace */
	Str name;
	int position; /* from 0 */
};

/* In order of the journey. */
MUST_USE bool touchpoint_list(struct db *db, struct arena *a, int64_t workspace,
                              struct touchpoint **out, size_t *count, struct err *err);
MUST_USE bool touchpoint_find_by_code(struct db *db, struct arena *a, int64_t workspace, Str code,
                                      bool *found, struct touchpoint *out, struct err *err);

struct touchpoint_input {
	const struct touchpoint *journey; /* the whole journey: codes and names, in the new order */
	size_t count;
	struct arena *arena;
	Str actor;                 /* for the audit log; at NULL: the command line */
	struct touchpoint *result; /* as stored */
	size_t result_count;
};

/* The journey from JSON: a list of {"code", "name"}. */
MUST_USE bool touchpoints_read(struct arena *a, JsonRef list, struct touchpoint_input *out,
                               struct err *err);
/* A unit's function; input is a struct touchpoint_input. Codes that stay keep their id. ERR_CONFLICT when a
 * touchpoint that a survey uses is missing from the new journey. */
bool touchpoint_save(struct db_tx *tx, void *input, struct err *err);

#endif
