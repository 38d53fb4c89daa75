/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/world.h"
#include "feedback/export.h"

#define PAGE_BYTES ((size_t)64 << 20)

static bool write_out(struct export *e, struct db *db, FILE *to, struct err *err)
{
	struct buf page;
	bool ok = true, more = true;
	buf_init(&page, PAGE_BYTES);
	while (ok && more) {
		buf_clear(&page);
		ok = export_next(e, db, &page, &more, err);
		if (ok && fwrite(page.at, 1, page.len, to) != page.len)
			ok = err_set(err, ERR_IO, "the export cannot be written: %s",
			             strerror(errno));
	}
	buf_free(&page);
	if (ok && fflush(to) != 0)
		return err_set(err, ERR_IO, "the export cannot be written: %s", strerror(errno));
	return ok;
}

static bool export_to(struct call *call, struct world *world, const struct workspace *workspace,
                      FILE *to, struct err *err)
{
	struct export e = { .workspace = workspace->id,
		            .scope = &team_scope_whole,
		            .sight.names = true,
		            .for_spreadsheet = option_is_set(call, "for-spreadsheet") };
	const char *format = option_text(call, "format");
	struct db *db;
	if (format && !export_format_parse(str_of(format), &e.format, err))
		return err_prefix(err, "--format");
	const char *survey = option_text(call, "survey");
	if (survey)
		filter_only(&e.filter, FILTER_SURVEY, str_of(survey));
	if (!store_reader_open(world->store, &db, err))
		return false;
	db_bind_workspace(db, workspace->id);
	bool ok = export_begin(&e, db, call->arena, err) && write_out(&e, db, to, err);
	store_reader_close(world->store, db);
	return ok;
}

static bool export_world(struct call *call, struct world *world, struct err *err)
{
	struct workspace workspace;
	const char *path = option_text(call, "output");
	if (!world_workspace(world, call, &workspace, err))
		return false;
	if (!path)
		return export_to(call, world, &workspace, stdout, err);
	FILE *to = fopen(path, "we");
	if (!to)
		return err_set(err, ERR_INVALID, "%s cannot be written: %s", path, strerror(errno));
	bool ok = export_to(call, world, &workspace, to, err);
	if (fclose(to) != 0 && ok)
		return err_set(err, ERR_IO, "%s cannot be written: %s", path, strerror(errno));
	return ok;
}

static bool export_run(struct call *call, struct err *err)
{
	struct world world;
	if (!world_open(&world, call, STORE_COMMAND, false, err))
		return false;
	bool ok = export_world(call, &world, err);
	world_close(&world);
	return ok;
}

static const struct option options[] = {
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
	{ "format", "csv|jsonl", "A table, or one JSON object a line. Default: csv." },
	{ "survey", "SLUG", "Only answers to this survey." },
	{ "output", "FILE", "Write there instead of to standard output." },
	{ "for-spreadsheet", NULL,
	  "Put a quote before cells that a spreadsheet would run as formulas; import takes it "
	  "off." },
};

const struct command cmd_export = {
	.name = "export",
	.summary = "Write all answers as CSV or JSON Lines",
	.usage = "[--workspace NAME] [--format csv|jsonl] [--survey SLUG] [--output FILE]",
	.details = "heed import takes the file back, into this workspace or another, with\n"
		   "ids, times and history. It holds personal data: keep it as carefully\n"
		   "as the database.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.run = export_run,
};
