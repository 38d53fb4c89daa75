/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/linear.h"

#include <linear.h>
#include <stdlib.h>

#include "base/die.h"

/* liblinear's stopping rule for L2R_LR. */
#define EPSILON 0.001

static void say_nothing(const char *text)
{
	(void)text;
}

/* Places that some sample has, close together: what liblinear does for each of its columns is not done for the empty ones. */
struct columns {
	uint32_t *of;    /* [FEATURE_COUNT] from 1; 0: no sample has it */
	uint32_t *place; /* [count + 1] */
	uint32_t count;
};

static void find_columns(struct columns *c, const struct linear_lesson *lesson)
{
	c->of = mem_zeroed(FEATURE_COUNT, sizeof *c->of);
	c->place = mem_zeroed(FEATURE_COUNT + 1, sizeof *c->place);
	for (size_t i = 0; i < lesson->count; i++) {
		const struct features *f = &lesson->samples[i].features;
		for (size_t k = 0; k < f->count; k++)
			c->of[f->index[k]] = 1;
	}
	for (uint32_t place = 0; place < FEATURE_COUNT; place++)
		if (c->of[place]) {
			c->of[place] = ++c->count;
			c->place[c->count] = place;
		}
}

/* One sample as liblinear's nodes: columns from 1, numbers behind them, a 1 for the bias, -1 at the end. */
static struct feature_node *nodes_of(struct arena *a, const struct linear_sample *s,
                                     const struct columns *c, uint32_t named)
{
	struct feature_node *nodes =
	    arena_alloc(a, (s->features.count + named + 2) * sizeof *nodes);
	size_t n = 0;
	for (size_t i = 0; i < s->features.count; i++)
		nodes[n++] = (struct feature_node){ (int)c->of[s->features.index[i]],
			                            (double)s->features.value[i] };
	for (uint32_t k = 0; k < named; k++)
		nodes[n++] =
		    (struct feature_node){ (int)(c->count + k + 1), (double)s->numbers[k] };
	nodes[n++] = (struct feature_node){ (int)(c->count + named + 1), 1 }; /* the bias */
	nodes[n] = (struct feature_node){ .index = -1 };
	return nodes;
}

struct learning {
	const struct linear_lesson *lesson;
	struct columns columns;
	struct feature_node **nodes; /* [count] */
	struct problem p;            /* with room for each sample */
	float *weights, *named;
};

/* The samples that say something of the class; how many are of it. */
static size_t take_samples(struct learning *l, uint32_t class)
{
	size_t positive = 0;
	l->p.l = 0;
	for (size_t i = 0; i < l->lesson->count; i++) {
		const struct linear_sample *s = &l->lesson->samples[i];
		if (s->unknown >> class & 1)
			continue;
		bool is = s->classes >> class & 1;
		positive += is;
		l->p.y[l->p.l] = is ? 1 : -1;
		l->p.x[l->p.l++] = l->nodes[i];
	}
	return positive;
}

/* One class against the rest, into the column of the class. False: nothing to tell apart. */
static bool learn_class(struct learning *l, uint32_t class, float *bias)
{
	const struct linear_lesson *lesson = l->lesson;
	size_t positive = take_samples(l, class);
	if (positive == 0 || positive == (size_t)l->p.l)
		return false;
	int label = 1;
	double cost = lesson->positive ? lesson->positive[class] : 1;
	struct parameter how = { .solver_type = L2R_LR, .eps = EPSILON, .C = lesson->c };
	how.nr_weight = 1;
	how.weight_label = &label;
	how.weight = &cost;
	MUST(check_parameter(&l->p, &how) == NULL);
	struct model *m = train(&l->p, &how);
	double sign = m->label[0] == 1 ? 1 : -1;
	for (uint32_t i = 0; i < l->columns.count; i++)
		l->weights[(size_t)l->columns.place[i + 1] * lesson->classes + class] =
		    (float)(sign * m->w[i]);
	for (uint32_t k = 0; k < lesson->named; k++)
		l->named[k * lesson->classes + class] = (float)(sign * m->w[l->columns.count + k]);
	*bias = (float)(sign * m->w[l->p.n - 1]);
	free_and_destroy_model(&m);
	return true;
}

/* Of what was never seen on both sides: no score is high enough. */
#define NEVER (-30.0F)

void linear_learn(struct arena *a, const struct linear_lesson *lesson, struct linear *out)
{
	struct linear shape = { .classes = lesson->classes, .named = lesson->named };
	struct learning l = { .lesson = lesson };
	size_t n = lesson->classes;
	MUST(n > 0 && n <= LINEAR_CLASSES_MAX && lesson->named <= LINEAR_NAMED_MAX);
	l.weights = mem_zeroed(FEATURE_COUNT * n, sizeof *l.weights);
	l.named = mem_zeroed(LINEAR_NAMED_MAX * n, sizeof *l.named);
	l.nodes = mem_zeroed(lesson->count + 1, sizeof(struct feature_node *));
	l.p.y = mem_zeroed(lesson->count + 1, sizeof *l.p.y);
	l.p.x = mem_zeroed(lesson->count + 1, sizeof(struct feature_node *));
	find_columns(&l.columns, lesson);
	l.p.n = (int)(l.columns.count + lesson->named + 1);
	l.p.bias = 1;
	for (size_t i = 0; i < lesson->count; i++)
		l.nodes[i] = nodes_of(a, &lesson->samples[i], &l.columns, lesson->named);
	set_print_string_function(say_nothing);
	for (uint32_t c = 0; c < n; c++) {
		shape.class_name[c] = str_copy(a, lesson->class_name[c]);
		shape.calibration[c][0] = 1;
		if (!learn_class(&l, c, &shape.bias[c]))
			shape.bias[c] = NEVER;
	}
	linear_pack(a, &shape, l.weights, l.named, out);
	free(l.columns.of);
	free(l.columns.place);
	free(l.p.x);
	free(l.p.y);
	free(l.nodes);
	free(l.named);
	free(l.weights);
}
