/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_key.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/hash.h"

/* Between what users write: bytes that no cell holds. */
#define BETWEEN_CELLS STR("\x1e")
#define BETWEEN_PARTS STR("\x1f")

struct ordinal {
	uint64_t content; /* 0: free */
	uint32_t count;
};

struct import_keys {
	const struct import_plan *plan;
	struct buf text;
	int64_t only;
	struct ordinal *slots;
	size_t used, capacity;
};

static size_t capacity_for(int64_t rows)
{
	size_t capacity = 64;
	while (capacity / 4 * 3 < (size_t)rows + 1)
		capacity *= 2;
	return capacity;
}

struct import_keys *import_keys_new(const struct import_plan *plan, int64_t only)
{
	struct import_keys *keys = mem_zeroed(1, sizeof(*keys));
	keys->plan = plan;
	keys->only = only;
	keys->capacity = capacity_for(plan->rows);
	keys->slots = mem_zeroed(keys->capacity, sizeof(*keys->slots));
	buf_init(&keys->text, 4 * CSV_ROW_MAX);
	return keys;
}

void import_keys_free(struct import_keys *keys)
{
	if (!keys)
		return;
	buf_free(&keys->text);
	free(keys->slots);
	free(keys);
}

/* How often this content came, this time included. */
static uint32_t ordinal_of(struct import_keys *keys, uint64_t content)
{
	content |= content == 0;
	size_t at = (size_t)content & (keys->capacity - 1);
	while (keys->slots[at].content != 0 && keys->slots[at].content != content)
		at = (at + 1) & (keys->capacity - 1);
	if (keys->slots[at].content == 0) {
		MUST(++keys->used < keys->capacity);
		keys->slots[at].content = content;
	}
	return ++keys->slots[at].count;
}

static void put_content(struct import_keys *keys, const struct csv_row *row)
{
	const struct import_columns *columns = &keys->plan->columns;
	buf_add(&keys->text, STR("row"));
	for (size_t i = 0; i < columns->count; i++) {
		size_t column = keys->plan->by_name[i];
		Str cell = column < row->count ? str_trim(row->cells[column]) : (Str){ 0 };
		if (cell.len == 0)
			continue;
		buf_add(&keys->text, BETWEEN_CELLS);
		buf_add(&keys->text, columns->at[column].header);
		buf_add(&keys->text, BETWEEN_PARTS);
		buf_add(&keys->text, cell);
	}
}

/* The digits of the row's date, year first, as its first bytes: files come in order of time, and keys that do too are
 * neighbours in the database's index. Made of the text alone, so that no reading of it changes the key. */
static void put_date(const struct import_keys *keys, const struct csv_row *row,
                     unsigned char out[static IMPORT_KEY_SIZE])
{
	size_t column = keys->plan->columns.of[FIELD_DATE];
	Str cell = column < row->count ? str_trim(row->cells[column]) : (Str){ 0 };
	uint32_t groups[4] = { 0 };
	size_t digits[4] = { 0 }, group = 0;
	for (size_t i = 0; i < cell.len && group < 4; i++) {
		bool digit = cell.at[i] >= '0' && cell.at[i] <= '9';
		if (digit && digits[group] < 4) {
			groups[group] = groups[group] * 10 + (uint32_t)(cell.at[i] - '0');
			digits[group]++;
		} else if (!digit && digits[group] > 0) {
			group++;
		}
	}
	bool year_last = digits[0] != 4;
	uint32_t year = groups[year_last ? 2 : 0], day = groups[year_last ? 0 : 2];
	if (digits[2] == 0)
		return;
	uint32_t number = ((year * 100 + groups[1]) * 100 + day) * 100 + groups[3] % 100;
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(number >> (24 - 8 * i));
}

void import_key_of(struct import_keys *keys, const struct csv_row *row,
                   unsigned char out[static IMPORT_KEY_SIZE])
{
	unsigned char hash[HASH_SIZE];
	size_t key = keys->plan->key;
	Str value = key < row->count ? str_trim(row->cells[key]) : (Str){ 0 };
	buf_clear(&keys->text);
	if (value.len > 0) {
		buf_add(&keys->text, STR("key"));
		buf_add(&keys->text, BETWEEN_PARTS);
		buf_add(&keys->text, value);
	} else {
		uint64_t content;
		put_content(keys, row);
		hash_sha256(buf_str(&keys->text), hash);
		memcpy(&content, hash, sizeof(content));
		buf_printf(&keys->text, "\x1e%u", ordinal_of(keys, content));
		if (keys->only)
			buf_printf(&keys->text, "\x1e%" PRId64, keys->only);
	}
	hash_sha256(buf_str(&keys->text), hash);
	memcpy(out, hash, IMPORT_KEY_SIZE);
	if (value.len == 0)
		put_date(keys, row, out);
}
