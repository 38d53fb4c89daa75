/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/kept.h"

#include "base/clock.h"
#include "db/change.h"
#include "db/list.h"
#include "reading/correction.h"
#include "reading/kept.sql.h"
#include "reading/pass.h"
#include "text/urgent.h"

static DbArg number_or_null(bool is_there, int64_t number)
{
	return is_there ? db_arg_i64(number) : db_arg_null();
}

static DbArg real_or_null(bool is_there, double real)
{
	return is_there ? db_arg_real(real) : db_arg_null();
}

static bool write_row(struct db_tx *tx, const struct kept_reading *k, struct err *err)
{
	return db_exec(tx->db, &sql_kept_write,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(k->response),
	                       db_arg_i64(k->input), db_arg_i64(k->engine), db_arg_i64(k->taxonomy),
	                       db_arg_text(k->language), db_arg_bool(k->covered),
	                       db_arg_i64(k->low_effort), number_or_null(k->judged, k->sentiment),
	                       real_or_null(k->judged, k->score),
	                       number_or_null(k->judged, k->blind),
	                       real_or_null(k->judged, k->blind_score),
	                       number_or_null(k->mood >= 0, k->emotions),
	                       number_or_null(k->mood >= 0, k->mood),
	                       number_or_null(k->intent >= 0, k->intent), db_arg_i64(k->urgent),
	                       db_arg_i64(tx->now)),
	               NULL, err);
}

static bool write_mentions(struct db_tx *tx, const struct kept_reading *k, struct err *err)
{
	for (size_t i = 0; i < k->mention_count; i++) {
		const struct kept_mention *m = &k->mentions[i];
		if (!db_exec(tx->db, &sql_kept_mention,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(k->response),
		                     db_arg_i64(m->theme), db_arg_i64(m->from), db_arg_i64(m->len),
		                     db_arg_real(m->polarity), db_arg_real(m->certainty)),
		             NULL, err))
			return false;
	}
	return true;
}

/* Words of an earlier reading go with it. */
static bool write_urgent(struct db_tx *tx, const struct kept_reading *k, struct err *err)
{
	DbArg workspace = db_arg_i64(tx->workspace), response = db_arg_i64(k->response);
	if (k->was_kept &&
	    !db_exec(tx->db, &sql_kept_urgent_clear, DB_ARGS(workspace, response), NULL, err))
		return false;
	for (size_t i = 0; i < k->urgent_count; i++) {
		const struct urgent_find *f = &k->urgent_words[i];
		if (!db_exec(tx->db, &sql_kept_urgent,
		             DB_ARGS(workspace, response, db_arg_i64(f->kind), db_arg_i64(f->from),
		                     db_arg_i64(f->len)),
		             NULL, err))
			return false;
	}
	return true;
}

static bool clear_mentions(struct db_tx *tx, int64_t response, int64_t *gone, struct err *err)
{
	return db_exec(tx->db, &sql_kept_mentions_clear,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response)), gone, err);
}

static bool write_themes(struct db_tx *tx, const struct kept_reading *k, struct err *err)
{
	int64_t found;
	if (!db_exec(tx->db, &sql_kept_taxonomy,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(k->response),
	                     db_arg_i64(k->taxonomy)),
	             &found, err))
		return false;
	if (found == 0)
		return true;
	tx_changed(tx, CHANGE_READING, k->response);
	return clear_mentions(tx, k->response, NULL, err) && write_mentions(tx, k, err) &&
	       correction_lay_over(tx, k->response, err);
}

static bool write_one(struct db_tx *tx, const struct kept_reading *k, struct err *err)
{
	DbArgs key = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(k->response));
	int64_t id;
	if (k->forget) {
		tx_changed(tx, CHANGE_READING, k->response);
		return db_exec(tx->db, &sql_kept_forget, key, NULL, err);
	}
	if (k->themes_alone)
		return write_themes(tx, k, err);
	if (!db_one_i64(tx->db, &sql_kept_response, key, 0, &id, err))
		return false;
	if (id == 0)
		return true;
	tx_changed(tx, CHANGE_READING, k->response);
	return clear_mentions(tx, k->response, NULL, err) && write_row(tx, k, err) &&
	       write_mentions(tx, k, err) && write_urgent(tx, k, err) &&
	       correction_lay_over(tx, k->response, err);
}

bool kept_write(struct db_tx *tx, void *input, struct err *err)
{
	struct kept_batch *batch = input;
	int64_t began = clock_monotonic();
	for (size_t i = 0; i < batch->count; i++)
		if (!write_one(tx, &batch->readings[i], err))
			return false;
	if (batch->cursor >= 0 && !change_cursor_set(tx, KEPT_CONSUMER, batch->cursor, err))
		return false;
	if (batch->step && !pass_go_on(tx, batch->step, err))
		return false;
	batch->apply_us = clock_monotonic() - began;
	return true;
}

static bool find_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct kept_find *)out = (struct kept_find){
		.response = db_i64(rows, 0),
		.mention = { .theme = db_i64(rows, 1),
		             .from = (uint32_t)db_i64(rows, 2),
		             .len = (uint32_t)db_i64(rows, 3) },
	};
	return true;
}

bool kept_finds(struct db *db, struct arena *a, int64_t workspace, int64_t from, int64_t to,
                struct kept_find **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_kept_finds,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(from), db_arg_i64(to)), find_row,
	             sizeof(struct kept_find), a, &items, count, err))
		return false;
	*out = items;
	return true;
}
