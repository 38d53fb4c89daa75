/* survey/link_scope.h - personal links that whoever asks may see: those whose answer would lie in the team's scope.
 *
 * That answer's properties would be the person's traits and, over them, the link's own.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_LINK_SCOPE_H
#define SURVEY_LINK_SCOPE_H

#include "survey/invitation.h"
#include "survey/team_scope.h"

MUST_USE bool link_scope_takes(struct db *db, struct arena *a, const struct caller *caller,
                               const struct invitation *i, bool *out, struct err *err);
/* ERR_NOT_FOUND outside the scope or the workspace. In a read, and in a unit again. */
MUST_USE bool link_scope_find(struct db *db, struct arena *a, const struct caller *caller,
                              int64_t id, struct invitation *out, struct err *err);

#endif
