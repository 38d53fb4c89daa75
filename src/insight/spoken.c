/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/spoken.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/zone.h"

#define THEMES_MAX 64
#define NO_UNIT    SIZE_MAX

struct comment {
	int64_t id;
	uint32_t person, stratum; /* a cell of language and channel */
	uint16_t week;
	size_t unit;
};

struct reading {
	const struct zone *zone;
	int64_t first_day; /* of week 0 */
	size_t weeks;
	struct comment *at;
	size_t count, room, next;
	struct cells cells; /* of the visit at hand */
	uint64_t *theme_of; /* a bit each, by place among the cells' values; 0: not asked about */
	struct spoken *out;
};

static bool take(void *context, const struct fact *fact, struct err *err)
{
	struct reading *r = context;
	int64_t day = zone_day(r->zone, fact->at) - r->first_day;
	(void)err;
	if (day < 0 || day >= (int64_t)r->weeks * 7)
		return true;
	if (r->count == r->room) {
		r->room = r->room ? r->room * 2 : 1024;
		r->at = mem_resize(r->at, r->room * sizeof(r->at[0]));
	}
	r->at[r->count++] = (struct comment){
		.id = fact->id,
		.person = fact->person,
		.stratum = (uint32_t)(fact->values[0] * r->cells.count[1] + fact->values[1]),
		.week = (uint16_t)(day / 7),
	};
	return true;
}

static int by_person(const void *x, const void *y)
{
	const struct comment *const *a = x, *const *b = y;
	if ((*a)->person != (*b)->person)
		return (*a)->person < (*b)->person ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

/* By week, then by person: weeks are few, so each goes to its own first. */
static struct comment **in_order(struct reading *r)
{
	struct comment **sorted = mem_alloc((r->count + 1) * sizeof(struct comment *));
	size_t *next = mem_zeroed(r->weeks + 1, sizeof(*next));
	for (size_t i = 0; i < r->count; i++)
		next[r->at[i].week + 1]++;
	for (size_t week = 0; week < r->weeks; week++)
		next[week + 1] += next[week];
	for (size_t i = 0; i < r->count; i++)
		sorted[next[r->at[i].week]++] = &r->at[i];
	for (size_t week = 0; week < r->weeks; week++) {
		size_t first = week ? next[week - 1] : 0;
		qsort(sorted + first, next[week] - first, sizeof(struct comment *), by_person);
	}
	free(next);
	return sorted;
}

/* Cells with most comments keep a number of their own, all others share the last. */
static uint16_t *number_strata(struct arena *a, const struct reading *r)
{
	size_t cells = r->cells.count[0] * r->cells.count[1];
	uint16_t *number = ARENA_ARRAY(a, uint16_t, cells + 1);
	size_t *comments = ARENA_ARRAY(a, size_t, cells + 1);
	for (size_t i = 0; i < r->count; i++)
		comments[r->at[i].stratum]++;
	for (size_t i = 0; i < cells; i++)
		number[i] = SPOKEN_STRATA - 1;
	for (uint16_t n = 0; n < SPOKEN_STRATA - 1; n++) {
		size_t most = 0;
		for (size_t i = 1; i < cells; i++)
			if (comments[i] > comments[most])
				most = i;
		if (cells == 0 || comments[most] == 0)
			break;
		number[most] = n;
		comments[most] = 0;
	}
	return number;
}

static void make_units(struct arena *a, struct reading *r)
{
	struct spoken *o = r->out;
	const uint16_t *number = number_strata(a, r);
	struct comment **sorted = in_order(r);
	o->units = ARENA_ARRAY(a, struct spoken_unit, r->count + 1);
	for (size_t i = 0; i < r->count; i++) {
		struct comment *c = sorted[i];
		const struct spoken_unit *last = o->count ? &o->units[o->count - 1] : NULL;
		bool same = last && c->person && last->person == c->person && last->week == c->week;
		if (!same)
			o->units[o->count++] = (struct spoken_unit){
				.person = c->person, .week = c->week, .stratum = number[c->stratum]
			};
		c->unit = o->count - 1;
	}
	free(sorted);
	o->from = ARENA_ARRAY(a, size_t, o->weeks + 1);
	for (size_t week = 0, i = 0; week <= o->weeks; week++) {
		while (i < o->count && o->units[i].week < week)
			i++;
		o->from[week] = i;
	}
}

/* Answers come in the same order as before. */
static bool take_theme(void *context, const struct fact *fact, struct err *err)
{
	struct reading *r = context;
	uint64_t theme = r->theme_of[fact->values[0]];
	(void)err;
	while (r->next < r->count && r->at[r->next].id != fact->id) {
		/* One that lies outside the weeks was not taken. */
		int64_t day = zone_day(r->zone, fact->at) - r->first_day;
		if (day < 0 || day >= (int64_t)r->weeks * 7)
			return true;
		r->next++;
	}
	if (r->next == r->count)
		return true;
	const struct comment *c = &r->at[r->next];
	r->out->units[c->unit].themes |= theme;
	if (theme)
		r->out->comments[__builtin_ctzll(theme)][c->week]++;
	return true;
}

static bool read_all(struct reading *r, const struct facts *facts, struct arena *a,
                     struct cell_question q, const struct workspace_theme *themes,
                     size_t theme_count, struct err *err)
{
	struct cells *cells = &r->cells;
	q.dims[0] = (struct dim){ .kind = DIM_LANGUAGE };
	q.dims[1] = (struct dim){ .kind = DIM_CHANNEL };
	if (!cells_ask(facts, a, &q, cells, err) || !cells_visit(facts, a, &q, cells, take, r, err))
		return false;
	make_units(a, r);
	q.dims[0] = (struct dim){ .kind = DIM_THEME };
	q.dims[1] = (struct dim){ 0 };
	if (!cells_ask(facts, a, &q, cells, err))
		return false;
	r->theme_of = ARENA_ARRAY(a, uint64_t, cells->count[0] + 1);
	for (size_t i = 0; i < cells->count[0]; i++)
		for (size_t t = 0; t < theme_count; t++)
			if (cells->values[0][i].text.at &&
			    str_eq(themes[t].code, cells->values[0][i].text))
				r->theme_of[i] = UINT64_C(1) << t;
	return cells_visit(facts, a, &q, cells, take_theme, r, err);
}

bool spoken_read(const struct facts *facts, struct arena *a, const struct cell_question *q,
                 const struct workspace_theme *themes, size_t theme_count, int64_t today,
                 struct spoken *out, struct err *err)
{
	MUST(theme_count <= THEMES_MAX);
	/* 1970-01-04 was a Sunday: the week that is not over begins on the last of its first days. */
	int64_t into = ((today - 3 - q->week_start) % 7 + 7) % 7;
	*out = (struct spoken){ .weeks = SPOKEN_WEEKS };
	out->first_day = today - into - (int64_t)SPOKEN_WEEKS * 7;
	out->comments = arena_alloc(a, (theme_count + 1) * sizeof(*out->comments));
	for (size_t t = 0; t < theme_count; t++)
		for (size_t week = 0; week < SPOKEN_WEEKS; week++)
			out->comments[t][week] = 0;
	struct reading r = {
		.zone = q->zone, .first_day = out->first_day, .weeks = out->weeks, .out = out
	};
	bool ok = read_all(&r, facts, a, *q, themes, theme_count, err);
	free(r.at);
	return ok;
}
