/* bench/bench_cube.c - figures of very many answers: fills a workspace, writes the same rows as a file for others, and
 * asks Heed. bench/cube.bench.mjs runs it and its rivals, and compares.
 *
 *   bench_cube fill DIR ROWS    DIR/data is a data directory with ROWS answers, DIR/answers.csv the same for others
 *   bench_cube ask DIR          loads the cube and asks each query; a line of JSON each
 *   bench_cube sqlite DIR       the same queries of a table with covering indexes
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "account/workspace.h"
#include "app/schema.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/zone.h"
#include "bench/cube_rows.h"
#include "bench/world.h"
#include "db/store.h"
#include "feedback/cube.h"
#include "feedback/cube_ids.h"
#include "feedback/facets.h"
#include "insight/insight.h"

#define TIMES 9

static void check(bool ok, const struct err *err)
{
	if (!ok)
		die(__FILE__, __LINE__, err->msg);
}

static void run(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		die(__FILE__, __LINE__, message);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		die(__FILE__, __LINE__, sqlite3_errmsg(db));
	return stmt;
}

static int64_t number_of(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = prepared(db, sql);
	MUST(sqlite3_step(stmt) == SQLITE_ROW);
	int64_t n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

/* Filling */

static void put_csv(FILE *f, const struct cube_row *r)
{
	fprintf(f, "%" PRId64 ",", r->at);
	if (r->score >= 0)
		fprintf(f, "%d", r->score);
	fprintf(f, ",%d,%" PRId64, r->state, r->person);
	for (int i = 0; i < CUBE_ATTRIBUTES; i++)
		fprintf(f, ",%d", r->attribute[i]);
	fputc('\n', f);
}

static const char person_sql[] =
    "INSERT OR IGNORE INTO person (workspace_id, id, traits, created_at, updated_at) "
    "VALUES (?1, ?2, '{}', ?3, ?3)";
static const char answer_sql[] =
    "INSERT INTO response (workspace_id, id, survey_id, version, person_id, state, score, answers, "
    "language, channel, properties, source, created_at, updated_at, submitted_at, "
    "first_scored_at, time_clamped, edits, import_id) "
    "VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, '{}', 'en', 'web', ?7, 'api', ?8, ?8, ?8, ?9, 0, 0, ?10)";

static void bind_answer(sqlite3_stmt *stmt, const struct cube_row *r, int64_t number)
{
	char properties[200];
	const int *a = r->attribute;
	int len = snprintf(properties, sizeof properties,
	                   "{\"a20\":\"v%d\",\"a200\":\"v%d\",\"a3\":\"v%d\",\"a5\":\"v%d\","
	                   "\"a5000\":\"v%d\",\"a8\":\"v%d\"}",
	                   a[3], a[4], a[0], a[1], a[5], a[2]);
	sqlite3_bind_int64(stmt, 2, number + 1);
	sqlite3_bind_int64(stmt, 4, r->person);
	sqlite3_bind_int(stmt, 5, r->state);
	if (r->score >= 0)
		sqlite3_bind_int(stmt, 6, r->score);
	else
		sqlite3_bind_null(stmt, 6);
	sqlite3_bind_text(stmt, 7, properties, len, SQLITE_TRANSIENT);
	sqlite3_bind_int64(stmt, 8, r->at);
	if (r->score >= 0)
		sqlite3_bind_int64(stmt, 9, r->at);
	else
		sqlite3_bind_null(stmt, 9);
	if (r->imported)
		sqlite3_bind_int64(stmt, 10, 1);
	else
		sqlite3_bind_null(stmt, 10);
}

static void put_rows(sqlite3 *db, FILE *csv, int64_t rows)
{
	sqlite3_stmt *person = prepared(db, person_sql), *answer = prepared(db, answer_sql);
	int64_t workspace = number_of(db, "SELECT workspace_id FROM workspace_name");
	sqlite3_bind_int64(person, 1, workspace);
	sqlite3_bind_int64(answer, 1, workspace);
	sqlite3_bind_int64(answer, 3, number_of(db, "SELECT id FROM survey"));
	for (int64_t i = 0; i < rows; i++) {
		struct cube_row r = cube_row_of(i, rows);
		put_csv(csv, &r);
		sqlite3_bind_int64(person, 2, r.person);
		sqlite3_bind_int64(person, 3, r.at);
		bind_answer(answer, &r, i);
		if (sqlite3_step(person) != SQLITE_DONE || sqlite3_step(answer) != SQLITE_DONE)
			die(__FILE__, __LINE__, sqlite3_errmsg(db));
		sqlite3_reset(person);
		sqlite3_reset(answer);
	}
	sqlite3_finalize(person);
	sqlite3_finalize(answer);
}

/* The indexes that figures do not use are made anew when all rows are there, as an import of that size would be slow. */
static void fill(const char *dir, int64_t rows)
{
	char path[512];
	struct bench_world w;
	sqlite3 *db;
	bench_world_make(&w);
	snprintf(path, sizeof path, "%s/data", dir);
	MUST(mkdir(dir, 0700) == 0 && rename(w.data, path) == 0);
	snprintf(path, sizeof path, "%s/key", dir);
	FILE *key = fopen(path, "w");
	fprintf(key, "%s\n", w.key);
	fclose(key);
	bench_world_remove(&w);
	snprintf(path, sizeof path, "%s/data/heed.db", dir);
	MUST(sqlite3_open(path, &db) == SQLITE_OK);
	run(db,
	    "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000");
	run(db, "BEGIN");
	snprintf(path, sizeof path, "%s/answers.csv", dir);
	FILE *csv = fopen(path, "w");
	put_rows(db, csv, rows);
	fclose(csv);
	run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(db);
}

/* Queries. Each gives values with promoters, detractors and answers. */

struct query {
	const char *name;
	struct dim dim;
	const char *filter; /* names and values */
	const char *sql;    /* of SQLite; the rivals' own are in cube.bench.mjs */
};

#define COUNTED "state IN (1, 2) AND score IS NOT NULL"
#define COUNTS  "SUM(score >= 9), SUM(score <= 6), COUNT(*)"

static const struct query queries[] = {
	{ "overall", { 0 }, "", "SELECT '', " COUNTS " FROM answers WHERE " COUNTED },
	{ "by month",
	  { .kind = DIM_TIME, .unit = PERIOD_MONTH },
	  "",
	  "SELECT month, " COUNTS " FROM answers WHERE " COUNTED " GROUP BY month" },
	{ "by 200 values",
	  { .kind = DIM_PROPERTY, .name = { "a200", 4 } },
	  "",
	  "SELECT a200, " COUNTS " FROM answers WHERE " COUNTED " GROUP BY a200" },
	{ "by 5000 values",
	  { .kind = DIM_PROPERTY, .name = { "a5000", 5 } },
	  "",
	  "SELECT a5000, " COUNTS " FROM answers WHERE " COUNTED " GROUP BY a5000" },
	{ "by month, two filters",
	  { .kind = DIM_TIME, .unit = PERIOD_MONTH },
	  "property.a8=v3&property.a20=v1&property.a20=v2&property.a20=v7",
	  "SELECT month, " COUNTS " FROM answers WHERE " COUNTED
	  " AND a8 = 3 AND a20 IN (1, 2, 7) GROUP BY month" },
	{ "values among detractors",
	  { .kind = DIM_PROPERTY, .name = { "a200", 4 } },
	  "group=detractors&property.a5=v1",
	  "SELECT a200, " COUNTS " FROM answers WHERE " COUNTED
	  " AND score <= 6 AND a5 = 1 GROUP BY a200" },
};
#define QUERIES (sizeof queries / sizeof queries[0])

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static double best(double *all, size_t count)
{
	qsort(all, count, sizeof *all, by_size);
	return all[0];
}

static double now_ms(void)
{
	return (double)clock_monotonic() / 1000;
}

/* Milliseconds of this thread, who shares its processor with others perhaps. */
static double worked_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Asking Heed */

struct asked {
	struct store *store;
	struct db *db;
	struct cubes *cubes;
	int64_t workspace;
};

static void set_filter(struct arena *a, struct answer_filter *f, const char *text)
{
	Str rest = str_of(text), pair, name;
	while (str_cut(&rest, '&', &pair)) {
		bool known;
		struct err err;
		if (pair.len == 0)
			break;
		MUST(str_cut(&pair, '=', &name));
		check(filter_set(f, a, name, pair, zone_utc(), &known, &err), &err);
	}
}

/* As a handler does it: takes the view, asks, gives it back. */
static double ask_once(struct asked *k, const struct query *query, bool clusters, bool tells)
{
	struct arena a = { 0 };
	struct facts facts;
	struct cells cells;
	struct err err;
	struct answer_filter f = { 0 };
	struct cell_question q = { .scope = &team_scope_whole,
		                   .filter = &f,
		                   .zone = zone_utc(),
		                   .week_start = 1,
		                   .dims = { query->dim },
		                   .wants_clusters = clusters };
	set_filter(&a, &f, query->filter);
	double began = worked_ms();
	check(facts_open(k->cubes, k->db, k->workspace, 0, &a, &facts, &err), &err);
	facts.kept = NULL; /* counted each time */
	check(cells_ask(&facts, &a, &q, &cells, &err), &err);
	double took = worked_ms() - began;
	for (size_t i = 0; tells && i < cells.count[0]; i++) {
		struct nps_figure figure = nps_figure_of(&cells.at[i].sums);
		const struct cell_value *v = &cells.values[0][i];
		char day[16] = "";
		if (query->dim.kind == DIM_TIME)
			calendar_write_day(v->id, day);
		printf("%s[\"%s%.*s\",%" PRId64 ",%" PRId64 ",%" PRId64 "]", i ? "," : "",
		       v->rest ? "rest" : day, STR_FMT(v->text), figure.promoters,
		       figure.detractors, figure.responses);
	}
	arena_free(&a);
	return took;
}

static void ask(struct asked *k, const struct query *query)
{
	double counts[TIMES], whole[TIMES];
	for (int i = 0; i < TIMES; i++) {
		counts[i] = ask_once(k, query, false, false);
		whole[i] = ask_once(k, query, true, false);
	}
	double first = counts[0];
	printf("{\"query\":\"%s\",\"first_ms\":%.3f,\"ms\":%.3f,\"interval_ms\":%.3f,\"rows\":[",
	       query->name, first, best(counts, TIMES), best(whole, TIMES));
	ask_once(k, query, true, true);
	printf("]}\n");
}

/* What /api/v1/insights/nps asks for the overview: parts compared, and a series. */
static void ask_overview(struct asked *k)
{
	double took[TIMES];
	for (int i = 0; i < TIMES; i++) {
		struct arena a = { 0 };
		struct facts facts;
		struct err err;
		struct insight_answer answer;
		struct workspace workspace = { .id = k->workspace,
			                       .time_zone = STR("UTC"),
			                       .week_start = 1 };
		struct insight_question q = { .scope = &team_scope_whole, .series = PERIOD_MONTH };
		double began = worked_ms();
		check(facts_open(k->cubes, k->db, k->workspace, 0, &a, &facts, &err), &err);
		facts.kept = NULL; /* counted each time */
		check(insight_ask(&facts, &a, &workspace, &q, &answer, &err), &err);
		took[i] = worked_ms() - began;
		arena_free(&a);
	}
	printf("{\"query\":\"insight_ask with months\",\"interval_ms\":%.3f}\n", best(took, TIMES));
}

static double facets_once(const struct facts *facts, struct arena *a, const char *filter,
                          struct facets *out)
{
	struct answer_filter *f = ARENA_NEW(a, struct answer_filter);
	struct err err;
	set_filter(a, f, filter);
	double began = worked_ms();
	check(facets_count(facts, a, &team_scope_whole, f, true, out, &err), &err);
	return worked_ms() - began;
}

static void same_facets(const struct facets *a, const struct facets *b)
{
	MUST(a->answers == b->answers && a->property_count == b->property_count);
	for (size_t i = 0; i < a->property_count; i++)
		MUST(value_counts_total(&a->properties[i].values) ==
		     value_counts_total(&b->properties[i].values));
}

/* Values to filter by, of columns and of the tables. */
static void ask_facets(struct asked *k, const char *filter)
{
	double took[TIMES];
	struct arena a = { 0 };
	struct facts facts, tables = facts_of_tables(k->db, k->workspace);
	struct facets of_view, of_tables;
	struct err err;
	check(facts_open(k->cubes, k->db, k->workspace, 0, &a, &facts, &err), &err);
	facts.kept = NULL; /* counted each time */
	for (int i = 0; i < TIMES; i++)
		took[i] = facets_once(&facts, &a, filter, &of_view);
	double slow = facets_once(&tables, &a, filter, &of_tables);
	same_facets(&of_view, &of_tables);
	printf("{\"facets\":\"%s\",\"answers\":%" PRId64 ",\"ms\":%.3f,\"tables_ms\":%.1f}\n",
	       filter, of_view.answers, best(took, TIMES), slow);
	arena_free(&a);
}

static size_t width_of(struct cube_codes codes)
{
	return codes.at ? codes.width : 0;
}

/* Bytes of a chunk's columns, whichever a question may look at. */
static size_t columns_of(const struct cube_chunk *c)
{
	size_t width = sizeof *c->time + sizeof *c->facts + sizeof *c->marks +
	               width_of(c->wording) + width_of(c->channel) + width_of(c->language) +
	               width_of(c->source) + width_of(c->import) + width_of(c->person) +
	               width_of(c->account) + width_of(c->cluster);
	for (size_t i = 0; i < c->property_count; i++)
		width += width_of(c->property[i]);
	return width * c->rows;
}

static size_t ids_of(const struct cube_chunk *c)
{
	const struct cube_ids *ids = c->ids;
	if (ids->whole)
		return sizeof *ids->whole * c->rows;
	return sizeof *ids->first_ms * cube_ids_groups(c->rows) +
	       (size_t)(ids->ms->width + (ids->low ? ids->low->width : 0)) * c->rows;
}

static void tell_bytes(const struct cube_view *view, int64_t all)
{
	size_t columns = 0, ids = 0;
	for (size_t i = 0; i < view->chunk_count; i++) {
		columns += columns_of(view->chunks[i]);
		ids += ids_of(view->chunks[i]);
	}
	printf("{\"bytes\":%" PRId64 ",\"columns\":%zu,\"ids\":%zu}\n", all, columns, ids);
}

static int64_t file_size(const char *folder, int64_t workspace)
{
	char path[700];
	struct stat info;
	snprintf(path, sizeof path, "%s/%" PRId64 ".cube", folder, workspace);
	return stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

/* From the tables, twice; then a snapshot is written, and loaded three times. The last cubes are those that are asked. */
static void load(struct asked *k, const char *folder, const struct clock *clock)
{
	struct cubes_config config = { .clock = clock, .budget = SIZE_MAX };
	for (int i = 0; i < 5; i++) {
		struct cubes_stats stats;
		const struct cube_view *view;
		int64_t as_of;
		bool saved;
		struct err err;
		config.shelf = (struct cube_shelf){ i > 0 ? folder : NULL, "bench" };
		k->cubes = cubes_open(&config);
		double began = now_ms(), worked = worked_ms();
		check(cubes_view(k->cubes, k->db, k->workspace, 0, &view, &as_of, &err), &err);
		double took = now_ms() - began;
		worked = worked_ms() - worked;
		cubes_stats(k->cubes, &stats);
		if (i == 4)
			tell_bytes(view, stats.bytes);
		cubes_return(k->cubes, view);
		began = now_ms();
		check(cubes_save(k->cubes, k->store, k->db, k->workspace, &saved, &err), &err);
		double save = now_ms() - began;
		cubes_stats(k->cubes, &stats);
		printf("{\"load\":\"%s\",\"rows\":%" PRId64
		       ",\"ms\":%.1f,\"worked_ms\":%.1f,\"bytes\":%" PRId64
		       ",\"saved_ms\":%.1f,\"file\":%" PRId64 "}\n",
		       stats.restores ? "snapshot" : "tables", stats.rows, took, worked,
		       stats.bytes, saved ? save : 0, file_size(folder, k->workspace));
		if (i < 4)
			cubes_close(k->cubes);
	}
}

static void ask_all(const char *dir)
{
	char path[512], cubes[600];
	struct asked k;
	struct clock clock = { 0 };
	struct err err;
	const struct db_stmt first = { "bench_first",
		                       "SELECT MIN(workspace_id) FROM workspace_name",
		                       "SELECT MIN(workspace_id) FROM workspace_name", true };
	snprintf(path, sizeof path, "%s/data", dir);
	struct store_config config = { .data_dir = path,
		                       .purpose = STORE_COMMAND,
		                       .clock = &clock,
		                       .migrations = schema_migrations,
		                       .migration_count = schema_migration_count };
	check(store_open(&k.store, &config, &err) && store_reader_open(k.store, &k.db, &err), &err);
	check(db_one_i64(k.db, &first, DB_NO_ARGS, 0, &k.workspace, &err), &err);
	snprintf(cubes, sizeof cubes, "%s/cubes", path);
	load(&k, cubes, &clock);
	for (size_t i = 0; i < QUERIES; i++)
		ask(&k, &queries[i]);
	ask_overview(&k);
	ask_facets(&k, "");
	ask_facets(&k, "property.a5=v1&group=detractors");
	cubes_close(k.cubes);
	store_reader_close(k.store, k.db);
	store_close(k.store, CLOCK_SECOND);
}

/* SQLite */

static void load_sqlite(sqlite3 *db, int64_t rows)
{
	run(db,
	    "CREATE TABLE answers (month TEXT, score INTEGER, state INTEGER, person INTEGER, a3 "
	    "INTEGER, a5 INTEGER, a8 INTEGER, a20 INTEGER, a200 INTEGER, a5000 INTEGER)");
	sqlite3_stmt *insert =
	    prepared(db, "INSERT INTO answers VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
	run(db, "BEGIN");
	for (int64_t i = 0; i < rows; i++) {
		struct cube_row r = cube_row_of(i, rows);
		char month[16];
		struct civil c;
		zone_civil(zone_utc(), r.at, &c);
		snprintf(month, sizeof month, "%04d-%02d-01", c.year, c.month);
		sqlite3_bind_text(insert, 1, month, -1, SQLITE_TRANSIENT);
		if (r.score >= 0)
			sqlite3_bind_int(insert, 2, r.score);
		else
			sqlite3_bind_null(insert, 2);
		sqlite3_bind_int(insert, 3, r.state);
		sqlite3_bind_int64(insert, 4, r.person);
		for (int k = 0; k < CUBE_ATTRIBUTES; k++)
			sqlite3_bind_int(insert, 5 + k, r.attribute[k]);
		MUST(sqlite3_step(insert) == SQLITE_DONE);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	run(db, "COMMIT");
	run(db, "CREATE INDEX by_month ON answers (month, state, score);"
	        "CREATE INDEX by_a200 ON answers (a200, state, score);"
	        "CREATE INDEX by_a5000 ON answers (a5000, state, score);"
	        "CREATE INDEX by_a8 ON answers (a8, a20, month, state, score);"
	        "CREATE INDEX by_a5 ON answers (a5, score, a200, state);"
	        "CREATE INDEX by_score ON answers (state, score); ANALYZE");
}

static void ask_sqlite(const char *dir, int64_t rows)
{
	char path[512];
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/rival.db", dir);
	remove(path);
	MUST(sqlite3_open(path, &db) == SQLITE_OK);
	run(db,
	    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000");
	load_sqlite(db, rows);
	for (size_t i = 0; i < QUERIES; i++) {
		double took[3];
		for (int k = 0; k < 3; k++) {
			double began = now_ms();
			sqlite3_stmt *stmt = prepared(db, queries[i].sql);
			while (sqlite3_step(stmt) == SQLITE_ROW)
				continue;
			sqlite3_finalize(stmt);
			took[k] = now_ms() - began;
		}
		printf("{\"query\":\"%s\",\"ms\":%.3f}\n", queries[i].name, best(took, 3));
	}
	sqlite3_close(db);
	remove(path);
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "fill") == 0)
		fill(argv[2], atoll(argv[3]));
	else if (argc == 3 && strcmp(argv[1], "ask") == 0)
		ask_all(argv[2]);
	else if (argc == 4 && strcmp(argv[1], "sqlite") == 0)
		ask_sqlite(argv[2], atoll(argv[3]));
	else
		printf("bench/cube.bench.mjs runs this\n");
	return 0;
}
