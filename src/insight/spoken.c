/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/spoken.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/radix.h"
#include "base/zone.h"
#include "feedback/cells_mentions.h"

#define THEMES_MAX 64

struct comment {
	uint32_t person, stratum; /* a cell of language and channel */
	uint16_t week;
	uint64_t themes; /* as a spoken_unit's */
};

struct reading {
	const struct cells *cells;        /* by language and channel */
	int64_t starts[SPOKEN_WEEKS + 1]; /* instants at which weeks begin */
	size_t week;                      /* of the comment before: the next one's, most often */
	struct comment *at;
	size_t count, room;
	struct spoken *out;
};

/* False: it lies outside the weeks. */
static bool find_week(struct reading *r, int64_t at)
{
	size_t low = 0, high = SPOKEN_WEEKS;
	if (at < r->starts[0] || at >= r->starts[SPOKEN_WEEKS])
		return false;
	if (at >= r->starts[r->week] && at < r->starts[r->week + 1])
		return true;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (r->starts[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	r->week = low;
	return true;
}

static bool take(void *context, const struct fact *fact, const struct fact_mention *mentions,
                 size_t count, struct err *err)
{
	struct reading *r = context;
	(void)err;
	if (!find_week(r, fact->at))
		return true;
	if (r->count == r->room) {
		r->room = r->room ? r->room * 2 : 1024;
		r->at = mem_resize(r->at, r->room * sizeof(r->at[0]));
	}
	struct comment *c = &r->at[r->count++];
	*c = (struct comment){
		.person = fact->person,
		.stratum = (uint32_t)(fact->values[0] * r->cells->count[1] + fact->values[1]),
		.week = (uint16_t)r->week,
	};
	for (size_t i = 0; i < count; i++) {
		if (!(mentions[i].sayings & 1U << THEME_NAMED))
			continue;
		c->themes |= UINT64_C(1) << mentions[i].theme;
		r->out->comments[mentions[i].theme][r->week]++;
	}
	return true;
}

/* By week, then by person, then as they came. */
static struct radix_item *in_order(const struct reading *r)
{
	struct radix_item *sorted = mem_alloc((r->count + 1) * sizeof(*sorted));
	for (size_t i = 0; i < r->count; i++)
		sorted[i] =
		    (struct radix_item){ (uint64_t)r->at[i].week << 32 | r->at[i].person, i };
	radix_sort(sorted, r->count);
	return sorted;
}

/* Cells with most comments keep a number of their own, all others share the last. */
static uint16_t *number_strata(struct arena *a, const struct reading *r)
{
	size_t cells = r->cells->count[0] * r->cells->count[1];
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

static void make_units(struct arena *a, const struct reading *r)
{
	struct spoken *o = r->out;
	const uint16_t *number = number_strata(a, r);
	struct radix_item *sorted = in_order(r);
	o->units = ARENA_ARRAY(a, struct spoken_unit, r->count + 1);
	for (size_t i = 0; i < r->count; i++) {
		const struct comment *c = &r->at[sorted[i].what];
		const struct spoken_unit *last = o->count ? &o->units[o->count - 1] : NULL;
		bool same = last && c->person && last->person == c->person && last->week == c->week;
		if (!same)
			o->units[o->count++] = (struct spoken_unit){
				.person = c->person, .week = c->week, .stratum = number[c->stratum]
			};
		o->units[o->count - 1].themes |= c->themes;
	}
	free(sorted);
	o->from = ARENA_ARRAY(a, size_t, o->weeks + 1);
	for (size_t week = 0, i = 0; week <= o->weeks; week++) {
		while (i < o->count && o->units[i].week < week)
			i++;
		o->from[week] = i;
	}
}

static bool read_all(struct reading *r, const struct facts *facts, struct arena *a,
                     struct cell_question q, const struct workspace_theme *themes,
                     size_t theme_count, struct err *err)
{
	struct cells cells;
	Str codes[THEMES_MAX];
	for (size_t t = 0; t < theme_count; t++)
		codes[t] = themes[t].code;
	q.dims[0] = (struct dim){ .kind = DIM_LANGUAGE };
	q.dims[1] = (struct dim){ .kind = DIM_CHANNEL };
	r->cells = &cells;
	if (!cells_ask(facts, a, &q, &cells, err) ||
	    !cells_visit_mentions(facts, a, &q, &cells, codes, theme_count, take, r, err))
		return false;
	make_units(a, r);
	return true;
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
	struct reading r = { .out = out };
	for (size_t week = 0; week <= SPOKEN_WEEKS; week++)
		r.starts[week] = zone_day_start(q->zone, out->first_day + (int64_t)week * 7);
	bool ok = read_all(&r, facts, a, *q, themes, theme_count, err);
	free(r.at);
	return ok;
}
