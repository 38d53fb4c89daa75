/* train/train_sentiment.c - trains text/sentiment.h's models.
 *
 *	train_sentiment OUT.heedmodel [--vectors FILE.json] [--without-uci]
 *
 * With vectors (word_vectors.h) valences are given to more English words: a logistic regression on mean vectors of texts
 * finds the direction in which words become good, and the one in which they tell an opinion; what is kept is each word's
 * place on both. Without vectors they are taken from models/sentiment.heedmodel. They never see UCI's sentences, so that
 * English can be trained without those, to be measured on them: all else, calibration too, is then the shipped model's.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <linear.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "rows.h"
#include "sentiment_texts.h"
#include "text/own_scores.h"
#include "word_vectors.h"

#define VOCABULARY   40000
#define MODEL_MAX    ((size_t)16 << 20)
#define KIN_COST     1.0
#define GENERAL_COST 1.0
#define ENGLISH_COST 4.0
/* Of every fifth text, which calibration is made on. */
#define FOLD 5

struct texts_read {
	struct labelled_texts texts;
	struct words *words;
};

static void say_nothing(const char *text)
{
	(void)text;
}

/* kin that says 1 of each word: what valence_read makes of it is whether the word is turned. */
static void kin_of_ones(struct arena *a, struct linear *out)
{
	float *weights = ARENA_ARRAY(a, float, (size_t)FEATURE_COUNT * 2);
	for (size_t i = 0; i < (size_t)FEATURE_COUNT * 2; i++)
		weights[i] = 1;
	struct linear shape = { .classes = 2, .class_name = { STR("polarity"), STR("interest") } };
	linear_pack(a, &shape, weights, NULL, out);
}

/* liblinear's problem over mean vectors: y is 1 or -1. */
static void learn_direction(struct problem *p, double *direction)
{
	struct parameter how = { .solver_type = L2R_LR, .eps = 0.001, .C = KIN_COST };
	set_print_string_function(say_nothing);
	MUST(check_parameter(p, &how) == NULL);
	struct model *m = train(p, &how);
	double sign = m->label[0] == 1 ? 1 : -1;
	for (size_t k = 0; k < VECTOR_SIZE; k++)
		direction[k] = sign * m->w[k];
	free_and_destroy_model(&m);
}

static struct feature_node *nodes_of(struct arena *a, const float *vector, double scale)
{
	struct feature_node *nodes = arena_alloc(a, (VECTOR_SIZE + 2) * sizeof *nodes);
	for (int k = 0; k < VECTOR_SIZE; k++)
		nodes[k] = (struct feature_node){ k + 1, (double)vector[k] * scale };
	nodes[VECTOR_SIZE] = (struct feature_node){ VECTOR_SIZE + 1, 1 };
	nodes[VECTOR_SIZE + 1] = (struct feature_node){ .index = -1 };
	return nodes;
}

static struct feature_node *mean_of(struct arena *a, const struct words *w,
                                    const struct linear *ones, const struct word_vectors *vectors)
{
	float sum[VECTOR_SIZE] = { 0 };
	struct valence v;
	size_t n = 0;
	valence_read(a, w, ones, &v);
	for (size_t i = 0; i < w->count; i++) {
		const float *vector = word_vector(vectors, w->words[i].folded);
		if (!vector || w->words[i].kind != WORD_LETTERS)
			continue;
		n++;
		for (size_t k = 0; k < VECTOR_SIZE; k++)
			sum[k] += v.kin[i] * vector[k];
	}
	return nodes_of(a, sum, n ? 1 / sqrt((double)n) : 0);
}

struct kin_lesson {
	struct problem polarity, interest;
};

static void kin_add(struct problem *p, struct feature_node *x, bool yes)
{
	p->x[p->l] = x;
	p->y[p->l++] = yes ? 1 : -1;
}

static struct problem kin_problem(struct arena *a, size_t most)
{
	return (struct problem){ .n = VECTOR_SIZE + 1,
		                 .bias = 1,
		                 .x = arena_zeroed(a, most, sizeof(struct feature_node *)),
		                 .y = ARENA_ARRAY(a, double, most) };
}

/* Words of the lexicon are texts of one word. */
static void kin_add_lexicon(struct arena *a, const struct word_vectors *vectors,
                            struct kin_lesson *lesson)
{
	for (size_t i = 0; i < vectors->count; i++) {
		struct lexicon_word found =
		    lexicon_find(TONGUE_EN, vectors->words[i], vectors->words[i]);
		if (fabsf(found.valence) >= 1)
			kin_add(&lesson->polarity, nodes_of(a, vectors->vector[i], 1),
			        found.valence > 0);
	}
}

static void project(const struct word_vectors *vectors, const double *direction, size_t class,
                    float *weights, bool *taken)
{
	double square = 0;
	for (size_t i = 0; i < vectors->count; i++) {
		double along = 0;
		for (size_t k = 0; k < VECTOR_SIZE; k++)
			along += direction[k] * (double)vectors->vector[i][k];
		uint32_t place = feature_place('w', vectors->words[i], (Str){ 0 });
		/* The more frequent one keeps a place that two words share. */
		if (!taken[place])
			weights[place * 2 + class] = (float)along;
		taken[place] = true;
		square += along * along;
	}
	float scale = (float)(1 / sqrt(square / (double)vectors->count));
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		weights[i * 2 + class] *= scale;
}

static void learn_kin(struct arena *a, const struct texts_read *t, const char *path,
                      struct linear *out)
{
	struct word_vectors vectors;
	struct linear ones;
	double polarity[VECTOR_SIZE], interest[VECTOR_SIZE];
	word_vectors_read(a, path, VOCABULARY, &vectors);
	kin_of_ones(a, &ones);
	size_t most = t->texts.count + vectors.count;
	struct kin_lesson lesson = { kin_problem(a, most), kin_problem(a, most) };
	for (size_t i = 0; i < t->texts.count; i++) {
		const struct labelled *one = &t->texts.text[i];
		if (one->tongue != TONGUE_EN || one->set == SET_UCI || one->set == SET_TOGETHER)
			continue;
		struct feature_node *x = mean_of(a, &t->words[i], &ones, &vectors);
		bool neutral = one->label == SENTIMENT_NEUTRAL;
		kin_add(&lesson.interest, x, !neutral);
		if (!neutral)
			kin_add(&lesson.polarity, x, one->label == SENTIMENT_POSITIVE);
	}
	kin_add_lexicon(a, &vectors, &lesson);
	learn_direction(&lesson.polarity, polarity);
	learn_direction(&lesson.interest, interest);
	float *weights = ARENA_ARRAY(a, float, (size_t)FEATURE_COUNT * 2);
	project(&vectors, polarity, 0, weights, ARENA_ARRAY(a, bool, FEATURE_COUNT));
	project(&vectors, interest, 1, weights, ARENA_ARRAY(a, bool, FEATURE_COUNT));
	struct linear shape = { .classes = 2, .class_name = { STR("polarity"), STR("interest") } };
	linear_pack(a, &shape, weights, NULL, out);
}

static const Str class_names[] = { { "negative", 8 }, { "neutral", 7 }, { "positive", 8 } };

static void sample_of(struct arena *a, const struct words *w, const struct linear *kin, bool ngrams,
                      struct linear_sample *out)
{
	struct valence v;
	float *numbers = ARENA_ARRAY(a, float, VALENCE_COUNT);
	valence_read(a, w, kin, &v);
	valence_numbers(w, &v, 0, w->count, numbers);
	if (ngrams)
		features_of(a, w, 0, w->count, SENTIMENT_FEATURES, &out->features);
	out->numbers = numbers;
}

/* Weight and shift for the score of each class, so that their softmax is right on texts that were not learnt from: gradient
 * descent on the logarithmic loss. Good and bad weigh the same together: which of them is more frequent is for the
 * workspace's own scores to say. */
static void calibrate(struct linear *m, const struct linear_sample *samples, const size_t *which,
                      size_t count)
{
	float(*scores)[LINEAR_CLASSES_MAX] = mem_zeroed(count, sizeof *scores);
	for (size_t i = 0; i < count; i++)
		linear_scores(m, &samples[which[i]].features, samples[which[i]].numbers, scores[i]);
	double weight = 1, shift[SENTIMENT_CLASSES] = { 0 }, of[SENTIMENT_CLASSES] = { 0 };
	for (size_t i = 0; i < count; i++)
		for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
			of[c] += samples[which[i]].classes >> c & 1 ? 1 : 0;
	double sided = (of[SENTIMENT_NEGATIVE] + of[SENTIMENT_POSITIVE]) / 2;
	of[SENTIMENT_NEUTRAL] = 1;
	for (size_t c = 0; c < SENTIMENT_CLASSES; c += 2)
		of[c] = sided / of[c];
	for (int step = 0; step < 2000; step++) {
		double slope = 0, slopes[SENTIMENT_CLASSES] = { 0 };
		for (size_t i = 0; i < count; i++) {
			double p[SENTIMENT_CLASSES], sum = 0, counts = 0;
			for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
				sum += p[c] = exp(weight * (double)scores[i][c] + shift[c]);
			for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
				counts +=
				    samples[which[i]].classes >> c & 1 ? of[c] / (double)count : 0;
			for (size_t c = 0; c < SENTIMENT_CLASSES; c++) {
				bool is = samples[which[i]].classes >> c & 1;
				double off = p[c] / sum - (is ? 1 : 0);
				slope += counts * off * (double)scores[i][c];
				slopes[c] += counts * off;
			}
		}
		weight -= 0.3 * slope;
		for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
			shift[c] -= 0.3 * slopes[c];
	}
	for (size_t c = 0; c < SENTIMENT_CLASSES; c++) {
		m->calibration[c][0] = (float)weight;
		m->calibration[c][1] = (float)shift[c];
	}
	free(scores);
}

static struct linear_lesson lesson_of(const struct linear_sample *samples, size_t count,
                                      double cost)
{
	return (struct linear_lesson){ .samples = samples,
		                       .count = count,
		                       .named = VALENCE_COUNT,
		                       .class_name = class_names,
		                       .classes = SENTIMENT_CLASSES,
		                       .c = cost };
}

static double share_right(const struct linear *m, const struct linear_sample *samples,
                          const size_t *which, size_t count)
{
	size_t right = 0;
	for (size_t i = 0; i < count; i++) {
		const struct linear_sample *s = &samples[which[i]];
		float scores[LINEAR_CLASSES_MAX];
		size_t best = 0;
		linear_scores(m, &s->features, s->numbers, scores);
		for (size_t c = 1; c < SENTIMENT_CLASSES; c++)
			if (scores[c] > scores[best])
				best = c;
		right += s->classes >> best & 1;
	}
	return (double)right / (double)count;
}

static void take_calibration(struct linear *to, const struct linear *from)
{
	for (size_t c = 0; c < SENTIMENT_CLASSES; c++)
		for (size_t k = 0; k < 2; k++)
			to->calibration[c][k] = from->calibration[c][k];
}

/* Calibrated on every fifth text, which a first model has not seen; the model that is kept has seen all. */
static void learn(struct arena *a, const struct linear_sample *samples, size_t count, double cost,
                  struct linear *out)
{
	struct linear_sample *seen = arena_alloc(a, count * sizeof *seen);
	size_t *held = ARENA_ARRAY(a, size_t, count), seen_count = 0, held_count = 0;
	for (size_t i = 0; i < count; i++)
		if (i % FOLD == 0)
			held[held_count++] = i;
		else
			seen[seen_count++] = samples[i];
	struct linear_lesson part = lesson_of(seen, seen_count, cost);
	struct linear_lesson all = lesson_of(samples, count, cost);
	struct linear first;
	linear_learn(a, &part, &first);
	calibrate(&first, samples, held, held_count);
	linear_learn(a, &all, out);
	take_calibration(out, &first);
	printf("%zu texts, %u rows, of held-back texts right: %.3f\n", count, out->rows,
	       share_right(&first, samples, held, held_count));
}

/* Texts of one language as samples. */
static size_t samples_of(struct arena *a, const struct texts_read *t, enum tongue tongue,
                         const struct linear *kin, bool ngrams, struct linear_sample **out)
{
	struct linear_sample *samples = arena_zeroed(a, t->texts.count, sizeof *samples);
	size_t count = 0;
	for (size_t i = 0; i < t->texts.count; i++) {
		const struct labelled *one = &t->texts.text[i];
		if (one->tongue != tongue || t->words[i].count == 0)
			continue;
		sample_of(a, &t->words[i], kin, ngrams, &samples[count]);
		samples[count++].classes = 1ull << one->label;
	}
	*out = samples;
	return count;
}

/* Detractors are one in twenty: each stands so many times. */
#define DETRACTOR_TIMES 12

/* nps_pt's comments beside what the general model says of them. */
static size_t portuguese_examples(struct arena *a, const struct texts_read *t,
                                  const struct sentiment_model *m, struct own_example *out,
                                  uint64_t *group)
{
	struct sentiment_model general = *m;
	size_t count = 0;
	general.portuguese = m->general;
	for (size_t i = 0; i < t->texts.count; i++) {
		const struct labelled *one = &t->texts.text[i];
		struct sentiment_reading r;
		if (one->tongue != TONGUE_PT || t->words[i].count == 0)
			continue;
		sentiment_read(&general, a, &t->words[i], &r);
		int leaning = (int)one->label - SENTIMENT_NEUTRAL;
		own_example(a, &t->words[i], &r, leaning, &out[count]);
		features_of(a, &t->words[i], 0, t->words[i].count, SENTIMENT_FEATURES,
		            &out[count].features);
		group[count++] = i;
		for (int n = 1; leaning < 0 && n < DETRACTOR_TIMES; n++, count++) {
			out[count] = out[count - 1];
			group[count] = i;
		}
	}
	return count;
}

/* Share right, each side weighing the same. */
static double balanced(const struct own_example *examples, const float *own, size_t count)
{
	double right[2] = { 0 }, all[2] = { 0 };
	for (size_t i = 0; i < count; i++) {
		if (examples[i].leaning == 0)
			continue;
		bool good = examples[i].leaning > 0;
		float logit = examples[i].shipped + (own ? 2 * own[i] : 0);
		all[good]++;
		right[good] += (logit >= 0) == good;
	}
	return (right[0] / all[0] + right[1] / all[1]) / 2;
}

/* The general model with what n-grams add in Portuguese. How many promoters there are is not learnt: the bias is left out. */
static void learn_portuguese(struct arena *a, const struct texts_read *t, struct sentiment_model *m)
{
	size_t most = t->texts.count * DETRACTOR_TIMES;
	struct own_example *examples = arena_zeroed(a, most, sizeof *examples);
	uint64_t *group = ARENA_ARRAY(a, uint64_t, most);
	size_t count = portuguese_examples(a, t, m, examples, group);
	struct own_scores o;
	float *own = ARENA_ARRAY(a, float, count);
	own_scores_cross(a, examples, group, count, own);
	printf("Portuguese, held back: %.3f by the general model, %.3f with n-grams\n",
	       balanced(examples, NULL, count), balanced(examples, own, count));
	own_scores_learn(a, examples, count, &o);
	float *weights = ARENA_ARRAY(a, float, (size_t)FEATURE_COUNT *SENTIMENT_CLASSES);
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		float half = o.weight[i] / (2 * m->general.calibration[0][0]);
		weights[i * SENTIMENT_CLASSES + SENTIMENT_NEGATIVE] = -half;
		weights[i * SENTIMENT_CLASSES + SENTIMENT_POSITIVE] = half;
	}
	linear_pack(a, &m->general, weights, m->general.named_weight, &m->portuguese);
}

static void learn_all(struct arena *a, const struct texts_read *t, struct sentiment_model *m)
{
	struct linear_sample *samples;
	size_t count = samples_of(a, t, TONGUE_EN, NULL, false, &samples);
	learn(a, samples, count, GENERAL_COST, &m->general);
	count = samples_of(a, t, TONGUE_EN, &m->kin, true, &samples);
	learn(a, samples, count, ENGLISH_COST, &m->english);
	learn_portuguese(a, t, m);
}

/* English alone anew. */
static void learn_without_uci(struct arena *a, const struct texts_read *t,
                              struct sentiment_model *m)
{
	struct linear_sample *samples;
	size_t count = samples_of(a, t, TONGUE_EN, &m->kin, true, &samples);
	struct linear_lesson lesson = lesson_of(samples, count, ENGLISH_COST);
	struct linear shipped = m->english;
	linear_learn(a, &lesson, &m->english);
	take_calibration(&m->english, &shipped);
}

static void read_shipped(struct arena *a, struct sentiment_model *out)
{
	static const char path[] = "models/sentiment.heedmodel";
	struct err err;
	char *bytes;
	size_t len;
	FILE *f = fopen(path, "rb"), *all = open_memstream(&bytes, &len);
	for (int c; f && (c = fgetc(f)) != EOF;)
		fputc(c, all);
	fclose(all);
	if (!f || !sentiment_model_read(a, (Str){ bytes, len }, out, &err)) {
		fprintf(stderr, "%s: no sentiment model to go on from\n", path);
		exit(1);
	}
	fclose(f);
	free(bytes);
}

static void read_texts(struct arena *a, struct word_reader *r, bool uci, struct texts_read *t)
{
	sentiment_texts(a, uci, &t->texts);
	t->words = arena_zeroed(a, t->texts.count, sizeof *t->words);
	for (size_t i = 0; i < t->texts.count; i++) {
		const struct labelled *one = &t->texts.text[i];
		words_read(r, a, one->text, one->tongue, &t->words[i]);
	}
}

int main(int argc, char **argv)
{
	const char *vectors = NULL;
	bool uci = true, understood = argc > 1;
	struct arena a = { 0 };
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--without-uci") == 0)
			uci = false;
		else if (strcmp(argv[i], "--vectors") == 0 && i + 1 < argc)
			vectors = argv[++i];
		else
			understood = false;
	}
	if (!understood) {
		fprintf(stderr, "train_sentiment OUT.heedmodel [--vectors FILE] [--without-uci]\n");
		return 2;
	}
	struct texts_read t;
	struct sentiment_model m;
	struct word_reader *r = word_reader_open();
	read_texts(&a, r, uci, &t);
	if (vectors)
		learn_kin(&a, &t, vectors, &m.kin);
	else
		read_shipped(&a, &m);
	if (uci)
		learn_all(&a, &t, &m);
	else
		learn_without_uci(&a, &t, &m);
	struct buf out;
	buf_init(&out, MODEL_MAX);
	sentiment_model_write(&m, &out);
	rows_write_file(argv[1], buf_str(&out));
	printf("%zu bytes\n", out.len);
	word_reader_close(r);
	buf_free(&out);
	arena_free(&a);
	return 0;
}
