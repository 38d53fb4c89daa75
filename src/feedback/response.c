/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response.h"

#include <inttypes.h>

#include "db/list.h"
#include "feedback/cube_shelf.h"
#include "feedback/response.sql.h"
#include "people/properties.h"

static const char *const names[] = {
#define RESPONSE_NAME(kind, number, name) [number] = name,
	RESPONSE_STATES(RESPONSE_NAME)
#undef RESPONSE_NAME
};

const char *response_state_name(enum response_state state)
{
	return names[state];
}

bool response_state_find(Str name, enum response_state *out)
{
	for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum response_state)i;
			return true;
		}
	return false;
}

enum response_state response_state_of(int score, Str comment)
{
	if (score != SCORE_NONE && comment.len)
		return RESPONSE_COMPLETE;
	return score != SCORE_NONE || comment.len ? RESPONSE_PARTIAL : RESPONSE_DISMISSED;
}

enum response_state response_state_by_values(const struct response *r)
{
	enum response_state state = response_state_of(r->score, r->comment);
	bool answered = r->answers.at && !str_eq(r->answers, PROPERTIES_NONE);
	return state == RESPONSE_DISMISSED && answered ? RESPONSE_PARTIAL : state;
}

bool response_counts(enum response_state state, int score)
{
	return score != SCORE_NONE && (state == RESPONSE_PARTIAL || state == RESPONSE_COMPLETE);
}

static bool state_read(const struct db_rows *rows, int column, enum response_state *out,
                       struct err *err)
{
	int64_t number = db_i64(rows, column);
	if (number < RESPONSE_PARTIAL || number > RESPONSE_DELETED)
		return err_set(err, ERR_CORRUPT, "an answer has the unknown state %" PRId64,
		               number);
	*out = (enum response_state)number;
	return true;
}

static int score_read(const struct db_rows *rows, int column)
{
	return db_is_null(rows, column) ? SCORE_NONE : (int)db_i64(rows, column);
}

struct transcript_told response_told(const struct db_rows *rows, int transcript, int labels,
                                     struct arena *a)
{
	if (db_is_null(rows, transcript))
		return (struct transcript_told){ 0 };
	return (struct transcript_told){ db_i64(rows, transcript) ? TRANSCRIPT_YES : TRANSCRIPT_NO,
		                         db_text(rows, labels, a) };
}

static DbArg told_arg(const struct transcript_told *told)
{
	return told->wish == TRANSCRIPT_DETECT ? db_arg_null()
	                                       : db_arg_i64(told->wish == TRANSCRIPT_YES);
}

bool response_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct response r = {
		.id = db_i64(rows, 0),
		.survey_id = db_i64(rows, 1),
		.version = (int)db_i64(rows, 2),
		.person_id = db_i64(rows, 3),
		.account_id = db_i64(rows, 4),
		.invitation_id = db_i64(rows, 5),
		.state_reason = db_text(rows, 7, a),
		.score = score_read(rows, 8),
		.comment = db_text(rows, 9, a),
		.comment_folded = db_text(rows, 10, a),
		.answers = db_text(rows, 11, a),
		.language = db_text(rows, 12, a),
		.channel = db_text(rows, 13, a),
		.properties = db_text(rows, 14, a),
		.source = db_text(rows, 15, a),
		.capture_key = db_text(rows, 16, a),
		.import_id = db_i64(rows, 17),
		.import_key = db_blob(rows, 18, a),
		.created_at = db_i64(rows, 19),
		.updated_at = db_i64(rows, 20),
		.submitted_at = db_i64(rows, 21),
		.first_scored_at = db_i64(rows, 22),
		.completed_at = db_i64(rows, 23),
		.time_clamped = db_i64(rows, 24) != 0,
		.edits = (int)db_i64(rows, 25),
		.deleted_at = db_i64(rows, 26),
		.starred = db_i64(rows, 27) != 0,
		.told = response_told(rows, 28, 29, a),
	};
	if (!state_read(rows, 6, &r.state, err))
		return false;
	*(struct response *)out = r;
	return true;
}

static bool get(struct db *db, struct arena *a, int64_t workspace, const struct db_stmt *stmt,
                DbArgs args, bool *found, struct response *out, struct err *err)
{
	struct response r;
	if (!db_one(db, stmt, args, response_row, &r, a, found, err))
		return false;
	if (*found) {
		r.workspace = workspace;
		*out = r;
	}
	return true;
}

bool response_find_by_invitation(struct db *db, struct arena *a, int64_t workspace,
                                 int64_t invitation, bool *found, struct response *out,
                                 struct err *err)
{
	return get(db, a, workspace, &sql_response_by_invitation,
	           DB_ARGS(db_arg_i64(workspace), db_arg_i64(invitation)), found, out, err);
}

bool response_find_by_capture_key(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                                  Str key, bool *found, struct response *out, struct err *err)
{
	return get(db, a, workspace, &sql_response_by_capture_key,
	           DB_ARGS(db_arg_i64(workspace), db_arg_i64(survey), db_arg_text(key)), found, out,
	           err);
}

struct count_page {
	int64_t count, least;
};

static bool count_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct count_page *)out = (struct count_page){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

bool response_count(struct db *db, int64_t workspace, int64_t *out, struct err *err)
{
	struct count_page page = { .count = 1, .least = INT64_MAX };
	int64_t total = 0;
	bool found;
	while (page.count > 0) {
		if (!db_one(db, &sql_response_count,
		            DB_ARGS(db_arg_i64(workspace), db_arg_i64(page.least)), count_row,
		            &page, NULL, &found, err))
			return false;
		total += page.count;
	}
	*out = total;
	return true;
}

bool response_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                   struct response *out, struct err *err)
{
	bool found;
	if (!get(db, a, workspace, &sql_response_find,
	         DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), &found, out, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no response %" PRId64, id);
}

static bool past_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct response_past past = {
		.seq = (int)db_i64(rows, 0),
		.at = db_i64(rows, 1),
		.actor = db_text(rows, 2, a),
		.state_reason = db_text(rows, 4, a),
		.score = score_read(rows, 5),
		.comment = db_text(rows, 6, a),
		.answers = db_text(rows, 7, a),
	};
	if (!state_read(rows, 3, &past.state, err))
		return false;
	*(struct response_past *)out = past;
	return true;
}

bool response_past(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                   struct response_past **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_response_history_list, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)),
	             past_row, sizeof(struct response_past), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static DbArg score_arg(int score)
{
	return score == SCORE_NONE ? db_arg_null() : db_arg_i64(score);
}

static DbArg star_arg(bool starred)
{
	return starred ? db_arg_i64(1) : db_arg_null();
}

bool response_insert(struct db_tx *tx, const struct response *r, bool *inserted, struct err *err)
{
	int64_t changed;
	DbArg import_key = r->import_key.at ? db_arg_blob(r->import_key) : db_arg_null();
	if (!db_exec(tx->db, &sql_response_insert,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(r->id), db_arg_i64(r->survey_id),
	                     db_arg_i64(r->version), db_arg_id_or_null(r->person_id),
	                     db_arg_id_or_null(r->account_id), db_arg_id_or_null(r->invitation_id),
	                     db_arg_i64(r->state), db_arg_text_or_null(r->state_reason),
	                     score_arg(r->score), db_arg_text_or_null(r->comment),
	                     db_arg_text_or_null(r->comment_folded), db_arg_text(r->answers),
	                     db_arg_text(r->language), db_arg_text(r->channel),
	                     db_arg_text(r->properties), db_arg_text(r->source),
	                     db_arg_text_or_null(r->capture_key), db_arg_id_or_null(r->import_id),
	                     import_key, db_arg_i64(r->created_at), db_arg_i64(r->updated_at),
	                     db_arg_i64(r->submitted_at), db_arg_id_or_null(r->first_scored_at),
	                     db_arg_id_or_null(r->completed_at), db_arg_bool(r->time_clamped),
	                     db_arg_i64(r->edits), db_arg_id_or_null(r->deleted_at),
	                     star_arg(r->starred), told_arg(&r->told),
	                     db_arg_text_or_null(r->told.customer)),
	             &changed, err))
		return false;
	*inserted = changed > 0;
	if (*inserted)
		tx_changed(tx, CHANGE_RESPONSE_NEW, r->id);
	return true;
}

static bool history_insert(struct db_tx *tx, const struct response *past, int seq, Str actor,
                           struct err *err)
{
	return db_exec(tx->db, &sql_response_history_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(past->id), db_arg_i64(seq),
	                       db_arg_i64(tx->now), db_arg_text(actor), db_arg_i64(past->state),
	                       db_arg_text_or_null(past->state_reason), score_arg(past->score),
	                       db_arg_text_or_null(past->comment), db_arg_text(past->answers)),
	               NULL, err);
}

bool response_replace(struct db_tx *tx, const struct response *past, const struct response *now,
                      Str actor, struct err *err)
{
	int seq = past->edits + 1;
	if (!history_insert(tx, past, seq, actor, err) ||
	    !db_exec(tx->db, &sql_response_update,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(now->id), db_arg_i64(now->state),
	                     db_arg_text_or_null(now->state_reason), score_arg(now->score),
	                     db_arg_text_or_null(now->comment),
	                     db_arg_text_or_null(now->comment_folded), db_arg_text(now->answers),
	                     db_arg_text(now->properties), db_arg_text(now->language),
	                     db_arg_i64(tx->now), db_arg_id_or_null(now->first_scored_at),
	                     db_arg_id_or_null(now->completed_at), db_arg_i64(seq),
	                     db_arg_id_or_null(now->person_id), db_arg_id_or_null(now->account_id),
	                     db_arg_id_or_null(now->deleted_at), told_arg(&now->told),
	                     db_arg_text_or_null(now->told.customer)),
	             NULL, err))
		return false;
	tx_changed(tx, CHANGE_RESPONSE, now->id);
	return true;
}

bool response_set_star(struct db_tx *tx, int64_t id, bool starred, struct err *err)
{
	tx_changed(tx, CHANGE_RESPONSE, id);
	return db_exec(tx->db, &sql_response_star,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), star_arg(starred)), NULL,
	               err);
}

bool response_remove(struct db_tx *tx, int64_t id, struct err *err)
{
	tx_changed(tx, CHANGE_RESPONSE, id);
	return cube_shelf_lose(tx, err) &&
	       db_exec(tx->db, &sql_response_delete,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id)), NULL, err);
}

static Str keep(struct arena *a, Str text)
{
	return text.at ? str_copy(a, text) : text;
}

struct response response_copy(struct arena *a, const struct response *r)
{
	struct response copy = *r;
	copy.state_reason = keep(a, r->state_reason);
	copy.comment = keep(a, r->comment);
	copy.comment_folded = keep(a, r->comment_folded);
	copy.answers = keep(a, r->answers);
	copy.language = keep(a, r->language);
	copy.channel = keep(a, r->channel);
	copy.properties = keep(a, r->properties);
	copy.source = keep(a, r->source);
	copy.capture_key = keep(a, r->capture_key);
	copy.import_key = keep(a, r->import_key);
	copy.told.customer = keep(a, r->told.customer);
	return copy;
}
