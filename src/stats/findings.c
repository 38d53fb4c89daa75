/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/findings.h"
#include "base/die.h"
#include "stats/false_discovery.h"

#include <gsl/gsl_cdf.h>

#include <math.h>
#include <stdlib.h>

struct entry {
	const struct candidate *candidate;
	size_t at;
	double rate, certainty, weight;
};

static int by_p(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	if (a->candidate->p < b->candidate->p || a->candidate->p > b->candidate->p)
		return a->candidate->p < b->candidate->p ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Heavier first; of equal ones, as they were given. */
static int by_weight(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	if (a->weight < b->weight || a->weight > b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Sorted by p. How many are beyond chance. */
static size_t set_rates(struct arena *a, struct entry *entries, size_t count)
{
	double *rates = ARENA_ARRAY(a, double, count + 1);
	size_t beyond = 0;
	for (size_t i = 0; i < count; i++)
		rates[i] = entries[i].candidate->p;
	false_discovery_rates(rates, rates, count);
	for (size_t i = 0; i < count; i++) {
		entries[i].rate = rates[i];
		beyond += rates[i] <= FINDINGS_RATE;
	}
	return beyond;
}

static void weigh(struct entry *e)
{
	double z = gsl_cdf_ugaussian_Qinv(e->candidate->p / 2);
	e->certainty = z > 1 ? 1 - 1 / (z * z) : 0;
	e->weight = fabs(e->candidate->size) * e->certainty;
}

static bool tell_the_same(const struct candidate *a, const struct candidate *b)
{
	if (a->topic != b->topic || (a->size < 0) != (b->size < 0) || !a->answers || !b->answers)
		return false;
	return answer_sketch_likeness(a->answers, b->answers) >= FINDINGS_SAME_FROM;
}

static bool is_told(const struct findings *f, const struct candidate *all, const struct entry *e)
{
	for (size_t i = 0; i < f->count; i++)
		if (tell_the_same(&all[f->list[i].candidate], e->candidate))
			return true;
	return false;
}

struct findings findings_among(struct arena *a, const struct candidate *candidates, size_t count)
{
	struct findings f = { .tried = count };
	struct entry *entries = ARENA_ARRAY(a, struct entry, count);
	for (size_t i = 0; i < count; i++) {
		MUST(candidates[i].p >= 0 && candidates[i].p <= 1);
		entries[i] = (struct entry){ .candidate = &candidates[i], .at = i };
	}
	if (count > 1)
		qsort(entries, count, sizeof(*entries), by_p);
	f.beyond_chance = set_rates(a, entries, count);
	for (size_t i = 0; i < f.beyond_chance; i++)
		weigh(&entries[i]);
	if (f.beyond_chance > 1)
		qsort(entries, f.beyond_chance, sizeof(*entries), by_weight);
	for (size_t i = 0; i < f.beyond_chance && f.count < FINDINGS_MAX; i++)
		if (!is_told(&f, candidates, &entries[i]))
			f.list[f.count++] = (struct finding){ entries[i].at, entries[i].certainty,
				                              entries[i].rate };
	return f;
}
