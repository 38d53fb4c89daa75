/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/world.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "account/server_setting.h"
#include "app/analyst_files.h"
#include "app/api_docs.h"
#include "app/backups.h"
#include "app/licences.h"
#include "app/openapi.h"
#include "app/public_url.h"
#include "app/schema.h"
#include "app/version.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/store.h"
#include "feedback/action_api.h"
#include "feedback/around_api.h"
#include "feedback/export_api.h"
#include "feedback/facets_api.h"
#include "feedback/note_api.h"
#include "feedback/live_api.h"
#include "feedback/masking_api.h"
#include "feedback/person_api.h"
#include "feedback/response_api.h"
#include "feedback/tag_api.h"
#include "feedback/team_api.h"
#include "feedback/test_answers.h"
#include "insight/alert_api.h"
#include "insight/contrast_api.h"
#include "insight/drivers_api.h"
#include "insight/suggestion_api.h"
#include "insight/theme_preview_api.h"
#include "insight/said_api.h"
#include "insight/theme_effort_api.h"
#include "insight/themes_api.h"
#include "insight/funnel.h"
#include "insight/emerging_api.h"
#include "insight/goal_api.h"
#include "insight/insight_api.h"
#include "insight/journey_api.h"
#include "insight/keywords_api.h"
#include "insight/notice_api.h"
#include "insight/planner_api.h"
#include "insight/portfolio_api.h"
#include "insight/saved_view_api.h"
#include "insight/share_check_api.h"
#include "insight/segments_api.h"
#include "insight/trend_api.h"
#include "insight/why_api.h"
#include "insight/quality_api.h"
#include "insight/quotes_api.h"
#include "insight/shared_view_api.h"
#include "insight/days_kept.h"
#include "insight/standouts_kept.h"
#include "reading/correction_api.h"
#include "reading/learnt_api.h"
#include "reading/coverage_api.h"
#include "reading/status_api.h"
#include "survey/link.h"

#define DRAIN (INT64_C(10) * CLOCK_SECOND)

static bool log_begin(const struct call *call, struct err *err)
{
	enum log_level level;
	if (!log_level_parse(str_of(setting_text(&call->settings, SETTING_LOG_LEVEL)), &level, err))
		return err_prefix(err, "log_level");
	log_set_level(level);
	return true;
}

static bool is_made(const struct call *call)
{
	const char *database = setting_text(&call->settings, SETTING_DATABASE);
	const char *data = setting_text(&call->settings, SETTING_DATA);
	struct stat st;
	return database[0] ||
	       stat(str_copy_c(call->arena, str_printf(call->arena, "%s/heed.db", data)), &st) == 0;
}

static bool store_begin(struct world *w, const struct call *call, enum store_purpose purpose,
                        bool create, struct err *err)
{
	const struct settings *s = &call->settings;
	struct store_config config = {
		.data_dir = setting_text(s, SETTING_DATA),
		.database = setting_text(s, SETTING_DATABASE),
		.purpose = purpose,
		.clock = call->clock,
		.migrations = schema_migrations,
		.migration_count = schema_migration_count,
		.lanes = (int)setting_number(s, SETTING_DB_LANES),
		.allow_unsafe = setting_switch(s, SETTING_ALLOW_UNSAFE),
		.create = create,
		.before_migrating = backups_before_migrating,
	};
	if (!create && !is_made(call))
		return err_set(err, ERR_NOT_FOUND,
		               "there is no data in %s yet; begin with heed init, or say where the "
		               "data is with --data",
		               config.data_dir);
	return store_open(&w->store, &config, err);
}

static bool keys_load(struct world *w, struct err *err)
{
	struct db *db;
	if (!store_reader_open(w->store, &db, err))
		return false;
	w->survey.keys = link_keys_new();
	bool ok = link_keys_load(w->survey.keys, db, err);
	store_reader_close(w->store, db);
	return ok;
}

/* A setting, else what the set-up stored, else a guess. */
static bool url_find(struct world *w, const struct call *call, const char **url, struct err *err)
{
	Str stored = { NULL, 0 };
	struct db *db;
	if (!address_is_set(&call->settings)) {
		if (!store_reader_open(w->store, &db, err))
			return false;
		bool ok = server_setting_find(db, SERVER_PUBLIC_URL, call->arena, &stored, err);
		store_reader_close(w->store, db);
		if (!ok)
			return false;
	}
	*url = stored.at ? str_copy_c(call->arena, stored)
	                 : public_url_guess(call->arena, &call->settings);
	return true;
}

bool world_open(struct world *w, const struct call *call, enum store_purpose purpose, bool create,
                struct err *err)
{
	*w = (struct world){ 0 };
	if (!log_begin(call, err) || !store_begin(w, call, purpose, create, err))
		return false;
	if (!account_open(&w->account, w->store, err)) {
		store_close(w->store, 0);
		return false;
	}
	demo_remove_init(&w->demo_remove, w->store);
	w->cubes_config = (struct cubes_config){
		.clock = call->clock,
		.budget = (size_t)setting_number(&call->settings, SETTING_CUBE_MEMORY) << 20,
		.shelf = { .folder = str_printf(call->arena, "%s/cubes",
		                                setting_text(&call->settings, SETTING_DATA))
		                         .at,
		           .program = HEED_VERSION },
	};
	address_init(&w->address, &w->account, &w->survey, &call->settings);
	const char *url;
	if (keys_load(w, err) && url_find(w, call, &url, err) && world_set_public_url(w, url, err))
		return true;
	world_close(w);
	return false;
}

void world_routes_close(struct world *w)
{
	if (!w->has_pages)
		return;
	begin_close(&w->begin);
	shared_room_close(&w->shared);
	dashboard_close(&w->dashboard);
	page_room_close(&w->pages);
	import_views_free(w->imports.views);
	standouts_kept_free(w->standouts.kept);
	days_kept_free(w->days.kept);
	found_kept_free(w->found.kept);
	cubes_close(w->cubes);
	w->has_pages = false;
}

void world_close(struct world *w)
{
	world_routes_close(w);
	address_end(&w->address);
	link_keys_free(w->survey.keys);
	account_close(&w->account);
	store_close(w->store, DRAIN);
	demo_remove_end(&w->demo_remove);
}

bool world_set_public_url(struct world *w, const char *url, struct err *err)
{
	w->public_url = url;
	w->survey.public_url = url;
	return account_set_public_url(&w->account, url, err);
}

static bool pages_open(struct world *w, struct err *err)
{
	if (!page_room_open(&w->pages, w->survey.keys, err))
		return false;
	w->survey.look = &w->pages.look;
	if (!dashboard_open(&w->dashboard, &w->account, err)) {
		page_room_close(&w->pages);
		return false;
	}
	if (!begin_open(&w->begin, &w->account, err)) {
		dashboard_close(&w->dashboard);
		page_room_close(&w->pages);
		return false;
	}
	if (!shared_room_open(&w->shared, &w->account, err)) {
		begin_close(&w->begin);
		dashboard_close(&w->dashboard);
		page_room_close(&w->pages);
		return false;
	}
	w->imports.views = import_views_new();
	w->cubes = w->shared.cubes = cubes_open(&w->cubes_config);
	w->days = (struct days_room){ w->cubes, days_kept_new() };
	w->standouts = (struct standouts_room){ w->cubes, standouts_kept_new(), w->days.kept };
	w->found = (struct found_room){ w->cubes, found_kept_new() };
	w->reading.taxonomy = analyst_shipped_themes();
	analyst_models(w->reading.models);
	w->demo_remove.cubes = w->cubes;
	w->demo_remove.kept = w->standouts.kept;
	w->demo_remove.days = w->days.kept;
	w->demo_remove.found = w->found.kept;
	w->has_pages = true;
	return true;
}

bool world_routes(struct world *w, struct route_table out[static WORLD_TABLES_MAX], size_t *count,
                  struct err *err)
{
	if (!pages_open(w, err))
		return false;
	const struct route_table tables[] = {
		{ account_routes, account_route_count, &w->account },
		{ brand_routes, brand_route_count, &w->survey },
		{ survey_routes, survey_route_count, &w->survey },
		{ draft_routes, draft_route_count, &w->survey },
		{ shelf_routes, shelf_route_count, &w->survey },
		{ trend_note_routes, trend_note_route_count, &w->survey },
		{ preview_routes, preview_route_count, &w->survey },
		{ test_answers_routes, test_answers_route_count, &w->survey },
		{ link_routes, link_route_count, &w->survey },
		{ share_routes, share_route_count, &w->survey },
		{ link_list_routes, link_list_route_count, &w->survey },
		{ print_routes, print_route_count, &w->survey },
		{ identity_routes, identity_route_count, NULL },
		{ person_routes, person_route_count, NULL },
		{ response_routes, response_route_count, &w->survey },
		{ around_routes, around_route_count, w->cubes },
		{ action_routes, action_route_count, NULL },
		{ tag_routes, tag_route_count, NULL },
		{ theme_routes, theme_route_count, &w->reading },
		{ suggestion_routes, suggestion_route_count, &w->reading },
		{ theme_preview_routes, theme_preview_route_count, &w->reading },
		{ reading_routes, reading_route_count, NULL },
		{ coverage_routes, coverage_route_count, NULL },
		{ masking_routes, masking_route_count, NULL },
		{ learnt_routes, learnt_route_count, &w->reading },
		{ notice_routes, notice_route_count, NULL },
		{ correction_routes, correction_route_count, NULL },
		{ note_routes, note_route_count, NULL },
		{ export_routes, export_route_count, NULL },
		{ upload_routes, upload_route_count, &w->imports },
		{ import_routes, import_route_count, &w->imports },
		{ team_routes, team_route_count, NULL },
		{ facets_routes, facets_route_count, w->cubes },
		{ contrast_routes, contrast_route_count, w->cubes },
		{ live_routes, live_route_count, NULL },
		{ insight_routes, insight_route_count, w->cubes },
		{ planner_routes, planner_route_count, w->cubes },
		{ quality_routes, quality_route_count, w->cubes },
		{ saved_view_routes, saved_view_route_count, NULL },
		{ segments_routes, segments_route_count, w->cubes },
		{ trend_routes, trend_route_count, w->cubes },
		{ alert_routes, alert_route_count, NULL },
		{ why_routes, why_route_count, w->cubes },
		{ goal_routes, goal_route_count, NULL },
		{ quotes_routes, quotes_route_count, NULL },
		{ shared_view_routes, shared_view_route_count, &w->account },
		{ standouts_routes, standouts_route_count, &w->standouts },
		{ funnel_routes, funnel_route_count, &w->days },
		{ shared_page_routes, shared_page_route_count, &w->shared },
		{ drivers_routes, drivers_route_count, w->cubes },
		{ themes_routes, themes_route_count, &w->found },
		{ journey_routes, journey_route_count, &w->days },
		{ share_check_routes, share_check_route_count, w->cubes },
		{ keywords_routes, keywords_route_count, w->cubes },
		{ said_routes, said_route_count, &w->found },
		{ emerging_routes, emerging_route_count, &w->found },
		{ theme_effort_routes, theme_effort_route_count, NULL },
		{ portfolio_routes, portfolio_route_count, w->cubes },
		{ page_routes, page_route_count, &w->pages },
		{ address_routes, address_route_count, &w->address },
		{ demo_remove_routes, demo_remove_route_count, &w->demo_remove },
		{ begin_routes, begin_route_count, &w->begin },
		{ dashboard_routes, dashboard_route_count, &w->dashboard },
		{ openapi_routes, openapi_route_count, NULL },
		{ api_docs_routes, api_docs_route_count, NULL },
		{ licences_routes, licences_route_count, NULL },
	};
	_Static_assert(sizeof tables / sizeof tables[0] <= WORLD_TABLES_MAX, "too many tables");
	memcpy(out, tables, sizeof tables);
	*count = sizeof tables / sizeof tables[0];
	return true;
}

/* Beside the demo there may be one that is meant. */
static bool only_workspace(struct db *db, const struct call *call, struct workspace *out,
                           struct err *err)
{
	struct workspace_row *rows;
	size_t count, made = 0, real = 0;
	if (!workspace_list(db, call->arena, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct workspace w;
		if (!workspace_find(db, rows[i].id, call->arena, &w, err)) {
			/* A name without its workspace: an init that was cut short. */
			if (err->kind != ERR_NOT_FOUND)
				return false;
			continue;
		}
		if (made == 0 || !w.demo)
			*out = w;
		made++;
		real += !w.demo;
	}
	if (made == 0)
		return err_set(err, ERR_NOT_FOUND,
		               "there is no workspace yet; begin with heed init");
	if (made > 1 && real != 1)
		return err_set(err, ERR_INVALID,
		               "there are %zu workspaces; say which with --workspace NAME", made);
	return true;
}

bool world_workspace(struct world *w, const struct call *call, struct workspace *out,
                     struct err *err)
{
	const char *name = option_text(call, "workspace");
	struct db *db;
	if (!store_reader_open(w->store, &db, err))
		return false;
	struct workspace found;
	bool ok = name ? workspace_find_by_name(db, str_of(name), call->arena, &found, err)
	               : only_workspace(db, call, &found, err);
	store_reader_close(w->store, db);
	if (ok)
		*out = found;
	return ok;
}

static bool unknown_action(const struct call *call, const struct world_action *actions,
                           size_t count, struct err *err)
{
	char names[160] = "";
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(names);
		snprintf(names + len, sizeof names - len, "%s%s", i ? ", " : "", actions[i].name);
	}
	return err_set(err, ERR_INVALID, "heed %s knows %s; \"%s\" is none of them",
	               call->command->name, names, call->arguments[0]);
}

bool world_act(struct call *call, const struct world_action *actions, size_t count, struct err *err)
{
	const struct world_action *action = NULL;
	struct workspace workspace;
	struct world world;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(actions[i].name, call->arguments[0]))
			action = &actions[i];
	if (action == NULL)
		return unknown_action(call, actions, count, err);
	if (!world_open(&world, call, STORE_COMMAND, false, err))
		return false;
	bool ok = world_workspace(&world, call, &workspace, err) &&
	          action->run(call, &world, &workspace, err);
	world_close(&world);
	return ok;
}
