/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/days_kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/change.h"
#include "insight/days_kept.sql.h"

#define CHANGES_PAGE 500
/* More changes than these, or days that they name, cost more than counting anew. */
#define CHANGES_MAX 20000
#define DIRTY_MAX   400
/* More rows are not kept: 64 bytes each. */
#define ROWS_MAX 100000

/* --- counts by day and channel ---------------------------------------------------------------------------- */

struct day_row {
	int64_t day; /* of UTC, since 1970 */
	uint32_t channel;
	uint32_t counts[DAYS_COUNTS];
};

/* All malloc'd. */
struct days {
	char **channels; /* ended by 0; their lengths beside */
	size_t *lengths;
	size_t channel_count;
	struct day_row *rows; /* each day's together */
	size_t count, room;
};

static int64_t day_of(int64_t at)
{
	return at >= 0 ? at / CLOCK_DAY : -((-at + CLOCK_DAY - 1) / CLOCK_DAY);
}

bool days_same(int64_t a, int64_t b)
{
	return day_of(a) == day_of(b);
}

static void days_free(struct days *days)
{
	for (size_t i = 0; i < days->channel_count; i++)
		free(days->channels[i]);
	free(days->channels);
	free(days->lengths);
	free(days->rows);
	*days = (struct days){ 0 };
}

static uint32_t channel_of(struct days *days, Str name)
{
	for (size_t i = 0; i < days->channel_count; i++)
		if (days->lengths[i] == name.len &&
		    (name.len == 0 || memcmp(days->channels[i], name.at, name.len) == 0))
			return (uint32_t)i;
	size_t n = days->channel_count++;
	days->channels = mem_resize(days->channels, (n + 1) * sizeof days->channels[0]);
	days->lengths = mem_resize(days->lengths, (n + 1) * sizeof days->lengths[0]);
	days->channels[n] = mem_zeroed(name.len + 1, 1);
	if (name.len)
		memcpy(days->channels[n], name.at, name.len);
	days->lengths[n] = name.len;
	return (uint32_t)n;
}

/* The row of a day that was added last, or a new one. */
static struct day_row *row_of(struct days *days, int64_t day, uint32_t channel)
{
	for (size_t i = days->count; i > 0 && days->rows[i - 1].day == day; i--)
		if (days->rows[i - 1].channel == channel)
			return &days->rows[i - 1];
	if (days->count == days->room) {
		days->room = days->room * 2 + 32;
		days->rows = mem_resize(days->rows, days->room * sizeof days->rows[0]);
	}
	days->rows[days->count] = (struct day_row){ .day = day, .channel = channel };
	return &days->rows[days->count++];
}

void days_add(struct days *days, int64_t at, Str channel, const uint32_t counts[DAYS_COUNTS])
{
	struct day_row *row = row_of(days, day_of(at), channel_of(days, channel));
	for (size_t i = 0; i < DAYS_COUNTS; i++)
		row->counts[i] += counts[i];
}

/* --- what is kept ----------------------------------------------------------------------------------------------- */

/* Of one survey: the days from first_day on, before end_day. */
struct series {
	int64_t survey, stamp, used;
	enum days_of of;
	int64_t first_day, end_day; /* the same: none */
	struct days days;
	int64_t dirty[DIRTY_MAX]; /* to be counted anew */
	size_t dirty_count;
};

struct home {
	int64_t workspace, used;
	size_t users;         /* that have it in hand; under the store's lock */
	bool forgotten;       /* free it when nobody has it in hand */
	pthread_mutex_t lock; /* guards what follows */
	int64_t rev;
	struct series *series[DAYS_SERIES];
	size_t count;
};

struct days_kept {
	pthread_mutex_t lock;
	struct home *homes[DAYS_WORKSPACES];
	int64_t asked; /* how often: a clock for what was used last */
};

static void series_free(struct series *s)
{
	days_free(&s->days);
	free(s);
}

static void home_clear(struct home *home)
{
	for (size_t i = 0; i < home->count; i++)
		series_free(home->series[i]);
	home->count = 0;
}

static void home_free(struct home *home)
{
	home_clear(home);
	pthread_mutex_destroy(&home->lock);
	free(home);
}

struct days_kept *days_kept_new(void)
{
	struct days_kept *kept = mem_zeroed(1, sizeof *kept);
	MUST(pthread_mutex_init(&kept->lock, NULL) == 0);
	return kept;
}

void days_kept_free(struct days_kept *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < DAYS_WORKSPACES; i++)
		if (kept->homes[i])
			home_free(kept->homes[i]);
	pthread_mutex_destroy(&kept->lock);
	free(kept);
}

/* Under the store's lock. */
static void let_go(struct days_kept *kept, size_t i)
{
	struct home *home = kept->homes[i];
	kept->homes[i] = NULL;
	home->forgotten = true;
	if (!home->users)
		home_free(home);
}

void days_kept_forget(struct days_kept *kept, int64_t workspace)
{
	pthread_mutex_lock(&kept->lock);
	for (size_t i = 0; i < DAYS_WORKSPACES; i++)
		if (kept->homes[i] && kept->homes[i]->workspace == workspace)
			let_go(kept, i);
	pthread_mutex_unlock(&kept->lock);
}

/* A free place, else that of the one used longest ago. */
static size_t place_for(const struct days_kept *kept)
{
	size_t best = 0;
	for (size_t i = 0; i < DAYS_WORKSPACES; i++) {
		if (!kept->homes[i])
			return i;
		if (kept->homes[i]->used < kept->homes[best]->used)
			best = i;
	}
	return best;
}

static struct home *home_take(struct days_kept *kept, int64_t workspace)
{
	struct home *home = NULL;
	pthread_mutex_lock(&kept->lock);
	for (size_t i = 0; i < DAYS_WORKSPACES && !home; i++)
		if (kept->homes[i] && kept->homes[i]->workspace == workspace)
			home = kept->homes[i];
	if (!home) {
		size_t place = place_for(kept);
		if (kept->homes[place])
			let_go(kept, place);
		home = kept->homes[place] = mem_zeroed(1, sizeof *home);
		home->workspace = workspace;
		MUST(pthread_mutex_init(&home->lock, NULL) == 0);
	}
	home->users++;
	home->used = ++kept->asked;
	pthread_mutex_unlock(&kept->lock);
	pthread_mutex_lock(&home->lock);
	return home;
}

static void home_give(struct days_kept *kept, struct home *home)
{
	pthread_mutex_unlock(&home->lock);
	pthread_mutex_lock(&kept->lock);
	if (--home->users == 0 && home->forgotten)
		home_free(home);
	pthread_mutex_unlock(&kept->lock);
}

static void series_drop(struct home *home, size_t i)
{
	series_free(home->series[i]);
	home->series[i] = home->series[--home->count];
}

/* --- what changed ------------------------------------------------------------------------------------------------ */

static void mark(struct series *s, int64_t day)
{
	if (day < s->first_day || day >= s->end_day)
		return;
	for (size_t i = 0; i < s->dirty_count; i++)
		if (s->dirty[i] == day)
			return;
	if (s->dirty_count == DIRTY_MAX) {
		s->end_day = s->first_day;
		s->dirty_count = 0;
		days_free(&s->days);
		return;
	}
	s->dirty[s->dirty_count++] = day;
}

static void mark_all(struct home *home, int64_t survey, enum days_of of, int64_t at)
{
	for (size_t i = 0; i < home->count; i++)
		if (home->series[i]->survey == survey && home->series[i]->of == of)
			mark(home->series[i], day_of(at));
}

struct placed {
	int64_t survey, at, link_at; /* link_at INT64_MIN: none */
};

static bool placed_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct placed *)out =
	    (struct placed){ db_i64(rows, 0), db_i64(rows, 1),
		             db_is_null(rows, 2) ? INT64_MIN : db_i64(rows, 2) };
	return true;
}

static bool link_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct placed *)out = (struct placed){ db_i64(rows, 0), 0, db_i64(rows, 1) };
	return true;
}

static bool apply_answer(struct home *home, struct db *db, int64_t id, struct err *err)
{
	struct placed placed;
	bool found;
	if (!db_one(db, &sql_days_answer, DB_ARGS(db_arg_i64(home->workspace), db_arg_i64(id)),
	            placed_read, &placed, NULL, &found, err))
		return false;
	if (!found) {
		home_clear(home); /* of which day it was, nobody knows any more */
		return true;
	}
	mark_all(home, placed.survey, DAYS_ANSWERS, placed.at);
	if (placed.link_at != INT64_MIN)
		mark_all(home, placed.survey, DAYS_LINKS, placed.link_at);
	return true;
}

/* Keys that sign links are noted as links, too: those are not found. */
static bool apply_link(struct home *home, struct db *db, int64_t id, struct err *err)
{
	struct placed placed;
	bool found;
	if (!db_one(db, &sql_days_link, DB_ARGS(db_arg_i64(home->workspace), db_arg_i64(id)),
	            link_read, &placed, NULL, &found, err))
		return false;
	if (found)
		mark_all(home, placed.survey, DAYS_LINKS, placed.link_at);
	return true;
}

static void apply_survey(struct home *home, int64_t id)
{
	for (size_t i = home->count; i > 0; i--)
		if (home->series[i - 1]->survey == id)
			series_drop(home, i - 1);
}

static bool apply(struct home *home, struct db *db, const struct change *change, struct err *err)
{
	if (change->kind == CHANGE_RESPONSE || change->kind == CHANGE_RESPONSE_NEW)
		return apply_answer(home, db, change->id, err);
	if (change->kind == CHANGE_LINK)
		return apply_link(home, db, change->id, err);
	if (change->kind == CHANGE_SURVEY)
		apply_survey(home, change->id);
	return true;
}

struct follow {
	int64_t rev, seq; /* read up to here */
	size_t total;
	struct change page[CHANGES_PAGE];
};

/* One read transaction. *more: there are further changes. */
static bool follow_page(struct home *home, struct db *db, struct follow *f, bool *more,
                        struct err *err)
{
	int64_t rev, oldest;
	size_t count;
	*more = false;
	if (!change_rev(db, home->workspace, &rev, err) ||
	    !change_oldest(db, home->workspace, &oldest, err))
		return false;
	if (rev != f->rev && (!oldest || oldest > f->rev + 1 || f->total > CHANGES_MAX))
		home_clear(home);
	if (rev == f->rev || !home->count) {
		home->rev = rev;
		return true;
	}
	if (!change_read(db, home->workspace, f->rev, f->seq, f->page, CHANGES_PAGE, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!apply(home, db, &f->page[i], err))
			return false;
	f->total += count;
	*more = count == CHANGES_PAGE;
	if (*more) {
		f->rev = f->page[count - 1].rev;
		f->seq = f->page[count - 1].seq;
	} else {
		home->rev = rev;
	}
	return true;
}

/* Days that changes name are marked; a page that was not finished is read again the next time. */
static bool follow(struct home *home, struct db *db, struct err *err)
{
	struct follow *f = mem_zeroed(1, sizeof *f);
	bool more = true, ok = true;
	f->rev = home->rev;
	f->seq = INT64_MAX;
	while (ok && more) {
		ok = db_read_begin(db, err);
		if (!ok)
			break;
		ok = follow_page(home, db, f, &more, err);
		db_read_end(db);
	}
	free(f);
	return ok;
}

/* --- asking ---------------------------------------------------------------------------------------------------------- */

static int64_t start_of(int64_t day)
{
	if (day <= INT64_MIN / CLOCK_DAY)
		return INT64_MIN;
	return day >= INT64_MAX / CLOCK_DAY ? INT64_MAX : day * CLOCK_DAY;
}

static bool count_days(struct series *s, const struct days_question *q, int64_t first, int64_t end,
                       struct err *err)
{
	return first >= end || q->count(q->context, start_of(first), start_of(end), &s->days, err);
}

static int ascending(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static bool count_dirty(struct series *s, const struct days_question *q, struct err *err)
{
	size_t left = 0;
	if (!s->dirty_count)
		return true;
	qsort(s->dirty, s->dirty_count, sizeof s->dirty[0], ascending);
	for (size_t i = 0; i < s->days.count; i++)
		if (!bsearch(&s->days.rows[i].day, s->dirty, s->dirty_count, sizeof s->dirty[0],
		             ascending))
			s->days.rows[left++] = s->days.rows[i];
	s->days.count = left;
	for (size_t i = 0; i < s->dirty_count; i++) {
		size_t first = i;
		while (i + 1 < s->dirty_count && s->dirty[i + 1] == s->dirty[i] + 1)
			i++;
		if (!count_days(s, q, s->dirty[first], s->dirty[i] + 1, err))
			return false;
	}
	s->dirty_count = 0;
	return true;
}

/* The days up to `first` and from `end` on, as far as they are not there. */
static bool count_further(struct series *s, const struct days_question *q, int64_t first,
                          int64_t end, struct err *err)
{
	if (s->first_day == s->end_day)
		s->first_day = s->end_day = first;
	if (first < s->first_day) {
		if (!count_days(s, q, first, s->first_day, err))
			return false;
		s->first_day = first;
	}
	if (end > s->end_day) {
		if (!count_days(s, q, s->end_day, end, err))
			return false;
		s->end_day = end;
	}
	return true;
}

/* The place of what is asked for, a new one if need be; the one used longest ago goes. */
static size_t series_place(struct home *home, const struct days_question *q)
{
	size_t i = 0, oldest = 0;
	for (; i < home->count; i++) {
		if (home->series[i]->survey == q->survey && home->series[i]->of == q->of)
			break;
		if (home->series[i]->used < home->series[oldest]->used)
			oldest = i;
	}
	if (i < home->count && home->series[i]->stamp != q->stamp) {
		series_drop(home, i);
		i = home->count;
	}
	if (i < home->count)
		return i;
	if (home->count == DAYS_SERIES)
		series_drop(home, oldest);
	struct series *s = home->series[home->count++] = mem_zeroed(1, sizeof *s);
	s->survey = q->survey;
	s->of = q->of;
	s->stamp = q->stamp;
	return home->count - 1;
}

struct sums {
	struct arena *arena;
	struct days_channel *at;
	size_t count;
};

static struct days_channel *sum_of(struct sums *sums, Str name)
{
	for (size_t i = 0; i < sums->count; i++)
		if (str_eq(sums->at[i].channel, name))
			return &sums->at[i];
	struct days_channel *more = ARENA_ARRAY(sums->arena, struct days_channel, sums->count + 1);
	for (size_t i = 0; i < sums->count; i++)
		more[i] = sums->at[i];
	sums->at = more;
	more[sums->count].channel = str_copy(sums->arena, name);
	return &more[sums->count++];
}

static void add_days(struct sums *sums, const struct days *days, int64_t first, int64_t end)
{
	int64_t(*totals)[DAYS_COUNTS] =
	    mem_zeroed(days->channel_count + 1, sizeof(int64_t[DAYS_COUNTS]));
	bool *seen = mem_zeroed(days->channel_count + 1, sizeof(bool));
	for (size_t i = 0; i < days->count; i++) {
		const struct day_row *row = &days->rows[i];
		if (row->day < first || row->day >= end)
			continue;
		seen[row->channel] = true;
		for (size_t k = 0; k < DAYS_COUNTS; k++)
			totals[row->channel][k] += row->counts[k];
	}
	for (size_t i = 0; i < days->channel_count; i++) {
		if (!seen[i])
			continue;
		struct days_channel *sum =
		    sum_of(sums, (Str){ days->channels[i], days->lengths[i] });
		for (size_t k = 0; k < DAYS_COUNTS; k++)
			sum->counts[k] += totals[i][k];
	}
	free(totals);
	free(seen);
}

/* A piece that is not kept. */
static bool add_counted(struct sums *sums, const struct days_question *q, int64_t from,
                        int64_t before, struct err *err)
{
	struct days days = { 0 };
	bool ok = from >= before || q->count(q->context, from, before, &days, err);
	if (ok)
		add_days(sums, &days, INT64_MIN, INT64_MAX);
	days_free(&days);
	return ok;
}

static bool add_kept(struct home *home, struct sums *sums, struct db *db,
                     const struct days_question *q, int64_t first, int64_t end, struct err *err)
{
	if (!follow(home, db, err))
		return false;
	size_t place = series_place(home, q);
	struct series *s = home->series[place];
	s->used = home->used;
	bool ok = count_dirty(s, q, err) && count_further(s, q, first, end, err);
	if (ok)
		add_days(sums, &s->days, first, end);
	if (!ok || s->days.count > ROWS_MAX)
		series_drop(home, place);
	return ok;
}

bool days_ask(struct days_kept *kept, struct db *db, struct arena *a, const struct days_question *q,
              struct days_channel **out, size_t *count, struct err *err)
{
	struct sums sums = { .arena = a };
	int64_t first = q->from == INT64_MIN ? INT64_MIN / CLOCK_DAY : day_of(q->from - 1) + 1;
	int64_t end = q->before == INT64_MAX ? INT64_MAX / CLOCK_DAY : day_of(q->before);
	bool ok;
	if (!kept || first >= end) {
		ok = add_counted(&sums, q, q->from, q->before, err);
	} else {
		struct home *home = home_take(kept, q->workspace);
		ok = add_kept(home, &sums, db, q, first, end, err);
		home_give(kept, home);
		ok = ok && add_counted(&sums, q, q->from, start_of(first), err) &&
		     add_counted(&sums, q, start_of(end), q->before, err);
	}
	*out = sums.at;
	*count = sums.count;
	return ok;
}
