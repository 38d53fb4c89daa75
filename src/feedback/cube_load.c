/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_load.h"

#include "db/change.h"
#include "feedback/cube.sql.h"
#include "feedback/cube_people.h"
#include "feedback/cube_read.h"
#include "feedback/cube_read_themes.h"

/* Rows of one read transaction: some 50 ms on a slow disk. */
#define LOAD_PAGE 20000

/* Who loads as many will take a while: it is worth to know how many there are. */
#define LOAD_LONG (10 * LOAD_PAGE)

static bool tell_progress(struct cube_reader *r, struct err *err)
{
	struct cube_progress *progress = r->cube->progress;
	int64_t all;
	if (!progress)
		return true;
	atomic_store(&progress->read, r->answers);
	if (r->answers < LOAD_LONG || atomic_load(&progress->all))
		return true;
	if (!db_one_i64(r->db, &sql_cube_row_count, DB_ARGS(db_arg_i64(r->cube->workspace)), 0,
	                &all, err))
		return false;
	atomic_store(&progress->all, all);
	return true;
}

static bool load_answers(struct cube_reader *r, struct err *err)
{
	int64_t last = 0, count = LOAD_PAGE;
	while (count == LOAD_PAGE)
		if (!cube_read_page(r, last, LOAD_PAGE, &last, &count, err) ||
		    !tell_progress(r, err))
			return false;
	return true;
}

bool cube_load(struct cube *cube, struct db *db, struct err *err)
{
	struct cube_reader r = { .cube = cube, .db = db };
	unsigned wants = cube->wants;
	cube->wants = 0;
	bool ok = change_rev(db, cube->workspace, &cube->rev, err) && cube_read_merged(&r, err) &&
	          load_answers(&r, err) && cube_read_tag_names(&r, err) &&
	          cube_read_taggings(&r, err) && cube_read_theme_names(&r, err) &&
	          cube_read_understood(&r, err);
	cube_reader_end(&r);
	return ok && cube_load_more(cube, db, wants, err);
}

bool cube_load_more(struct cube *cube, struct db *db, unsigned wants, struct err *err)
{
	if (!(wants & ~cube->wants & CUBE_PEOPLE))
		return true;
	struct cube_reader r = { .cube = cube, .db = db };
	cube->wants |= CUBE_PEOPLE;
	bool ok = cube_people_load(&r, err);
	cube_reader_end(&r);
	if (!ok)
		cube->wants &= ~CUBE_PEOPLE;
	return ok;
}
