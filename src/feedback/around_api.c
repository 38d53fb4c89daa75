/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/around_api.h"

#include "account/reply_json.h"
#include "db/list.h"
#include "feedback/around_api.sql.h"
#include "feedback/facets.h"
#include "feedback/response_extra.h"
#include "feedback/response_json.h"
#include "feedback/response_list.h"
#include "feedback/response_query.h"
#include "feedback/scope.h"

#define OTHERS_MAX 50

/* Of millions, too: "capped" is from when counting stopped at ten thousand. */
static bool count_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct response_query q;
	struct facts facts;
	int64_t count;
	if (!response_query_of(rq, &q, err) ||
	    !facts_open(rq->room, rq->db, rq->caller.workspace, 0, rq->arena, &facts, err) ||
	    !facets_total(&facts, rq->arena, q.scope, &q.filter, &count, err))
		return false;
	json_put_dict(w);
	json_put_key_i64(w, "count", count);
	json_put_key_bool(w, "capped", false);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* Of the same person, however merged, newest first, without those in the bin and outside of the scope. */
static bool others_find(struct request *rq, const struct response *r, struct response **out,
                        size_t *count, struct err *err)
{
	struct team_scope scope;
	void *items;
	size_t all, kept = 0;
	int64_t workspace = rq->caller.workspace;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !db_list(rq->db, &sql_around_others,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(r->id), db_arg_i64(r->person_id),
	                     db_arg_i64(OTHERS_MAX)),
	             response_row, sizeof(struct response), rq->arena, &items, &all, err))
		return false;
	struct response *found = items;
	for (size_t i = 0; i < all; i++) {
		bool taken;
		if (!scope_takes(&scope, rq->arena, &found[i], &taken, err))
			return false;
		if (taken)
			found[kept++] = found[i];
	}
	*out = found;
	*count = kept;
	return true;
}

static bool others_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct response r, *others = NULL;
	struct response_extra *extras;
	size_t count = 0;
	int64_t id;
	struct sight sight;
	if (!request_param_id(rq, "response", &id, err) || !sight_of(rq, &sight, err) ||
	    !response_find_in_scope(rq->db, rq->arena, &rq->caller, id, &r, err) ||
	    (r.person_id && !others_find(rq, &r, &others, &count, err)) ||
	    !response_extras(rq->db, rq->arena, rq->caller.workspace, others, count, sight.names,
	                     &extras, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("responses"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		response_put(w, rq->arena, &others[i], &sight);
		response_extra_put(w, &extras[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route around_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/responses/count",
	  .operation = "countResponses",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = count_read },
	{ .method = "GET",
	  .path = "/api/v1/responses/{response}/others",
	  .operation = "listOtherResponses",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = others_read },
};
const size_t around_route_count = sizeof around_routes / sizeof around_routes[0];
