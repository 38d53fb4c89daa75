/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/linear.h"

#include <math.h>
#include <string.h>

#include "base/die.h"

static float sigmoid(float x)
{
	return 1 / (1 + expf(-x));
}

uint32_t linear_count_rows(struct linear_rows *rows)
{
	uint32_t count = 0;
	for (size_t i = 0; i < FEATURE_COUNT / 64; i++) {
		rows[i].before = count;
		count += (uint32_t)__builtin_popcountll(rows[i].known);
	}
	return count;
}

void linear_scores(const struct linear *m, const struct features *f, const float *numbers,
                   float *scores)
{
	uint32_t n = m->classes;
	float sums[LINEAR_CLASSES_MAX] = { 0 };
	for (size_t i = 0; i < f->count; i++) {
		const int8_t *row = linear_row(m, f->index[i]);
		if (row == m->weight)
			continue;
		for (uint32_t c = 0; c < n; c++)
			sums[c] += f->value[i] * (float)row[c];
	}
	for (uint32_t c = 0; c < n; c++)
		scores[c] = m->bias[c] + m->scale[c] * sums[c];
	for (uint32_t k = 0; k < m->named; k++)
		for (uint32_t c = 0; c < n; c++)
			scores[c] += numbers[k] * m->named_weight[k * n + c];
}

void linear_sums(const struct linear *m, const struct features *f, float *sums)
{
	for (size_t i = 0; i < f->count; i++) {
		const int8_t *row = linear_row(m, f->index[i]);
		if (row == m->weight)
			continue;
		for (uint32_t c = 0; c < m->classes; c++)
			sums[c] += (float)row[c];
	}
}

void linear_each(const struct linear *m, const float *scores, float *probabilities)
{
	for (uint32_t c = 0; c < m->classes; c++)
		probabilities[c] = sigmoid(m->calibration[c][0] * scores[c] + m->calibration[c][1]);
}

static float largest_of(const float *weights, uint32_t classes, uint32_t class)
{
	float largest = 0;
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		largest = fmaxf(largest, fabsf(weights[i * classes + class]));
	return largest;
}

/* True when some class has a weight left. */
static bool round_row(const float *scale, const float *weights, uint32_t classes, int8_t *row)
{
	bool any = false;
	for (uint32_t c = 0; c < classes; c++) {
		float steps = scale[c] > 0 ? roundf(weights[c] / scale[c]) : 0;
		row[c] = (int8_t)steps;
		any |= row[c] != 0;
	}
	return any;
}

void linear_pack(struct arena *a, const struct linear *shape, const float *weights,
                 const float *named, struct linear *out)
{
	uint32_t n = shape->classes;
	struct linear m = *shape;
	MUST(n > 0 && n <= LINEAR_CLASSES_MAX && m.named <= LINEAR_NAMED_MAX);
	for (uint32_t c = 0; c < n; c++)
		m.scale[c] = largest_of(weights, n, c) / 127;
	float *numbers = ARENA_ARRAY(a, float, (size_t)m.named *n);
	if (m.named)
		memcpy(numbers, named, (size_t)m.named * n * sizeof *numbers);
	struct linear_rows *at = ARENA_ARRAY(a, struct linear_rows, FEATURE_COUNT / 64);
	int8_t row[LINEAR_CLASSES_MAX];
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (round_row(m.scale, weights + i * n, n, row))
			at[i / 64].known |= (uint64_t)1 << i % 64;
	m.rows = linear_count_rows(at);
	int8_t *small = arena_zeroed(a, (size_t)m.rows + 1, n), *next = small + n;
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (at[i / 64].known >> i % 64 & 1) {
			(void)round_row(m.scale, weights + i * n, n, next);
			next += n;
		}
	m.named_weight = numbers;
	m.at = at;
	m.weight = small;
	*out = m;
}
