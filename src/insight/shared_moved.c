/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_moved.h"

#include <math.h>
#include <stdlib.h>

#include "stats/nps.h"
#include "stats/split.h"

struct joined {
	size_t count;
	const struct insight_group **group;
	bool *hidden;
	struct split_cell *cells;
};

bool shared_same_group(const struct insight_group *one, const struct insight_group *other)
{
	return one->rest == other->rest && (one->value.at != NULL) == (other->value.at != NULL) &&
	       str_eq(one->value, other->value);
}

static size_t place_of(struct joined *j, const struct insight_group *group)
{
	for (size_t i = 0; i < j->count; i++)
		if (shared_same_group(j->group[i], group))
			return i;
	j->group[j->count] = group;
	return j->count++;
}

static void join(struct joined *j, const struct shared_period_groups *from, size_t period)
{
	for (size_t i = 0; i < from->part->group_count; i++) {
		const struct insight_group *group = &from->part->groups[i];
		size_t at = place_of(j, group);
		j->hidden[at] = j->hidden[at] || from->hidden[i];
		for (int score = 0; score <= NPS_SCORE_MAX; score++) {
			double n = (double)group->count.by_score[score];
			enum nps_group said = nps_group_of(score);
			j->cells[at].n[period] += n;
			j->cells[at].s[period] += said == NPS_PROMOTER    ? n
			                          : said == NPS_DETRACTOR ? -n
			                                                  : 0;
		}
	}
}

static double points_of(const struct shared_step *s)
{
	return s->answered + s->said;
}

static int largest_first(const void *a, const void *b)
{
	double left = fabs(points_of(a)), right = fabs(points_of(b));
	return left < right ? 1 : left > right ? -1 : 0;
}

static void add_others(struct shared_steps *out, const struct shared_step *from, size_t count,
                       struct shared_step others)
{
	for (size_t i = 0; i < count; i++) {
		others.answered += from[i].answered;
		others.said += from[i].said;
	}
	out->at[out->count++] = others;
}

void shared_steps_of(struct arena *a, const struct shared_period_groups *before,
                     const struct shared_period_groups *now, struct shared_steps *out)
{
	size_t most = before->part->group_count + now->part->group_count, shown = 0;
	struct joined j = { .group = ARENA_ARRAY(a, const struct insight_group *, most + 1),
		            .hidden = ARENA_ARRAY(a, bool, most + 1),
		            .cells = ARENA_ARRAY(a, struct split_cell, most + 1) };
	struct shared_step *steps = ARENA_ARRAY(a, struct shared_step, most + 1);
	struct shared_step others = { .others = true };
	struct split_one split;
	join(&j, now, 1);
	join(&j, before, 0);
	split_one(a, j.cells, j.count, &split);
	*out = (struct shared_steps){ .before = split.before, .now = split.now };
	for (size_t i = 0; split.shown && i < j.count; i++) {
		const struct split_segment *s = &split.segments[i];
		if (j.hidden[i]) {
			others.answered += s->mix.value;
			others.said += s->rate.value;
			continue;
		}
		steps[shown++] = (struct shared_step){ .value = j.group[i]->value,
			                               .rest = j.group[i]->rest,
			                               .answered = s->mix.value,
			                               .said = s->rate.value };
	}
	if (shown == 0 || j.count < 2)
		return;
	qsort(steps, shown, sizeof steps[0], largest_first);
	bool has_others = shown < j.count || shown > SHARED_STEPS_MAX;
	size_t own = has_others && shown > SHARED_STEPS_MAX - 1 ? SHARED_STEPS_MAX - 1 : shown;
	while (out->count < own) {
		out->at[out->count] = steps[out->count];
		out->count++;
	}
	if (has_others)
		add_others(out, steps + own, shown - own, others);
}
