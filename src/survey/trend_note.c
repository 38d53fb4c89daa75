/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/trend_note.h"

#include <inttypes.h>

#include "account/audit.h"
#include "db/list.h"
#include "survey/survey.h"
#include "survey/team_scope.h"
#include "survey/trend_note.sql.h"

const char *trend_note_kind_name(enum trend_note_kind kind)
{
	switch (kind) {
#define TREND_NOTE_NAME(kind, number, name) \
	case kind:                          \
		return name;
		TREND_NOTE_KINDS(TREND_NOTE_NAME)
#undef TREND_NOTE_NAME
	}
	return "";
}

static bool note_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct trend_note *)out = (struct trend_note){
		.id = db_i64(rows, 0),
		.survey_id = db_i64(rows, 1),
		.at = db_i64(rows, 2),
		.kind = (enum trend_note_kind)db_i64(rows, 3),
		.text = db_text(rows, 4, a),
		.actor = db_text(rows, 5, a),
		.created_at = db_i64(rows, 6),
	};
	return true;
}

bool trend_note_list(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                     int64_t from, int64_t before, struct trend_note **out, size_t *count,
                     struct err *err)
{
	void *items;
	DbArg w = db_arg_i64(workspace), since = db_arg_i64(from), until = db_arg_i64(before);
	DbArg limit = db_arg_i64(TREND_NOTES_LIST);
	bool ok = survey ? db_list(db, &sql_trend_note_list,
	                           DB_ARGS(w, since, until, db_arg_i64(survey), limit), note_row,
	                           sizeof(struct trend_note), a, &items, count, err)
	                 : db_list(db, &sql_trend_note_list_all, DB_ARGS(w, since, until, limit),
	                           note_row, sizeof(struct trend_note), a, &items, count, err);
	if (ok)
		*out = items;
	return ok;
}

static void changed(struct db_tx *tx, const struct trend_note *note)
{
	if (note->survey_id)
		tx_changed(tx, CHANGE_SURVEY, note->survey_id);
	else
		tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
}

bool trend_note_add(struct db_tx *tx, struct trend_note *note, struct err *err)
{
	note->id = tx_new_id(tx);
	note->created_at = tx->now;
	changed(tx, note);
	return db_exec(tx->db, &sql_trend_note_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(note->id),
	                       db_arg_id_or_null(note->survey_id), db_arg_i64(note->at),
	                       db_arg_i64(note->kind), db_arg_text(note->text),
	                       db_arg_text(note->actor), db_arg_i64(note->created_at)),
	               NULL, err);
}

/* What is about one survey is for those whose team sees it. */
static bool is_seen(struct db_tx *tx, const struct caller *caller, int64_t survey, bool *out,
                    struct err *err)
{
	struct team_scope scope;
	struct survey s;
	*out = true;
	if (!survey)
		return true;
	if (!team_scope_load(tx->db, tx->arena, caller, &scope, err))
		return false;
	*out = team_scope_takes_survey(&scope, survey);
	if (!*out || survey_find(tx->db, tx->arena, tx->workspace, survey, &s, err))
		return true;
	*out = false;
	return err->kind == ERR_NOT_FOUND;
}

bool trend_note_write(struct db_tx *tx, void *input, struct err *err)
{
	struct trend_note_input *in = input;
	bool seen;
	if (!is_seen(tx, in->caller, in->note.survey_id, &seen, err))
		return false;
	if (!seen)
		return err_at(err, ERR_INVALID, "/survey_id", "is no survey of this workspace");
	in->note.kind = TREND_NOTE_WRITTEN;
	in->note.at = in->note.at ? in->note.at : tx->now;
	in->note.actor = in->caller->name;
	return trend_note_add(tx, &in->note, err) &&
	       audit_write(tx, in->note.actor, STR("trend_note.create"),
	                   str_printf(tx->arena, "%" PRId64, in->note.id), STR(""), err);
}

bool trend_note_remove(struct db_tx *tx, void *input, struct err *err)
{
	struct trend_note_removal *in = input;
	struct trend_note note;
	bool found, seen = false;
	DbArgs args = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id));
	if (!db_one(tx->db, &sql_trend_note_find, args, note_row, &note, tx->arena, &found, err) ||
	    (found && !is_seen(tx, in->caller, note.survey_id, &seen, err)))
		return false;
	if (!seen)
		return err_set(err, ERR_NOT_FOUND, "there is no note %" PRId64, in->id);
	changed(tx, &note);
	return db_exec(tx->db, &sql_trend_note_delete, args, NULL, err) &&
	       audit_write(tx, in->caller->name, STR("trend_note.delete"),
	                   str_printf(tx->arena, "%" PRId64, in->id), note.text, err);
}
