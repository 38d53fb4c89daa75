/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/trend.h"

#include "base/die.h"
#include "base/zone.h"
#include "insight/timeline.h"
#include "stats/changepoint.h"
#include "stats/mix_change.h"
#include "stats/nps_window.h"

#include <math.h>

/* A rolling trend of so many days has a point a day, a longer one a point a week. */
#define DAYS_ONE_BY_ONE 186
/* The search for changes takes time by the square: longer series are cut into weeks. */
#define BUCKETS_MAX  800
#define CHANNELS_MAX 12
/* Answers on each side of a change of the mix: there are several channels, each with a chance of its own to seem changed. */
#define MIX_LEAST 60
#define POINTS    100
/* Answers between the one that is counted and the one whose owner is fetched. */
#define AHEAD 24

struct asking {
	struct arena *a;
	const struct trend_question *q;
	int64_t from_day,
	    to_day; /* what the filter takes; the earliest and today where it does not say */
	bool has_from;
	enum period_unit every;
};

static void expect(const struct nps_window *w, const struct timed *at, size_t count, size_t i)
{
	if (i + AHEAD < count)
		nps_window_expect(w, at[i + AHEAD].cluster, at[i + AHEAD].person);
}

/* Windows follow each other: both ends only ever move on. */
static void count_points(const struct timed *at, size_t count, struct trend_point *points,
                         size_t point_count)
{
	struct nps_window w = { 0 };
	size_t in = 0, out = 0;
	for (size_t i = 0; i < point_count; i++) {
		for (; in < count && at[in].day <= points[i].last_day; in++) {
			expect(&w, at, count, in);
			nps_window_add(&w, at[in].cluster, at[in].person, at[in].score);
		}
		for (; out < in && at[out].day < points[i].first_day; out++) {
			expect(&w, at, count, out);
			nps_window_take(&w, at[out].cluster, at[out].person, at[out].score);
		}
		points[i].sums = w.sums;
	}
	nps_window_free(&w);
}

/* From the newest day backwards, so that the last point is the latest there can be. */
static void rolling_points(const struct asking *ask, int64_t first, int64_t last,
                           struct trend_part *out)
{
	int64_t step = ask->every == PERIOD_DAY ? 1 : 7;
	size_t count = (size_t)((last - first) / step + 1);
	out->points = ARENA_ARRAY(ask->a, struct trend_point, count);
	out->point_count = count;
	for (size_t i = 0; i < count; i++) {
		int64_t day = last - (int64_t)(count - 1 - i) * step;
		out->points[i].first_day = day - TREND_WINDOW + 1;
		out->points[i].last_day = day;
	}
}

static void calendar_points(const struct asking *ask, int64_t first, int64_t last,
                            struct trend_part *out)
{
	struct calendar c = { .zone = ask->q->zone,
		              .unit = ask->every,
		              .week_start = ask->q->week_start };
	int64_t begin = calendar_day_of(&c, zone_day_start(c.zone, first) + 1);
	size_t count = 0;
	for (int64_t day = begin; day <= last; day = calendar_next(&c, day))
		count++;
	out->points = ARENA_ARRAY(ask->a, struct trend_point, count + 1);
	for (int64_t day = begin; day <= last; day = calendar_next(&c, day)) {
		int64_t end = calendar_next(&c, day) - 1;
		out->points[out->point_count++] =
		    (struct trend_point){ .first_day = day > ask->from_day ? day : ask->from_day,
			                  .last_day = end < ask->to_day ? end : ask->to_day };
	}
}

/* Days or weeks: answers by what they say and by channel. */
struct buckets {
	struct changepoint_bucket *scores;
	double *channels; /* [count x channel_count] */
	size_t count, channel_count;
	int64_t first, days; /* of a bucket */
};

/* Those with most answers come first; all others are one more. */
static size_t channel_of(const struct buckets *b, uint32_t value)
{
	return value < b->channel_count ? value : b->channel_count - 1;
}

static struct buckets count_buckets(struct arena *a, const struct timed *at, size_t count,
                                    int64_t first, int64_t last, size_t channels)
{
	struct buckets b = { .first = first, .days = last - first + 1 > BUCKETS_MAX ? 7 : 1 };
	b.count = (size_t)((last - first) / b.days + 1);
	b.channel_count = channels < CHANNELS_MAX ? channels : CHANNELS_MAX + 1;
	b.scores = ARENA_ARRAY(a, struct changepoint_bucket, b.count);
	b.channels = ARENA_ARRAY(a, double, b.count *b.channel_count);
	for (size_t i = 0; i < count; i++) {
		if (at[i].day < first || at[i].day > last)
			continue;
		size_t bucket = (size_t)((at[i].day - first) / b.days);
		double x = ((double)nps_group_of(at[i].score) - 1) * POINTS;
		b.scores[bucket].n++;
		b.scores[bucket].s += x;
		b.scores[bucket].ss += x * x;
		b.channels[bucket * b.channel_count + channel_of(&b, at[i].value)]++;
	}
	return b;
}

static double deff_of(const struct trend_part *part)
{
	struct nps_figure f = nps_figure_of(&part->sums);
	return f.deff > 1 ? f.deff : 1;
}

static int64_t bucket_day(const struct buckets *b, size_t i)
{
	return b->first + (int64_t)i * b->days;
}

static void find_changes(const struct asking *ask, const struct buckets *b, struct trend_part *out)
{
	const struct changepoint_how how = { .deff = deff_of(out),
		                             .least = NPS_ANSWERS_FIRM,
		                             .half_scale = POINTS };
	struct changepoint_list list = changepoint_find(ask->a, b->scores, b->count, &how);
	out->changes = ARENA_ARRAY(ask->a, struct trend_change, list.count + 1);
	out->change_count = list.count;
	for (size_t i = 0; i < list.count; i++) {
		const struct changepoint *c = &list.items[i];
		out->changes[i] = (struct trend_change){ bucket_day(b, c->at),
			                                 bucket_day(b, c->from),
			                                 bucket_day(b, c->to),
			                                 c->before,
			                                 c->after,
			                                 c->size,
			                                 c->lo,
			                                 c->hi };
	}
}

/* A share as a score: all of the channel are promoters of it, all others detractors. */
static struct changepoint_list shares_of(const struct asking *ask, const struct buckets *b,
                                         size_t channel, double deff)
{
	struct changepoint_bucket *shares =
	    ARENA_ARRAY(ask->a, struct changepoint_bucket, b->count);
	const struct changepoint_how how = { .deff = deff,
		                             .least = MIX_LEAST,
		                             .half_scale = POINTS };
	for (size_t i = 0; i < b->count; i++) {
		double n = b->scores[i].n, of = b->channels[i * b->channel_count + channel];
		shares[i] =
		    (struct changepoint_bucket){ n, POINTS * (of + of - n), POINTS * POINTS * n };
	}
	return changepoint_find(ask->a, shares, b->count, &how);
}

/* Is the mix of all channels another one, between the changes beside this one? */
static bool is_moved(const struct asking *ask, const struct buckets *b,
                     const struct changepoint_list *list, size_t i, double deff)
{
	double *before = ARENA_ARRAY(ask->a, double, b->channel_count);
	double *now = ARENA_ARRAY(ask->a, double, b->channel_count);
	size_t from = i > 0 ? list->items[i - 1].at : 0, at = list->items[i].at;
	size_t to = i + 1 < list->count ? list->items[i + 1].at : b->count;
	for (size_t bucket = from; bucket < to; bucket++)
		for (size_t c = 0; c < b->channel_count; c++)
			(bucket < at ? before : now)[c] +=
			    b->channels[bucket * b->channel_count + c];
	return mix_change_of(before, now, b->channel_count, deff).moved;
}

static double share(double score)
{
	return (score + POINTS) / 2;
}

/* When one channel's share rises, another's falls: one mark tells of the larger move. */
static void keep_mix(struct trend_part *part, struct trend_mix mix)
{
	for (size_t i = 0; i < part->mix_count; i++) {
		struct trend_mix *known = &part->mixes[i];
		if (mix.to < known->from || mix.from > known->to)
			continue;
		if (fabs(mix.after - mix.before) > fabs(known->after - known->before))
			*known = mix;
		return;
	}
	part->mixes[part->mix_count++] = mix;
}

static void find_mixes(const struct asking *ask, const struct timeline *t, const struct buckets *b,
                       struct trend_part *out)
{
	size_t channels = t->cells.count[1] < CHANNELS_MAX ? t->cells.count[1] : CHANNELS_MAX;
	double deff = deff_of(out);
	out->mixes = ARENA_ARRAY(ask->a, struct trend_mix, channels * b->count + 1);
	for (size_t c = 0; c < channels && t->cells.count[1] > 1; c++) {
		struct changepoint_list list = shares_of(ask, b, c, deff);
		for (size_t i = 0; i < list.count; i++) {
			const struct changepoint *p = &list.items[i];
			if (is_moved(ask, b, &list, i, deff))
				keep_mix(out, (struct trend_mix){
						  bucket_day(b, p->at), bucket_day(b, p->from),
						  bucket_day(b, p->to), t->cells.values[1][c].text,
						  share(p->before), share(p->after) });
		}
	}
}

/* The place of the part in the timeline; false when it has no answer there. */
static bool place_of(const struct timeline *t, const struct cell_part *part, size_t *out)
{
	for (size_t row = 0; row < t->cells.count[0]; row++) {
		const struct cell_part *p = &t->cells.parts[t->cells.values[0][row].id];
		*out = row;
		if (p->kind == part->kind && p->brand_id == part->brand_id &&
		    p->touchpoint_id == part->touchpoint_id)
			return true;
	}
	return false;
}

static void read_part(const struct asking *ask, const struct timeline *t, struct trend_part *out)
{
	size_t row, count;
	if (!place_of(t, &out->part, &row))
		return;
	const struct timed *at = timeline_of(t, row, &count);
	if (count == 0)
		return;
	int64_t first = zone_day(ask->q->zone, out->first_at);
	int64_t last = zone_day(ask->q->zone, out->last_at);
	/* Windows that begin before the filter does may hold answers where it takes none yet. */
	int64_t drawn = ask->has_from && at[0].day < ask->from_day ? ask->from_day : first;
	if (ask->q->step)
		calendar_points(ask, first, last, out);
	else
		rolling_points(ask, drawn, last, out);
	count_points(at, count, out->points, out->point_count);
	struct buckets b = count_buckets(ask->a, at, count, first, last, t->cells.count[1]);
	find_changes(ask, &b, out);
	find_mixes(ask, t, &b, out);
}

/* The windows' filter: it begins earlier. */
static struct answer_filter wider(const struct asking *ask)
{
	struct answer_filter f = ask->q->filter;
	if (!ask->q->step && ask->has_from)
		f.from = zone_day_start(ask->q->zone, ask->from_day - TREND_WINDOW + 1);
	return f;
}

static void read_parts(const struct asking *ask, const struct cells *cells,
                       const struct timeline *t, struct trend_answer *out)
{
	out->parts = ARENA_ARRAY(ask->a, struct trend_part, cells->count[0] + 1);
	for (size_t row = 0; row < cells->count[0]; row++) {
		const struct cell *cell = &cells->at[row];
		if (cell->sums.clusters == 0)
			continue;
		struct trend_part *part = &out->parts[out->count++];
		part->part = cells->parts[cells->values[0][row].id];
		part->sums = cell->sums;
		part->first_at = part->part.first_at;
		part->last_at = part->part.last_at;
		read_part(ask, t, part);
	}
}

static int64_t earliest(const struct cells *cells, int64_t otherwise)
{
	int64_t first = 0;
	for (size_t i = 0; i < cells->part_count; i++) {
		int64_t at = cells->parts[i].first_at;
		if (at && (!first || at < first))
			first = at;
	}
	return first ? first : otherwise;
}

static struct asking asking_of(struct arena *a, const struct trend_question *q,
                               const struct cells *cells)
{
	const struct answer_filter *f = &q->filter;
	struct asking ask = { .a = a, .q = q, .has_from = f->from_day.at != NULL };
	ask.from_day = zone_day(q->zone, ask.has_from ? f->from : earliest(cells, q->now));
	ask.to_day = zone_day(q->zone, f->to_day.at ? f->before - 1 : q->now);
	ask.every = q->step;
	if (!q->step)
		ask.every = ask.to_day - ask.from_day < DAYS_ONE_BY_ONE ? PERIOD_DAY : PERIOD_WEEK;
	return ask;
}

bool trend_ask(const struct facts *facts, struct arena *a, const struct trend_question *q,
               struct trend_answer *out, struct err *err)
{
	struct cell_question parts = { .scope = q->scope,
		                       .filter = &q->filter,
		                       .zone = q->zone,
		                       .week_start = q->week_start,
		                       .dims = { { .kind = DIM_PART } },
		                       .hides_names = q->hides_names,
		                       .wants_clusters = true };
	struct cells cells;
	struct timeline timeline;
	if (!cells_ask(facts, a, &parts, &cells, err))
		return false;
	struct asking ask = asking_of(a, q, &cells);
	struct answer_filter wide = wider(&ask);
	parts.filter = &wide;
	parts.dims[1] = (struct dim){ .kind = DIM_CHANNEL };
	if (!timeline_read(facts, a, parts, &timeline, err))
		return false;
	*out = (struct trend_answer){ .every = ask.every, .left_out = cells.left_out };
	read_parts(&ask, &cells, &timeline, out);
	return true;
}
