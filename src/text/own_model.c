/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/own_model.h"

#include "text/linear.h"

/* A class a fold. */
struct own_model {
	struct linear linear;
};

static size_t fold_of(uint64_t owner)
{
	uint64_t x = (owner + 1) * 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 29) * 0xBF58476D1CE4E5B9ull;
	return (size_t)((x ^ x >> 32) % OWN_FOLDS);
}

/* Weights as they are said, so that what is kept needs no more than a sum. */
static void take_fold(const struct own_scores *o, size_t fold, float *weights, struct linear *shape)
{
	const struct features none = { 0 };
	shape->bias[fold] = own_scores_say(o, &none);
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		uint32_t place = (uint32_t)i;
		float one = 1;
		if (o->weight[i] == 0)
			continue;
		const struct features f = { &place, &one, 1 };
		weights[i * OWN_FOLDS + fold] = own_scores_say(o, &f) - shape->bias[fold];
	}
}

static void learn_fold(const struct own_lesson *l, size_t fold, float *weights,
                       struct linear *shape)
{
	struct arena scratch = { 0 };
	struct own_example *rest = ARENA_ARRAY(&scratch, struct own_example, l->count + 1);
	struct own_scores o;
	size_t n = 0;
	for (size_t i = 0; i < l->count; i++)
		if (fold_of(l->owner[i]) != fold)
			rest[n++] = l->examples[i];
	own_scores_learn(&scratch, rest, n, &o);
	take_fold(&o, fold, weights, shape);
	arena_free(&scratch);
}

bool own_model_learn(struct arena *a, const struct own_lesson *l, const struct own_model **out,
                     float *held_back)
{
	static const char *const names[OWN_FOLDS] = { "0", "1", "2", "3", "4" };
	struct own_model *m = ARENA_NEW(a, struct own_model);
	struct linear shape = { .classes = OWN_FOLDS };
	struct arena scratch = { 0 };
	float *weights = ARENA_ARRAY(&scratch, float, (size_t)FEATURE_COUNT *OWN_FOLDS);
	bool goes_on = true;
	for (size_t fold = 0; fold < OWN_FOLDS && goes_on; fold++) {
		shape.class_name[fold] = str_of(names[fold]);
		goes_on = !l->goes_on || l->goes_on(l->context);
		if (goes_on)
			learn_fold(l, fold, weights, &shape);
	}
	if (goes_on)
		linear_pack(a, &shape, weights, NULL, &m->linear);
	arena_free(&scratch);
	for (size_t i = 0; i < l->count && goes_on; i++)
		held_back[i] = own_model_say(m, &l->examples[i].features, l->owner[i]);
	*out = m;
	return goes_on;
}

float own_model_say(const struct own_model *m, const struct features *f, uint64_t owner)
{
	float scores[LINEAR_CLASSES_MAX];
	linear_scores(&m->linear, f, NULL, scores);
	return scores[fold_of(owner)];
}

void own_model_write(const struct own_model *m, struct buf *out)
{
	linear_write(&m->linear, out);
}

bool own_model_read(struct arena *a, Str bytes, const struct own_model **out, struct err *err)
{
	struct own_model *m = ARENA_NEW(a, struct own_model);
	if (!linear_read(a, bytes, &m->linear, err))
		return false;
	if (m->linear.classes != OWN_FOLDS || m->linear.named != 0)
		return err_set(err, ERR_CORRUPT, "this is no model of a workspace's scores");
	*out = m;
	return true;
}
