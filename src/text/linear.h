/* text/linear.h - linear models with small weights: one number a class from hashed features and named ones.
 *
 * score[c] = bias[c] + sum over features of value x weight[feature][c] + sum over named of number x named weight[c].
 * Weights of hashed features are 8 bits with a scale a class; features without weight in any class are not stored: a
 * model is as large as what it learnt. Trained by tools in train/ with liblinear (R.-E. Fan et al., "LIBLINEAR: A Library
 * for Large Linear Classification", JMLR 9, 2008).
 *
 * A model is immutable and may be shared by threads.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_LINEAR_H
#define TEXT_LINEAR_H

#include "base/buf.h"
#include "base/err.h"
#include "text/features.h"

#define LINEAR_CLASSES_MAX 64
#define LINEAR_NAMED_MAX   64

/* Of 64 features: a bit for each that has a row, and the rows of those before them. Small enough to stay in a near cache, which
 * is what asking costs. */
struct linear_rows {
	uint64_t known;
	uint32_t before;
};

struct linear {
	uint32_t classes, named;
	Str class_name[LINEAR_CLASSES_MAX];
	float bias[LINEAR_CLASSES_MAX];
	float scale[LINEAR_CLASSES_MAX];          /* of an 8-bit weight */
	float calibration[LINEAR_CLASSES_MAX][2]; /* Platt: p = 1 / (1 + exp(-(a x score + b))) */
	const float *named_weight;                /* [named x classes] */
	const struct linear_rows
	    *at; /* [FEATURE_COUNT / 64] which features have a row in `weight` */
	const int8_t
	    *weight; /* [(rows + 1) x classes], in the order of features; the first is of none */
	uint32_t rows;
};

/* Sets `before` by the bits of all. Returns the number of rows. */
uint32_t linear_count_rows(struct linear_rows *rows);

/* The weights of a feature, one a class; zeros where it has none. */
static inline const int8_t *linear_row(const struct linear *m, uint32_t feature)
{
	const struct linear_rows *r = &m->at[feature / 64];
	uint64_t bit = (uint64_t)1 << feature % 64;
	if (!(r->known & bit))
		return m->weight;
	unsigned within = (unsigned)__builtin_popcountll(r->known & (bit - 1));
	return m->weight + (size_t)(r->before + within + 1) * m->classes;
}

/* `numbers`: [m->named]; NULL when there are none. scores: [m->classes]. */
void linear_scores(const struct linear *m, const struct features *f, const float *numbers,
                   float *scores);
/* Adds the weights of the features, each counting 1, in steps of m->scale: for who puts stretches of a text together. */
void linear_sums(const struct linear *m, const struct features *f, float *sums);
/* Calibrated, one against the rest; not forced to add up to 1. */
void linear_each(const struct linear *m, const float *scores, float *probabilities);

/* From weights [FEATURE_COUNT x classes] and named [named x classes] as training leaves them; in the arena. Weights that
 * round to nothing in every class are left out. */
void linear_pack(struct arena *a, const struct linear *shape, const float *weights,
                 const float *named, struct linear *out);
/* As bytes, the same on every machine. */
void linear_write(const struct linear *m, struct buf *out);
/* Bytes may come from anywhere: what is not a model is ERR_CORRUPT. The bytes are not needed afterwards. */
MUST_USE bool linear_read(struct arena *a, Str bytes, struct linear *out, struct err *err);

struct linear_sample {
	struct features features;
	const float *numbers; /* [named] */
	uint64_t classes;     /* a bit a class that it is of: one, several or none */
	uint64_t unknown;     /* a bit a class of which it says nothing */
};
struct linear_lesson {
	const struct linear_sample *samples;
	size_t count;
	uint32_t named;
	const Str *class_name; /* [classes] */
	uint32_t classes;
	double c;               /* cost of an error; liblinear's C */
	const double *positive; /* [classes] times c for samples that are of the class; NULL: 1 */
};
/* Logistic regression with an L2 penalty, each class against the rest, by liblinear's trust region Newton method: the same
 * lesson gives the same model. A class without samples on both sides is never chosen. */
void linear_learn(struct arena *a, const struct linear_lesson *lesson, struct linear *out);

#endif
