/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_read_themes.h"

#include "base/die.h"
#include "db/list.h"
#include "feedback/cube.sql.h"
#include "feedback/cube_tags.h"

#define PAGE 10000

struct reading {
	int64_t response;
	enum understood understood;
};

struct mention {
	int64_t response, theme, from; /* theme: as it is kept, whatever that is joined with */
	struct cube_mention mention;   /* no saying: it was taken away */
};

#define MADE_BY_NOBODY 3

struct theme_name {
	struct cube_tag_name name;
	int64_t joined_with; /* 0: none */
};

static bool name_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct theme_name *)out = (struct theme_name){
		{ db_i64(rows, 0), db_text(rows, 1, a) },
		db_i64(rows, 2),
	};
	return true;
}

static bool reading_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct reading *)out = (struct reading){
		db_i64(rows, 0),
		understood_of(db_i64(rows, 1) != 0, db_i64(rows, 2), !db_is_null(rows, 3),
		              db_i64(rows, 3)),
	};
	return true;
}

static bool mention_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	unsigned sayings =
	    db_i64(rows, 4) == MADE_BY_NOBODY ? 0 : theme_sayings_of(db_real(rows, 3));
	int64_t theme = db_i64(rows, 1), into = db_i64(rows, 5);
	*(struct mention *)out = (struct mention){
		db_i64(rows, 0), theme, db_i64(rows, 2), { into ? into : theme, sayings }
	};
	return true;
}

static bool read_readings(struct cube_reader *r, struct err *err)
{
	size_t count = PAGE;
	int64_t last = 0;
	bool ok = true;
	while (ok && count == PAGE) {
		void *items;
		ok = db_list(r->db, &sql_cube_readings,
		             DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(last),
		                     db_arg_i64(PAGE)),
		             reading_row, sizeof(struct reading), &r->scratch, &items, &count, err);
		for (size_t i = 0; ok && i < count; i++) {
			const struct reading *x = &((const struct reading *)items)[i];
			uint32_t row;
			last = x->response;
			if (cube_rows_find(r->cube, x->response, &row))
				cube_understood_set(r->cube, row, x->understood);
		}
		arena_free(&r->scratch);
	}
	return ok;
}

/* A mention of an answer that came with a later page is told by its own change. */
static void take(struct cube *cube, const struct mention *m)
{
	uint32_t row;
	if (m->mention.sayings && cube_rows_find(cube, m->response, &row) &&
	    CUBE_UNDERSTOOD(cube_table_get(&cube->answers, SLOT_MARKS, row)) !=
	        UNDERSTOOD_NO_READING)
		cube_themes_give(cube, row, &m->mention);
}

static bool read_mentions(struct cube_reader *r, struct err *err)
{
	size_t count = PAGE;
	struct mention last = { 0 };
	bool ok = true;
	while (ok && count == PAGE) {
		void *items;
		ok = db_list(r->db, &sql_cube_mentions,
		             DB_ARGS(db_arg_i64(r->cube->workspace), db_arg_i64(last.response),
		                     db_arg_i64(last.theme), db_arg_i64(last.from),
		                     db_arg_i64(PAGE)),
		             mention_row, sizeof(struct mention), &r->scratch, &items, &count, err);
		for (size_t i = 0; ok && i < count; i++) {
			last = ((const struct mention *)items)[i];
			take(r->cube, &last);
		}
		arena_free(&r->scratch);
	}
	return ok;
}

/* Names of those that stand for themselves. *changed: others are joined than before, so that all mentions are to be read. */
static bool read_names(struct cube_reader *r, bool *changed, struct err *err)
{
	void *items;
	size_t count, kept = 0;
	uint64_t joined = 0;
	if (!db_list(r->db, &sql_cube_theme_names, DB_ARGS(db_arg_i64(r->cube->workspace)),
	             name_row, sizeof(struct theme_name), &r->scratch, &items, &count, err))
		return false;
	const struct theme_name *all = items;
	struct cube_tag_name *names = ARENA_ARRAY(&r->scratch, struct cube_tag_name, count + 1);
	for (size_t i = 0; i < count; i++) {
		if (!all[i].joined_with)
			names[kept++] = all[i].name;
		else
			joined += ((uint64_t)all[i].name.id * UINT64_C(0x9e3779b97f4a7c15)) ^
			          (uint64_t)all[i].joined_with;
	}
	*changed = joined != r->cube->joined;
	r->cube->joined = joined;
	if (*changed)
		cube_themes_name(r->cube, NULL, 0);
	cube_themes_name(r->cube, names, kept);
	arena_free(&r->scratch);
	return true;
}

bool cube_read_theme_names(struct cube_reader *r, struct err *err)
{
	bool changed;
	return read_names(r, &changed, err) && (!changed || read_mentions(r, err));
}

bool cube_read_understood(struct cube_reader *r, struct err *err)
{
	return read_readings(r, err) && read_mentions(r, err);
}

static enum understood found(const struct reading *all, size_t count, int64_t response)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].response == response)
			return all[i].understood;
	return UNDERSTOOD_NO_READING;
}

static void put(struct cube_reader *r, int64_t id, enum understood understood,
                const struct mention *mentions, size_t count)
{
	struct cube_mention *own = ARENA_ARRAY(&r->scratch, struct cube_mention, count + 1);
	uint32_t row;
	size_t n = 0;
	if (!cube_rows_find(r->cube, id, &row))
		return;
	for (size_t i = 0; understood != UNDERSTOOD_NO_READING && i < count; i++)
		if (mentions[i].response == id && mentions[i].mention.sayings)
			own[n++] = mentions[i].mention;
	cube_understood_put(r->cube, row, understood, own, n);
}

bool cube_read_understood_of(struct cube_reader *r, const int64_t *ids, size_t count,
                             struct err *err)
{
	DbArg args[CUBE_SOME + 1];
	void *readings, *mentions;
	size_t reading_count, mention_count;
	cube_some_args(args, r->cube->workspace, ids, count);
	const DbArgs some = { args, CUBE_SOME + 1 };
	if (!db_list(r->db, &sql_cube_readings_of_some, some, reading_row, sizeof(struct reading),
	             &r->scratch, &readings, &reading_count, err) ||
	    !db_list(r->db, &sql_cube_mentions_of_some, some, mention_row, sizeof(struct mention),
	             &r->scratch, &mentions, &mention_count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		put(r, ids[i], found(readings, reading_count, ids[i]), mentions, mention_count);
	arena_free(&r->scratch);
	return true;
}
