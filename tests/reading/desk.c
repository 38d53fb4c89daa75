/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk.h"

#include <stdio.h>

#include "app/analyst_files.h"
#include "base/die.h"

static void must(bool ok, const struct err *err, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s\n", what, err->msg);
	die(__FILE__, __LINE__, what);
}

void desk_make(struct desk *d, enum db_engine engine)
{
	struct err err;
	*d = (struct desk){ 0 };
	ground_make(&d->g, engine);
	must(analyst_files_find(&d->files_arena, &d->files, &err), &err, "analyst_files_find");
	d->reader = reader_new(d->g.store, &d->files, false);
}

void desk_remove(struct desk *d)
{
	reader_free(d->reader);
	ground_remove(&d->g);
	arena_free(&d->files_arena);
}

void desk_restart(struct desk *d)
{
	reader_free(d->reader);
	d->reader = reader_new(d->g.store, &d->files, false);
}

bool desk_look(struct desk *d)
{
	struct err err;
	bool more;
	must(reader_look(d->reader, d->g.db, d->g.workspace, &more, &err), &err, "reader_look");
	return more;
}

void desk_read_all(struct desk *d)
{
	while (desk_look(d))
		continue;
}

int64_t desk_answer(struct desk *d, int score, const char *comment)
{
	struct capture_input in = ground_answer(&d->g, score, comment);
	in.language = STR("en");
	return ground_take(&d->g, &in).id;
}

void desk_edit(struct desk *d, int64_t response, int score, const char *comment)
{
	struct capture_input in = ground_answer(&d->g, score, comment);
	in.survey_slug = (Str){ 0 };
	in.response_id = response;
	in.trusted = true;
	ground_take(&d->g, &in);
}

int64_t desk_number(struct desk *d, const struct db_stmt *stmt, int64_t response)
{
	struct err err;
	int64_t n;
	must(db_one_i64(d->g.db, stmt, DB_ARGS(db_arg_i64(d->g.workspace), db_arg_i64(response)),
	                -1, &n, &err),
	     &err, stmt->name);
	return n;
}

int64_t desk_theme(struct desk *d, const char *code)
{
	DESK_SQL(theme_of_code, "SELECT id FROM theme WHERE workspace_id = $1 AND code = $2");
	struct err err;
	int64_t id;
	must(db_one_i64(d->g.db, &theme_of_code,
	                DB_ARGS(db_arg_i64(d->g.workspace), db_arg_text(str_of(code))), 0, &id,
	                &err),
	     &err, code);
	MUST(id != 0);
	return id;
}
