/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/person_scope.h"

#include "people/properties.h"
#include "survey/person_scope.sql.h"

/* Does the scope take one of what the statement lists? Properties of links stand over the person's `traits`. */
static bool any(struct db *db, struct arena *a, const struct team_scope *scope,
                const struct db_stmt *stmt, DbArgs whose, Str traits, bool *out, struct err *err)
{
	struct db_rows rows;
	enum db_next next = DB_ROW;
	*out = false;
	if (!db_query(db, &rows, stmt, whose, err))
		return false;
	while (!*out && (next = db_step(&rows, err)) == DB_ROW) {
		Str properties;
		if (!properties_merge(a, traits, db_text(&rows, 1, a), &properties, err) ||
		    !team_scope_takes(scope, a, db_i64(&rows, 0), properties, out, err)) {
			next = DB_FAILED;
			break;
		}
	}
	db_rows_close(&rows);
	return *out || next != DB_FAILED;
}

static bool has_answer(struct db *db, struct arena *a, const struct team_scope *scope,
                       int64_t workspace, int64_t person, bool *out, struct err *err)
{
	return any(db, a, scope, &sql_person_scope_answers,
	           DB_ARGS(db_arg_i64(workspace), db_arg_i64(person)), PROPERTIES_NONE, out, err);
}

bool person_scope_sees(struct db *db, struct arena *a, const struct caller *caller, int64_t person,
                       bool *out, struct err *err)
{
	struct team_scope scope;
	if (!team_scope_load(db, a, caller, &scope, err))
		return false;
	*out = team_scope_is_whole(&scope);
	return *out || has_answer(db, a, &scope, caller->workspace, person, out, err);
}

bool person_scope_takes(struct db_tx *tx, const struct caller *caller, const struct person_ref *ref,
                        bool *out, struct err *err)
{
	struct team_scope scope;
	struct person person;
	if (!team_scope_load(tx->db, tx->arena, caller, &scope, err))
		return false;
	*out = team_scope_is_whole(&scope);
	if (*out)
		return true;
	if (!person_meant(tx, ref, &person, err))
		return false;
	*out = !person.id;
	if (*out)
		return true;
	return has_answer(tx->db, tx->arena, &scope, tx->workspace, person.id, out, err) &&
	       (*out || any(tx->db, tx->arena, &scope, &sql_person_scope_links,
	                    DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(person.id)),
	                    person.traits, out, err));
}
