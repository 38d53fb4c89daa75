/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_rows.h"

#include "feedback/cube_lost.h"
#include "feedback/cube_tags.h"

#define KEPT_MARKS (CUBE_MARK_REPEATS | CUBE_MARK_TAGGED | 7u << CUBE_UNDERSTOOD_SHIFT)

static uint32_t get(const struct cube *cube, size_t slot, uint32_t row)
{
	return cube_table_get(&cube->answers, slot, row);
}

static void set(struct cube *cube, size_t slot, uint32_t row, uint32_t value)
{
	cube_table_set(&cube->answers, slot, row, value);
}

static void mark_repeats(struct cube *cube, uint32_t row, bool repeats)
{
	uint32_t marks = get(cube, SLOT_MARKS, row);
	set(cube, SLOT_MARKS, row,
	    repeats ? marks | CUBE_MARK_REPEATS : marks & ~CUBE_MARK_REPEATS);
}

/* Does the person have another row? A number that has had two stays one that has, so that taking a row away never has to
 * look for the others. */
static bool enter_person(struct cube *cube, uint32_t row, uint32_t person)
{
	if (!person)
		return false;
	uint32_t *home = cube_homes_at(&cube->repeats, cube->memory, person);
	if (*home == CUBE_HOME_NONE) {
		*home = row + 1;
		return false;
	}
	if (!(*home & CUBE_HOME_MANY))
		mark_repeats(cube, *home - 1, true);
	*home = CUBE_HOME_MANY;
	return true;
}

static uint32_t *cluster_home(struct cube *cube, uint32_t person, uint32_t account)
{
	return account ? cube_homes_at(&cube->by_account, cube->memory, account)
	               : cube_homes_at(&cube->alone, cube->memory, person);
}

/* The row's cluster; its first row gets the number with the second. */
static uint32_t enter_cluster(struct cube *cube, uint32_t row, uint32_t person, uint32_t account)
{
	if (!person && !account)
		return 0;
	uint32_t *home = cluster_home(cube, person, account);
	if (*home == CUBE_HOME_NONE) {
		*home = row + 1;
		return 0;
	}
	if (!(*home & CUBE_HOME_MANY)) {
		uint32_t first = *home - 1;
		*home = CUBE_HOME_MANY | cube->cluster_count;
		set(cube, SLOT_CLUSTER, first, cube->cluster_count++);
	}
	return *home & ~CUBE_HOME_MANY;
}

static void leave(struct cube *cube, uint32_t row, uint32_t person, uint32_t account)
{
	uint32_t *home = cube_homes_at(&cube->repeats, cube->memory, person);
	if (person && *home == row + 1)
		*home = CUBE_HOME_NONE;
	if (person || account) {
		home = cluster_home(cube, person, account);
		if (*home == row + 1)
			*home = CUBE_HOME_NONE;
	}
}

static void touch(struct cube *cube, uint32_t person)
{
	if (person && cube->wants & CUBE_PEOPLE)
		cube_codes_add(&cube->touched, person);
}

/* An answer that was the person's first may not be so any more. */
static void touch_days(struct cube *cube, uint32_t person)
{
	touch(cube, person);
	if (person && cube->wants & CUBE_PEOPLE)
		cube_codes_add(&cube->unseen, person);
}

void cube_rows_warm(const struct cube *cube, uint32_t person, uint32_t account)
{
	cube_homes_warm(&cube->repeats, person);
	if (account)
		cube_homes_warm(&cube->by_account, account);
	else
		cube_homes_warm(&cube->alone, person);
}

void cube_rows_append(struct cube *cube, const struct cube_row *r)
{
	struct cube_block *b = cube_table_room(&cube->answers, cube->memory);
	uint32_t at = b->rows, row = cube->answers.rows++;
	uint32_t person = r->slots[SLOT_PERSON], account = r->slots[SLOT_ACCOUNT];
	bool repeats = enter_person(cube, row, person);
	cube_block_add_slots(b, SLOT_PROPERTY + r->property_count);
	for (size_t i = 0; i < SLOT_CLUSTER; i++)
		cube_block_put(b, i, at,
		               i == SLOT_MARKS && repeats ? r->slots[i] | CUBE_MARK_REPEATS
		                                          : r->slots[i]);
	cube_block_put(b, SLOT_CLUSTER, at, enter_cluster(cube, row, person, account));
	for (size_t i = 0; i < r->property_count; i++)
		cube_block_put(b, SLOT_PROPERTY + i, at, r->properties[i]);
	cube_block_put_id(b, r->id);
	cube_block_see_time(b, (int32_t)r->slots[SLOT_TIME]);
	cube_block_end_row(b);
	touch(cube, person);
	if (b->rows == CUBE_CHUNK_ROWS)
		cube_block_seal(b);
}

void cube_rows_make_homes(struct cube *cube)
{
	cube_homes_at(&cube->repeats, cube->memory, cube_keys_count(cube->persons));
	cube_homes_at(&cube->alone, cube->memory, cube_keys_count(cube->persons));
	cube_homes_at(&cube->by_account, cube->memory, cube_keys_count(cube->accounts));
}

void cube_rows_enter(struct cube *cube, const struct cube_block *b, uint32_t row)
{
	uint32_t at = row % CUBE_CHUNK_ROWS, marks = cube_block_get(b, SLOT_MARKS, at);
	uint32_t person = cube_block_get(b, SLOT_PERSON, at);
	uint32_t account = cube_block_get(b, SLOT_ACCOUNT, at);
	uint32_t cluster = cube_block_get(b, SLOT_CLUSTER, at);
	cube->gone += CUBE_STATE(cube_block_get(b, SLOT_FACTS, at)) == 0;
	if (person)
		*cube_homes_at(&cube->repeats, cube->memory, person) =
		    marks & CUBE_MARK_REPEATS ? CUBE_HOME_MANY : row + 1;
	if (person || account)
		*cluster_home(cube, person, account) = cluster ? CUBE_HOME_MANY | cluster : row + 1;
}

static void replace(struct cube *cube, uint32_t row, const struct cube_row *r)
{
	uint32_t person = get(cube, SLOT_PERSON, row), account = get(cube, SLOT_ACCOUNT, row);
	uint32_t kept = get(cube, SLOT_MARKS, row) & KEPT_MARKS;
	bool moved = person != r->slots[SLOT_PERSON] || account != r->slots[SLOT_ACCOUNT];
	bool redated = get(cube, SLOT_TIME, row) != r->slots[SLOT_TIME];
	if (moved || redated) {
		touch_days(cube, person);
		touch_days(cube, r->slots[SLOT_PERSON]);
	}
	for (size_t i = 0; i < SLOT_CLUSTER; i++)
		set(cube, i, row, i == SLOT_MARKS ? r->slots[i] | kept : r->slots[i]);
	for (size_t i = 0; i < r->property_count; i++)
		set(cube, SLOT_PROPERTY + i, row, r->properties[i]);
	if (redated)
		cube_block_see_time(cube_table_block(&cube->answers, row),
		                    (int32_t)r->slots[SLOT_TIME]);
	if (!moved)
		return;
	leave(cube, row, person, account);
	mark_repeats(cube, row, enter_person(cube, row, r->slots[SLOT_PERSON]));
	set(cube, SLOT_CLUSTER, row,
	    enter_cluster(cube, row, r->slots[SLOT_PERSON], r->slots[SLOT_ACCOUNT]));
}

/* Whoever changes now came last: the newest chunks are asked first. */
bool cube_rows_find(const struct cube *cube, int64_t id, uint32_t *row)
{
	for (size_t i = cube->answers.count; i-- > 0;) {
		const struct cube_block *b = cube->answers.blocks[i];
		uint32_t at;
		if (id < b->min_id || id > b->max_id ||
		    !cube_ids_find(b->ids, b->rows, b->ids_sorted, id, &at))
			continue;
		*row = (uint32_t)(i * CUBE_CHUNK_ROWS) + at;
		return true;
	}
	return false;
}

uint32_t cube_rows_put(struct cube *cube, const struct cube_row *r)
{
	uint32_t row;
	if (!cube_rows_find(cube, r->id, &row)) {
		cube_rows_append(cube, r);
		return cube->answers.rows - 1;
	}
	if (!CUBE_STATE(get(cube, SLOT_FACTS, row)))
		cube->gone--;
	replace(cube, row, r);
	return row;
}

void cube_rows_remove(struct cube *cube, int64_t id)
{
	uint32_t row;
	if (!cube_rows_find(cube, id, &row) || !CUBE_STATE(get(cube, SLOT_FACTS, row)))
		return;
	struct cube_row none = { .id = id, .slots = { [SLOT_FACTS] = CUBE_NO_SCORE } };
	none.slots[SLOT_TIME] = get(cube, SLOT_TIME, row);
	cube_tags_put(cube, row, NULL, 0);
	cube_understood_put(cube, row, UNDERSTOOD_NO_READING, NULL, 0);
	touch_days(cube, get(cube, SLOT_PERSON, row));
	replace(cube, row, &none);
	for (size_t i = 0; i < cube->properties.count; i++)
		cube_lose(cube, &cube->answers, SLOT_PROPERTY + i, row);
	cube->gone++;
}
