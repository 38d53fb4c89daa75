/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/named.h"

#include "db/id.h"

bool survey_named(struct request *rq, struct survey *out, struct err *err)
{
	Str name = request_param(rq, "survey");
	int64_t id;
	struct err ignored;
	bool found = false;
	if (id_parse(name, &id, &ignored))
		return survey_find(rq->db, rq->arena, rq->caller.workspace, id, out, err);
	if (survey_slug_is_valid(name) &&
	    !survey_find_by_slug(rq->db, rq->arena, rq->caller.workspace, name, &found, out, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no survey \"%.*s\"", STR_FMT(name));
}
