/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

#define SLOTS ((size_t)INSIGHT_GROUPS_MAX * 2)

/* Where the period stands or belongs. Answers come nearly in order of time: the last one is looked at first. */
static size_t period_place(const struct tally *t, int64_t first_day)
{
	size_t low = 0, high = t->period_count;
	if (high > 0 && t->periods[high - 1].first_day < first_day)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->periods[middle].first_day < first_day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct nps_counter *period_counter(struct tally *t, int64_t first_day)
{
	size_t at = period_place(t, first_day);
	if (at < t->period_count && t->periods[at].first_day == first_day)
		return &t->periods[at].counter;
	if (t->period_count == t->period_room) {
		t->period_room = t->period_room ? t->period_room * 2 : 64;
		t->periods = mem_resize(t->periods, t->period_room * sizeof(*t->periods));
	}
	memmove(&t->periods[at + 1], &t->periods[at], (t->period_count - at) * sizeof(*t->periods));
	t->periods[at] = (struct tally_period){ .first_day = first_day };
	t->period_count++;
	return &t->periods[at].counter;
}

/* FNV-1a; never 0, which marks a free slot. */
static uint64_t hash_of(Str value)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < value.len; i++)
		hash = (hash ^ (unsigned char)value.at[i]) * UINT64_C(0x100000001b3);
	return (hash ^ (value.at != NULL)) | UINT64_C(1) << 63;
}

static struct nps_counter *group_counter(struct tally *t, struct arena *a, Str value)
{
	if (!t->groups)
		t->groups = mem_zeroed(SLOTS, sizeof(*t->groups));
	uint64_t hash = hash_of(value);
	for (size_t at = hash % SLOTS;; at = (at + 1) % SLOTS) {
		struct tally_group *group = &t->groups[at];
		if (group->hash == hash && str_eq(group->value, value) &&
		    !group->value.at == !value.at)
			return &group->counter;
		if (group->hash != 0)
			continue;
		if (t->group_count == INSIGHT_GROUPS_MAX)
			return &t->rest;
		*group = (struct tally_group){ .hash = hash };
		group->value = value.at ? str_copy(a, value) : value;
		t->group_count++;
		return &group->counter;
	}
}

void tally_add(struct tally *t, struct arena *a, struct calendar *calendar, const Str *value,
               const struct tally_answer *answer)
{
	if (answer->at != 0 && (t->first_at == 0 || answer->at < t->first_at))
		t->first_at = answer->at;
	if (answer->at != 0 && (t->last_at == 0 || answer->at > t->last_at))
		t->last_at = answer->at;
	nps_count(&t->all, answer->account, answer->person, answer->score);
	if (calendar)
		nps_count(period_counter(t, calendar_day_of(calendar, answer->at)), answer->account,
		          answer->person, answer->score);
	if (value)
		nps_count(group_counter(t, a, *value), answer->account, answer->person,
		          answer->score);
}

void tally_add_before(struct tally *t, const struct tally_answer *answer)
{
	nps_count(&t->before, answer->account, answer->person, answer->score);
}

void tally_leave_out(struct tally *t, enum response_state state)
{
	struct insight_left_out *out = &t->left_out;
	switch (state) {
	case RESPONSE_PARTIAL:
	case RESPONSE_COMPLETE:
		out->without_score++;
		return;
	case RESPONSE_DISMISSED:
		out->dismissed++;
		return;
	case RESPONSE_UNCONFIRMED:
		out->unconfirmed++;
		return;
	case RESPONSE_EXCLUDED:
		out->excluded++;
		return;
	case RESPONSE_TEST:
		out->test++;
		return;
	case RESPONSE_DELETED:
		out->deleted++;
		return;
	}
}

void tally_free(struct tally *t)
{
	nps_counter_free(&t->before);
	nps_counter_free(&t->all);
	nps_counter_free(&t->rest);
	for (size_t i = 0; i < t->period_count; i++)
		nps_counter_free(&t->periods[i].counter);
	for (size_t i = 0; t->groups && i < SLOTS; i++)
		nps_counter_free(&t->groups[i].counter);
	free(t->periods);
	free(t->groups);
	*t = (struct tally){ 0 };
}

static struct insight_count count_of(const struct nps_sums *sums)
{
	struct insight_count count = { .figure = nps_figure_of(sums) };
	memcpy(count.by_score, sums->by_score, sizeof(count.by_score));
	return count;
}

static bool read_points(const struct tally *t, struct arena *a, const struct calendar *calendar,
                        struct insight_part *out, struct err *err)
{
	if (t->period_count == 0)
		return true;
	static const struct nps_sums nothing;
	int64_t last = t->periods[t->period_count - 1].first_day;
	size_t count = 0, next = 0;
	for (int64_t day = t->periods[0].first_day; day <= last; day = calendar_next(calendar, day))
		if (++count > INSIGHT_POINTS_MAX)
			return err_at(err, ERR_INVALID, "series",
			              "a series by %s would have more than %d points: choose a "
			              "longer step or a shorter period",
			              period_unit_name(calendar->unit), INSIGHT_POINTS_MAX);
	out->points = ARENA_ARRAY(a, struct insight_point, count);
	for (int64_t day = t->periods[0].first_day; day <= last;) {
		int64_t after = calendar_next(calendar, day);
		const struct nps_sums *sums = &nothing;
		if (t->periods[next].first_day == day)
			sums = &t->periods[next++].counter.sums;
		out->points[out->point_count++] =
		    (struct insight_point){ day, after - 1, count_of(sums) };
		day = after;
	}
	return true;
}

static int by_answers(const void *a, const void *b)
{
	const struct insight_group *left = a, *right = b;
	if (left->rest != right->rest)
		return left->rest ? 1 : -1;
	int64_t n = left->count.figure.responses, m = right->count.figure.responses;
	return n != m ? (n > m ? -1 : 1) : str_cmp(left->value, right->value);
}

static void read_groups(const struct tally *t, struct arena *a, struct insight_part *out)
{
	out->groups = ARENA_ARRAY(a, struct insight_group, t->group_count + 1);
	for (size_t i = 0; t->groups && i < SLOTS; i++)
		if (t->groups[i].hash != 0)
			out->groups[out->group_count++] =
			    (struct insight_group){ t->groups[i].value, false,
				                    count_of(&t->groups[i].counter.sums) };
	if (t->rest.sums.clusters > 0)
		out->groups[out->group_count++] =
		    (struct insight_group){ { 0 }, true, count_of(&t->rest.sums) };
	qsort(out->groups, out->group_count, sizeof(out->groups[0]), by_answers);
}

static struct insight_before before_of(const struct tally *t)
{
	struct nps_pair pair;
	nps_counter_pair(&t->all, &t->before, &pair);
	return (struct insight_before){
		.count = count_of(&t->before.sums),
		.change = nps_change_of(&t->all.sums, &t->before.sums, &pair),
		.people = pair.people,
	};
}

bool tally_read(const struct tally *t, struct arena *a, const struct calendar *calendar,
                struct insight_part *out, struct err *err)
{
	out->count = count_of(&t->all.sums);
	out->left_out = t->left_out;
	out->before = before_of(t);
	out->first_at = t->first_at;
	out->last_at = t->last_at;
	if (calendar && !read_points(t, a, calendar, out, err))
		return false;
	if (t->group_count > 0)
		read_groups(t, a, out);
	return true;
}
