/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/file_wishes.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/zone.h"
#include "db/id.h"
#include "feedback/import.h"
#include "feedback/import_rejects.h"
#include "feedback/import_source.h"
#include "feedback/import_undo.h"
#include "feedback/import_store.h"

#define REJECTS_SHOWN 10
#define PROGRESS_US   (CLOCK_SECOND / 4)

/* An import and what is told of it meanwhile. */
struct session {
	struct call *call;
	const struct import_plan *plan;
	struct import_source *source;
	struct import_rejects rejects; /* without a path: the first few go to standard error */
	int64_t shown;
	bool lively, drawn;
	int64_t began, told; /* monotonic */
};

/* The unfinished line of progress is not left under what follows. */
static void clear_progress(const struct session *s)
{
	if (s->drawn)
		fputs("\r\x1b[K", stderr);
}

static void progress(void *context, const struct import_counts *counts)
{
	struct session *s = context;
	int64_t now = clock_monotonic();
	if (!s->lively || now - s->told < PROGRESS_US)
		return;
	s->told = now;
	s->drawn = true;
	double seconds = (double)(now - s->began) / (double)CLOCK_SECOND;
	double rate = (double)counts->rows / (seconds > 0.001 ? seconds : 0.001);
	double left = s->plan->rows > counts->rows && rate > 0
	                  ? (double)(s->plan->rows - counts->rows) / rate
	                  : 0;
	fprintf(stderr, "\r\x1b[K%" PRId64 " of %" PRId64 " rows, %.0f a second, %d:%02d left",
	        counts->rows, s->plan->rows, rate, (int)left / 60, (int)left % 60);
	fflush(stderr);
}

static void rejected(void *context, const struct csv_row *row, const char *why)
{
	struct session *s = context;
	if (s->rejects.path) {
		import_rejects_add(&s->rejects, row, why);
		return;
	}
	if (++s->shown > REJECTS_SHOWN)
		return;
	clear_progress(s);
	/* A row that could not be cut into cells names its line itself. */
	Str safe = terminal_safe(s->call->arena, str_of(why));
	if (row->count > 0)
		fprintf(stderr, "line %zu: %.*s\n", row->line, STR_FMT(safe));
	else
		fprintf(stderr, "%.*s\n", STR_FMT(safe));
}

static bool rejects_open(struct session *s, struct err *err)
{
	const char *path = option_text(s->call, "rejects");
	if (!path)
		return true;
	import_rejects_start(&s->rejects, path, s->plan, false);
	import_rejects_open(&s->rejects);
	return !s->rejects.failed || err_set(err, ERR_INVALID, "%s cannot be written: %s", path,
	                                     strerror(s->rejects.error));
}

static void print_customer(struct arena *a, const struct import_plan *plan)
{
	Str labels = terminal_safe(a, plan->told.customer);
	if (labels.len)
		printf("Of each transcript the turns of %.*s count alone.\n", STR_FMT(labels));
	else
		printf("Of each transcript the customer's turns count alone, told by their labels; "
		       "--customer LABEL,LABEL says which they are.\n");
}

static void print_plan(struct arena *a, const struct import_plan *plan)
{
	if (plan->preset)
		printf("An export of %s; --preset none if it is not.\n",
		       import_preset_title(plan->preset));
	if (plan->own) {
		printf("An export of Heed: ids, times and history are kept.\n");
		return;
	}
	for (int f = 0; f < FIELD_COUNT; f++)
		if (plan->columns.of[f] != IMPORT_NO_COLUMN)
			printf("%-12s from column \"%.*s\"\n",
			       import_field_name((enum import_field)f),
			       STR_FMT(
				   terminal_safe(a, plan->columns.at[plan->columns.of[f]].header)));
	if (plan->columns.of[FIELD_DATE] == IMPORT_NO_COLUMN)
		printf("%-12s in no column: the answers are dated now\n",
		       import_field_name(FIELD_DATE));
	if (plan->told.wish == TRANSCRIPT_YES)
		print_customer(a, plan);
	size_t kept = 0;
	for (size_t i = 0; i < plan->columns.count; i++)
		kept += plan->property_names[i].at != NULL;
	if (kept > 0)
		printf("%-12s from %zu further %s\n", "properties", kept,
		       kept == 1 ? "column" : "columns");
	if (plan->properties_left > 0)
		printf("%zu columns are left out: an answer has at most %zu properties.\n",
		       plan->properties_left, kept);
	if (plan->scale != SCALE_0_10)
		printf("The ratings are of another scale and make no score: they are kept as a "
		       "property.\n");
	else if (plan->lowest >= 0)
		printf("Scores from %d to %d, read as 0 to 10.\n", plan->lowest, plan->highest);
}

static void print_counts(const struct session *s, const struct import_counts *c, int64_t id,
                         bool dry_run)
{
	printf("%" PRId64 " rows: %" PRId64 " scored, %" PRId64 " with a comment alone, %" PRId64
	       " dismissed, %" PRId64 " rejected\n",
	       c->rows, c->scored, c->comments, c->dismissed, c->rejected);
	if (c->bad_addresses)
		printf("%" PRId64 " addresses were none: kept as properties of their answers.\n",
		       c->bad_addresses);
	if (c->cut)
		printf("%" PRId64 " values were cut: a property is at most 512 bytes.\n", c->cut);
	if (!s->rejects.path && s->shown > REJECTS_SHOWN)
		printf("%" PRId64 " more rejected rows; --rejects FILE writes them all.\n",
		       s->shown - REJECTS_SHOWN);
	if (dry_run) {
		printf("Nothing was stored: this was a dry run.\n");
		return;
	}
	printf("%" PRId64 " new, %" PRId64 " known before\n", c->added, c->known);
	if (id && c->added)
		printf("Import %" PRId64 "; take it back with: heed import --undo %" PRId64
		       "%.*s\n",
		       id, id, STR_FMT(command_same_place(s->call)));
}

static bool job_run(struct session *s, struct world *world, const struct workspace *workspace,
                    const struct zone *zone, struct err *err)
{
	struct import_counts counts;
	const char *survey = option_text(s->call, "survey");
	const char *path = s->call->arguments[0];
	int64_t id = 0;
	bool dry_run = world == NULL;
	if (!dry_run && !s->plan->own && !survey)
		return err_set(err, ERR_INVALID,
		               "say which survey the answers belong to: --survey SLUG; it is made "
		               "when it is missing");
	struct import_job job = {
		.store = dry_run ? NULL : world->store,
		.workspace = dry_run ? 0 : workspace->id,
		.zone = zone,
		.source = s->source,
		.plan = s->plan,
		.survey = str_of(survey),
		.file_name = file_name_of(path),
		.rejected = rejected,
		.progress = progress,
		.context = s,
	};
	print_plan(s->call->arena, s->plan);
	if (s->plan->own && survey)
		printf("Each answer goes to the survey it came from; --survey is not used.\n");
	fflush(stdout);
	s->began = s->told = clock_monotonic();
	bool ok = import_run(&job, &id, &counts, err);
	clear_progress(s);
	if (ok)
		print_counts(s, &counts, id, dry_run);
	else if (id)
		err_prefix(err, "the import stopped and goes on when it is run again");
	return ok;
}

static bool import_file(struct call *call, struct world *world, const struct workspace *workspace,
                        struct err *err)
{
	struct session s = { .call = call, .lively = terminal_is_lively(STDERR_FILENO) };
	struct import_wishes wishes;
	struct import_plan plan;
	const struct zone *zone = zone_utc();
	if (!file_wishes_read(call, &wishes, err) ||
	    (workspace && !zone_load(call->arena, workspace->time_zone, &zone, err)) ||
	    !import_source_open(call->arguments[0], &s.source, err))
		return false;
	wishes.key = str_of(option_text(call, "key"));
	s.plan = &plan;
	bool ok = customer_option(call, &wishes.customer, err) &&
	          import_plan_make(s.source, &wishes, call->arena, &plan, err) &&
	          rejects_open(&s, err) && job_run(&s, world, workspace, zone, err);
	struct err ignored;
	if (s.rejects.path)
		ok = import_rejects_end(&s.rejects, ok ? err : &ignored) && ok;
	import_source_close(s.source);
	return ok;
}

static bool undo(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	int64_t id, answers;
	if (!id_parse(str_of(option_text(call, "undo")), &id, err))
		return err_prefix(err, "--undo");
	struct import_undo_job job = { .store = world->store,
		                       .workspace = workspace->id,
		                       .id = id };
	if (!import_undo(&job, &answers, err))
		return false;
	printf("Import %" PRId64 " is taken back: %" PRId64 " answers.\n", id, answers);
	return true;
}

static bool list(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct import_record *all;
	size_t count;
	struct db *db;
	if (!store_reader_open(world->store, &db, err))
		return false;
	db_bind_workspace(db, workspace->id);
	bool ok = import_list(db, call->arena, workspace->id, &all, &count, err);
	store_reader_close(world->store, db);
	for (size_t i = 0; ok && i < count; i++) {
		char at[32];
		time_write(all[i].created_at, at);
		printf("%" PRId64 "  %s  %-7s  %8" PRId64 " new  %8" PRId64 " known  %6" PRId64
		       " rejected  %.*s\n",
		       all[i].id, at, import_state_name(all[i].state), all[i].rows_added,
		       all[i].rows_known, all[i].rows_rejected,
		       STR_FMT(terminal_safe(call->arena, all[i].file_name)));
	}
	return ok;
}

static bool act(struct call *call, struct world *world, struct err *err)
{
	struct workspace workspace;
	if (!world_workspace(world, call, &workspace, err))
		return false;
	if (option_is_set(call, "list"))
		return list(call, world, &workspace, err);
	if (option_is_set(call, "undo"))
		return undo(call, world, &workspace, err);
	return import_file(call, world, &workspace, err);
}

static bool import(struct call *call, struct err *err)
{
	struct world world;
	bool other = option_is_set(call, "list") || option_is_set(call, "undo");
	if (other == (call->argument_count == 1))
		return err_set(err, ERR_INVALID,
		               "say which file to import, or --undo ID, or --list");
	if (!other && option_is_set(call, "dry-run"))
		return import_file(call, NULL, NULL, err);
	if (!world_open(&world, call, STORE_COMMAND, false, err))
		return false;
	bool ok = act(call, &world, err);
	world_close(&world);
	return ok;
}

static const struct option options[] = {
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
	{ "survey", "SLUG", "The survey that was answered; made when it is missing." },
	{ "key", "COLUMN", "The column that tells a row when it comes again." },
	{ "customer", "LABEL,...",
	  "Of calls and chats (transcript=COLUMN): how the customer's turns begin, as in "
	  "Customer,Caller." },
	{ "dry-run", NULL, "Read and check all of it, store nothing." },
	{ "rejects", "FILE", "Where refused rows go, each with its line and why." },
	{ "undo", "ID", "Take a whole import back." },
	{ "list", NULL, "The last hundred imports." },
	FILE_WISHES_OPTIONS,
};

const struct command cmd_import = {
	.name = "import",
	.summary = "Take in answers from a file, or take an import back",
	.usage = "FILE.csv --survey SLUG [--workspace NAME] [--map score=COLUMN,...]\n"
		 "FILE.csv --dry-run\n"
		 "--undo ID [--workspace NAME]\n"
		 "--list [--workspace NAME]",
	.details = "Commas, semicolons or tabs; UTF-8 or Windows-1252; a header in any of\n"
		   "nine languages, or none. Columns that are no score, comment, person or date\n"
		   "become properties. The same file again adds nothing, a longer one only\n"
		   "what is new. heed export's files come back as they were. It works\n"
		   "beside a running server.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.arguments_max = 1,
	.run = import,
};
