/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/word_vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

/* More columns than wanted, and rounds, for eigenvectors that are right where it matters. */
#define SPARE  20
#define ROUNDS 8
/* Of Jacobi's method: it is done after six or so. */
#define SWEEPS 20

uint64_t seeded_next(uint64_t *seed)
{
	uint64_t z = *seed += 0x9E3779B97F4A7C15ull;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
	return z ^ (z >> 31);
}

/* Symmetric and sparse, row by row: columns and values of row i from first[i] on. */
struct matrix {
	size_t size, *first; /* [size + 1] */
	uint32_t *column;
	float *value;
};

/* Pairs as numbers, row above, column below, in order and with repetition. */
struct pairs {
	uint64_t *at;
	size_t count;
};

static size_t paired(const struct word_bags *bags, size_t i)
{
	size_t n = bags->first[i + 1] - bags->first[i];
	return n < WORD_PAIRS_MAX ? n : WORD_PAIRS_MAX;
}

static int by_number(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static struct pairs pairs_of(const struct word_bags *bags)
{
	struct pairs p = { 0 };
	size_t room = 0;
	for (size_t i = 0; i < bags->count; i++)
		room += paired(bags, i) * (paired(bags, i) - (paired(bags, i) > 0));
	p.at = mem_alloc((room + 1) * sizeof *p.at);
	for (size_t i = 0; i < bags->count; i++) {
		const uint32_t *words = bags->words + bags->first[i];
		for (size_t x = 0; x < paired(bags, i); x++)
			for (size_t y = 0; y < paired(bags, i); y++)
				if (x != y)
					p.at[p.count++] = (uint64_t)words[x] << 32 | words[y];
	}
	qsort(p.at, p.count, sizeof *p.at, by_number);
	return p;
}

/* Counts of equal pairs become information; what is not positive is left out. */
static void matrix_make(const struct word_bags *bags, struct matrix *m)
{
	struct pairs p = pairs_of(bags);
	size_t n = bags->word_count, kept = 0;
	double *sum = mem_zeroed(n + 1, sizeof *sum);
	for (size_t i = 0; i < p.count; i++)
		sum[p.at[i] >> 32]++;
	*m = (struct matrix){ .size = n };
	m->first = mem_zeroed(n + 2, sizeof *m->first);
	m->column = mem_alloc((p.count + 1) * sizeof *m->column);
	m->value = mem_alloc((p.count + 1) * sizeof *m->value);
	for (size_t i = 0, next; i < p.count; i = next) {
		for (next = i + 1; next < p.count && p.at[next] == p.at[i];)
			next++;
		size_t row = (size_t)(p.at[i] >> 32), column = (size_t)(p.at[i] & UINT32_MAX);
		double information =
		    log((double)(next - i) * (double)p.count / (sum[row] * sum[column]));
		if (information <= 0)
			continue;
		m->column[kept] = (uint32_t)column;
		m->value[kept++] = (float)information;
		m->first[row + 1] = kept;
	}
	for (size_t row = 1; row <= n; row++)
		if (m->first[row] < m->first[row - 1])
			m->first[row] = m->first[row - 1];
	free(sum);
	free(p.at);
}

static void matrix_free(struct matrix *m)
{
	free(m->first);
	free(m->column);
	free(m->value);
}

/* Columns stand one behind the other: q[c * size + i]. out = m x q, both of k columns. */
static void multiply(const struct matrix *m, const double *q, size_t k, double *out)
{
	for (size_t c = 0; c < k; c++) {
		const double *from = q + c * m->size;
		double *to = out + c * m->size;
		for (size_t row = 0; row < m->size; row++) {
			double sum = 0;
			for (size_t i = m->first[row]; i < m->first[row + 1]; i++)
				sum += (double)m->value[i] * from[m->column[i]];
			to[row] = sum;
		}
	}
}

static double dot(const double *x, const double *y, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i] * y[i];
	return sum;
}

/* k columns become orthonormal (Gram-Schmidt, twice); one of which nothing is left becomes 0. */
static void orthonormalise(double *q, size_t n, size_t k)
{
	for (size_t c = 0; c < k; c++) {
		double *column = q + c * n, before = dot(column, column, n);
		for (int twice = 0; twice < 2; twice++)
			for (size_t d = 0; d < c; d++) {
				const double *other = q + d * n;
				double part = dot(column, other, n);
				for (size_t i = 0; i < n; i++)
					column[i] -= part * other[i];
			}
		double length = dot(column, column, n);
		double scale = length > before * 1e-12 && length > 0 ? 1 / sqrt(length) : 0;
		for (size_t i = 0; i < n; i++)
			column[i] *= scale;
	}
}

/* One rotation of the Jacobi method that makes t[p][q] 0; `turn` [k x k] gathers the rotations. */
static void rotate(double *t, double *turn, size_t k, size_t p, size_t q)
{
	double off = t[p * k + q];
	if (fabs(off) < 1e-300)
		return;
	double theta = (t[q * k + q] - t[p * k + p]) / (2 * off);
	double tangent = copysign(1, theta) / (fabs(theta) + sqrt(theta * theta + 1));
	double cosine = 1 / sqrt(tangent * tangent + 1), sine = tangent * cosine;
	for (size_t i = 0; i < k; i++) {
		double x = t[i * k + p], y = t[i * k + q];
		t[i * k + p] = cosine * x - sine * y;
		t[i * k + q] = sine * x + cosine * y;
	}
	for (size_t i = 0; i < k; i++) {
		double x = t[p * k + i], y = t[q * k + i];
		t[p * k + i] = cosine * x - sine * y;
		t[q * k + i] = sine * x + cosine * y;
		x = turn[i * k + p];
		y = turn[i * k + q];
		turn[i * k + p] = cosine * x - sine * y;
		turn[i * k + q] = sine * x + cosine * y;
	}
}

/* Eigenvalues of the symmetric t onto its diagonal, eigenvectors as columns of `turn` (Golub & Van Loan, "Matrix
 * Computations", 8.5). */
static void jacobi(double *t, double *turn, size_t k)
{
	for (size_t i = 0; i < k * k; i++)
		turn[i] = i % (k + 1) == 0;
	for (int sweep = 0; sweep < SWEEPS; sweep++) {
		double off = 0, on = 0;
		for (size_t p = 0; p < k; p++) {
			on += t[p * k + p] * t[p * k + p];
			for (size_t q = p + 1; q < k; q++)
				off += t[p * k + q] * t[p * k + q];
		}
		if (off <= on * 1e-20)
			return;
		for (size_t p = 0; p < k; p++)
			for (size_t q = p + 1; q < k; q++)
				rotate(t, turn, k, p, q);
	}
}

/* A column of the eigenvectors, and its value. */
struct eigen {
	double value;
	size_t column;
};

static int by_magnitude(const void *x, const void *y)
{
	double a = fabs(((const struct eigen *)x)->value),
	       b = fabs(((const struct eigen *)y)->value);
	return (a < b) - (a > b);
}

/* Eigenvalues of q' m q, largest magnitude first, and its eigenvectors [k x k] as columns of `turn`. */
static void small_eigen(const struct matrix *m, const double *q, size_t k, double *value,
                        double *turn)
{
	double *product = mem_alloc((m->size * k + 1) * sizeof *product);
	double *t = mem_alloc(k * k * sizeof *t), *mixed = mem_alloc(k * k * sizeof *mixed);
	struct eigen *order = mem_alloc(k * sizeof *order);
	multiply(m, q, k, product);
	for (size_t c = 0; c < k; c++)
		for (size_t d = 0; d < k; d++)
			t[c * k + d] = dot(q + c * m->size, product + d * m->size, m->size);
	jacobi(t, mixed, k);
	for (size_t c = 0; c < k; c++)
		order[c] = (struct eigen){ t[c * k + c], c };
	qsort(order, k, sizeof *order, by_magnitude);
	for (size_t c = 0; c < k; c++) {
		value[c] = order[c].value;
		for (size_t d = 0; d < k; d++)
			turn[d * k + c] = mixed[d * k + order[c].column];
	}
	free(order);
	free(mixed);
	free(t);
	free(product);
}

/* Row i = the first `dimensions` of (q x turn)[i] x sqrt|value|, at length 1. */
static void write_rows(const double *q, const double *turn, const double *value, size_t n, size_t k,
                       size_t dimensions, float *out)
{
	for (size_t i = 0; i < n; i++) {
		double square = 0;
		float *row = out + i * dimensions;
		for (size_t c = 0; c < dimensions && c < k; c++) {
			double x = 0;
			for (size_t d = 0; d < k; d++)
				x += q[d * n + i] * turn[d * k + c];
			x *= sqrt(fabs(value[c]));
			row[c] = (float)x;
			square += x * x;
		}
		for (size_t c = 0; c < dimensions && square > 0; c++)
			row[c] = (float)((double)row[c] / sqrt(square));
	}
}

float *word_vectors(struct arena *a, const struct word_bags *bags, size_t dimensions, uint64_t seed)
{
	size_t n = bags->word_count, k = dimensions + SPARE < n ? dimensions + SPARE : n;
	float *out = ARENA_ARRAY(a, float, n *dimensions + 1);
	if (n == 0)
		return out;
	struct matrix m;
	matrix_make(bags, &m);
	double *q = mem_alloc(n * k * sizeof *q), *next = mem_alloc(n * k * sizeof *next);
	double *value = mem_alloc(k * sizeof *value), *turn = mem_alloc(k * k * sizeof *turn);
	for (size_t i = 0; i < n * k; i++)
		q[i] = (double)(seeded_next(&seed) >> 11) * 0x1p-53 - .5;
	orthonormalise(q, n, k);
	for (int round = 0; round < ROUNDS; round++) {
		multiply(&m, q, k, next);
		orthonormalise(next, n, k);
		double *last = q;
		q = next;
		next = last;
	}
	small_eigen(&m, q, k, value, turn);
	write_rows(q, turn, value, n, k, dimensions, out);
	free(turn);
	free(value);
	free(next);
	free(q);
	matrix_free(&m);
	return out;
}
