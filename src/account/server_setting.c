/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/server_setting.h"

#include "account/server_setting.sql.h"

static bool read_value(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(Str *)out = db_text(rows, 0, a);
	return true;
}

bool server_setting_find(struct db *db, Str name, struct arena *a, Str *value, struct err *err)
{
	bool found;
	*value = (Str){ NULL, 0 };
	return db_one(db, &sql_server_setting_find, DB_ARGS(db_arg_text(name)), read_value, value,
	              a, &found, err);
}

bool server_setting_set(struct db_tx *tx, Str name, Str value, struct err *err)
{
	if (!value.at)
		return db_exec(tx->db, &sql_server_setting_drop, DB_ARGS(db_arg_text(name)), NULL,
		               err);
	return db_exec(tx->db, &sql_server_setting_set,
	               DB_ARGS(db_arg_text(name), db_arg_text(value)), NULL, err);
}
