/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_job.h"

#include <inttypes.h>

#include "account/audit.h"
#include "feedback/import.sql.h"
#include "feedback/upload.h"

static Str id_text(struct db_tx *tx, int64_t id)
{
	return str_printf(tx->arena, "%" PRId64, id);
}

/* --- a new one ---------------------------------------------------------------------------------------- */

static bool survey_there(struct db_tx *tx, const struct import_create_input *in, struct survey *out,
                         struct err *err)
{
	bool found;
	if (!survey_find_by_slug(tx->db, in->arena, tx->workspace, in->survey, &found, out, err))
		return false;
	return found || err_at(err, ERR_INVALID, "/survey", "there is no survey \"%.*s\"",
	                       STR_FMT(in->survey));
}

static bool survey_new(struct db_tx *tx, const struct import_create_input *in, struct survey *out,
                       struct err *err)
{
	struct survey_input survey = {
		.name = in->new_name, .live = true, .actor = in->actor, .arena = in->arena
	};
	if (!survey_save(tx, &survey, err)) {
		if (err->kind == ERR_CONFLICT)
			return err_at(err, ERR_CONFLICT, "/new_survey/name",
			              "another survey is called so: choose it, or another name");
		return false;
	}
	*out = survey.survey;
	return true;
}

static bool survey_own(struct db_tx *tx, const struct import_create_input *in, struct survey *out,
                       struct err *err)
{
	struct import_survey_input survey = { .want = in->own,
		                              .actor = in->actor,
		                              .arena = in->arena };
	if (!in->own.slug.at)
		return err_at(err, ERR_INVALID, "/survey",
		              "is required: say which survey the answers belong to");
	if (!import_survey_make(tx, &survey, err))
		return false;
	*out = survey.survey;
	return true;
}

static bool import_insert(struct db_tx *tx, const struct import_create_input *in,
                          const struct survey *survey, const struct upload *upload, struct err *err)
{
	return db_exec(tx->db, &sql_import_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(survey->id), db_arg_text(upload->name),
	                       db_arg_i64(IMPORT_QUEUED), db_arg_text(STR("{}")),
	                       db_arg_i64(tx->now), db_arg_text(in->actor)),
	               NULL, err) &&
	       db_exec(tx->db, &sql_import_job_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(in->upload_id), db_arg_text(in->wishes)),
	               NULL, err) &&
	       audit_write(tx, in->actor, STR("import.create"), id_text(tx, in->id), survey->slug,
	                   err);
}

bool import_create(struct db_tx *tx, void *input, struct err *err)
{
	struct import_create_input *in = input;
	struct upload upload;
	struct survey survey;
	if (!upload_find(tx->db, tx->arena, tx->workspace, in->upload_id, &upload, err)) {
		if (err->kind == ERR_NOT_FOUND)
			return err_at(err, ERR_INVALID, "/upload_id", "names no file that is here");
		return false;
	}
	if (!(in->survey.at     ? survey_there(tx, in, &survey, err)
	      : in->new_name.at ? survey_new(tx, in, &survey, err)
	                        : survey_own(tx, in, &survey, err)))
		return false;
	in->id = tx_new_id(tx);
	tx_changed(tx, CHANGE_IMPORT, in->id);
	return import_insert(tx, in, &survey, &upload, err);
}

/* --- back, and again ---------------------------------------------------------------------------------- */

static bool set_state(struct db_tx *tx, int64_t id, enum import_state state, int64_t undone_at,
                      struct err *err)
{
	tx_changed(tx, CHANGE_IMPORT, id);
	return db_exec(tx->db, &sql_import_set_state,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_i64(state),
	                       db_arg_id_or_null(undone_at)),
	               NULL, err);
}

bool import_take_back(struct db_tx *tx, void *input, struct err *err)
{
	const struct import_change_input *in = input;
	struct import_record record;
	if (!import_find(tx->db, tx->arena, tx->workspace, in->id, &record, err))
		return false;
	if (record.state == IMPORT_UNDOING || record.state == IMPORT_UNDONE)
		return true;
	return set_state(tx, in->id, IMPORT_UNDOING, 0, err) &&
	       audit_write(tx, in->actor, STR("import.undo"), id_text(tx, in->id),
	                   record.survey_slug, err);
}

bool import_again(struct db_tx *tx, void *input, struct err *err)
{
	const struct import_change_input *in = input;
	struct import_record record;
	if (!import_find(tx->db, tx->arena, tx->workspace, in->id, &record, err))
		return false;
	if (record.state != IMPORT_UNDONE && record.state != IMPORT_GIVEN_UP)
		return err_set(err, ERR_CONFLICT, "This import is %s: nothing is to be done again",
		               import_state_name(record.state));
	if (!record.has_file)
		return err_set(err, ERR_GONE,
		               "The file is kept for a day and is gone by now: send it again");
	return db_exec(tx->db, &sql_import_requeue,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(IMPORT_QUEUED)),
	               NULL, err) &&
	       set_state(tx, in->id, IMPORT_QUEUED, 0, err) &&
	       audit_write(tx, in->actor, STR("import.again"), id_text(tx, in->id),
	                   record.survey_slug, err);
}

bool import_give_up(struct db_tx *tx, void *input, struct err *err)
{
	const struct import_fail_input *in = input;
	tx_changed(tx, CHANGE_IMPORT, in->id);
	return db_exec(tx->db, &sql_import_fail,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(IMPORT_GIVEN_UP), db_arg_text(in->why),
	                       db_arg_i64(tx->now), db_arg_i64(IMPORT_QUEUED),
	                       db_arg_i64(IMPORT_RUNNING)),
	               NULL, err);
}

/* --- what there is to do ------------------------------------------------------------------------------ */

static bool next_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct import_next_job *)out =
	    (struct import_next_job){ db_i64(rows, 0), (enum import_state)db_i64(rows, 1) };
	return true;
}

bool import_next_job(struct db *db, int64_t workspace, struct import_next_job *out, struct err *err)
{
	bool found;
	struct import_next_job next = { 0 };
	struct arena none = { 0 };
	if (!db_one(db, &sql_import_next,
	            DB_ARGS(db_arg_i64(workspace), db_arg_i64(IMPORT_UNDOING),
	                    db_arg_i64(IMPORT_QUEUED), db_arg_i64(IMPORT_RUNNING)),
	            next_row, &next, &none, &found, err))
		return false;
	*out = found ? next : (struct import_next_job){ 0 };
	return true;
}

static bool job_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct import_job_record *)out = (struct import_job_record){
		.id = db_i64(rows, 0),
		.upload_id = db_i64(rows, 1),
		.wishes = db_text(rows, 2, a),
		.file = db_text(rows, 3, a),
		.survey_id = db_i64(rows, 4),
		.file_name = db_text(rows, 6, a),
		.survey = db_text(rows, 7, a),
	};
	return true;
}

bool import_job_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                     struct import_job_record *out, struct err *err)
{
	bool found;
	struct import_job_record job;
	if (!db_one(db, &sql_import_job_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            job_row, &job, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no import %" PRId64, id);
	*out = job;
	return true;
}
