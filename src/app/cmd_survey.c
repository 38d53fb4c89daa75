/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "account/audit.h"
#include "app/world.h"
#include "base/json.h"
#include "survey/definition.h"
#include "survey/survey.h"
#include "survey/survey_read.h"

#define FILE_MAX (DEFINITION_BYTES_MAX + 8192u)

/* The second argument, a slug or a file; NULL when it is missing. */
static const char *argument(const struct call *call, const char *what, struct err *err)
{
	if (call->argument_count >= 2)
		return call->arguments[1];
	err_set(err, ERR_INVALID, "say which: heed survey %s %s", call->arguments[0], what);
	return NULL;
}

static bool find(struct call *call, struct db *db, int64_t workspace, const char *slug,
                 struct survey *out, struct err *err)
{
	bool found;
	if (!survey_find_by_slug(db, call->arena, workspace, str_of(slug), &found, out, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "there is no survey \"%s\"", slug);
}

static bool file_read(struct arena *a, const char *path, JsonRef *out, struct err *err)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	if (file == NULL)
		return err_set(err, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
	char *text = arena_alloc(a, FILE_MAX + 1);
	size_t len = fread(text, 1, FILE_MAX + 1, file);
	bool failed = ferror(file);
	if (file != stdin)
		fclose(file);
	if (failed)
		return err_set(err, ERR_IO, "%s cannot be read", path);
	if (len > FILE_MAX)
		return err_set(err, ERR_TOO_LARGE, "%s is larger than %u bytes", path, FILE_MAX);
	return json_read(a, (Str){ text, len }, out, err) || err_prefix(err, "%s", path);
}

/* A complaint says where in the file. */
static bool complain(const char *path, struct err *err)
{
	return err->path[0] ? err_prefix(err, "%s: %s", path, err->path)
	                    : err_prefix(err, "%s", path);
}

static void print_saved(const struct world *world, const struct survey *s)
{
	printf("%.*s is %s, version %d: %s/s/%.*s\n", STR_FMT(s->slug), survey_state_name(s->state),
	       s->version, world->public_url, STR_FMT(s->public_slug));
}

/* Looking */

static bool list_print(struct call *call, struct world *world, struct db *db, int64_t workspace,
                       struct err *err)
{
	struct survey *all;
	size_t count;
	if (!survey_list(db, call->arena, workspace, &all, &count, err))
		return false;
	printf("%-24s  %-6s  %-13s  %s\n", "SLUG", "STATE", "KIND", "ADDRESS");
	for (size_t i = 0; i < count; i++)
		printf("%-24.*s  %-6s  %-13s  %s/s/%.*s\n", STR_FMT(all[i].slug),
		       survey_state_name(all[i].state), survey_kind_name(all[i].kind),
		       world->public_url, STR_FMT(all[i].public_slug));
	return true;
}

/* In the form that create and update read, so that what is shown can be edited and given back. */
static bool show_print(struct call *call, struct db *db, int64_t workspace, const char *slug,
                       struct err *err)
{
	struct json_writer w;
	struct survey s;
	struct buf out;
	Str definition;
	if (!find(call, db, workspace, slug, &s, err) ||
	    !survey_definition(db, call->arena, workspace, s.id, 0, &definition, err))
		return false;
	buf_init(&out, 2 * FILE_MAX);
	json_put_start(&w, &out);
	json_put_dict(&w);
	json_put_key_text(&w, "name", s.name);
	json_put_key_text(&w, "brand", s.brand);
	json_put_key_text(&w, "kind", str_of(survey_kind_name(s.kind)));
	if (s.touchpoint.at)
		json_put_key_text(&w, "touchpoint", s.touchpoint);
	json_put_key(&w, STR("definition"));
	json_put_raw(&w, definition);
	json_put_dict_end(&w);
	printf("%.*s\n", STR_FMT(buf_str(&out)));
	buf_free(&out);
	return true;
}

static bool list(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct db *db;
	if (!store_reader_open(world->store, &db, err))
		return false;
	bool ok = list_print(call, world, db, workspace->id, err);
	store_reader_close(world->store, db);
	return ok;
}

static bool show(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	const char *slug = argument(call, "SLUG", err);
	struct db *db;
	if (!slug || !store_reader_open(world->store, &db, err))
		return false;
	bool ok = show_print(call, db, workspace->id, slug, err);
	store_reader_close(world->store, db);
	return ok;
}

/* Writing */

static bool save(struct world *world, int64_t workspace, struct survey_input *in, struct err *err)
{
	in->actor = AUDIT_COMMAND_LINE;
	if (!store_run(world->store, workspace, UNIT_INTERACTIVE, survey_save, in, err))
		return false;
	print_saved(world, &in->survey);
	return true;
}

static bool create(struct call *call, struct world *world, const struct workspace *workspace,
                   struct err *err)
{
	struct survey_input in = { 0 };
	const char *path = argument(call, "FILE", err);
	JsonRef body;
	struct db *db;
	if (!path || !file_read(call->arena, path, &body, err) ||
	    !store_reader_open(world->store, &db, err))
		return false;
	bool ok = survey_read_new(call->arena, db, workspace->id, body, &in, err);
	store_reader_close(world->store, db);
	return ok ? save(world, workspace->id, &in, err) : complain(path, err);
}

static bool update(struct call *call, struct world *world, const struct workspace *workspace,
                   struct err *err)
{
	struct survey_input in = { 0 };
	struct survey there;
	JsonRef body;
	struct db *db;
	if (call->argument_count != 3)
		return err_set(err, ERR_INVALID, "use it as: heed survey update SLUG FILE");
	const char *path = call->arguments[2];
	if (!file_read(call->arena, path, &body, err) || !store_reader_open(world->store, &db, err))
		return false;
	bool ok = find(call, db, workspace->id, call->arguments[1], &there, err);
	if (ok && !survey_read_change(call->arena, db, workspace->id, body, &in, err))
		ok = complain(path, err);
	store_reader_close(world->store, db);
	in.id = ok ? there.id : 0;
	return ok && save(world, workspace->id, &in, err);
}

static bool become(struct call *call, struct world *world, const struct workspace *workspace,
                   enum survey_state state, bool as_published, struct err *err)
{
	struct survey there;
	const char *slug = argument(call, "SLUG", err);
	struct db *db;
	if (!slug || !store_reader_open(world->store, &db, err))
		return false;
	bool ok = find(call, db, workspace->id, slug, &there, err);
	store_reader_close(world->store, db);
	if (!ok)
		return false;
	struct survey_state_input in = { .id = there.id,
		                         .state = state,
		                         .as_published = as_published,
		                         .actor = AUDIT_COMMAND_LINE,
		                         .arena = call->arena };
	if (!store_run(world->store, workspace->id, UNIT_INTERACTIVE, survey_set_state, &in, err))
		return false;
	print_saved(world, &in.survey);
	return true;
}

static bool publish(struct call *call, struct world *world, const struct workspace *workspace,
                    struct err *err)
{
	return become(call, world, workspace, SURVEY_LIVE, false, err);
}

static bool resume(struct call *call, struct world *world, const struct workspace *workspace,
                   struct err *err)
{
	return become(call, world, workspace, SURVEY_LIVE, true, err);
}

static bool pause_survey(struct call *call, struct world *world, const struct workspace *workspace,
                         struct err *err)
{
	return become(call, world, workspace, SURVEY_PAUSED, false, err);
}

static bool close_survey(struct call *call, struct world *world, const struct workspace *workspace,
                         struct err *err)
{
	return become(call, world, workspace, SURVEY_CLOSED, false, err);
}

static bool survey(struct call *call, struct err *err)
{
	static const struct world_action actions[] = {
		{ "list", list },     { "show", show },          { "create", create },
		{ "update", update }, { "publish", publish },    { "pause", pause_survey },
		{ "resume", resume }, { "close", close_survey },
	};
	return world_act(call, actions, sizeof actions / sizeof actions[0], err);
}

static const struct option options[] = {
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
};

const struct command cmd_survey = {
	.name = "survey",
	.summary = "List, create, change, publish, pause, resume and close surveys",
	.usage = "list\nshow SLUG\ncreate FILE\nupdate SLUG FILE\npublish SLUG\npause SLUG\nresume "
		 "SLUG\nclose SLUG",
	.details = "FILE is JSON, - for standard input; {\"name\": \"All customers\"} is\n"
		   "enough. show prints what update takes; create also takes a slug and\n"
		   "\"state\": \"live\". publish puts the draft in place; resume opens a survey\n"
		   "that was paused or closed as it was.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.arguments_min = 1,
	.arguments_max = 3,
	.run = survey,
};
