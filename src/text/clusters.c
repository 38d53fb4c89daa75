/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/clusters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "text/cluster_comments.h"
#include "text/word_vectors.h"

#define D      CLUSTER_DIMENSIONS
#define STARTS 8
#define ROUNDS 60
/* A comment that is not like its cluster at all belongs to none. */
#define CLOSE_LEAST 0.05F

static float dot(const float *x, const float *y)
{
	float sum = 0;
	for (size_t i = 0; i < D; i++)
		sum += x[i] * y[i];
	return sum;
}

static void to_length_1(float *x)
{
	float length = sqrtf(dot(x, x));
	for (size_t i = 0; i < D && length > 0; i++)
		x[i] /= length;
}

/* The sum of the comment's words by their rarity, at length 1; all 0 when it has none that are known. */
static void comment_vector(const struct comment_bags *b, const float *vectors, size_t comment,
                           float *out)
{
	memset(out, 0, D * sizeof *out);
	for (size_t i = b->bags.first[comment]; i < b->bags.first[comment + 1]; i++) {
		const float *word = vectors + (size_t)b->bags.words[i] * D;
		float rarity = b->rarity[b->bags.words[i]];
		for (size_t d = 0; d < D; d++)
			out[d] += rarity * word[d];
	}
	to_length_1(out);
}

struct middles {
	size_t count;
	float at[CLUSTERS_MAX][D];
};

static uint8_t nearest(const struct middles *m, const float *x, float *closeness)
{
	uint8_t best = 0;
	*closeness = -1;
	for (size_t k = 0; k < m->count; k++) {
		float close = dot(m->at[k], x);
		if (close > *closeness) {
			*closeness = close;
			best = (uint8_t)k;
		}
	}
	return best;
}

/* k-means++: each next start is drawn by how far a comment is from those before. */
static void draw_starts(const float *x, size_t n, size_t wanted, uint64_t *seed, struct middles *m)
{
	float *far = mem_alloc(n * sizeof *far);
	m->count = 0;
	for (size_t i = 0; i < n; i++)
		far[i] = 1;
	while (m->count < wanted) {
		double sum = 0, at;
		size_t chosen = 0;
		for (size_t i = 0; i < n; i++)
			sum += (double)far[i];
		if (sum <= 1e-6)
			break;
		at = (double)(seeded_next(seed) >> 11) * 0x1p-53 * sum;
		while (chosen + 1 < n && (at -= (double)far[chosen]) > 0)
			chosen++;
		memcpy(m->at[m->count++], x + chosen * D, D * sizeof *x);
		for (size_t i = 0; i < n; i++)
			far[i] = fminf(far[i], fmaxf(0, 1 - dot(m->at[m->count - 1], x + i * D)));
	}
	free(far);
}

/* Until nothing moves; the sum of closeness. */
static double settle(const float *x, size_t n, struct middles *m, uint8_t *of)
{
	double total = 0, last = -1;
	for (int round = 0; round < ROUNDS && total > last + 1e-4 * (double)n / 100; round++) {
		struct middles next = { .count = m->count };
		last = round ? total : -1;
		total = 0;
		for (size_t i = 0; i < n; i++) {
			float close;
			of[i] = nearest(m, x + i * D, &close);
			total += (double)close;
			for (size_t d = 0; d < D; d++)
				next.at[of[i]][d] += x[i * D + d];
		}
		for (size_t k = 0; k < m->count; k++) {
			to_length_1(next.at[k]);
			if (dot(next.at[k], next.at[k]) > 0) /* an empty one stays where it was */
				memcpy(m->at[k], next.at[k], sizeof next.at[k]);
		}
	}
	return total;
}

/* Of several starts the one whose comments are closest to their middles. x: [n x D]. */
static void find_middles(const float *x, size_t n, size_t wanted, uint64_t seed,
                         struct middles *best)
{
	uint8_t *of = mem_alloc(n + 1);
	double most = -1;
	best->count = 0;
	for (int start = 0; start < STARTS; start++) {
		struct middles m;
		draw_starts(x, n, wanted, &seed, &m);
		double close = settle(x, n, &m, of);
		if (close > most) {
			most = close;
			*best = m;
		}
	}
	free(of);
}

/* Vectors of a regular sample of the comments that say something: [*n x D]. */
static float *sample(const struct comment_bags *b, const float *vectors, size_t *n)
{
	size_t step = b->bags.count / CLUSTER_LEARNT + 1, count = 0;
	float *x = mem_alloc((b->bags.count / step + 1) * D * sizeof *x);
	for (size_t i = 0; i < b->bags.count; i += step) {
		comment_vector(b, vectors, i, x + count * D);
		count += dot(x + count * D, x + count * D) > 0;
	}
	*n = count;
	return x;
}

static int largest_first(const void *x, const void *y)
{
	const size_t *a = x, *b = y; /* comments, place */
	if (a[0] != b[0])
		return a[0] < b[0] ? 1 : -1;
	return (a[1] > b[1]) - (a[1] < b[1]);
}

/* Clusters by size; those without a comment go. */
static void order_by_size(struct clusters *out, const size_t *sizes, size_t count)
{
	size_t by_size[CLUSTERS_MAX][2];
	uint8_t place[CLUSTERS_MAX];
	for (size_t k = 0; k < count; k++) {
		by_size[k][0] = sizes[k];
		by_size[k][1] = k;
	}
	qsort(by_size, count, sizeof by_size[0], largest_first);
	for (size_t k = 0; k < count; k++) {
		place[by_size[k][1]] = (uint8_t)k;
		out->at[k].comments = by_size[k][0];
		out->count += by_size[k][0] > 0;
	}
	for (size_t i = 0; i < out->comments; i++)
		if (out->of[i] != CLUSTER_NONE)
			out->of[i] = place[out->of[i]];
}

/* Words by how much more often than elsewhere they are said in the cluster (stats: log-likelihood, by sign). */
static void name_clusters(const struct comment_bags *b, struct arena *a, struct clusters *out)
{
	size_t words = b->bags.word_count;
	uint32_t *within = mem_zeroed(words * out->count + 1, sizeof *within);
	uint32_t *all = mem_zeroed(words + 1, sizeof *all);
	size_t known = 0;
	for (size_t i = 0; i < out->comments; i++) {
		if (out->of[i] == CLUSTER_NONE)
			continue;
		known++;
		for (size_t j = b->bags.first[i]; j < b->bags.first[i + 1]; j++) {
			within[out->of[i] * words + b->bags.words[j]]++;
			all[b->bags.words[j]]++;
		}
	}
	for (size_t k = 0; k < out->count; k++) {
		double telling[CLUSTER_NAMES] = { 0 };
		size_t chosen[CLUSTER_NAMES] = { 0 }, n = 0;
		for (size_t w = 0; w < words; w++) {
			double in = within[k * words + w], expected = (double)all[w] *
			                                              (double)out->at[k].comments /
			                                              (double)(known + 1);
			double weight = in > expected ? in * log(in / expected) : 0;
			if (weight <= 0)
				continue;
			size_t at = n < CLUSTER_NAMES ? n++ : CLUSTER_NAMES - 1;
			if (at == CLUSTER_NAMES - 1 && n == CLUSTER_NAMES && telling[at] >= weight)
				continue;
			for (; at > 0 && telling[at - 1] < weight; at--) {
				telling[at] = telling[at - 1];
				chosen[at] = chosen[at - 1];
			}
			telling[at] = weight;
			chosen[at] = w;
		}
		out->at[k].name_count = n;
		for (size_t i = 0; i < n; i++)
			out->at[k].names[i] = str_copy(a, b->text[chosen[i]]);
	}
	free(all);
	free(within);
}

void clusters_find(const struct cluster_comments *c, struct arena *a, size_t wanted, uint64_t seed,
                   struct clusters *out)
{
	struct arena own = { 0 };
	struct comment_bags b;
	struct middles m;
	size_t n, sizes[CLUSTERS_MAX] = { 0 };
	MUST(wanted > 0 && wanted <= CLUSTERS_MAX);
	comment_bags_make(c, &own, &b);
	*out = (struct clusters){
		.at = ARENA_ARRAY(a, struct cluster, wanted),
		.of = arena_alloc(a, b.bags.count + 1),
		.closeness = ARENA_ARRAY(a, float, b.bags.count + 1),
		.comments = b.bags.count,
	};
	const float *vectors = word_vectors(&own, &b.bags, D, seed);
	float *x = sample(&b, vectors, &n), vector[D];
	find_middles(x, n, wanted, seed, &m);
	for (size_t i = 0; i < out->comments; i++) {
		comment_vector(&b, vectors, i, vector);
		out->of[i] = nearest(&m, vector, &out->closeness[i]);
		if (m.count == 0 || out->closeness[i] < CLOSE_LEAST)
			out->of[i] = CLUSTER_NONE;
		else
			sizes[out->of[i]]++;
	}
	order_by_size(out, sizes, m.count);
	name_clusters(&b, a, out);
	free(x);
	arena_free(&own);
}
