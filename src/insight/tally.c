/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

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

void tally_add(struct tally *t, struct calendar *calendar, const struct tally_answer *answer)
{
	if (answer->at != 0 && (t->first_at == 0 || answer->at < t->first_at))
		t->first_at = answer->at;
	if (answer->at != 0 && (t->last_at == 0 || answer->at > t->last_at))
		t->last_at = answer->at;
	nps_count(&t->all, answer->account, answer->person, answer->score);
	if (calendar)
		nps_count(period_counter(t, calendar_day_of(calendar, answer->at)), answer->account,
		          answer->person, answer->score);
}

void tally_free(struct tally *t)
{
	nps_counter_free(&t->all);
	for (size_t i = 0; i < t->period_count; i++)
		nps_counter_free(&t->periods[i].counter);
	free(t->periods);
	*t = (struct tally){ 0 };
}
