/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "ground.h"

#include <stdio.h>
#include <string.h>

#include "account/workspace.h"
#include "base/die.h"
#include "survey/definition.h"
#include "survey/invitation.h"

static void must(bool ok, const struct err *err, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s %s\n", what, err->path, err->msg);
	die(__FILE__, __LINE__, what);
}

static bool fill(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_seed seed = { .brand = STR("Acme"), .brand_folded = STR("acme") };
	memset(seed.link_secret, 7, sizeof seed.link_secret);
	return workspace_fill(tx, input, err) && survey_seed_workspace(tx, &seed, err);
}

void ground_make(struct ground *g, enum db_engine engine)
{
	struct err err;
	struct workspace_new workspace = { .name = STR("Acme"), .time_zone = STR("UTC") };
	*g = (struct ground){ 0 };
	fresh_make(&g->fresh, engine);
	g->fresh.clock.frozen = GROUND_NOW;
	g->store = fresh_open(&g->fresh);
	must(store_run(g->store, 0, UNIT_INTERACTIVE, workspace_reserve, &workspace, &err), &err,
	     "workspace_reserve");
	g->workspace = workspace.id;
	ground_run(g, fill, &workspace);
	must(store_reader_open(g->store, &g->db, &err), &err, "store_reader_open");
	g->survey = ground_survey(g, "all", "{}");
}

void ground_remove(struct ground *g)
{
	store_reader_close(g->store, g->db);
	fresh_remove(&g->fresh);
	arena_free(&g->arena);
}

void ground_wait(struct ground *g, int64_t microseconds)
{
	g->fresh.clock.frozen += microseconds;
}

bool ground_try(struct ground *g, unit_fn apply, void *input, struct err *err)
{
	return store_run(g->store, g->workspace, UNIT_INTERACTIVE, apply, input, err);
}

void ground_run(struct ground *g, unit_fn apply, void *input)
{
	struct err err = { 0 };
	must(ground_try(g, apply, input, &err), &err, "a unit");
}

struct survey ground_survey(struct ground *g, const char *slug, const char *definition)
{
	struct err err;
	struct definition d;
	struct survey_input in = {
		.slug = str_of(slug), .name = str_of(slug), .live = true, .arena = &g->arena
	};
	must(definition_parse(&g->arena, str_of(definition), &d, &err), &err, "definition");
	in.definition = definition_write(&g->arena, &d);
	ground_run(g, survey_save, &in);
	return in.survey;
}

int64_t ground_invite(struct ground *g)
{
	struct invitation_input in = { .survey = STR("all"),
		                       .channel = STR("link"),
		                       .expires_at = g->fresh.clock.frozen + 90 * CLOCK_DAY,
		                       .arena = &g->arena };
	ground_run(g, invitation_make, &in);
	return in.invitation.id;
}

struct capture_input ground_answer(struct ground *g, int score, const char *comment)
{
	return (struct capture_input){
		.survey_slug = STR("all"),
		.score = score,
		.comment = comment ? str_of(comment) : (Str){ 0 },
		.arena = &g->arena,
	};
}

bool ground_capture(struct ground *g, struct capture_input *in, struct err *err)
{
	must(capture_check(&g->arena, in, err), err, "capture_check");
	return ground_try(g, capture_apply, in, err);
}

struct response ground_take(struct ground *g, struct capture_input *in)
{
	struct err err = { 0 };
	must(ground_capture(g, in, &err), &err, "capture_apply");
	return in->response;
}

struct response ground_read(struct ground *g, int64_t response)
{
	struct err err;
	struct response r;
	must(response_find(g->db, &g->arena, g->workspace, response, &r, &err), &err,
	     "response_find");
	return r;
}

struct response ground_row(struct db_tx *tx, int64_t survey, int64_t at, int score)
{
	return (struct response){ .id = tx_new_id(tx),
		                  .workspace = tx->workspace,
		                  .survey_id = survey,
		                  .version = 1,
		                  .state = RESPONSE_COMPLETE,
		                  .score = score,
		                  .answers = STR("{}"),
		                  .language = STR("en"),
		                  .channel = STR("web"),
		                  .properties = STR("{}"),
		                  .source = STR("api"),
		                  .created_at = at,
		                  .updated_at = at,
		                  .submitted_at = at,
		                  .first_scored_at = at };
}

int64_t ground_count(struct ground *g, const struct db_stmt *stmt)
{
	struct err err;
	int64_t n;
	must(db_one_i64(g->db, stmt, DB_ARGS(db_arg_i64(g->workspace)), 0, &n, &err), &err,
	     stmt->name);
	return n;
}

int64_t ground_units(struct ground *g)
{
	struct store_stats stats;
	store_stats(g->store, &stats);
	return stats.units;
}
