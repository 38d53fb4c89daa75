/* Trains models/emotion.heedmodel on GoEmotions, and says how well it does.
 *
 *	train_emotion OUT.heedmodel
 *
 * A class is learnt twice, by logistic regression with an L1 penalty, which keeps few features, and with an L2 penalty over
 * features scaled by their log-count ratio (S. Wang, C. D. Manning, "Baselines and Bigrams", ACL 2012); the mean of both is the
 * model. Calibrated by Platt's method on the development rows, where thresholds are chosen too. Costs were chosen there as
 * well; the test rows are for the figures alone.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <linear.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "rows.h"
#include "text/emotion.h"

#define COST_L1      3.0
#define COST_L2      4.0
#define RATIO_SHARE  .5  /* of the log-count ratio in a feature's scale */
#define EPSILON      .01 /* liblinear's stopping rule */
#define WEIGHT_LEAST 3   /* steps of 127 below which a row is left out */
#define BINS         10

/* GoEmotions' labels in the order of its files. */
static const uint8_t groups[] = {
	EMOTION_JOY,     EMOTION_JOY,      EMOTION_ANGER,    EMOTION_ANGER, EMOTION_JOY,
	EMOTION_JOY,     EMOTION_SURPRISE, EMOTION_SURPRISE, EMOTION_JOY,   EMOTION_SADNESS,
	EMOTION_ANGER,   EMOTION_DISGUST,  EMOTION_SADNESS,  EMOTION_JOY,   EMOTION_FEAR,
	EMOTION_JOY,     EMOTION_SADNESS,  EMOTION_JOY,      EMOTION_JOY,   EMOTION_FEAR,
	EMOTION_JOY,     EMOTION_JOY,      EMOTION_SURPRISE, EMOTION_JOY,   EMOTION_SADNESS,
	EMOTION_SADNESS, EMOTION_SURPRISE, EMOTION_NEUTRAL,
};
#define LABEL_CONFUSION 6

struct set {
	struct features *features; /* [count] */
	unsigned *classes;         /* [count] a bit an emotion */
	size_t count;
};

static unsigned classes_of(Str labels)
{
	unsigned classes = 0;
	Str one;
	while (str_cut(&labels, ',', &one)) {
		int64_t label;
		MUST(str_to_i64(one, &label) && label >= 0 && label < (int64_t)sizeof groups);
		classes |= 1u << groups[label];
		classes |= label == LABEL_CONFUSION ? 1u << EMOTION_CONFUSION : 0;
	}
	return classes;
}

static struct set read_set(struct arena *a, const char *name)
{
	struct rows rows;
	struct word_reader *r = word_reader_open();
	rows_read(a, name, &rows);
	size_t text = rows_column(&rows, "text"), labels = rows_column(&rows, "labels");
	struct set s = { .count = rows.count };
	s.features = ARENA_ARRAY(a, struct features, rows.count);
	s.classes = ARENA_ARRAY(a, unsigned, rows.count);
	for (size_t i = 0; i < rows.count; i++) {
		struct words w;
		words_read(r, a, rows.cells[i][text], TONGUE_EN, &w);
		features_of(a, &w, 0, w.count, EMOTION_FEATURES, &s.features[i]);
		features_merge(&s.features[i]);
		s.classes[i] = classes_of(rows.cells[i][labels]);
	}
	word_reader_close(r);
	return s;
}

static void say_nothing(const char *text)
{
	(void)text;
}

/* As liblinear wants them: by place, each once, a 1 for the bias, -1 at the end. */
static struct feature_node *nodes_of(struct arena *a, const struct features *f, const double *scale)
{
	struct feature_node *x = arena_alloc(a, (f->count + 2) * sizeof *x);
	size_t n = 0;
	for (; n < f->count; n++)
		x[n] = (struct feature_node){ (int)f->index[n] + 1,
			                      (double)f->value[n] * scale[f->index[n]] };
	x[n++] = (struct feature_node){ (int)FEATURE_COUNT + 1, 1 };
	x[n] = (struct feature_node){ .index = -1 };
	return x;
}

/* One class against the rest; adds half of what it learnt. */
static void learn(const struct set *s, enum emotion e, int solver, double cost, const double *scale,
                  float *weights, float *bias)
{
	struct problem p = { .l = (int)s->count, .n = (int)FEATURE_COUNT + 1, .bias = 1 };
	struct parameter how = { .solver_type = solver, .C = cost, .eps = EPSILON };
	struct arena a = { 0 };
	p.y = arena_alloc(&a, s->count * sizeof *p.y);
	p.x = arena_alloc(&a, s->count * sizeof(struct feature_node *));
	for (size_t i = 0; i < s->count; i++) {
		struct feature_node *x = nodes_of(&a, &s->features[i], scale);
		p.x[i] = x;
		p.y[i] = s->classes[i] >> e & 1 ? 1 : -1;
	}
	MUST(check_parameter(&p, &how) == NULL);
	struct model *m = train(&p, &how);
	double sign = m->label[0] == 1 ? .5 : -.5;
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		weights[i * EMOTION_COUNT + e] += (float)(sign * scale[i] * m->w[i]);
	*bias += (float)(sign * m->w[FEATURE_COUNT]);
	free_and_destroy_model(&m);
	arena_free(&a);
}

/* |log of (share of a feature inside the class / outside)|, mixed with 1. */
static void ratio_scale(const struct set *s, enum emotion e, double *scale)
{
	double *in = mem_zeroed(FEATURE_COUNT, sizeof *in), in_sum = 0;
	double *out = mem_zeroed(FEATURE_COUNT, sizeof *out), out_sum = 0;
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < s->features[i].count; k++)
			(s->classes[i] >> e & 1 ? in : out)[s->features[i].index[k]]++;
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		in_sum += in[i] + 1;
		out_sum += out[i] + 1;
	}
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		double ratio = log((in[i] + 1) / in_sum / ((out[i] + 1) / out_sum));
		scale[i] = 1 - RATIO_SHARE + RATIO_SHARE * fabs(ratio);
	}
	free(in);
	free(out);
}

/* Rows whose weights are all small beside their class's largest one go. */
static void drop_small(float *weights)
{
	float largest[EMOTION_COUNT] = { 0 };
	for (size_t i = 0; i < (size_t)FEATURE_COUNT * EMOTION_COUNT; i++)
		largest[i % EMOTION_COUNT] = fmaxf(largest[i % EMOTION_COUNT], fabsf(weights[i]));
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		float most = 0;
		for (size_t e = 0; e < EMOTION_COUNT; e++)
			most = fmaxf(most, fabsf(weights[i * EMOTION_COUNT + e]) / largest[e]);
		if (most * 127 < WEIGHT_LEAST)
			memset(&weights[i * EMOTION_COUNT], 0, EMOTION_COUNT * sizeof *weights);
	}
}

/* J. Platt 1999, with the targets that he corrects for small counts; Newton's method. */
static void calibrate(const float *score, const struct set *s, enum emotion e, float out[2])
{
	double positive = 0, negative = 0, a = 1, b = 0;
	for (size_t i = 0; i < s->count; i++)
		*(s->classes[i] >> e & 1 ? &positive : &negative) += 1;
	double high = (positive + 1) / (positive + 2), low = 1 / (negative + 2);
	for (int step = 0; step < 50; step++) {
		double ga = 0, gb = 0, haa = 1e-9, hab = 0, hbb = 1e-9;
		for (size_t i = 0; i < s->count; i++) {
			double x = (double)score[i * EMOTION_COUNT + e],
			       p = 1 / (1 + exp(-a * x - b));
			double target = s->classes[i] >> e & 1 ? high : low, w = p * (1 - p);
			ga += (p - target) * x;
			gb += p - target;
			haa += w * x * x;
			hab += w * x;
			hbb += w;
		}
		double det = haa * hbb - hab * hab;
		a -= (hbb * ga - hab * gb) / det;
		b -= (haa * gb - hab * ga) / det;
	}
	out[0] = (float)a;
	out[1] = (float)b;
}

static double f1(const float *p, const struct set *s, enum emotion e, float least)
{
	double both = 0, either = 0;
	for (size_t i = 0; i < s->count; i++) {
		bool is = s->classes[i] >> e & 1, said = p[i * EMOTION_COUNT + e] >= least;
		both += is && said;
		either += (double)is + (double)said;
	}
	return either > 0 ? 2 * both / either : 0;
}

/* The threshold with the largest F1 nearby: a peak of one row is chance. */
static float threshold(const float *p, const struct set *s, enum emotion e)
{
	float best = .5F;
	double most = -1;
	for (int i = 5; i < 80; i++) {
		float t = (float)i / 100;
		double here = f1(p, s, e, t * .9F) + f1(p, s, e, t) + f1(p, s, e, t * 1.1F);
		if (here > most) {
			most = here;
			best = t;
		}
	}
	return best;
}

static float *ask(const struct linear *m, const struct set *s, bool calibrated)
{
	float *out = mem_zeroed(s->count * EMOTION_COUNT + 1, sizeof *out);
	for (size_t i = 0; i < s->count; i++) {
		float scores[EMOTION_COUNT], *to = out + i * EMOTION_COUNT;
		linear_scores(m, &s->features[i], NULL, scores);
		if (calibrated)
			linear_each(m, scores, to);
		else
			memcpy(to, scores, sizeof scores);
	}
	return out;
}

static void print_reliability(const float *p, const struct set *s)
{
	printf("reliability on the test rows: probability said, share that is (rows)\n");
	for (enum emotion e = 0; e < EMOTION_COUNT; e++) {
		double said[BINS] = { 0 }, is[BINS] = { 0 }, rows[BINS] = { 0 }, error = 0;
		for (size_t i = 0; i < s->count; i++) {
			float one = p[i * EMOTION_COUNT + e];
			int bin = one >= 1 ? BINS - 1 : (int)(one * BINS);
			said[bin] += (double)one;
			is[bin] += s->classes[i] >> e & 1;
			rows[bin]++;
		}
		printf("%-10.*s", STR_FMT(emotion_name(e)));
		for (int bin = 0; bin < BINS; bin++) {
			error += fabs(said[bin] - is[bin]);
			if (rows[bin] >= 20)
				printf(" %.2f/%.2f (%.0f)", said[bin] / rows[bin],
				       is[bin] / rows[bin], rows[bin]);
		}
		printf("; mean error %.3f\n", error / (double)s->count);
	}
}

static void print_figures(const struct linear *m, const struct set *dev, const struct set *test)
{
	float *on_dev = ask(m, dev, true), *on_test = ask(m, test, true);
	double sum_dev = 0, sum_test = 0;
	for (enum emotion e = 0; e < EMOTION_COUNT; e++) {
		float t = threshold(on_dev, dev, e);
		double d = f1(on_dev, dev, e, t), x = f1(on_test, test, e, t);
		printf("%-10.*s threshold %.2f, F1 on dev %.3f, on test %.3f\n",
		       STR_FMT(emotion_name(e)), (double)t, d, x);
		sum_dev += e == EMOTION_CONFUSION ? 0 : d;
		sum_test += e == EMOTION_CONFUSION ? 0 : x;
	}
	printf("macro-F1 of GoEmotions' seven groups: dev %.4f, test %.4f\n", sum_dev / 7,
	       sum_test / 7);
	print_reliability(on_test, test);
	free(on_dev);
	free(on_test);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct linear shape = { .classes = EMOTION_COUNT }, m;
	struct buf file;
	MUST(argc == 2);
	set_print_string_function(say_nothing);
	struct set train_rows = read_set(&a, "goemotions/train.csv.gz");
	struct set dev = read_set(&a, "goemotions/dev.csv"),
		   test = read_set(&a, "goemotions/test.csv");
	float *weights = mem_zeroed((size_t)FEATURE_COUNT * EMOTION_COUNT, sizeof *weights);
	double *scale = mem_zeroed(FEATURE_COUNT, sizeof *scale);
	for (enum emotion e = 0; e < EMOTION_COUNT; e++) {
		shape.class_name[e] = emotion_name(e);
		for (size_t i = 0; i < FEATURE_COUNT; i++)
			scale[i] = 1;
		learn(&train_rows, e, L1R_LR, COST_L1, scale, weights, &shape.bias[e]);
		ratio_scale(&train_rows, e, scale);
		learn(&train_rows, e, L2R_LR, COST_L2, scale, weights, &shape.bias[e]);
	}
	drop_small(weights);
	linear_pack(&a, &shape, weights, NULL, &m);
	float *scores = ask(&m, &dev, false);
	for (enum emotion e = 0; e < EMOTION_COUNT; e++)
		calibrate(scores, &dev, e, m.calibration[e]);
	buf_init(&file, (size_t)64 << 20);
	linear_write(&m, &file);
	rows_write_file(argv[1], buf_str(&file));
	printf("%u features, %zu bytes\n", m.rows, file.len);
	print_figures(&m, &dev, &test);
	buf_free(&file);
	free(scores);
	free(weights);
	free(scale);
	arena_free(&a);
	return 0;
}
