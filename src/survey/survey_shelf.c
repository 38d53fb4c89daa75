/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_shelf.h"

#include <inttypes.h>

#include "account/audit.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "survey/draft.h"
#include "survey/survey_shelf.sql.h"

static const char *move(struct survey *s, enum survey_shelving what, int64_t now)
{
	switch (what) {
	case SURVEY_ARCHIVE:
		s->archived_at = s->archived_at ? s->archived_at : now;
		return "survey.archive";
	case SURVEY_UNARCHIVE:
		s->archived_at = 0;
		return "survey.unarchive";
	case SURVEY_BIN:
		s->deleted_at = s->deleted_at ? s->deleted_at : now;
		return "survey.delete";
	case SURVEY_RESTORE:
		s->deleted_at = 0;
		return "survey.restore";
	}
	return "";
}

bool survey_shelve(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_shelf_input *in = input;
	struct survey s, old;
	if (!survey_find(tx->db, tx->arena, tx->workspace, in->id, &s, err))
		return false;
	old = s;
	const char *action = move(&s, in->what, tx->now);
	bool moved = s.archived_at != old.archived_at || s.deleted_at != old.deleted_at;
	if (moved && (!survey_update(tx, &s, err) ||
	              !audit_write(tx, in->actor, str_of(action), s.slug, STR(""), err)))
		return false;
	return survey_find(tx->db, in->arena, tx->workspace, in->id, &in->survey, err);
}

static Str copy_name(struct db_tx *tx, Str name)
{
	return str_printf(tx->arena, "%.*s (2)", STR_FMT(utf8_prefix(name, SURVEY_NAME_MAX - 4)));
}

bool survey_copy(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_copy_input *in = input;
	struct survey from;
	struct survey_draft draft;
	if (!survey_find(tx->db, tx->arena, tx->workspace, in->id, &from, err) ||
	    !survey_draft_find(tx->db, tx->arena, &from, &draft, err))
		return false;
	struct survey_input made = {
		.name = in->name.at ? in->name : copy_name(tx, from.name),
		.brand_id = from.brand_id,
		.kind = from.kind,
		.touchpoint = from.touchpoint,
		.definition = draft.definition,
		.actor = in->actor,
		.team_scope = in->team_scope,
		.arena = in->arena,
	};
	if (!survey_save(tx, &made, err))
		return false;
	in->survey = made.survey;
	in->definition = made.definition_now;
	return true;
}

bool survey_confirm_gating(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_gating_input *in = input;
	struct survey s;
	if (!survey_find(tx->db, tx->arena, tx->workspace, in->id, &s, err))
		return false;
	s.gating_at = tx->now;
	s.gating_by = in->actor;
	return survey_update(tx, &s, err) &&
	       audit_write(tx, in->actor, STR("survey.review_gating"), s.slug, STR("confirmed"),
	                   err) &&
	       survey_find(tx->db, in->arena, tx->workspace, in->id, &in->survey, err);
}

static int64_t bin_since(int64_t now)
{
	return now - SURVEY_BIN_DAYS * CLOCK_DAY;
}

bool survey_bin_purgeable(struct db *db, int64_t workspace, int64_t now, bool *any, struct err *err)
{
	int64_t id;
	if (!db_one_i64(db, &sql_survey_bin_next,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(bin_since(now))), 0, &id, err))
		return false;
	*any = id != 0;
	return true;
}

bool survey_bin_purge(struct db_tx *tx, void *input, struct err *err)
{
	bool *more = input;
	int64_t id;
	if (!db_one_i64(tx->db, &sql_survey_bin_next,
	                DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(bin_since(tx->now))), 0, &id,
	                err))
		return false;
	*more = id != 0;
	if (!id)
		return true;
	DbArgs args = DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id));
	tx_changed(tx, CHANGE_SURVEY, id);
	return db_exec(tx->db, &sql_survey_bin_invitations, args, NULL, err) &&
	       db_exec(tx->db, &sql_survey_bin_address, args, NULL, err) &&
	       db_exec(tx->db, &sql_survey_bin_survey, args, NULL, err) &&
	       audit_write(tx, STR("nightly"), STR("survey.purge"),
	                   str_printf(tx->arena, "%" PRId64, id), STR(""), err);
}
