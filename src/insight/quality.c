/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quality.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "insight/newest.h"
#include "insight/quality_rows.h"
#include "stats/nps_window.h"
#include "stats/quality_burst.h"
#include "stats/quality_copy.h"

/* Of either clock of stats/quality_burst.h. */
#define BURST_WINDOW 0.01
#define BURST_CHANCE 0.002 /* over all units together */
#define TOP          9
#define LOW          6

const char *quality_sign_name(enum quality_sign sign)
{
	static const char *const names[] = {
#define QUALITY_SIGN_NAME(sign, name) name,
		QUALITY_SIGNS(QUALITY_SIGN_NAME)
#undef QUALITY_SIGN_NAME
	};
	return names[sign];
}

struct gathering {
	struct quality_row *rows;
	size_t count;
};

static int by_id(const void *a, const void *b)
{
	const struct quality_row *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static bool has_sign(const struct quality_row *row, enum quality_sign sign)
{
	switch (sign) {
	case QUALITY_TOP:
		return row->score >= TOP;
	case QUALITY_LOW:
		return row->score <= LOW;
	case QUALITY_UNINVITED:
		return row->uninvited;
	case QUALITY_NUMBER:
		return row->names_number;
	case QUALITY_SIGN_COUNT:
		break;
	}
	return false;
}

static void count_signs(struct quality *q, const struct gathering *g)
{
	size_t invited = 0;
	for (size_t i = 0; i < g->count; i++) {
		struct quality_of_unit *unit = &q->units[g->rows[i].unit];
		unit->looked_at++;
		invited += g->rows[i].invited;
		for (int sign = 0; sign < QUALITY_SIGN_COUNT; sign++)
			unit->with[sign] += has_sign(&g->rows[i], (enum quality_sign)sign);
	}
	for (int sign = 0; sign < QUALITY_SIGN_COUNT; sign++)
		q->tells[sign] = sign != QUALITY_UNINVITED || invited > 0;
}

static void judge_signs(struct arena *a, struct quality *q)
{
	struct quality_unit *units = ARENA_ARRAY(a, struct quality_unit, q->unit_count + 1);
	for (int sign = 0; sign < QUALITY_SIGN_COUNT; sign++) {
		for (size_t i = 0; i < q->unit_count; i++) {
			double deff = nps_figure_of(q->units[i].sums).deff;
			units[i] = (struct quality_unit){ (double)q->units[i].looked_at / deff,
				                          (double)q->units[i].with[sign] / deff };
		}
		q->shares[sign] = quality_share_of(a, units, q->unit_count);
		for (size_t i = 0; i < q->unit_count; i++)
			q->units[i].judged[sign] = q->shares[sign].units[i];
	}
}

static bool is_apart(const struct quality_judged *judged)
{
	return judged->label == QUALITY_OFTEN || judged->label == QUALITY_SELDOM;
}

static void judge_unit(const struct quality *q, struct quality_of_unit *unit)
{
	bool told = !unit->value.rest;
	bool score = is_apart(&unit->judged[QUALITY_TOP]) || is_apart(&unit->judged[QUALITY_LOW]);
	bool uninvited =
	    q->tells[QUALITY_UNINVITED] && unit->judged[QUALITY_UNINVITED].label == QUALITY_OFTEN;
	bool number = unit->judged[QUALITY_NUMBER].label == QUALITY_OFTEN;
	bool beside = uninvited || number || unit->has_burst;
	unit->worth_a_look = told && (score || beside);
	unit->doubted = told && score && beside;
}

/* Every answer in order of time, and room for one unit's and all others' times. */
struct moment {
	int64_t at;
	uint32_t unit;
};

struct moments {
	struct moment *all;
	size_t count;
	int64_t *own, *others;
	double *at, *beside;
};

static int by_time(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

static struct moments moments_of(struct arena *a, const struct gathering *g)
{
	struct moments m = {
		ARENA_ARRAY(a, struct moment, g->count + 1), g->count,
		ARENA_ARRAY(a, int64_t, g->count + 1),       ARENA_ARRAY(a, int64_t, g->count + 1),
		ARENA_ARRAY(a, double, g->count + 1),        ARENA_ARRAY(a, double, g->count + 1)
	};
	for (size_t i = 0; i < g->count; i++)
		m.all[i] = (struct moment){ g->rows[i].at, g->rows[i].unit };
	qsort(m.all, m.count, sizeof *m.all, by_time);
	return m;
}

/* The unit's times, and those of all others from its first to its last. */
static size_t part_moments(const struct moments *m, size_t number, size_t *others)
{
	size_t own = 0, later = 0;
	*others = 0;
	for (size_t i = 0; i < m->count; i++)
		if (m->all[i].unit == number) {
			m->own[own++] = m->all[i].at;
			*others += later;
			later = 0;
		} else if (own > 0) {
			m->others[*others + later++] = m->all[i].at;
		}
	return own;
}

static void look_for_burst(const struct moments *m, size_t number, size_t units,
                           struct quality_of_unit *unit)
{
	size_t others, own = part_moments(m, number, &others);
	quality_burst_place(m->own, own, m->others, others, m->at);
	quality_burst_span(m->own, own, m->beside);
	quality_burst_even(m->at, own);
	quality_burst_even(m->beside, own);
	struct quality_burst burst = quality_burst_of(m->at, m->beside, own, BURST_WINDOW);
	/* Too few others are no clock. */
	if (others < QUALITY_ANSWERS || burst.chance > BURST_CHANCE / (double)units)
		return;
	unit->has_burst = true;
	unit->burst_chance = burst.chance;
	unit->burst_count = (int64_t)burst.count;
	unit->burst_from = m->own[burst.first];
	unit->burst_to = m->own[burst.first + burst.count - 1];
}

static bool is_looked_at(const struct quality_of_unit *unit)
{
	return unit->looked_at >= QUALITY_ANSWERS && !unit->value.rest;
}

static void look_for_bursts(struct arena *a, struct quality *q, const struct gathering *g)
{
	struct moments moments = moments_of(a, g);
	size_t judged = 0;
	for (size_t i = 0; i < q->unit_count; i++)
		judged += is_looked_at(&q->units[i]);
	for (size_t i = 0; i < q->unit_count; i++)
		if (is_looked_at(&q->units[i]))
			look_for_burst(&moments, i, judged, &q->units[i]);
}

static int largest_first(const void *a, const void *b)
{
	const struct quality_group *x = a, *y = b;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

static void add_group(struct quality_groups *groups, struct quality_group group)
{
	groups->all++;
	if (groups->count < QUALITY_GROUPS_MAX) {
		groups->list[groups->count++] = group;
	} else if (largest_first(&group, &groups->list[groups->count - 1]) < 0) {
		groups->list[groups->count - 1] = group;
	}
	qsort(groups->list, groups->count, sizeof group, largest_first);
}

static int by_key(const void *a, const void *b)
{
	const struct quality_row *const *x = a, *const *y = b;
	if ((*x)->key[0] != (*y)->key[0])
		return (*x)->key[0] < (*y)->key[0] ? -1 : 1;
	if ((*x)->key[1] != (*y)->key[1])
		return (*x)->key[1] < (*y)->key[1] ? -1 : 1;
	return by_id(*x, *y);
}

/* Rows with equal keys; key[0] of 0 is in no group. */
static void group_rows(struct quality_row **sorted, size_t count, size_t least,
                       struct quality_groups *out)
{
	qsort(sorted, count, sizeof(struct quality_row *), by_key);
	for (size_t first = 0, next; first < count; first = next) {
		const struct quality_row *row = sorted[first];
		for (next = first + 1; next < count && sorted[next]->key[0] == row->key[0] &&
		                       sorted[next]->key[1] == row->key[1];)
			next++;
		if (row->key[0] == 0 || next - first < least)
			continue;
		const struct quality_row *newest = sorted[next - 1];
		add_group(out, (struct quality_group){ newest->id, newest->at, next - first });
		out->answers += (int64_t)(next - first);
	}
}

static void look_for_copies(struct arena *a, struct quality *q, const struct gathering *g)
{
	struct quality_row **sorted = ARENA_ARRAY(a, struct quality_row *, g->count + 1);
	struct quality_answer *answers = ARENA_ARRAY(a, struct quality_answer, g->count + 1);
	for (size_t i = 0; i < g->count; i++) {
		struct quality_row *row = &g->rows[i];
		sorted[i] = row;
		answers[i] = (struct quality_answer){ row->text, 0, row->at / CLOCK_MINUTE };
		row->key[0] = row->text;
		row->key[1] = (uint64_t)answers[i].minute;
	}
	struct quality_copies copies = quality_copy_of(a, answers, g->count);
	group_rows(sorted, g->count, 2, &q->copies);
	q->copies.answers = (int64_t)copies.copies;
	for (size_t i = 1; i < g->count; i++)
		if (sorted[i]->key[0] && sorted[i]->key[0] == sorted[i - 1]->key[0] &&
		    sorted[i]->key[1] == sorted[i - 1]->key[1])
			sorted[i]->doubted = true;
}

static void look_for_people(struct arena *a, const struct zone *zone, struct quality *q,
                            const struct gathering *g)
{
	struct quality_row **sorted = ARENA_ARRAY(a, struct quality_row *, g->count + 1);
	for (size_t i = 0; i < g->count; i++) {
		sorted[i] = &g->rows[i];
		g->rows[i].key[0] = g->rows[i].person;
		g->rows[i].key[1] = (uint64_t)zone_day(zone, g->rows[i].at);
	}
	group_rows(sorted, g->count, QUALITY_AGAIN, &q->again);
}

static void sum_both(struct quality *q, const struct gathering *g)
{
	struct nps_window all = { 0 }, without = { 0 };
	for (size_t i = 0; i < g->count; i++) {
		const struct quality_row *row = &g->rows[i];
		const struct quality_of_unit *unit = &q->units[row->unit];
		bool in_burst =
		    unit->has_burst && row->at >= unit->burst_from && row->at <= unit->burst_to;
		nps_window_add(&all, row->cluster, row->person, row->score);
		if (!row->doubted && !unit->doubted && !in_burst)
			nps_window_add(&without, row->cluster, row->person, row->score);
	}
	q->all = all.sums;
	q->without = without.sums;
	nps_window_free(&all);
	nps_window_free(&without);
}

static int first_to_look_at(const void *a, const void *b)
{
	const struct quality_of_unit *x = a, *y = b;
	int64_t left = (x->doubted * 2 + x->worth_a_look), right = y->doubted * 2 + y->worth_a_look;
	if (left != right)
		return left < right ? 1 : -1;
	if (x->looked_at != y->looked_at)
		return x->looked_at < y->looked_at ? 1 : -1;
	return str_cmp(x->value.text, y->value.text);
}

static void look_at_all(struct arena *a, const struct zone *zone, struct quality *q,
                        const struct gathering *g)
{
	count_signs(q, g);
	judge_signs(a, q);
	look_for_bursts(a, q, g);
	for (size_t i = 0; i < q->unit_count; i++)
		judge_unit(q, &q->units[i]);
	look_for_copies(a, q, g);
	look_for_people(a, zone, q, g);
	sum_both(q, g);
	qsort(q->units, q->unit_count, sizeof *q->units, first_to_look_at);
}

static void gather(struct arena *a, const struct newest *newest, struct gathering *g)
{
	g->rows = ARENA_ARRAY(a, struct quality_row, newest->count + 1);
	g->count = newest->count;
	for (size_t i = 0; i < g->count; i++) {
		const struct fact *fact = &newest->at[i];
		g->rows[i] = (struct quality_row){ .id = fact->id,
			                           .at = fact->at,
			                           .cluster = fact->cluster,
			                           .person = fact->person,
			                           .score = fact->score,
			                           .unit = fact->values[0] };
	}
}

static bool visit(const struct facts *facts, struct arena *a, const struct cell_question *q,
                  struct quality *out, struct gathering *g, struct err *err)
{
	struct newest newest;
	if (!cells_ask(facts, a, q, &out->cells, err) ||
	    !newest_read(facts, a, q, &out->cells, SIZE_MAX, QUALITY_MAX, &newest, err))
		return false;
	gather(a, &newest, g);
	out->unit_count = out->cells.count[0];
	out->units = ARENA_ARRAY(a, struct quality_of_unit, out->unit_count + 1);
	for (size_t i = 0; i < out->unit_count; i++) {
		out->units[i].value = out->cells.values[0][i];
		out->units[i].sums = &out->cells.at[i].sums;
	}
	return true;
}

bool quality_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                 Str part, struct quality *out, struct err *err)
{
	struct quality found = { 0 };
	struct gathering g = { 0 };
	struct cell_question cells = *q;
	if (dim_is_set(&q->dims[0]))
		return err_at(err, ERR_INVALID, "by", "must not be tag: answers share tags");
	cells.dims[0] = (struct dim){ 0 };
	if (!one_part_choose(facts, a, &cells, part, &found.part, err))
		return false;
	if (found.part.part) {
		cells = *q;
		cells.part = found.part.part;
		cells.wants_clusters = true;
		size_t unread;
		if (!visit(facts, a, &cells, &found, &g, err) ||
		    !quality_rows_read(facts, a, &cells, g.rows, g.count, &found, &unread, err))
			return false;
		g.rows += unread;
		g.count -= unread;
		found.looked_into = (int64_t)g.count;
		look_at_all(a, q->zone, &found, &g);
	}
	*out = found;
	return true;
}
