/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_people.h"

#include <stdlib.h>
#include <string.h>

#include "db/list.h"
#include "feedback/cells.sql.h"
#include "people/properties.h"

#define PAGE_ROWS 20000

static int by_merged(const void *a, const void *b)
{
	int64_t left = ((const struct cell_merged *)a)->id;
	int64_t right = ((const struct cell_merged *)b)->id;
	return (left > right) - (left < right);
}

static int by_person(const void *a, const void *b)
{
	int64_t left = ((const struct cell_person *)a)->id;
	int64_t right = ((const struct cell_person *)b)->id;
	return (left > right) - (left < right);
}

static bool merged_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct cell_merged *)out = (struct cell_merged){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

static bool load_merged(const struct facts *facts, struct arena *a, struct cell_people *out,
                        struct err *err)
{
	void *items;
	if (!db_list(facts->db, &sql_cells_merged, DB_ARGS(db_arg_i64(facts->workspace)),
	             merged_row, sizeof(struct cell_merged), a, &items, &out->merged_count, err))
		return false;
	out->merged = items;
	return true;
}

struct person_row {
	int64_t id, created_at;
	Str traits;
};

static bool person_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct person_row *)out =
	    (struct person_row){ db_i64(rows, 0), db_i64(rows, 1), db_text(rows, 2, a) };
	return true;
}

static bool read_person(const struct cell_plan *plan, struct arena *page,
                        const struct person_row *row, struct cell_person *out, struct err *err)
{
	*out = (struct cell_person){ .id = row->id, .first_seen = cell_second(row->created_at) };
	for (int d = 0; d < 2; d++) {
		Str value;
		if (plan->q->dims[d].kind != DIM_TRAIT)
			continue;
		if (!properties_value_of(page, row->traits, plan->q->dims[d].name, &value, err))
			return false;
		out->traits[d] = value.at ? str_copy(plan->arena, value) : value;
	}
	return true;
}

/* Doubles its room in the arena. */
static struct cell_person *next_person(const struct cell_plan *plan, struct cell_people *out,
                                       size_t *room)
{
	if (out->count == *room) {
		*room = *room ? *room * 2 : 1024;
		struct cell_person *grown = ARENA_ARRAY(plan->arena, struct cell_person, *room);
		if (out->count)
			memcpy(grown, out->all, out->count * sizeof(*grown));
		out->all = grown;
	}
	return &out->all[out->count++];
}

static bool load_persons(const struct facts *facts, const struct cell_plan *plan,
                         struct cell_people *out, struct err *err)
{
	struct arena page = { 0 };
	size_t room = 0, rows = PAGE_ROWS;
	int64_t last = 0;
	bool ok = true;
	while (ok && rows == PAGE_ROWS) {
		void *items;
		ok = db_list(facts->db, &sql_cells_people,
		             DB_ARGS(db_arg_i64(facts->workspace), db_arg_i64(last),
		                     db_arg_i64(PAGE_ROWS)),
		             person_row, sizeof(struct person_row), &page, &items, &rows, err);
		const struct person_row *all = items;
		for (size_t i = 0; ok && i < rows; i++) {
			ok = read_person(plan, &page, &all[i], next_person(plan, out, &room), err);
			last = all[i].id;
		}
		arena_free(&page);
	}
	return ok;
}

static void see(struct cell_people *people, int64_t person, int64_t at)
{
	struct cell_person wanted = { .id = cell_people_canonical(people, person) };
	struct cell_person *found =
	    people->count ? bsearch(&wanted, people->all, people->count, sizeof(wanted), by_person)
			  : NULL;
	if (found && at < found->first_seen)
		found->first_seen = at;
}

struct seen_row {
	int64_t id, person, at;
};

static bool seen_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	int64_t scored_at = db_i64(rows, 2);
	*(struct seen_row *)out = (struct seen_row){ db_i64(rows, 0), db_i64(rows, 1),
		                                     scored_at ? scored_at : db_i64(rows, 3) };
	return true;
}

static bool load_seen(const struct facts *facts, struct cell_people *people, struct err *err)
{
	struct arena page = { 0 };
	size_t rows = PAGE_ROWS;
	int64_t last = 0;
	bool ok = true;
	for (size_t i = 0; i < people->count; i++)
		see(people, people->all[i].id, people->all[i].first_seen);
	while (ok && rows == PAGE_ROWS) {
		void *items;
		ok = db_list(facts->db, &sql_cells_seen,
		             DB_ARGS(db_arg_i64(facts->workspace), db_arg_i64(last),
		                     db_arg_i64(PAGE_ROWS)),
		             seen_row, sizeof(struct seen_row), &page, &items, &rows, err);
		const struct seen_row *all = items;
		for (size_t i = 0; ok && i < rows; i++) {
			if (all[i].person)
				see(people, all[i].person, cell_second(all[i].at));
			last = all[i].id;
		}
		arena_free(&page);
	}
	return ok;
}

static bool asks(const struct cell_plan *plan, enum dim_kind kind)
{
	return plan->q->dims[0].kind == kind || plan->q->dims[1].kind == kind;
}

bool cell_people_load(const struct facts *facts, const struct cell_plan *plan,
                      struct cell_people *out, struct err *err)
{
	*out = (struct cell_people){ 0 };
	if (!load_merged(facts, plan->arena, out, err))
		return false;
	if (!asks(plan, DIM_TRAIT) && !asks(plan, DIM_TENURE))
		return true;
	return load_persons(facts, plan, out, err) &&
	       (!asks(plan, DIM_TENURE) || load_seen(facts, out, err));
}

/* Follows the pointers; a chain is short, and a circle ends the walk. */
int64_t cell_people_canonical(const struct cell_people *people, int64_t person)
{
	for (int steps = 0; people->merged_count > 0 && steps < 8; steps++) {
		struct cell_merged wanted = { .id = person };
		const struct cell_merged *found =
		    bsearch(&wanted, people->merged, people->merged_count, sizeof(wanted),
		            by_merged);
		if (!found)
			break;
		person = found->canonical;
	}
	return person;
}

const struct cell_person *cell_people_find(const struct cell_people *people, int64_t person)
{
	struct cell_person wanted = { .id = person };
	if (people->count == 0)
		return NULL;
	return bsearch(&wanted, people->all, people->count, sizeof(wanted), by_person);
}
