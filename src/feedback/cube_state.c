/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cube_tags.h"

#define FIRST_WORDINGS 16

static const enum cube_slot_kind answer_slots[SLOT_PROPERTY] = {
	[SLOT_TIME] = SLOT_PLAIN_4,   [SLOT_FACTS] = SLOT_PLAIN_1,  [SLOT_MARKS] = SLOT_PLAIN_1,
	[SLOT_WORDING] = SLOT_CODES,  [SLOT_CHANNEL] = SLOT_CODES,  [SLOT_LANGUAGE] = SLOT_CODES,
	[SLOT_SOURCE] = SLOT_CODES,   [SLOT_IMPORT] = SLOT_CODES,   [SLOT_PERSON] = SLOT_OWNERS,
	[SLOT_ACCOUNT] = SLOT_OWNERS, [SLOT_CLUSTER] = SLOT_OWNERS,
};
static const struct cube_shape answers_shape = { answer_slots, SLOT_PROPERTY, true };

static const enum cube_slot_kind people_slots[PEOPLE_TRAIT] = {
	[PEOPLE_FIRST_SEEN] = SLOT_PLAIN_4,
};
static const struct cube_shape people_shape = { people_slots, PEOPLE_TRAIT, false };

struct cube *cube_new(struct cube_memory *memory, int64_t workspace)
{
	struct cube *cube = cube_alloc(memory, sizeof *cube);
	*cube = (struct cube){
		.memory = memory,
		.workspace = workspace,
		.number = atomic_fetch_add_explicit(&memory->cubes, 1, memory_order_relaxed),
		.answers.shape = &answers_shape,
		.people.shape = &people_shape,
		.channels.dict = cube_dict_new(memory),
		.languages.dict = cube_dict_new(memory),
		.sources.dict = cube_dict_new(memory),
		.persons = cube_keys_new(memory),
		.accounts = cube_keys_new(memory),
		.imports = cube_keys_new(memory),
		.merged = cube_keys_new(memory),
		.wordings = mem_zeroed(FIRST_WORDINGS, sizeof *cube->wordings),
		.wording_count = 1,
		.wording_cap = FIRST_WORDINGS,
		.cluster_count = 1,
	};
	atomic_init(&cube->holds, 1);
	return cube;
}

struct cube *cube_hold(struct cube *cube)
{
	atomic_fetch_add_explicit(&cube->holds, 1, memory_order_relaxed);
	return cube;
}

static void table_free(struct cube_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		cube_block_drop(table->blocks[i]);
	free(table->blocks);
}

static void names_free(struct cube_names_list *names, struct cube_memory *memory)
{
	for (size_t i = 0; i < names->count; i++) {
		cube_dict_free(names->at[i].values);
		cube_free(memory, (void *)(uintptr_t)names->at[i].name.at,
		          names->at[i].name.len + 1);
	}
	free(names->at);
}

static void keys_free(struct cube *cube)
{
	cube_keys_free(cube->persons);
	cube_keys_free(cube->accounts);
	cube_keys_free(cube->imports);
	cube_keys_free(cube->merged);
	cube_homes_free(&cube->repeats, cube->memory);
	cube_homes_free(&cube->alone, cube->memory);
	cube_homes_free(&cube->by_account, cube->memory);
	free(cube->merged_into);
}

void cube_drop(struct cube *cube)
{
	if (!cube || atomic_fetch_sub_explicit(&cube->holds, 1, memory_order_acq_rel) != 1)
		return;
	table_free(&cube->answers);
	table_free(&cube->people);
	cube_dict_free(cube->channels.dict);
	cube_dict_free(cube->languages.dict);
	cube_dict_free(cube->sources.dict);
	names_free(&cube->properties, cube->memory);
	names_free(&cube->traits, cube->memory);
	keys_free(cube);
	cube_tags_free(cube);
	free(cube->wordings);
	free(cube->touched.at);
	free(cube->unseen.at);
	cube_free(cube->memory, cube, sizeof *cube);
}

struct cube_block *cube_table_block(struct cube_table *table, uint32_t row)
{
	struct cube_block **place = &table->blocks[row / CUBE_CHUNK_ROWS];
	*place = cube_block_private(*place);
	return *place;
}

struct cube_block *cube_table_room(struct cube_table *table, struct cube_memory *memory)
{
	size_t at = table->rows / CUBE_CHUNK_ROWS;
	if (at < table->count)
		return cube_table_block(table, table->rows);
	MUST(table->rows < UINT32_C(0x7fff0000));
	if (at == table->cap) {
		table->cap = table->cap ? 2 * table->cap : 4;
		table->blocks = mem_resize(table->blocks, table->cap * sizeof(struct cube_block *));
	}
	table->blocks[table->count++] = cube_block_new(memory, table->shape);
	return table->blocks[at];
}

uint32_t cube_table_get(const struct cube_table *table, size_t slot, uint32_t row)
{
	return cube_block_get(table->blocks[row / CUBE_CHUNK_ROWS], slot, row % CUBE_CHUNK_ROWS);
}

void cube_table_set(struct cube_table *table, size_t slot, uint32_t row, uint32_t value)
{
	if (cube_table_get(table, slot, row) == value)
		return;
	struct cube_block *b = cube_table_block(table, row);
	cube_block_add_slots(b, slot + 1);
	cube_block_put(b, slot, row % CUBE_CHUNK_ROWS, value);
}

uint32_t cube_text_code(struct cube_texts *texts, Str text)
{
	if (!texts->code || !str_eq(texts->last, text)) {
		texts->code = cube_dict_add(texts->dict, text);
		texts->last = cube_dict_text(texts->dict, texts->code);
	}
	return texts->code;
}

static bool is_wording(const struct cube *cube, uint32_t code, int64_t survey, int version)
{
	return cube->wordings[code].survey == survey && cube->wordings[code].version == version;
}

/* A few hundred at most; those that answers come for now stand at the end. */
uint32_t cube_wording_code(struct cube *cube, int64_t survey, int version)
{
	if (cube->wording_last && is_wording(cube, cube->wording_last, survey, version))
		return cube->wording_last;
	uint32_t code = cube->wording_count;
	while (--code > 0)
		if (is_wording(cube, code, survey, version))
			return cube->wording_last = code;
	if (cube->wording_count >= cube->wording_cap) {
		cube->wording_cap *= 2;
		cube->wordings =
		    mem_resize(cube->wordings, cube->wording_cap * sizeof *cube->wordings);
	}
	cube->wordings[cube->wording_count] = (struct cube_wording){ survey, version };
	return cube->wording_last = cube->wording_count++;
}

static size_t name_find(const struct cube_names_list *names, Str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_eq(names->at[i].name, name))
			return i;
	return SIZE_MAX;
}

size_t cube_name_add(struct cube_names_list *names, struct cube_memory *memory, Str name,
                     size_t guess)
{
	if (guess < names->count && str_eq(names->at[guess].name, name))
		return guess;
	size_t known = name_find(names, name);
	if (known != SIZE_MAX)
		return known;
	if (names->count == CUBE_NAMES_MAX) {
		names->cut = true;
		return SIZE_MAX;
	}
	if (names->count == names->cap) {
		names->cap = names->cap ? 2 * names->cap : 8;
		names->at = mem_resize(names->at, names->cap * sizeof *names->at);
	}
	char *copy = cube_alloc(memory, name.len + 1);
	memcpy(copy, name.len ? name.at : "", name.len);
	names->at[names->count] = (struct cube_property_own){ .name = { copy, name.len },
		                                              .values = cube_dict_new(memory) };
	return names->count++;
}

int64_t cube_merged_into(const struct cube *cube, int64_t person)
{
	uint32_t code = cube_keys_find(cube->merged, person);
	return code ? cube->merged_into[code] : 0;
}

int64_t cube_canonical(const struct cube *cube, int64_t person)
{
	if (cube_keys_count(cube->merged) == 1)
		return person;
	int64_t into = cube_merged_into(cube, person);
	for (int depth = 0; into && depth < CUBE_MERGE_DEPTH; depth++) {
		person = into;
		into = cube_merged_into(cube, person);
	}
	return person;
}

void cube_merge(struct cube *cube, int64_t person, int64_t into)
{
	if (!into && !cube_keys_find(cube->merged, person))
		return;
	uint32_t code = cube_keys_add(cube->merged, person);
	if (code >= cube->merged_cap) {
		cube->merged_cap = cube->merged_cap ? 2 * cube->merged_cap : 64;
		cube->merged_into =
		    mem_resize(cube->merged_into, cube->merged_cap * sizeof(int64_t));
	}
	cube->merged_into[code] = into;
}

void cube_codes_add(struct cube_codes_list *list, uint32_t code)
{
	if (list->count && list->at[list->count - 1] == code)
		return;
	if (list->count == list->cap) {
		list->cap = list->cap ? 2 * list->cap : 64;
		list->at = mem_resize(list->at, list->cap * sizeof *list->at);
	}
	list->at[list->count++] = code;
}
