/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/note_api.h"

#include "account/reply_json.h"
#include "feedback/mention.h"
#include "feedback/scope.h"
#include "feedback/sight.h"

#define BODY_MAX (64u * 1024)

void note_put(struct json_writer *w, const struct note *note)
{
	json_put_key_id(w, "id", note->id);
	json_put_key_id(w, "response_id", note->response_id);
	json_put_key_id(w, "author_id", note->author_id);
	json_put_key_text(w, "author", note->author);
	json_put_key_text(w, "text", note->text);
	json_put_key_time(w, "created_at", note->created_at);
	json_put_key_time(w, "edited_at", note->edited_at);
	json_put_key_time(w, "deleted_at", note->deleted_at);
}

static bool text_read(struct arena *a, JsonRef ref, Str *out, struct err *err)
{
	Str text;
	if (!json_read_text(ref, NOTE_TEXT_MAX, &text, err))
		return false;
	text = str_trim(text);
	if (!text.len)
		return err_at(err, ERR_INVALID, ref.path, "must not be empty");
	*out = str_copy(a, text);
	return true;
}

/* Notes carry a person's name, not the address that the logs have. */
static bool author_of(struct request *rq, struct note_input *in, struct err *err)
{
	struct user user;
	if (!rq->caller.user)
		return true;
	if (!user_find(rq->db, rq->caller.user, rq->arena, &user, err))
		return false;
	in->author = user.name.len ? user.name : user.email;
	return true;
}

static bool input_start(struct request *rq, struct note_input **out, struct err *err)
{
	struct note_input *in = ARENA_NEW(rq->arena, struct note_input);
	in->arena = rq->arena;
	in->caller = &rq->caller;
	in->author = rq->caller.name;
	rq->input = *out = in;
	return author_of(rq, in, err);
}

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "text", NULL };
	struct note_input *in;
	JsonRef body;
	return input_start(rq, &in, err) &&
	       request_param_id(rq, "response", &in->response_id, err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       text_read(rq->arena, json_read_member(body, "text"), &in->text, err);
}

/* Notes of the trend have their own. */
static bool id_of(struct request *rq, int64_t *out, struct err *err)
{
	return request_param_id(rq, "answer_note", out, err) ||
	       err_set(err, ERR_NOT_FOUND, "There is no note of that id.");
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "text", "deleted", NULL };
	struct note_input *in;
	JsonRef body;
	if (!input_start(rq, &in, err) || !id_of(rq, &in->id, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	JsonRef text = json_read_member(body, "text"), deleted = json_read_member(body, "deleted");
	in->has_deleted = json_read_is_given(deleted);
	return (!json_read_is_given(text) || text_read(rq->arena, text, &in->text, err)) &&
	       json_read_bool_if_given(deleted, &in->deleted, err);
}

static bool note_reply(struct request *rq, struct reply *rp, int status, struct err *err)
{
	const struct note_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	note_put(w, &in->note);
	json_put_dict_end(w);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return note_reply(rq, rp, 201, err);
}

static bool patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return note_reply(rq, rp, 200, err);
}

static bool people_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct response r;
	struct member *members;
	size_t count;
	int64_t id;
	if (!request_param_id(rq, "response", &id, err) ||
	    !response_find_in_scope(rq->db, rq->arena, &rq->caller, id, &r, err) ||
	    !mention_people(rq->db, rq->arena, &r, &members, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("people"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_id(w, "id", members[i].user.id);
		json_put_key_text(w, "name", members[i].user.name);
		json_put_key_text(w, "email", members[i].user.email);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static void mention_put(struct json_writer *w, struct arena *a, const struct mention *m,
                        const struct sight *sight)
{
	json_put_dict(w);
	json_put_key(w, STR("note"));
	json_put_dict(w);
	note_put(w, &m->note);
	json_put_dict_end(w);
	json_put_key_i64_if(w, "score", m->response.score != SCORE_NONE, m->response.score);
	json_put_key_text(w, "comment", sight_text(sight, a, m->response.comment));
	json_put_key_time(w, "read_at", m->read_at);
	json_put_dict_end(w);
}

static bool mentions_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct mention *all;
	size_t count;
	int64_t unread = 0;
	struct sight sight;
	if (!sight_of(rq, &sight, err) ||
	    !mention_list(rq->db, rq->arena, &rq->caller, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("mentions"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		mention_put(w, rq->arena, &all[i], &sight);
		unread += all[i].read_at == 0;
	}
	json_put_list_end(w);
	json_put_key_i64(w, "unread", unread);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool read_all_prepare(struct request *rq, struct err *err)
{
	(void)err;
	rq->input = &rq->caller;
	return true;
}

const struct route note_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/responses/{response}/notes",
	  .operation = "createNote",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = note_add,
	  .reply = post_reply },
	{ .method = "PATCH",
	  .path = "/api/v1/notes/{answer_note}",
	  .operation = "changeNote",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_NONE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = note_change,
	  .reply = patch_reply },
	{ .method = "GET",
	  .path = "/api/v1/responses/{response}/people",
	  .operation = "listPeopleOfResponse",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = people_read },
	{ .method = "GET",
	  .path = "/api/v1/mentions",
	  .operation = "listMentions",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_NONE,
	  .read = mentions_read },
	{ .method = "POST",
	  .path = "/api/v1/mentions/read",
	  .operation = "readMentions",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_NONE,
	  .prepare = read_all_prepare,
	  .apply = mention_read_all,
	  .reply = reply_nothing },
};
const size_t note_route_count = sizeof note_routes / sizeof note_routes[0];
