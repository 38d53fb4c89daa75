/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/api_key.h"
#include "account/audit.h"
#include "account/reply_json.h"

static void put_key(struct json_writer *w, const struct api_key *key)
{
	json_put_key_id(w, "id", key->id);
	json_put_key_text(w, "name", key->name);
	json_put_key_text(w, "scope", str_of(scope_name(key->scope)));
	json_put_key_time(w, "created_at", key->created_at);
	json_put_key_time(w, "revoked_at", key->revoked_at);
}

bool keys_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct api_key *keys;
	size_t count;
	if (!api_key_list(rq->db, rq->caller.workspace, rq->arena, &keys, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("keys"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		put_key(w, &keys[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

struct key_new {
	struct api_key key;
	Str text, hash, actor;
};

bool key_post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name", "scope", NULL };
	struct key_new *in = ARENA_NEW(rq->arena, struct key_new);
	JsonRef body;
	Str scope;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) ||
	    !json_read_text(json_read_member(body, "name"), API_KEY_NAME_MAX, &in->key.name, err) ||
	    !json_read_text(json_read_member(body, "scope"), 16, &scope, err) ||
	    !scope_parse(scope, &in->key.scope, err) || !api_key_name_check(in->key.name, err))
		return false;
	in->key.created_by = rq->caller.user;
	in->actor = rq->caller.name;
	api_key_make(rq->arena, rq->caller.workspace, &in->text, &in->hash);
	rq->input = in;
	return true;
}

bool key_post_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct key_new *in = input;
	in->key.created_at = tx->now;
	return api_key_create(tx, in->hash, in->key.name, in->key.scope, in->key.created_by,
	                      &in->key.id, err) &&
	       audit_write(tx, in->actor, STR("key.create"), in->key.name,
	                   str_of(scope_name(in->key.scope)), err);
}

bool key_post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct key_new *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_key(w, &in->key);
	json_put_key_text(w, "key", in->text);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 201, err);
}

struct key_end {
	int64_t key;
	Str actor, subject;
};

bool key_delete_prepare(struct request *rq, struct err *err)
{
	struct key_end *in = ARENA_NEW(rq->arena, struct key_end);
	if (!request_param_id(rq, "key", &in->key, err))
		return false;
	in->actor = rq->caller.name;
	in->subject = request_param(rq, "key");
	rq->input = in;
	return true;
}

bool key_delete_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct key_end *in = input;
	return api_key_revoke(tx, in->key, err) &&
	       audit_write(tx, in->actor, STR("key.revoke"), in->subject, STR(""), err);
}
