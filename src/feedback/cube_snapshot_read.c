/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_snapshot_own.h"

#include <stdlib.h>

#include "base/die.h"
#include "feedback/cube_file.h"
#include "feedback/cube_rows.h"
#include "feedback/cube_tags.h"

/* Rows ahead that memory is asked for. */
#define AHEAD 16u

/* A cube in the making. Nothing of what was read is used as an index before the file's sum is known to be right. */
struct restoring {
	struct cube_file *f;
	struct cube *cube;
};

/* In the file's order. A piece that the caller frees; NULL: it has no such text. */
static char *get_text(struct restoring *r, size_t *len)
{
	if (!cube_file_get_count(r->f, 1, len))
		return NULL;
	char *text = mem_alloc(*len + 1);
	if (cube_file_get(r->f, text, *len))
		return text;
	free(text);
	return NULL;
}

static bool fill_dict(struct cube_dict *d, const uint32_t *lengths, size_t count, Str texts)
{
	for (size_t i = 0; i < count; i++) {
		size_t len = lengths[i] == SNAPSHOT_NO_TEXT ? 0 : lengths[i];
		if (len > texts.len)
			return false;
		cube_dict_append(d, (Str){ lengths[i] == SNAPSHOT_NO_TEXT ? NULL : texts.at, len });
		texts.at += len;
		texts.len -= len;
	}
	return true;
}

static bool get_texts(struct restoring *r, struct cube_dict *d)
{
	size_t count, len;
	if (!cube_file_get_count(r->f, sizeof(uint32_t), &count))
		return false;
	uint32_t *lengths = mem_alloc((count + 1) * sizeof *lengths);
	bool ok = cube_file_get(r->f, lengths, count * sizeof *lengths);
	char *texts = ok ? get_text(r, &len) : NULL;
	ok = texts && fill_dict(d, lengths, count, (Str){ texts, len });
	free(texts);
	free(lengths);
	return ok;
}

static bool get_property(struct restoring *r, size_t number)
{
	struct cube *cube = r->cube;
	size_t len;
	char *name = get_text(r, &len);
	bool ok = name && cube_name_add(&cube->properties, cube->memory, (Str){ name, len },
	                                number) == number;
	free(name);
	return ok && get_texts(r, cube->properties.at[number].values);
}

static bool get_wordings(struct restoring *r)
{
	size_t count;
	int64_t survey, version;
	if (!cube_file_get_count(r->f, 2 * sizeof(int64_t), &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!cube_file_get_number(r->f, INT64_MAX, &survey) ||
		    !cube_file_get_number(r->f, INT32_MAX, &version))
			return false;
		if (i && cube_wording_code(r->cube, survey, (int)version) != i)
			return false;
	}
	return true;
}

static bool get_names(struct restoring *r)
{
	struct cube *cube = r->cube;
	int64_t properties, cut;
	if (!get_texts(r, cube->channels.dict) || !get_texts(r, cube->languages.dict) ||
	    !get_texts(r, cube->sources.dict) ||
	    !cube_file_get_number(r->f, CUBE_NAMES_MAX, &properties))
		return false;
	for (int64_t i = 0; i < properties; i++)
		if (!get_property(r, (size_t)i))
			return false;
	if (!cube_file_get_number(r->f, 1, &cut))
		return false;
	cube->properties.cut = cut;
	return get_wordings(r);
}

static bool get_keys(struct restoring *r, struct cube_keys *keys)
{
	size_t count;
	if (!cube_file_get_count(r->f, sizeof(int64_t), &count))
		return false;
	int64_t *ids = mem_alloc((count + 1) * sizeof *ids);
	bool ok = cube_file_get(r->f, ids, count * sizeof *ids);
	if (ok)
		cube_keys_fill(keys, ids, count);
	free(ids);
	return ok;
}

static bool get_merged(struct restoring *r)
{
	size_t count;
	int64_t pair[2];
	if (!cube_file_get_count(r->f, sizeof pair, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!cube_file_get(r->f, pair, sizeof pair))
			return false;
		cube_merge(r->cube, pair[0], pair[1]);
	}
	return true;
}

static bool get_tag(struct restoring *r, struct cube_tags *tags)
{
	int64_t id;
	size_t len, count;
	uint32_t *rows = NULL;
	if (!cube_file_get_number(r->f, INT64_MAX, &id))
		return false;
	char *folded = get_text(r, &len);
	if (folded && cube_file_get_count(r->f, sizeof *rows, &count))
		rows = cube_tags_append(r->cube->memory, tags, id, (Str){ folded, len },
		                        (uint32_t)count);
	free(folded);
	return rows && cube_file_get(r->f, rows, count * sizeof *rows);
}

static bool get_tags(struct restoring *r, struct cube_tags *tags)
{
	size_t count;
	if (!cube_file_get_count(r->f, 3 * sizeof(int64_t), &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!get_tag(r, tags))
			return false;
	return true;
}

static bool get_all_tags(struct restoring *r)
{
	bool ok = get_tags(r, &r->cube->tags);
	for (int saying = 0; ok && saying < THEME_SAYINGS; saying++)
		ok = get_tags(r, &r->cube->themes[saying]);
	return ok;
}

/* Columns */

static struct cube_column *get_column(struct restoring *r, uint32_t width, uint32_t rows)
{
	if (width < 1 || width > 4)
		return NULL;
	struct cube_column *c = cube_column_new(r->cube->memory, width, rows);
	if (cube_file_get(r->f, c->at, (size_t)width * rows))
		return c;
	cube_column_drop(c);
	return NULL;
}

static bool get_slot(struct restoring *r, struct cube_block *b, size_t slot, uint32_t rows)
{
	struct snapshot_slot head;
	if (!cube_file_get(r->f, &head, sizeof head))
		return false;
	struct cube_column *column = head.width ? get_column(r, head.width, rows) : NULL;
	return (column || !head.width) && cube_block_take_column(b, slot, column, head.base);
}

static bool get_packed(struct restoring *r, struct cube_ids *ids, uint32_t rows)
{
	struct snapshot_ids head;
	if (!cube_file_get(r->f, &head, sizeof head) ||
	    !cube_file_get(r->f, ids->first_ms, cube_ids_groups(rows) * sizeof *ids->first_ms))
		return false;
	ids->low_base = head.low_base;
	ids->ms = get_column(r, head.ms_width, rows);
	ids->low = head.low_width && ids->ms ? get_column(r, head.low_width, rows) : NULL;
	return ids->ms && (!head.low_width || ids->low);
}

static bool get_ids(struct restoring *r, struct cube_block *b, bool whole, uint32_t rows)
{
	cube_ids_drop(b->ids);
	if (!whole) {
		b->ids = cube_ids_new_packed(r->cube->memory, rows);
		return get_packed(r, b->ids, rows);
	}
	b->ids = cube_ids_new(r->cube->memory, rows);
	return cube_file_get(r->f, b->ids->whole, rows * sizeof *b->ids->whole);
}

static bool get_block(struct restoring *r)
{
	struct cube_table *t = &r->cube->answers;
	struct snapshot_block head;
	if (!cube_file_get(r->f, &head, sizeof head) || head.rows < 1 ||
	    head.rows > CUBE_CHUNK_ROWS || t->rows % CUBE_CHUNK_ROWS != 0 ||
	    head.slots < SLOT_PROPERTY || head.slots > SLOT_PROPERTY + CUBE_NAMES_MAX)
		return false;
	struct cube_block *b = cube_table_room(t, r->cube->memory);
	cube_block_add_slots(b, head.slots);
	t->rows += head.rows;
	for (size_t i = 0; i < head.slots; i++)
		if (!get_slot(r, b, i, head.rows))
			return false;
	b->rows = head.rows;
	b->ids_sorted = head.ids_sorted;
	b->min_id = head.min_id;
	b->max_id = head.max_id;
	b->min_time = head.min_time;
	b->max_time = head.max_time;
	return get_ids(r, b, head.ids_are_whole, head.rows);
}

static bool get_blocks(struct restoring *r)
{
	size_t count;
	if (!cube_file_get_count(r->f, sizeof(struct snapshot_block), &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!get_block(r))
			return false;
	return true;
}

static bool get_all(struct restoring *r)
{
	struct cube *cube = r->cube;
	int64_t clusters;
	if (!get_names(r) || !get_keys(r, cube->persons) || !get_keys(r, cube->accounts) ||
	    !get_keys(r, cube->imports) || !get_merged(r) ||
	    !cube_file_get(r->f, &cube->joined, sizeof cube->joined) ||
	    !cube_file_get_number(r->f, UINT32_MAX, &clusters))
		return false;
	cube->cluster_count = (uint32_t)clusters;
	return get_all_tags(r) && get_blocks(r) && cube_file_is_whole(r->f);
}

/* What follows from the columns */

static void warm(const struct cube *cube, const struct cube_block *b, uint32_t row)
{
	if (row < b->rows)
		cube_rows_warm(cube, cube_block_get(b, SLOT_PERSON, row),
		               cube_block_get(b, SLOT_ACCOUNT, row));
}

static void enter_rows(struct cube *cube)
{
	cube_rows_make_homes(cube);
	for (size_t i = 0; i < cube->answers.count; i++) {
		const struct cube_block *b = cube->answers.blocks[i];
		for (uint32_t row = 0; row < b->rows; row++) {
			warm(cube, b, row + AHEAD);
			cube_rows_enter(cube, b, (uint32_t)(i * CUBE_CHUNK_ROWS) + row);
		}
	}
}

static bool get_start(struct cube_file *f, Str program, struct cube_snapshot_head *out)
{
	struct snapshot_start start;
	if (!f || !cube_file_get(f, &start, sizeof start) ||
	    start.layout != snapshot_layout(program))
		return false;
	*out = start.head;
	return true;
}

bool cube_snapshot_peek(const char *path, Str program, struct cube_snapshot_head *out)
{
	struct cube_file *f = cube_file_open(path);
	bool ok = get_start(f, program, out);
	cube_file_close(f);
	return ok;
}

struct cube *cube_snapshot_read(struct cube_memory *memory, const char *path, Str program,
                                int64_t workspace, int64_t token)
{
	struct restoring r = { .f = cube_file_open(path) };
	struct cube_snapshot_head head;
	if (get_start(r.f, program, &head) && head.workspace == workspace && head.token == token) {
		r.cube = cube_new(memory, workspace);
		r.cube->rev = head.rev;
		if (get_all(&r)) {
			enter_rows(r.cube);
		} else {
			cube_drop(r.cube);
			r.cube = NULL;
		}
	}
	cube_file_close(r.f);
	return r.cube;
}
