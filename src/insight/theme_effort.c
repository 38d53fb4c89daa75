/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_effort.h"

#include "account/audit.h"
#include "db/list.h"
#include "insight/theme_effort.sql.h"
#include "reading/theme.h"

static const struct {
	enum theme_effort effort;
	const char *name;
} efforts[] = {
#define EFFORT_ROW(effort, number, name) { effort, name },
	THEME_EFFORTS(EFFORT_ROW)
#undef EFFORT_ROW
};
#define EFFORT_COUNT (sizeof efforts / sizeof efforts[0])

Str theme_effort_name(enum theme_effort e)
{
	for (size_t i = 1; i < EFFORT_COUNT; i++)
		if (efforts[i].effort == e)
			return str_of(efforts[i].name);
	return (Str){ 0 };
}

bool theme_effort_find(Str name, enum theme_effort *out)
{
	for (size_t i = 1; i < EFFORT_COUNT; i++)
		if (str_eq(str_of(efforts[i].name), name)) {
			*out = efforts[i].effort;
			return true;
		}
	return false;
}

static bool row_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct theme_effort_row *)out =
	    (struct theme_effort_row){ db_i64(rows, 0), (enum theme_effort)db_i64(rows, 1) };
	return true;
}

bool theme_effort_list(struct db *db, struct arena *a, int64_t workspace,
                       struct theme_effort_row **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_theme_effort_list, DB_ARGS(db_arg_i64(workspace)), row_read,
	             sizeof(struct theme_effort_row), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool theme_effort_set(struct db_tx *tx, void *theme_effort_input, struct err *err)
{
	const struct theme_effort_input *in = theme_effort_input;
	struct workspace_theme theme;
	if (!theme_find(tx->db, in->arena, tx->workspace, in->theme, &theme, err))
		return false;
	bool ok =
	    in->effort == EFFORT_UNKNOWN
		? db_exec(tx->db, &sql_theme_effort_delete,
	                  DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->theme)), NULL, err)
		: db_exec(tx->db, &sql_theme_effort_put,
	                  DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->theme),
	                          db_arg_i64(in->effort), db_arg_text(in->actor),
	                          db_arg_i64(tx->now)),
	                  NULL, err);
	Str name = theme_effort_name(in->effort);
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return ok && audit_write(tx, in->actor, STR("theme.effort"), theme.name,
	                         name.at ? name : STR(""), err);
}
