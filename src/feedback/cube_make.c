/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_make.h"

#include <string.h>

#include "feedback/cube_tags.h"

/* A view with what it holds. */
struct held {
	struct cube_view view; /* first: a view is one of these */
	_Atomic unsigned holds;
	uint64_t number; /* in the order in which the cube's views were made */
	struct cube *cube;
	struct cube_block **answers, **people;
	struct cube_tags tags, themes[THEME_SAYINGS];
};

/* A view is const to whoever reads it; its count is not. */
static struct held *held_of(const struct cube_view *view)
{
	return (struct held *)(uintptr_t)view;
}

static void *copy_of(struct cube_memory *memory, const void *what, size_t size)
{
	void *copy = cube_alloc(memory, size);
	if (size)
		memcpy(copy, what, size);
	return copy;
}

static void show_answers(struct cube_block *b)
{
	b->chunk = (struct cube_chunk){
		.rows = b->rows,
		.min_time = b->min_time,
		.max_time = b->max_time,
		.time = b->codes[SLOT_TIME].at,
		.facts = b->codes[SLOT_FACTS].at,
		.marks = b->codes[SLOT_MARKS].at,
		.wording = b->codes[SLOT_WORDING],
		.channel = b->codes[SLOT_CHANNEL],
		.language = b->codes[SLOT_LANGUAGE],
		.source = b->codes[SLOT_SOURCE],
		.import = b->codes[SLOT_IMPORT],
		.person = b->codes[SLOT_PERSON],
		.account = b->codes[SLOT_ACCOUNT],
		.cluster = b->codes[SLOT_CLUSTER],
		.facts_column = b->columns[SLOT_FACTS],
		.property = b->codes + SLOT_PROPERTY,
		.property_count = b->slot_count - SLOT_PROPERTY,
		.ids = b->ids,
	};
}

static void show_people(struct cube_block *b)
{
	b->people = (struct cube_people){
		.rows = b->rows,
		.first_seen = b->codes[PEOPLE_FIRST_SEEN].at,
		.trait = b->codes + PEOPLE_TRAIT,
		.trait_count = b->slot_count - PEOPLE_TRAIT,
	};
}

/* From now on the block is copied before it changes. */
static struct cube_block **hold_blocks(struct cube *cube, struct cube_table *table,
                                       void (*show)(struct cube_block *b))
{
	struct cube_block **blocks =
	    copy_of(cube->memory, table->blocks, table->count * sizeof(struct cube_block *));
	for (size_t i = 0; i < table->count; i++) {
		struct cube_block *b = cube_block_hold(blocks[i]);
		if (b->shown_now)
			continue;
		b->shown_now = true;
		b->shown = b->rows;
		show(b);
	}
	return blocks;
}

static const struct cube_property *names_of(struct cube_memory *memory,
                                            const struct cube_names_list *names)
{
	struct cube_property *all = cube_alloc(memory, names->count * sizeof *all);
	for (size_t i = 0; i < names->count; i++) {
		const struct cube_dict *values = names->at[i].values;
		all[i] = (struct cube_property){ names->at[i].name,
			                         { values, cube_dict_count(values) } };
	}
	return all;
}

static struct cube_names texts_of(const struct cube_texts *texts)
{
	return (struct cube_names){ texts->dict, cube_dict_count(texts->dict) };
}

static void show_names(struct cube *cube, struct cube_view *v)
{
	v->wording_count = cube->wording_count;
	v->wordings =
	    copy_of(cube->memory, cube->wordings, cube->wording_count * sizeof *v->wordings);
	v->channels = texts_of(&cube->channels);
	v->languages = texts_of(&cube->languages);
	v->sources = texts_of(&cube->sources);
	v->properties = names_of(cube->memory, &cube->properties);
	v->property_count = cube->properties.count;
	v->traits = names_of(cube->memory, &cube->traits);
	v->trait_count = cube->traits.count;
	v->names_cut = cube->properties.cut || cube->traits.cut;
	v->person_count = cube_keys_count(cube->persons);
	v->account_count = cube_keys_count(cube->accounts);
	v->import_count = cube_keys_count(cube->imports);
	v->cluster_count = cube->cluster_count;
}

static void show_chunks(struct cube *cube, struct held *h)
{
	size_t answers = cube->answers.count, people = cube->people.count;
	const struct cube_chunk **chunks = cube_alloc(cube->memory, answers * sizeof(void *));
	const struct cube_people **persons =
	    people ? cube_alloc(cube->memory, people * sizeof(void *)) : NULL;
	h->answers = hold_blocks(cube, &cube->answers, show_answers);
	h->people = hold_blocks(cube, &cube->people, show_people);
	for (size_t i = 0; i < answers; i++)
		chunks[i] = &h->answers[i]->chunk;
	for (size_t i = 0; i < people; i++)
		persons[i] = &h->people[i]->people;
	h->view.chunks = chunks;
	h->view.chunk_count = answers;
	h->view.rows = cube->answers.rows;
	h->view.people = persons;
	h->view.people_count = people;
}

static struct cube_tags hold_tags(struct cube_memory *memory, const struct cube_tags *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		cube_tag_hold(tags->at[i]);
	return (
	    struct cube_tags){ copy_of(memory, tags->at, tags->count * sizeof(struct cube_tag *)),
		               tags->count, tags->count };
}

static void drop_tags(struct cube_memory *memory, const struct cube_tags *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		cube_tag_drop(tags->at[i]);
	cube_free(memory, tags->at, tags->cap * sizeof(struct cube_tag *));
}

const struct cube_view *cube_view_make(struct cube *cube)
{
	struct held *h = cube_alloc(cube->memory, sizeof *h);
	*h = (struct held){
		.view = { .workspace = cube->workspace, .rev = cube->rev },
		.number = cube->views++,
		.cube = cube_hold(cube),
	};
	atomic_init(&h->holds, 1);
	show_chunks(cube, h);
	show_names(cube, &h->view);
	h->tags = hold_tags(cube->memory, &cube->tags);
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		h->themes[saying] = hold_tags(cube->memory, &cube->themes[saying]);
	return &h->view;
}

const struct cube_view *cube_view_hold(const struct cube_view *view)
{
	atomic_fetch_add_explicit(&held_of(view)->holds, 1, memory_order_relaxed);
	return view;
}

struct cube_slots cube_view_slots(const struct cube_view *view, size_t chunk)
{
	if (chunk >= view->chunk_count)
		return (struct cube_slots){ 0 };
	const struct cube_block *b = held_of(view)->answers[chunk];
	return (struct cube_slots){ b->codes, b->slot_count };
}

const struct cube_block *cube_view_block(const struct cube_view *view, size_t chunk)
{
	return held_of(view)->answers[chunk];
}

const struct cube_tags *cube_view_tags(const struct cube_view *view)
{
	return &held_of(view)->tags;
}

const struct cube_tags *cube_view_themes(const struct cube_view *view, enum theme_saying saying)
{
	return &held_of(view)->themes[saying];
}

bool cube_view_is_kin(const struct cube_view *a, const struct cube_view *b)
{
	return held_of(a)->cube == held_of(b)->cube;
}

uint64_t cube_view_cube(const struct cube_view *view)
{
	return held_of(view)->cube->number;
}

bool cube_view_is_older(const struct cube_view *a, const struct cube_view *b)
{
	uint64_t left = cube_view_cube(a), right = cube_view_cube(b);
	return left != right ? left < right : held_of(a)->number < held_of(b)->number;
}

static void free_blocks(struct cube_memory *memory, struct cube_block **blocks, size_t count,
                        const void *shown)
{
	for (size_t i = 0; i < count; i++)
		cube_block_drop(blocks[i]);
	cube_free(memory, blocks, count * sizeof(struct cube_block *));
	cube_free(memory, (void *)(uintptr_t)shown, count * sizeof(void *));
}

void cube_view_drop(const struct cube_view *v)
{
	if (!v || atomic_fetch_sub_explicit(&held_of(v)->holds, 1, memory_order_acq_rel) != 1)
		return;
	struct held *h = held_of(v);
	struct cube *cube = h->cube;
	struct cube_memory *memory = cube->memory;
	free_blocks(memory, h->answers, v->chunk_count, (const void *)v->chunks);
	free_blocks(memory, h->people, v->people_count, (const void *)v->people);
	drop_tags(memory, &h->tags);
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		drop_tags(memory, &h->themes[saying]);
	cube_free(memory, (void *)(uintptr_t)v->wordings, v->wording_count * sizeof *v->wordings);
	cube_free(memory, (void *)(uintptr_t)v->properties,
	          v->property_count * sizeof *v->properties);
	cube_free(memory, (void *)(uintptr_t)v->traits, v->trait_count * sizeof *v->traits);
	cube_free(memory, h, sizeof *h);
	cube_drop(cube);
}

size_t cube_property_find(const struct cube_property *all, size_t count, Str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(all[i].name, name))
			return i;
	return SIZE_MAX;
}

int64_t cube_view_id(const struct cube_view *v, size_t chunk, size_t row)
{
	return cube_ids_at(v->chunks[chunk]->ids, row);
}

bool cube_view_find(const struct cube_view *v, int64_t id, size_t *chunk, size_t *row)
{
	const struct held *h = held_of(v);
	for (size_t i = 0; i < v->chunk_count; i++) {
		const struct cube_block *b = h->answers[i];
		uint32_t at;
		if (id < b->min_id || id > b->max_id ||
		    !cube_ids_find(b->ids, b->chunk.rows, b->ids_sorted, id, &at))
			continue;
		*chunk = i;
		*row = at;
		return CUBE_STATE(b->chunk.facts[at]) != 0;
	}
	return false;
}

int64_t cube_view_person_id(const struct cube_view *v, uint32_t code)
{
	return cube_keys_id(held_of(v)->cube->persons, code);
}

int64_t cube_view_account_id(const struct cube_view *v, uint32_t code)
{
	return cube_keys_id(held_of(v)->cube->accounts, code);
}

int64_t cube_view_import_id(const struct cube_view *v, uint32_t code)
{
	return cube_keys_id(held_of(v)->cube->imports, code);
}

static size_t rows_with(const struct cube_tags *tags, Str folded, const uint32_t **out)
{
	for (size_t i = 0; i < tags->count; i++)
		if (str_eq(tags->at[i]->folded, folded)) {
			*out = tags->at[i]->rows;
			return tags->at[i]->count;
		}
	*out = NULL;
	return 0;
}

size_t cube_view_tagged(const struct cube_view *v, Str tag_folded, const uint32_t **out)
{
	return rows_with(&held_of(v)->tags, tag_folded, out);
}

size_t cube_view_themed(const struct cube_view *v, Str code, enum theme_saying saying,
                        const uint32_t **out)
{
	return rows_with(&held_of(v)->themes[saying], code, out);
}
