/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_plan.h"

#include <string.h>

#include "base/fold.h"
#include "base/zone.h"
#include "feedback/cells_view_rows.h"
#include "survey/definition.h"

#define SECOND     INT64_C(1000000)
#define SPAN_SHIFT 16 /* 18 hours: shorter than days are */

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

static Str text_of(const struct cube_names *names, uint32_t code)
{
	return code ? cube_dict_text(names->dict, code) : (Str){ 0 };
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
		takes[code] = has(values->at, values->count, text_of(names, code)) ? 255 : 0;
	add_list(v, column, 0, takes, names->count);
}

static void list_languages(struct view_plan *v, const struct filter_values *values)
{
	const struct cube_names *names = &v->view->languages;
	if (values->count == 0)
		return;
	uint8_t *takes = takes_new(v, names->count);
	for (uint32_t code = 0; code < names->count; code++)
		takes[code] = filter_takes_language(values, text_of(names, code)) ? 255 : 0;
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
		takes[code] = count == 0 || has(values, count, text_of(names, code)) ? 255 : 0;
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

/* The first second that is not before the instant. */
static int32_t second_from(int64_t instant)
{
	int64_t second = instant / SECOND + (instant % SECOND > 0) - CUBE_EPOCH;
	return second < INT32_MIN ? INT32_MIN : second > INT32_MAX ? INT32_MAX : (int32_t)second;
}

/* From `from` to the last second before `before`. */
static void take_times(int64_t from, int64_t before, int32_t *low, int32_t *high)
{
	*low = second_from(from);
	*high = second_from(before);
	if (before <= from || before / SECOND - CUBE_EPOCH <= INT32_MIN ||
	    from / SECOND - CUBE_EPOCH > INT32_MAX) {
		*low = INT32_MAX;
		*high = INT32_MIN;
	} else if (before / SECOND - CUBE_EPOCH <= INT32_MAX) {
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

/* Dimensions */

static void number_values(struct view_plan *v, struct view_dim *d, uint32_t codes)
{
	d->codes = codes;
	d->values.count = codes;
	d->values.at = ARENA_ARRAY(v->plan->arena, struct cell_value, codes + 1);
	d->values.answers = ARENA_ARRAY(v->plan->arena, int64_t, codes + 1);
}

/* Values of texts; those that are one value (hidden, or of one language) share a number. */
static void dim_texts(struct view_plan *v, int d, const struct cube_names *names)
{
	struct view_dim *dim = &v->dims[d];
	struct arena *a = v->plan->arena;
	struct cell_numbers numbers = { 0 };
	uint32_t *number_of = ARENA_ARRAY(a, uint32_t, names->count + 1);
	bool shares = dim->kind == DIM_LANGUAGE || v->plan->q->hides_names;
	number_values(v, dim, names->count);
	for (uint32_t code = 0; code < names->count; code++) {
		Str text = text_of(names, code);
		if (dim->kind == DIM_LANGUAGE)
			text = cell_language(a, text);
		text = cell_plan_text(v->plan, d, text);
		shares = shares || (code > 0 && !text.at);
		dim->values.at[code].text = text;
	}
	if (!shares)
		return;
	for (uint32_t code = 0; code < names->count; code++)
		number_of[code] = cell_number(&numbers, dim->values.at[code]);
	for (uint32_t code = 0; code < names->count; code++) {
		Str text = dim->values.at[code].text;
		if (number_of[code] != code)
			dim->values.at[number_of[code]].text = text;
	}
	dim->values.count = numbers.count;
	dim->number_of = number_of;
	cell_numbers_free(&numbers);
}

static void dim_wordings(struct view_plan *v, struct view_dim *dim)
{
	const struct cube_view *view = v->view;
	struct arena *a = v->plan->arena;
	dim->column = VIEW_WORDING;
	number_values(v, dim,
	              dim->kind == DIM_PART ? (uint32_t)v->plan->part_count + 1
	                                    : view->wording_count);
	dim->codes = view->wording_count;
	uint32_t *number_of = ARENA_ARRAY(a, uint32_t, view->wording_count + 1);
	for (uint32_t code = 1; code < view->wording_count; code++) {
		const struct cube_wording *w = &view->wordings[code];
		const struct cell_survey *s = cell_plan_survey(v->plan, w->survey);
		if (!s)
			continue;
		number_of[code] = code;
		if (dim->kind == DIM_PART)
			number_of[code] = s->part + 1;
		for (uint32_t i = 1; dim->kind == DIM_SURVEY && i < code; i++)
			if (view->wordings[i].survey == w->survey) {
				number_of[code] = i;
				break;
			}
		struct cell_value *value = &dim->values.at[number_of[code]];
		if (dim->kind == DIM_PART)
			*value = (struct cell_value){ .id = s->part };
		else
			*value =
			    (struct cell_value){ .text = s->slug,
				                 .id = s->id,
				                 .version =
				                     dim->kind == DIM_WORDING ? w->version : 0 };
	}
	dim->number_of = number_of;
}

static void dim_groups(struct view_plan *v, struct view_dim *dim)
{
	static const int of[] = { 0, 7, 9 };
	number_values(v, dim, 3);
	for (int i = 0; i < 3; i++)
		dim->values.at[(int)nps_group_of(of[i])] = cell_group_value(of[i]);
}

static void dim_sentiments(struct view_plan *v, struct view_dim *dim)
{
	number_values(v, dim, UNDERSTOOD_COUNT);
	for (int i = 0; i < UNDERSTOOD_COUNT; i++)
		dim->values.at[i] = cell_understood_value((enum understood)i);
}

static void dim_tenures(struct view_plan *v, struct view_dim *dim)
{
	number_values(v, dim, TENURE_COUNT + 1);
	for (int i = 0; i < TENURE_COUNT; i++)
		dim->values.at[i + 1] =
		    (struct cell_value){ .text = cell_tenure_text((enum tenure)i), .id = i };
}

static void dim_accounts(struct view_plan *v, struct view_dim *dim)
{
	dim->column = VIEW_ACCOUNT;
	number_values(v, dim, v->view->account_count ? v->view->account_count : 1);
	for (uint32_t i = 1; i < v->view->account_count; i++)
		dim->values.at[i].id = cube_view_account_id(v->view, i);
}

/* A number of 0 is of those without an account. */
static void dim_account_sizes(struct view_plan *v, struct view_dim *dim)
{
	uint32_t codes = v->view->account_count ? v->view->account_count : 1;
	uint32_t *number_of = ARENA_ARRAY(v->plan->arena, uint32_t, codes + 1);
	dim->column = VIEW_ACCOUNT;
	number_values(v, dim, ACCOUNT_SIZE_COUNT + 1);
	dim->codes = codes;
	for (uint32_t code = 1; code < codes; code++) {
		struct cell_value value =
		    cell_account_value(v->plan, cube_view_account_id(v->view, code));
		number_of[code] = (uint32_t)value.id + 1;
		dim->values.at[value.id + 1] = value;
	}
	dim->number_of = number_of;
}

/* Seconds of the chunks that are asked for. */
static bool times_of(const struct view_plan *v, int32_t *low, int32_t *high)
{
	bool any = false;
	for (size_t i = 0; i < v->view->chunk_count; i++) {
		const struct cube_chunk *c = v->view->chunks[i];
		if (view_plan_skips(v, c))
			continue;
		*low = !any || c->min_time < *low ? c->min_time : *low;
		*high = !any || c->max_time > *high ? c->max_time : *high;
		any = true;
	}
	return any;
}

static int32_t start_of(const struct zone *zone, int64_t day)
{
	struct civil start = { 0 };
	date_from_days(day, &start.year, &start.month, &start.day);
	return second_from(zone_instant(zone, &start));
}

/* Where each span of time begins among the bounds. */
static void span_starts(struct view_plan *v, struct view_dim *dim, const int32_t *bounds,
                        uint32_t count, int32_t low, int32_t high)
{
	uint32_t shift = SPAN_SHIFT, reached = 0;
	for (uint32_t i = 0; i + 2 < count; i++)
		while (bounds[i + 1] - bounds[i] < INT32_C(1) << shift)
			shift--;
	uint32_t spans = (((uint32_t)high - (uint32_t)low) >> shift) + 1;
	uint32_t *start = ARENA_ARRAY(v->plan->arena, uint32_t, spans);
	for (uint32_t i = 0; i < spans; i++) {
		int64_t begins = low + ((int64_t)i << shift);
		while (reached < count && bounds[reached] <= begins)
			reached++;
		start[i] = reached;
	}
	dim->spans = (struct scan_spans){ low, shift, start, bounds };
	dim->span_count = count;
	dim->span_end = high;
}

/* Seconds that a period has at least, whatever a zone does to its days. */
static int64_t shortest(enum period_unit unit)
{
	switch (unit) {
	case PERIOD_NONE:
	case PERIOD_DAY:
		return 43200;
	case PERIOD_WEEK:
		return INT64_C(86400) * 5;
	case PERIOD_MONTH:
		return INT64_C(86400) * 26;
	case PERIOD_QUARTER:
		return INT64_C(86400) * 85;
	}
	return 1;
}

/* Periods that have a second at least, from the one that holds `low`. */
static void dim_times(struct view_plan *v, struct view_dim *dim, const struct dim *asked)
{
	const struct cell_question *q = v->plan->q;
	struct arena *a = v->plan->arena;
	struct calendar c = { .zone = q->zone, .unit = asked->unit, .week_start = q->week_start };
	int32_t low = 0, high = 0;
	times_of(v, &low, &high);
	int64_t day = calendar_day_of(&c, (low + CUBE_EPOCH) * SECOND);
	uint32_t room = (uint32_t)(((int64_t)high - low) / shortest(asked->unit) + 3), count = 0;
	int32_t *bounds = ARENA_ARRAY(a, int32_t, room + 1);
	number_values(v, dim, room);
	for (; count < room; day = calendar_next(&c, day)) {
		int32_t next = start_of(q->zone, calendar_next(&c, day));
		if (next <= low || (count > 0 && next <= bounds[count - 1]))
			continue;
		dim->values.at[count].id = day;
		bounds[count++] = next;
		if (next > high)
			break;
	}
	dim->codes = dim->values.count = count;
	bounds[count] = bounds[count - 1] = INT32_MAX;
	span_starts(v, dim, bounds, count, low, high);
}

/* False: the view does not have it. */
static bool dim_named(struct view_plan *v, int d, const struct cube_property *all, size_t count)
{
	struct view_dim *dim = &v->dims[d];
	static const struct cube_names nothing = { .count = 1 };
	dim->column = VIEW_PROPERTY;
	dim->property = cube_property_find(all, count, v->plan->q->dims[d].name);
	if (dim->property == SIZE_MAX) {
		dim_texts(v, d, &nothing);
		return !v->view->names_cut;
	}
	dim_texts(v, d, &all[dim->property].values);
	return true;
}

static void dim_column(struct view_plan *v, int d, enum view_column column,
                       const struct cube_names *names)
{
	v->dims[d].column = column;
	dim_texts(v, d, names);
}

static bool dim_make(struct view_plan *v, int d)
{
	const struct cube_view *view = v->view;
	struct view_dim *dim = &v->dims[d];
	dim->kind = v->plan->q->dims[d].kind;
	switch (dim->kind) {
	case DIM_NONE:
		number_values(v, dim, 1);
		return true;
	case DIM_PART:
	case DIM_SURVEY:
	case DIM_WORDING:
		dim_wordings(v, dim);
		return true;
	case DIM_TIME:
		dim_times(v, dim, &v->plan->q->dims[d]);
		return true;
	case DIM_CHANNEL:
		dim_column(v, d, VIEW_CHANNEL, &view->channels);
		return true;
	case DIM_LANGUAGE:
		dim_column(v, d, VIEW_LANGUAGE, &view->languages);
		return true;
	case DIM_SOURCE:
		dim_column(v, d, VIEW_SOURCE, &view->sources);
		return true;
	case DIM_TAG:
	case DIM_THEME:
		return true;
	case DIM_SENTIMENT:
		dim_sentiments(v, dim);
		return true;
	case DIM_GROUP:
		dim_groups(v, dim);
		return true;
	case DIM_PROPERTY:
		return dim_named(v, d, view->properties, view->property_count);
	case DIM_TRAIT:
		return view->people && dim_named(v, d, view->traits, view->trait_count);
	case DIM_TENURE:
		dim_tenures(v, dim);
		return view->people != NULL;
	case DIM_ACCOUNT:
		dim_accounts(v, dim);
		return true;
	case DIM_ACCOUNT_SIZE:
		dim_account_sizes(v, dim);
		return true;
	}
	return false;
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
		*can = dim_make(v, d);
	return !*can || view_rows_make(facts, v, err);
}
