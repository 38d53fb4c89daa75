/* survey/team_scope.h - the part of a workspace that a team sees: a filter over surveys, brands, touchpoints and the
 * answers' own properties.
 *
 *	{"surveys": ["customers"], "brands": ["123"], "touchpoints": ["shop"], "properties": {"city": ["Berlin", "Potsdam"]}}
 *
 * Several values of one member are alternatives, the members must all hold; "{}" is the whole workspace. Surveys are
 * named by slug, brands by id, touchpoints by code. Properties are compared as text with the answer's own snapshot,
 * never with what the person is today. What a scope names and is gone takes nothing.
 *
 * A scope binds as strictly as the workspace: what lies outside is not found, by whatever way it was asked for. Handlers
 * do not ask here about answers but in feedback/scope.h. Every question, list and export takes a scope and a NULL there
 * is a MUST: the command line and API keys say team_scope_whole.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_TEAM_SCOPE_H
#define SURVEY_TEAM_SCOPE_H

#include "base/json.h"
#include "net/route.h"

#define TEAM_SCOPE_VALUES_MAX     100
#define TEAM_SCOPE_PROPERTIES_MAX 8
#define TEAM_SCOPE_BYTES_MAX      65536
#define TEAM_SCOPE_WHOLE          STR("{}")

struct team_scope_property {
	Str name;
	Str *values;
	size_t count;
};

/* Lives in the arena that it was loaded into; good for one request, as surveys may change. */
struct team_scope {
	bool names_surveys; /* else every survey is in it */
	int64_t *surveys;   /* sorted ids */
	size_t survey_count;
	struct team_scope_property properties[TEAM_SCOPE_PROPERTIES_MAX];
	size_t property_count;
};

extern const struct team_scope team_scope_whole;

/* Checks what a client sends and writes it canonically. ERR_INVALID with the path of what is wrong, or of what the
 * workspace does not have. */
MUST_USE bool team_scope_read(struct db *db, struct arena *a, int64_t workspace, JsonRef ref,
                              Str *canonical, struct err *err);

/* The scope that canonical text stands for (at NULL: the whole workspace), with the surveys as they are now. */
MUST_USE bool team_scope_parse(struct db *db, struct arena *a, int64_t workspace, Str canonical,
                               struct team_scope *out, struct err *err);
/* The same of whoever asks; on a worker with rq->db, in a unit with tx->db. */
MUST_USE bool team_scope_load(struct db *db, struct arena *a, const struct caller *caller,
                              struct team_scope *out, struct err *err);

bool team_scope_is_whole(const struct team_scope *scope);
/* Is that of who asks the whole workspace? On a worker. */
MUST_USE bool team_scope_covers_all(struct request *rq, bool *out, struct err *err);
/* ERR_DENIED unless it is: of what every team shares, named as in "the journey". In prepare. */
MUST_USE bool team_scope_need_all(struct request *rq, const char *what, struct err *err);
bool team_scope_takes_survey(const struct team_scope *scope, int64_t survey);
/* Do canonical properties hold what the scope asks? `a` is scratch. */
MUST_USE bool team_scope_takes_properties(const struct team_scope *scope, struct arena *a,
                                          Str canonical, bool *out, struct err *err);
/* Both: an answer to this survey with these properties. */
MUST_USE bool team_scope_takes(const struct team_scope *scope, struct arena *a, int64_t survey,
                               Str properties, bool *out, struct err *err);

#endif
