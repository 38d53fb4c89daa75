/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/action_api.h"

#include "account/reply_json.h"
#include "db/id.h"
#include "feedback/action.h"
#include "feedback/response_list.h"
#include "feedback/response_query.h"

#define BODY_MAX (64u * 1024)

struct action_request {
	struct action_input input;
	Str cursor; /* at NULL: nothing is left behind it */
};

static bool ids_read(struct request *rq, JsonRef ref, struct action_input *in, struct err *err)
{
	if (!json_read_list(ref, ACTION_MAX, err))
		return false;
	in->count = json_read_count(ref);
	in->explicit_ids = true;
	if (in->count == 0)
		return err_at(err, ERR_INVALID, ref.path, "must name an answer at least");
	int64_t *ids = ARENA_ARRAY(rq->arena, int64_t, in->count);
	for (size_t i = 0; i < in->count; i++)
		if (!id_read(json_read_item(ref, i), "must be the id of an answer", &ids[i], err))
			return false;
	in->ids = ids;
	return true;
}

/* The next answers that the filter takes. Whether there is something to do to them is looked at again in the unit. */
static bool filter_read(struct request *rq, JsonRef body, struct action_request *ar,
                        struct err *err)
{
	struct action_input *in = &ar->input;
	struct response_query query;
	struct response_page page;
	Str filter, cursor = { 0 };
	int64_t limit = ACTION_MAX;
	if (!json_read_text(json_read_member(body, "filter"), 8192, &filter, err) ||
	    !json_read_text_if_given(json_read_member(body, "cursor"), 64, &cursor, err) ||
	    !json_read_i64_if_given(json_read_member(body, "limit"), 1, ACTION_MAX, &limit, err) ||
	    !response_query_read(rq, filter, &query, err))
		return false;
	query.limit = (size_t)limit;
	query.has_after = cursor.at != NULL;
	if ((cursor.at && !list_place_read(cursor, &query.after, err)) ||
	    !response_list(rq->db, rq->arena, rq->caller.workspace, &query, &page, err))
		return false;
	int64_t *ids = ARENA_ARRAY(rq->arena, int64_t, page.count + 1);
	for (size_t i = 0; i < page.count; i++)
		ids[i] = page.all[i].id;
	in->ids = ids;
	in->count = page.count;
	if (page.more)
		ar->cursor = list_place_write(rq->arena, &page.next);
	return true;
}

static bool state_read(JsonRef ref, enum response_state *out, struct err *err)
{
	Str name;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	return response_state_find(name, out) ||
	       err_at(err, ERR_INVALID, ref.path, "is no state of an answer");
}

static bool tag_read(struct request *rq, JsonRef ref, struct tag_name *out, struct err *err)
{
	Str name;
	return json_read_text(ref, 1024, &name, err) &&
	       tag_name_read(rq->arena, name, ref.path, out, err);
}

static bool reason_read(JsonRef ref, struct action_input *in, struct err *err)
{
	if (!json_read_text_if_given(ref, CORRECTION_REASON_MAX, &in->reason, err))
		return false;
	if (in->reason.at && in->what != ACTION_EXCLUDE && in->what != ACTION_TEST)
		return err_at(err, ERR_INVALID, ref.path, "goes with exclude and test alone");
	return in->what != ACTION_EXCLUDE || str_trim(in->reason).len ||
	       err_at(err, ERR_INVALID, ref.path, "is required: why are they excluded?");
}

static bool details_read(struct request *rq, JsonRef body, struct action_input *in, struct err *err)
{
	JsonRef tag = json_read_member(body, "tag"), from = json_read_member(body, "from");
	bool tags = in->what == ACTION_TAG || in->what == ACTION_UNTAG;
	if (!tags && json_read_is_given(tag))
		return err_at(err, ERR_INVALID, "/tag", "goes with tag and untag alone");
	if (in->what != ACTION_RESTORE && json_read_is_given(from))
		return err_at(err, ERR_INVALID, "/from", "goes with restore alone");
	return reason_read(json_read_member(body, "reason"), in, err) &&
	       state_read(from, &in->from, err) && (!tags || tag_read(rq, tag, &in->tag, err));
}

/* Nothing brings back what is gone, so it takes those who answer for all of it. */
static bool may_do(const struct request *rq, enum action what, struct err *err)
{
	unsigned role = rq->caller.role, scope = rq->caller.scope;
	return what != ACTION_PURGE || (role & ROLES_MANAGE) || (scope & SCOPES_WRITE) ||
	       err_set(err, ERR_DENIED, "only an admin may delete answers for good");
}

static bool action_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "action", "ids", "filter", "cursor", "limit",
		                             "reason", "tag", "from",   NULL };
	struct action_request *ar = ARENA_NEW(rq->arena, struct action_request);
	struct action_input *in = &ar->input;
	JsonRef body;
	Str action;
	rq->input = ar;
	in->caller = &rq->caller;
	in->arena = rq->arena;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !json_read_text(json_read_member(body, "action"), 32, &action, err) ||
	    !action_parse(action, "/action", &in->what, err) || !may_do(rq, in->what, err) ||
	    !details_read(rq, body, in, err))
		return false;
	JsonRef ids = json_read_member(body, "ids"), filter = json_read_member(body, "filter");
	if (json_read_is_given(ids) == json_read_is_given(filter))
		return err_set(err, ERR_INVALID, "say which answers: either ids or filter");
	return json_read_is_given(ids) ? ids_read(rq, ids, in, err)
	                               : filter_read(rq, body, ar, err);
}

static bool do_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct action_request *ar = input;
	return action_apply(tx, &ar->input, err);
}

static void put_ids(struct json_writer *w, const struct action_input *in)
{
	json_put_list(w);
	for (size_t i = 0; i < in->changed_count; i++)
		json_put_id(w, in->changed[i]);
	json_put_list_end(w);
}

static enum action opposite(enum action what)
{
	switch (what) {
	case ACTION_TAG:
		return ACTION_UNTAG;
	case ACTION_UNTAG:
		return ACTION_TAG;
	case ACTION_STAR:
		return ACTION_UNSTAR;
	case ACTION_UNSTAR:
		return ACTION_STAR;
	case ACTION_EXCLUDE:
	case ACTION_INCLUDE:
	case ACTION_TEST:
	case ACTION_DELETE:
	case ACTION_RESTORE:
	case ACTION_PURGE:
	case ACTION_COUNT:
		break;
	}
	return ACTION_RESTORE;
}

/* As long as nobody has changed it again since. */
static enum response_state state_left(enum action what)
{
	if (what == ACTION_EXCLUDE)
		return RESPONSE_EXCLUDED;
	if (what == ACTION_DELETE)
		return RESPONSE_DELETED;
	return what == ACTION_TEST ? RESPONSE_TEST : 0;
}

/* The body that takes it back. */
static void put_undo(struct json_writer *w, const struct action_input *in)
{
	enum response_state from = state_left(in->what);
	if (in->what == ACTION_PURGE || in->changed_count == 0) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "action", str_of(action_name(opposite(in->what))));
	if (in->what == ACTION_TAG || in->what == ACTION_UNTAG)
		json_put_key_text(w, "tag", in->tag_shown);
	if (from)
		json_put_key_text(w, "from", str_of(response_state_name(from)));
	json_put_key(w, STR("ids"));
	put_ids(w, in);
	json_put_dict_end(w);
}

static bool action_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct action_request *ar = rq->input;
	const struct action_input *in = &ar->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key(w, STR("changed"));
	put_ids(w, in);
	json_put_key_i64(w, "same", (int64_t)in->same);
	json_put_key_i64(w, "missing", (int64_t)in->missing);
	json_put_key_text(w, "next_cursor", ar->cursor);
	json_put_key(w, STR("undo"));
	put_undo(w, in);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route action_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/responses/actions",
	  .operation = "actOnResponses",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = action_prepare,
	  .apply = do_apply,
	  .reply = action_reply },
};
const size_t action_route_count = sizeof action_routes / sizeof action_routes[0];
