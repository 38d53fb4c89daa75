/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/learner.h"

#include <math.h>

#define LABELS    4
#define MODEL_MAX (16 << 20)

static int leaning_of(int group)
{
	return group < 0 ? 0 : group - (int)GROUP_PASSIVES;
}

/* How it is read from words and question, or shown: then the score counts, too. */
static struct sentiment judged(const struct learner_comment *c, float own, bool by_score)
{
	struct sentiment_context context = { .question = c->question,
		                             .own = own,
		                             .leaning = by_score ? leaning_of(c->group) : 0 };
	struct sentiment s;
	sentiment_shown(&c->reading, &context, &s);
	return s;
}

static void tally(struct learnt_figure *f, const struct learner_comment *c, float own)
{
	if (c->group < 0 || !c->first_of_owner)
		return;
	struct sentiment s = judged(c, own, false);
	f->n[c->group * LABELS + (int)s.label]++;
	f->n[LEARNT_LOW_RIGHT] += c->group == (int)GROUP_DETRACTORS && s.score < 0;
	f->n[LEARNT_HIGH_RIGHT] += c->group == (int)GROUP_PROMOTERS && s.score >= 0;
}

static double scored(const struct learnt_figure *f, enum score_group group)
{
	double sum = 0;
	for (int k = 0; k < LABELS; k++)
		sum += (double)f->n[(int)group * LABELS + k];
	return sum;
}

/* Scores of both sides, each weighing the same: a workspace with few detractors is not read well by calling all of it good. */
static double right_of(const struct learnt_figure *f)
{
	double low = scored(f, GROUP_DETRACTORS), high = scored(f, GROUP_PROMOTERS);
	return (low > 0 ? (double)f->n[LEARNT_LOW_RIGHT] / low : 0) +
	       (high > 0 ? (double)f->n[LEARNT_HIGH_RIGHT] / high : 0);
}

/* More comments are read right, and neither side is given up for the other. What is used stays in use until it is worse by more than
 * such shares move by chance: else a workspace in which scores teach little would be shown one way tonight and the other way
 * tomorrow. */
static bool helps(const struct learnt_figure *own, const struct learnt_figure *shipped, bool used)
{
	double low = fmax(1, scored(own, GROUP_DETRACTORS));
	double high = fmax(1, scored(own, GROUP_PROMOTERS));
	double more = (double)(own->n[LEARNT_LOW_RIGHT] + own->n[LEARNT_HIGH_RIGHT] -
	                       shipped->n[LEARNT_LOW_RIGHT] - shipped->n[LEARNT_HIGH_RIGHT]) /
	              (low + high);
	double even = right_of(own) - right_of(shipped);
	double chance = 0.5 / sqrt(low + high), even_chance = sqrt(0.25 / low + 0.25 / high);
	return used ? more > -chance && even > -2 * even_chance : more > 0 && even > -even_chance;
}

static bool goes_on(void *context)
{
	return learner_goes_on(context);
}

struct taught {
	const struct own_model *model;
	float *own; /* [comments] what it says of each that was held back */
};

static bool teach(struct learner *l, struct arena *a, struct taught *out)
{
	size_t n = 0;
	struct own_example *examples = ARENA_ARRAY(a, struct own_example, l->count + 1);
	uint64_t *owner = ARENA_ARRAY(a, uint64_t, l->count + 1);
	for (size_t i = 0; i < l->count; i++, n++) {
		examples[n] = l->comments[i].example;
		owner[n] = l->comments[i].owner;
	}
	struct own_lesson lesson = { examples, owner, n, goes_on, l };
	out->own = ARENA_ARRAY(a, float, l->count + 1);
	return own_model_learn(a, &lesson, &out->model, out->own);
}

static double changed_of(const struct learner *l, const float *own)
{
	size_t changed = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct learner_comment *c = &l->comments[i];
		const struct own_model *old = l->glasses.own;
		float before = old ? own_model_say(old, &c->example.features, c->owner) : 0;
		changed += judged(c, before, true).label != judged(c, own ? own[i] : 0, true).label;
	}
	return l->count ? (double)changed / (double)l->count : 0;
}

static bool has_enough(const struct learner *l)
{
	return l->lesson.low >= LEARNT_SIDE_LEAST && l->lesson.high >= LEARNT_SIDE_LEAST;
}

bool learner_sentiment(struct learner *l, double *changed)
{
	struct arena scratch = { 0 };
	struct taught taught;
	*changed = 0;
	if (!has_enough(l)) {
		*changed = changed_of(l, NULL);
		return true;
	}
	bool ok = teach(l, &scratch, &taught);
	if (ok) {
		struct learnt_figure *shipped = learner_figure(l, 0, LEARNT_SENTIMENT_SHIPPED);
		struct learnt_figure *own = learner_figure(l, 0, LEARNT_SENTIMENT_OWN);
		for (size_t i = 0; i < l->count; i++) {
			tally(shipped, &l->comments[i], 0);
			tally(own, &l->comments[i], taught.own[i]);
		}
		bool used = helps(own, shipped, l->glasses.own != NULL);
		*changed = changed_of(l, used ? taught.own : NULL);
		if (used) {
			struct buf *bytes = buf_in(&l->arena, MODEL_MAX);
			own_model_write(taught.model, bytes);
			l->out.sentiment = buf_str(bytes);
		}
	}
	arena_free(&scratch);
	return ok;
}
