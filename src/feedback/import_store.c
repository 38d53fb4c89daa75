/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_store.h"

#include <inttypes.h>

#include "base/clock.h"
#include "db/list.h"
#include "feedback/cube_shelf.h"
#include "feedback/import.sql.h"
#include "feedback/masking.h"

const char *import_state_name(enum import_state state)
{
	static const char *const names[] = {
#define IMPORT_STATE_NAME(kind, number, name) [number] = name,
		IMPORT_STATES(IMPORT_STATE_NAME)
#undef IMPORT_STATE_NAME
	};
	return names[state];
}

static bool record_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	int64_t state = db_i64(rows, 3);
	if (state < IMPORT_RUNNING || state > IMPORT_GIVEN_UP)
		return err_set(err, ERR_CORRUPT, "an import has the unknown state %" PRId64, state);
	*(struct import_record *)out = (struct import_record){
		.id = db_i64(rows, 0),
		.survey_id = db_i64(rows, 1),
		.file_name = db_text(rows, 2, a),
		.state = (enum import_state)state,
		.rows_read = db_i64(rows, 4),
		.rows_added = db_i64(rows, 5),
		.rows_known = db_i64(rows, 6),
		.rows_rejected = db_i64(rows, 7),
		.created_at = db_i64(rows, 8),
		.finished_at = db_i64(rows, 9),
		.undone_at = db_i64(rows, 10),
		.rows_total = db_i64(rows, 11),
		.scored = db_i64(rows, 12),
		.comments = db_i64(rows, 13),
		.dismissed = db_i64(rows, 14),
		.bad_addresses = db_i64(rows, 15),
		.cut = db_i64(rows, 16),
		.created_by = db_text(rows, 17, a),
		.why = db_text(rows, 18, a),
		.survey_slug = db_text(rows, 19, a),
		.survey_name = db_text(rows, 20, a),
		.upload_id = db_i64(rows, 21),
		.has_file = !db_is_null(rows, 22),
		.mapping = db_text(rows, 23, a),
	};
	return true;
}

bool import_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                 struct import_record *out, struct err *err)
{
	bool found;
	struct import_record record;
	if (!db_one(db, &sql_import_find, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	            record_row, &record, a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no import %" PRId64, id);
	*out = record;
	return true;
}

bool import_list(struct db *db, struct arena *a, int64_t workspace, struct import_record **out,
                 size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_import_list, DB_ARGS(db_arg_i64(workspace)), record_row,
	             sizeof(struct import_record), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool import_earlier(struct db *db, int64_t workspace, int64_t survey, int64_t *id, struct err *err)
{
	return db_one_i64(db, &sql_import_earlier,
	                  DB_ARGS(db_arg_i64(workspace), db_arg_i64(survey),
	                          db_arg_i64(IMPORT_DONE), db_arg_i64(IMPORT_RUNNING),
	                          db_arg_i64(IMPORT_QUEUED)),
	                  0, id, err);
}

bool import_added(struct db *db, int64_t workspace, int64_t id, int64_t *out, struct err *err)
{
	return db_one_i64(db, &sql_import_added, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), 0,
	                  out, err);
}

static bool taken_back(int64_t id, struct err *err)
{
	return err_set(err, ERR_CONFLICT, "import %" PRId64 " was taken back", id);
}

static bool import_go_on(struct db_tx *tx, const struct import_begin_input *in, struct err *err)
{
	int64_t changed;
	if (!db_exec(tx->db, &sql_import_start,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                     db_arg_i64(IMPORT_RUNNING), db_arg_text(in->mapping),
	                     db_arg_i64(in->rows_total), db_arg_i64(IMPORT_QUEUED)),
	             &changed, err))
		return false;
	return changed == 1 || taken_back(in->id, err);
}

static bool import_new(struct db_tx *tx, struct import_begin_input *in, struct err *err)
{
	in->id = tx_new_id(tx);
	return db_exec(tx->db, &sql_import_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(in->survey_id), db_arg_text(in->file_name),
	                       db_arg_i64(IMPORT_RUNNING), db_arg_text(in->mapping),
	                       db_arg_i64(tx->now), db_arg_text_or_null(in->created_by)),
	               NULL, err);
}

bool import_begin(struct db_tx *tx, void *input, struct err *err)
{
	struct import_begin_input *in = input;
	if (!(in->id ? import_go_on(tx, in, err) : import_new(tx, in, err)))
		return false;
	tx_changed(tx, CHANGE_IMPORT, in->id);
	return true;
}

bool import_end(struct db_tx *tx, void *input, struct err *err)
{
	const struct import_record *in = input;
	tx_changed(tx, CHANGE_IMPORT, in->id);
	return db_exec(tx->db, &sql_import_finish,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(IMPORT_DONE), db_arg_i64(in->rows_read),
	                       db_arg_i64(in->rows_added), db_arg_i64(in->rows_known),
	                       db_arg_i64(in->rows_rejected), db_arg_i64(tx->now),
	                       db_arg_i64(in->scored), db_arg_i64(in->comments),
	                       db_arg_i64(in->dismissed), db_arg_i64(in->bad_addresses),
	                       db_arg_i64(in->cut), db_arg_i64(IMPORT_RUNNING)),
	               NULL, err);
}

static bool is_known(struct db_tx *tx, const struct response *r, bool *known, struct err *err)
{
	int64_t id = 0;
	if (r->id &&
	    !db_one_i64(tx->db, &sql_import_knows_id,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(r->id)), 0, &id, err))
		return false;
	if (!id && r->import_key.at &&
	    !db_one_i64(tx->db, &sql_import_knows_key,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(r->survey_id),
	                        db_arg_blob(r->import_key)),
	                0, &id, err))
		return false;
	*known = id != 0;
	return true;
}

static bool past_insert(struct db_tx *tx, int64_t response, const struct response_past *past,
                        const struct mask_words *words, struct err *err)
{
	Str comment = past->comment, folded;
	DbArg score = past->score == SCORE_NONE ? db_arg_null() : db_arg_i64(past->score);
	masking_take(tx->arena, words, &comment, &folded);
	return db_exec(tx->db, &sql_import_history_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response),
	                       db_arg_i64(past->seq), db_arg_i64(past->at),
	                       db_arg_text(past->actor), db_arg_i64(past->state),
	                       db_arg_text_or_null(past->state_reason), score,
	                       db_arg_text_or_null(comment), db_arg_text(past->answers)),
	               NULL, err);
}

static bool item_apply(struct db_tx *tx, int64_t import, const struct import_item *item,
                       const struct mask_words *words, bool *inserted, struct err *err)
{
	bool known;
	struct person person = { 0 };
	struct response r = item->response;
	*inserted = false;
	if (!is_known(tx, &r, &known, err))
		return false;
	if (known)
		return true;
	if (person_ref_is_given(&item->who) && !person_upsert(tx, &item->who, import, &person, err))
		return false;
	r.id = r.id ? r.id : tx_new_id(tx);
	r.person_id = person.id;
	r.account_id = person.account_id;
	r.import_id = import;
	if (!item->own) {
		r.created_at = r.updated_at = tx->now;
		r.submitted_at = r.submitted_at ? r.submitted_at : tx->now;
		r.time_clamped = r.submitted_at - tx->now > CLOCK_DAY;
		r.submitted_at = r.time_clamped ? tx->now : r.submitted_at;
		r.first_scored_at = r.score == SCORE_NONE ? 0 : r.submitted_at;
		r.completed_at = r.state == RESPONSE_COMPLETE ? r.submitted_at : 0;
	}
	masking_take(tx->arena, words, &r.comment, &r.comment_folded);
	if (!response_insert(tx, &r, inserted, err))
		return false;
	for (size_t i = 0; *inserted && i < item->past_count; i++)
		if (!past_insert(tx, r.id, &item->past[i], words, err))
			return false;
	return !*inserted || export_work_store(tx, r.id, &item->work, err);
}

bool import_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct import_batch *batch = input;
	int64_t began = clock_monotonic(), state;
	const struct mask_words *words;
	batch->added = 0;
	if (!db_one_i64(tx->db, &sql_import_state,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(batch->import_id)), 0, &state,
	                err))
		return false;
	if (state != IMPORT_RUNNING)
		return taken_back(batch->import_id, err);
	if (!masking_words(tx, &words, err))
		return false;
	for (size_t i = 0; i < batch->count; i++) {
		bool inserted;
		if (!item_apply(tx, batch->import_id, &batch->items[i], words, &inserted, err))
			return false;
		batch->added += inserted;
	}
	batch->apply_us = clock_monotonic() - began;
	return true;
}

struct undo_row {
	int64_t answer, person;
};

static bool undo_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct undo_row *)out = (struct undo_row){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

/* Its answer is gone; the person goes too when nothing else speaks of it. */
static bool undo_person(struct db_tx *tx, int64_t import, const struct undo_row *row,
                        struct err *err)
{
	int64_t persons = 0;
	tx_changed(tx, CHANGE_RESPONSE, row->answer);
	if (row->person && !db_exec(tx->db, &sql_import_person_delete,
	                            DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(row->person),
	                                    db_arg_i64(import)),
	                            &persons, err))
		return false;
	if (persons)
		tx_changed(tx, CHANGE_PERSON, row->person);
	return true;
}

bool import_undo_some(struct db_tx *tx, void *input, struct err *err)
{
	struct import_undo_input *in = input;
	struct import_record record;
	void *items;
	int64_t began = clock_monotonic();
	if (!import_find(tx->db, tx->arena, tx->workspace, in->id, &record, err))
		return false;
	if (record.state == IMPORT_UNDONE)
		return err_set(err, ERR_CONFLICT, "import %" PRId64 " was undone already", in->id);
	if (!db_list(tx->db, &sql_import_answers,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                     db_arg_i64((int64_t)in->max)),
	             undo_row, sizeof(struct undo_row), tx->arena, &items, &in->answers, err))
		return false;
	const struct undo_row *rows = items;
	if (in->answers && (!cube_shelf_lose(tx, err) ||
	                    !db_exec(tx->db, &sql_import_answers_delete,
	                             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                                     db_arg_i64(rows[in->answers - 1].answer)),
	                             NULL, err)))
		return false;
	for (size_t i = 0; i < in->answers; i++)
		if (!undo_person(tx, in->id, &rows[i], err))
			return false;
	in->last = in->answers < in->max;
	in->apply_us = clock_monotonic() - began;
	if (!in->last && record.state == IMPORT_UNDOING)
		return true;
	tx_changed(tx, CHANGE_IMPORT, in->id);
	return db_exec(tx->db, &sql_import_set_state,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->id),
	                       db_arg_i64(in->last ? IMPORT_UNDONE : IMPORT_UNDOING),
	                       in->last ? db_arg_i64(tx->now) : db_arg_null()),
	               NULL, err);
}
