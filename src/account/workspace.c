/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/workspace.h"

#include <string.h>

#include "account/workspace.sql.h"
#include "base/fold.h"
#include "base/language.h"
#include "base/zone.h"
#include "db/list.h"

#define ORIGIN_MAX 255

const char *personal_mode_name(enum personal_mode mode)
{
	switch (mode) {
#define MODE_NAME(mode, number, name) \
	case mode:                    \
		return name;
		PERSONAL_MODES(MODE_NAME)
#undef MODE_NAME
	}
	return "off";
}

bool personal_mode_find(Str name, enum personal_mode *out)
{
	for (int mode = PERSONAL_OFF; mode <= PERSONAL_AT_REST; mode++)
		if (str_eq(name, str_of(personal_mode_name((enum personal_mode)mode)))) {
			*out = (enum personal_mode)mode;
			return true;
		}
	return false;
}

void workspace_settings_default(struct workspace_settings *out)
{
	*out = (struct workspace_settings){ .edit_days = WORKSPACE_EDIT_DAYS };
}

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool workspace_is_origin(Str text)
{
	bool https = str_starts(text, STR("https://"));
	if (text.len > ORIGIN_MAX || (!https && !str_starts(text, STR("http://"))))
		return false;
	Str host = str_from(text, https ? 8 : 7), port = { NULL, 0 };
	size_t colon = str_find_char(host, ':', 0);
	if (colon != SIZE_MAX) {
		port = str_from(host, colon + 1);
		host = str_slice(host, 0, colon);
	}
	int64_t number = 1;
	if (port.at && (!str_to_i64(port, &number) || number < 1 || number > 65535))
		return false;
	if (https && str_starts(host, STR("*.")))
		host = str_from(host, 2);
	for (size_t i = 0; i < host.len; i++)
		if (!is_host_char(host.at[i]))
			return false;
	return host.len > 0 && is_host_char(host.at[0]) && host.at[0] != '.' && host.at[0] != '-';
}

static bool read_ancestors(JsonRef list, struct workspace_settings *s, struct err *err)
{
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, FRAME_ANCESTORS_MAX, err))
		return false;
	s->frame_ancestor_count = 0;
	for (size_t i = 0; i < json_read_count(list); i++) {
		JsonRef item = json_read_item(list, i);
		Str origin;
		if (!json_read_text(item, ORIGIN_MAX, &origin, err))
			return false;
		if (!workspace_is_origin(origin))
			return err_at(err, ERR_INVALID, item.path,
			              "must be an origin such as https://www.example.com");
		s->frame_ancestors[s->frame_ancestor_count++] = origin;
	}
	return true;
}

static bool read_languages(JsonRef list, struct workspace_settings *s, struct err *err)
{
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, WORKSPACE_LANGUAGES_MAX, err))
		return false;
	s->language_count = 0;
	for (size_t i = 0; i < json_read_count(list); i++) {
		JsonRef item = json_read_item(list, i);
		Str tag;
		if (!json_read_text(item, LANGUAGE_TAG_MAX, &tag, err))
			return false;
		if (!language_is_tag(tag))
			return err_at(err, ERR_INVALID, item.path,
			              "must be a language such as en or pt-BR");
		s->languages[s->language_count++] = tag;
	}
	return true;
}

bool workspace_settings_read(JsonRef dict, struct workspace_settings *out, struct err *err)
{
	static const char *const names[] = { "edit_days", "count_only_after_tap", "frame_ancestors",
		                             "languages", NULL };
	struct workspace_settings s = *out;
	if (!json_read_dict(dict, err) || !json_read_only(dict, names, err) ||
	    !json_read_i64_if_given(json_read_member(dict, "edit_days"), 0, 3650, &s.edit_days,
	                            err) ||
	    !json_read_bool_if_given(json_read_member(dict, "count_only_after_tap"),
	                             &s.count_only_after_tap, err) ||
	    !read_ancestors(json_read_member(dict, "frame_ancestors"), &s, err) ||
	    !read_languages(json_read_member(dict, "languages"), &s, err))
		return false;
	*out = s;
	return true;
}

void workspace_settings_write(struct json_writer *w, const struct workspace_settings *s)
{
	json_put_dict(w);
	json_put_key_i64(w, "edit_days", s->edit_days);
	json_put_key_bool(w, "count_only_after_tap", s->count_only_after_tap);
	json_put_key(w, STR("frame_ancestors"));
	json_put_list(w);
	for (size_t i = 0; i < s->frame_ancestor_count; i++)
		json_put_text(w, s->frame_ancestors[i]);
	json_put_list_end(w);
	json_put_key(w, STR("languages"));
	json_put_list(w);
	for (size_t i = 0; i < s->language_count; i++)
		json_put_text(w, s->languages[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
}

static bool settings_parse(struct arena *a, Str text, struct workspace_settings *out,
                           struct err *err)
{
	JsonRef dict;
	workspace_settings_default(out);
	if (json_read(a, text, &dict, err) && workspace_settings_read(dict, out, err))
		return true;
	err->kind = ERR_CORRUPT;
	return err_prefix(err, "the settings of the workspace cannot be read");
}

static Str settings_text(struct arena *a, const struct workspace_settings *s)
{
	struct buf buf;
	struct json_writer w;
	buf_init(&buf, WORKSPACE_SETTINGS_MAX);
	json_put_start(&w, &buf);
	workspace_settings_write(&w, s);
	Str text = str_copy(a, buf_str(&buf));
	buf_free(&buf);
	return text;
}

static bool read_workspace(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct workspace w = {
		.id = db_i64(rows, 0),
		.name = db_text(rows, 1, a),
		.time_zone = db_text(rows, 2, a),
		.week_start = (int)db_i64(rows, 3),
		.demo = db_i64(rows, 4) != 0,
		.created_at = db_i64(rows, 6),
		.wants_second_step = db_i64(rows, 7) != 0,
		.personal_data = (enum personal_mode)db_i64(rows, 8),
	};
	if (!settings_parse(a, db_text(rows, 5, a), &w.settings, err))
		return false;
	*(struct workspace *)out = w;
	return true;
}

static bool find(struct db *db, int64_t workspace, struct arena *a, struct workspace *out,
                 bool *found, struct err *err)
{
	return db_one(db, &sql_workspace_find, DB_ARGS(db_arg_i64(workspace)), read_workspace, out,
	              a, found, err);
}

bool workspace_find(struct db *db, int64_t workspace, struct arena *a, struct workspace *out,
                    struct err *err)
{
	bool found;
	if (!find(db, workspace, a, out, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no such workspace");
}

bool workspace_wants_second_step(struct db *db, int64_t workspace, bool *out, struct err *err)
{
	int64_t wants;
	if (!db_one_i64(db, &sql_workspace_wants_second_step, DB_ARGS(db_arg_i64(workspace)), 0,
	                &wants, err))
		return false;
	*out = wants != 0;
	return true;
}

bool workspace_personal_mode(struct db *db, int64_t workspace, enum personal_mode *out,
                             struct err *err)
{
	int64_t mode;
	if (!db_one_i64(db, &sql_workspace_personal_mode, DB_ARGS(db_arg_i64(workspace)),
	                PERSONAL_OFF, &mode, err))
		return false;
	*out = (enum personal_mode)mode;
	return true;
}

static bool read_name_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct workspace_row *)out =
	    (struct workspace_row){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

bool workspace_zone(struct db *db, int64_t workspace, struct arena *a, const struct zone **out,
                    struct err *err)
{
	struct workspace w;
	return workspace_find(db, workspace, a, &w, err) && zone_load(a, w.time_zone, out, err);
}

bool workspace_find_by_name(struct db *db, Str name, struct arena *a, struct workspace *out,
                            struct err *err)
{
	struct workspace_row row;
	bool found;
	if (!db_one(db, &sql_workspace_name_find,
	            DB_ARGS(db_arg_text(fold_text(a, str_trim(name)))), read_name_row, &row, a,
	            &found, err) ||
	    (found && !find(db, row.id, a, out, &found, err)))
		return false;
	return found ||
	       err_set(err, ERR_NOT_FOUND, "there is no workspace \"%.*s\"", STR_FMT(name));
}

bool workspace_list(struct db *db, struct arena *a, struct workspace_row **out, size_t *count,
                    struct err *err)
{
	void *items;
	if (!db_list(db, &sql_workspace_name_list, DB_NO_ARGS, read_name_row, sizeof **out, a,
	             &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool name_check(Str name, struct err *err)
{
	if (name.len == 0 || name.len > WORKSPACE_NAME_MAX)
		return err_at(err, ERR_INVALID, "/name", "a workspace's name has 1 to %d bytes",
		              WORKSPACE_NAME_MAX);
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < 0x20)
			return err_at(err, ERR_INVALID, "/name",
			              "a workspace's name has no control characters");
	return true;
}

static bool taken(Str name, struct err *err)
{
	return err_at(err, ERR_CONFLICT, "/name", "there is a workspace \"%.*s\" already",
	              STR_FMT(name));
}

bool workspace_reserve(struct db_tx *tx, void *input, struct err *err)
{
	struct workspace_new *new = input;
	struct workspace_row row;
	Str name = str_trim(new->name), folded = fold_text(tx->arena, name);
	bool found;
	if (!name_check(name, err) ||
	    !db_one(tx->db, &sql_workspace_name_find, DB_ARGS(db_arg_text(folded)), read_name_row,
	            &row, tx->arena, &found, err))
		return false;
	int64_t id = found ? row.id : tx_new_id(tx), added = 1;
	if (!found &&
	    !db_exec(tx->db, &sql_workspace_name_reserve,
	             DB_ARGS(db_arg_text(folded), db_arg_i64(id), db_arg_text(name)), &added, err))
		return false;
	if (added == 0)
		return taken(name, err);
	new->id = id;
	return true;
}

bool workspace_fill(struct db_tx *tx, void *input, struct err *err)
{
	const struct workspace_new *new = input;
	struct workspace_settings settings;
	int64_t added;
	workspace_settings_default(&settings);
	if (!db_exec(tx->db, &sql_workspace_insert,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(str_trim(new->name)),
	                     db_arg_text(new->time_zone), db_arg_i64(new->week_start),
	                     db_arg_bool(new->demo),
	                     db_arg_text(settings_text(tx->arena, &settings)), db_arg_i64(tx->now)),
	             &added, err))
		return false;
	if (added == 0)
		return taken(new->name, err);
	if (!db_exec(tx->db, &sql_workspace_rev_insert, DB_ARGS(db_arg_i64(tx->workspace)), NULL,
	             err))
		return false;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return true;
}

/* Gives the new name to the list of names first: that is where another workspace may stand in the way. */
static bool rename_to(struct db_tx *tx, const struct workspace *old, Str name, struct err *err)
{
	Str from = fold_text(tx->arena, old->name), to = fold_text(tx->arena, name);
	int64_t changed;
	if (!name_check(name, err))
		return false;
	if (str_eq(from, to))
		return db_exec(tx->db, &sql_workspace_name_retype,
		               DB_ARGS(db_arg_text(to), db_arg_i64(old->id), db_arg_text(name)),
		               NULL, err);
	if (!db_exec(tx->db, &sql_workspace_name_reserve,
	             DB_ARGS(db_arg_text(to), db_arg_i64(old->id), db_arg_text(name)), &changed,
	             err))
		return false;
	if (changed == 0)
		return taken(name, err);
	return db_exec(tx->db, &sql_workspace_name_drop,
	               DB_ARGS(db_arg_text(from), db_arg_i64(old->id)), NULL, err);
}

bool workspace_update(struct db_tx *tx, const struct workspace_change *change, struct arena *a,
                      struct workspace *out, struct err *err)
{
	struct workspace w;
	if (!workspace_find(tx->db, tx->workspace, a, &w, err))
		return false;
	if (change->name.at) {
		Str name = str_trim(change->name);
		if (!str_eq(name, w.name) && !rename_to(tx, &w, name, err))
			return false;
		w.name = name;
	}
	if (change->time_zone.at)
		w.time_zone = change->time_zone;
	if (change->has_week_start)
		w.week_start = change->week_start;
	if (change->has_second_step) {
		w.wants_second_step = change->wants_second_step;
		if (!db_exec(tx->db, &sql_workspace_set_second_step,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_bool(w.wants_second_step)),
		             NULL, err))
			return false;
	}
	if (change->has_personal_data) {
		w.personal_data = change->personal_data;
		if (!db_exec(tx->db, &sql_workspace_set_personal_mode,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(w.personal_data)), NULL,
		             err))
			return false;
	}
	if (json_read_is_given(change->settings) &&
	    !workspace_settings_read(change->settings, &w.settings, err))
		return false;
	if (!db_exec(tx->db, &sql_workspace_update,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(w.name),
	                     db_arg_text(w.time_zone), db_arg_i64(w.week_start),
	                     db_arg_text(settings_text(tx->arena, &w.settings))),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	*out = w;
	return true;
}
