/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include <string.h>

#include "db/list.h"
#include "people/person.sql.h"

/* Persons merged into one are few; a display needs no more. */
#define MERGED_MAX 100

static bool identity_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct identity *)out = (struct identity){
		.kind = (enum identity_kind)db_i64(rows, 0),
		.value = db_text(rows, 1, a),
		.typed = db_text(rows, 2, a),
	};
	return true;
}

bool person_family(struct db *db, struct arena *a, int64_t workspace, int64_t id, size_t max,
                   int64_t **out, size_t *count, struct err *err)
{
	int64_t *all = ARENA_ARRAY(a, int64_t, max);
	size_t n = 0;
	all[n++] = id;
	for (size_t at = 0; at < n; at++) {
		void *ids;
		size_t found;
		if (!db_list(db, &sql_person_merged_into,
		             DB_ARGS(db_arg_i64(workspace), db_arg_i64(all[at])), db_row_i64,
		             sizeof(int64_t), a, &ids, &found, err))
			return false;
		for (size_t i = 0; i < found && n < max; i++)
			all[n++] = ((const int64_t *)ids)[i];
	}
	*out = all;
	*count = n;
	return true;
}

static bool comes_before(const struct identity *x, const struct identity *y)
{
	return x->kind != y->kind ? x->kind < y->kind : str_cmp(x->value, y->value) < 0;
}

static void insert_sorted(struct identity *all, size_t *count, const struct identity *one)
{
	size_t at = (*count)++;
	for (; at > 0 && comes_before(one, &all[at - 1]); at--)
		all[at] = all[at - 1];
	all[at] = *one;
}

bool person_identities(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                       struct identity **out, size_t *count, struct err *err)
{
	int64_t *persons;
	void *lists[MERGED_MAX];
	size_t person_count, counts[MERGED_MAX], total = 0, kept = 0;
	if (!person_family(db, a, workspace, id, MERGED_MAX, &persons, &person_count, err))
		return false;
	for (size_t i = 0; i < person_count; i++) {
		if (!db_list(db, &sql_identity_list,
		             DB_ARGS(db_arg_i64(workspace), db_arg_i64(persons[i])), identity_row,
		             sizeof(struct identity), a, &lists[i], &counts[i], err))
			return false;
		total += counts[i];
	}
	struct identity *all = ARENA_ARRAY(a, struct identity, total);
	for (size_t i = 0; i < person_count; i++)
		for (size_t k = 0; k < counts[i]; k++)
			insert_sorted(all, &kept, (const struct identity *)lists[i] + k);
	*out = all;
	*count = kept;
	return true;
}
