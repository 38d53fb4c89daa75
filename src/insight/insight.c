/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/insight.h"

#include <stdlib.h>
#include <string.h>

#include "account/workspace.h"
#include "base/die.h"
#include "base/zone.h"
#include "people/personal.h"

#define PROPERTY STR("property.")

bool insight_split_parse(Str text, struct insight_question *q, struct err *err)
{

	if (str_eq(text, STR("survey")))
		q->split = SPLIT_SURVEY;
	else if (str_eq(text, STR("channel")))
		q->split = SPLIT_CHANNEL;
	else if (str_eq(text, STR("language")))
		q->split = SPLIT_LANGUAGE;
	else if (str_starts(text, PROPERTY) && text.len > PROPERTY.len)
		q->split = SPLIT_PROPERTY;
	else
		return err_at(err, ERR_INVALID, "by",
		              "must be survey, channel, language or property.NAME");
	q->split_name = text;
	return true;
}

static Str split_property(const struct insight_question *q)
{
	return str_from(q->split_name, PROPERTY.len);
}

bool insight_may_split(const struct insight_question *q, struct arena *a, struct err *err)
{
	if (!q->hides_names || q->split != SPLIT_PROPERTY || !personal_name(a, split_property(q)))
		return true;
	return err_set(err, ERR_DENIED,
	               "Names, emails and phone numbers are hidden from you, so figures cannot be "
	               "split by the property \"%.*s\".",
	               STR_FMT(split_property(q)));
}

static struct dim split_dim(const struct insight_question *q)
{
	switch (q->split) {
	case SPLIT_NONE:
		break;
	case SPLIT_SURVEY:
		return (struct dim){ .kind = DIM_SURVEY };
	case SPLIT_CHANNEL:
		return (struct dim){ .kind = DIM_CHANNEL };
	case SPLIT_LANGUAGE:
		return (struct dim){ .kind = DIM_LANGUAGE };
	case SPLIT_PROPERTY:
		return (struct dim){ .kind = DIM_PROPERTY, .name = split_property(q) };
	}
	return (struct dim){ 0 };
}

struct insight_count insight_count_of(const struct nps_sums *sums)
{
	struct insight_count count = { .figure = nps_figure_of(sums) };
	memcpy(count.by_score, sums->by_score, sizeof(count.by_score));
	return count;
}

static bool is_empty(const struct cell *cell)
{
	return cell->sums.clusters == 0;
}

static struct insight_part part_of(const struct cell_part *part, const struct cell *cell)
{
	return (struct insight_part){
		.kind = part->kind,
		.brand_id = part->brand_id,
		.brand = part->brand,
		.touchpoint_id = part->touchpoint_id,
		.touchpoint_code = part->touchpoint_code,
		.touchpoint = part->touchpoint,
		.count = insight_count_of(&cell->sums),
		.left_out = part->left_out,
		.imported = part->imported,
		.before = { .count = insight_count_of(&cell->before),
		            .change = nps_change_of(&cell->sums, &cell->before, &cell->pair),
		            .people = cell->pair.people },
		.first_at = part->first_at,
		.last_at = part->last_at,
	};
}

/* Parts with a score now; what had one before alone is no part. */
static bool ask_parts(const struct facts *facts, struct arena *a, const struct cell_question *q,
                      struct insight_answer *out, struct err *err)
{
	struct cells cells;
	if (!cells_ask(facts, a, q, &cells, err))
		return false;
	*out = (struct insight_answer){ .left_out = cells.left_out };
	out->parts = ARENA_ARRAY(a, struct insight_part, cells.count[0] + 1);
	for (size_t i = 0; i < cells.count[0]; i++)
		if (!is_empty(&cells.at[i]))
			out->parts[out->count++] =
			    part_of(&cells.parts[cells.values[0][i].id], &cells.at[i]);
	return true;
}

/* The part of an answer that was asked for before, NULL when it has none. */
static struct insight_part *part_in(const struct insight_answer *answer, const struct cells *cells,
                                    size_t row)
{
	const struct cell_part *wanted = &cells->parts[cells->values[0][row].id];
	for (size_t i = 0; i < answer->count; i++) {
		struct insight_part *part = &answer->parts[i];
		if (part->kind == wanted->kind && part->brand_id == wanted->brand_id &&
		    part->touchpoint_id == wanted->touchpoint_id)
			return part;
	}
	return NULL;
}

/* Of the period's days those that the filter takes: it may begin or end within. */
static struct insight_point point_of(const struct answer_filter *f, const struct calendar *calendar,
                                     int64_t day, const struct cell *cell)
{
	struct insight_point p = { day, calendar_next(calendar, day) - 1,
		                   insight_count_of(&cell->sums) };
	int64_t from = f->from_day.at ? zone_day(calendar->zone, f->from) : p.first_day;
	int64_t to = f->to_day.at ? zone_day(calendar->zone, f->before - 1) : p.last_day;
	p.first_day = from > p.first_day ? from : p.first_day;
	p.last_day = to < p.last_day ? to : p.last_day;
	return p;
}

/* From the part's own first period to its last. */
static void read_points(const struct cells *cells, size_t row, const struct answer_filter *f,
                        const struct calendar *calendar, struct arena *a, struct insight_part *out)
{
	const struct cell *cell = &cells->at[row * cells->count[1]];
	size_t from = 0, to = cells->count[1];
	while (from < to && is_empty(&cell[from]))
		from++;
	while (to > from && is_empty(&cell[to - 1]))
		to--;
	out->points = ARENA_ARRAY(a, struct insight_point, to - from + 1);
	for (size_t i = from; i < to; i++)
		out->points[out->point_count++] =
		    point_of(f, calendar, cells->values[1][i].id, &cell[i]);
}

static bool ask_series(const struct facts *facts, struct arena *a, struct cell_question q,
                       enum period_unit unit, struct insight_answer *out, struct err *err)
{
	struct cells cells;
	const struct calendar calendar = { .zone = q.zone,
		                           .unit = unit,
		                           .week_start = q.week_start };
	q.dims[1] = (struct dim){ .kind = DIM_TIME, .unit = unit };
	if (!cells_ask(facts, a, &q, &cells, err))
		return false;
	for (size_t row = 0; row < cells.count[0]; row++) {
		struct insight_part *part = part_in(out, &cells, row);
		if (part)
			read_points(&cells, row, q.filter, &calendar, a, part);
	}
	return true;
}

static int by_answers(const void *a, const void *b)
{
	const struct insight_group *left = a, *right = b;
	if (left->rest != right->rest)
		return left->rest ? 1 : -1;
	int64_t n = left->count.figure.responses, m = right->count.figure.responses;
	return n != m ? (n > m ? -1 : 1) : str_cmp(left->value, right->value);
}

static void read_groups(const struct cells *cells, size_t row, struct arena *a,
                        struct insight_part *out)
{
	const struct cell *cell = &cells->at[row * cells->count[1]];
	out->groups = ARENA_ARRAY(a, struct insight_group, cells->count[1] + 1);
	for (size_t i = 0; i < cells->count[1]; i++)
		if (!is_empty(&cell[i]))
			out->groups[out->group_count++] =
			    (struct insight_group){ cells->values[1][i].text,
				                    cells->values[1][i].rest,
				                    insight_count_of(&cell[i].sums) };
	qsort(out->groups, out->group_count, sizeof(out->groups[0]), by_answers);
}

static bool ask_groups(const struct facts *facts, struct arena *a, struct cell_question q,
                       struct dim by, struct insight_answer *out, struct err *err)
{
	struct cells cells;
	q.dims[1] = by;
	if (!cells_ask(facts, a, &q, &cells, err))
		return false;
	for (size_t row = 0; row < cells.count[0]; row++) {
		struct insight_part *part = part_in(out, &cells, row);
		if (part)
			read_groups(&cells, row, a, part);
	}
	return true;
}

bool insight_ask(const struct facts *facts, struct arena *a, const struct workspace *workspace,
                 const struct insight_question *q, struct insight_answer *out, struct err *err)
{
	struct cell_question parts = { .scope = q->scope,
		                       .filter = &q->filter,
		                       .week_start = workspace->week_start,
		                       .dims = { { .kind = DIM_PART } },
		                       .hides_names = q->hides_names,
		                       .wants_clusters = true };
	struct cell_question compared = parts;
	struct insight_answer answer;
	if (!zone_load(a, workspace->time_zone, &parts.zone, err))
		return false;
	if (q->compare.with) {
		compared.before_from = q->compare.from;
		compared.before_before = q->compare.before;
	}
	if (!ask_parts(facts, a, &compared, &answer, err) ||
	    (q->series && !ask_series(facts, a, parts, q->series, &answer, err)) ||
	    (q->split && !ask_groups(facts, a, parts, split_dim(q), &answer, err)))
		return false;
	*out = answer;
	return true;
}
