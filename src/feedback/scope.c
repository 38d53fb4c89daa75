/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/scope.h"

#include <inttypes.h>

#include "survey/person_scope.h"

bool scope_takes(const struct team_scope *scope, struct arena *a, const struct response *r,
                 bool *out, struct err *err)
{
	return team_scope_takes(scope, a, r->survey_id, r->properties, out, err);
}

static bool no_response(int64_t id, struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, "there is no response %" PRId64, id);
}

bool response_find_in_scope(struct db *db, struct arena *a, const struct caller *caller, int64_t id,
                            struct response *out, struct err *err)
{
	struct team_scope scope;
	struct response r;
	bool taken;
	if (!team_scope_load(db, a, caller, &scope, err) ||
	    !response_find(db, a, caller->workspace, id, &r, err) ||
	    !scope_takes(&scope, a, &r, &taken, err))
		return false;
	if (!taken)
		return no_response(id, err);
	*out = r;
	return true;
}

bool scope_check_response(struct db *db, struct arena *a, const struct caller *caller, int64_t id,
                          struct err *err)
{
	struct response ignored;
	return response_find_in_scope(db, a, caller, id, &ignored, err);
}

bool scope_check_person(struct db *db, struct arena *a, const struct caller *caller, int64_t person,
                        struct err *err)
{
	bool taken;
	if (!person_scope_sees(db, a, caller, person, &taken, err))
		return false;
	return taken || err_set(err, ERR_NOT_FOUND, "there is no person %" PRId64, person);
}

static bool outside(struct err *err)
{
	return err_set(err, ERR_DENIED,
	               "This answer would not belong to your team: its survey, its person or its "
	               "properties lie outside what the team sees.");
}

bool scope_check_whose(struct db_tx *tx, const struct caller *caller, const struct person_ref *who,
                       struct err *err)
{
	bool taken;
	return person_scope_takes(tx, caller, who, &taken, err) && (taken || outside(err));
}

bool scope_check_new(struct db_tx *tx, const struct caller *caller, const struct response *r,
                     struct err *err)
{
	struct team_scope scope;
	bool taken;
	if (!team_scope_load(tx->db, tx->arena, caller, &scope, err) ||
	    !scope_takes(&scope, tx->arena, r, &taken, err))
		return false;
	return taken || outside(err);
}
