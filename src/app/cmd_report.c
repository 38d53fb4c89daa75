/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "app/file_wishes.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/zone.h"
#include "feedback/cube.h"
#include "feedback/import_source.h"
#include "insight/attribute.h"
#include "insight/file_insight.h"
#include "insight/outlook_report.h"
#include "insight/report.h"
#include "insight/said_report.h"
#include "insight/segments.h"

#define REPORT_BYTES ((size_t)1 << 20)

/* What was read of a file beside its scores; rows 0: no file. */
struct extras {
	int64_t rows, comments, dismissed, rejected;
	size_t first_rejected_line;
	const char *first_reason;
	enum score_scale scale;
};

static void print_json(struct arena *a, const struct insight_answer *answer,
                       const struct report_style *style, const struct extras *extras)
{
	struct buf out;
	struct json_writer w;
	buf_init(&out, REPORT_BYTES);
	json_put_start(&w, &out);
	json_put_dict(&w);
	report_put(&w, a, answer, style);
	if (extras) {
		json_put_key_i64(&w, "rows", extras->rows);
		json_put_key_i64(&w, "comments", extras->comments);
		json_put_key_i64(&w, "dismissed", extras->dismissed);
		json_put_key_i64(&w, "rejected", extras->rejected);
	}
	json_put_dict_end(&w);
	printf("%.*s\n", STR_FMT(buf_str(&out)));
	buf_free(&out);
}

static void print_text(Str name, const struct insight_answer *answer,
                       const struct report_style *style)
{
	struct buf out;
	buf_init(&out, REPORT_BYTES);
	report_write(&out, name, answer, style);
	fwrite(out.at, 1, out.len, stdout);
	buf_free(&out);
}

static void print_extras(struct arena *a, const struct extras *e)
{
	if (e->scale != SCALE_0_10)
		printf("  The ratings are of another scale and make no score.\n\n");
	if (e->comments + e->dismissed + e->rejected == 0)
		return;
	printf("  Beside the scores: %" PRId64 " with a comment alone, %" PRId64 " empty, %" PRId64
	       " that could not be read",
	       e->comments, e->dismissed, e->rejected);
	if (e->rejected)
		printf("\n  (the first in line %zu: %.*s)", e->first_rejected_line,
		       STR_FMT(terminal_safe(a, str_of(e->first_reason))));
	printf("\n\n");
}

static bool report_source(struct call *call, struct import_source *source,
                          const struct import_wishes *wishes, struct err *err)
{
	struct import_plan plan;
	struct file_insight read;
	if (!import_plan_make(source, wishes, call->arena, &plan, err) ||
	    !file_insight(source, &plan, zone_utc(), 1, call->arena, &read, err))
		return false;
	struct extras extras = { read.rows,
		                 read.comments,
		                 read.dismissed,
		                 read.rejected,
		                 read.first_rejected_line,
		                 read.first_reason,
		                 plan.own ? SCALE_0_10 : plan.scale };
	struct report_style style = { .colour = terminal_is_lively(STDOUT_FILENO),
		                      .zone = zone_utc(),
		                      .unit = read.unit };
	if (option_is_set(call, "json")) {
		print_json(call->arena, &read.answer, &style, &extras);
		return true;
	}
	print_text(file_name_of(call->arguments[0]), &read.answer, &style);
	print_extras(call->arena, &extras);
	return true;
}

static bool report_file(struct call *call, struct err *err)
{
	struct import_source *source;
	struct import_wishes wishes;
	if (!file_wishes_read(call, &wishes, err) ||
	    !import_source_open(call->arguments[0], &source, err))
		return false;
	wishes.scores_alone = true;
	bool ok = report_source(call, source, &wishes, err);
	import_source_close(source);
	return ok;
}

static bool set_property(const char *pair, struct insight_question *q, struct err *err)
{
	Str rest = str_of(pair), name;
	if (!pair)
		return true;
	if (!str_cut(&rest, '=', &name) || !rest.at || name.len == 0)
		return err_set(err, ERR_INVALID, "--property is NAME=VALUE, as in plan=pro");
	return filter_add_property(&q->filter, name, rest, err);
}

static bool question_read(const struct call *call, const struct zone *zone,
                          struct insight_question *q, struct err *err)
{
	static const char *const filters[] = { "survey",  "kind",     "brand", "touchpoint",
		                               "channel", "language", "from",  "to",
		                               "source",  "tag",      "import" };
	*q = (struct insight_question){ .scope = &team_scope_whole };
	for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
		bool known;
		const char *value = option_text(call, filters[i]);
		if (value && !filter_set(&q->filter, call->arena, str_of(filters[i]), str_of(value),
		                         zone, &known, err))
			return err_prefix(err, "--%s", filters[i]);
	}
	const char *with = option_text(call, "compare");
	if (with && !compare_parse(str_of(with), &q->compare.with, err))
		return err_prefix(err, "--compare");
	return set_property(option_text(call, "property"), q, err) &&
	       filter_check(&q->filter, err) &&
	       compare_period(call->arena, &q->filter, zone, clock_now(call->clock), &q->compare,
	                      err);
}

/* Asks once for the time that the answers span, and again for a line over it. */
static bool ask(struct call *call, const struct facts *facts, const struct workspace *workspace,
                struct report_style *style, struct insight_answer *answer,
                struct compare_period *compare, struct err *err)
{
	struct insight_question q;
	int64_t first = 0, last = 0;
	if (!question_read(call, style->zone, &q, err) ||
	    !insight_ask(facts, call->arena, workspace, &q, answer, err))
		return false;
	for (size_t i = 0; i < answer->count; i++) {
		const struct insight_part *part = &answer->parts[i];
		first = i == 0 || part->first_at < first ? part->first_at : first;
		last = i == 0 || part->last_at > last ? part->last_at : last;
	}
	*compare = q.compare;
	style->unit = period_unit_for(first, last);
	if (answer->count == 0 || option_is_set(call, "json"))
		return true;
	q.series = style->unit;
	return insight_ask(facts, call->arena, workspace, &q, answer, err);
}

/* Each part on its own: a segment stands against the rest of the part alone. */
static bool split(struct call *call, const struct facts *facts, const struct workspace *workspace,
                  const struct report_style *style, struct insight_answer *answer, struct err *err)
{
	struct insight_question q;
	struct segments_question s = { 0 };
	if (!style->by.at)
		return true;
	if (!attribute_parse(style->by, "by", &s.cells.dims[0], err))
		return err_prefix(err, "--by");
	if (!question_read(call, style->zone, &q, err))
		return false;
	s.cells.scope = q.scope;
	s.cells.filter = &q.filter;
	s.cells.zone = style->zone;
	s.cells.week_start = workspace->week_start;
	for (size_t i = 0; i < answer->count; i++) {
		struct insight_part *part = &answer->parts[i];
		struct segments *segments = ARENA_ARRAY(call->arena, struct segments, 1);
		const struct cell_part key = { .kind = part->kind,
			                       .brand_id = part->brand_id,
			                       .touchpoint_id = part->touchpoint_id,
			                       .touchpoint_code = part->touchpoint_code };
		s.part = one_part_key(call->arena, &key);
		if (!segments_ask(facts, call->arena, &s, segments, err))
			return false;
		part->segments = segments;
	}
	return true;
}

/* When each score changed, its goal, what people say beside it, and with --plan what it takes to know more. */
static bool look_out(struct call *call, const struct facts *facts,
                     const struct workspace *workspace, const struct report_style *style,
                     struct insight_answer *answer, struct err *err)
{
	struct insight_question q;
	if (!question_read(call, style->zone, &q, err))
		return false;
	const struct cell_question cells = { .scope = q.scope,
		                             .filter = &q.filter,
		                             .zone = style->zone,
		                             .week_start = workspace->week_start };
	return outlook_ask(facts, call->arena, &cells, option_is_set(call, "plan"),
	                   clock_now(call->clock), answer, err) &&
	       said_report_ask(facts, call->arena, &cells, answer, err);
}

/* All questions of one view: the columns are read once. */
static bool ask_all(struct call *call, struct world *world, struct db *db,
                    const struct workspace *workspace, struct report_style *style,
                    struct insight_answer *answer, struct compare_period *compare, struct err *err)
{
	struct arena view = { 0 };
	struct cubes *cubes = cubes_open(&world->cubes_config);
	struct facts facts;
	bool ok = facts_open(cubes, db, workspace->id, style->by.at ? CUBE_PEOPLE : 0, &view,
	                     &facts, err) &&
	          ask(call, &facts, workspace, style, answer, compare, err) &&
	          split(call, &facts, workspace, style, answer, err) &&
	          look_out(call, &facts, workspace, style, answer, err);
	arena_free(&view);
	cubes_close(cubes);
	return ok;
}

static bool report_workspace(struct call *call, struct world *world, struct err *err)
{
	struct workspace workspace;
	struct insight_answer answer;
	struct compare_period compare = { 0 };
	struct report_style style = { .colour = terminal_is_lively(STDOUT_FILENO),
		                      .compare = &compare,
		                      .by = str_of(option_text(call, "by")) };
	struct db *db;
	if (!world_workspace(world, call, &workspace, err) ||
	    !zone_load(call->arena, workspace.time_zone, &style.zone, err) ||
	    !store_reader_open(world->store, &db, err))
		return false;
	db_bind_workspace(db, workspace.id);
	bool ok = ask_all(call, world, db, &workspace, &style, &answer, &compare, err);
	store_reader_close(world->store, db);
	if (!ok)
		return false;
	if (option_is_set(call, "json"))
		print_json(call->arena, &answer, &style, NULL);
	else
		print_text(workspace.name, &answer, &style);
	return true;
}

static bool report(struct call *call, struct err *err)
{
	struct world world;
	if (call->argument_count == 1)
		return report_file(call, err);
	if (!world_open(&world, call, STORE_COMMAND, false, err))
		return false;
	bool ok = report_workspace(call, &world, err);
	world_close(&world);
	return ok;
}

static const struct option options[] = {
	{ "json", NULL, "For programs: numbers instead of a page." },
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
	{ "survey", "SLUG", "Only this survey." },
	{ "kind", "KIND", "Only relationship or only transactional surveys." },
	{ "brand", "NAME", "Only this brand." },
	{ "touchpoint", "CODE", "Only this step of the journey." },
	{ "channel", "NAME", "Only answers from this channel." },
	{ "language", "TAG", "Only answers in this language." },
	{ "source", "NAME", "Only answers from this source." },
	{ "tag", "NAME", "Only answers with this tag." },
	{ "import", "WHICH", "any, none or an import's id: only answers from that." },
	{ "from", "DATE", "From this day on, as 2026-03-01, by the first score." },
	{ "to", "DATE", "Up to this day, itself included." },
	{ "compare", "WITH", "previous or year: beside the period before, or a year before." },
	{ "property", "NAME=VALUE", "Only answers with this property." },
	{ "by", "ATTRIBUTE",
	  "Each channel, survey, property.NAME .. against the rest (see above)." },
	{ "plan", NULL,
	  "Also how many answers it takes to know more, and what change would show." },
	FILE_WISHES_OPTIONS,
};

const struct command cmd_report = {
	.name = "report",
	.summary = "Show the score of a file or of a workspace",
	.usage = "FILE.csv [--map score=COLUMN] [--json]\n"
		 "[--workspace NAME] [--survey SLUG] [--from DATE] [--to DATE]\n"
		 "    [--compare previous|year] [--by ATTRIBUTE] [--plan] [--json]",
	.details = "With a file nothing is stored and no data is needed. --map, --scale\n"
		   "and --date-order are about the file, the others about the workspace.\n"
		   "Scores of different kinds of survey, brands and touchpoints are shown\n"
		   "one by one, never added up. --by shows how each value of an attribute\n"
		   "differs from all other answers: channel, language, survey, wording,\n"
		   "source, tag, theme, sentiment, tenure, account, account_size (people of it "
		   "known today),\n"
		   "property.NAME (as it was with the answer) or trait.NAME (as the person\n"
		   "is today).",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.arguments_max = 1,
	.run = report,
};
