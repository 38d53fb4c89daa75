/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "readings.h"

#include "db/list.h"

const char *const readings_themes[READINGS_THEMES] = { "price", "support", "app", "never" };

#define STMT(what, text)                                            \
	static const struct db_stmt what = { .name = "test_" #what, \
		                             .sqlite = text,        \
		                             .postgres = text }

STMT(theme_make,
     "INSERT INTO theme (workspace_id, id, code, name, renamed, industries, state, merged_into, "
     "actor, created_at, "
     "updated_at) VALUES ($1, $2, $3, $3, 0, 0, 1, 0, 'test', 0, 0) ON CONFLICT DO NOTHING");
STMT(theme_join, "UPDATE theme SET merged_into = $3 WHERE workspace_id = $1 AND id = $2");
STMT(response_there, "SELECT r.id FROM response r WHERE r.workspace_id = $1 AND r.id = $2");
STMT(forget, "DELETE FROM reading WHERE workspace_id = $1 AND response_id = $2");
STMT(reading_make, "INSERT INTO reading (workspace_id, response_id, input, engine, taxonomy, "
                   "language, covered, low_effort, sentiment, "
                   "score, blind, blind_score, urgent, read_at) VALUES ($1, $2, 1, 1, 0, 'en', $3, "
                   "$4, $5, 0, $5, 0, 0, 0)");
STMT(mention_make, "INSERT INTO theme_mention (workspace_id, response_id, theme_id, span_from, "
                   "span_len, polarity, certainty, made_by) "
                   "VALUES ($1, $2, $3, $4, 3, $5, 1, $6)");

static unsigned draw(uint64_t *random, unsigned below)
{
	*random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(*random >> 33) % below;
}

static bool make_themes(struct db_tx *tx, struct err *err)
{
	for (int i = 0; i < READINGS_THEMES; i++)
		if (!db_exec(tx->db, &theme_make,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(i + 1),
		                     db_arg_text(str_of(readings_themes[i]))),
		             NULL, err))
			return false;
	return true;
}

static bool make_mentions(struct db_tx *tx, const struct readings_input *in, uint64_t *random,
                          struct err *err)
{
	static const double polarities[] = { -0.9, -0.1, 0, 0.7 };
	for (unsigned i = 0, n = draw(random, 5); i < n; i++)
		if (!db_exec(tx->db, &mention_make,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->response),
		                     db_arg_i64(1 + draw(random, READINGS_THEMES - 1)),
		                     db_arg_i64(4 * i), db_arg_real(polarities[draw(random, 4)]),
		                     db_arg_i64(1 + draw(random, 3))),
		             NULL, err))
			return false;
	return true;
}

bool readings_write(struct db_tx *tx, void *input, struct err *err)
{
	const struct readings_input *in = input;
	uint64_t random = in->random;
	int64_t id;
	DbArgs key = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->response));
	if (!db_one_i64(tx->db, &response_there, key, 0, &id, err) || !make_themes(tx, err))
		return false;
	if (!id)
		return err_set(err, ERR_NOT_FOUND, "no such answer");
	tx_changed(tx, CHANGE_READING, in->response);
	if (!db_exec(tx->db, &forget, key, NULL, err))
		return false;
	if (draw(&random, 4) == 0)
		return true;
	unsigned kind = draw(&random, 8);
	DbArg blind = kind < 2 ? db_arg_null() : db_arg_i64(draw(&random, 4));
	return db_exec(tx->db, &reading_make,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(in->response),
	                       db_arg_i64(kind != 0), db_arg_i64(kind == 1), blind),
	               NULL, err) &&
	       make_mentions(tx, in, &random, err);
}

bool readings_join(struct db_tx *tx, void *input, struct err *err)
{
	uint64_t random = *(uint64_t *)input;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return make_themes(tx, err) && db_exec(tx->db, &theme_join,
	                                       DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(3),
	                                               db_arg_i64(draw(&random, 3))),
	                                       NULL, err);
}
