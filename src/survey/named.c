/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/named.h"

#include "db/id.h"
#include "survey/team_scope.h"

bool survey_named(struct request *rq, struct survey *out, struct err *err)
{
	Str name = request_param(rq, "survey");
	int64_t id, workspace = rq->caller.workspace;
	struct err ignored;
	struct survey s;
	struct team_scope scope;
	bool by_id = id_parse(name, &id, &ignored), found = by_id;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    (by_id && !survey_find(rq->db, rq->arena, workspace, id, &s, err)) ||
	    (!by_id && survey_slug_is_valid(name) &&
	     !survey_find_by_slug(rq->db, rq->arena, workspace, name, &found, &s, err)))
		return false;
	if (!found || !team_scope_takes_survey(&scope, s.id))
		return err_set(err, ERR_NOT_FOUND, "there is no survey \"%.*s\"", STR_FMT(name));
	*out = s;
	return true;
}
