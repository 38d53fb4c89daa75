/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/note.h"

#include "db/list.h"
#include "feedback/event.h"
#include "feedback/mention.h"
#include "feedback/note.sql.h"
#include "feedback/scope.h"

static bool note_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct note *)out = (struct note){
		.id = db_i64(rows, 0),
		.response_id = db_i64(rows, 1),
		.author_id = db_i64(rows, 2),
		.author = db_text(rows, 3, a),
		.text = db_text(rows, 4, a),
		.created_at = db_i64(rows, 5),
		.edited_at = db_i64(rows, 6),
		.deleted_at = db_i64(rows, 7),
	};
	return true;
}

bool note_list(struct db *db, struct arena *a, int64_t workspace, int64_t after, int64_t last,
               struct note **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_note_list,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(after), db_arg_i64(last)), note_row,
	             sizeof(struct note), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

/* Deleted ones too. */
static bool note_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                      struct note *out, struct err *err)
{
	bool found;
	struct note note;
	if (!db_one(db, &sql_note_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), note_row,
	            &note, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "There is no note of that id.");
	*out = note;
	return true;
}

bool note_insert(struct db_tx *tx, const struct note *note, struct err *err)
{
	return db_exec(tx->db, &sql_note_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(note->id),
	                       db_arg_i64(note->response_id), db_arg_id_or_null(note->author_id),
	                       db_arg_text(note->author), db_arg_text(note->text),
	                       db_arg_i64(note->created_at), db_arg_id_or_null(note->edited_at)),
	               NULL, err);
}

/* Room for `more` bytes beside the other notes of the answer. */
static bool has_room(struct db_tx *tx, int64_t response, int64_t but, size_t more, struct err *err)
{
	struct note *notes;
	size_t count, others = 0, bytes = more;
	if (!note_list(tx->db, tx->arena, tx->workspace, response - 1, response, &notes, &count,
	               err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (notes[i].id == but)
			continue;
		others++;
		bytes += notes[i].text.len;
	}
	return (others < NOTES_MAX && bytes <= NOTES_BYTES) ||
	       err_set(err, ERR_CONFLICT, "an answer can have %d notes of %d kB together at most",
	               NOTES_MAX, (int)(NOTES_BYTES / 1024));
}

static bool finish(struct db_tx *tx, struct note_input *in, int64_t id, struct err *err)
{
	return note_find(tx->db, in->arena, tx->workspace, id, &in->note, err);
}

bool note_add(struct db_tx *tx, void *input, struct err *err)
{
	struct note_input *in = input;
	struct response r;
	if (!response_find_in_scope(tx->db, tx->arena, in->caller, in->response_id, &r, err) ||
	    !has_room(tx, r.id, 0, in->text.len, err))
		return false;
	struct note note = {
		.id = tx_new_id(tx),
		.response_id = r.id,
		.author_id = in->caller->user,
		.author = in->author,
		.text = in->text,
		.created_at = tx->now,
	};
	return note_insert(tx, &note, err) && mention_set(tx, &note, &r, err) &&
	       event_add(tx, r.id, in->caller->name, EVENT_NOTED, (Str){ 0 }, err) &&
	       finish(tx, in, note.id, err);
}

static bool is_author(const struct note_input *in, const struct note *note, struct err *err)
{
	return (note->author_id && note->author_id == in->caller->user) ||
	       err_set(err, ERR_DENIED, "only its author may change or delete a note");
}

static enum event_kind event_of(const struct note *before, const struct note *now)
{
	if (before->deleted_at && !now->deleted_at)
		return EVENT_NOTE_RESTORED;
	return now->deleted_at ? EVENT_NOTE_DELETED : EVENT_NOTE_CHANGED;
}

static bool store(struct db_tx *tx, const struct note *note, struct err *err)
{
	return db_exec(tx->db, &sql_note_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(note->id),
	                       db_arg_text(note->text), db_arg_id_or_null(note->edited_at),
	                       db_arg_id_or_null(note->deleted_at)),
	               NULL, err);
}

bool note_change(struct db_tx *tx, void *input, struct err *err)
{
	struct note_input *in = input;
	struct note before;
	struct response r;
	if (!note_find(tx->db, tx->arena, tx->workspace, in->id, &before, err))
		return false;
	if (!response_find_in_scope(tx->db, tx->arena, in->caller, before.response_id, &r, err))
		return err->kind == ERR_NOT_FOUND
		           ? err_set(err, ERR_NOT_FOUND, "There is no note of that id.")
		           : false;
	if (!is_author(in, &before, err))
		return false;
	struct note now = before;
	if (in->text.at && !str_eq(in->text, before.text)) {
		now.text = in->text;
		now.edited_at = tx->now;
	}
	if (in->has_deleted && in->deleted != (before.deleted_at != 0))
		now.deleted_at = in->deleted ? tx->now : 0;
	if (str_eq(now.text, before.text) && now.deleted_at == before.deleted_at)
		return finish(tx, in, before.id, err);
	return (now.deleted_at || has_room(tx, r.id, now.id, now.text.len, err)) &&
	       store(tx, &now, err) && mention_set(tx, &now, &r, err) &&
	       event_add(tx, r.id, in->caller->name, event_of(&before, &now), (Str){ 0 }, err) &&
	       finish(tx, in, before.id, err);
}

bool note_prune(struct db_tx *tx, struct err *err)
{
	return db_exec(tx->db, &sql_note_prune,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now - NOTE_BIN)), NULL,
	               err);
}
