/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/clock.h"
#include "people/personal.h"
#include "people/properties.h"
#include "survey/invitation.h"
#include "survey/link.h"
#include "survey/link_scope.h"
#include "survey/person_scope.h"
#include "survey/survey.h"

#define BODY_MAX 65536

static void put_link(const struct request *rq, struct json_writer *w, const struct invitation *i)
{
	json_put_key_id(w, "id", i->id);
	json_put_key_id(w, "survey_id", i->survey_id);
	json_put_key_id(w, "person_id", rq->caller.sees_names ? i->person_id : 0);
	json_put_key_text(w, "channel", i->channel);
	json_put_key(w, STR("properties"));
	json_put_raw(w, personal_shown(rq->arena, i->properties, rq->caller.sees_names));
	json_put_key_text(w, "state", str_of(invitation_state_name(i->state)));
	json_put_key_time(w, "created_at", i->created_at);
	json_put_key_time(w, "expires_at", i->expires_at);
	json_put_key_time(w, "revoked_at", i->revoked_at);
}

static bool link_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct invitation i;
	int64_t id;
	if (!request_param_id(rq, "link", &id, err) ||
	    !link_scope_find(rq->db, rq->arena, &rq->caller, id, &i, err))
		return false;
	json_put_dict(w);
	put_link(rq, w, &i);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool members_read(struct request *rq, JsonRef body, struct invitation_input *in,
                         struct err *err)
{
	int64_t days = INVITATION_DAYS_DEFAULT;
	in->channel = STR("link");
	if (!json_read_text(json_read_member(body, "survey"), SURVEY_SLUG_MAX, &in->survey, err) ||
	    !person_ref_read(rq->arena, json_read_member(body, "person"), &in->person, err) ||
	    !person_ref_allowed(&rq->caller, &in->person, err) ||
	    !properties_read(rq->arena, json_read_member(body, "properties"), &in->properties,
	                     err) ||
	    !json_read_text_if_given(json_read_member(body, "channel"), 64, &in->channel, err) ||
	    !json_read_i64_if_given(json_read_member(body, "expires_in_days"), 1,
	                            INVITATION_DAYS_MAX, &days, err))
		return false;
	in->expires_at = rq->now + days * CLOCK_DAY;
	return true;
}

struct post {
	struct invitation_input invitation;
	const struct caller *caller;
};

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "survey",  "person",          "properties",
		                             "channel", "expires_in_days", NULL };
	const struct survey_room *room = rq->room;
	struct post *post = ARENA_NEW(rq->arena, struct post);
	struct invitation_input *in = &post->invitation;
	JsonRef body;
	in->arena = rq->arena;
	post->caller = &rq->caller;
	rq->input = post;
	return idempotency_read(rq, &in->idempotency, err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       members_read(rq, body, in, err) &&
	       link_keys_need(room->keys, rq->db, rq->caller.workspace, err);
}

/* Nobody makes a link that he could not see. */
static bool post_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct post *in = input;
	bool known, seen = false;
	if (!person_scope_takes(tx, in->caller, &in->invitation.person, &known, err) ||
	    (known && (!invitation_make(tx, &in->invitation, err) ||
	               !link_scope_takes(tx->db, tx->arena, in->caller, &in->invitation.invitation,
	                                 &seen, err))))
		return false;
	return seen || err_set(err, ERR_DENIED,
	                       "This link would not belong to your team: its survey, its person "
	                       "or its properties lie outside what the team sees.");
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_room *room = rq->room;
	const struct invitation_input *in = &((const struct post *)rq->input)->invitation;
	struct json_writer *w = reply_json(rq);
	char token[LINK_TOKEN_CHARS + 1];
	if (!link_mint(room->keys, LINK_INVITATION, rq->caller.workspace, in->invitation.id,
	               in->invitation.expires_at, token, err))
		return false;
	json_put_dict(w);
	put_link(rq, w, &in->invitation);
	json_put_key_text(w, "token", str_of(token));
	json_put_key_text(w, "url", str_printf(rq->arena, "%s/r/%s", room->public_url, token));
	json_put_dict_end(w);
	return reply_json_end(w, rp, in->replayed ? 200 : 201, err);
}

struct revoke {
	struct invitation_revoke_input link;
	const struct caller *caller;
};

static bool delete_prepare(struct request *rq, struct err *err)
{
	struct revoke *in = ARENA_NEW(rq->arena, struct revoke);
	in->link.arena = rq->arena;
	in->caller = &rq->caller;
	rq->input = in;
	return request_param_id(rq, "link", &in->link.id, err);
}

static bool delete_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct revoke *in = input;
	struct invitation seen;
	return link_scope_find(tx->db, tx->arena, in->caller, in->link.id, &seen, err) &&
	       invitation_revoke(tx, &in->link, err);
}

static bool delete_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct revoke *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_link(rq, w, &in->link.invitation);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route link_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/links",
	  .operation = "createLink",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = post_apply,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/links/{link}",
	  .operation = "getLink",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = link_read },
	{ .method = "DELETE",
	  .path = "/api/v1/links/{link}",
	  .operation = "revokeLink",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .prepare = delete_prepare,
	  .apply = delete_apply,
	  .reply = delete_reply },
};
const size_t link_route_count = sizeof link_routes / sizeof link_routes[0];
