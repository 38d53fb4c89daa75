/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/first_run.h"

#include "account/first_run.sql.h"

static const char *const steps[FIRST_RUN_COUNT] = {
#define FIRST_RUN_NAME(name) #name,
	FIRST_RUN_STEPS(FIRST_RUN_NAME)
#undef FIRST_RUN_NAME
};

const char *first_run_step_name(enum first_run_step step)
{
	return steps[step];
}

const char *first_run_state_name(enum first_run_state state)
{
	static const char *const names[] = { "open", "done", "skipped" };
	return names[state];
}

static void take(struct first_run *run, Str name, int64_t state)
{
	if (state != STEP_DONE && state != STEP_SKIPPED)
		return;
	for (size_t i = 0; i < FIRST_RUN_COUNT; i++)
		if (str_eq(str_of(steps[i]), name))
			run->steps[i] = (enum first_run_state)state;
}

bool first_run_find(struct db *db, int64_t workspace, struct first_run *out, struct err *err)
{
	struct first_run run = { 0 };
	struct arena scratch = { 0 };
	struct db_rows rows;
	if (!db_query(db, &rows, &sql_setup_step_list, DB_ARGS(db_arg_i64(workspace)), err))
		return false;
	enum db_next next;
	while ((next = db_step(&rows, err)) == DB_ROW)
		take(&run, db_text(&rows, 0, &scratch), db_i64(&rows, 1));
	db_rows_close(&rows);
	arena_free(&scratch);
	if (next == DB_FAILED)
		return false;
	*out = run;
	return true;
}

bool first_run_is_open(const struct first_run *run)
{
	bool open = false;
	for (size_t i = 0; i < FIRST_RUN_all; i++)
		open = open || run->steps[i] == STEP_OPEN;
	return open && run->steps[FIRST_RUN_all] == STEP_OPEN;
}

bool first_run_set(struct db_tx *tx, enum first_run_step step, enum first_run_state state,
                   struct err *err)
{
	return db_exec(tx->db, &sql_setup_step_set,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(str_of(steps[step])),
	                       db_arg_i64(state), db_arg_i64(tx->now)),
	               NULL, err);
}
