/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/fasttext_own.h"

#include <math.h>
#include <string.h>

#define MAGIC        793712314
#define VERSION      12
#define LOSS_TREE    1
#define LOSS_SOFTMAX 3
#define MODEL_LABELS 3 /* supervised */
#define WORDS_MAX    ((int32_t)1 << 20)
#define BUCKETS_MAX  ((int32_t)1 << 24)
#define NGRAM_MAX    8 /* characters */
#define COUNT_MAX    ((int64_t)1 << 40)

/* Reads from the front; past the end it gives zeros and is `broken`. */
struct bytes {
	Str rest;
	bool broken;
};

static Str take(struct bytes *b, size_t n)
{
	if (b->rest.len < n) {
		b->broken = true;
		return (Str){ 0 };
	}
	Str out = str_slice(b->rest, 0, n);
	b->rest = str_from(b->rest, n);
	return out;
}

static uint64_t take_number(struct bytes *b, size_t size)
{
	Str s = take(b, size);
	uint64_t n = 0;
	for (size_t i = s.len; i-- > 0;)
		n = n << 8 | (unsigned char)s.at[i];
	return n;
}

static int32_t take_i32(struct bytes *b)
{
	return (int32_t)(uint32_t)take_number(b, 4);
}

static int64_t take_i64(struct bytes *b)
{
	return (int64_t)take_number(b, 8);
}

static const float *take_floats(struct bytes *b, struct arena *a, size_t count)
{
	Str s = take(b, count * sizeof(float));
	struct bytes one = { .rest = s };
	if (b->broken)
		return NULL;
	float *out = arena_alloc(a, count * sizeof *out);
	for (size_t i = 0; i < count; i++) {
		uint32_t bits = (uint32_t)take_number(&one, 4);
		memcpy(&out[i], &bits, sizeof bits);
		b->broken |= !isfinite(out[i]);
	}
	return out;
}

static const uint8_t *take_codes(struct bytes *b, struct arena *a, size_t count)
{
	Str s = take(b, count);
	return b->broken ? NULL : (const uint8_t *)str_copy(a, s).at;
}

static bool take_shape(struct bytes *b, struct fasttext *m)
{
	bool ok = take_i32(b) == MAGIC && take_i32(b) == VERSION;
	m->dim = take_i32(b);
	(void)take(b, 16); /* window, epochs, least count, negatives */
	int32_t word_ngrams = take_i32(b), loss = take_i32(b), model = take_i32(b);
	m->buckets = take_i32(b);
	m->min = take_i32(b);
	m->max = take_i32(b);
	m->per_bucket = m->buckets > 0 ? UINT64_MAX / (uint32_t)m->buckets + 1 : 0;
	(void)take(b, 12); /* how learning went */
	m->tree = loss == LOSS_TREE;
	return ok && !b->broken && m->dim > 0 && m->dim <= FASTTEXT_DIM_MAX && word_ngrams <= 1 &&
	       (m->tree || loss == LOSS_SOFTMAX) && model == MODEL_LABELS && m->buckets >= 0 &&
	       m->buckets <= BUCKETS_MAX && m->min >= 0 && m->max <= NGRAM_MAX &&
	       (m->max <= 0 || (m->min > 0 && m->buckets > 0));
}

/* A power of two with room to spare, less one. */
static uint32_t mask_for(uint32_t count)
{
	uint32_t size = 16;
	while (size < count * 2)
		size *= 2;
	return size - 1;
}

static struct fasttext_entry take_entry(struct bytes *b, struct arena *a, int *type)
{
	size_t end = str_find_char(b->rest, '\0', 0);
	struct fasttext_entry e = { 0 };
	if (end == SIZE_MAX) {
		b->broken = true;
		return e;
	}
	e.word = str_copy(a, take(b, end));
	(void)take(b, 1);
	e.count = take_i64(b);
	*type = (int)take_number(b, 1);
	return e;
}

/* Words, then labels, most frequent first. */
static void take_entries(struct bytes *b, struct arena *a, struct fasttext *m)
{
	m->words = ARENA_ARRAY(a, struct fasttext_entry, m->word_count);
	m->labels = ARENA_ARRAY(a, struct fasttext_entry, m->label_count);
	m->word_mask = mask_for(m->word_count);
	m->word_table = ARENA_ARRAY(a, uint32_t, (size_t)m->word_mask + 1);
	int type = 0;
	for (uint32_t i = 0; i < m->word_count && !b->broken; i++) {
		m->words[i] = take_entry(b, a, &type);
		b->broken |= type != 0;
		uint32_t at = fasttext_spread(fasttext_hash(m->words[i].word)) & m->word_mask;
		while (m->word_table[at])
			at = (at + 1) & m->word_mask;
		m->word_table[at] = i + 1;
	}
	for (uint32_t i = 0; i < m->label_count && !b->broken; i++) {
		m->labels[i] = take_entry(b, a, &type);
		b->broken |= type != 1 || m->labels[i].count < 0 ||
		             m->labels[i].count > COUNT_MAX ||
		             (i > 0 && m->labels[i].count > m->labels[i - 1].count) ||
		             !str_starts(m->labels[i].word, FASTTEXT_LABEL_PREFIX);
	}
}

static void keep_row(struct fasttext *m, uint32_t bucket, uint32_t row)
{
	uint32_t at = fasttext_spread(bucket) & m->row_mask;
	while (m->rows[at].row && m->rows[at].bucket != bucket)
		at = (at + 1) & m->row_mask;
	m->rows[at] = (struct fasttext_row){ bucket, row + 1 };
	m->kept[bucket / 8] |= (uint8_t)(1u << bucket % 8);
}

static void take_pruned(struct bytes *b, struct arena *a, struct fasttext *m, int64_t pairs)
{
	m->pruned = pairs >= 0;
	if (pairs <= 0)
		return;
	m->row_mask = mask_for((uint32_t)pairs);
	m->rows = ARENA_ARRAY(a, struct fasttext_row, (size_t)m->row_mask + 1);
	m->kept = ARENA_ARRAY(a, uint8_t, (size_t)m->buckets / 8 + 1);
	for (int64_t i = 0; i < pairs && !b->broken; i++) {
		int32_t bucket = take_i32(b), row = take_i32(b);
		b->broken |= bucket < 0 || bucket >= m->buckets || row < 0 || row >= pairs;
		if (!b->broken)
			keep_row(m, (uint32_t)bucket, (uint32_t)row);
	}
}

static bool take_dictionary(struct bytes *b, struct arena *a, struct fasttext *m)
{
	int32_t size = take_i32(b), words = take_i32(b), labels = take_i32(b);
	(void)take_i64(b); /* words that it learnt from */
	int64_t pairs = take_i64(b);
	if (b->broken || words < 0 || words > WORDS_MAX || labels < 1 ||
	    labels > FASTTEXT_LABELS_MAX || size != words + labels || pairs < -1 ||
	    pairs > m->buckets || (size_t)size > b->rest.len ||
	    (pairs > 0 && (size_t)pairs > b->rest.len))
		return false;
	m->word_count = (uint32_t)words;
	m->label_count = (uint32_t)labels;
	take_entries(b, a, m);
	if (!b->broken)
		take_pruned(b, a, m, pairs);
	int64_t rows = words + (m->pruned ? pairs : m->buckets);
	m->count = (uint32_t)rows;
	return !b->broken && rows > 0;
}

/* A product quantiser's shape; its centroids follow. */
static bool quantiser_fits(struct bytes *b, int32_t dim, uint32_t *parts, uint32_t *part,
                           uint32_t *last)
{
	int32_t has = take_i32(b), n = take_i32(b), each = take_i32(b), rest = take_i32(b);
	if (b->broken || has != dim || each < 1 || each > dim || n < 1 || n > dim || rest < 1 ||
	    rest > each || (n - 1) * each + rest != dim)
		return false;
	*parts = (uint32_t)n;
	*part = (uint32_t)each;
	*last = (uint32_t)rest;
	return true;
}

static bool take_matrix(struct bytes *b, struct arena *a, struct fasttext *m)
{
	bool quantised = take_number(b, 1) == 1, with_norms = take_number(b, 1) == 1;
	int64_t rows = take_i64(b), columns = take_i64(b);
	int32_t codes = take_i32(b);
	uint32_t parts, part, last;
	if (!quantised || b->broken || rows != m->count || columns != m->dim || codes < 0)
		return false;
	m->codes = take_codes(b, a, (size_t)codes);
	if (b->broken || !quantiser_fits(b, m->dim, &m->parts, &m->part, &m->last_part) ||
	    (uint64_t)codes != (uint64_t)m->count * m->parts)
		return false;
	m->centroids = take_floats(b, a, (size_t)m->dim * FASTTEXT_CENTROIDS);
	if (with_norms) {
		m->norm_codes = take_codes(b, a, m->count);
		if (b->broken || !quantiser_fits(b, 1, &parts, &part, &last))
			return false;
		m->norms = take_floats(b, a, FASTTEXT_CENTROIDS);
	}
	return !b->broken;
}

static bool take_output(struct bytes *b, struct arena *a, struct fasttext *m)
{
	bool quantised = take_number(b, 1) == 1;
	int64_t rows = take_i64(b), columns = take_i64(b);
	if (quantised || b->broken || rows != m->label_count || columns != m->dim)
		return false;
	m->output = take_floats(b, a, (size_t)m->label_count * (size_t)m->dim);
	return !b->broken && b->rest.len == 0;
}

/* Huffman's tree over the labels' counts, as fastText builds it: the two rarest of leaves and inner nodes are joined. */
static void grow_tree(struct arena *a, struct fasttext *m)
{
	uint32_t n = m->label_count;
	int64_t *count = ARENA_ARRAY(a, int64_t, (size_t)n * 2);
	m->left = ARENA_ARRAY(a, uint32_t, n);
	m->right = ARENA_ARRAY(a, uint32_t, n);
	for (uint32_t i = 0; i < n * 2; i++)
		count[i] = i < n ? m->labels[i].count : (int64_t)1e15;
	uint32_t leaf = n, inner = n; /* the next leaf is leaf - 1 */
	for (uint32_t i = n; i + 1 < n * 2; i++) {
		uint32_t rarest[2];
		for (int j = 0; j < 2; j++)
			rarest[j] = leaf > 0 && count[leaf - 1] < count[inner] ? --leaf : inner++;
		m->left[i - n] = rarest[0];
		m->right[i - n] = rarest[1];
		count[i] = count[rarest[0]] + count[rarest[1]];
	}
}

/* A child comes before its parent, or the walk would not end: damaged counts could join a node with itself. */
static bool tree_stands(const struct fasttext *m)
{
	for (uint32_t i = 0; i + 1 < m->label_count; i++)
		if (m->left[i] >= m->label_count + i || m->right[i] >= m->label_count + i)
			return false;
	return true;
}

bool fasttext_read(struct arena *a, Str bytes, const struct fasttext **out, struct err *err)
{
	struct bytes b = { .rest = bytes };
	struct fasttext *m = ARENA_NEW(a, struct fasttext);
	if (!take_shape(&b, m))
		return err_set(
		    err, ERR_CORRUPT,
		    "this is no quantised fastText classifier of a kind that Heed reads");
	if (!take_dictionary(&b, a, m) || !take_matrix(&b, a, m) || !take_output(&b, a, m))
		return err_set(err, ERR_CORRUPT, "the fastText model is damaged or cut short");
	if (m->tree) {
		grow_tree(a, m);
		if (!tree_stands(m))
			return err_set(
			    err, ERR_CORRUPT,
			    "the fastText model counts its labels wrongly: it is damaged");
	}
	*out = m;
	return true;
}
