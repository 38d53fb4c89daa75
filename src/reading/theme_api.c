/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/theme_api.h"

#include "account/reply_json.h"
#include "base/utf8.h"
#include "db/id.h"
#include "reading/theme_change.h"
#include "survey/team_scope.h"
#include "text/theme_names.h"

#define BODY_MAX 32768

static void put_industries(struct json_writer *w, unsigned bits)
{
	json_put_list(w);
	for (unsigned i = 0; i < INDUSTRY_COUNT; i++)
		if (bits & 1U << i)
			json_put_text(w, industry_key((enum industry)i));
	json_put_list_end(w);
}

/* recent -1: not told. */
static void put_theme(struct json_writer *w, const struct workspace_theme *t, int64_t recent)
{
	json_put_dict(w);
	json_put_key_id(w, "id", t->id);
	theme_names_put(w, t->code, t->name, t->renamed);
	json_put_key_bool(w, "renamed", t->renamed);
	json_put_key_text(w, "state", theme_state_name(t->state));
	json_put_key(w, STR("industries"));
	put_industries(w, t->industries);
	json_put_key_text(w, "description", t->description);
	json_put_key_text(w, "seeds", t->seeds);
	json_put_key_id(w, "merged_into", t->merged_into);
	json_put_key(w, STR("recent"));
	if (recent < 0)
		json_put_null(w);
	else
		json_put_i64(w, recent);
	json_put_dict_end(w);
}

/* How many comments speak of it is told to whoever sees all answers alone. */
static bool themes_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct workspace_theme *all;
	struct theme_recent recent;
	size_t count;
	bool whole;
	if (!team_scope_covers_all(rq, &whole, err) ||
	    !theme_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err) ||
	    !theme_recent(rq->db, rq->arena, rq->caller.workspace, all, count, &recent, err))
		return false;
	json_put_dict(w);
	json_put_key_i64_if(w, "recent_comments", whole, (int64_t)recent.comments);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_theme(w, &all[i], whole ? recent.of[i] : -1);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool theme_read_one(struct request *rq, struct reply *rp, struct err *err)
{
	const struct reading_room *room = rq->room;
	struct json_writer *w = reply_json(rq);
	struct workspace_theme t;
	int64_t id;
	if (!request_param_id(rq, "theme", &id, err) ||
	    !theme_find(rq->db, rq->arena, rq->caller.workspace, id, &t, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("theme"));
	put_theme(w, &t, -1);
	json_put_key_text(w, "shipped_words",
	                  theme_shipped_words(rq->arena, room->taxonomy, t.code));
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

bool theme_name_read(JsonRef ref, Str *out, struct err *err)
{
	if (!json_read_text(ref, THEME_NAME_MAX, out, err))
		return false;
	*out = str_trim(*out);
	if (out->len == 0)
		return err_at(err, ERR_INVALID, ref.path, "must not be empty");
	for (size_t i = 0; i < out->len; i++)
		if ((unsigned char)out->at[i] < 0x20)
			return err_at(err, ERR_INVALID, ref.path, "must be one line of text");
	return true;
}

/* null and "" take it away. */
static bool description_read(JsonRef ref, Str *out, struct err *err)
{
	if (json_read_kind(ref) == JSON_NULL_VALUE)
		*out = STR("");
	if (!json_read_text_if_given(ref, THEME_DESCRIPTION_MAX, out, err))
		return false;
	if (out->at)
		*out = str_trim(*out);
	return true;
}

static bool seeds_read(struct request *rq, JsonRef ref, struct theme_change *in, struct err *err)
{
	const struct reading_room *room = rq->room;
	struct workspace_theme *all;
	size_t count;
	return json_read_text(ref, THEME_SEEDS_MAX, &in->seeds, err) &&
	       theme_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err) &&
	       theme_seeds_check(rq->arena, room->taxonomy, all, count, in->id, in->seeds, err);
}

/* A theme is the whole workspace's. */
static bool begin(struct request *rq, struct theme_change **out, struct err *err)
{
	struct theme_change *in = ARENA_NEW(rq->arena, struct theme_change);
	bool whole;
	rq->input = in;
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	*out = in;
	if (!team_scope_covers_all(rq, &whole, err))
		return false;
	return whole ||
	       err_set(err, ERR_DENIED, "only those who see all answers may change themes");
}

static bool post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name", "seeds", "description", NULL };
	struct theme_change *in;
	JsonRef body;
	return begin(rq, &in, err) && json_read(rq->arena, rq->body, &body, err) &&
	       json_read_only(body, names, err) &&
	       theme_name_read(json_read_member(body, "name"), &in->name, err) &&
	       description_read(json_read_member(body, "description"), &in->description, err) &&
	       seeds_read(rq, json_read_member(body, "seeds"), in, err);
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name",       "seeds",   "description", "shown",
		                             "merge_into", "unmerge", "restore",     NULL };
	struct theme_change *in;
	JsonRef body;
	if (!begin(rq, &in, err) || !request_param_id(rq, "theme", &in->id, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	JsonRef name = json_read_member(body, "name"), seeds = json_read_member(body, "seeds"),
		shown = json_read_member(body, "shown");
	in->sets_shown = json_read_is_given(shown);
	return json_read_bool_if_given(shown, &in->shown, err) &&
	       json_read_bool_if_given(json_read_member(body, "unmerge"), &in->unmerges, err) &&
	       json_read_bool_if_given(json_read_member(body, "restore"), &in->restores, err) &&
	       id_read_if_given(json_read_member(body, "merge_into"), "must be the id of a theme",
	                        &in->merge_into, err) &&
	       description_read(json_read_member(body, "description"), &in->description, err) &&
	       (!json_read_is_given(name) || theme_name_read(name, &in->name, err)) &&
	       (!json_read_is_given(seeds) || seeds_read(rq, seeds, in, err));
}

static bool delete_prepare(struct request *rq, struct err *err)
{
	struct theme_change *in;
	if (!begin(rq, &in, err))
		return false;
	in->dismisses = true;
	return request_param_id(rq, "theme", &in->id, err);
}

static bool reply(struct request *rq, struct reply *rp, int status, struct err *err)
{
	const struct theme_change *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_theme(w, &in->theme, -1);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply(rq, rp, 201, err);
}

static bool patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply(rq, rp, 200, err);
}

const struct route theme_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/themes",
	  .operation = "listThemes",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = themes_read },
	{ .method = "POST",
	  .path = "/api/v1/themes",
	  .operation = "createTheme",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = theme_change,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/themes/{theme}",
	  .operation = "getThemeWords",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = theme_read_one },
	{ .method = "PATCH",
	  .path = "/api/v1/themes/{theme}",
	  .operation = "changeTheme",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = theme_change,
	  .reply = patch_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/themes/{theme}",
	  .operation = "deleteTheme",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = delete_prepare,
	  .apply = theme_change,
	  .reply = reply_nothing },
};
const size_t theme_route_count = sizeof theme_routes / sizeof theme_routes[0];
