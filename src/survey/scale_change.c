/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/scale_change.h"

#include "base/utf8.h"
#include "survey/trend_note.h"
#include "survey/wording.h"

/* What is compared, by its place in this list. */
enum part { PART_QUESTION, PART_LOW, PART_HIGH, PART_COUNT };

static Str part_of(const struct definition_texts *texts, Str language, enum part part)
{
	const struct wording *w = wording_find(language);
	const Str own[PART_COUNT] = { texts->question, texts->low_label, texts->high_label };
	if (own[part].at)
		return own[part];
	if (!w)
		w = wording_at(0);
	const Str built_in[PART_COUNT] = { w->question, w->low, w->high };
	return built_in[part];
}

static void tell(struct buf *b, Str before, Str after)
{
	if (b->len)
		buf_add(b, STR("\n"));
	buf_printf(b, "“%.*s” → “%.*s”", STR_FMT(before), STR_FMT(after));
}

static void compare(struct buf *b, const struct definition_texts *before, Str before_language,
                    const struct definition_texts *after, Str after_language)
{
	for (int i = 0; i < PART_COUNT; i++) {
		Str was = part_of(before, before_language, (enum part)i);
		Str is = part_of(after, after_language, (enum part)i);
		if (!str_eq(was, is))
			tell(b, was, is);
	}
}

static void compare_translations(struct buf *b, const struct definition *before,
                                 const struct definition *after)
{
	for (size_t i = 0; i < before->translation_count; i++) {
		const struct definition_translation *t = &before->translations[i];
		for (size_t k = 0; k < after->translation_count; k++)
			if (str_eq_ignoring_ascii_case(t->language,
			                               after->translations[k].language))
				compare(b, &t->texts, t->language, &after->translations[k].texts,
				        t->language);
	}
}

bool scale_change_find(struct arena *a, const struct definition *before,
                       const struct definition *after, Str *text)
{
	struct buf b;
	buf_init(&b, 16 * DEFINITION_BYTES_MAX);
	compare(&b, &before->texts, before->language, &after->texts, after->language);
	compare_translations(&b, before, after);
	Str all = buf_str(&b);
	bool changed = all.len > 0;
	if (changed)
		*text = str_copy(a, utf8_prefix(all, TREND_NOTE_MAX));
	buf_free(&b);
	return changed;
}

bool scale_change_is_unseen(struct arena *a, const struct definition *before,
                            const struct definition *after)
{
	struct definition x = *before, y = *after;
	x.property_count = y.property_count = 0;
	return str_eq(definition_write(a, &x), definition_write(a, &y));
}
