/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/tag.h"

#include <inttypes.h>

#include "account/audit.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "db/list.h"
#include "feedback/event.h"
#include "feedback/tag.sql.h"

static bool has_control(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7f)
			return true;
	return false;
}

bool tag_name_read(struct arena *a, Str typed, const char *path, struct tag_name *out,
                   struct err *err)
{
	Str text = fold_nfc(a, str_trim(typed)), folded = fold_text(a, text);
	if (folded.len == 0)
		return err_at(err, ERR_INVALID, path, "must not be empty");
	if (utf8_count(text) > TAG_NAME_MAX)
		return err_at(err, ERR_INVALID, path, "must be at most %d characters",
		              TAG_NAME_MAX);
	if (has_control(text))
		return err_at(err, ERR_INVALID, path, "must be one line of text");
	*out = (struct tag_name){ text, folded };
	return true;
}

static bool tag_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct tag *)out = (struct tag){ db_i64(rows, 0), db_text(rows, 1, a), db_i64(rows, 2) };
	return true;
}

bool tag_list(struct db *db, struct arena *a, int64_t workspace, struct tag **out, size_t *count,
              struct err *err)
{
	void *items;
	if (!db_list(db, &sql_tag_list, DB_ARGS(db_arg_i64(workspace)), tag_row, sizeof(struct tag),
	             a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool tag_find(struct db *db, struct arena *a, int64_t workspace, int64_t id, struct tag *out,
              struct err *err)
{
	bool found;
	struct tag tag;
	if (!db_one(db, &sql_tag_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), tag_row,
	            &tag, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "There is no tag of that id.");
	*out = tag;
	return true;
}

bool tag_find_by_name(struct db *db, int64_t workspace, Str folded, int64_t *id, struct err *err)
{
	return db_one_i64(db, &sql_tag_by_name, DB_ARGS(db_arg_i64(workspace), db_arg_text(folded)),
	                  0, id, err);
}

static bool name_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct tag *)out = (struct tag){ .id = db_i64(rows, 0), .name = db_text(rows, 1, a) };
	return true;
}

static bool by_name(struct db_tx *tx, Str folded, bool *found, struct tag *out, struct err *err)
{
	return db_one(tx->db, &sql_tag_by_name,
	              DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(folded)), name_row, out,
	              tx->arena, found, err);
}

bool tag_upsert(struct db_tx *tx, const struct tag_name *name, struct tag *out, struct err *err)
{
	int64_t count;
	bool found;
	struct tag tag = { 0 };
	if (!by_name(tx, name->folded, &found, &tag, err))
		return false;
	if (!found) {
		if (!db_one_i64(tx->db, &sql_tag_count, DB_ARGS(db_arg_i64(tx->workspace)), 0,
		                &count, err))
			return false;
		if (count >= TAGS_MAX)
			return err_set(err, ERR_CONFLICT,
			               "there are %d tags already; use or delete some of them",
			               TAGS_MAX);
		if (!db_exec(tx->db, &sql_tag_insert,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx_new_id(tx)),
		                     db_arg_text(name->text), db_arg_text(name->folded),
		                     db_arg_i64(tx->now)),
		             NULL, err) ||
		    !by_name(tx, name->folded, &found, &tag, err))
			return false;
		tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	}
	*out = tag;
	return true;
}

bool tag_give(struct db_tx *tx, int64_t response, int64_t tag, bool *changed, struct err *err)
{
	int64_t rows, count;
	if (!db_exec(tx->db, &sql_tag_give,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response), db_arg_i64(tag)),
	             &rows, err) ||
	    !db_one_i64(tx->db, &sql_tag_given_count,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response)), 0, &count, err))
		return false;
	if (rows > 0 && count > TAGS_EACH_MAX)
		return err_set(err, ERR_CONFLICT, "an answer can have %d tags at most",
		               TAGS_EACH_MAX);
	*changed = rows > 0;
	return true;
}

bool tag_take(struct db_tx *tx, int64_t response, int64_t tag, bool *changed, struct err *err)
{
	int64_t rows;
	if (!db_exec(tx->db, &sql_tag_take,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response), db_arg_i64(tag)),
	             &rows, err))
		return false;
	*changed = rows > 0;
	return true;
}

/* From one tag to another (`to` 0: to none), TAG_MOVE_MAX answers at most. */
static bool move_some(struct db_tx *tx, struct tag_move_input *in, const struct tag *from,
                      const struct tag *to, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(tx->db, &sql_tag_given,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(from->id),
	                     db_arg_i64(TAG_MOVE_MAX)),
	             db_row_i64, sizeof(int64_t), tx->arena, &items, &count, err))
		return false;
	const int64_t *ids = items;
	for (size_t i = 0; i < count; i++) {
		bool taken, given;
		if (!tag_take(tx, ids[i], from->id, &taken, err) ||
		    !event_add(tx, ids[i], in->actor, EVENT_UNTAGGED, from->name, err) ||
		    (to->id && !tag_give(tx, ids[i], to->id, &given, err)) ||
		    (to->id && given &&
		     !event_add(tx, ids[i], in->actor, EVENT_TAGGED, to->name, err)))
			return false;
	}
	in->more = count == TAG_MOVE_MAX;
	return true;
}

static bool rename_to(struct db_tx *tx, const struct tag_move_input *in, struct err *err)
{
	return db_exec(tx->db, &sql_tag_rename,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->from),
	                       db_arg_text(in->to.text), db_arg_text(in->to.folded)),
	               NULL, err);
}

static bool join(struct db_tx *tx, struct tag_move_input *in, const struct tag *from,
                 const struct tag *to, struct err *err)
{
	if (!move_some(tx, in, from, to, err))
		return false;
	return in->more ||
	       db_exec(tx->db, &sql_tag_delete,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(from->id)), NULL, err);
}

static bool finish(struct db_tx *tx, struct tag_move_input *in, int64_t id, const char *action,
                   Str subject, struct err *err)
{
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	if (!in->more && !audit_write(tx, in->actor, str_of(action), subject,
	                              in->to.text.at ? in->to.text : STR(""), err))
		return false;
	in->tag = (struct tag){ 0 };
	return !id || tag_find(tx->db, in->arena, tx->workspace, id, &in->tag, err);
}

bool tag_move(struct db_tx *tx, void *input, struct err *err)
{
	struct tag_move_input *in = input;
	struct tag from, to = { 0 };
	bool found = false;
	in->more = false;
	if (!tag_find(tx->db, tx->arena, tx->workspace, in->from, &from, err))
		return false;
	if (!in->to.folded.at)
		return join(tx, in, &from, &to, err) &&
		       finish(tx, in, 0, "tag.delete", from.name, err);
	if (!by_name(tx, in->to.folded, &found, &to, err))
		return false;
	if (!found || to.id == from.id)
		return rename_to(tx, in, err) &&
		       finish(tx, in, from.id, "tag.rename", from.name, err);
	if (!in->merge)
		return err_at(err, ERR_CONFLICT, "/name",
		              "there is a tag \"%.*s\" already; send merge to join them",
		              STR_FMT(to.name));
	return join(tx, in, &from, &to, err) && finish(tx, in, to.id, "tag.merge", from.name, err);
}

static bool tagging_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct tagging *)out = (struct tagging){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

bool tag_list_between(struct db *db, struct arena *a, int64_t workspace, int64_t after,
                      int64_t last, struct tagging **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_tag_list_between,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(after), db_arg_i64(last)),
	             tagging_row, sizeof(struct tagging), a, &items, count, err))
		return false;
	*out = items;
	return true;
}
