/* survey/person_scope.h - persons that a team may see or speak of.
 *
 * A person is seen through an answer in the team's scope. Who makes a link or an answer for somebody would make such an
 * answer: so that is for persons who are new, or who have an answer or a link in the scope already.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_PERSON_SCOPE_H
#define SURVEY_PERSON_SCOPE_H

#include "people/person.h"
#include "survey/team_scope.h"

/* Is one of the person's answers, or of those merged into it, in the caller's scope? */
MUST_USE bool person_scope_sees(struct db *db, struct arena *a, const struct caller *caller,
                                int64_t person, bool *out, struct err *err);
/* In a unit, before the person is found or made: may the caller make an answer or a link of whom `ref` means? */
MUST_USE bool person_scope_takes(struct db_tx *tx, const struct caller *caller,
                                 const struct person_ref *ref, bool *out, struct err *err);

#endif
