/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_dims.h"

#include "base/clock.h"
#include "base/zone.h"

#define SPAN_SHIFT 16 /* 18 hours: shorter than days are */

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
		Str text = cube_dict_text(names->dict, code);
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
	return view_second_from(zone_instant(zone, &start));
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
	int64_t day = calendar_day_of(&c, (low + CUBE_EPOCH) * CLOCK_SECOND);
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

bool view_dim_make(struct view_plan *v, int d)
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
