/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "feedback/cube.sql.h"
#include "feedback/cube_tags.h"

#define PAGE  10000
#define BATCH 64

struct owners {
	int64_t person, account; /* the person it was merged into; 0: none */
};

int32_t cube_time_of(int64_t microseconds)
{
	int64_t seconds = microseconds / CLOCK_SECOND - (microseconds % CLOCK_SECOND < 0);
	seconds -= CUBE_EPOCH;
	return seconds > INT32_MAX ? INT32_MAX : seconds < INT32_MIN ? INT32_MIN : (int32_t)seconds;
}

void cube_reader_end(struct cube_reader *r)
{
	cube_values_free(&r->properties);
	cube_values_free(&r->traits);
	arena_free(&r->scratch);
}

/* Columns of CUBE_COLUMNS. */
enum column {
	C_ID,
	C_SURVEY,
	C_VERSION,
	C_PERSON,
	C_ACCOUNT,
	C_STATE,
	C_SCORE,
	C_TIME,
	C_CHANNEL,
	C_LANGUAGE,
	C_SOURCE,
	C_PROPERTIES,
	C_STARRED,
	C_IMPORT,
	C_COMMENT,
};

static uint32_t marks_of(const struct db_rows *rows)
{
	return (db_i64(rows, C_STARRED) ? CUBE_MARK_STARRED : 0) |
	       (db_i64(rows, C_IMPORT) ? CUBE_MARK_IMPORTED : 0) |
	       (db_i64(rows, C_COMMENT) ? CUBE_MARK_COMMENT : 0);
}

static uint32_t facts_of(const struct db_rows *rows)
{
	uint32_t score =
	    db_is_null(rows, C_SCORE) ? CUBE_NO_SCORE : (uint32_t)db_i64(rows, C_SCORE);
	return (uint32_t)db_i64(rows, C_STATE) << 4 | (score & 15);
}

/* All but who it is from. */
static bool row_read(struct cube_reader *r, const struct db_rows *rows, struct cube_row *out,
                     struct err *err)
{
	struct cube *cube = r->cube;
	if (!cube_values_read(&r->properties, &cube->properties, cube->memory,
	                      db_peek(rows, C_PROPERTIES), &r->scratch, err))
		return false;
	uint32_t *slots = out->slots;
	out->id = db_i64(rows, C_ID);
	slots[SLOT_TIME] = (uint32_t)cube_time_of(db_i64(rows, C_TIME));
	slots[SLOT_FACTS] = facts_of(rows);
	slots[SLOT_MARKS] = marks_of(rows);
	slots[SLOT_WORDING] =
	    cube_wording_code(cube, db_i64(rows, C_SURVEY), (int)db_i64(rows, C_VERSION));
	slots[SLOT_CHANNEL] = cube_text_code(&cube->channels, db_peek(rows, C_CHANNEL));
	slots[SLOT_LANGUAGE] = cube_text_code(&cube->languages, db_peek(rows, C_LANGUAGE));
	slots[SLOT_SOURCE] = cube_text_code(&cube->sources, db_peek(rows, C_SOURCE));
	slots[SLOT_IMPORT] = cube_keys_add(cube->imports, db_i64(rows, C_IMPORT));
	slots[SLOT_CLUSTER] = 0;
	out->properties = r->properties.codes;
	out->property_count = r->properties.count;
	r->answers++;
	return true;
}

static void owners_read(struct cube_reader *r, const struct db_rows *rows, struct owners *out)
{
	int64_t person = db_i64(rows, C_PERSON);
	out->person = person ? cube_canonical(r->cube, person) : 0;
	out->account = db_i64(rows, C_ACCOUNT);
}

static void owners_put(struct cube *cube, const struct owners *owners, uint32_t *slots)
{
	slots[SLOT_PERSON] = cube_keys_add(cube->persons, owners->person);
	slots[SLOT_ACCOUNT] = cube_keys_add(cube->accounts, owners->account);
}

/* Persons are anywhere in memory. A batch asks for all of its own before it needs the first. */
struct batch {
	struct cube_row rows[BATCH];
	struct owners owners[BATCH];
	uint32_t *properties; /* of the rows, one behind the other */
	size_t property_cap;  /* of one row */
	size_t count;
};

static void batch_owners(struct cube *cube, struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		cube_keys_warm_slot(cube->persons, b->owners[i].person);
		cube_keys_warm_slot(cube->accounts, b->owners[i].account);
	}
	for (size_t i = 0; i < b->count; i++) {
		cube_keys_warm_id(cube->persons, b->owners[i].person);
		cube_keys_warm_id(cube->accounts, b->owners[i].account);
	}
	for (size_t i = 0; i < b->count; i++) {
		uint32_t *slots = b->rows[i].slots;
		owners_put(cube, &b->owners[i], slots);
		cube_rows_warm(cube, slots[SLOT_PERSON], slots[SLOT_ACCOUNT]);
	}
}

static void batch_append(struct cube *cube, struct batch *b)
{
	batch_owners(cube, b);
	for (size_t i = 0; i < b->count; i++) {
		b->rows[i].properties = b->properties + i * b->property_cap;
		cube_rows_append(cube, &b->rows[i]);
	}
	b->count = 0;
}

/* A row that knows more names than fit begins a new batch. */
static bool batch_add(struct cube_reader *r, struct batch *b, const struct db_rows *rows,
                      struct err *err)
{
	struct cube_row row;
	if (!row_read(r, rows, &row, err))
		return false;
	if (b->count == BATCH || row.property_count > b->property_cap)
		batch_append(r->cube, b);
	if (row.property_count > b->property_cap) {
		b->property_cap = row.property_count + 8;
		b->properties =
		    mem_resize(b->properties, BATCH * b->property_cap * sizeof *b->properties);
	}
	uint32_t *own = b->properties + b->count * b->property_cap;
	for (size_t i = 0; i < row.property_count; i++)
		own[i] = row.properties[i];
	owners_read(r, rows, &b->owners[b->count]);
	b->rows[b->count++] = row;
	return true;
}

static bool batch_page(struct cube_reader *r, struct batch *b, struct db_rows *rows, int64_t *last,
                       int64_t *count, struct err *err)
{
	enum db_next next;
	*count = 0;
	while ((next = db_step(rows, err)) == DB_ROW) {
		if (!batch_add(r, b, rows, err))
			return false;
		*last = b->rows[b->count - 1].id;
		++*count;
	}
	if (next == DB_DONE)
		batch_append(r->cube, b);
	return next == DB_DONE;
}

bool cube_read_page(struct cube_reader *r, int64_t after, int64_t max, int64_t *last,
                    int64_t *count, struct err *err)
{
	struct db_rows rows;
	struct batch b = { 0 };
	if (!db_query(r->db, &rows, &sql_cube_page,
	              DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(after), db_arg_i64(max)),
	              err))
		return false;
	bool ok = batch_page(r, &b, &rows, last, count, err);
	db_rows_close(&rows);
	free(b.properties);
	return ok;
}

void cube_some_args(DbArg args[static CUBE_SOME + 1], int64_t workspace, const int64_t *ids,
                    size_t count)
{
	MUST(count <= CUBE_SOME);
	args[0] = db_arg_i64(workspace);
	for (size_t i = 0; i < CUBE_SOME; i++)
		args[1 + i] = db_arg_i64(i < count ? ids[i] : 0);
}

struct tagging {
	int64_t response, tag;
};

static bool tagging_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct tagging *)out = (struct tagging){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

/* Each of the ids that the cube has gets the tags of its own. */
static void put_tags(struct cube *cube, const int64_t *ids, size_t count, const struct tagging *all,
                     size_t tagging_count, struct arena *a)
{
	int64_t *own = ARENA_ARRAY(a, int64_t, tagging_count + 1);
	for (size_t i = 0; i < count; i++) {
		uint32_t row;
		size_t n = 0;
		for (size_t k = 0; k < tagging_count; k++)
			if (all[k].response == ids[i])
				own[n++] = all[k].tag;
		if (cube_rows_find(cube, ids[i], &row))
			cube_tags_put(cube, row, own, n);
	}
}

static bool read_tags_of(struct cube_reader *r, const DbArg *args, const int64_t *ids, size_t count,
                         struct err *err)
{
	void *items;
	size_t n;
	if (!db_list(r->db, &sql_cube_taggings_of_some, (DbArgs){ args, CUBE_SOME + 1 },
	             tagging_row, sizeof(struct tagging), &r->scratch, &items, &n, err))
		return false;
	put_tags(r->cube, ids, count, items, n, &r->scratch);
	arena_free(&r->scratch);
	return true;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Puts what comes; *found (may be NULL) gets the ids. */
static bool put_all(struct cube_reader *r, struct db_rows *rows, int64_t *found, size_t *count,
                    struct err *err)
{
	struct cube_row row;
	enum db_next next;
	*count = 0;
	while ((next = db_step(rows, err)) == DB_ROW) {
		if (!row_read(r, rows, &row, err))
			return false;
		struct owners owners;
		owners_read(r, rows, &owners);
		owners_put(r->cube, &owners, row.slots);
		cube_rows_put(r->cube, &row);
		*found = row.id;
		++*count;
		found++;
	}
	return next == DB_DONE;
}

bool cube_read_some(struct cube_reader *r, const int64_t *ids, size_t count, struct err *err)
{
	DbArg args[CUBE_SOME + 1];
	int64_t found[CUBE_SOME];
	size_t n;
	struct db_rows rows;
	cube_some_args(args, r->cube->workspace, ids, count);
	if (!db_query(r->db, &rows, &sql_cube_some, (DbArgs){ args, CUBE_SOME + 1 }, err))
		return false;
	bool ok = put_all(r, &rows, found, &n, err);
	db_rows_close(&rows);
	if (!ok)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_among(found, n, ids[i]))
			cube_rows_remove(r->cube, ids[i]);
	return n == 0 || read_tags_of(r, args, found, n, err);
}

bool cube_read_of_person(struct cube_reader *r, int64_t person, struct err *err)
{
	int64_t found[CUBE_SOME], after = 0;
	size_t n = CUBE_SOME;
	while (n == CUBE_SOME) {
		struct db_rows rows;
		if (!db_query(r->db, &rows, &sql_cube_of_person,
		              DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(person),
		                      db_arg_i64(after), db_arg_i64(CUBE_SOME)),
		              err))
			return false;
		bool ok = put_all(r, &rows, found, &n, err);
		db_rows_close(&rows);
		if (!ok)
			return false;
		after = n ? found[n - 1] : after;
	}
	return true;
}

/* Pairs of ids in pages, each given to `take`. The first column is a key; the second is one with it, or not. */
static bool read_pairs(struct cube_reader *r, const struct db_stmt *stmt, bool second_is_key,
                       void (*take)(struct cube *cube, int64_t first, int64_t second),
                       struct err *err)
{
	int64_t first = 0, second = 0, count = PAGE;
	while (count == PAGE) {
		struct db_rows rows;
		enum db_next next;
		DbArg all[] = { db_arg_i64(r->cube->workspace), db_arg_i64(first),
			        db_arg_i64(second_is_key ? second : PAGE), db_arg_i64(PAGE) };
		if (!db_query(r->db, &rows, stmt, (DbArgs){ all, second_is_key ? 4 : 3 }, err))
			return false;
		for (count = 0; (next = db_step(&rows, err)) == DB_ROW; count++) {
			first = db_i64(&rows, 0);
			second = db_i64(&rows, 1);
			take(r->cube, first, second);
		}
		db_rows_close(&rows);
		if (next == DB_FAILED)
			return false;
	}
	return true;
}

bool cube_read_merged(struct cube_reader *r, struct err *err)
{
	return read_pairs(r, &sql_cube_merged, false, cube_merge, err);
}

static void take_tagging(struct cube *cube, int64_t response, int64_t tag)
{
	uint32_t row;
	if (cube_rows_find(cube, response, &row))
		cube_tags_give(cube, row, tag);
}

bool cube_read_taggings(struct cube_reader *r, struct err *err)
{
	return read_pairs(r, &sql_cube_taggings, true, take_tagging, err);
}

static bool name_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct cube_tag_name *)out =
	    (struct cube_tag_name){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

bool cube_read_tag_names(struct cube_reader *r, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(r->db, &sql_cube_tag_names, DB_ARGS(db_arg_i64(r->cube->workspace)), name_row,
	             sizeof(struct cube_tag_name), &r->scratch, &items, &count, err))
		return false;
	cube_tags_name(r->cube, items, count);
	arena_free(&r->scratch);
	return true;
}
