/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/link_scope.h"

#include <inttypes.h>

#include "people/properties.h"

bool link_scope_takes(struct db *db, struct arena *a, const struct caller *caller,
                      const struct invitation *i, bool *out, struct err *err)
{
	struct team_scope scope;
	struct person person = { .traits = PROPERTIES_NONE };
	Str properties;
	if (!team_scope_load(db, a, caller, &scope, err) ||
	    (i->person_id &&
	     !person_find_canonical(db, a, caller->workspace, i->person_id, &person, err)) ||
	    !properties_merge(a, person.traits, i->properties, &properties, err))
		return false;
	return team_scope_takes(&scope, a, i->survey_id, properties, out, err);
}

bool link_scope_find(struct db *db, struct arena *a, const struct caller *caller, int64_t id,
                     struct invitation *out, struct err *err)
{
	struct invitation i;
	bool seen;
	if (!invitation_find(db, a, caller->workspace, id, &i, err) ||
	    !link_scope_takes(db, a, caller, &i, &seen, err))
		return false;
	if (!seen)
		return err_set(err, ERR_NOT_FOUND, "there is no personal link %" PRId64, id);
	*out = i;
	return true;
}
