/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_speakers.h"

#include "base/fold.h"
#include "base/utf8.h"

#define CELL_BYTES ((size_t)8 << 10)
#define TALK_BYTES ((size_t)1500)

static void count_label(struct arena *a, struct import_speakers *s,
                        const struct transcript_label *label)
{
	struct arena scratch = { 0 };
	Str folded = fold_text(&scratch, label->label);
	size_t at = 0;
	while (at < s->count && !str_eq(s->at[at].folded, folded))
		at++;
	if (at == s->count && at < IMPORT_SPEAKERS_MAX)
		s->at[s->count++] = (struct import_speaker){ .label = str_copy(a, label->label),
			                                     .folded = str_copy(a, folded),
			                                     .who = label->who };
	if (at < s->count)
		s->at[at].turns++;
	arena_free(&scratch);
}

void import_speakers_add(struct arena *a, struct import_speakers *s, size_t line, Str cell)
{
	static const struct transcript_told nobody_says = { 0 };
	struct arena scratch = { 0 };
	struct transcript_label *labels;
	struct transcript found;
	size_t count;
	if (s->cells == IMPORT_SPEAKERS_CELLS || cell.len == 0)
		return;
	Str text = utf8_prefix(cell, CELL_BYTES);
	s->cells++;
	transcript_labels(&scratch, text, &labels, &count);
	for (size_t i = 0; i < count; i++)
		count_label(a, s, &labels[i]);
	transcript_read(&scratch, text, &nobody_says, &found);
	s->plain += found.is;
	s->talks += count > 1;
	if (count > 1 && s->first_count < IMPORT_TALKS_MAX)
		s->first[s->first_count++] =
		    (struct import_talk){ line, str_copy(a, utf8_prefix(text, TALK_BYTES)) };
	arena_free(&scratch);
}

bool import_speakers_talk(const struct import_speakers *s)
{
	return s->plain > 0 && s->plain * 5 >= s->cells * 4;
}

size_t import_speakers_list(const struct import_speakers *s,
                            const struct import_speaker *out[static IMPORT_SPEAKERS_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct import_speaker *one = &s->at[i];
		size_t at = count;
		if (one->turns < 2 && one->who == SPEAKER_UNKNOWN && s->cells > 1)
			continue;
		for (; at > 0 && out[at - 1]->turns < one->turns; at--)
			out[at] = out[at - 1];
		out[at] = one;
		count++;
	}
	return count;
}

bool import_speakers_are_unknown(const struct import_speakers *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->at[i].who != SPEAKER_UNKNOWN)
			return false;
	return s->talks > 0;
}
