/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/draft.h"

#include "account/user.h"
#include "db/list.h"
#include "survey/definition.h"
#include "survey/draft.sql.h"

static bool draft_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct survey_draft *)out = (struct survey_draft){
		.revision = db_i64(rows, 0),
		.definition = db_text(rows, 1, a),
		.opens_at = db_i64(rows, 2),
		.closes_at = db_i64(rows, 3),
		.max_answers = db_i64(rows, 4),
		.actor = db_text(rows, 5, a),
		.created_at = db_i64(rows, 6),
	};
	return true;
}

static bool find_published(struct db *db, struct arena *a, const struct survey *s,
                           struct survey_draft *out, struct err *err)
{
	struct survey_draft d = {
		.revision = s->revision,
		.opens_at = s->opens_at,
		.closes_at = s->closes_at,
		.max_answers = s->max_answers,
		.created_at = s->updated_at,
	};
	if (!survey_definition(db, a, s->workspace, s->id, s->version, &d.definition, err))
		return false;
	*out = d;
	return true;
}

bool survey_draft_find(struct db *db, struct arena *a, const struct survey *s,
                       struct survey_draft *out, struct err *err)
{
	bool found = false;
	if (s->draft_revision && !db_one(db, &sql_survey_draft_find,
	                                 DB_ARGS(db_arg_i64(s->workspace), db_arg_i64(s->id),
	                                         db_arg_i64(s->draft_revision)),
	                                 draft_row, out, a, &found, err))
		return false;
	return found || find_published(db, a, s, out, err);
}

bool survey_draft_list(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                       struct survey_draft **out, size_t *count, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_survey_draft_list, DB_ARGS(db_arg_i64(workspace), db_arg_i64(survey)),
	             draft_row, sizeof(struct survey_draft), a, &items, count, err))
		return false;
	*out = items;
	return true;
}

bool survey_draft_check(const struct survey_draft *d, struct err *err)
{
	if (d->opens_at && d->closes_at && d->closes_at <= d->opens_at)
		return err_at(err, ERR_INVALID, "/closes_at", "must be after the survey opens");
	return true;
}

static bool same(const struct survey_draft *x, const struct survey_draft *y)
{
	return str_eq(x->definition, y->definition) && x->opens_at == y->opens_at &&
	       x->closes_at == y->closes_at && x->max_answers == y->max_answers;
}

static bool write(struct db_tx *tx, const struct survey *s, const struct survey_draft *d, Str actor,
                  struct err *err)
{
	DbArg workspace = db_arg_i64(tx->workspace), id = db_arg_i64(s->id);
	return db_exec(tx->db, &sql_survey_draft_insert,
	               DB_ARGS(workspace, id, db_arg_i64(s->revision), db_arg_text(d->definition),
	                       db_arg_id_or_null(d->opens_at), db_arg_id_or_null(d->closes_at),
	                       db_arg_id_or_null(d->max_answers), db_arg_text(actor),
	                       db_arg_i64(tx->now)),
	               NULL, err) &&
	       db_exec(tx->db, &sql_survey_draft_prune,
	               DB_ARGS(workspace, id, db_arg_i64(s->revision - SURVEY_DRAFTS_KEPT)), NULL,
	               err);
}

/* Drafts carry the address that the logs have. */
static bool find_author(struct db *db, struct arena *a, int64_t workspace, Str email, Str *out,
                        struct err *err)
{
	struct member *members;
	size_t count;
	if (!email.at)
		return true;
	if (!member_list(db, workspace, a, &members, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (members[i].user.name.len && str_eq(members[i].user.email, email))
			*out = members[i].user.name;
	return true;
}

bool survey_draft_look(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                       struct survey_draft_view *out, struct err *err)
{
	struct survey_draft_view v = { 0 };
	if (!survey_find(db, a, workspace, survey, &v.survey, err) ||
	    !survey_draft_find(db, a, &v.survey, &v.draft, err) ||
	    !survey_definition(db, a, workspace, survey, v.survey.version, &v.published, err) ||
	    !find_author(db, a, workspace, v.draft.actor, &v.author, err) ||
	    !survey_is_answered(db, workspace, survey, &v.answered, err) ||
	    !survey_is_counted(db, workspace, survey, &v.counted, err))
		return false;
	*out = v;
	return true;
}

/* A row is written even when it says what is published, so that one can go back to what stood before it. */
static bool save(struct db_tx *tx, struct survey_draft_input *in, struct survey *s, struct err *err)
{
	struct survey_draft published;
	if (!find_published(tx->db, tx->arena, s, &published, err))
		return false;
	s->revision++;
	s->draft_revision = same(&in->draft, &published) ? 0 : s->revision;
	return write(tx, s, &in->draft, in->actor, err) && survey_update(tx, s, err);
}

bool survey_draft_save(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_draft_input *in = input;
	struct survey s;
	struct survey_draft now;
	if (!survey_find(tx->db, tx->arena, tx->workspace, in->id, &s, err) ||
	    !survey_draft_find(tx->db, tx->arena, &s, &now, err))
		return false;
	if (s.deleted_at)
		return err_set(err, ERR_CONFLICT, "the survey is in the bin: take it out first");
	bool differs = !same(&in->draft, &now);
	/* Saving again what is there is no conflict: the reply to the first may have been lost. */
	in->conflict = differs && in->draft.revision != s.revision;
	if (differs && !in->conflict && !save(tx, in, &s, err))
		return false;
	return survey_draft_look(tx->db, in->arena, tx->workspace, in->id, &in->view, err);
}

bool survey_draft_publish(struct db_tx *tx, struct survey *s, Str actor, struct err *err)
{
	struct survey_draft draft, published;
	if (!survey_draft_find(tx->db, tx->arena, s, &draft, err) ||
	    !survey_check_gate(tx, s, draft.definition, err))
		return false;
	if (!s->draft_revision)
		return true;
	if (!find_published(tx->db, tx->arena, s, &published, err) ||
	    (!str_eq(published.definition, draft.definition) &&
	     !survey_reword(tx, s, published.definition, draft.definition, actor, err)))
		return false;
	s->opens_at = draft.opens_at;
	s->closes_at = draft.closes_at;
	s->max_answers = draft.max_answers;
	s->draft_revision = 0;
	s->revision++;
	return true;
}
