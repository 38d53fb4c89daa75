/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/watch_round.h"

#include "account/workspace.h"
#include "base/clock.h"
#include "base/zone.h"
#include "db/store.h"
#include "insight/alert.h"
#include "insight/part_json.h"

#include <math.h>

struct looking {
	struct arena arena;
	struct workspace workspace;
	const struct zone *zone;
	int64_t last; /* the newest day that is over */
	struct watch_row *known;
	size_t known_count;
	struct timeline timeline;
	struct watch
	    *watches; /* one a part of the timeline, then those that have no answer any more */
	struct watch_people *people;
	size_t count;
};

bool watch_today(struct db *db, int64_t workspace, int64_t now, int64_t *out, struct err *err)
{
	struct arena arena = { 0 };
	const struct zone *zone;
	bool ok = workspace_zone(db, workspace, &arena, &zone, err);
	if (ok)
		*out = zone_day(zone, now);
	arena_free(&arena);
	return ok;
}

static const struct watch_row *known_of(const struct looking *l, const struct watch *w)
{
	for (size_t i = 0; i < l->known_count; i++) {
		const struct watch *k = &l->known[i].watch;
		if (k->kind == w->kind && k->brand_id == w->brand_id &&
		    k->touchpoint_id == w->touchpoint_id)
			return &l->known[i];
	}
	return NULL;
}

static int64_t first_day(const struct looking *l)
{
	int64_t first = l->last - WATCH_PAST_DAYS + 1;
	for (size_t i = 0; i < l->known_count; i++) {
		const struct watch *w = &l->known[i].watch;
		int64_t day = w->baseline_to ? w->baseline_from : w->begin_day;
		first = day < first ? day : first;
	}
	return first;
}

static bool facts_for(struct looking *l, struct db *db, struct cubes *cubes, struct facts *out,
                      struct err *err)
{
	if (cubes)
		return facts_open(cubes, db, l->workspace.id, 0, &l->arena, out, err);
	*out = facts_of_tables(db, l->workspace.id);
	return true;
}

static bool read_answers(struct looking *l, struct db *db, struct cubes *cubes, struct err *err)
{
	struct facts facts;
	struct answer_filter f = { 0 };
	struct civil from = { 0 }, before = { 0 };
	date_from_days(first_day(l), &from.year, &from.month, &from.day);
	date_from_days(l->last + 1, &before.year, &before.month, &before.day);
	f.from_day = part_day(&l->arena, first_day(l));
	f.to_day = part_day(&l->arena, l->last);
	f.from = zone_instant(l->zone, &from);
	f.before = zone_instant(l->zone, &before);
	const struct cell_question q = { .scope = &team_scope_whole,
		                         .filter = &f,
		                         .zone = l->zone,
		                         .week_start = l->workspace.week_start };
	return facts_for(l, db, cubes, &facts, err) &&
	       timeline_read(&facts, &l->arena, q, &l->timeline, err);
}

static void settle(struct looking *l)
{
	size_t rows = l->timeline.cells.count[0];
	l->watches = ARENA_ARRAY(&l->arena, struct watch, rows + l->known_count + 1);
	l->people = ARENA_ARRAY(&l->arena, struct watch_people, rows + l->known_count + 1);
	for (size_t row = 0; row < rows; row++) {
		const struct cells *cells = &l->timeline.cells;
		const struct cell_part *part = &cells->parts[cells->values[0][row].id];
		struct watch *w = &l->watches[l->count];
		size_t count;
		const struct timed *at = timeline_of(&l->timeline, row, &count);
		if (count == 0)
			continue;
		*w = (struct watch){ .kind = part->kind,
			             .brand_id = part->brand_id,
			             .touchpoint_id = part->touchpoint_id };
		const struct watch_row *known = known_of(l, w);
		if (known)
			*w = known->watch;
		l->people[l->count] = watch_people_of(&l->arena, at, count);
		watch_settle(w, &l->people[l->count++], l->last);
	}
}

/* Scores whose answers are gone: the watch over them rests. */
static void settle_gone(struct looking *l)
{
	size_t with_answers = l->count;
	for (size_t i = 0; i < l->known_count; i++) {
		bool seen = false;
		const struct watch *k = &l->known[i].watch;
		for (size_t j = 0; j < with_answers; j++)
			seen = seen || (l->watches[j].kind == k->kind &&
			                l->watches[j].brand_id == k->brand_id &&
			                l->watches[j].touchpoint_id == k->touchpoint_id);
		if (seen)
			continue;
		l->watches[l->count] = *k;
		watch_settle(&l->watches[l->count], &l->people[l->count], l->last);
		l->count++;
	}
}

/* What a reader would see differ; the day alone is no reason to write. */
static bool differs(const struct watch *a, const struct watch *b)
{
	return a->state != b->state || a->begin_day != b->begin_day ||
	       a->baseline_from != b->baseline_from || a->baseline_to != b->baseline_to ||
	       a->series != b->series || a->promoters != b->promoters ||
	       a->passives != b->passives || a->detractors != b->detractors ||
	       a->people != b->people || fabs(a->per_week - b->per_week) >= 1;
}

static void look(struct looking *l, struct watch_found *found, bool *watching)
{
	int64_t series = 0;
	for (size_t i = 0; i < l->count; i++)
		series += l->watches[i].state == WATCH_ON ? WATCH_SERIES_EACH : 0;
	*watching = series > 0;
	found->watches = ARENA_ARRAY(&l->arena, struct watch, l->count + 1);
	for (size_t i = 0; i < l->count; i++) {
		struct watch *w = &l->watches[i];
		size_t changes;
		struct watch_change *change =
		    watch_look(w, &l->arena, &l->people[i], series, l->last, &changes);
		const struct watch_row *known = known_of(l, w);
		for (; changes > 0 && change->seen_day <= l->last - ALERT_NEWS_DAYS; changes--)
			change++;
		for (size_t k = 0; k < changes; k++)
			found->changes[found->change_count++] =
			    (struct alert_part){ .part = { .kind = w->kind,
				                           .brand_id = w->brand_id,
				                           .touchpoint_id = w->touchpoint_id },
				                 .change = change[k] };
		if (!known || changes || differs(&known->watch, w))
			found->watches[found->watch_count++] = *w;
	}
}

#define CHANGES_A_PART 32

static bool round_of(struct looking *l, struct store *store, struct db *db, struct cubes *cubes,
                     bool *watching, struct err *err)
{
	struct watch_found found = { 0 };
	l->last = zone_day(l->zone, clock_now(store_clock(store))) - 1;
	if (!watch_list(db, &l->arena, l->workspace.id, &l->known, &l->known_count, err) ||
	    !read_answers(l, db, cubes, err))
		return false;
	settle(l);
	settle_gone(l);
	found.changes = ARENA_ARRAY(&l->arena, struct alert_part, l->count * CHANGES_A_PART + 1);
	look(l, &found, watching);
	return found.watch_count == 0 ||
	       store_run(store, l->workspace.id, UNIT_BULK, watch_write, &found, err);
}

bool watch_round(struct store *store, struct db *db, struct cubes *cubes, int64_t workspace,
                 bool *watching, struct err *err)
{
	struct looking l = { 0 };
	db_bind_workspace(db, workspace);
	bool ok = workspace_find(db, workspace, &l.arena, &l.workspace, err) &&
	          zone_load(&l.arena, l.workspace.time_zone, &l.zone, err) &&
	          round_of(&l, store, db, cubes, watching, err);
	db_bind_workspace(db, 0);
	arena_free(&l.arena);
	return ok;
}
