/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/person_api.h"

#include "account/reply_json.h"
#include "feedback/scope.h"
#include "people/person_json.h"

static bool person_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct person p;
	int64_t id;
	return request_param_id(rq, "person", &id, err) &&
	       scope_check_person(rq->db, rq->arena, &rq->caller, id, err) &&
	       person_find(rq->db, rq->arena, rq->caller.workspace, id, &p, err) &&
	       person_put(w, rq->db, rq->arena, rq->caller.workspace, &p, err) &&
	       reply_json_end(w, rp, 200, err);
}

const struct route person_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/people/{person}",
	  .operation = "getPerson",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .names = true,
	  .read = person_read },
};
const size_t person_route_count = sizeof person_routes / sizeof person_routes[0];
