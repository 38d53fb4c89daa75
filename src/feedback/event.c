/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/event.h"

#include <inttypes.h>

#include "db/list.h"
#include "feedback/event.sql.h"

static const char *const names[] = {
#define EVENT_NAME(kind, number, name) [number] = name,
	EVENT_KINDS(EVENT_NAME)
#undef EVENT_NAME
};

const char *event_name(enum event_kind kind)
{
	return names[kind];
}

bool event_find(Str name, enum event_kind *out)
{
	for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum event_kind)i;
			return true;
		}
	return false;
}

bool event_insert(struct db_tx *tx, const struct event *event, struct err *err)
{
	return db_exec(tx->db, &sql_event_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(event->response_id),
	                       db_arg_i64(event->id), db_arg_i64(event->at),
	                       db_arg_text(event->actor), db_arg_i64(event->what),
	                       db_arg_text_or_null(event->detail)),
	               NULL, err);
}

bool event_add(struct db_tx *tx, int64_t response, Str actor, enum event_kind what, Str detail,
               struct err *err)
{
	struct event event = { tx_new_id(tx), response, tx->now, actor, what, detail };
	tx_changed(tx, CHANGE_RESPONSE, response);
	return event_insert(tx, &event, err);
}

static bool event_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	int64_t what = db_i64(rows, 4);
	if (what < EVENT_TAGGED || what > EVENT_NOTE_RESTORED)
		return err_set(err, ERR_CORRUPT, "an answer has the unknown event %" PRId64, what);
	*(struct event *)out = (struct event){
		.response_id = db_i64(rows, 0),
		.id = db_i64(rows, 1),
		.at = db_i64(rows, 2),
		.actor = db_text(rows, 3, a),
		.what = (enum event_kind)what,
		.detail = db_text(rows, 5, a),
	};
	return true;
}

bool event_list(struct db *db, struct arena *a, int64_t workspace, int64_t after, int64_t last,
                struct event **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_event_list,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(after), db_arg_i64(last)), event_row,
	             sizeof(struct event), a, &items, count, err))
		return false;
	*out = items;
	return true;
}
