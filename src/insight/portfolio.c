/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/portfolio.h"

#include <inttypes.h>

#include "account/second_step.h"
#include "account/team.h"
#include "account/user.h"
#include "base/zone.h"
#include "feedback/cells.h"
#include "insight/one_part.h"

struct asking {
	struct request *rq;
	const struct asked *asked;
	const struct portfolio_question *q;
	struct portfolio *out;
};

/* One of the units: whose answers, of which days. */
struct unit_of {
	int64_t id;
	Str name;
	const struct team_scope *scope;
	const struct answer_filter *filter;
	const struct zone *zone;
	const struct compare_period *compare;
	int week_start;
	bool hides_names, own;
};

static bool add_rows(struct asking *ask, const struct facts *facts, const struct unit_of *unit,
                     struct err *err)
{
	struct arena *a = ask->rq->arena;
	struct cells *cells = ARENA_NEW(a, struct cells);
	const struct cell_question q = { .scope = unit->scope,
		                         .filter = unit->filter,
		                         .zone = unit->zone,
		                         .week_start = unit->week_start,
		                         .dims = { { .kind = DIM_PART } },
		                         .hides_names = unit->hides_names,
		                         .before_from = unit->compare->from,
		                         .before_before = unit->compare->before,
		                         .wants_clusters = true };
	if (!cells_ask(facts, a, &q, cells, err))
		return false;
	for (size_t i = 0; i < cells->count[0] && ask->out->count < PORTFOLIO_ROWS_MAX; i++) {
		struct portfolio_row *row = &ask->out->rows[ask->out->count++];
		const struct cell_part *part = &cells->parts[cells->values[0][i].id];
		Str key = one_part_key(a, part);
		if (unit->id)
			key = str_printf(a, "%" PRId64 ":%.*s", unit->id, STR_FMT(key));
		*row = (struct portfolio_row){ .key = key,
			                       .unit = unit->id,
			                       .name = unit->name,
			                       .part = part,
			                       .cell = &cells->at[i],
			                       .weight = 1,
			                       .own = unit->own };
	}
	return true;
}

static struct unit_of here(const struct asking *ask)
{
	const struct asked *asked = ask->asked;
	return (struct unit_of){ .scope = &asked->scope,
		                 .filter = &asked->filter,
		                 .zone = asked->zone,
		                 .compare = &ask->q->compare,
		                 .week_start = asked->workspace.week_start,
		                 .hides_names = asked->hides_names,
		                 .own = true };
}

static bool ask_brands(struct asking *ask, struct err *err)
{
	struct facts facts;
	const struct unit_of unit = here(ask);
	if (!asked_facts(ask->rq, 0, &facts, err))
		return false;
	ask->out->as_of = facts.as_of;
	return add_rows(ask, &facts, &unit, err);
}

/* --- teams ------------------------------------------------------------------------------------------------- */

static bool may_see_teams(const struct caller *caller, struct err *err)
{
	if ((caller->role & ROLES_MANAGE) || caller->scope == SCOPE_ADMIN)
		return true;
	return err_set(err, ERR_DENIED,
	               "Teams are told apart for owners and admins only, who see all of them.");
}

static bool ask_teams(struct asking *ask, struct err *err)
{
	struct arena *a = ask->rq->arena;
	struct team *teams;
	size_t count;
	struct facts facts;
	if (!may_see_teams(&ask->rq->caller, err) || !asked_facts(ask->rq, 0, &facts, err) ||
	    !team_list(ask->rq->db, ask->rq->caller.workspace, a, &teams, &count, err))
		return false;
	ask->out->as_of = facts.as_of;
	for (size_t i = 0; i < count; i++) {
		struct team_scope *scope = ARENA_NEW(a, struct team_scope);
		struct unit_of unit = here(ask);
		unit.id = teams[i].id;
		unit.name = teams[i].name;
		unit.scope = scope;
		unit.own = false;
		if (!team_scope_parse(ask->rq->db, a, ask->rq->caller.workspace, teams[i].scope,
		                      scope, err) ||
		    !add_rows(ask, &facts, &unit, err))
			return false;
	}
	return true;
}

/* --- workspaces -------------------------------------------------------------------------------------------- */

/* What one workspace calls so, another has not. */
static bool is_of_all(const struct answer_filter *f, struct err *err)
{
	static const enum filter_field own[] = { FILTER_SURVEY, FILTER_BRAND, FILTER_TOUCHPOINT,
		                                 FILTER_TAG, FILTER_IMPORT };
	static const char *const names[] = { "survey", "brand", "touchpoint", "tag", "import" };
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		if (f->fields[own[i]].count > 0)
			return err_at(err, ERR_INVALID, names[i],
			              "is one workspace's own: leave it out to see several");
	return true;
}

/* The same days, as they are in the workspace's own zone. */
static bool days_there(struct asking *ask, struct unit_of *unit, struct answer_filter *f,
                       struct err *err)
{
	struct arena *a = ask->rq->arena;
	const struct answer_filter *here_ = &ask->asked->filter;
	struct compare_period *compare = ARENA_NEW(a, struct compare_period);
	bool known;
	*compare = (struct compare_period){ .with = ask->q->compare.with };
	if (f->from_day.at &&
	    !filter_set(f, a, STR("from"), here_->from_day, unit->zone, &known, err))
		return false;
	if (f->to_day.at && !filter_set(f, a, STR("to"), here_->to_day, unit->zone, &known, err))
		return false;
	unit->filter = f;
	unit->compare = compare;
	return compare_period(a, f, unit->zone, ask->rq->now, compare, err);
}

/* Whoever has no second step sees nothing of a workspace that wants one. */
static bool may_enter(struct asking *ask, int64_t workspace, bool *out, struct err *err)
{
	bool wanted, on;
	if (!workspace_wants_second_step(ask->rq->db, workspace, &wanted, err) ||
	    !second_step_is_on(ask->rq->db, ask->rq->caller.user, &on, err))
		return false;
	*out = on || !wanted;
	return true;
}

/* The filter was checked for the session's workspace; here one may have another role, and not see names. */
static bool may_ask(struct asking *ask, const struct member_access *access, struct answer_filter *f)
{
	struct err ignored;
	const struct caller there = { .role = access->role,
		                      .sees_names = access->sees_names,
		                      .sees_masked = access->sees_masked };
	return filter_may_ask(f, ask->rq->arena, &there, &ignored);
}

static bool ask_there(struct asking *ask, int64_t id, struct err *err)
{
	struct request *rq = ask->rq;
	struct workspace *workspace = ARENA_NEW(rq->arena, struct workspace);
	struct team_scope *scope = ARENA_NEW(rq->arena, struct team_scope);
	struct answer_filter *f = ARENA_NEW(rq->arena, struct answer_filter);
	struct member_access access;
	struct facts facts;
	struct unit_of unit = { .id = id, .scope = scope };
	bool enters;
	if (!member_access(rq->db, id, rq->caller.user, rq->arena, &access, err))
		return false;
	if (!access.role)
		return true;
	if (!may_enter(ask, id, &enters, err))
		return false;
	*f = ask->asked->filter;
	if (!enters || !may_ask(ask, &access, f))
		return true;
	unit.hides_names = !access.sees_names;
	unit.own = id == rq->caller.workspace;
	if (!workspace_find(rq->db, id, rq->arena, workspace, err) ||
	    !zone_load(rq->arena, workspace->time_zone, &unit.zone, err) ||
	    !team_scope_parse(rq->db, rq->arena, id, access.team_scope, scope, err))
		return false;
	unit.name = workspace->name;
	unit.week_start = workspace->week_start;
	if (!days_there(ask, &unit, f, err) ||
	    !facts_open(rq->room, rq->db, id, 0, rq->arena, &facts, err))
		return false;
	if (facts.as_of && (!ask->out->as_of || facts.as_of < ask->out->as_of))
		ask->out->as_of = facts.as_of;
	return add_rows(ask, &facts, &unit, err);
}

static bool ask_workspaces(struct asking *ask, struct err *err)
{
	struct request *rq = ask->rq;
	int64_t *ids;
	size_t count;
	if (!is_of_all(&ask->asked->filter, err))
		return false;
	if (!rq->caller.user)
		return err_set(err, ERR_DENIED,
		               "A key is of one workspace; several are seen by who is signed in.");
	if (!user_workspaces(rq->db, rq->caller.user, rq->arena, &ids, &count, err))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		db_bind_workspace(rq->db, ids[i]);
		ok = ask_there(ask, ids[i], err);
	}
	db_bind_workspace(rq->db, rq->caller.workspace);
	return ok;
}

/* --- a total ------------------------------------------------------------------------------------------------- */

static bool set_weights(struct asking *ask, struct err *err)
{
	for (size_t i = 0; i < ask->q->weight_count; i++) {
		const struct portfolio_weight *w = &ask->q->weights[i];
		bool found = false;
		for (size_t k = 0; k < ask->out->count; k++)
			if (str_eq(ask->out->rows[k].key, w->key)) {
				ask->out->rows[k].weight = w->weight;
				found = true;
			}
		if (!found)
			return err_at(err, ERR_INVALID, "weight", "\"%.*s\" is the key of no row",
			              STR_FMT(w->key));
	}
	return true;
}

static bool add_up(struct asking *ask, struct err *err)
{
	struct portfolio *out = ask->out;
	struct nps_stratum *strata =
	    ARENA_ARRAY(ask->rq->arena, struct nps_stratum, out->count + 1);
	if (ask->q->of == PORTFOLIO_TEAMS)
		return err_at(err, ERR_INVALID, "total",
		              "is not made of teams, as they may share answers");
	if (!set_weights(ask, err))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		const struct portfolio_row *row = &out->rows[i];
		if (row->part->kind != out->rows[0].part->kind ||
		    !str_eq(row->part->touchpoint_code, out->rows[0].part->touchpoint_code))
			return err_at(err, ERR_INVALID, "total",
			              "is made of scores of one kind and touchpoint only: say "
			              "kind=relationship, or which touchpoint");
		strata[i] = (struct nps_stratum){ nps_figure_of(&row->cell->sums),
			                          nps_figure_of(&row->cell->before), row->weight };
	}
	out->pool = nps_pool_of(strata, out->count, ask->q->total == PORTFOLIO_BY_ANSWERS);
	return true;
}

static bool ask_rows(struct asking *ask, struct err *err)
{
	switch (ask->q->of) {
	case PORTFOLIO_BRANDS:
		return ask_brands(ask, err);
	case PORTFOLIO_TEAMS:
		return ask_teams(ask, err);
	case PORTFOLIO_WORKSPACES:
		return ask_workspaces(ask, err);
	}
	return true;
}

bool portfolio_ask(struct request *rq, const struct asked *asked,
                   const struct portfolio_question *q, struct portfolio *out, struct err *err)
{
	struct portfolio answer = { .rows = ARENA_ARRAY(rq->arena, struct portfolio_row,
		                                        PORTFOLIO_ROWS_MAX) };
	struct asking ask = { rq, asked, q, &answer };
	if (!ask_rows(&ask, err) || (q->total && !add_up(&ask, err)))
		return false;
	*out = answer;
	return true;
}
