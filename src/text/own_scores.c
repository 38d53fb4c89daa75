/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/own_scores.h"

#include <math.h>
#include <string.h>

#define OWN_FEATURES (FEATURE_WORDS | FEATURE_STEMS | FEATURE_PAIRS | FEATURE_NEGATED)
#define FOLDS        10
#define PASSES_MAX   60
#define PASS_ENOUGH  1e-3F
/* Cost of an example against the prior of weights, and the value of the feature that all have. */
#define COST 4.0F
#define BIAS 0.2F
/* Answers (as many of both sides) from which half of that cost counts. */
#define HALF_COST 80
/* How sure it must be that own scores help before they count: whole from so many standard errors, found by so many
 * folds. With more answers than these there is no need to ask. */
#define TRUST_ERRORS 2.0
#define TRUST_FOLDS  10
#define TRUST_UP_TO  1000

void own_example(struct arena *a, const struct words *w, const struct sentiment_reading *shipped,
                 int leaning, struct own_example *out)
{
	*out = (struct own_example){ .shipped = shipped->logit[SENTIMENT_POSITIVE] -
		                                shipped->logit[SENTIMENT_NEGATIVE],
		                     .leaning = leaning };
	features_of(a, w, 0, w->count, OWN_FEATURES, &out->features);
}

static float product(const struct own_scores *o, const struct features *f)
{
	float sum = o->bias * BIAS;
	for (size_t i = 0; i < f->count; i++)
		sum += o->weight[f->index[i]] * f->value[i];
	return sum;
}

static float square(const struct features *f)
{
	float sum = BIAS * BIAS;
	for (size_t i = 0; i < f->count; i++)
		sum += f->value[i] * f->value[i];
	return sum;
}

/* The dual variable of one example where the others stand: the root of t + margin + q (cost s(t) - before), where s is the
 * logistic function. It rises with a slope of 1 or more, so Newton's steps from 0 come there. */
static float solve(float cost, float margin, float q, float before)
{
	float t = 0;
	for (int step = 0; step < 20; step++) {
		float s = 1 / (1 + expf(-t));
		float off = t + margin + q * (cost * s - before);
		t -= off / (1 + q * cost * s * (1 - s));
		if (fabsf(off) < 1e-4F)
			break;
	}
	return cost / (1 + expf(-t));
}

static void step_along(struct own_scores *o, const struct features *f, float by)
{
	o->bias += by * BIAS;
	for (size_t i = 0; i < f->count; i++)
		o->weight[f->index[i]] += by * f->value[i];
}

/* A step that comes to every place: about .618 of the count, without a common divisor. */
static size_t stride_of(size_t count)
{
	size_t stride = (size_t)((double)count * 0.618) + 1, a, b;
	for (;; stride++) {
		for (a = count, b = stride; b > 0;) {
			size_t rest = a % b;
			a = b;
			b = rest;
		}
		if (a <= 1)
			return stride;
	}
}

/* What is learnt from: places in `examples` of answers with a side. */
struct lesson {
	const struct own_example *examples;
	size_t *which, count;
	float *dual; /* [count] */
};

/* One pass; returns the largest move of a dual variable. The order jumps about, for answers that stand together are alike, and
 * such an order takes many more passes. */
static float pass(const struct lesson *l, float cost, struct own_scores *o)
{
	float largest = 0;
	size_t stride = stride_of(l->count);
	for (size_t k = 0, i = 0; k < l->count; k++, i = (i + stride) % l->count) {
		const struct own_example *e = &l->examples[l->which[i]];
		float side = (float)e->leaning;
		float margin = side * (e->shipped + product(o, &e->features));
		float found = solve(cost, margin, square(&e->features), l->dual[i]);
		float move = found - l->dual[i];
		step_along(o, &e->features, side * move);
		l->dual[i] = found;
		largest = fmaxf(largest, fabsf(move));
	}
	return largest;
}

/* One side alone teaches nothing. */
static void fit(const struct lesson *l, struct own_scores *o)
{
	float good = 0, bad = 0;
	memset(o->weight, 0, FEATURE_COUNT * sizeof *o->weight);
	memset(l->dual, 0, l->count * sizeof *l->dual);
	o->bias = 0;
	o->learnt_from = l->count;
	for (size_t i = 0; i < l->count; i++)
		if (l->examples[l->which[i]].leaning > 0)
			good++;
		else
			bad++;
	if (good == 0 || bad == 0)
		return;
	float even = 4 * good * bad / (good + bad);
	for (int n = 0; n < PASSES_MAX; n++)
		if (pass(l, COST * even / (even + HALF_COST), o) < PASS_ENOUGH)
			break;
}

/* How surprising the answer's side is, in nats, to who expects the logit. */
static double surprise(const struct own_example *e, float logit)
{
	return log1p(exp((double)(-(float)e->leaning * logit)));
}

/* 0..1: do own scores help on answers that were held back? */
static float trust_of(struct arena *a, const struct lesson *l, struct own_scores *o)
{
	struct lesson rest = { .examples = l->examples,
		               .which = ARENA_ARRAY(a, size_t, l->count),
		               .dual = ARENA_ARRAY(a, float, l->count) };
	double sum = 0, square_sum = 0, n = (double)l->count;
	if (l->count > TRUST_UP_TO)
		return 1;
	for (size_t fold = 0; fold < TRUST_FOLDS; fold++) {
		rest.count = 0;
		for (size_t i = 0; i < l->count; i++)
			if (i % TRUST_FOLDS != fold)
				rest.which[rest.count++] = l->which[i];
		fit(&rest, o);
		for (size_t i = fold; i < l->count; i += TRUST_FOLDS) {
			const struct own_example *e = &l->examples[l->which[i]];
			float own = product(o, &e->features);
			double gain = surprise(e, e->shipped) - surprise(e, e->shipped + own);
			sum += gain;
			square_sum += gain * gain;
		}
	}
	double spread = sqrt(fmax(square_sum - sum * sum / n, 1e-12));
	return (float)fmin(fmax(sum / spread / TRUST_ERRORS, 0), 1);
}

static void learn(struct arena *a, const struct lesson *l, struct own_scores *o)
{
	float trust = trust_of(a, l, o);
	fit(l, o);
	if (trust == 1)
		return;
	o->bias *= trust;
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		o->weight[i] *= trust;
}

void own_scores_learn(struct arena *a, const struct own_example *examples, size_t count,
                      struct own_scores *out)
{
	struct lesson l = { .examples = examples,
		            .which = ARENA_ARRAY(a, size_t, count),
		            .dual = ARENA_ARRAY(a, float, count) };
	for (size_t i = 0; i < count; i++)
		if (examples[i].leaning != 0)
			l.which[l.count++] = i;
	out->weight = ARENA_ARRAY(a, float, FEATURE_COUNT);
	learn(a, &l, out);
}

float own_scores_say(const struct own_scores *o, const struct features *f)
{
	return product(o, f) / 2;
}

/* Folds by a hash, so that what came together does not stay together. */
static size_t fold_of(uint64_t group)
{
	uint64_t x = (group + 1) * 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 29) * 0xBF58476D1CE4E5B9ull;
	return (size_t)((x ^ x >> 32) % FOLDS);
}

void own_scores_cross(struct arena *a, const struct own_example *examples, const uint64_t *group,
                      size_t count, float *own)
{
	struct lesson l = { .examples = examples,
		            .which = ARENA_ARRAY(a, size_t, count),
		            .dual = ARENA_ARRAY(a, float, count) };
	struct own_scores o = { .weight = ARENA_ARRAY(a, float, FEATURE_COUNT) };
	for (size_t fold = 0; fold < FOLDS; fold++) {
		l.count = 0;
		for (size_t i = 0; i < count; i++)
			if (examples[i].leaning != 0 && fold_of(group ? group[i] : i) != fold)
				l.which[l.count++] = i;
		learn(a, &l, &o);
		for (size_t i = 0; i < count; i++)
			if (fold_of(group ? group[i] : i) == fold)
				own[i] = own_scores_say(&o, &examples[i].features);
	}
}
