/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/audit.h"
#include "account/reply_json.h"
#include "account/workspace.h"
#include "base/zone.h"

static bool reply_workspace(struct request *rq, struct reply *rp, const struct workspace *workspace,
                            struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_id(w, "id", workspace->id);
	json_put_key_text(w, "name", workspace->name);
	json_put_key_text(w, "time_zone", workspace->time_zone);
	json_put_key_i64(w, "week_start", workspace->week_start);
	json_put_key_bool(w, "demo", workspace->demo);
	json_put_key_bool(w, "two_step_for_all", workspace->wants_second_step);
	json_put_key_text(w, "personal_data", str_of(personal_mode_name(workspace->personal_data)));
	json_put_key_time(w, "created_at", workspace->created_at);
	json_put_key(w, STR("settings"));
	workspace_settings_write(w, &workspace->settings);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

bool workspace_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct workspace workspace;
	return workspace_find(rq->db, rq->caller.workspace, rq->arena, &workspace, err) &&
	       reply_workspace(rq, rp, &workspace, err);
}

struct patch {
	struct workspace_change change;
	Str actor, what;
	struct arena *arena;
	struct workspace workspace; /* result */
};

static bool personal_read(JsonRef ref, struct workspace_change *out, struct err *err)
{
	Str mode = { 0 };
	if (!json_read_text_if_given(ref, 32, &mode, err))
		return false;
	out->has_personal_data = mode.at != NULL;
	return !mode.at || personal_mode_find(mode, &out->personal_data) ||
	       err_at(err, ERR_INVALID, ref.path, "must be off, on_display or at_rest");
}

static bool change_read(struct arena *a, JsonRef body, struct workspace_change *out,
                        struct err *err)
{
	struct workspace_settings settings;
	const struct zone *zone;
	JsonRef week = json_read_member(body, "week_start");
	JsonRef second = json_read_member(body, "two_step_for_all");
	JsonRef time_zone = json_read_member(body, "time_zone");
	int64_t day = 0;
	workspace_settings_default(&settings);
	out->settings = json_read_member(body, "settings");
	out->has_second_step = json_read_is_given(second);
	out->has_week_start = json_read_is_given(week);
	if (!json_read_text_if_given(json_read_member(body, "name"), WORKSPACE_NAME_MAX, &out->name,
	                             err) ||
	    !json_read_text_if_given(time_zone, 64, &out->time_zone, err) ||
	    !json_read_i64_if_given(week, 0, 6, &day, err) ||
	    !json_read_bool_if_given(second, &out->wants_second_step, err) ||
	    !personal_read(json_read_member(body, "personal_data"), out, err) ||
	    (json_read_is_given(out->settings) &&
	     !workspace_settings_read(out->settings, &settings, err)))
		return false;
	if (out->time_zone.at && !zone_load(a, out->time_zone, &zone, err))
		return err_at(err, ERR_INVALID, time_zone.path,
		              "must be the name of a time zone such as Europe/Berlin");
	out->week_start = (int)day;
	return true;
}

/* "time_zone, settings.edit_days": what the audit log says was changed. */
static void add_names(struct buf *out, JsonRef dict, const char *before)
{
	size_t position = 0;
	Str name;
	JsonRef value;
	while (json_read_next(dict, &position, &name, &value)) {
		if (json_read_kind(value) == JSON_DICT) {
			add_names(out, value, "settings.");
			continue;
		}
		buf_printf(out, "%s%s%.*s", out->len ? ", " : "", before, STR_FMT(name));
	}
}

static Str members_named(struct arena *a, JsonRef body)
{
	struct buf *out = buf_in(a, 512);
	add_names(out, body, "");
	return out->len ? buf_str(out) : STR("");
}

bool workspace_patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name",       "time_zone",
		                             "week_start", "two_step_for_all",
		                             "settings",   "personal_data",
		                             NULL };
	struct patch *in = ARENA_NEW(rq->arena, struct patch);
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) || !change_read(rq->arena, body, &in->change, err))
		return false;
	in->actor = rq->caller.name;
	in->what = members_named(rq->arena, body);
	in->arena = rq->arena;
	rq->input = in;
	return true;
}

bool workspace_patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct patch *in = input;
	return workspace_update(tx, &in->change, in->arena, &in->workspace, err) &&
	       audit_write(tx, in->actor, STR("workspace.change"), in->workspace.name, in->what,
	                   err);
}

bool workspace_patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct patch *in = rq->input;
	return reply_workspace(rq, rp, &in->workspace, err);
}
