/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_plan.h"

#include "base/clock.h"
#include "feedback/cells_view_dims.h"
#include "feedback/cells_view_rows.h"

struct cube_codes view_column_of(const struct cube_chunk *chunk, enum view_column column,
                                 size_t property)
{
	switch (column) {
	case VIEW_WORDING:
		return chunk->wording;
	case VIEW_CHANNEL:
		return chunk->channel;
	case VIEW_LANGUAGE:
		return chunk->language;
	case VIEW_SOURCE:
		return chunk->source;
	case VIEW_IMPORT:
		return chunk->import;
	case VIEW_ACCOUNT:
		return chunk->account;
	case VIEW_PROPERTY:
		break;
	}
	if (property < chunk->property_count)
		return chunk->property[property];
	return (struct cube_codes){ 0 };
}

bool view_plan_skips(const struct view_plan *v, const struct cube_chunk *chunk)
{
	return (chunk->max_time < v->now_low || chunk->min_time > v->now_high) &&
	       (chunk->max_time < v->before_low || chunk->min_time > v->before_high);
}

/* Lists */

static void add_list(struct view_plan *v, enum view_column column, size_t property,
                     const uint8_t *takes, uint32_t count)
{
	struct view_list *list = &v->lists[v->list_count++];
	uint32_t taken = 0;
	*list = (struct view_list){ .column = column, .property = property, .codes = count };
	list->list.takes = takes;
	for (uint32_t code = 0; code < count; code++) {
		if (takes[code] && taken < SCAN_FEW)
			list->list.few[taken] = code;
		taken += takes[code] != 0;
	}
	list->list.few_count = taken <= SCAN_FEW ? taken : 0;
	v->nothing = v->nothing || taken == 0;
	if (taken == count)
		v->list_count--;
}

static bool has(const Str *values, size_t count, Str value)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(values[i], value))
			return true;
	return false;
}

/* Room for every code that a column of its width may hold, so that looking up never leaves it. */
static uint8_t *takes_new(const struct view_plan *v, uint32_t count)
{
	return arena_zeroed(v->plan->arena, count > 256 ? count : 256, 1);
}

static void list_texts(struct view_plan *v, enum view_column column, const struct cube_names *names,
                       const struct filter_values *values)
{
	if (values->count == 0)
		return;
	uint8_t *takes = takes_new(v, names->count);
	for (uint32_t code = 0; code < names->count; code++)
		takes[code] =
		    has(values->at, values->count, cube_dict_text(names->dict, code)) ? 255 : 0;
	add_list(v, column, 0, takes, names->count);
}

static void list_languages(struct view_plan *v, const struct filter_values *values)
{
	const struct cube_names *names = &v->view->languages;
	if (values->count == 0)
		return;
	uint8_t *takes = takes_new(v, names->count);
	for (uint32_t code = 0; code < names->count; code++)
		takes[code] =
		    filter_takes_language(values, cube_dict_text(names->dict, code)) ? 255 : 0;
	add_list(v, VIEW_LANGUAGE, 0, takes, names->count);
}

static void list_imports(struct view_plan *v)
{
	const struct filter_run *run = &v->plan->run;
	uint32_t count = v->view->import_count;
	if (!run->by_import)
		return;
	uint8_t *takes = takes_new(v, count);
	for (uint32_t code = 0; code < count; code++)
		takes[code] =
		    filter_takes_import(run, cube_view_import_id(v->view, code)) ? 255 : 0;
	add_list(v, VIEW_IMPORT, 0, takes, count);
}

/* An answer without the property is not meant, whatever is asked for. */
static bool list_property(struct view_plan *v, Str name, const Str *values, size_t count)
{
	size_t property = cube_property_find(v->view->properties, v->view->property_count, name);
	if (property == SIZE_MAX) {
		v->nothing = true;
		return !v->view->names_cut;
	}
	const struct cube_names *names = &v->view->properties[property].values;
	uint8_t *takes = takes_new(v, names->count);
	for (uint32_t code = 1; code < names->count; code++)
		takes[code] =
		    count == 0 || has(values, count, cube_dict_text(names->dict, code)) ? 255 : 0;
	add_list(v, VIEW_PROPERTY, property, takes, names->count);
	return true;
}

static bool list_properties(struct view_plan *v)
{
	const struct answer_filter *f = v->plan->q->filter;
	const struct team_scope *scope = v->plan->q->scope;
	for (size_t i = 0; i < f->property_count; i++)
		if (!list_property(v, f->properties[i].name, f->properties[i].values.at,
		                   f->properties[i].values.count))
			return false;
	for (size_t i = 0; i < scope->property_count; i++)
		if (scope->properties[i].count == 0)
			v->nothing = true;
		else if (!list_property(v, scope->properties[i].name, scope->properties[i].values,
		                        scope->properties[i].count))
			return false;
	return true;
}

static void list_wordings(struct view_plan *v)
{
	const struct cube_view *view = v->view;
	uint8_t *takes = takes_new(v, view->wording_count);
	uint32_t *part_of = ARENA_ARRAY(v->plan->arena, uint32_t, view->wording_count + 1);
	part_of[0] = CELLS_NOWHERE;
	for (uint32_t code = 1; code < view->wording_count; code++) {
		const struct cell_survey *s =
		    cell_plan_survey(v->plan, view->wordings[code].survey);
		part_of[code] = s ? s->part : CELLS_NOWHERE;
		takes[code] = s ? 255 : 0;
	}
	v->part_of = part_of;
	/* No row that is there has the wording 0. */
	takes[0] = 255;
	add_list(v, VIEW_WORDING, 0, takes, view->wording_count);
	if (v->plan->survey_count == 0)
		v->nothing = true;
}

/* Marks, times and facts */

static void take_marks(struct view_plan *v)
{
	const struct answer_filter *f = v->plan->q->filter;
	if (f->starred_only) {
		v->mark_bits |= CUBE_MARK_STARRED;
		v->marks_wanted |= CUBE_MARK_STARRED;
	}
	if (f->comment != FILTER_ANY || f->q_folded.at) {
		v->mark_bits |= CUBE_MARK_COMMENT;
		if (f->comment != FILTER_NO)
			v->marks_wanted |= CUBE_MARK_COMMENT;
	}
	v->nothing = v->nothing || (f->comment == FILTER_NO && f->q_folded.at);
}

int32_t view_second_from(int64_t instant)
{
	int64_t second = instant / CLOCK_SECOND + (instant % CLOCK_SECOND > 0) - CUBE_EPOCH;
	return second < INT32_MIN ? INT32_MIN : second > INT32_MAX ? INT32_MAX : (int32_t)second;
}

/* From `from` to the last second before `before`. */
static void take_times(int64_t from, int64_t before, int32_t *low, int32_t *high)
{
	*low = view_second_from(from);
	*high = view_second_from(before);
	if (before <= from || before / CLOCK_SECOND - CUBE_EPOCH <= INT32_MIN ||
	    from / CLOCK_SECOND - CUBE_EPOCH > INT32_MAX) {
		*low = INT32_MAX;
		*high = INT32_MIN;
	} else if (before / CLOCK_SECOND - CUBE_EPOCH <= INT32_MAX) {
		--*high;
	}
}

static void take_periods(struct view_plan *v)
{
	const struct cell_question *q = v->plan->q;
	const struct answer_filter *f = q->filter;
	take_times(f->from_day.at ? f->from : INT64_MIN / 2,
	           f->to_day.at ? f->before : INT64_MAX / 2, &v->now_low, &v->now_high);
	take_times(q->before_from, q->before_before, &v->before_low, &v->before_high);
}

/* Scores next to each other, as most are that are asked for. */
static bool take_scores(struct view_plan *v)
{
	const struct answer_filter *f = v->plan->q->filter;
	int low = -1, high = -1, taken = 0;
	if (f->states || f->counted_only)
		return false;
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		if (!cell_plan_takes(v->plan, RESPONSE_COMPLETE, score))
			continue;
		low = low < 0 ? score : low;
		high = score;
		taken++;
	}
	if (taken == 0 || taken != high - low + 1)
		return false;
	v->by_scores = true;
	v->score_low = (uint8_t)low;
	v->score_high = (uint8_t)high;
	return true;
}

static void take_facts(struct view_plan *v)
{
	const struct answer_filter *f = v->plan->q->filter;
	if (!f->groups && !f->scores && !f->states && !f->counted_only)
		return;
	if (take_scores(v))
		return;
	uint8_t *facts = takes_new(v, 256);
	for (unsigned i = 0; i < 256; i++) {
		int score = CUBE_SCORE(i) == CUBE_NO_SCORE ? SCORE_NONE : (int)CUBE_SCORE(i);
		unsigned state = CUBE_STATE(i);
		if (state >= RESPONSE_PARTIAL && state <= RESPONSE_DELETED &&
		    score <= NPS_SCORE_MAX)
			facts[i] =
			    cell_plan_takes(v->plan, (enum response_state)state, score) ? 255 : 0;
	}
	v->facts = facts;
}

bool view_plan_make(const struct facts *facts, struct cell_plan *plan, struct view_plan *out,
                    bool *can, struct err *err)
{
	struct view_plan *v = out;
	const struct answer_filter *f = plan->q->filter;
	*v = (struct view_plan){ .plan = plan, .view = facts->view };
	list_texts(v, VIEW_CHANNEL, &facts->view->channels, &f->fields[FILTER_CHANNEL]);
	list_texts(v, VIEW_SOURCE, &facts->view->sources, &f->fields[FILTER_SOURCE]);
	list_languages(v, &f->fields[FILTER_LANGUAGE]);
	list_imports(v);
	*can = list_properties(v);
	if (!*can)
		return true;
	list_wordings(v);
	take_marks(v);
	take_periods(v);
	take_facts(v);
	for (int d = 0; *can && d < 2; d++)
		*can = view_dim_make(v, d);
	return !*can || view_rows_make(facts, v, err);
}
