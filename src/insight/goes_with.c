/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/goes_with.h"

#include <stdlib.h>

#include "base/json.h"
#include "insight/goes_with.sql.h"
#include "insight/newest.h"
#include "survey/definition.h"

#define PAGE     5000
#define SEED     0x48454544 /* the same answers, the same ranges */
#define ROUNDS   200
#define LOWEST   1
#define HIGHEST  5
#define KEYS_MAX 64

struct version {
	int64_t survey;
	int number;
	const struct definition *definition;
};

struct asking {
	const struct facts *facts;
	struct arena *arena;
	const struct goes_with_question *q;
	struct survey_place *places;
	size_t place_count;
	struct fact *rows; /* those that are looked into, by id */
	size_t count;
	struct version *versions;
	size_t version_count, version_cap;
	Str keys[KEYS_MAX], texts[KEYS_MAX];
	size_t key_count;
	int16_t *values[KEYS_MAX]; /* [count] */
	int64_t answered[KEYS_MAX];
};

/* --- the answers of the part ------------------------------------------------------------------------------ */

static bool is_part(const struct cell_part *a, const struct cell_part *b)
{
	return a->kind == b->kind && a->brand_id == b->brand_id &&
	       a->touchpoint_id == b->touchpoint_id;
}

static struct cell_question question_of(const struct asking *ask, const struct answer_filter *f)
{
	return (struct cell_question){ .scope = ask->q->scope,
		                       .filter = f,
		                       .zone = ask->q->zone,
		                       .week_start = ask->q->week_start,
		                       .hides_names = ask->q->hides_names };
}

static bool read_rows(struct asking *ask, const struct cell_part *part, struct err *err)
{
	struct cells cells;
	struct newest newest;
	size_t row = 0;
	struct answer_filter narrowed = *ask->q->filter;
	part_narrow(&narrowed, part, ask->arena);
	struct cell_question q = question_of(ask, &narrowed);
	q.dims[0] = (struct dim){ .kind = DIM_PART };
	if (!cells_ask(ask->facts, ask->arena, &q, &cells, err))
		return false;
	while (row < cells.count[0] && !is_part(&cells.parts[cells.values[0][row].id], part))
		row++;
	if (row == cells.count[0])
		return true;
	if (!newest_read(ask->facts, ask->arena, &q, &cells, row, GOES_WITH_MAX, &newest, err))
		return false;
	ask->rows = newest.at;
	ask->count = newest.count;
	return true;
}

/* --- what they were asked ----------------------------------------------------------------------------------- */

static bool asks_everybody(const struct definition_question *question)
{
	for (size_t group = 0; group < GROUP_COUNT; group++)
		if (!question->groups[group])
			return false;
	return question->kind == QUESTION_RATING;
}

static bool version_load(struct asking *ask, int64_t survey, int number, const struct version **out,
                         struct err *err)
{
	Str json;
	struct definition *definition = ARENA_NEW(ask->arena, struct definition);
	for (size_t i = 0; i < ask->version_count; i++)
		if (ask->versions[i].survey == survey && ask->versions[i].number == number) {
			*out = &ask->versions[i];
			return true;
		}
	if (!survey_definition(ask->facts->db, ask->arena, ask->facts->workspace, survey, number,
	                       &json, err) ||
	    !definition_parse(ask->arena, json, definition, err))
		return false;
	if (ask->version_count == ask->version_cap) {
		size_t cap = ask->version_cap * 2 + 8;
		struct version *more = ARENA_ARRAY(ask->arena, struct version, cap);
		for (size_t i = 0; i < ask->version_count; i++)
			more[i] = ask->versions[i];
		ask->versions = more;
		ask->version_cap = cap;
	}
	ask->versions[ask->version_count] = (struct version){ survey, number, definition };
	*out = &ask->versions[ask->version_count++];
	return true;
}

static size_t key_of(struct asking *ask, Str key)
{
	size_t i = 0;
	while (i < ask->key_count && !str_eq(ask->keys[i], key))
		i++;
	return i;
}

/* Of what surveys ask today; what they no longer ask is no news. */
static bool list_keys(struct asking *ask, const struct cell_part *part, struct err *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < ask->place_count; i++) {
		const struct survey_place *place = &ask->places[i];
		const struct cell_part of = { .kind = place->kind,
			                      .brand_id = place->brand_id,
			                      .touchpoint_id = place->touchpoint_id };
		const struct version *newest;
		if (!is_part(&of, part))
			continue;
		ask->places[kept++] = *place;
		if (!version_load(ask, place->id, 0, &newest, err))
			return false;
		for (size_t k = 0; k < newest->definition->question_count; k++) {
			const struct definition_question *one = &newest->definition->questions[k];
			if (!asks_everybody(one) || ask->key_count == KEYS_MAX ||
			    key_of(ask, one->key) < ask->key_count)
				continue;
			ask->keys[ask->key_count] = one->key;
			ask->texts[ask->key_count] = one->text;
			ask->key_count++;
		}
	}
	ask->place_count = kept;
	return true;
}

/* --- what they answered --------------------------------------------------------------------------------------- */

struct extra {
	int64_t id, survey;
	int version;
	Str answers;
};

static int by_id(const void *a, const void *b)
{
	const struct fact *left = a, *right = b;
	return (left->id > right->id) - (left->id < right->id);
}

static bool is_of_part(const struct asking *ask, int64_t survey)
{
	for (size_t i = 0; i < ask->place_count; i++)
		if (ask->places[i].id == survey)
			return true;
	return false;
}

/* `scratch` is the answer's. */
static bool take_extra(struct asking *ask, struct arena *scratch, const struct extra *extra,
                       struct err *err)
{
	const struct fact wanted = { .id = extra->id };
	const struct version *version;
	JsonRef answers, value;
	size_t position = 0;
	Str name;
	if (!is_of_part(ask, extra->survey) || str_eq(extra->answers, STR("{}")))
		return true;
	const struct fact *row = bsearch(&wanted, ask->rows, ask->count, sizeof wanted, by_id);
	if (!row)
		return true;
	if (!version_load(ask, extra->survey, extra->version, &version, err) ||
	    !json_read(scratch, extra->answers, &answers, err))
		return false;
	while (json_read_next(answers, &position, &name, &value)) {
		size_t key = key_of(ask, name);
		const struct definition_question *question =
		    definition_question_find(version->definition, name);
		int64_t rating;
		struct err no_rating;
		if (key == ask->key_count || !question || !asks_everybody(question) ||
		    !json_read_i64(value, LOWEST, HIGHEST, &rating, &no_rating))
			continue;
		ask->values[key][row - ask->rows] = (int16_t)rating;
		ask->answered[key]++;
	}
	return true;
}

static bool read_page(struct asking *ask, int64_t *before, size_t *read, struct err *err)
{
	struct db_rows rows;
	struct arena page = { 0 };
	struct extra *extras = ARENA_ARRAY(&page, struct extra, PAGE);
	size_t count = 0;
	enum db_next next;
	if (!db_query(ask->facts->db, &rows, &sql_goes_with_page,
	              DB_ARGS(db_arg_i64(ask->facts->workspace), db_arg_i64(*before),
	                      db_arg_i64(ask->rows[0].id), db_arg_i64(PAGE)),
	              err)) {
		arena_free(&page);
		return false;
	}
	while ((next = db_step(&rows, err)) == DB_ROW)
		extras[count++] = (struct extra){ db_i64(&rows, 0), db_i64(&rows, 1),
			                          (int)db_i64(&rows, 2), db_text(&rows, 3, &page) };
	db_rows_close(&rows);
	bool ok = next == DB_DONE;
	for (size_t i = 0; ok && i < count; i++)
		ok = take_extra(ask, &page, &extras[i], err);
	if (count > 0)
		*before = extras[count - 1].id;
	*read = count;
	arena_free(&page);
	return ok;
}

/* What was not reached is not looked into. */
static void leave_out(struct asking *ask, int64_t before)
{
	size_t first = 0;
	while (first < ask->count && ask->rows[first].id < before)
		first++;
	ask->rows += first;
	ask->count -= first;
	for (size_t k = 0; k < ask->key_count; k++)
		ask->values[k] += first;
}

static bool read_values(struct asking *ask, struct err *err)
{
	int64_t before;
	size_t page = PAGE, seen = 0;
	if (ask->count == 0)
		return true;
	for (size_t k = 0; k < ask->key_count; k++) {
		ask->values[k] = ARENA_ARRAY(ask->arena, int16_t, ask->count + 1);
		for (size_t i = 0; i < ask->count; i++)
			ask->values[k][i] = BLIND_NONE;
	}
	before = ask->rows[ask->count - 1].id + 1;
	for (; page == PAGE && seen < GOES_WITH_ROWS && ask->key_count > 0; seen += page)
		if (!read_page(ask, &before, &page, err))
			return false;
	if (page == PAGE && ask->key_count > 0)
		leave_out(ask, before);
	return true;
}

/* --- the question itself --------------------------------------------------------------------------------------- */

/* The rating answered most often that is not taken yet; key_count: none is left. */
static size_t most_answered(const struct asking *ask, const bool *taken)
{
	size_t best = ask->key_count;
	for (size_t k = 0; k < ask->key_count; k++)
		if (!taken[k] && ask->answered[k] > 0 &&
		    (best == ask->key_count || ask->answered[k] > ask->answered[best]))
			best = k;
	return best;
}

static int most_told_first(const void *a, const void *b)
{
	const struct goes_with_rating *left = a, *right = b;
	if (!left->driver || !right->driver)
		return (left->answered < right->answered) - (left->answered > right->answered);
	return (left->driver->dominance < right->driver->dominance) -
	       (left->driver->dominance > right->driver->dominance);
}

static void find_drivers(struct asking *ask, struct goes_with *out)
{
	const struct blind_rating *ratings[DRIVERS_MAX];
	bool taken[KEYS_MAX] = { false };
	int8_t *x = ARENA_ARRAY(ask->arena, int8_t, ask->count + 1);
	uint64_t *cluster = ARENA_ARRAY(ask->arena, uint64_t, ask->count + 1);
	for (size_t i = 0; i < ask->count; i++) {
		x[i] = (int8_t)((int)nps_group_of(ask->rows[i].score) - NPS_PASSIVE);
		/* Who is nobody's has a key of its own. */
		cluster[i] = ask->rows[i].cluster ? ask->rows[i].cluster : UINT64_C(1) << 32 | i;
	}
	out->ratings = ARENA_ARRAY(ask->arena, struct goes_with_rating, DRIVERS_MAX);
	for (size_t k; out->count < DRIVERS_MAX && (k = most_answered(ask, taken)) < ask->key_count;
	     out->count++) {
		taken[k] = true;
		ratings[out->count] = blind_rating_of_question(ask->arena, ask->values[k],
		                                               ask->count, LOWEST, HIGHEST);
		out->ratings[out->count] = (struct goes_with_rating){
			.key = ask->keys[k], .text = ask->texts[k], .answered = ask->answered[k]
		};
	}
	if (out->count == 0)
		return;
	const struct driver_question question = { .answers = ask->count,
		                                  .count = out->count,
		                                  .x = x,
		                                  .cluster = cluster,
		                                  .ratings = ratings,
		                                  .seed = SEED,
		                                  .rounds = ROUNDS };
	drivers_of(ask->arena, &question, &out->drivers);
}

bool goes_with_ask(const struct facts *facts, struct arena *a, const struct goes_with_question *q,
                   struct goes_with *out, struct err *err)
{
	struct goes_with *answer = ARENA_NEW(a, struct goes_with);
	struct asking *ask = ARENA_NEW(a, struct asking);
	*ask = (struct asking){ .facts = facts, .arena = a, .q = q };
	const struct cell_question all = question_of(ask, q->filter);
	if (!one_part_choose(facts, a, &all, q->part, &answer->part, err))
		return false;
	if (answer->part.part && answer->part.has_answers) {
		if (!filter_surveys(facts->db, a, facts->workspace, q->scope, q->filter,
		                    &ask->places, &ask->place_count, err) ||
		    !list_keys(ask, answer->part.part, err) ||
		    !read_rows(ask, answer->part.part, err) || !read_values(ask, err))
			return false;
		find_drivers(ask, answer);
	}
	answer->answers = nps_figure_of(&answer->part.all.sums).responses;
	answer->looked_into = (int64_t)ask->count;
	for (size_t i = 0; i < answer->count && answer->drivers.shown; i++)
		answer->ratings[i].driver = &answer->drivers.items[i];
	*out = *answer;
	/* Pointers into the copy in the arena stay good. */
	if (out->count > 0)
		qsort(out->ratings, out->count, sizeof out->ratings[0], most_told_first);
	return true;
}
