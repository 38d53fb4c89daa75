/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/learnt.h"

#include "account/audit.h"
#include "base/die.h"
#include "db/list.h"
#include "reading/learnt.sql.h"

#define RUNS_WANTED_AGAIN 3

Str learning_state_name(enum learning_state state)
{
	switch (state) {
#define LEARNT_CASE(value, number, name) \
	case value:                      \
		return STR(name);
		LEARNING_STATES(LEARNT_CASE)
	}
	UNREACHABLE();
}

Str learning_step_name(enum learning_step step)
{
	switch (step) {
		LEARNING_STEPS(LEARNT_CASE)
#undef LEARNT_CASE
	}
	UNREACHABLE();
}

static enum learning_state state_of(int64_t kept)
{
	return kept == RUNS_WANTED_AGAIN ? LEARNING_RUNS : (enum learning_state)kept;
}

static bool learning_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct learning *)out = (struct learning){
		.state = state_of(db_i64(rows, 0)),
		.version = db_i64(rows, 1),
		.step = (enum learning_step)db_i64(rows, 2),
		.done = db_i64(rows, 3),
		.total = db_i64(rows, 4),
		.began_at = db_i64(rows, 5),
		.looked_at = db_i64(rows, 6),
		.comments = db_i64(rows, 7),
		.low = db_i64(rows, 8),
		.high = db_i64(rows, 9),
		.labels = db_i64(rows, 10),
		.drift = db_real(rows, 11),
		.failed = db_text(rows, 12, a),
		.generation = db_i64(rows, 13),
	};
	return true;
}

bool learning_find(struct db *db, struct arena *a, int64_t workspace, struct learning *out,
                   struct err *err)
{
	bool found;
	*out = (struct learning){ 0 };
	return db_one(db, &sql_learning_find, DB_ARGS(db_arg_i64(workspace)), learning_row, out, a,
	              &found, err);
}

bool learning_want(struct db_tx *tx, void *input, struct err *err)
{
	const Str *actor = input;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return db_exec(tx->db, &sql_learning_want, DB_ARGS(db_arg_i64(tx->workspace)), NULL, err) &&
	       audit_write(tx, *actor, STR("reading.learn"), (Str){ "", 0 }, (Str){ "", 0 }, err);
}

bool learning_takes(struct db_tx *tx, void *input, struct err *err)
{
	const struct learning *in = input;
	return db_exec(tx->db, &sql_learning_takes,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->began_at)), NULL, err);
}

bool learning_goes(struct db_tx *tx, void *input, struct err *err)
{
	const struct learning *in = input;
	return db_exec(tx->db, &sql_learning_goes,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->step),
	                       db_arg_i64(in->done), db_arg_i64(in->total),
	                       db_arg_i64(in->began_at)),
	               NULL, err);
}

static bool rest(struct db_tx *tx, const struct learning *in, struct err *err)
{
	return db_exec(tx->db, &sql_learning_rests,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now),
	                       db_arg_i64(in->comments), db_arg_i64(in->low), db_arg_i64(in->high),
	                       db_arg_i64(in->labels),
	                       in->failed.at ? db_arg_text(in->failed) : db_arg_null()),
	               NULL, err);
}

bool learning_rests(struct db_tx *tx, void *input, struct err *err)
{
	return rest(tx, input, err);
}

static DbArg model_or_null(Str model)
{
	return model.at ? db_arg_blob(model) : db_arg_null();
}

static bool write_version(struct db_tx *tx, const struct learnt *v, struct err *err)
{
	return db_exec(tx->db, &sql_learnt_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(v->version),
	                       db_arg_i64(v->engine), db_arg_i64(v->lesson), db_arg_i64(tx->now),
	                       db_arg_i64(v->took), db_arg_i64(v->comments), db_arg_i64(v->sampled),
	                       db_arg_i64(v->low), db_arg_i64(v->high), db_arg_i64(v->labels),
	                       db_arg_real(v->changed), db_arg_bool(v->reread),
	                       model_or_null(v->sentiment), model_or_null(v->themes)),
	               NULL, err);
}

static bool write_figures(struct db_tx *tx, const struct learnt *v, struct err *err)
{
	for (size_t i = 0; i < v->figure_count; i++) {
		const struct learnt_figure *f = &v->figures[i];
		DbArg args[4 + LEARNT_NUMBERS] = { db_arg_i64(tx->workspace),
			                           db_arg_i64(v->version), db_arg_i64(f->theme),
			                           db_arg_i64(f->kind) };
		for (size_t k = 0; k < LEARNT_NUMBERS; k++)
			args[4 + k] = db_arg_i64(f->n[k]);
		if (!db_exec(tx->db, &sql_learnt_figure_insert,
		             (DbArgs){ args, 4 + LEARNT_NUMBERS }, NULL, err))
			return false;
	}
	return true;
}

bool learnt_write(struct db_tx *tx, void *input, struct err *err)
{
	const struct learnt *v = input;
	const struct learning counts = {
		.comments = v->comments, .low = v->low, .high = v->high, .labels = v->labels
	};
	DbArg workspace = db_arg_i64(tx->workspace), version = db_arg_i64(v->version);
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return write_version(tx, v, err) && write_figures(tx, v, err) &&
	       db_exec(tx->db, &sql_learnt_forget_models, DB_ARGS(workspace, version), NULL, err) &&
	       db_exec(tx->db, &sql_learnt_forget_old,
	               DB_ARGS(workspace, db_arg_i64(v->version - LEARNT_VERSIONS)), NULL, err) &&
	       rest(tx, &counts, err) &&
	       db_exec(tx->db, &sql_learning_use,
	               DB_ARGS(workspace, version, db_arg_real(v->reread ? 0 : v->drift),
	                       db_arg_i64(v->reread)),
	               NULL, err);
}

static bool version_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct learnt *)out = (struct learnt){
		.version = db_i64(rows, 0),
		.engine = db_i64(rows, 1),
		.lesson = db_i64(rows, 2),
		.at = db_i64(rows, 3),
		.took = db_i64(rows, 4),
		.comments = db_i64(rows, 5),
		.sampled = db_i64(rows, 6),
		.low = db_i64(rows, 7),
		.high = db_i64(rows, 8),
		.labels = db_i64(rows, 9),
		.changed = db_real(rows, 10),
		.reread = db_i64(rows, 11) != 0,
		.has_sentiment = db_i64(rows, 12) != 0,
		.has_themes = db_i64(rows, 13) != 0,
	};
	return true;
}

bool learnt_list(struct db *db, struct arena *a, int64_t workspace, struct learnt **out,
                 size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_learnt_list, DB_ARGS(db_arg_i64(workspace)), version_row,
	             sizeof(struct learnt), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

struct figure_row {
	int64_t version;
	struct learnt_figure figure;
};

static bool figure_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct figure_row *r = out;
	(void)a;
	(void)err;
	r->version = db_i64(rows, 0);
	r->figure.theme = db_i64(rows, 1);
	r->figure.kind = (enum learnt_kind)db_i64(rows, 2);
	for (int k = 0; k < LEARNT_NUMBERS; k++)
		r->figure.n[k] = db_i64(rows, 3 + k);
	return true;
}

static void part(struct arena *a, const struct figure_row *rows, size_t count,
                 struct learnt_figure **out, int64_t **versions)
{
	*out = ARENA_ARRAY(a, struct learnt_figure, count + 1);
	*versions = ARENA_ARRAY(a, int64_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		(*out)[i] = rows[i].figure;
		(*versions)[i] = rows[i].version;
	}
}

bool learnt_figures(struct db *db, struct arena *a, int64_t workspace, int64_t version,
                    struct learnt_figure **out, size_t *count, struct err *err)
{
	void *items;
	int64_t *versions;
	if (!db_list(db, &sql_learnt_figures, DB_ARGS(db_arg_i64(workspace), db_arg_i64(version)),
	             figure_row, sizeof(struct figure_row), a, &items, count, err))
		return false;
	part(a, items, *count, out, &versions);
	return true;
}

bool learnt_history(struct db *db, struct arena *a, int64_t workspace, struct learnt_figure **out,
                    int64_t **versions, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_learnt_history, DB_ARGS(db_arg_i64(workspace)), figure_row,
	             sizeof(struct figure_row), a, &items, count, err))
		return false;
	part(a, items, *count, out, versions);
	return true;
}

static bool models_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct learnt_models *m = out;
	(void)err;
	m->sentiment = db_is_null(rows, 0) ? (Str){ 0 } : db_blob(rows, 0, a);
	m->themes = db_is_null(rows, 1) ? (Str){ 0 } : db_blob(rows, 1, a);
	return true;
}

bool learnt_models_find(struct db *db, struct arena *a, int64_t workspace, int64_t version,
                        struct learnt_models *out, struct err *err)
{
	bool found;
	*out = (struct learnt_models){ 0 };
	return version == 0 || db_one(db, &sql_learnt_models_find,
	                              DB_ARGS(db_arg_i64(workspace), db_arg_i64(version)),
	                              models_row, out, a, &found, err);
}
