/* The file of a model: a line that names the format, then little-endian numbers.
 *
 *	"heed linear model 1\n", feature bits, classes, named, rows (4 bytes each)
 *	a class: length of its name (4), name, bias, scale, calibration a, b (floats)
 *	named weights [named x classes] (floats)
 *	a row: how far its place is behind the one before (variable length, 7 bits a byte), weights [classes] (bytes)
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/linear.h"

#include <math.h>
#include <string.h>

#define MAGIC          STR("heed linear model 1\n")
#define NAME_MAX_BYTES 64

static void put_u32(struct buf *out, uint32_t n)
{
	char bytes[4] = { (char)n, (char)(n >> 8), (char)(n >> 16), (char)(n >> 24) };
	buf_add(out, (Str){ bytes, 4 });
}

static void put_float(struct buf *out, float f)
{
	uint32_t bits;
	memcpy(&bits, &f, sizeof bits);
	put_u32(out, bits);
}

static void put_step(struct buf *out, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_add_char(out, (char)(n | 0x80));
	buf_add_char(out, (char)n);
}

void linear_write(const struct linear *m, struct buf *out)
{
	buf_add(out, MAGIC);
	put_u32(out, FEATURE_BITS);
	put_u32(out, m->classes);
	put_u32(out, m->named);
	put_u32(out, m->rows);
	for (uint32_t c = 0; c < m->classes; c++) {
		put_u32(out, (uint32_t)m->class_name[c].len);
		buf_add(out, m->class_name[c]);
		put_float(out, m->bias[c]);
		put_float(out, m->scale[c]);
		put_float(out, m->calibration[c][0]);
		put_float(out, m->calibration[c][1]);
	}
	for (uint32_t i = 0; i < m->named * m->classes; i++)
		put_float(out, m->named_weight[i]);
	for (uint32_t i = 0, last = 0; i < FEATURE_COUNT; i++)
		if (linear_row(m, i) != m->weight) {
			put_step(out, i - last);
			last = i;
			buf_add(out, (Str){ (const char *)linear_row(m, i), m->classes });
		}
}

/* Reads from the front; past the end it gives zeros and is `broken`. */
struct bytes {
	Str rest;
	bool broken;
};

static Str take(struct bytes *b, size_t n)
{
	b->broken |= b->rest.len < n;
	Str out = str_slice(b->rest, 0, n);
	b->rest = str_from(b->rest, out.len);
	return out;
}

static uint32_t take_u32(struct bytes *b)
{
	Str s = take(b, 4);
	uint32_t n = 0;
	for (size_t i = s.len; i-- > 0;)
		n = n << 8 | (unsigned char)s.at[i];
	return n;
}

static float take_float(struct bytes *b)
{
	uint32_t bits = take_u32(b);
	float f;
	memcpy(&f, &bits, sizeof f);
	b->broken |= !isfinite(f);
	return f;
}

static uint32_t take_step(struct bytes *b)
{
	uint32_t n = 0;
	for (unsigned shift = 0; shift < 28; shift += 7) {
		Str s = take(b, 1);
		unsigned char byte = s.len ? (unsigned char)s.at[0] : 0;
		n |= (uint32_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			b->broken |= byte == 0 && shift > 0; /* longer than it need be */
			return n;
		}
	}
	b->broken = true;
	return 0;
}

static void take_class(struct bytes *b, struct arena *a, struct linear *m, uint32_t c)
{
	uint32_t len = take_u32(b);
	b->broken |= len > NAME_MAX_BYTES;
	m->class_name[c] = str_copy(a, take(b, b->broken ? 0 : len));
	m->bias[c] = take_float(b);
	m->scale[c] = take_float(b);
	m->calibration[c][0] = take_float(b);
	m->calibration[c][1] = take_float(b);
}

static void take_rows(struct bytes *b, struct arena *a, struct linear *m)
{
	struct linear_rows *at = ARENA_ARRAY(a, struct linear_rows, FEATURE_COUNT / 64);
	int8_t *weight = arena_zeroed(a, (size_t)m->rows + 1, m->classes);
	for (uint32_t row = 1, place = 0; row <= m->rows && !b->broken; row++) {
		uint32_t step = take_step(b);
		place += step;
		Str weights = take(b, m->classes);
		b->broken |= place >= FEATURE_COUNT || (step == 0 && row > 1);
		if (b->broken)
			break;
		at[place / 64].known |= (uint64_t)1 << place % 64;
		memcpy(weight + (size_t)row * m->classes, weights.at, m->classes);
	}
	(void)linear_count_rows(at);
	m->at = at;
	m->weight = weight;
}

bool linear_read(struct arena *a, Str bytes, struct linear *out, struct err *err)
{
	struct bytes b = { .rest = bytes };
	struct linear m = { 0 };
	if (!str_eq(take(&b, MAGIC.len), MAGIC) || take_u32(&b) != FEATURE_BITS)
		return err_set(err, ERR_CORRUPT,
		               "this is no model that this version of Heed reads");
	m.classes = take_u32(&b);
	m.named = take_u32(&b);
	m.rows = take_u32(&b);
	if (m.classes == 0 || m.classes > LINEAR_CLASSES_MAX || m.named > LINEAR_NAMED_MAX ||
	    m.rows > FEATURE_COUNT)
		return err_set(err, ERR_CORRUPT,
		               "the model's sizes make no sense: the file is damaged");
	for (uint32_t c = 0; c < m.classes; c++)
		take_class(&b, a, &m, c);
	float *named = ARENA_ARRAY(a, float, (size_t)m.named *m.classes);
	for (uint32_t i = 0; i < m.named * m.classes; i++)
		named[i] = take_float(&b);
	m.named_weight = named;
	if (!b.broken)
		take_rows(&b, a, &m);
	if (b.broken || b.rest.len > 0)
		return err_set(err, ERR_CORRUPT,
		               "the model ends too early or too late: the file is damaged");
	*out = m;
	return true;
}
