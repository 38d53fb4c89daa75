/* survey/identity_api.c - showing and changing the secret that signs who uses the widget. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/rng.h"
#include "survey/identity_secret.h"

#define BODY_MAX 1024

static bool reply_secret(struct request *rq, struct reply *rp, int status,
                         const struct identity_secret secrets[static 2], struct err *err)
{
	char text[IDENTITY_SECRET_CHARS + 1];
	struct json_writer *w = reply_json(rq);
	int64_t until = secrets[1].number ? secrets[0].created_at + IDENTITY_GRACE : 0;
	identity_secret_text(&secrets[0], text);
	json_put_dict(w);
	json_put_key_text(w, "secret", secrets[0].number ? str_of(text) : (Str){ NULL, 0 });
	json_put_key_time(w, "created_at", secrets[0].created_at);
	json_put_key_time(w, "previous_until", until > rq->now ? until : 0);
	json_put_dict_end(w);
	return reply_json_end(w, rp, status, err);
}

static bool secret_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct identity_secret secrets[2];
	return identity_secret_find(rq->db, rq->arena, rq->caller.workspace, secrets, err) &&
	       reply_secret(rq, rp, 200, secrets, err);
}

static bool rotate_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "at_once", NULL };
	struct identity_rotate_input *in = ARENA_NEW(rq->arena, struct identity_rotate_input);
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !json_read_bool_if_given(json_read_member(body, "at_once"), &in->at_once, err))
		return false;
	rng_bytes(in->secret, sizeof in->secret);
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	rq->input = in;
	return true;
}

static bool rotate_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct identity_rotate_input *in = rq->input;
	return reply_secret(rq, rp, 201, in->now, err);
}

const struct route identity_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/identity-secret",
	  .operation = "getIdentitySecret",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .read = secret_read },
	{ .method = "POST",
	  .path = "/api/v1/identity-secret",
	  .operation = "makeIdentitySecret",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .body_max = BODY_MAX,
	  .prepare = rotate_prepare,
	  .apply = identity_rotate,
	  .reply = rotate_reply },
};
const size_t identity_route_count = sizeof identity_routes / sizeof identity_routes[0];
