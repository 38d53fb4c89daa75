/* The file of a sentiment model: a line that names the format, then the linear models, each behind its length (4 bytes,
 * little-endian): kin, general, english, portuguese. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/sentiment.h"

#define MAGIC    STR("heed sentiment model 1\n")
#define PART_MAX ((size_t)16 << 20)

void sentiment_model_write(const struct sentiment_model *m, struct buf *out)
{
	const struct linear *parts[] = { &m->kin, &m->general, &m->english, &m->portuguese };
	buf_add(out, MAGIC);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		struct buf part;
		buf_init(&part, PART_MAX);
		linear_write(parts[i], &part);
		for (size_t k = 0; k < 4; k++)
			buf_add_char(out, (char)(part.len >> (8 * k)));
		buf_add(out, buf_str(&part));
		buf_free(&part);
	}
}

static bool take_part(struct arena *a, Str *rest, uint32_t classes, uint32_t named,
                      struct linear *out, struct err *err)
{
	size_t len = 0;
	for (size_t k = 0; k < 4 && k < rest->len; k++)
		len |= (size_t)(unsigned char)rest->at[k] << (8 * k);
	if (rest->len < 4 || len > rest->len - 4)
		return err_set(err, ERR_CORRUPT, "a sentiment model that is cut off");
	if (!linear_read(a, str_slice(*rest, 4, len), out, err))
		return false;
	if (out->classes != classes || out->named != named)
		return err_set(err, ERR_CORRUPT, "a sentiment model of another shape");
	*rest = str_from(*rest, 4 + len);
	return true;
}

bool sentiment_model_read(struct arena *a, Str bytes, struct sentiment_model *out, struct err *err)
{
	struct sentiment_model m;
	if (!str_starts(bytes, MAGIC))
		return err_set(err, ERR_CORRUPT, "no sentiment model");
	Str rest = str_from(bytes, MAGIC.len);
	if (!take_part(a, &rest, 2, 0, &m.kin, err) ||
	    !take_part(a, &rest, SENTIMENT_CLASSES, VALENCE_COUNT, &m.general, err) ||
	    !take_part(a, &rest, SENTIMENT_CLASSES, VALENCE_COUNT, &m.english, err) ||
	    !take_part(a, &rest, SENTIMENT_CLASSES, VALENCE_COUNT, &m.portuguese, err))
		return false;
	if (rest.len > 0)
		return err_set(err, ERR_CORRUPT, "a sentiment model with more behind its end");
	*out = m;
	return true;
}
