/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_load.h"

#include <stdlib.h>

#include "base/die.h"
#include "db/change.h"
#include "db/list.h"
#include "feedback/cube.sql.h"
#include "feedback/cube_people.h"
#include "feedback/cube_read.h"
#include "feedback/cube_read_themes.h"

#define FOLLOW_PAGE 500

/* Where the catch-up stands in the log, and what a page of it says. */
struct follow {
	struct cube_reader reader;
	int64_t rev, seq; /* read up to here */
	int64_t seen;     /* the newest rev of a transaction that rows were read from */
	struct change page[FOLLOW_PAGE]; /* changes of one read transaction */
	size_t count;
	int64_t ids[FOLLOW_PAGE];
	int64_t total;
};

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

/* Ids of the page's changes of a kind or two, each once. */
static size_t ids_of(struct follow *f, enum change_kind kind, enum change_kind other)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < f->count; i++)
		if (f->page[i].kind == kind || f->page[i].kind == other)
			f->ids[n++] = f->page[i].id;
	if (n)
		qsort(f->ids, n, sizeof f->ids[0], by_id);
	for (size_t i = 0; i < n; i++)
		if (!kept || f->ids[kept - 1] != f->ids[i])
			f->ids[kept++] = f->ids[i];
	return kept;
}

/* Answers of the person and of all who were merged into it: they are somebody else's now. */
static bool family_again(struct cube_reader *r, struct arena *a, int64_t person, int depth,
                         struct err *err)
{
	void *items;
	size_t count;
	if (!cube_read_of_person(r, person, err) ||
	    !db_list(r->db, &sql_cube_person_merged,
	             DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(person)), db_row_i64,
	             sizeof(int64_t), a, &items, &count, err))
		return false;
	const int64_t *ids = items;
	for (size_t i = 0; depth < CUBE_MERGE_DEPTH && i < count; i++)
		if (!family_again(r, a, ids[i], depth + 1, err))
			return false;
	return true;
}

static bool into_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(int64_t *)out = db_i64(rows, 1);
	return true;
}

/* `days`: it may have been made, and have answered, on other days than is known of it. */
static void touch(struct cube *cube, int64_t person, bool days)
{
	uint32_t code = cube_keys_find(cube->persons, cube_canonical(cube, person));
	if (!code || !(cube->wants & CUBE_PEOPLE))
		return;
	cube_codes_add(&cube->touched, code);
	if (days)
		cube_codes_add(&cube->unseen, code);
}

static bool person_again(struct cube_reader *r, int64_t person, struct err *err)
{
	struct arena a = { 0 };
	int64_t into = 0;
	bool found;
	if (!db_one(r->db, &sql_cube_person,
	            DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(person)), into_row, &into,
	            NULL, &found, err))
		return false;
	bool moved = into != cube_merged_into(r->cube, person);
	touch(r->cube, person, moved || !found);
	if (!moved)
		return true;
	cube_merge(r->cube, person, into);
	bool ok = family_again(r, &a, person, 0, err);
	arena_free(&a);
	touch(r->cube, person, true);
	return ok;
}

static bool persons_again(struct follow *f, struct err *err)
{
	size_t count = ids_of(f, CHANGE_PERSON, CHANGE_PERSON);
	for (size_t i = 0; i < count; i++)
		if (!person_again(&f->reader, f->ids[i], err))
			return false;
	return true;
}

static bool answers_again(struct follow *f, struct err *err)
{
	size_t count = ids_of(f, CHANGE_RESPONSE, CHANGE_RESPONSE_NEW);
	for (size_t i = 0; i < count; i += CUBE_SOME)
		if (!cube_read_some(&f->reader, f->ids + i,
		                    count - i < CUBE_SOME ? count - i : CUBE_SOME, err))
			return false;
	return true;
}

static bool readings_again(struct follow *f, struct err *err)
{
	size_t count = ids_of(f, CHANGE_READING, CHANGE_READING);
	bool ok = !count || cube_read_theme_names(&f->reader, err);
	for (size_t i = 0; ok && i < count; i += CUBE_SOME)
		ok = cube_read_understood_of(&f->reader, f->ids + i,
		                             count - i < CUBE_SOME ? count - i : CUBE_SOME, err);
	return ok;
}

/* Tags are named, joined and deleted as changes of the workspace; who has them, as changes of answers. */
static bool apply(struct follow *f, struct err *err)
{
	size_t workspace = ids_of(f, CHANGE_WORKSPACE, CHANGE_WORKSPACE);
	if (workspace &&
	    (!cube_read_tag_names(&f->reader, err) || !cube_read_theme_names(&f->reader, err)))
		return false;
	return persons_again(f, err) && answers_again(f, err) && readings_again(f, err) &&
	       (!(f->reader.cube->wants & CUBE_PEOPLE) || cube_people_refresh(&f->reader, err));
}

/* Does the log go on from where the cube stands? */
static bool reaches(struct follow *f, int64_t rev, bool *out, struct err *err)
{
	const struct cube *cube = f->reader.cube;
	int64_t oldest;
	if (!change_oldest(f->reader.db, cube->workspace, &oldest, err))
		return false;
	*out = rev == cube->rev || (rev > cube->rev && oldest && oldest <= cube->rev + 1);
	return true;
}

/* One read transaction: a page of changes and all that they are about. *more: there are further ones. */
static bool follow_page(struct follow *f, bool *reached, bool *more, struct err *err)
{
	struct cube *cube = f->reader.cube;
	int64_t rev;
	if (!change_rev(f->reader.db, cube->workspace, &rev, err) || !reaches(f, rev, reached, err))
		return false;
	if (!*reached)
		return true;
	f->seen = rev > f->seen ? rev : f->seen;
	if (!change_read(f->reader.db, cube->workspace, f->rev, f->seq, f->page, FOLLOW_PAGE,
	                 &f->count, err) ||
	    !apply(f, err))
		return false;
	f->total += (int64_t)f->count;
	*more = f->count == FOLLOW_PAGE;
	if (*more) {
		f->rev = f->page[FOLLOW_PAGE - 1].rev;
		f->seq = f->page[FOLLOW_PAGE - 1].seq;
	} else {
		f->rev = rev;
		f->seq = INT64_MAX;
	}
	cube->rev = *more ? f->rev - 1 : rev;
	*more |= cube->rev < f->seen;
	return true;
}

static bool follow_pages(struct follow *f, bool *fresh, struct err *err)
{
	bool more = true, reached = true;
	while (more) {
		if (!db_read_begin(f->reader.db, err))
			return false;
		bool ok = follow_page(f, &reached, &more, err);
		db_read_end(f->reader.db);
		if (!ok)
			return false;
		if (!reached || (more && f->total > f->reader.cube->answers.rows / 4 + 20000)) {
			*fresh = false;
			return true;
		}
	}
	*fresh = true;
	return true;
}

bool cube_follow(struct cube *cube, struct db *db, bool *fresh, int64_t *changes, struct err *err)
{
	struct follow *f = mem_zeroed(1, sizeof *f);
	f->reader = (struct cube_reader){ .cube = cube, .db = db };
	f->rev = cube->rev;
	f->seq = INT64_MAX;
	bool ok = follow_pages(f, fresh, err);
	*changes = f->total;
	cube_reader_end(&f->reader);
	free(f);
	return ok;
}
