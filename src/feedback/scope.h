/* feedback/scope.h - answers that whoever asks may see: the team's scope (survey/team_scope.h) over answers.
 *
 * Every handler that shows, changes, counts, lists, searches, streams or links an answer goes through here:
 *
 *   one answer       response_find_in_scope instead of response_find, in a read and again in a unit's apply: what lies
 *                    outside is ERR_NOT_FOUND, in the very words of an answer that does not exist
 *   many answers     team_scope_load once, then scope_takes for each; or give the scope to response_list, insight_ask
 *                    or struct export, which do it
 *   one survey       survey_named (survey/named.h): survey_find and survey_find_by_slug know no caller, so
 *                    team_scope_takes_survey behind them
 *   one person       scope_check_person: a person is seen only through an answer in scope
 *   a new answer     scope_check_whose in the unit, before it is stored, as who could give one to anybody would see anybody;
 *                    scope_check_new once it is stored: nobody makes what he could not see
 *
 * What is loaded in prepare is looked at again in apply, as a scope and an answer's properties may change between.
 * Names are another matter: caller.sees_names decides about them, in response_put and person_put.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_SCOPE_H
#define FEEDBACK_SCOPE_H

#include "feedback/response.h"
#include "survey/team_scope.h"

struct person_ref;

/* `a` is scratch: use one that is given back now and then when there are many answers. */
MUST_USE bool scope_takes(const struct team_scope *scope, struct arena *a, const struct response *r,
                          bool *out, struct err *err);

/* ERR_NOT_FOUND outside the caller's scope or workspace. */
MUST_USE bool response_find_in_scope(struct db *db, struct arena *a, const struct caller *caller,
                                     int64_t id, struct response *out, struct err *err);
/* The same, of an answer that nobody needs whole. */
MUST_USE bool scope_check_response(struct db *db, struct arena *a, const struct caller *caller,
                                   int64_t id, struct err *err);
/* ERR_NOT_FOUND when none of the person's answers, nor of those merged into it, lies inside. */
MUST_USE bool scope_check_person(struct db *db, struct arena *a, const struct caller *caller,
                                 int64_t person, struct err *err);
/* In a unit, before an answer is made: ERR_DENIED when whose it is to be is known, and not to the caller. */
MUST_USE bool scope_check_whose(struct db_tx *tx, const struct caller *caller,
                                const struct person_ref *who, struct err *err);
/* In a unit: ERR_DENIED when what it has just stored lies outside. */
MUST_USE bool scope_check_new(struct db_tx *tx, const struct caller *caller,
                              const struct response *r, struct err *err);

#endif
