/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/why.h"

#include <math.h>
#include <stdlib.h>

#include "base/die.h"
#include "insight/one_part.h"
#include "insight/why_answers.h"
#include "stats/mix_change.h"
#include "stats/uneven.h"

#define SEED         0x48454544 /* the same answers, the same ranges */
#define ROUNDS       400
#define ROUNDS_MANY  100
#define ANSWERS_MANY 200000
#define CHANCE       0.05

struct asking {
	const struct facts *facts;
	struct arena *arena;
	const struct why_question *q;
	struct why_answer *out;
	struct cell_part part;         /* a copy: each question has its own list of parts */
	struct answer_filter narrowed; /* to the part, as far as filters can */
	double deff[2];
};

static struct cell_question question_of(const struct asking *ask, const struct answer_filter *f,
                                        struct dim by, bool clusters)
{
	return (struct cell_question){ .scope = ask->q->scope,
		                       .filter = f,
		                       .zone = ask->q->zone,
		                       .week_start = ask->q->week_start,
		                       .dims = { { .kind = DIM_PART }, by },
		                       .hides_names = ask->q->hides_names,
		                       .before_from = ask->q->compare.from,
		                       .before_before = ask->q->compare.before,
		                       .wants_clusters = clusters };
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

/* --- which part -------------------------------------------------------------------------------------- */

static bool find_part(struct asking *ask, struct err *err)
{
	struct why_answer *out = ask->out;
	struct cells cells;
	struct cell_question q =
	    question_of(ask, ask->q->filter, (struct dim){ .kind = DIM_NONE }, true);
	if (!cells_ask(ask->facts, ask->arena, &q, &cells, err))
		return false;
	out->parts = ARENA_ARRAY(ask->arena, struct why_part, cells.count[0] + 1);
	for (size_t i = 0; i < cells.count[0]; i++) {
		const struct cell *cell = &cells.at[i];
		struct why_part *part = &out->parts[out->part_count];
		if (!answers_of(&cell->sums) && !answers_of(&cell->before))
			continue;
		*part = (struct why_part){ &cells.parts[cells.values[0][i].id], cell->sums,
			                   cell->before, cell->pair };
		if (ask->q->part.at ? str_eq(ask->q->part, one_part_key(ask->arena, part->part))
		                    : out->part_count == 0)
			out->part = part;
		out->part_count++;
	}
	if (ask->q->part.at && !out->part && out->part_count > 0)
		return err_at(err, ERR_NOT_FOUND, "part",
		              "has no answers in these periods; see parts for those that have");
	return true;
}

static void set_part(struct asking *ask)
{
	const struct why_part *part = ask->out->part;
	const struct nps_figure now = nps_figure_of(&part->now);
	const struct nps_figure before = nps_figure_of(&part->before);
	ask->part = *part->part;
	ask->narrowed = *ask->q->filter;
	part_narrow(&ask->narrowed, &ask->part, ask->arena);
	ask->deff[0] = fmax(1, before.deff);
	ask->deff[1] = fmax(1, now.deff);
	ask->out->shown = now.responses >= WHY_ANSWERS && before.responses >= WHY_ANSWERS;
}

/* --- one attribute, counted ----------------------------------------------------------------------------- */

/* The part's cells by an attribute: those with answers in either period. */
struct counted {
	struct cell_question q;
	struct cells cells;
	size_t row;      /* of the part */
	size_t count;    /* of places */
	size_t *column;  /* [count] */
	uint32_t *place; /* [cells.count[1]] WHY_NOWHERE: no answers */
	struct split_cell *split;
	struct uneven_cell *uneven;
};

static bool is_part(const struct asking *ask, const struct cell_part *part)
{
	return part->kind == ask->part.kind && part->brand_id == ask->part.brand_id &&
	       part->touchpoint_id == ask->part.touchpoint_id;
}

static void count_period(const struct nps_sums *sums, size_t t, struct split_cell *split,
                         struct uneven_cell *uneven)
{
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		enum nps_group group = nps_group_of(score);
		uneven->n[t] += sums->by_score[score];
		uneven->promoters[t] += group == NPS_PROMOTER ? sums->by_score[score] : 0;
		uneven->detractors[t] += group == NPS_DETRACTOR ? sums->by_score[score] : 0;
	}
	split->n[t] = (double)uneven->n[t];
	split->s[t] = (double)(uneven->promoters[t] - uneven->detractors[t]);
}

static void count_row(const struct asking *ask, struct counted *c)
{
	size_t columns = c->cells.count[1];
	c->column = ARENA_ARRAY(ask->arena, size_t, columns + 1);
	c->place = ARENA_ARRAY(ask->arena, uint32_t, columns + 1);
	c->split = ARENA_ARRAY(ask->arena, struct split_cell, columns + 1);
	c->uneven = ARENA_ARRAY(ask->arena, struct uneven_cell, columns + 1);
	for (size_t i = 0; i < columns; i++) {
		const struct cell *cell = &c->cells.at[c->row * columns + i];
		c->place[i] = WHY_NOWHERE;
		if (!answers_of(&cell->sums) && !answers_of(&cell->before))
			continue;
		c->place[i] = (uint32_t)c->count;
		c->column[c->count] = i;
		count_period(&cell->before, 0, &c->split[c->count], &c->uneven[c->count]);
		count_period(&cell->sums, 1, &c->split[c->count], &c->uneven[c->count]);
		c->count++;
	}
}

static bool count_by(const struct asking *ask, const struct known *by, bool clusters,
                     struct counted *out, struct err *err)
{
	struct counted c = { .q = question_of(ask, &ask->narrowed, by->dim, clusters) };
	if (!cells_ask(ask->facts, ask->arena, &c.q, &c.cells, err))
		return false;
	while (c.row < c.cells.count[0] &&
	       !is_part(ask, &c.cells.parts[c.cells.values[0][c.row].id]))
		c.row++;
	if (c.row < c.cells.count[0])
		count_row(ask, &c);
	*out = c;
	return true;
}

static bool check_values(const struct known *by, const struct counted *c, struct err *err)
{
	if (c->count <= KNOWN_VALUES_MAX)
		return true;
	return err_at(
	    err, ERR_INVALID, "by",
	    "%.*s has more than %d values here: too many to be told apart; choose another",
	    STR_FMT(by->name), KNOWN_VALUES_MAX);
}

/* --- which attribute tells most ------------------------------------------------------------------------- */

static double told_by(const struct why_tried *tried)
{
	return fabs(tried->mix) + tried->spread;
}

static int most_first(const void *a, const void *b)
{
	const struct why_tried *left = a, *right = b;
	double x = told_by(left), y = told_by(right);
	return x < y ? 1 : x > y ? -1 : str_cmp(left->attribute.name, right->attribute.name);
}

/* May it be chosen for somebody? Only where its answers can be shown. */
static bool leads_to_answers(const struct known *attribute)
{
	return attribute->dim.kind != DIM_WORDING && attribute->dim.kind != DIM_TENURE;
}

/* A mark asks for more than size: among few answers any mix moves by chance. */
static void mark_channels(struct asking *ask, const struct counted *c)
{
	double *before = ARENA_ARRAY(ask->arena, double, c->count + 1);
	double *now = ARENA_ARRAY(ask->arena, double, c->count + 1);
	for (size_t i = 0; i < c->count; i++) {
		before[i] = c->split[i].n[0];
		now[i] = c->split[i].n[1];
	}
	struct mix_change mix =
	    mix_change_of(before, now, c->count, fmax(ask->deff[0], ask->deff[1]));
	ask->out->channel_moved = 100 * mix.distance;
	ask->out->channel_marked = mix.moved;
}

static bool try_attribute(struct asking *ask, const struct known *by, struct err *err)
{
	struct counted c;
	struct split_one split;
	struct uneven uneven;
	if (!count_by(ask, by, false, &c, err))
		return false;
	if (by->dim.kind == DIM_CHANNEL)
		mark_channels(ask, &c);
	if (c.count < 2 || c.count > KNOWN_VALUES_MAX)
		return true;
	split_one(ask->arena, c.split, c.count, &split);
	uneven_of(ask->arena, c.uneven, c.count, ask->deff, &uneven);
	ask->out->tried[ask->out->tried_count++] = (struct why_tried){
		*by, c.count, split.mix.value + split.fresh.value + split.gone.value, uneven.spread
	};
	return true;
}

/* Both periods' answers choose the properties that are tried. */
static bool try_all(struct asking *ask, struct err *err)
{
	struct why_answer *out = ask->out;
	struct known *all;
	size_t count;
	struct answer_filter both = ask->narrowed;
	if (ask->q->compare.from < both.from) {
		both.from = ask->q->compare.from;
		both.from_day = ask->q->compare.from_day;
	}
	if (!known_list(ask->facts, ask->arena, ask->q->scope, &both, !ask->q->hides_names, &all,
	                &count, err))
		return false;
	out->tried = ARENA_ARRAY(ask->arena, struct why_tried, count + 1);
	for (size_t i = 0; i < count; i++)
		if (!try_attribute(ask, &all[i], err))
			return false;
	qsort(out->tried, out->tried_count, sizeof out->tried[0], most_first);
	out->by = all[0];
	for (size_t i = 0; i < out->tried_count; i++)
		if (leads_to_answers(&out->tried[i].attribute)) {
			out->by = out->tried[i].attribute;
			break;
		}
	if (ask->q->by_count > 0)
		out->by = ask->q->by[0];
	return true;
}

/* --- several attributes ------------------------------------------------------------------------------------ */

static bool is_same(const struct known *a, const struct known *b)
{
	return a->dim.kind == b->dim.kind && str_eq(a->dim.name, b->dim.name);
}

/* What was asked for, then channel and wording. */
static size_t list_strata(const struct asking *ask, struct known *list)
{
	static const enum dim_kind always[] = { DIM_CHANNEL, DIM_WORDING };
	static const char *const names[] = { "channel", "wording" };
	size_t count = 0, given = ask->q->by_count > 0 ? ask->q->by_count : 1;
	for (size_t i = 0; i < given; i++)
		list[count++] = ask->q->by_count > 0 ? ask->q->by[i] : ask->out->by;
	for (size_t i = 0; i < 2 && count < SPLIT_ATTRIBUTES; i++) {
		struct known one = { str_of(names[i]), { .kind = always[i] } };
		bool there = false;
		for (size_t k = 0; k < count; k++)
			there = there || is_same(&list[k], &one);
		if (!there)
			list[count++] = one;
	}
	return count;
}

/* `c` lives as long as the arena. */
static struct why_attribute attribute_of(const struct counted *c)
{
	return (struct why_attribute){ &c->q, &c->cells, c->row, c->place, c->count };
}

static bool split_by_all(struct asking *ask, const struct why_attribute *attributes,
                         struct err *err)
{
	struct why_answer *out = ask->out;
	struct why_answers answers;
	size_t count = out->strata_count;
	if (!why_answers_read(ask->facts, ask->arena, attributes, count, &answers, err))
		return false;
	struct split_grid grid = { answers.facts.cells, count, answers.codes, 0 };
	grid.origin = split_middle(split_cells_of(ask->arena, &answers.facts), answers.facts.cells);
	const struct split_bootstrap how = { SEED,
		                             answers.count > ANSWERS_MANY ? ROUNDS_MANY : ROUNDS };
	split_bootstrap(ask->arena, &grid, &answers.facts, &how, &out->split, &out->several);
	for (size_t k = 0; k < count; k++)
		out->strata[k].points = out->several.mix[k];
	return true;
}

/* By the first, which is counted already, and those behind it that have two values or more. */
static bool split_strata(struct asking *ask, const struct counted *first, struct err *err)
{
	struct known list[SPLIT_ATTRIBUTES];
	struct why_attribute attributes[SPLIT_ATTRIBUTES];
	struct why_answer *out = ask->out;
	size_t count = list_strata(ask, list);
	attributes[0] = attribute_of(first);
	out->strata[out->strata_count++] =
	    (struct why_mix){ .attribute = list[0], .values = first->count };
	for (size_t i = 1; i < count; i++) {
		struct counted *c = ARENA_NEW(ask->arena, struct counted);
		if (!count_by(ask, &list[i], false, c, err) || !check_values(&list[i], c, err))
			return false;
		if (c->count < 2)
			continue;
		attributes[out->strata_count] = attribute_of(c);
		out->strata[out->strata_count++] =
		    (struct why_mix){ .attribute = list[i], .values = c->count };
	}
	return split_by_all(ask, attributes, err);
}

/* --- one attribute, split ------------------------------------------------------------------------------------ */

static double moved_by(const struct why_segment *s)
{
	return s->split->mix.value + s->split->rate.value;
}

static int most_moved_first(const void *a, const void *b)
{
	double x = fabs(moved_by(a)), y = fabs(moved_by(b));
	return (x < y) - (x > y);
}

bool why_stands_out(const struct why_segment *s)
{
	return s->p < CHANCE;
}

static double comparisons(const struct why_answer *out)
{
	size_t all = 0;
	for (size_t i = 0; i < out->tried_count; i++)
		all += out->tried[i].values;
	return all > 0 ? (double)all : 1;
}

/* What went the whole's way: the one that moved most, of those that moved apart from the others where there are any. */
static const struct why_segment *lead_of(const struct why_answer *out)
{
	const struct why_segment *lead = NULL;
	for (size_t i = 0; i < out->segment_count; i++) {
		const struct why_segment *s = &out->segments[i];
		double whole = out->split.change.value;
		if (moved_by(s) * whole <= 0)
			continue;
		bool apart = why_stands_out(s) && s->apart * whole > 0;
		if (apart)
			return s;
		lead = lead ? lead : s;
	}
	return lead;
}

static void list_segments(struct asking *ask, const struct counted *c)
{
	struct why_answer *out = ask->out;
	struct uneven uneven;
	double n[2] = { 0 };
	/* The last values' answers may all have gone since they were counted. */
	size_t count = c->count < out->split.count ? c->count : out->split.count;
	uneven_of(ask->arena, c->uneven, c->count, ask->deff, &uneven);
	for (size_t i = 0; i < c->count; i++)
		for (size_t t = 0; t < 2; t++)
			n[t] += c->split[i].n[t];
	out->segments = ARENA_ARRAY(ask->arena, struct why_segment, c->count + 1);
	for (size_t i = 0; i < count; i++)
		out->segments[i] = (struct why_segment){
			.value = c->cells.values[1][c->column[i]],
			.cell = &c->cells.at[c->row * c->cells.count[1] + c->column[i]],
			.split = &out->split.segments[i],
			.share = { c->split[i].n[0] / n[0], c->split[i].n[1] / n[1] },
			.apart = uneven.segments[i].apart,
			.p = fmin(1, uneven.segments[i].p * comparisons(out)),
		};
	out->segment_count = count;
	qsort(out->segments, out->segment_count, sizeof out->segments[0], most_moved_first);
	out->lead = lead_of(out);
}

/* One change has one range, wherever it is told. */
static void set_change(struct why_answer *out)
{
	const struct why_part *part = out->part;
	struct nps_change change = nps_change_of(&part->now, &part->before, &part->pair);
	if (!change.shown)
		return;
	out->split.change.lo = change.lo;
	out->split.change.hi = change.hi;
}

static bool split_parts(struct asking *ask, struct err *err)
{
	struct counted *c = ARENA_NEW(ask->arena, struct counted);
	if (!count_by(ask, &ask->out->by, true, c, err) || !check_values(&ask->out->by, c, err) ||
	    !split_strata(ask, c, err))
		return false;
	ask->out->shown = ask->out->split.shown;
	if (ask->out->shown) {
		set_change(ask->out);
		list_segments(ask, c);
	}
	return true;
}

bool why_ask(const struct facts *facts, struct arena *a, const struct why_question *q,
             struct why_answer *out, struct err *err)
{
	struct why_answer answer = { 0 };
	struct asking *ask = ARENA_NEW(a, struct asking);
	*ask = (struct asking){ .facts = facts, .arena = a, .q = q, .out = &answer };
	if (!find_part(ask, err))
		return false;
	if (answer.part) {
		set_part(ask);
		if (answer.shown && (!try_all(ask, err) || !split_parts(ask, err)))
			return false;
	}
	*out = answer;
	return true;
}
