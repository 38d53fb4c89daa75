/* survey/survey_reword.c - a new definition takes the place of what respondents see. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey.h"

#include "survey/definition.h"
#include "survey/scale_change.h"
#include "survey/survey.sql.h"
#include "survey/trend_note.h"

static bool has(struct db *db, const struct db_stmt *sql, int64_t workspace, int64_t id, bool *out,
                struct err *err)
{
	int64_t count;
	if (!db_one_i64(db, sql, DB_ARGS(db_arg_i64(workspace), db_arg_i64(id)), 0, &count, err))
		return false;
	*out = count > 0;
	return true;
}

bool survey_is_answered(struct db *db, int64_t workspace, int64_t id, bool *out, struct err *err)
{
	return has(db, &sql_survey_is_answered, workspace, id, out, err);
}

bool survey_is_counted(struct db *db, int64_t workspace, int64_t id, bool *out, struct err *err)
{
	return has(db, &sql_survey_is_counted, workspace, id, out, err);
}

/* Asking only the happy ones to review in public is shown to an owner before it happens. */
static bool gate(struct survey *s, const struct definition *d, struct err *err)
{
	if (!thanks_buttons_gate(d->buttons)) {
		s->gating_at = 0;
		s->gating_by = (Str){ 0 };
		return true;
	}
	return s->gating_at ||
	       err_at(err, ERR_INVALID, "/definition/thanks_button",
	              "asks some groups for a public review and others not: give the review link "
	              "to all groups or to none, or let an owner confirm the notice about review "
	              "gating");
}

bool survey_check_gate(struct db_tx *tx, struct survey *s, Str definition, struct err *err)
{
	struct definition d;
	return definition_parse(tx->arena, definition, &d, err) && gate(s, &d, err);
}

static bool version_write(struct db_tx *tx, const struct db_stmt *stmt, const struct survey *s,
                          Str definition, struct err *err)
{
	return db_exec(tx->db, stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id), db_arg_i64(s->version),
	                       db_arg_text(definition), db_arg_i64(tx->now)),
	               NULL, err);
}

static bool note_scale(struct db_tx *tx, const struct survey *s, const struct definition *before,
                       const struct definition *after, Str actor, struct err *err)
{
	struct trend_note note = {
		.survey_id = s->id, .at = tx->now, .kind = TREND_NOTE_SCALE, .actor = actor
	};
	return !scale_change_find(tx->arena, before, after, &note.text) ||
	       trend_note_add(tx, &note, err);
}

bool survey_reword(struct db_tx *tx, struct survey *s, Str before, Str definition, Str actor,
                   struct err *err)
{
	struct definition old, new;
	bool answered, counted;
	if (!definition_parse(tx->arena, before, &old, err) ||
	    !definition_parse(tx->arena, definition, &new, err) ||
	    !survey_is_answered(tx->db, tx->workspace, s->id, &answered, err) ||
	    !survey_is_counted(tx->db, tx->workspace, s->id, &counted, err))
		return false;
	bool seen = answered || s->state != SURVEY_DRAFT;
	if (!seen || scale_change_is_unseen(tx->arena, &old, &new))
		return version_write(tx, &sql_survey_version_replace, s, definition, err);
	if (!gate(s, &new, err))
		return false;
	s->version++;
	return version_write(tx, &sql_survey_version_insert, s, definition, err) &&
	       (!counted || note_scale(tx, s, &old, &new, actor, err));
}
