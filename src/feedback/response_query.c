/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_query.h"

#include "account/workspace.h"
#include "base/form.h"
#include "feedback/response_list.h"

static bool limit_set(Str value, size_t *out, struct err *err)
{
	int64_t limit;
	if (!str_to_i64(value, &limit) || limit < 1 || limit > LIST_LIMIT_MAX)
		return err_at(err, ERR_INVALID, "limit", "must be between 1 and %d",
		              LIST_LIMIT_MAX);
	*out = (size_t)limit;
	return true;
}

static bool own_parameter(struct response_query *q, Str name, Str value, struct err *err)
{
	if (str_eq(name, STR("limit")))
		return limit_set(value, &q->limit, err);
	if (str_eq(name, STR("cursor"))) {
		q->has_after = true;
		return list_place_read(value, &q->after, err);
	}
	return err_set(err, ERR_INVALID, "there is no parameter \"%.*s\" here", STR_FMT(name));
}

/* Any of them: from the query of a request, or from a text that is one. */
static bool query_set(struct request *rq, struct response_query *q, const struct zone *zone,
                      Str name, Str value, struct err *err)
{
	bool known;
	return filter_set(&q->filter, rq->arena, name, value, zone, &known, err) &&
	       (known || own_parameter(q, name, value, err));
}

static bool query_start(struct request *rq, struct response_query *q, const struct zone **zone,
                        struct err *err)
{
	struct team_scope *scope = ARENA_NEW(rq->arena, struct team_scope);
	*q = (struct response_query){ .scope = scope, .limit = LIST_LIMIT_DEFAULT };
	return team_scope_load(rq->db, rq->arena, &rq->caller, scope, err) &&
	       workspace_zone(rq->db, rq->caller.workspace, rq->arena, zone, err);
}

static bool query_end(struct request *rq, struct response_query *q, struct err *err)
{
	return filter_may_ask(&q->filter, rq->arena, &rq->caller, err) &&
	       filter_check(&q->filter, err);
}

bool response_query_of(struct request *rq, struct response_query *q, struct err *err)
{
	const struct zone *zone;
	size_t position = 0;
	Str name, value;
	if (!query_start(rq, q, &zone, err))
		return false;
	while (request_query_next(rq, &position, &name, &value))
		if (!query_set(rq, q, zone, name, value, err))
			return false;
	return query_end(rq, q, err);
}

bool response_query_read(struct request *rq, Str text, struct response_query *q, struct err *err)
{
	const struct zone *zone;
	struct form form;
	if (!query_start(rq, q, &zone, err) || !form_parse(rq->arena, text, 64, &form, err))
		return false;
	for (size_t i = 0; i < form.count; i++)
		if (!query_set(rq, q, zone, form.fields[i].name, form.fields[i].value, err))
			return false;
	return query_end(rq, q, err);
}
