/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/timeline.h"

#include "base/die.h"
#include "base/zone.h"

#include <stdlib.h>

struct seen {
	struct timed timed;
	uint32_t part;
};

struct reader {
	const struct zone *zone;
	int64_t day_from,
	    day_before; /* instants of the day of the last answer: the next is mostly of the same */
	int32_t day;
	struct seen *at;
	size_t count, room;
};

static int32_t day_of(struct reader *r, int64_t at)
{
	if (at < r->day_from || at >= r->day_before) {
		r->day = (int32_t)zone_day(r->zone, at);
		r->day_from = zone_day_start(r->zone, r->day);
		r->day_before = zone_day_start(r->zone, r->day + 1);
	}
	return r->day;
}

static bool keep(void *context, const struct fact *fact, struct err *err)
{
	struct reader *r = context;
	(void)err;
	if (r->count == r->room) {
		r->room = r->room ? r->room * 2 : 1024;
		r->at = mem_resize(r->at, r->room * sizeof(*r->at));
	}
	r->at[r->count++] = (struct seen){
		.timed = { .cluster = fact->cluster,
		           .person = fact->person,
		           .day = day_of(r, fact->at),
		           .value = (uint16_t)fact->values[1],
		           .score = (uint8_t)fact->score },
		.part = fact->values[0],
	};
	return true;
}

/* A row a part and a column a day of those that there are. */
struct places {
	int64_t first, days;
	size_t count;
	size_t *at; /* [count + 1] where each begins */
};

static struct places places_of(struct arena *a, const struct reader *r, size_t parts)
{
	int64_t first = r->at[0].timed.day, last = first;
	for (size_t i = 1; i < r->count; i++) {
		int64_t day = r->at[i].timed.day;
		first = day < first ? day : first;
		last = day > last ? day : last;
	}
	struct places p = { .first = first, .days = last - first + 1 };
	p.count = parts * (size_t)p.days;
	p.at = ARENA_ARRAY(a, size_t, p.count + 1);
	return p;
}

static size_t *place_of(const struct places *p, const struct seen *s)
{
	return &p->at[(size_t)s->part * (size_t)p->days + (size_t)(s->timed.day - p->first)];
}

/* Counts how many go where, then puts each there: answers are many and days are few. */
static void in_time(struct arena *a, const struct reader *r, size_t parts, struct timeline *out)
{
	struct places p = places_of(a, r, parts);
	size_t sum = 0;
	out->at = mem_alloc(r->count * sizeof(*out->at));
	arena_defer(a, free, out->at);
	for (size_t i = 0; i < r->count; i++)
		++*place_of(&p, &r->at[i]);
	for (size_t i = 0; i < p.count; i++) {
		size_t here = p.at[i];
		if (i % (size_t)p.days == 0)
			out->first[i / (size_t)p.days] = sum;
		p.at[i] = sum;
		sum += here;
	}
	out->first[parts] = sum;
	for (size_t i = 0; i < r->count; i++)
		out->at[(*place_of(&p, &r->at[i]))++] = r->at[i].timed;
}

bool timeline_read(const struct facts *facts, struct arena *a, struct cell_question q,
                   struct timeline *out, struct err *err)
{
	struct reader r = { .zone = q.zone };
	struct timeline t = { 0 };
	q.dims[0] = (struct dim){ .kind = DIM_PART };
	q.wants_clusters = false;
	bool ok = cells_ask(facts, a, &q, &t.cells, err) &&
	          cells_visit(facts, a, &q, &t.cells, keep, &r, err);
	t.first = ok ? ARENA_ARRAY(a, size_t, t.cells.count[0] + 1) : NULL;
	if (ok && r.count)
		in_time(a, &r, t.cells.count[0], &t);
	free(r.at);
	if (ok)
		*out = t;
	return ok;
}

const struct timed *timeline_of(const struct timeline *t, size_t part, size_t *count)
{
	*count = t->first[part + 1] - t->first[part];
	return t->at + t->first[part];
}
