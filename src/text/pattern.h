/* text/pattern.h - many phrases looked for in a comment at once, each with a label.
 *
 * A phrase is words between spaces; accents and capitals do not count. Each word may be one of several ("refund|money"), and may
 * stand for whatever begins so ("discriminat*"); "..." is up to three words between. Marks of punctuation between its
 * words do not count, the end of a sentence does. A list of them is a text with commas between.
 *
 * Label 0 is for phrases that mean nothing of the kind ("killer feature"): what lies inside one is no hit.
 *
 * Immutable once made, may be shared by threads. A search looks at each word once for each phrase that begins with it, or with
 * a beginning that has its first two bytes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/arena.h"
#include "text/words.h"

struct pattern_list {
	enum tongue tongue; /* TONGUE_OTHER: in every language */
	uint8_t label;
	const char *phrases;
};

struct patterns;
/* In the arena; the lists are not needed afterwards. */
const struct patterns *patterns_make(struct arena *a, const struct pattern_list *lists,
                                     size_t count);

/* Words of a comment as phrases see them: without accents, marks and emoji. In the arena. */
struct plain_words {
	const struct words *words;
	struct plain_word {
		Str bare;
		uint32_t hash;           /* of `bare` */
		uint32_t word, sentence; /* places in `words` */
	} * at;
	size_t count;
};
void plain_words(struct arena *a, const struct words *w, struct plain_words *out);

struct pattern_hit {
	uint8_t label;         /* never 0 */
	uint32_t first, count; /* of struct words */
	uint32_t plain_first, plain_count;
};
/* In order of their beginnings, at each place the longest of a label; in the arena. */
size_t patterns_find(const struct patterns *p, struct arena *a, const struct plain_words *w,
                     struct pattern_hit **out);

#endif
