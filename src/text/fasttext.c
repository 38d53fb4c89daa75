/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/fasttext.h"

#include <math.h>
#include <string.h>

#define MAGIC        793712314
#define VERSION      12
#define LOSS_TREE    1
#define LOSS_SOFTMAX 3
#define MODEL_LABELS 3 /* supervised */
#define CENTROIDS    256
#define LABEL_PREFIX STR("__label__")
#define END_OF_TEXT  STR("</s>")
#define WORDS_MAX    ((int32_t)1 << 20)
#define BUCKETS_MAX  ((int32_t)1 << 24)
/* What is less likely is not told apart any further. */
#define SHARE_MIN      1e-6F
#define NGRAM_MAX      8 /* characters */
#define COUNT_MAX      ((int64_t)1 << 40)
#define WORD_BYTES_CAP 256 /* n-grams of a longer run of bytes are those of its beginning */

struct entry {
	Str word;
	int64_t count;
};

/* A row of the matrix by an n-gram's bucket: open addressing, places from 1. */
struct bucket_row {
	uint32_t bucket, row;
};

struct fasttext {
	int32_t dim, buckets, min, max;
	uint64_t per_bucket; /* 2^64 / buckets, rounded up: finds remainders without a division */
	bool tree;
	struct entry *words; /* [word_count] */
	struct entry *labels;
	uint32_t word_count, label_count;
	uint32_t *word_table; /* [word_mask + 1] place in `words`, from 1 */
	uint32_t word_mask;
	bool pruned;
	struct bucket_row *rows; /* [row_mask + 1] row from 1 */
	uint32_t row_mask;
	uint8_t *kept; /* a bit a bucket: most are not there, and that is soon said */
	/* The matrix: codes [count x parts], centroids, norms. */
	uint32_t count, parts, part, last_part;
	const uint8_t *codes, *norm_codes;
	const float *centroids, *norms;
	const float *output; /* [label_count x dim] */
	/* The tree of labels: inner node i has children left[i] and right[i]; below label_count it is a leaf. */
	uint32_t *left, *right;
};

/* Reading */

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

/* fastText's FNV-1a takes bytes as signed. */
#define HASH_BEGIN 2166136261u

static uint32_t hash_byte(uint32_t hash, char c)
{
	uint32_t byte = (unsigned char)c;
	return (hash ^ (byte < 0x80 ? byte : byte | 0xFFFFFF00u)) * 16777619u;
}

static uint32_t hash_of(Str s)
{
	uint32_t hash = HASH_BEGIN;
	for (size_t i = 0; i < s.len; i++)
		hash = hash_byte(hash, s.at[i]);
	return hash;
}

static uint32_t spread(uint32_t hash)
{
	return (hash * 0x9E3779B9u) >> 8;
}

/* A power of two with room to spare, less one. */
static uint32_t mask_for(uint32_t count)
{
	uint32_t size = 16;
	while (size < count * 2)
		size *= 2;
	return size - 1;
}

static struct entry take_entry(struct bytes *b, struct arena *a, int *type)
{
	size_t end = str_find_char(b->rest, '\0', 0);
	struct entry e = { 0 };
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
	m->words = ARENA_ARRAY(a, struct entry, m->word_count);
	m->labels = ARENA_ARRAY(a, struct entry, m->label_count);
	m->word_mask = mask_for(m->word_count);
	m->word_table = ARENA_ARRAY(a, uint32_t, (size_t)m->word_mask + 1);
	int type = 0;
	for (uint32_t i = 0; i < m->word_count && !b->broken; i++) {
		m->words[i] = take_entry(b, a, &type);
		b->broken |= type != 0;
		uint32_t at = spread(hash_of(m->words[i].word)) & m->word_mask;
		while (m->word_table[at])
			at = (at + 1) & m->word_mask;
		m->word_table[at] = i + 1;
	}
	for (uint32_t i = 0; i < m->label_count && !b->broken; i++) {
		m->labels[i] = take_entry(b, a, &type);
		b->broken |= type != 1 || m->labels[i].count < 0 ||
		             m->labels[i].count > COUNT_MAX ||
		             (i > 0 && m->labels[i].count > m->labels[i - 1].count) ||
		             !str_starts(m->labels[i].word, LABEL_PREFIX);
	}
}

static void keep_row(struct fasttext *m, uint32_t bucket, uint32_t row)
{
	uint32_t at = spread(bucket) & m->row_mask;
	while (m->rows[at].row && m->rows[at].bucket != bucket)
		at = (at + 1) & m->row_mask;
	m->rows[at] = (struct bucket_row){ bucket, row + 1 };
	m->kept[bucket / 8] |= (uint8_t)(1u << bucket % 8);
}

static void take_pruned(struct bytes *b, struct arena *a, struct fasttext *m, int64_t pairs)
{
	m->pruned = pairs >= 0;
	if (pairs <= 0)
		return;
	m->row_mask = mask_for((uint32_t)pairs);
	m->rows = ARENA_ARRAY(a, struct bucket_row, (size_t)m->row_mask + 1);
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
	m->centroids = take_floats(b, a, (size_t)m->dim * CENTROIDS);
	if (with_norms) {
		m->norm_codes = take_codes(b, a, m->count);
		if (b->broken || !quantiser_fits(b, 1, &parts, &part, &last))
			return false;
		m->norms = take_floats(b, a, CENTROIDS);
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

size_t fasttext_label_count(const struct fasttext *m)
{
	return m->label_count;
}

Str fasttext_label(const struct fasttext *m, size_t label)
{
	return str_from(m->labels[label].word, LABEL_PREFIX.len);
}

/* Asking */

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
		const float *centroid =
		    m->centroids + (size_t)p * CENTROIDS * m->part + (size_t)code[p] * width;
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
	for (uint32_t at = spread(bucket) & m->row_mask; m->rows[at].row;
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
		uint32_t hash = HASH_BEGIN;
		size_t at = from;
		for (int32_t n = 1; at < len && n <= m->max; n++) {
			hash = hash_byte(hash, edged[at++]);
			while (at < len && continues(edged[at]))
				hash = hash_byte(hash, edged[at++]);
			if (n >= m->min && !(n == 1 && (from == 0 || at == len)))
				add_bucket(s, bucket_of(m, hash));
		}
	}
}

static uint32_t word_find(const struct fasttext *m, Str word)
{
	for (uint32_t at = spread(hash_of(word)) & m->word_mask; m->word_table[at];
	     at = (at + 1) & m->word_mask)
		if (str_eq(m->words[m->word_table[at] - 1].word, word))
			return m->word_table[at];
	return 0;
}

static void add_word(struct sum *s, Str word)
{
	uint32_t known = word_find(s->m, word);
	if (!known && str_starts(word, LABEL_PREFIX))
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
