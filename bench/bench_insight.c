/* bench/bench_insight.c - what the questions cost that look at answers one by one: trends, why, quality, comparison, drivers,
 * journey. bench/insight.bench.mjs runs it.
 *
 *   bench_insight enrich DIR    gives the answers of `bench_cube fill DIR` channels, further ratings, comments and links
 *   bench_insight read DIR EACH  gives each EACHth answer a comment that was read and that speaks of one or two of 40 themes
 *   bench_insight ask DIR       a line of JSON a question: ms of this thread, from columns
 *   bench_insight tables DIR    the same from the tables with SQL, which is the oracle of tests: what it says is to be the same
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/schema.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/zone.h"
#include "db/store.h"
#include "feedback/cube.h"
#include "insight/contrast.h"
#include "insight/days_kept.h"
#include "insight/emerging.h"
#include "insight/goes_with.h"
#include "insight/journey.h"
#include "insight/quality.h"
#include "insight/themes.h"
#include "insight/trend.h"
#include "insight/why.h"

#define TIMES 3
#define NOW   INT64_C(1767225600000000) /* 2026-01-01, when the last answer has come */

static void check(bool ok, const struct err *err)
{
	if (!ok)
		die(__FILE__, __LINE__, err->msg);
}

/* Filling */

static const char enrich_sql[] =
    "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN;"
    /* a third of the mail becomes text messages in the middle of the time */
    "UPDATE response SET channel = CASE WHEN id * 7919 % 10 < 4 THEN 'web' "
    "WHEN id * 7919 % 10 < 7 AND id > (SELECT MAX(id) FROM response) / 2 THEN 'sms' ELSE 'email' "
    "END,"
    " answers = CASE WHEN id % 3 = 0 OR score IS NULL THEN '{}' ELSE"
    " printf('{\"ease\":%d,\"help\":%d,\"pace\":%d}', 1 + (score * 3 + id * 31 % 17) / 10,"
    " 1 + id * 101 % 5, 1 + (score + id * 57 % 11) / 5) END;"
    "UPDATE response SET comment = 'It was fine, number ' || id, comment_folded = 'it was fine, "
    "number ' || id"
    " WHERE id % 10 = 0;"
    "UPDATE response SET comment = 'Give them a ten please', comment_folded = 'give them a ten "
    "please'"
    " WHERE id % 100 = 7;"
    "INSERT INTO invitation (workspace_id, id, survey_id, channel, properties, state, created_at, "
    "expires_at)"
    " SELECT workspace_id, id, survey_id, 'email', '{}', 1, created_at, created_at + 1000000000000 "
    "FROM response"
    " WHERE id % 2 = 0;"
    "UPDATE response SET invitation_id = id WHERE id % 6 = 0 AND import_id IS NULL;"
    "UPDATE survey_version SET definition = "
    "'{\"questions\":[{\"key\":\"ease\",\"kind\":\"rating\",\"text\":\"How easy?\"},"
    "{\"key\":\"help\",\"kind\":\"rating\",\"text\":\"How helpful?\"},"
    "{\"key\":\"pace\",\"kind\":\"rating\",\"text\":\"How quick?\"}]}';"
    "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)";

/* The lower a theme's number, the more speak of it, and those who score low of other ones. %d: of how many answers one. */
static const char read_sql[] =
    "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN;"
    "UPDATE response SET comment = 'It was fine, number ' || id, comment_folded = 'it was fine, "
    "number ' || id WHERE id %% 1000003 %% %d = 0;"
    "INSERT INTO theme (workspace_id, id, code, name, renamed, industries, state, merged_into, "
    "actor, created_at, updated_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
    "FROM n WHERE i < 40) SELECT (SELECT MIN(workspace_id) FROM workspace_name), i, "
    "printf('theme_%%02d', i), printf('Theme %%d', i), 0, 0, 1, 0, 'bench', 0, 0 FROM n;"
    "CREATE TEMP TABLE said AS SELECT workspace_id AS w, id, id %% 1000003 AS n, "
    "COALESCE(score, 5) AS score FROM response WHERE comment IS NOT NULL;"
    "INSERT INTO reading (workspace_id, response_id, input, engine, taxonomy, language, covered, "
    "low_effort, sentiment, score, blind, blind_score, urgent, read_at) SELECT w, id, 1, 1, 0, "
    "'en', 1, 0, n * 7 %% 4, 0, n * 7 %% 4, 0, 0, 0 FROM said;"
    "INSERT INTO theme_mention (workspace_id, response_id, theme_id, span_from, span_len, "
    "polarity, certainty, made_by) SELECT w, id, 1 + (n * 7919 %% 1009 %% 40) * (n * 104729 %% "
    "997 %% (10 + score * 3)) / 40, 0, 3, CASE WHEN (score + n * 31 %% 9) / 2 < 4 THEN -0.8 "
    "WHEN n %% 3 = 0 THEN 0 ELSE 0.8 END, 1, 1 FROM said;"
    "INSERT INTO theme_mention (workspace_id, response_id, theme_id, span_from, span_len, "
    "polarity, certainty, made_by) SELECT w, id, 1 + n * 6151 %% 1013 %% 40, 10, 3, CASE n * 53 "
    "%% 3 WHEN 0 THEN -0.8 WHEN 1 THEN 0 ELSE 0.8 END, 1, 1 FROM said WHERE n * 17 %% 10 < 5;"
    "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)";

static void change(const char *dir, const char *sql)
{
	char path[512], *message = NULL;
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/data/heed.db", dir);
	MUST(sqlite3_open(path, &db) == SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		die(__FILE__, __LINE__, message);
	sqlite3_close(db);
}

static void read_comments(const char *dir, int each)
{
	char sql[4096];
	MUST(each > 0 && snprintf(sql, sizeof sql, read_sql, each) < (int)sizeof sql);
	change(dir, sql);
}

/* Questions. Each prints what it found, but for ranges: those are of a few draws. */

struct asking {
	const struct facts *facts;
	struct arena *a;
	struct days_kept *days; /* NULL: of the tables */
	struct answer_filter filter;
};

static void set_filter(struct asking *k, struct answer_filter *f, const char *text)
{
	Str rest = str_of(text), pair, name;
	while (str_cut(&rest, '&', &pair)) {
		bool known;
		struct err err;
		if (pair.len == 0)
			break;
		MUST(str_cut(&pair, '=', &name));
		check(filter_set(f, k->a, name, pair, zone_utc(), &known, &err), &err);
	}
}

static double nps_of(const struct nps_sums *sums)
{
	return nps_figure_of(sums).nps;
}

static void ask_trend(struct asking *k, Str *said)
{
	struct err err;
	struct trend_answer out;
	const struct trend_question q = { .scope = &team_scope_whole,
		                          .filter = k->filter,
		                          .zone = zone_utc(),
		                          .week_start = 1,
		                          .now = NOW };
	check(trend_ask(k->facts, k->a, &q, &out, &err), &err);
	MUST(out.count == 1);
	const struct trend_part *p = &out.parts[0];
	int64_t people = 0;
	double lows = 0;
	for (size_t i = 0; i < p->point_count; i++) {
		people += p->points[i].sums.people;
		lows += nps_figure_of(&p->points[i].sums).lo;
	}
	*said = str_printf(k->a, "%zu points %.6f %" PRId64 ", %zu changes, %zu mixes of %.4f",
	                   p->point_count, lows, people, p->change_count, p->mix_count,
	                   p->mix_count ? p->mixes[0].after : 0);
}

static void ask_why(struct asking *k, Str *said)
{
	struct err err;
	struct why_answer out;
	struct why_question q = { .scope = &team_scope_whole,
		                  .filter = &k->filter,
		                  .zone = zone_utc(),
		                  .week_start = 1,
		                  .compare = { .with = COMPARE_PREVIOUS } };
	check(compare_period(k->a, &k->filter, zone_utc(), NOW, &q.compare, &err), &err);
	check(why_ask(k->facts, k->a, &q, &out, &err), &err);
	MUST(out.shown);
	*said = str_printf(k->a,
	                   "%.*s %.6f = %.6f + %.6f, several %.6f + %.6f, %zu tried, channel %.3f",
	                   STR_FMT(out.by.name), out.split.change.value, out.split.mix.value,
	                   out.split.rate.value, out.several.rate.value, out.several.mix[0].value,
	                   out.tried_count, out.channel_moved);
}

static void ask_quality(struct asking *k, Str *said)
{
	struct err err;
	struct quality out;
	const struct cell_question q = { .scope = &team_scope_whole,
		                         .filter = &k->filter,
		                         .zone = zone_utc(),
		                         .week_start = 1,
		                         .dims = {
					     { .kind = DIM_PROPERTY, .name = STR("a200") } } };
	check(quality_ask(k->facts, k->a, &q, (Str){ 0 }, &out, &err), &err);
	*said =
	    str_printf(k->a,
	               "%" PRId64
	               " looked into, %.6f without %.6f, copies %zu, again %zu, reasons %" PRId64,
	               out.looked_into, nps_of(&out.all), nps_of(&out.without), out.copies.all,
	               out.again.all, out.reason_count ? out.reasons[0].count : 0);
}

static void contrast(struct asking *k, const char *a, const char *b, bool is_rest, Str *said)
{
	struct err err;
	struct contrast out;
	struct contrast_question q = { .cells = { .scope = &team_scope_whole,
		                                  .zone = zone_utc(),
		                                  .week_start = 1,
		                                  .wants_clusters = true },
		                       .is_rest = is_rest };
	set_filter(k, &q.filters[0], a);
	set_filter(k, &q.filters[1], b);
	check(contrast_ask(k->facts, k->a, &q, &out, &err), &err);
	*said =
	    str_printf(k->a,
	               "%.6f %.6f..%.6f, people %" PRId64 " and %" PRId64 ", %" PRId64 " in both",
	               out.difference.change, out.difference.lo, out.difference.hi,
	               out.sides.sums[0].people, out.sides.sums[1].people, out.sides.pair.people);
}

static void ask_compare(struct asking *k, Str *said)
{
	contrast(k, "property.a8=v0", "property.a8=v1&property.a8=v2&property.a8=v3", false, said);
}

static void ask_compare_rest(struct asking *k, Str *said)
{
	contrast(k, "property.a8=v1", "", true, said);
}

static void ask_drivers(struct asking *k, Str *said)
{
	struct err err;
	struct goes_with out;
	const struct goes_with_question q = { .scope = &team_scope_whole,
		                              .filter = &k->filter,
		                              .zone = zone_utc(),
		                              .week_start = 1 };
	check(goes_with_ask(k->facts, k->a, &q, &out, &err), &err);
	MUST(out.count == 3 && out.drivers.shown);
	*said =
	    str_printf(k->a, "%zu of %" PRId64 " answers, r2 %.6f, %.*s %.6f %.6f",
	               out.drivers.used, out.answers, out.drivers.r2, STR_FMT(out.ratings[0].key),
	               out.ratings[0].driver->dominance, out.ratings[0].driver->effect);
}

static void ask_journey(struct asking *k, Str *said)
{
	struct err err;
	struct journey_answer out;
	struct journey_question q = { .scope = &team_scope_whole,
		                      .filter = &k->filter,
		                      .zone = zone_utc(),
		                      .week_start = 1,
		                      .days = k->days };
	check(journey_ask(k->facts, k->a, &q, &out, &err), &err);
	MUST(out.count == 1);
	const struct journey_step *step = &out.journeys[0].relationship;
	*said = str_printf(k->a, "%.6f, %" PRId64 " of %" PRId64 " sent", nps_of(&step->cell->sums),
	                   step->rates.sent_scored, step->rates.sent);
}

static void ask_themes(struct asking *k, Str *said)
{
	struct err err;
	struct themes out;
	const struct themes_question q = { .cells = { .scope = &team_scope_whole,
		                                      .filter = &k->filter,
		                                      .zone = zone_utc(),
		                                      .week_start = 1 } };
	check(themes_ask(k->facts, k->a, &q, &out, &err), &err);
	MUST(out.count > 0 && out.drivers.list.shown);
	const struct theme_row *row = &out.rows[0];
	*said = str_printf(k->a,
	                   "%zu themes in %" PRId64 " comments, %.*s %.6f %.6f..%.6f, %" PRId64
	                   " in both, r2 %.9f, %zu delights of %zu",
	                   out.count, out.said, STR_FMT(row->theme->code), row->from_rest.change,
	                   row->from_rest.lo, row->from_rest.hi, row->people_in_both,
	                   out.drivers.list.r2, out.delights.count, out.delights.tried);
}

static void ask_emerging(struct asking *k, Str *said)
{
	struct err err;
	struct one_part part;
	struct emerging_themes out;
	struct workspace_theme *themes;
	struct cell_question cells = { .scope = &team_scope_whole,
		                       .filter = &k->filter,
		                       .zone = zone_utc(),
		                       .week_start = 1 };
	size_t count;
	check(one_part_choose(k->facts, k->a, &cells, (Str){ 0 }, &part, &err), &err);
	check(emerging_themes_list(k->facts->db, k->a, k->facts->workspace, &themes, &count, &err),
	      &err);
	cells.part = part.part;
	const struct emerging_question q = { &cells, NOW / CLOCK_DAY, themes, count,
		                             (int64_t)count };
	check(emerging_find(k->facts, k->a, &q, &out, &err), &err);
	*said = str_printf(k->a, "%.3f people a week, %zu themes, baseline from %" PRId64,
	                   out.people_a_week, out.count, out.baseline_from);
}

static const struct question {
	const char *name, *filter;
	void (*ask)(struct asking *k, Str *said);
} questions[] = {
	{ "trend", "", ask_trend },
	{ "trend of half a year", "from=2025-07-01&to=2025-12-31", ask_trend },
	{ "why, half a year", "from=2025-07-01&to=2025-12-31", ask_why },
	{ "why, half of all", "from=2024-07-01&to=2025-12-31", ask_why },
	{ "quality", "", ask_quality },
	{ "compare", "", ask_compare },
	{ "compare with the rest", "", ask_compare_rest },
	{ "drivers", "", ask_drivers },
	{ "journey", "", ask_journey },
	{ "journey of a quarter", "from=2025-10-01&to=2025-12-31", ask_journey },
	{ "themes", "", ask_themes },
	{ "themes of half a year", "from=2025-07-01&to=2025-12-31", ask_themes },
	{ "emerging themes", "", ask_emerging },
};
#define QUESTIONS (sizeof questions / sizeof questions[0])

/* Milliseconds of this thread, who shares its processor with others perhaps. */
static double worked_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

struct bench {
	struct db *db;
	struct cubes *cubes; /* NULL: the tables */
	struct days_kept *days;
	int64_t workspace;
};

/* As a handler does it: takes the view, asks, gives it back. */
static double ask_once(const struct bench *b, const struct question *q, bool tells, double took)
{
	struct arena a = { 0 };
	struct facts facts = facts_of_tables(b->db, b->workspace);
	struct asking k = { .facts = &facts, .a = &a, .days = b->days };
	struct err err;
	Str said;
	set_filter(&k, &k.filter, q->filter);
	double began = worked_ms();
	if (b->cubes)
		check(facts_open(b->cubes, b->db, b->workspace, CUBE_PEOPLE, &a, &facts, &err),
		      &err);
	q->ask(&k, &said);
	double now = worked_ms() - began;
	took = now < took ? now : took;
	if (tells)
		printf("{\"question\":\"%s\",\"ms\":%.1f,\"said\":\"%.*s\"}\n", q->name, took,
		       STR_FMT(said));
	fflush(stdout);
	arena_free(&a);
	return took;
}

static void ask_all(const char *dir, bool of_tables, const char *only)
{
	char path[512];
	struct bench b;
	struct store *store;
	int64_t read;
	struct clock clock = { 0 };
	struct err err;
	const struct db_stmt first = { "bench_first",
		                       "SELECT MIN(workspace_id) FROM workspace_name",
		                       "SELECT MIN(workspace_id) FROM workspace_name", true };
	const struct db_stmt readings = { "bench_readings",
		                          "SELECT response_id FROM reading LIMIT 1",
		                          "SELECT response_id FROM reading LIMIT 1", true };
	snprintf(path, sizeof path, "%s/data", dir);
	struct store_config config = { .data_dir = path,
		                       .purpose = STORE_COMMAND,
		                       .clock = &clock,
		                       .migrations = schema_migrations,
		                       .migration_count = schema_migration_count };
	check(store_open(&store, &config, &err) && store_reader_open(store, &b.db, &err), &err);
	check(db_one_i64(b.db, &first, DB_NO_ARGS, 0, &b.workspace, &err), &err);
	b.days = of_tables ? NULL : days_kept_new();
	b.cubes = of_tables
	              ? NULL
	              : cubes_open(&(struct cubes_config){ .clock = &clock, .budget = SIZE_MAX });
	check(db_one_i64(b.db, &readings, DB_NO_ARGS, 0, &read, &err), &err);
	for (size_t i = 0; i < QUESTIONS; i++) {
		double took = HUGE_VAL;
		if (!read && (questions[i].ask == ask_themes || questions[i].ask == ask_emerging))
			continue;
		if (only && strncmp(only, questions[i].name, strlen(only)) != 0)
			continue;
		for (int k = of_tables ? TIMES : 0; k < TIMES; k++)
			took = ask_once(&b, &questions[i], false, took);
		ask_once(&b, &questions[i], true, took);
	}
	if (b.cubes)
		cubes_close(b.cubes);
	days_kept_free(b.days);
	store_reader_close(store, b.db);
	store_close(store, CLOCK_SECOND);
}

int main(int argc, char **argv)
{
	const char *only = argc == 4 ? argv[3] : NULL;
	if (argc == 3 && strcmp(argv[1], "enrich") == 0)
		change(argv[2], enrich_sql);
	else if (argc == 4 && strcmp(argv[1], "read") == 0)
		read_comments(argv[2], (int)strtol(argv[3], NULL, 10));
	else if (argc >= 3 && (strcmp(argv[1], "ask") == 0 || strcmp(argv[1], "tables") == 0))
		ask_all(argv[2], argv[1][0] == 't', only);
	else
		die(__FILE__, __LINE__,
		    "usage: bench_insight enrich|read|ask|tables DIR [EACH|QUESTION]");
	return 0;
}
