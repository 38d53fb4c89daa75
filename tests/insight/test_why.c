/* Why a score moved, of a view against the tables; and the ranges against a split of answers that are visited one by one, which is
 * the slow way. Both engines.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/why.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "../feedback/scene.h"
#include "base/clock.h"
#include "base/zone.h"
#include "feedback/cube.h"
#include "insight/part_json.h"
#include "insight/why_answers.h"

#define ANSWERS 3000

static enum db_engine engine;
static struct scene s;
static struct cubes *cubes;
static struct arena arena;

static int make(void **state)
{
	(void)state;
	scene_make(&s, engine, 7, ANSWERS);
	cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock });
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	cubes_close(cubes);
	scene_remove(&s);
	return 0;
}

struct asked_of {
	struct facts view, tables;
	struct answer_filter filter;
	struct why_question q;
};

static void set(struct answer_filter *filter, const char *name, const char *value)
{
	bool known;
	struct err err;
	if (!filter_set(filter, &arena, str_of(name), str_of(value), zone_utc(), &known, &err))
		fail_msg("%s", err.msg);
}

static void prepare(struct asked_of *k, const char *by)
{
	struct err err;
	*k = (struct asked_of){ .tables = facts_of_tables(s.g.db, s.g.workspace) };
	if (!facts_open(cubes, s.g.db, s.g.workspace, CUBE_PEOPLE, &arena, &k->view, &err))
		fail_msg("%s", err.msg);
	set(&k->filter, "from", "2025-03-01");
	set(&k->filter, "to", "2026-02-28");
	k->q = (struct why_question){ .scope = &team_scope_whole,
		                      .filter = &k->filter,
		                      .zone = zone_utc(),
		                      .week_start = 1,
		                      .compare = { .with = COMPARE_PREVIOUS } };
	if (!compare_period(&arena, &k->filter, zone_utc(), GROUND_NOW, &k->q.compare, &err))
		fail_msg("%s", err.msg);
	if (!by)
		return;
	k->q.by_count = 1;
	if (!known_parse(str_of(by), "by", &k->q.by[0], &err))
		fail_msg("%s", err.msg);
}

static void ask(const struct facts *facts, const struct why_question *q, struct why_answer *out)
{
	struct err err;
	if (!why_ask(facts, &arena, q, out, &err))
		fail_msg("%s", err.msg);
	assert_true(out->part && out->shown);
}

/* Terms are sums in some order; ranges are drawn by numbers of owners, of which the tables know others. */
static void same_term(const struct split_range *a, const struct split_range *b)
{
	assert_true(a->value - b->value < 1e-9 && b->value - a->value < 1e-9);
}

static void same(const struct why_answer *a, const struct why_answer *b)
{
	assert_true(str_eq(a->by.name, b->by.name));
	assert_int_equal(a->segment_count, b->segment_count);
	assert_int_equal(a->strata_count, b->strata_count);
	same_term(&a->split.change, &b->split.change);
	same_term(&a->split.mix, &b->split.mix);
	same_term(&a->split.rate, &b->split.rate);
	same_term(&a->several.rate, &b->several.rate);
	for (size_t i = 0; i < a->strata_count; i++) {
		assert_int_equal(a->strata[i].values, b->strata[i].values);
		same_term(&a->strata[i].points, &b->strata[i].points);
	}
}

static const char *const attributes[] = { NULL, "property.plan", "language", "tenure", "channel" };
#define ATTRIBUTES (sizeof(attributes) / sizeof(attributes[0]))

static void a_view_says_why_as_the_tables_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		struct asked_of k;
		struct why_answer view, tables;
		prepare(&k, attributes[i]);
		ask(&k.view, &k.q, &view);
		ask(&k.tables, &k.q, &tables);
		same(&view, &tables);
	}
}

/* The slow way: each answer is visited for each attribute, and none is only counted. */

struct slow {
	int64_t id[ANSWERS];
	uint32_t cluster[ANSWERS], kind[ANSWERS], combination[ANSWERS];
	bool before[ANSWERS];
	int8_t x[ANSWERS];
	size_t count, next, row, values;
	bool is_first;
	const struct cells *cells;
	uint32_t place[64]; /* of the attribute at hand; 64: none */
};

static bool take(void *context, const struct fact *fact, struct err *err)
{
	struct slow *slow = context;
	(void)err;
	if (fact->values[0] != slow->row)
		return true;
	uint32_t place = slow->place[fact->values[1]];
	assert_true(place < 64);
	if (slow->is_first) {
		size_t i = slow->count++;
		slow->id[i] = fact->id;
		slow->cluster[i] = fact->cluster;
		slow->before[i] = fact->before;
		slow->x[i] = (int8_t)((int)nps_group_of(fact->score) - NPS_PASSIVE);
		slow->combination[i] = place;
	} else {
		size_t i = slow->next++;
		assert_int_equal(slow->id[i], fact->id);
		slow->combination[i] = slow->combination[i] * (uint32_t)slow->values + place;
	}
	return true;
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

static void visit(const struct asked_of *k, const struct why_answer *of, const struct known *by,
                  struct slow *slow)
{
	struct answer_filter narrowed = k->filter;
	struct cells cells;
	struct err err;
	part_narrow(&narrowed, of->part->part, &arena);
	const struct cell_question q = { .scope = k->q.scope,
		                         .filter = &narrowed,
		                         .zone = k->q.zone,
		                         .week_start = 1,
		                         .dims = { { .kind = DIM_PART }, by->dim },
		                         .before_from = k->q.compare.from,
		                         .before_before = k->q.compare.before };
	assert_true(cells_ask(&k->view, &arena, &q, &cells, &err));
	assert_true(cells.count[1] <= 64);
	for (slow->row = 0; slow->row < cells.count[0]; slow->row++) {
		const struct cell_part *p = &cells.parts[cells.values[0][slow->row].id];
		if (p->kind == of->part->part->kind && p->brand_id == of->part->part->brand_id &&
		    p->touchpoint_id == of->part->part->touchpoint_id)
			break;
	}
	slow->values = 0;
	for (size_t i = 0; i < cells.count[1]; i++) {
		const struct cell *cell = &cells.at[slow->row * cells.count[1] + i];
		bool any = answers_of(&cell->sums) + answers_of(&cell->before) > 0;
		slow->place[i] = any ? (uint32_t)slow->values++ : 64;
	}
	slow->next = 0;
	assert_true(cells_visit(&k->view, &arena, &q, &cells, take, slow, &err));
}

static int by_number(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

static void split_slowly(const struct asked_of *k, const struct why_answer *of,
                         struct split_several *out)
{
	static struct slow slow;
	static uint32_t sorted[ANSWERS];
	size_t count = of->strata_count, values[SPLIT_ATTRIBUTES], cells = 0;
	memset(&slow, 0, sizeof(slow));
	for (size_t i = 0; i < count; i++) {
		slow.is_first = i == 0;
		visit(k, of, &of->strata[i].attribute, &slow);
		assert_true(i == 0 || slow.next == slow.count);
		assert_int_equal(slow.values, of->strata[i].values);
		values[i] = slow.values;
	}
	memcpy(sorted, slow.combination, slow.count * sizeof(*sorted));
	qsort(sorted, slow.count, sizeof(*sorted), by_number);
	for (size_t i = 0; i < slow.count; i++)
		if (i == 0 || sorted[i] != sorted[i - 1])
			sorted[cells++] = sorted[i];
	uint32_t *codes = ARENA_ARRAY(&arena, uint32_t, cells * count + 1), clusters = 0;
	for (size_t c = 0; c < cells; c++) {
		size_t left = sorted[c];
		for (size_t i = count; i-- > 0; left /= values[i])
			codes[c * count + i] = (uint32_t)(left % values[i]);
	}
	for (size_t i = 0; i < slow.count; i++) {
		const uint32_t *cell =
		    bsearch(&slow.combination[i], sorted, cells, sizeof(*sorted), by_number);
		slow.kind[i] = split_kind_of((size_t)(cell - sorted), !slow.before[i], slow.x[i]);
		clusters = slow.cluster[i] > clusters ? slow.cluster[i] : clusters;
	}
	const struct split_facts facts = { .cells = cells,
		                           .alone = ARENA_ARRAY(&arena, int64_t,
		                                                SPLIT_KINDS * cells + 1),
		                           .owned = slow.count,
		                           .cluster = slow.cluster,
		                           .kind = slow.kind,
		                           .clusters = clusters };
	struct split_grid grid = { cells, count, codes, 0 };
	grid.origin = split_middle(split_cells_of(&arena, &facts), cells);
	const struct split_bootstrap how = { 0x48454544, 400 };
	split_bootstrap(&arena, &grid, &facts, &how, NULL, out);
}

static void ranges_are_those_of_answers_one_by_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		struct asked_of k;
		struct why_answer of;
		struct split_several slow;
		prepare(&k, attributes[i]);
		ask(&k.view, &k.q, &of);
		split_slowly(&k, &of, &slow);
		assert_true(of.several.change.hi > of.several.change.lo);
		assert_memory_equal(&slow.change, &of.several.change, sizeof(slow.change));
		assert_memory_equal(&slow.rate, &of.several.rate, sizeof(slow.rate));
		for (size_t m = 0; m < of.strata_count; m++)
			assert_memory_equal(&slow.mix[m], &of.strata[m].points,
			                    sizeof(slow.mix[m]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_says_why_as_the_tables_do),
		cmocka_unit_test(ranges_are_those_of_answers_one_by_one),
	};
	return ENGINES_RUN("why", engine, tests, make, drop);
}
