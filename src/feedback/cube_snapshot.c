/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_snapshot_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "feedback/cube_file.h"
#include "feedback/cube_make.h"

void cube_still_take(struct cube_still *out, const struct cube *cube, const struct cube_view *view)
{
	uint32_t count = cube_keys_count(cube->merged);
	*out = (struct cube_still){ .view = cube_view_hold(view), .joined = cube->joined };
	out->merged = mem_alloc(2 * (size_t)count * sizeof *out->merged);
	for (uint32_t code = 1; code < count; code++) {
		if (!cube->merged_into[code])
			continue;
		int64_t *pair = out->merged + 2 * out->merged_count++;
		pair[0] = cube_keys_id(cube->merged, code);
		pair[1] = cube->merged_into[code];
	}
}

void cube_still_free(struct cube_still *still)
{
	cube_view_drop(still->view);
	free(still->merged);
	*still = (struct cube_still){ 0 };
}

uint64_t snapshot_layout(Str program)
{
	const uint64_t parts[] = { SNAPSHOT_FORMAT, CUBE_CHUNK_ROWS,  SLOT_PROPERTY,
		                   CUBE_IDS_GROUP,  UNDERSTOOD_COUNT, THEME_SAYINGS };
	uint64_t layout = UINT64_C(0x6865656463756265);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		layout = (layout ^ parts[i]) * UINT64_C(0x100000001b3);
	for (size_t i = 0; i < program.len; i++)
		layout = (layout ^ (unsigned char)program.at[i]) * UINT64_C(0x100000001b3);
	return layout;
}

/* Codes that some row has, by code. */

static void see(uint8_t *used, const struct cube_codes *codes, uint32_t rows)
{
	if (!codes->at)
		used[codes->base] = 1;
	for (uint32_t row = 0; codes->at && row < rows; row++)
		used[cube_code(*codes, row)] = 1;
}

/* The caller frees. */
static uint8_t *used_of(const struct cube_view *v, size_t slot, uint32_t count)
{
	uint8_t *used = mem_zeroed((size_t)count + 1, 1);
	for (size_t i = 0; i < v->chunk_count; i++) {
		struct cube_slots slots = cube_view_slots(v, i);
		if (slot < slots.count)
			see(used, &slots.at[slot], v->chunks[i]->rows);
	}
	return used;
}

static void put_text(struct cube_file *f, Str text)
{
	cube_file_put_number(f, (int64_t)text.len);
	cube_file_put(f, text.at, text.len);
}

/* Lengths, then the texts. */
static void put_texts(struct cube_file *f, const struct cube_view *v, size_t slot,
                      const struct cube_names *names)
{
	uint8_t *used = used_of(v, slot, names->count);
	uint32_t *lengths = mem_alloc((size_t)names->count * sizeof *lengths);
	struct buf all;
	buf_init(&all, SIZE_MAX);
	for (uint32_t code = 1; code < names->count; code++) {
		Str text = used[code] ? cube_dict_text(names->dict, code) : (Str){ 0 };
		lengths[code] = used[code] ? (uint32_t)text.len : SNAPSHOT_NO_TEXT;
		MUST(buf_add(&all, text));
	}
	cube_file_put_number(f, names->count - 1);
	cube_file_put(f, lengths + 1, (names->count - 1) * sizeof *lengths);
	put_text(f, buf_str(&all));
	buf_free(&all);
	free(lengths);
	free(used);
}

static void put_ids(struct cube_file *f, const struct cube_view *v, size_t slot, uint32_t count,
                    int64_t (*id_of)(const struct cube_view *v, uint32_t code))
{
	uint8_t *used = used_of(v, slot, count);
	int64_t *ids = mem_alloc(count * sizeof *ids);
	for (uint32_t code = 1; code < count; code++)
		ids[code] = used[code] ? id_of(v, code) : 0;
	cube_file_put_number(f, count - 1);
	cube_file_put(f, ids + 1, (count - 1) * sizeof *ids);
	free(ids);
	free(used);
}

static void put_names(struct cube_file *f, const struct cube_view *v)
{
	put_texts(f, v, SLOT_CHANNEL, &v->channels);
	put_texts(f, v, SLOT_LANGUAGE, &v->languages);
	put_texts(f, v, SLOT_SOURCE, &v->sources);
	cube_file_put_number(f, (int64_t)v->property_count);
	for (size_t i = 0; i < v->property_count; i++) {
		put_text(f, v->properties[i].name);
		put_texts(f, v, SLOT_PROPERTY + i, &v->properties[i].values);
	}
	cube_file_put_number(f, v->names_cut);
	cube_file_put_number(f, v->wording_count);
	for (uint32_t i = 0; i < v->wording_count; i++) {
		cube_file_put_number(f, v->wordings[i].survey);
		cube_file_put_number(f, v->wordings[i].version);
	}
}

static void put_tags(struct cube_file *f, const struct cube_tags *tags)
{
	cube_file_put_number(f, (int64_t)tags->count);
	for (size_t i = 0; i < tags->count; i++) {
		const struct cube_tag *t = tags->at[i];
		cube_file_put_number(f, t->id);
		put_text(f, t->folded);
		cube_file_put_number(f, t->count);
		cube_file_put(f, t->rows, t->count * sizeof *t->rows);
	}
}

static void put_column(struct cube_file *f, const struct cube_codes *codes, uint32_t rows)
{
	const struct snapshot_slot slot = { codes->at ? codes->width : 0, codes->base };
	cube_file_put(f, &slot, sizeof slot);
	if (codes->at)
		cube_file_put(f, codes->at, (size_t)codes->width * rows);
}

static void put_packed(struct cube_file *f, const struct cube_ids *ids, uint32_t rows)
{
	const struct snapshot_ids packed = { ids->ms->width, ids->low ? ids->low->width : 0,
		                             ids->low_base };
	cube_file_put(f, &packed, sizeof packed);
	cube_file_put(f, ids->first_ms, cube_ids_groups(rows) * sizeof *ids->first_ms);
	cube_file_put(f, ids->ms->at, (size_t)packed.ms_width * rows);
	if (ids->low)
		cube_file_put(f, ids->low->at, (size_t)packed.low_width * rows);
}

static void put_block(struct cube_file *f, const struct cube_block *b)
{
	const struct snapshot_block head = { .min_id = b->min_id,
		                             .max_id = b->max_id,
		                             .min_time = b->min_time,
		                             .max_time = b->max_time,
		                             .rows = b->rows,
		                             .slots = (uint32_t)b->slot_count,
		                             .ids_sorted = b->ids_sorted,
		                             .ids_are_whole = b->ids->whole != NULL };
	cube_file_put(f, &head, sizeof head);
	for (size_t i = 0; i < b->slot_count; i++)
		put_column(f, &b->codes[i], b->rows);
	if (b->ids->whole)
		cube_file_put(f, b->ids->whole, b->rows * sizeof *b->ids->whole);
	else
		put_packed(f, b->ids, b->rows);
}

static void put_all(struct cube_file *f, const struct cube_still *still)
{
	const struct cube_view *v = still->view;
	put_names(f, v);
	put_ids(f, v, SLOT_PERSON, v->person_count, cube_view_person_id);
	put_ids(f, v, SLOT_ACCOUNT, v->account_count, cube_view_account_id);
	put_ids(f, v, SLOT_IMPORT, v->import_count, cube_view_import_id);
	cube_file_put_number(f, (int64_t)still->merged_count);
	for (size_t i = 0; i < still->merged_count; i++)
		cube_file_put(f, still->merged + 2 * i, 2 * sizeof *still->merged);
	cube_file_put(f, &still->joined, sizeof still->joined);
	cube_file_put_number(f, v->cluster_count);
	put_tags(f, cube_view_tags(v));
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		put_tags(f, cube_view_themes(v, (enum theme_saying)saying));
	cube_file_put_number(f, (int64_t)v->chunk_count);
	for (size_t i = 0; i < v->chunk_count; i++)
		put_block(f, cube_view_block(v, i));
}

bool cube_snapshot_write(const struct cube_still *still, const char *path, Str program,
                         int64_t token, struct err *err)
{
	const struct snapshot_start start = {
		snapshot_layout(program),
		{ still->view->workspace, token, still->view->rev },
	};
	struct cube_file *f = cube_file_make(path);
	cube_file_put(f, &start, sizeof start);
	put_all(f, still);
	return cube_file_end(f, err);
}
