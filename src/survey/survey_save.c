/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey.h"

#include <inttypes.h>

#include "account/audit.h"
#include "survey/brand.h"
#include "survey/draft.h"
#include "survey/link.h"
#include "survey/survey.sql.h"
#include "survey/team_scope.h"
#include "survey/touchpoint.h"

#define ADDRESS_TRIES 50
#define SLUG_TRIES    50

/* What a survey that says nothing asks: definition_write of definition_default. */
#define DEFINITION_EMPTY \
	STR("{\"language\":\"en\",\"follow_up_one\":false,\"follow_up_required\":true}")

static Str whose(Str actor)
{
	return actor.at ? actor : AUDIT_COMMAND_LINE;
}

static bool first_brand(struct db_tx *tx, int64_t *id, struct err *err)
{
	struct brand *brands;
	size_t count;
	if (!brand_list(tx->db, tx->arena, tx->workspace, &brands, &count, err))
		return false;
	if (!count)
		return err_at(err, ERR_INVALID, "/brand", "the workspace has no brand yet");
	*id = brands[0].id;
	for (size_t i = 1; i < count; i++)
		if (brands[i].id < *id)
			*id = brands[i].id;
	return true;
}

static bool brand_of(struct db_tx *tx, const struct survey_input *in, struct survey *s,
                     struct err *err)
{
	struct brand brand;
	if (!in->brand_id)
		return s->brand_id || first_brand(tx, &s->brand_id, err);
	if (!brand_find(tx->db, tx->arena, tx->workspace, in->brand_id, &brand, err)) {
		if (err->kind == ERR_NOT_FOUND)
			err_at(err, ERR_INVALID, "/brand", "is no brand of this workspace");
		return false;
	}
	s->brand_id = brand.id;
	return true;
}

/* A transactional survey has a touchpoint, a relationship survey has none. */
static bool touchpoint_of(struct db_tx *tx, const struct survey_input *in, struct survey *s,
                          struct err *err)
{
	if (s->kind == SURVEY_RELATIONSHIP) {
		s->touchpoint_id = 0;
		return !in->touchpoint.at || err_at(err, ERR_INVALID, "/touchpoint",
		                                    "a relationship survey has no touchpoint");
	}
	if (in->touchpoint.at) {
		struct touchpoint found;
		bool known;
		if (!touchpoint_find_by_code(tx->db, tx->arena, tx->workspace, in->touchpoint,
		                             &known, &found, err))
			return false;
		if (!known)
			return err_at(err, ERR_INVALID, "/touchpoint",
			              "is no touchpoint of this workspace");
		s->touchpoint_id = found.id;
	}
	return s->touchpoint_id ||
	       err_at(err, ERR_INVALID, "/touchpoint",
	              "a transactional survey needs a touchpoint of the journey");
}

static bool version_insert(struct db_tx *tx, const struct survey *s, Str definition,
                           struct err *err)
{
	return db_exec(tx->db, &sql_survey_version_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id), db_arg_i64(s->version),
	                       db_arg_text(definition), db_arg_i64(tx->now)),
	               NULL, err);
}

static bool address_take(struct db_tx *tx, Str slug, int64_t survey, bool *taken, struct err *err)
{
	int64_t changed;
	if (!db_exec(tx->db, &sql_survey_address_insert,
	             DB_ARGS(db_arg_text(slug), db_arg_i64(tx->workspace), db_arg_i64(survey)),
	             &changed, err))
		return false;
	*taken = changed > 0;
	return true;
}

/* The survey's own slug when nobody on this server has it, else with a number behind. A demo never takes a plain name
 * away from a real workspace. */
static bool address_find(struct db_tx *tx, struct survey *s, struct err *err)
{
	int64_t demo;
	bool taken = false;
	if (!db_one_i64(tx->db, &sql_survey_workspace_demo, DB_ARGS(db_arg_i64(tx->workspace)), 0,
	                &demo, err))
		return false;
	Str stem = demo ? str_printf(tx->arena, "%.*s-demo", STR_FMT(s->slug)) : s->slug;
	s->public_slug = stem;
	for (int n = 2; n < ADDRESS_TRIES; n++) {
		if (!address_take(tx, s->public_slug, s->id, &taken, err))
			return false;
		if (taken)
			return true;
		s->public_slug = str_printf(tx->arena, "%.*s-%d", STR_FMT(stem), n);
	}
	s->public_slug = str_printf(tx->arena, "%.*s-%" PRId64, STR_FMT(stem), s->id);
	return address_take(tx, s->public_slug, s->id, &taken, err) &&
	       (taken || err_set(err, ERR_CONFLICT, "no address is free for this survey"));
}

static bool survey_insert(struct db_tx *tx, struct survey *s, Str definition, struct err *err)
{
	return address_find(tx, s, err) &&
	       db_exec(tx->db, &sql_survey_insert,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id), db_arg_text(s->slug),
	                       db_arg_text(s->public_slug), db_arg_text(s->name),
	                       db_arg_i64(s->brand_id), db_arg_i64(s->kind),
	                       db_arg_id_or_null(s->touchpoint_id), db_arg_i64(s->state),
	                       db_arg_i64(s->version), db_arg_i64(tx->now), db_arg_i64(tx->now)),
	               NULL, err) &&
	       version_insert(tx, s, definition, err);
}

bool survey_update(struct db_tx *tx, struct survey *s, struct err *err)
{
	s->updated_at = tx->now;
	tx_changed(tx, CHANGE_SURVEY, s->id);
	return db_exec(tx->db, &sql_survey_update,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id), db_arg_text(s->name),
	                       db_arg_i64(s->brand_id), db_arg_i64(s->kind),
	                       db_arg_id_or_null(s->touchpoint_id), db_arg_i64(s->state),
	                       db_arg_i64(s->version), db_arg_i64(tx->now),
	                       db_arg_id_or_null(s->revision), db_arg_id_or_null(s->draft_revision),
	                       db_arg_id_or_null(s->opens_at), db_arg_id_or_null(s->closes_at),
	                       db_arg_id_or_null(s->max_answers), db_arg_id_or_null(s->archived_at),
	                       db_arg_id_or_null(s->deleted_at), db_arg_id_or_null(s->gating_at),
	                       db_arg_text_or_null(s->gating_by)),
	               NULL, err);
}

bool survey_take_place(struct db_tx *tx, const struct survey *s, bool *taken, struct err *err)
{
	int64_t changed = 1;
	if (s->max_answers &&
	    !db_exec(tx->db, &sql_survey_take_place,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id)), &changed, err))
		return false;
	*taken = changed > 0;
	return true;
}

/* Counts anew what there is against the limit. */
static bool count_taken(struct db_tx *tx, const struct survey *s, struct err *err)
{
	return !s->max_answers ||
	       db_exec(tx->db, &sql_survey_count_taken,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(s->id)), NULL, err);
}

/* Read again, so that the result is what the next reader sees. */
static bool result(struct db_tx *tx, struct survey_input *in, int64_t id, bool created,
                   struct err *err)
{
	in->created = created;
	return survey_find(tx->db, in->arena, tx->workspace, id, &in->survey, err) &&
	       survey_definition(tx->db, in->arena, tx->workspace, id, 0, &in->definition_now, err);
}

/* Made from the name, with a number behind when another survey has it. */
static bool free_slug(struct db_tx *tx, Str name, Str *out, struct err *err)
{
	Str stem = survey_slug_of(tx->arena, name);
	int64_t taken = 1;
	*out = stem;
	for (int n = 2; taken; n++) {
		if (!db_one_i64(tx->db, &sql_survey_slug_is_taken,
		                DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(*out)), 0, &taken,
		                err))
			return false;
		if (!taken)
			return true;
		/* After some tries the id, which nobody else has. */
		int64_t number = n < SLUG_TRIES ? n : tx_new_id(tx);
		Str kept = str_slice(stem, 0, SURVEY_SLUG_MAX - 21);
		*out = str_printf(tx->arena, "%.*s-%" PRId64, STR_FMT(kept), number);
	}
	return true;
}

static bool create(struct db_tx *tx, struct survey_input *in, struct err *err)
{
	struct survey s = { 0 };
	bool found;
	Str slug = in->slug.at ? in->slug : survey_slug_of(tx->arena, in->name);
	if (!in->slug.at && !in->may_exist && !free_slug(tx, in->name, &slug, err))
		return false;
	if (!survey_find_by_slug(tx->db, tx->arena, tx->workspace, slug, &found, &s, err))
		return false;
	if (found && in->may_exist)
		return result(tx, in, s.id, false, err);
	if (found)
		return err_at(err, ERR_CONFLICT, "/slug", "another survey has the slug \"%.*s\"",
		              STR_FMT(slug));
	s = (struct survey){
		.workspace = tx->workspace,
		.id = tx_new_id(tx),
		.slug = slug,
		.name = in->name.at ? in->name : slug,
		.kind = in->kind ? in->kind : SURVEY_RELATIONSHIP,
		.state = in->live ? SURVEY_LIVE : SURVEY_DRAFT,
		.version = 1,
		.created_at = tx->now,
		.updated_at = tx->now,
	};
	Str definition = in->definition.at ? in->definition : DEFINITION_EMPTY;
	if (!brand_of(tx, in, &s, err) || !touchpoint_of(tx, in, &s, err) ||
	    (in->live && !survey_check_gate(tx, &s, definition, err)) ||
	    !survey_insert(tx, &s, definition, err) ||
	    !audit_write(tx, whose(in->actor), STR("survey.create"), s.slug, STR(""), err))
		return false;
	tx_changed(tx, CHANGE_SURVEY, s.id);
	return result(tx, in, s.id, true, err);
}

/* Kind, brand and touchpoint say whose figure an answer belongs to: they are fixed with the first answer. */
static bool check_unanswered(struct db_tx *tx, const struct survey *old, const struct survey *s,
                             struct err *err)
{
	bool answered;
	if (old->kind == s->kind && old->brand_id == s->brand_id &&
	    old->touchpoint_id == s->touchpoint_id)
		return true;
	if (!survey_is_answered(tx->db, tx->workspace, s->id, &answered, err))
		return false;
	return !answered || err_set(err, ERR_CONFLICT,
	                            "kind, brand and touchpoint stay as they are once a survey has "
	                            "answers: make another survey");
}

/* A draft that somebody works on would undo this when it is published. */
static bool reword(struct db_tx *tx, const struct survey_input *in, struct survey *s, Str before,
                   struct err *err)
{
	if (!in->definition.at || str_eq(in->definition, before))
		return true;
	if (s->draft_revision)
		return err_at(err, ERR_CONFLICT, "/definition",
		              "the survey has a draft that is not published: change the draft, or "
		              "publish it first");
	s->revision++;
	return survey_reword(tx, s, before, in->definition, whose(in->actor), err);
}

static bool change(struct db_tx *tx, struct survey_input *in, struct err *err)
{
	struct survey old, s;
	Str definition;
	if (!survey_find(tx->db, tx->arena, tx->workspace, in->id, &old, err) ||
	    !survey_definition(tx->db, tx->arena, tx->workspace, in->id, 0, &definition, err))
		return false;
	s = old;
	s.name = in->name.at ? in->name : s.name;
	s.kind = in->kind ? in->kind : s.kind;
	if (!brand_of(tx, in, &s, err) || !touchpoint_of(tx, in, &s, err) ||
	    !check_unanswered(tx, &old, &s, err))
		return false;
	if (s.deleted_at)
		return err_set(err, ERR_CONFLICT, "the survey is in the bin: take it out first");
	if (!reword(tx, in, &s, definition, err))
		return false;
	return survey_update(tx, &s, err) &&
	       audit_write(tx, whose(in->actor), STR("survey.change"), s.slug, STR(""), err) &&
	       result(tx, in, s.id, false, err);
}

bool survey_save(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_input *in = input;
	struct team_scope scope;
	return (in->id ? change(tx, in, err) : create(tx, in, err)) &&
	       team_scope_parse(tx->db, tx->arena, tx->workspace, in->team_scope, &scope, err) &&
	       (team_scope_takes_survey(&scope, in->survey.id) ||
	        err_set(err, ERR_DENIED,
	                "This survey would not belong to your team: its brand, its touchpoint or "
	                "the survey itself lies outside what the team sees."));
}

static bool check_seen(const struct survey_state_input *in, const struct survey *s, struct err *err)
{
	if (s->deleted_at || s->archived_at)
		return err_set(err, ERR_CONFLICT, "the survey is %s: take it out first",
		               s->deleted_at ? "in the bin" : "archived");
	return !in->has_revision || in->revision == s->revision ||
	       err_set(err, ERR_CONFLICT,
	               "somebody changed the survey since you looked: look at it again");
}

static bool become(const struct survey_state_input *in, struct survey *s, struct err *err)
{
	if (s->state == in->state)
		return true;
	if (!survey_may_become(s->state, in->state))
		return err_set(err, ERR_CONFLICT, "a survey that is %s cannot become %s",
		               survey_state_name(s->state), survey_state_name(in->state));
	s->state = in->state;
	return true;
}

static bool go_live(struct db_tx *tx, const struct survey_state_input *in, struct survey *s,
                    struct err *err)
{
	if (!in->as_published)
		return survey_draft_publish(tx, s, whose(in->actor), err);
	return s->state != SURVEY_DRAFT ||
	       err_set(err, ERR_CONFLICT, "the survey was not published yet: publish it");
}

bool survey_set_state(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_state_input *in = input;
	struct survey s, old;
	if (!survey_find(tx->db, tx->arena, tx->workspace, in->id, &s, err) ||
	    !check_seen(in, &s, err))
		return false;
	old = s;
	if ((in->state == SURVEY_LIVE && !go_live(tx, in, &s, err)) || !become(in, &s, err))
		return false;
	if (s.state != old.state || s.revision != old.revision) {
		const char *action = s.state != old.state ? "survey.state" : "survey.publish";
		if (!survey_update(tx, &s, err) || !count_taken(tx, &s, err) ||
		    !audit_write(tx, whose(in->actor), str_of(action), s.slug,
		                 str_of(survey_state_name(s.state)), err))
			return false;
	}
	return survey_find(tx->db, in->arena, tx->workspace, s.id, &in->survey, err);
}

bool survey_seed_workspace(struct db_tx *tx, const struct survey_seed *seed, struct err *err)
{
#define TOUCHPOINT_ENGLISH(code, english, german) { 0, STR(code), STR(english), 0 },
#define TOUCHPOINT_GERMAN(code, english, german)  { 0, STR(code), STR(german), 0 },
	const struct touchpoint english[] = { TOUCHPOINT_DEFAULTS(TOUCHPOINT_ENGLISH) };
	const struct touchpoint german[] = { TOUCHPOINT_DEFAULTS(TOUCHPOINT_GERMAN) };
#undef TOUCHPOINT_ENGLISH
#undef TOUCHPOINT_GERMAN
	struct touchpoint_input steps = {
		.journey = seed->german ? german : english,
		.count = sizeof english / sizeof english[0],
		.arena = tx->arena,
		.actor = seed->actor,
	};
	struct brand_input brand = {
		.name = seed->brand,
		.name_folded = seed->brand_folded,
		.arena = tx->arena,
		.actor = seed->actor,
	};
	return touchpoint_save(tx, &steps, err) && brand_save(tx, &brand, err) &&
	       link_key_add(tx, seed->link_secret, err);
}
