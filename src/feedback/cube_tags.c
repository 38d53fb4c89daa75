/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

static struct cube_tag *tag_new(struct cube_memory *memory, int64_t id, Str folded, uint32_t cap)
{
	struct cube_tag *t = cube_alloc(memory, sizeof *t);
	char *name = cube_alloc(memory, folded.len + 1);
	memcpy(name, folded.len ? folded.at : "", folded.len);
	*t = (struct cube_tag){ .memory = memory,
		                .id = id,
		                .folded = { name, folded.len },
		                .cap = cap,
		                .rows = cube_alloc(memory, cap * sizeof *t->rows) };
	atomic_init(&t->holds, 1);
	return t;
}

struct cube_tag *cube_tag_hold(struct cube_tag *t)
{
	atomic_fetch_add_explicit(&t->holds, 1, memory_order_relaxed);
	return t;
}

void cube_tag_drop(struct cube_tag *t)
{
	if (!t || atomic_fetch_sub_explicit(&t->holds, 1, memory_order_acq_rel) != 1)
		return;
	cube_free(t->memory, t->rows, t->cap * sizeof *t->rows);
	cube_free(t->memory, (void *)(uintptr_t)t->folded.at, t->folded.len + 1);
	cube_free(t->memory, t, sizeof *t);
}

static void free_all(struct cube_tags *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		cube_tag_drop(tags->at[i]);
	free(tags->at);
}

void cube_tags_free(struct cube *cube)
{
	free_all(&cube->tags);
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		free_all(&cube->themes[saying]);
}

/* A tag of the same id and rows, in place of the one there. */
static struct cube_tag *replace(struct cube_tag **place, Str folded, uint32_t cap)
{
	struct cube_tag *old = *place, *t = tag_new(old->memory, old->id, folded, cap);
	memcpy(t->rows, old->rows, old->count * sizeof *t->rows);
	t->count = old->count;
	cube_tag_drop(old);
	return *place = t;
}

static struct cube_tag *writable(struct cube_tag **place, uint32_t more)
{
	struct cube_tag *t = *place;
	if (t->count + more <= t->cap && atomic_load(&t->holds) == 1)
		return t;
	uint32_t cap = t->count + more <= t->cap ? t->cap : 2 * t->cap;
	return replace(place, t->folded, cap);
}

static struct cube_tag **append(struct cube_tags *tags, struct cube_tag *tag)
{
	if (tags->count == tags->cap) {
		tags->cap = tags->cap ? 2 * tags->cap : 8;
		tags->at = mem_resize(tags->at, tags->cap * sizeof(struct cube_tag *));
	}
	tags->at[tags->count] = tag;
	return &tags->at[tags->count++];
}

static struct cube_tag **place_of(struct cube_memory *memory, struct cube_tags *tags, int64_t id)
{
	for (size_t i = 0; i < tags->count; i++)
		if (tags->at[i]->id == id)
			return &tags->at[i];
	return append(tags, tag_new(memory, id, STR(""), 4));
}

uint32_t *cube_tags_append(struct cube_memory *memory, struct cube_tags *tags, int64_t id,
                           Str folded, uint32_t rows)
{
	struct cube_tag *t = tag_new(memory, id, folded, rows ? rows : 4);
	t->count = rows;
	append(tags, t);
	return t->rows;
}

/* Where the row stands or would stand. */
static uint32_t place_in(const struct cube_tag *t, uint32_t row)
{
	uint32_t from = 0, to = t->count;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (t->rows[middle] < row)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool has(const struct cube_tag *t, uint32_t row)
{
	uint32_t at = place_in(t, row);
	return at < t->count && t->rows[at] == row;
}

static void insert(struct cube_tag **place, uint32_t row)
{
	if (has(*place, row))
		return;
	struct cube_tag *t = writable(place, 1);
	uint32_t at = place_in(t, row);
	memmove(t->rows + at + 1, t->rows + at, (t->count - at) * sizeof *t->rows);
	t->rows[at] = row;
	t->count++;
}

static void take(struct cube_tag **place, uint32_t row)
{
	if (!has(*place, row))
		return;
	struct cube_tag *t = writable(place, 0);
	uint32_t at = place_in(t, row);
	t->count--;
	memmove(t->rows + at, t->rows + at + 1, (t->count - at) * sizeof *t->rows);
}

static void mark(struct cube *cube, uint32_t row, bool tagged)
{
	uint32_t marks = cube_table_get(&cube->answers, SLOT_MARKS, row);
	cube_table_set(&cube->answers, SLOT_MARKS, row,
	               tagged ? marks | CUBE_MARK_TAGGED : marks & ~CUBE_MARK_TAGGED);
}

void cube_tags_give(struct cube *cube, uint32_t row, int64_t tag)
{
	insert(place_of(cube->memory, &cube->tags, tag), row);
	mark(cube, row, true);
}

static bool is_among(const int64_t *tags, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (tags[i] == id)
			return true;
	return false;
}

void cube_tags_put(struct cube *cube, uint32_t row, const int64_t *tags, size_t count)
{
	bool had = cube_table_get(&cube->answers, SLOT_MARKS, row) & CUBE_MARK_TAGGED;
	for (size_t i = 0; had && i < cube->tags.count; i++)
		if (!is_among(tags, count, cube->tags.at[i]->id))
			take(&cube->tags.at[i], row);
	for (size_t i = 0; i < count; i++)
		insert(place_of(cube->memory, &cube->tags, tags[i]), row);
	mark(cube, row, count > 0);
}

void cube_themes_give(struct cube *cube, uint32_t row, const struct cube_mention *mention)
{
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		if (mention->sayings & 1U << saying)
			insert(place_of(cube->memory, &cube->themes[saying], mention->theme), row);
}

static bool says(const struct cube_mention *mentions, size_t count, int64_t theme, int saying)
{
	for (size_t i = 0; i < count; i++)
		if (mentions[i].theme == theme && mentions[i].sayings & 1U << saying)
			return true;
	return false;
}

void cube_understood_set(struct cube *cube, uint32_t row, enum understood understood)
{
	uint32_t marks = cube_table_get(&cube->answers, SLOT_MARKS, row);
	cube_table_set(&cube->answers, SLOT_MARKS, row,
	               (marks & ((1U << CUBE_UNDERSTOOD_SHIFT) - 1)) |
	                   (uint32_t)understood << CUBE_UNDERSTOOD_SHIFT);
}

void cube_understood_put(struct cube *cube, uint32_t row, enum understood understood,
                         const struct cube_mention *mentions, size_t count)
{
	bool had = CUBE_UNDERSTOOD(cube_table_get(&cube->answers, SLOT_MARKS, row)) !=
	           UNDERSTOOD_NO_READING;
	for (int saying = 0; had && saying < THEME_SAYINGS; saying++) {
		struct cube_tags *themes = &cube->themes[saying];
		for (size_t i = 0; i < themes->count; i++)
			if (!says(mentions, count, themes->at[i]->id, saying))
				take(&themes->at[i], row);
	}
	for (size_t i = 0; i < count; i++)
		cube_themes_give(cube, row, &mentions[i]);
	cube_understood_set(cube, row, understood);
}

static bool has_name(const struct cube_tag_name *names, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (names[i].id == id)
			return true;
	return false;
}

static void name_all(struct cube_memory *memory, struct cube_tags *tags,
                     const struct cube_tag_name *names, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct cube_tag **place = place_of(memory, tags, names[i].id);
		if (!str_eq((*place)->folded, names[i].folded))
			replace(place, names[i].folded, (*place)->cap);
	}
	for (size_t i = 0; i < tags->count; i++) {
		if (has_name(names, count, tags->at[i]->id))
			tags->at[kept++] = tags->at[i];
		else
			cube_tag_drop(tags->at[i]);
	}
	tags->count = kept;
}

void cube_tags_name(struct cube *cube, const struct cube_tag_name *names, size_t count)
{
	name_all(cube->memory, &cube->tags, names, count);
}

void cube_themes_name(struct cube *cube, const struct cube_tag_name *names, size_t count)
{
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		name_all(cube->memory, &cube->themes[saying], names, count);
}
