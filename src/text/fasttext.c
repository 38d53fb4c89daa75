/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/fasttext_own.h"

#include <math.h>
#include <string.h>

#define END_OF_TEXT STR("</s>")
/* What is less likely is not told apart any further. */
#define SHARE_MIN      1e-6F
#define WORD_BYTES_CAP 256 /* n-grams of a longer run of bytes are those of its beginning */

size_t fasttext_label_count(const struct fasttext *m)
{
	return m->label_count;
}

Str fasttext_label(const struct fasttext *m, size_t label)
{
	return str_from(m->labels[label].word, FASTTEXT_LABEL_PREFIX.len);
}

struct sum {
	const struct fasttext *m;
	float at[FASTTEXT_DIM_MAX];
	uint32_t rows;
};

static void add_row(struct sum *s, uint32_t row)
{
	const struct fasttext *m = s->m;
	const uint8_t *code = m->codes + (size_t)row * m->parts;
	float norm = m->norms ? m->norms[m->norm_codes[row]] : 1;
	for (uint32_t p = 0; p < m->parts; p++) {
		uint32_t width = p + 1 == m->parts ? m->last_part : m->part;
		const float *centroid = m->centroids + (size_t)p * FASTTEXT_CENTROIDS * m->part +
		                        (size_t)code[p] * width;
		float *to = s->at + (size_t)p * m->part;
		for (uint32_t i = 0; i < width; i++)
			to[i] += norm * centroid[i];
	}
	s->rows++;
}

static void add_bucket(struct sum *s, uint32_t bucket)
{
	const struct fasttext *m = s->m;
	if (!m->pruned) {
		add_row(s, m->word_count + bucket);
		return;
	}
	if (!m->rows || !(m->kept[bucket / 8] >> bucket % 8 & 1))
		return;
	for (uint32_t at = fasttext_spread(bucket) & m->row_mask; m->rows[at].row;
	     at = (at + 1) & m->row_mask)
		if (m->rows[at].bucket == bucket) {
			add_row(s, m->word_count + m->rows[at].row - 1);
			return;
		}
}

/* hash modulo the number of buckets; D. Lemire et al., "Faster remainder by direct computation", 2019. */
static uint32_t bucket_of(const struct fasttext *m, uint32_t hash)
{
	uint64_t low = m->per_bucket * hash;
	/* low x buckets / 2^64, in two halves */
	uint64_t n = (uint32_t)m->buckets;
	return (uint32_t)(((low >> 32) * n + ((low & UINT32_MAX) * n >> 32)) >> 32);
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* Character n-grams of "<word>". */
static void add_ngrams(struct sum *s, Str word)
{
	const struct fasttext *m = s->m;
	char edged[WORD_BYTES_CAP + 2];
	size_t len = word.len < WORD_BYTES_CAP ? word.len : WORD_BYTES_CAP;
	edged[0] = '<';
	memcpy(edged + 1, word.at, len);
	edged[len + 1] = '>';
	len += 2;
	for (size_t from = 0; from < len; from++) {
		if (continues(edged[from]))
			continue;
		uint32_t hash = FASTTEXT_HASH_BEGIN;
		size_t at = from;
		for (int32_t n = 1; at < len && n <= m->max; n++) {
			hash = fasttext_hash_byte(hash, edged[at++]);
			while (at < len && continues(edged[at]))
				hash = fasttext_hash_byte(hash, edged[at++]);
			if (n >= m->min && !(n == 1 && (from == 0 || at == len)))
				add_bucket(s, bucket_of(m, hash));
		}
	}
}

static uint32_t word_find(const struct fasttext *m, Str word)
{
	for (uint32_t at = fasttext_spread(fasttext_hash(word)) & m->word_mask; m->word_table[at];
	     at = (at + 1) & m->word_mask)
		if (str_eq(m->words[m->word_table[at] - 1].word, word))
			return m->word_table[at];
	return 0;
}

static void add_word(struct sum *s, Str word)
{
	uint32_t known = word_find(s->m, word);
	if (!known && str_starts(word, FASTTEXT_LABEL_PREFIX))
		return;
	if (known)
		add_row(s, known - 1);
	if (s->m->max > 0 && !str_eq(word, END_OF_TEXT))
		add_ngrams(s, word);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static float dot(const float *a, const float *b, int32_t n)
{
	float sum = 0;
	for (int32_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static void ask_tree(const struct fasttext *m, const float *hidden, float *probabilities)
{
	uint32_t n = m->label_count;
	float inner[FASTTEXT_LABELS_MAX];
	if (n == 1)
		probabilities[0] = 1;
	for (uint32_t i = n - 1; i-- > 0;) { /* parents have larger numbers than children */
		float p = i + 2 == n ? 1 : inner[i], right = 0;
		if (p >= SHARE_MIN)
			right = 1 / (1 + expf(-dot(hidden, m->output + (size_t)i * (size_t)m->dim,
			                           m->dim)));
		uint32_t child[2] = { m->left[i], m->right[i] };
		float share[2] = { p * (1 - right), p * right };
		for (int j = 0; j < 2; j++)
			*(child[j] < n ? &probabilities[child[j]] : &inner[child[j] - n]) =
			    share[j];
	}
}

static void ask_softmax(const struct fasttext *m, const float *hidden, float *probabilities)
{
	float largest = -INFINITY, sum = 0;
	for (uint32_t i = 0; i < m->label_count; i++) {
		probabilities[i] = dot(hidden, m->output + (size_t)i * (size_t)m->dim, m->dim);
		largest = fmaxf(largest, probabilities[i]);
	}
	for (uint32_t i = 0; i < m->label_count; i++)
		sum += probabilities[i] = expf(probabilities[i] - largest);
	for (uint32_t i = 0; i < m->label_count; i++)
		probabilities[i] /= sum;
}

bool fasttext_ask(const struct fasttext *m, Str text, float *probabilities)
{
	struct sum s = { .m = m };
	for (size_t at = 0, from; at < text.len;) {
		while (at < text.len && is_space(text.at[at]))
			at++;
		for (from = at; at < text.len && !is_space(text.at[at]);)
			at++;
		if (at > from)
			add_word(&s, str_slice(text, from, at - from));
	}
	if (s.rows == 0)
		return false;
	add_word(&s, END_OF_TEXT);
	for (int32_t i = 0; i < m->dim; i++)
		s.at[i] /= (float)s.rows;
	if (m->tree)
		ask_tree(m, s.at, probabilities);
	else
		ask_softmax(m, s.at, probabilities);
	return true;
}
