/* A cube's columns without a database: chunks that fill, dictionaries that outgrow their width, edits behind a view. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_rows.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/die.h"
#include "feedback/cube_make.h"

#define ROWS 150000u /* two full chunks and one that grows */

static struct cube_memory memory;

/* What row i is to be; `salt` makes another version of it. */
static uint32_t value_of(uint32_t i, uint32_t salt)
{
	return (i * 7 + salt) % 70001;
}

static int64_t id_of(uint32_t i)
{
	return (INT64_C(1000) + i) << 22 | (i % 3) << 12;
}

static void fill(struct cube *cube, struct cube_row *row, uint32_t i, uint32_t salt)
{
	char text[16];
	int n = snprintf(text, sizeof text, "v%" PRIu32, value_of(i, salt));
	Str value = { text, (size_t)n };
	size_t wide = cube_name_add(&cube->properties, cube->memory, STR("wide"), 0);
	*row = (struct cube_row){ .id = id_of(i) };
	row->slots[SLOT_TIME] = i;
	row->slots[SLOT_FACTS] = 1 << 4 | i % 11;
	row->slots[SLOT_WORDING] = cube_wording_code(cube, 5, (int)(i % 300 + salt));
	row->slots[SLOT_PERSON] = cube_keys_add(cube->persons, 1 + (i + salt) % 90000);
	row->slots[SLOT_ACCOUNT] = i % 2 ? cube_keys_add(cube->accounts, 1 + i % 20) : 0;
	static uint32_t codes[1];
	codes[wide] = cube_dict_add(cube->properties.at[wide].values, value);
	row->properties = codes;
	row->property_count = 1;
}

static void check_row(const struct cube_view *v, uint32_t i, uint32_t salt)
{
	const struct cube_chunk *c = v->chunks[i / CUBE_CHUNK_ROWS];
	size_t row = i % CUBE_CHUNK_ROWS;
	char text[16];
	snprintf(text, sizeof text, "v%" PRIu32, value_of(i, salt));
	assert_true(str_eq(str_of(text), cube_dict_text(v->properties[0].values.dict,
	                                                cube_property_code(c, 0, row))));
	assert_int_equal(cube_view_id(v, i / CUBE_CHUNK_ROWS, row), id_of(i));
	assert_int_equal(CUBE_SCORE(c->facts[row]), i % 11);
	assert_int_equal(c->time[row], i);
	assert_int_equal(v->wordings[cube_code(c->wording, row)].version, i % 300 + salt);
	assert_int_equal(cube_view_person_id(v, cube_code(c->person, row)), 1 + (i + salt) % 90000);
	assert_int_equal(cube_view_account_id(v, cube_code(c->account, row)),
	                 i % 2 ? 1 + i % 20 : 0);
}

static void check_all(const struct cube_view *v, uint32_t rows, uint32_t salt)
{
	assert_int_equal(v->rows, rows);
	for (uint32_t i = 0; i < rows; i++)
		check_row(v, i, salt);
}

static void a_dictionary_outgrows_one_and_two_bytes_and_no_view_notices(void **state)
{
	(void)state;
	struct cube *cube = cube_new(&memory, 1);
	const struct cube_view *views[4];
	static const uint32_t at[] = { 200, 300, 66000, ROWS };
	struct cube_row row;
	uint32_t i = 0;
	for (int k = 0; k < 4; k++) {
		for (; i < at[k]; i++) {
			fill(cube, &row, i, 0);
			cube_rows_append(cube, &row);
		}
		views[k] = cube_view_make(cube);
	}
	for (i = 0; i < ROWS; i += 97) {
		fill(cube, &row, i, 1);
		assert_int_equal(cube_rows_put(cube, &row), i);
	}
	const struct cube_view *edited = cube_view_make(cube);
	for (int k = 0; k < 4; k++) {
		check_all(views[k], at[k], 0);
		cube_view_drop(views[k]);
	}
	for (i = 0; i < ROWS; i++)
		check_row(edited, i, i % 97 == 0);
	cube_view_drop(edited);
	cube_drop(cube);
	assert_int_equal(memory.bytes, 0);
}

static void a_full_chunk_is_as_narrow_as_its_numbers(void **state)
{
	(void)state;
	struct cube *cube = cube_new(&memory, 1);
	struct cube_row row;
	for (uint32_t i = 0; i < 2 * CUBE_CHUNK_ROWS; i++) {
		fill(cube, &row, i, 0);
		row.slots[SLOT_CHANNEL] = cube_text_code(&cube->channels, STR("api"));
		row.slots[SLOT_PERSON] = i % 9 ? cube_keys_add(cube->persons, 1 + i) : 0;
		row.slots[SLOT_ACCOUNT] = 0;
		row.property_count = 0;
		cube_rows_append(cube, &row);
	}
	const struct cube_view *v = cube_view_make(cube);
	const struct cube_chunk *c = v->chunks[1];
	assert_null(c->channel.at);
	assert_int_equal(cube_code(c->channel, 7), 1);
	assert_null(c->account.at);
	assert_null(c->cluster.at);
	assert_int_equal(c->person.width, 2);
	assert_int_equal(cube_code(c->person, 2), 0);
	assert_int_equal(cube_view_person_id(v, cube_code(c->person, 3)), CUBE_CHUNK_ROWS + 4);
	assert_int_equal(c->wording.width, 2);
	cube_view_drop(v);
	cube_drop(cube);
}

static void ids_are_found_whatever_they_look_like(void **state)
{
	(void)state;
	struct cube *cube = cube_new(&memory, 1);
	struct cube_row row;
	uint32_t found;
	uint64_t x = 1;
	for (uint32_t i = 0; i < 2 * CUBE_CHUNK_ROWS + 5; i++) {
		fill(cube, &row, i, 0);
		/* The first chunk is in no order at all, the second one descends. */
		x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
		row.id = i < CUBE_CHUNK_ROWS ? (int64_t)(x >> 2 | 1) : id_of(2 * ROWS - i);
		cube_rows_append(cube, &row);
	}
	const struct cube_view *v = cube_view_make(cube);
	for (uint32_t i = 0; i < v->rows; i += 331) {
		int64_t id = cube_view_id(v, i / CUBE_CHUNK_ROWS, i % CUBE_CHUNK_ROWS);
		assert_true(cube_rows_find(cube, id, &found));
		assert_int_equal(found, i);
		assert_false(cube_rows_find(cube, id ^ 1 << 21, &found));
	}
	cube_view_drop(v);
	cube_drop(cube);
}

static void a_text_is_found_only_by_who_may_know_it(void **state)
{
	(void)state;
	struct cube *cube = cube_new(&memory, 1);
	uint32_t first = cube_text_code(&cube->channels, STR("web"));
	uint32_t empty = cube_text_code(&cube->channels, STR(""));
	const struct cube_view *v = cube_view_make(cube);
	uint32_t later = cube_text_code(&cube->channels, STR("later"));
	assert_int_equal(cube_dict_find(v->channels.dict, STR("web"), v->channels.count), first);
	assert_int_equal(cube_dict_find(v->channels.dict, STR(""), v->channels.count), empty);
	assert_int_equal(cube_dict_find(v->channels.dict, STR("later"), v->channels.count), 0);
	assert_int_equal(cube_dict_find(v->channels.dict, STR("later"), later + 1), later);
	assert_int_equal(cube_dict_find(v->channels.dict, STR("never"), later + 1), 0);
	assert_int_equal(cube_text_code(&cube->channels, (Str){ 0 }), 0);
	cube_view_drop(v);
	cube_drop(cube);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dictionary_outgrows_one_and_two_bytes_and_no_view_notices),
		cmocka_unit_test(a_full_chunk_is_as_narrow_as_its_numbers),
		cmocka_unit_test(ids_are_found_whatever_they_look_like),
		cmocka_unit_test(a_text_is_found_only_by_who_may_know_it),
	};
	return cmocka_run_group_tests_name("cube's rows", tests, NULL, NULL);
}
