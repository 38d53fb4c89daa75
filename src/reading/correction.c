/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/correction.h"

#include <inttypes.h>

#include "base/die.h"
#include "db/list.h"
#include "feedback/scope.h"
#include "reading/correction.sql.h"
#include "reading/theme.h"

Str reading_correction_name(enum reading_correction_kind kind)
{
	switch (kind) {
#define CORRECTION_CASE(value, number, name) \
	case value:                          \
		return STR(name);
		READING_CORRECTIONS(CORRECTION_CASE)
#undef CORRECTION_CASE
	}
	UNREACHABLE();
}

struct standing {
	int64_t id, theme;
	enum reading_correction_kind kind;
	int value;
};

static bool standing_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct standing *)out = (struct standing){
		.id = db_i64(rows, 0),
		.kind = (enum reading_correction_kind)db_i64(rows, 1),
		.theme = db_i64(rows, 2),
		.value = (int)db_i64(rows, 3),
	};
	return true;
}

static bool run(struct db_tx *tx, const struct db_stmt *stmt, int64_t response, int64_t theme,
                struct err *err)
{
	return db_exec(tx->db, stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response), db_arg_i64(theme)),
	               NULL, err);
}

static bool set_polarity(struct db_tx *tx, const struct db_stmt *stmt, int64_t response,
                         const struct standing *s, struct err *err)
{
	return db_exec(tx->db, stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response),
	                       db_arg_i64(s->theme), db_arg_real(s->value)),
	               NULL, err);
}

/* The machine's own finds come back; where it has none, one of a person's is made. */
static bool add_theme(struct db_tx *tx, int64_t response, const struct standing *s, struct err *err)
{
	int64_t count;
	if (!run(tx, &sql_correction_bring_back, response, s->theme, err) ||
	    !db_one_i64(tx->db, &sql_correction_has_theme,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response),
	                        db_arg_i64(s->theme)),
	                0, &count, err))
		return false;
	return set_polarity(tx, count ? &sql_correction_set_polarity : &sql_correction_add_theme,
	                    response, s, err);
}

static bool lay_one(struct db_tx *tx, int64_t response, const struct standing *s, struct err *err)
{
	switch (s->kind) {
	case CORRECT_SENTIMENT:
		return run(tx, &sql_correction_set_sentiment, response, s->value, err);
	case CORRECT_THEME_ADDED:
		return add_theme(tx, response, s, err);
	case CORRECT_THEME_REMOVED:
		return run(tx, &sql_correction_take_away, response, s->theme, err) &&
		       run(tx, &sql_correction_take_back, response, s->theme, err);
	case CORRECT_THEME_POLARITY:
		return set_polarity(tx, &sql_correction_set_polarity, response, s, err);
	}
	UNREACHABLE();
}

bool correction_lay_over(struct db_tx *tx, int64_t response, struct err *err)
{
	struct standing *all;
	void *items;
	size_t count;
	if (!db_list(tx->db, &sql_correction_standing,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response)), standing_row,
	             sizeof *all, tx->arena, &items, &count, err))
		return false;
	all = items;
	for (size_t i = 0; i < count; i++)
		if (!lay_one(tx, response, &all[i], err))
			return false;
	return true;
}

/* What was laid over it goes, what stands is laid over it. */
static bool lay_anew(struct db_tx *tx, int64_t response, struct err *err)
{
	DbArgs key = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response));
	tx_changed(tx, CHANGE_READING, response);
	return db_exec(tx->db, &sql_correction_lift_sentiment, key, NULL, err) &&
	       db_exec(tx->db, &sql_correction_lift_mentions, key, NULL, err) &&
	       db_exec(tx->db, &sql_correction_lift_added, key, NULL, err) &&
	       correction_lay_over(tx, response, err);
}

static bool correction_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct reading_correction *)out = (struct reading_correction){
		.id = db_i64(rows, 0),
		.response = db_i64(rows, 1),
		.theme = db_i64(rows, 2),
		.kind = (enum reading_correction_kind)db_i64(rows, 3),
		.value = (int)db_i64(rows, 4),
		.author = db_text(rows, 5, a),
		.at = db_i64(rows, 6),
		.undone_at = db_i64(rows, 7),
	};
	return true;
}

bool reading_corrections(struct db *db, struct arena *a, int64_t workspace, int64_t response,
                         struct reading_correction **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_correction_list, DB_ARGS(db_arg_i64(workspace), db_arg_i64(response)),
	             correction_row, sizeof(struct reading_correction), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

static bool check(struct db_tx *tx, const struct correction_make *in, struct err *err)
{
	const struct reading_correction *c = &in->correction;
	struct workspace_theme theme;
	int64_t count;
	if (!scope_check_response(tx->db, tx->arena, in->caller, c->response, err) ||
	    !db_one_i64(tx->db, &sql_correction_has_reading,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(c->response)), 0, &count,
	                err))
		return false;
	if (count == 0)
		return err_set(err, ERR_CONFLICT,
		               "this answer has no comment, or it was not read yet");
	return c->kind == CORRECT_SENTIMENT ||
	       theme_find(tx->db, tx->arena, tx->workspace, c->theme, &theme, err);
}

bool reading_correct(struct db_tx *tx, void *input, struct err *err)
{
	struct correction_make *in = input;
	struct reading_correction *c = &in->correction;
	if (!check(tx, in, err))
		return false;
	c->id = tx_new_id(tx);
	c->author = in->caller->name;
	c->at = tx->now;
	return db_exec(tx->db, &sql_correction_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(c->id),
	                       db_arg_i64(c->response), db_arg_i64(in->caller->user),
	                       db_arg_text(c->author), db_arg_i64(c->kind),
	                       db_arg_id_or_null(c->theme), db_arg_i64(c->value),
	                       db_arg_i64(c->at)),
	               NULL, err) &&
	       lay_anew(tx, c->response, err);
}

bool reading_correction_undo(struct db_tx *tx, void *input, struct err *err)
{
	struct correction_make *in = input;
	struct reading_correction *c = &in->correction;
	int64_t id = c->id, response = c->response;
	bool found;
	if (!scope_check_response(tx->db, tx->arena, in->caller, response, err) ||
	    !db_one(tx->db, &sql_correction_find,
	            DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response), db_arg_i64(id)),
	            correction_row, c, in->arena, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "there is no correction %" PRId64, id);
	if (c->undone_at)
		return true;
	c->undone_at = tx->now;
	return db_exec(tx->db, &sql_correction_undo,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id), db_arg_i64(tx->now),
	                       db_arg_text(in->caller->name)),
	               NULL, err) &&
	       lay_anew(tx, response, err);
}
