/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/touchpoint.h"

#include "account/audit.h"
#include "db/list.h"
#include "survey/touchpoint.sql.h"

static bool touchpoint_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct touchpoint *)out = (struct touchpoint){
		.id = db_i64(rows, 0),
		.code = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.position = (int)db_i64(rows, 3),
	};
	return true;
}

bool touchpoint_list(struct db *db, struct arena *a, int64_t workspace, struct touchpoint **out,
                     size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_touchpoint_list, DB_ARGS(db_arg_i64(workspace)), touchpoint_row,
	             sizeof(struct touchpoint), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool touchpoint_find_by_code(struct db *db, struct arena *a, int64_t workspace, Str code,
                             bool *found, struct touchpoint *out, struct err *err)
{
	return db_one(db, &sql_touchpoint_find_by_code,
	              DB_ARGS(db_arg_i64(workspace), db_arg_text(code)), touchpoint_row, out, a,
	              found, err);
}

static const struct touchpoint *find(const struct touchpoint *all, size_t count, Str code)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(all[i].code, code))
			return &all[i];
	return NULL;
}

static bool code_is_valid(Str code)
{
	for (size_t i = 0; i < code.len; i++)
		if (!((code.at[i] >= 'a' && code.at[i] <= 'z') ||
		      (code.at[i] >= '0' && code.at[i] <= '9') || code.at[i] == '_'))
			return false;
	return code.len > 0;
}

static bool step_read(JsonRef item, struct touchpoint *t, struct err *err)
{
	static const char *const names[] = { "code", "name", NULL };
	JsonRef code = json_read_member(item, "code"), name = json_read_member(item, "name");
	if (!json_read_only(item, names, err) ||
	    !json_read_text(code, TOUCHPOINT_CODE_MAX, &t->code, err) ||
	    !json_read_text(name, TOUCHPOINT_NAME_MAX, &t->name, err))
		return false;
	if (!code_is_valid(t->code))
		return err_at(err, ERR_INVALID, code.path, "must be made of a-z, 0-9 and _");
	t->name = str_trim(t->name);
	return t->name.len || err_at(err, ERR_INVALID, name.path, "must not be empty");
}

bool touchpoints_read(struct arena *a, JsonRef list, struct touchpoint_input *out, struct err *err)
{
	if (!json_read_list(list, TOUCHPOINTS_MAX, err))
		return false;
	size_t count = json_read_count(list);
	struct touchpoint *all = ARENA_ARRAY(a, struct touchpoint, count);
	for (size_t i = 0; i < count; i++) {
		JsonRef item = json_read_item(list, i);
		if (!step_read(item, &all[i], err))
			return false;
		if (find(all, i, all[i].code))
			return err_at(err, ERR_INVALID, json_read_member(item, "code").path,
			              "is there twice");
	}
	out->journey = all;
	out->count = count;
	return true;
}

/* Refuses before anything is written. */
static bool may_go(struct db_tx *tx, const struct touchpoint *t, struct err *err)
{
	int64_t used;
	if (!db_one_i64(tx->db, &sql_touchpoint_is_used,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(t->id)), 0, &used, err))
		return false;
	return !used || err_set(err, ERR_CONFLICT,
	                        "the touchpoint \"%.*s\" is used by a survey and cannot go",
	                        STR_FMT(t->code));
}

static bool place(struct db_tx *tx, const struct touchpoint *old, const struct touchpoint *new,
                  size_t position, struct err *err)
{
	if (old)
		return db_exec(tx->db, &sql_touchpoint_update,
		               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(old->id),
		                       db_arg_text(new->name), db_arg_i64((int64_t)position)),
		               NULL, err);
	return db_exec(tx->db, &sql_touchpoint_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx_new_id(tx)),
	                       db_arg_text(new->code), db_arg_text(new->name),
	                       db_arg_i64((int64_t)position)),
	               NULL, err);
}

bool touchpoint_save(struct db_tx *tx, void *input, struct err *err)
{
	struct touchpoint_input *in = input;
	struct touchpoint *old;
	size_t old_count;
	if (!touchpoint_list(tx->db, tx->arena, tx->workspace, &old, &old_count, err))
		return false;
	for (size_t i = 0; i < old_count; i++)
		if (!find(in->journey, in->count, old[i].code) && !may_go(tx, &old[i], err))
			return false;
	for (size_t i = 0; i < old_count; i++)
		if (!find(in->journey, in->count, old[i].code) &&
		    !db_exec(tx->db, &sql_touchpoint_delete,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(old[i].id)), NULL, err))
			return false;
	for (size_t i = 0; i < in->count; i++)
		if (!place(tx, find(old, old_count, in->journey[i].code), &in->journey[i], i, err))
			return false;
	tx_changed(tx, CHANGE_TOUCHPOINT, 0);
	return audit_write(tx, in->actor.at ? in->actor : AUDIT_COMMAND_LINE,
	                   STR("touchpoints.change"), STR(""), STR(""), err) &&
	       touchpoint_list(tx->db, in->arena, tx->workspace, &in->result, &in->result_count,
	                       err);
}
