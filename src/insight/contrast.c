/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/contrast.h"

static bool has_property(const struct answer_filter *f, Str name)
{
	for (size_t i = 0; i < f->property_count; i++)
		if (str_eq(f->properties[i].name, name))
			return true;
	return false;
}

void contrast_merge(struct answer_filter *side, const struct answer_filter *common)
{
	for (int field = 0; field < FILTER_FIELD_COUNT; field++)
		if (side->fields[field].count == 0)
			side->fields[field] = common->fields[field];
	if (!side->kind)
		side->kind = common->kind;
	if (!side->from_day.at && !side->to_day.at) {
		side->from_day = common->from_day;
		side->to_day = common->to_day;
		side->from = common->from;
		side->before = common->before;
	}
	if (!side->q.at) {
		side->q = common->q;
		side->q_folded = common->q_folded;
	}
	if (side->comment == FILTER_ANY)
		side->comment = common->comment;
	side->starred_only = side->starred_only || common->starred_only;
	for (size_t i = 0; i < common->property_count; i++)
		if (!has_property(side, common->properties[i].name) &&
		    side->property_count < FILTER_PROPERTIES_MAX)
			side->properties[side->property_count++] = common->properties[i];
}

static bool same_values(const struct filter_values *a, const struct filter_values *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!str_eq(a->at[i], b->at[i]))
			return false;
	return true;
}

static bool same_period(const struct answer_filter *a, const struct answer_filter *b)
{
	return str_eq(a->from_day, b->from_day) && str_eq(a->to_day, b->to_day);
}

static bool same_properties(const struct answer_filter *a, const struct answer_filter *b)
{
	for (size_t i = 0; i < a->property_count; i++) {
		const struct filter_property *p = &a->properties[i];
		size_t j = 0;
		while (j < b->property_count &&
		       !(str_eq(b->properties[j].name, p->name) &&
		         same_values(&b->properties[j].values, &p->values)))
			j++;
		if (j == b->property_count)
			return false;
	}
	return a->property_count == b->property_count;
}

/* But for the days. */
static bool same_answers(const struct answer_filter *a, const struct answer_filter *b)
{
	for (int field = 0; field < FILTER_FIELD_COUNT; field++)
		if (!same_values(&a->fields[field], &b->fields[field]))
			return false;
	return a->kind == b->kind && str_eq(a->q, b->q) && a->comment == b->comment &&
	       a->starred_only == b->starred_only && same_properties(a, b);
}

static struct contrast_marks marks_of(const struct contrast_question *q, const struct cell_part *a,
                                      const struct cell_part *b)
{
	struct contrast_marks m = { .period = !same_period(&q->filters[0], &q->filters[1]) };
	if (!a || !b)
		return m;
	m.kind = a->kind != b->kind;
	m.brand = a->brand_id != b->brand_id;
	m.touchpoint = a->touchpoint_id != b->touchpoint_id;
	return m;
}

/* Does the side say itself which surveys, so that the common part is not meant? */
static bool has_own_part(const struct contrast_question *q, int side)
{
	const struct answer_filter *mine = &q->filters[side], *other = &q->filters[!side];
	static const enum filter_field of_parts[] = { FILTER_BRAND, FILTER_TOUCHPOINT,
		                                      FILTER_SURVEY };
	for (size_t i = 0; i < sizeof of_parts / sizeof of_parts[0]; i++)
		if (!same_values(&mine->fields[of_parts[i]], &other->fields[of_parts[i]]))
			return true;
	return mine->kind != other->kind;
}

static bool choose_part(const struct facts *facts, struct arena *a,
                        const struct contrast_question *q, int side, struct one_part *out,
                        struct err *err)
{
	struct cell_question cells = q->cells;
	bool is_own = !q->is_rest && has_own_part(q, side);
	cells.filter = &q->filters[side];
	return one_part_choose(facts, a, &cells, is_own ? (Str){ 0 } : q->part, out, err);
}

bool contrast_parts(const struct facts *facts, struct arena *a, const struct contrast_question *q,
                    struct one_part parts[static 2], struct err *err)
{
	for (int side = 0; side < 2; side++)
		if (!choose_part(facts, a, q, side, &parts[side], err))
			return false;
	if (q->is_rest)
		parts[1].part = parts[0].part;
	return true;
}

/* Is the side what is common and more, so that it takes nothing which that does not? */
static bool is_within(const struct answer_filter *side, const struct answer_filter *common)
{
	struct answer_filter merged = *common;
	contrast_merge(&merged, side);
	return same_answers(&merged, side) &&
	       ((!common->from_day.at && !common->to_day.at) || same_period(side, common));
}

void contrast_leave_out(const struct contrast_question *q, struct two_sides *sides)
{
	const struct cell_left_out *part = &sides->left_out[0];
	struct cell_left_out *rest = &sides->left_out[1];
	if (!q->is_rest || !is_within(&q->filters[0], &q->filters[1]))
		return;
	rest->excluded -= part->excluded;
	rest->unconfirmed -= part->unconfirmed;
	rest->test -= part->test;
	rest->dismissed -= part->dismissed;
	rest->deleted -= part->deleted;
	rest->without_score -= part->without_score;
}

bool contrast_ask(const struct facts *facts, struct arena *a, const struct contrast_question *q,
                  struct contrast *out, struct err *err)
{
	struct contrast c = { 0 };
	struct cell_question sides[2] = { q->cells, q->cells };
	if (!contrast_parts(facts, a, q, c.parts, err))
		return false;
	for (int side = 0; side < 2; side++) {
		sides[side].filter = &q->filters[side];
		sides[side].part = c.parts[side].part;
	}
	if (!two_sides_ask(facts, a, sides, q->is_rest, &c.sides, err))
		return false;
	contrast_leave_out(q, &c.sides);
	const struct nps_sums *here = &c.sides.sums[0], *there = &c.sides.sums[1];
	c.marks = marks_of(q, c.parts[0].part, c.parts[1].part);
	c.difference = c.marks.period && same_answers(&q->filters[0], &q->filters[1])
	                   ? nps_change_of(here, there, &c.sides.pair)
	                   : nps_difference_of(here, there, &c.sides.pair);
	*out = c;
	return true;
}
