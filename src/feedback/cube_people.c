/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_people.h"

#include <stdlib.h>

#include "db/list.h"
#include "feedback/cube.sql.h"
#include "feedback/cube_lost.h"

#define PEOPLE_PAGE 5000

/* A row for each person who has a number; nothing is known of the new ones. */
static void make_rows(struct cube *cube)
{
	struct cube_table *t = &cube->people;
	while (t->rows < cube_keys_count(cube->persons)) {
		struct cube_block *b = cube_table_room(t, cube->memory);
		cube_block_put(b, PEOPLE_FIRST_SEEN, b->rows, t->rows ? INT32_MAX : 0);
		for (size_t i = PEOPLE_TRAIT; i < b->slot_count; i++)
			cube_block_put(b, i, b->rows, 0);
		cube_block_end_row(b);
		t->rows++;
	}
}

static void see(struct cube *cube, uint32_t person, int32_t time)
{
	uint32_t seen = cube_table_get(&cube->people, PEOPLE_FIRST_SEEN, person);
	if (person && time < (int32_t)seen)
		cube_table_set(&cube->people, PEOPLE_FIRST_SEEN, person, (uint32_t)time);
}

static void put_traits(struct cube *cube, uint32_t person, const struct cube_values *traits)
{
	for (size_t i = 0; i < traits->count; i++)
		cube_table_set(&cube->people, PEOPLE_TRAIT + i, person, traits->codes[i]);
}

/* Columns of cube_persons and cube_person. A person who was merged into another lends it the day it was made. */
static bool take_person(struct cube_reader *r, const struct db_rows *rows, struct err *err)
{
	struct cube *cube = r->cube;
	int64_t id = db_i64(rows, 0), canonical = cube_canonical(cube, id);
	uint32_t person = cube_keys_find(cube->persons, canonical);
	if (!person)
		return true;
	see(cube, person, cube_time_of(db_i64(rows, 2)));
	if (id != canonical)
		return true;
	if (!cube_values_read(&r->traits, &cube->traits, cube->memory, db_peek(rows, 3),
	                      &r->scratch, err))
		return false;
	put_traits(cube, person, &r->traits);
	return true;
}

static bool load_page(struct cube_reader *r, int64_t *last, int64_t *count, struct err *err)
{
	struct db_rows rows;
	enum db_next next = DB_FAILED;
	bool ok = true;
	if (!db_query(r->db, &rows, &sql_cube_persons,
	              DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(*last),
	                      db_arg_i64(PEOPLE_PAGE)),
	              err))
		return false;
	for (*count = 0; ok && (next = db_step(&rows, err)) == DB_ROW; ++*count) {
		*last = db_i64(&rows, 0);
		ok = take_person(r, &rows, err);
	}
	db_rows_close(&rows);
	return ok && next == DB_DONE;
}

/* From the block of that row on. */
static void see_answers(struct cube *cube, uint32_t first)
{
	for (size_t i = first / CUBE_CHUNK_ROWS; i < cube->answers.count; i++) {
		const struct cube_block *b = cube->answers.blocks[i];
		uint32_t k = i == first / CUBE_CHUNK_ROWS ? first % CUBE_CHUNK_ROWS : 0;
		for (; k < b->rows; k++)
			if (CUBE_STATE(cube_block_get(b, SLOT_FACTS, k)))
				see(cube, cube_block_get(b, SLOT_PERSON, k),
				    (int32_t)cube_block_get(b, SLOT_TIME, k));
	}
	cube->seen_rows = cube->answers.rows;
}

bool cube_people_load(struct cube_reader *r, struct err *err)
{
	struct cube *cube = r->cube;
	int64_t last = 0, count = PEOPLE_PAGE;
	make_rows(cube);
	for (uint32_t i = 1; i < cube->people.rows; i++)
		cube_table_set(&cube->people, PEOPLE_FIRST_SEEN, i, INT32_MAX);
	see_answers(cube, 0);
	while (count == PEOPLE_PAGE)
		if (!load_page(r, &last, &count, err))
			return false;
	return true;
}

static bool person_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	return take_person(out, rows, err);
}

/* Of a person who is not in the database any more. */
static void lose_traits(struct cube *cube, uint32_t person)
{
	for (size_t i = 0; i < cube->traits.count; i++)
		cube_lose(cube, &cube->people, PEOPLE_TRAIT + i, person);
}

/* The person and those who were merged into it. */
static bool refresh_family(struct cube_reader *r, struct arena *a, uint32_t person, int64_t id,
                           int depth, struct err *err)
{
	DbArgs args = DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(id));
	bool found;
	void *items;
	size_t count;
	if (!db_one(r->db, &sql_cube_person, args, person_row, r, NULL, &found, err) ||
	    !db_list(r->db, &sql_cube_person_merged, args, db_row_i64, sizeof(int64_t), a, &items,
	             &count, err))
		return false;
	if (!found && depth == 0)
		lose_traits(r->cube, person);
	const int64_t *ids = items;
	for (size_t i = 0; depth < CUBE_MERGE_DEPTH && i < count; i++)
		if (!refresh_family(r, a, person, ids[i], depth + 1, err))
			return false;
	return true;
}

static int by_code(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

bool cube_people_refresh(struct cube_reader *r, struct err *err)
{
	struct cube_codes_list *touched = &r->cube->touched, *unseen = &r->cube->unseen;
	struct arena a = { 0 };
	bool ok = true;
	make_rows(r->cube);
	for (size_t i = 0; i < unseen->count; i++)
		cube_table_set(&r->cube->people, PEOPLE_FIRST_SEEN, unseen->at[i], INT32_MAX);
	if (touched->count)
		qsort(touched->at, touched->count, sizeof *touched->at, by_code);
	for (size_t i = 0; ok && i < touched->count; i++) {
		uint32_t person = touched->at[i];
		if (i && person == touched->at[i - 1])
			continue;
		ok = refresh_family(r, &a, person, cube_keys_id(r->cube->persons, person), 0, err);
		arena_free(&a);
	}
	/* One look at the columns for all of them: after an import there are as many as it brought. Where nobody's days were lost,
	 * at those that are new. */
	if (!ok)
		return false;
	see_answers(r->cube, unseen->count ? 0 : r->cube->seen_rows);
	touched->count = unseen->count = 0;
	return ok;
}
