/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cube_lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "feedback/response.h"
#include "people/properties.h"

struct line {
	int64_t id;
	Str text;
};

static int by_id(const void *a, const void *b)
{
	int64_t left = ((const struct line *)a)->id, right = ((const struct line *)b)->id;
	return (left > right) - (left < right);
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const Str *)a, *(const Str *)b);
}

static Str join(struct arena *a, struct line *lines, size_t count)
{
	struct buf out;
	buf_init(&out, SIZE_MAX / 2);
	if (count)
		qsort(lines, count, sizeof *lines, by_id);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%" PRId64 " %.*s\n", lines[i].id, STR_FMT(lines[i].text));
	Str text = str_copy(a, buf_str(&out));
	buf_free(&out);
	return text;
}

/* Sorted, in brackets. */
static Str list(struct arena *a, Str *all, size_t count)
{
	Str out = STR("[");
	if (count)
		qsort(all, count, sizeof *all, by_text);
	for (size_t i = 0; i < count; i++)
		out = str_printf(a, "%.*s%s%.*s", STR_FMT(out), i ? "|" : "", STR_FMT(all[i]));
	return str_printf(a, "%.*s]", STR_FMT(out));
}

static Str facts(struct arena *a, int32_t time, int state, int score, int64_t survey, int version,
                 Str channel, Str language, Str source, const char *marks)
{
	return str_printf(a, "%d %s %d %" PRId64 "/%d %.*s %.*s %.*s %s", time,
	                  response_state_name((enum response_state)state), score, survey, version,
	                  STR_FMT(channel), STR_FMT(language), STR_FMT(source), marks);
}

static void marks_put(char out[static 8], bool starred, bool comment, bool imported)
{
	snprintf(out, 8, "%s%s%s-", starred ? "s" : "", comment ? "c" : "", imported ? "i" : "");
}

/* A view. */

static Str named(struct arena *a, const struct cube_property *p, uint32_t code)
{
	return str_printf(a, "%.*s=%.*s", STR_FMT(p->name),
	                  STR_FMT(cube_dict_text(p->values.dict, code)));
}

static Str view_properties(struct arena *a, const struct cube_view *v, const struct cube_chunk *c,
                           size_t row)
{
	Str *all = ARENA_ARRAY(a, Str, v->property_count + 1);
	size_t n = 0;
	for (size_t i = 0; i < v->property_count; i++) {
		uint32_t code = cube_property_code(c, i, row);
		MUST(code < v->properties[i].values.count);
		if (code)
			all[n++] = named(a, &v->properties[i], code);
	}
	return list(a, all, n);
}

static Str view_person(struct arena *a, const struct cube_view *v, uint32_t person)
{
	Str *all = ARENA_ARRAY(a, Str, v->trait_count + 1);
	size_t n = 0;
	if (!person)
		return STR("");
	for (size_t i = 0; i < v->trait_count; i++) {
		uint32_t code = cube_trait_code(v, i, person);
		if (code)
			all[n++] = named(a, &v->traits[i], code);
	}
	return str_printf(a, " %d %.*s", *cube_first_seen_at(v, person), STR_FMT(list(a, all, n)));
}

static Str view_line(struct arena *a, const struct cube_view *v, size_t chunk, size_t row,
                     bool people)
{
	const struct cube_chunk *c = v->chunks[chunk];
	struct cube_wording w = v->wordings[cube_code(c->wording, row)];
	uint32_t person = cube_code(c->person, row);
	char marks[8];
	marks_put(marks, c->marks[row] & CUBE_MARK_STARRED, c->marks[row] & CUBE_MARK_COMMENT,
	          c->marks[row] & CUBE_MARK_IMPORTED);
	MUST(c->time[row] >= c->min_time && c->time[row] <= c->max_time);
	int score = CUBE_SCORE(c->facts[row]);
	Str known = facts(a, c->time[row], CUBE_STATE(c->facts[row]),
	                  score == CUBE_NO_SCORE ? SCORE_NONE : score, w.survey, w.version,
	                  cube_dict_text(v->channels.dict, cube_code(c->channel, row)),
	                  cube_dict_text(v->languages.dict, cube_code(c->language, row)),
	                  cube_dict_text(v->sources.dict, cube_code(c->source, row)), marks);
	return str_printf(a, "%.*s %" PRId64 "/%" PRId64 "/%" PRId64 " %.*s%.*s", STR_FMT(known),
	                  cube_view_account_id(v, cube_code(c->account, row)),
	                  cube_view_person_id(v, person),
	                  cube_view_import_id(v, cube_code(c->import, row)),
	                  STR_FMT(view_properties(a, v, c, row)),
	                  STR_FMT(people ? view_person(a, v, person) : STR("")));
}

Str cube_lines_of_view(struct arena *a, const struct cube_view *v, bool people)
{
	struct line *lines = ARENA_ARRAY(a, struct line, v->rows + 1);
	size_t n = 0;
	for (size_t i = 0; i < v->chunk_count; i++)
		for (size_t row = 0; row < v->chunks[i]->rows; row++) {
			size_t chunk_found, row_found;
			int64_t id = cube_view_id(v, i, row);
			bool here = CUBE_STATE(v->chunks[i]->facts[row]) != 0;
			MUST(cube_view_find(v, id, &chunk_found, &row_found) == here);
			MUST(chunk_found == i && row_found == row);
			if (here)
				lines[n++] = (struct line){ id, view_line(a, v, i, row, people) };
		}
	return join(a, lines, n);
}

Str cube_lines_of_tag(struct arena *a, const struct cube_view *v, Str folded)
{
	const uint32_t *rows;
	size_t count = cube_view_tagged(v, folded, &rows);
	struct line *lines = ARENA_ARRAY(a, struct line, count + 1);
	for (size_t i = 0; i < count; i++) {
		size_t chunk = rows[i] / CUBE_CHUNK_ROWS, row = rows[i] % CUBE_CHUNK_ROWS;
		MUST(i == 0 || rows[i - 1] < rows[i]);
		MUST(v->chunks[chunk]->marks[row] & CUBE_MARK_TAGGED);
		lines[i] = (struct line){ cube_view_id(v, chunk, row), folded };
	}
	return join(a, lines, count);
}

Str cube_lines_of_understood(struct arena *a, const struct cube_view *v)
{
	struct line *lines = ARENA_ARRAY(a, struct line, v->rows + 1);
	size_t n = 0;
	for (size_t i = 0; i < v->chunk_count; i++)
		for (size_t row = 0; row < v->chunks[i]->rows; row++) {
			enum understood u = CUBE_UNDERSTOOD(v->chunks[i]->marks[row]);
			if (u != UNDERSTOOD_NO_READING)
				lines[n++] =
				    (struct line){ cube_view_id(v, i, row), understood_word(u) };
		}
	return join(a, lines, n);
}

Str cube_lines_of_theme(struct arena *a, const struct cube_view *v, Str code,
                        enum theme_saying saying)
{
	const uint32_t *rows;
	size_t count = cube_view_themed(v, code, saying, &rows);
	struct line *lines = ARENA_ARRAY(a, struct line, count + 1);
	for (size_t i = 0; i < count; i++) {
		MUST(i == 0 || rows[i - 1] < rows[i]);
		lines[i] = (struct line){
			cube_view_id(v, rows[i] / CUBE_CHUNK_ROWS, rows[i] % CUBE_CHUNK_ROWS), code
		};
	}
	return join(a, lines, count);
}

/* The tables. */

static const char answers_text[] =
    "SELECT r.id, r.survey_id, r.version, r.person_id, r.account_id, r.invitation_id, r.state, "
    "r.state_reason, r.score, r.comment, r.comment_folded, r.answers, r.language, r.channel, "
    "r.properties, r.source, r.capture_key, r.import_id, r.import_key, r.created_at, r.updated_at, "
    "r.submitted_at, r.first_scored_at, r.completed_at, r.time_clamped, r.edits, r.deleted_at, "
    "r.starred, r.transcript, r.customer_labels FROM response r WHERE r.workspace_id = $1";
static const struct db_stmt answers_stmt = { .name = "test_answers",
	                                     .sqlite = answers_text,
	                                     .postgres = answers_text };
static const char persons_text[] =
    "SELECT p.id, p.canonical_id, p.created_at, p.traits FROM person p WHERE p.workspace_id = $1";
static const struct db_stmt persons_stmt = { .name = "test_persons",
	                                     .sqlite = persons_text,
	                                     .postgres = persons_text };

struct known_person {
	int64_t id, canonical, created_at;
	Str traits;
};

struct tables {
	struct response *answers;
	struct known_person *persons;
	size_t answer_count, person_count;
};

static bool person_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct known_person *)out = (struct known_person){ db_i64(rows, 0), db_i64(rows, 1),
		                                             db_i64(rows, 2), db_text(rows, 3, a) };
	return true;
}

static void read_all(struct arena *a, struct db *db, const struct db_stmt *stmt, int64_t workspace,
                     db_row_fn read, size_t size, void **out, size_t *count)
{
	struct err err = { 0 };
	if (!db_list(db, stmt, DB_ARGS(db_arg_i64(workspace)), read, size, a, out, count, &err))
		die(__FILE__, __LINE__, err.msg);
}

static const struct known_person *person_of(const struct tables *t, int64_t id)
{
	for (size_t i = 0; i < t->person_count; i++)
		if (t->persons[i].id == id)
			return &t->persons[i];
	return NULL;
}

static int64_t canonical_of(const struct tables *t, int64_t id)
{
	for (const struct known_person *p; (p = person_of(t, id)) && p->canonical;)
		id = p->canonical;
	return id;
}

static int32_t seconds_of(int64_t us)
{
	return (int32_t)(us / CLOCK_SECOND - (us % CLOCK_SECOND < 0) - CUBE_EPOCH);
}

static int64_t date_of(const struct response *r)
{
	return r->first_scored_at ? r->first_scored_at : r->submitted_at;
}

static Str texts_of(struct arena *a, Str canonical)
{
	struct property *all;
	size_t count;
	struct err err = { 0 };
	MUST(properties_list(a, canonical, &all, &count, &err));
	Str *texts = ARENA_ARRAY(a, Str, count + 1);
	for (size_t i = 0; i < count; i++)
		texts[i] = str_printf(a, "%.*s=%.*s", STR_FMT(all[i].name),
		                      STR_FMT(property_text(a, &all[i])));
	return list(a, texts, count);
}

static Str table_person(struct arena *a, const struct tables *t, int64_t person)
{
	int64_t first = INT64_MAX;
	if (!person)
		return STR("");
	for (size_t i = 0; i < t->person_count; i++)
		if (canonical_of(t, t->persons[i].id) == person && t->persons[i].created_at < first)
			first = t->persons[i].created_at;
	for (size_t i = 0; i < t->answer_count; i++)
		if (canonical_of(t, t->answers[i].person_id) == person &&
		    date_of(&t->answers[i]) < first)
			first = date_of(&t->answers[i]);
	return str_printf(a, " %d %.*s", seconds_of(first),
	                  STR_FMT(texts_of(a, person_of(t, person)->traits)));
}

static Str table_line(struct arena *a, const struct tables *t, const struct response *r,
                      bool people)
{
	int64_t person = canonical_of(t, r->person_id);
	char marks[8];
	marks_put(marks, r->starred, r->comment_folded.len > 0, r->import_id != 0);
	Str known = facts(a, seconds_of(date_of(r)), (int)r->state, r->score, r->survey_id,
	                  r->version, r->channel, r->language, r->source, marks);
	return str_printf(a, "%.*s %" PRId64 "/%" PRId64 "/%" PRId64 " %.*s%.*s", STR_FMT(known),
	                  r->account_id, person, r->import_id, STR_FMT(texts_of(a, r->properties)),
	                  STR_FMT(people ? table_person(a, t, person) : STR("")));
}

Str cube_lines_of_tables(struct arena *a, struct db *db, int64_t workspace, bool people)
{
	struct tables t = { 0 };
	void *items;
	read_all(a, db, &answers_stmt, workspace, response_row, sizeof(struct response), &items,
	         &t.answer_count);
	t.answers = items;
	read_all(a, db, &persons_stmt, workspace, person_row, sizeof(struct known_person), &items,
	         &t.person_count);
	t.persons = items;
	struct line *lines = ARENA_ARRAY(a, struct line, t.answer_count + 1);
	for (size_t i = 0; i < t.answer_count; i++)
		lines[i] =
		    (struct line){ t.answers[i].id, table_line(a, &t, &t.answers[i], people) };
	return join(a, lines, t.answer_count);
}

static const char tagged_text[] = "SELECT x.response_id, t.name_folded FROM response_tag x "
				  "JOIN tag t ON t.workspace_id = $1 AND t.id = x.tag_id "
				  "WHERE x.workspace_id = $1 AND t.name_folded = $2";
static const struct db_stmt tagged_stmt = { .name = "test_tagged",
	                                    .sqlite = tagged_text,
	                                    .postgres = tagged_text };

static bool tagged_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct line *)out = (struct line){ db_i64(rows, 0), db_text(rows, 1, a) };
	return true;
}

static const char understood_text[] =
    "SELECT x.response_id, CASE WHEN x.low_effort <> 0 THEN 'nothing' "
    "WHEN x.covered = 0 OR x.blind IS NULL THEN 'not_analysed' WHEN x.blind = 0 THEN 'negative' "
    "WHEN x.blind = 1 THEN 'neutral' WHEN x.blind = 2 THEN 'positive' ELSE 'mixed' END "
    "FROM reading x WHERE x.workspace_id = $1";
static const struct db_stmt understood_stmt = { .name = "test_understood",
	                                        .sqlite = understood_text,
	                                        .postgres = understood_text };

Str cube_lines_of_understood_table(struct arena *a, struct db *db, int64_t workspace)
{
	void *items;
	size_t count;
	read_all(a, db, &understood_stmt, workspace, tagged_row, sizeof(struct line), &items,
	         &count);
	return join(a, items, count);
}

static const char themed_text[] =
    "SELECT DISTINCT m.response_id, t.code FROM theme_mention m "
    "JOIN theme own ON own.workspace_id = $1 AND own.id = m.theme_id "
    "JOIN theme t ON t.workspace_id = $1 AND t.merged_into = 0 AND t.id IN (own.id, "
    "own.merged_into) "
    "WHERE m.workspace_id = $1 AND t.code = $2 AND m.made_by IN (1, 2) AND "
    "($3 = 0 OR ($3 = 1 AND m.polarity > 0.2) OR ($3 = 2 AND m.polarity < -0.2))";
static const struct db_stmt themed_stmt = { .name = "test_themed",
	                                    .sqlite = themed_text,
	                                    .postgres = themed_text };

Str cube_lines_of_theme_table(struct arena *a, struct db *db, int64_t workspace, Str code,
                              enum theme_saying saying)
{
	void *items;
	size_t count;
	struct err err = { 0 };
	MUST(db_list(db, &themed_stmt,
	             DB_ARGS(db_arg_i64(workspace), db_arg_text(code), db_arg_i64(saying)),
	             tagged_row, sizeof(struct line), a, &items, &count, &err));
	return join(a, items, count);
}

Str cube_lines_of_tag_table(struct arena *a, struct db *db, int64_t workspace, Str folded)
{
	void *items;
	size_t count;
	struct err err = { 0 };
	MUST(db_list(db, &tagged_stmt, DB_ARGS(db_arg_i64(workspace), db_arg_text(folded)),
	             tagged_row, sizeof(struct line), a, &items, &count, &err));
	return join(a, items, count);
}

void cube_lines_same(Str got, Str wanted, const char *what)
{
	Str g, w;
	while (!str_eq(got, wanted)) {
		if (!str_cut(&got, '\n', &g))
			g = STR("(nothing)");
		if (!str_cut(&wanted, '\n', &w))
			w = STR("(nothing)");
		if (str_eq(g, w))
			continue;
		fprintf(stderr, "%s:\n got    %.*s\n wanted %.*s\n", what, STR_FMT(g), STR_FMT(w));
		die(__FILE__, __LINE__, "a cube differs from what it should be");
	}
}

/* Clusters. */

struct member {
	uint64_t key, person; /* what it is clustered by; 0: nothing */
	uint32_t cluster;
	bool repeats;
};

static int by_key(const void *a, const void *b)
{
	uint64_t left = ((const struct member *)a)->key, right = ((const struct member *)b)->key;
	return (left > right) - (left < right);
}

static int by_cluster(const void *a, const void *b)
{
	uint32_t left = ((const struct member *)a)->cluster;
	uint32_t right = ((const struct member *)b)->cluster;
	return (left > right) - (left < right);
}

static int by_person(const void *a, const void *b)
{
	uint64_t left = ((const struct member *)a)->person;
	uint64_t right = ((const struct member *)b)->person;
	return (left > right) - (left < right);
}

static size_t members_of(const struct cube_view *v, struct member *out)
{
	size_t n = 0;
	for (size_t i = 0; i < v->chunk_count; i++)
		for (size_t k = 0; k < v->chunks[i]->rows; k++) {
			const struct cube_chunk *c = v->chunks[i];
			uint32_t account = cube_code(c->account, k);
			uint64_t person = cube_code(c->person, k);
			if (!CUBE_STATE(c->facts[k])) {
				MUST(!cube_code(c->cluster, k) && !person && !account);
				continue;
			}
			MUST(cube_code(c->cluster, k) < v->cluster_count);
			out[n++] = (struct member){
				.key = account ? UINT64_C(1) << 32 | account : person,
				.person = person,
				.cluster = cube_code(c->cluster, k),
				.repeats = c->marks[k] & CUBE_MARK_REPEATS,
			};
		}
	return n;
}

void cube_check_clusters(const struct cube_view *v)
{
	struct member *all = calloc(v->rows + 1, sizeof *all);
	size_t n = members_of(v, all);
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 1; i < n; i++)
		if (all[i].key && all[i].key == all[i - 1].key)
			MUST(all[i].cluster && all[i].cluster == all[i - 1].cluster);
	qsort(all, n, sizeof *all, by_cluster);
	for (size_t i = 1; i < n; i++)
		if (all[i].cluster && all[i].cluster == all[i - 1].cluster)
			MUST(all[i].key == all[i - 1].key);
	qsort(all, n, sizeof *all, by_person);
	for (size_t i = 1; i < n; i++)
		if (all[i].person && all[i].person == all[i - 1].person)
			MUST(all[i].repeats && all[i - 1].repeats);
	free(all);
}
