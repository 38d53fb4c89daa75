/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/person_api.h"

#include <inttypes.h>

#include "account/audit.h"
#include "account/reply_json.h"
#include "db/id.h"
#include "feedback/erasure.h"
#include "feedback/scope.h"
#include "people/person_json.h"
#include "survey/person_scope.h"

#define MERGE_BODY_MAX 1024u

static bool person_reply(struct request *rq, int64_t id, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct person p;
	return person_find(rq->db, rq->arena, rq->caller.workspace, id, &p, err) &&
	       person_put(w, rq->db, rq->arena, rq->caller.workspace, &p, err) &&
	       reply_json_end(w, rp, 200, err);
}

static bool person_read(struct request *rq, struct reply *rp, struct err *err)
{
	int64_t id;
	return request_param_id(rq, "person", &id, err) &&
	       scope_check_person(rq->db, rq->arena, &rq->caller, id, err) &&
	       person_reply(rq, id, rp, err);
}

/* Whoever has this text as an identity of that kind, unless they stand in the list already; what cannot be one is nobody's. */
static bool people_add(struct request *rq, const struct person_input *given, struct person *all,
                       size_t *count, struct err *err)
{
	struct person_ref ref;
	struct err ignored;
	struct person p;
	bool found, seen = false;
	int64_t workspace = rq->caller.workspace;
	if (!person_ref_check(rq->arena, given, &ref, &ignored))
		return true;
	const struct identity *one = ref.email.value.at   ? &ref.email
	                             : ref.phone.value.at ? &ref.phone
	                                                  : &ref.external_id;
	if (!one->value.at)
		return true;
	if (!person_find_by_identity(rq->db, rq->arena, workspace, one->kind, one->value, &found,
	                             &p, err) ||
	    (found && !person_scope_sees(rq->db, rq->arena, &rq->caller, p.id, &seen, err)))
		return false;
	for (size_t i = 0; i < *count; i++)
		seen = seen && all[i].id != p.id;
	if (seen)
		all[(*count)++] = p;
	return true;
}

/* Whoever asks by another name would be told that there is nobody. */
static bool who_read(struct request *rq, Str *out, struct err *err)
{
	size_t at = 0;
	Str name, value;
	*out = (Str){ 0 };
	while (request_query_next(rq, &at, &name, &value)) {
		if (!str_eq(name, STR("who")))
			return err_set(err, ERR_INVALID,
			               "there is no parameter \"%.*s\"; there is who",
			               STR_FMT(name));
		*out = value;
	}
	return true;
}

static bool people_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	Str who;
	if (!who_read(rq, &who, err))
		return false;
	const struct person_input given[] = { { .email = who },
		                              { .external_id = who },
		                              { .phone = who } };
	struct person all[sizeof given / sizeof given[0]];
	size_t count = 0;
	for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
		if (!people_add(rq, &given[i], all, &count, err))
			return false;
	json_put_dict(w);
	json_put_key(w, STR("people"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		if (!person_put(w, rq->db, rq->arena, rq->caller.workspace, &all[i], err))
			return false;
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool erase_prepare(struct request *rq, struct err *err)
{
	struct erasure_input *in = ARENA_NEW(rq->arena, struct erasure_input);
	in->actor = rq->caller.name;
	rq->input = in;
	return request_param_id(rq, "person", &in->person, err);
}

static bool erase_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct erasure_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_i64(w, "answers", (int64_t)in->answers);
	json_put_key_i64(w, "links", (int64_t)in->links);
	json_put_key_bool(w, "more", in->more);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

struct joining {
	int64_t person, other; /* other 0: taken apart again */
	Str actor;
};

static bool merge_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "from", NULL };
	struct joining *in = ARENA_NEW(rq->arena, struct joining);
	JsonRef body;
	in->actor = rq->caller.name;
	rq->input = in;
	return request_param_id(rq, "person", &in->person, err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       id_read(json_read_member(body, "from"), "must be the id of a person", &in->other,
	               err);
}

static bool merge_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct joining *in = input;
	return person_merge(tx, in->person, in->other, err) &&
	       audit_write(tx, in->actor, STR("person.merge"),
	                   str_printf(tx->arena, "%" PRId64, in->person),
	                   str_printf(tx->arena, "%" PRId64, in->other), err);
}

static bool unmerge_prepare(struct request *rq, struct err *err)
{
	struct joining *in = ARENA_NEW(rq->arena, struct joining);
	in->actor = rq->caller.name;
	rq->input = in;
	return request_param_id(rq, "person", &in->person, err);
}

static bool unmerge_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct joining *in = input;
	return person_unmerge(tx, in->person, err) &&
	       audit_write(tx, in->actor, STR("person.unmerge"),
	                   str_printf(tx->arena, "%" PRId64, in->person), STR(""), err);
}

const struct route person_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/people",
	  .operation = "findPeople",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .names = true,
	  .read = people_read },
	{ .method = "GET",
	  .path = "/api/v1/people/{person}",
	  .operation = "getPerson",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .names = true,
	  .read = person_read },
	{ .method = "POST",
	  .path = "/api/v1/people/{person}/erase",
	  .operation = "erasePerson",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .prepare = erase_prepare,
	  .apply = erasure_apply,
	  .reply = erase_reply },
	{ .method = "POST",
	  .path = "/api/v1/people/{person}/merge",
	  .operation = "mergePeople",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .body_max = MERGE_BODY_MAX,
	  .prepare = merge_prepare,
	  .apply = merge_apply,
	  .reply = reply_nothing },
	{ .method = "POST",
	  .path = "/api/v1/people/{person}/unmerge",
	  .operation = "unmergePeople",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .prepare = unmerge_prepare,
	  .apply = unmerge_apply,
	  .reply = reply_nothing },
};
const size_t person_route_count = sizeof person_routes / sizeof person_routes[0];
