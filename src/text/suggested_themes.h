/* text/suggested_themes.h - themes that comments without one suggest: what many of them talk of, with words that find them.
 *
 * Comments are parted by language and clustered (text/clusters.h). What a cluster says more than the others (text/keywords.h)
 * becomes the words, where they stand in it more often than elsewhere; the size of a suggestion is how many of all these
 * comments its words find, as they would when it is a theme. Too small ones, too general ones, and those of few people are left out.
 *
 * The same comments give the same suggestions. Cost is linear in the comments: about 0.3 ms each; memory is that of the clusters.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_SUGGESTED_THEMES_H
#define TEXT_SUGGESTED_THEMES_H

#include "text/words.h"

#define SUGGEST_COMMENTS_LEAST \
	30                       /* of a language: fewer have nothing in common that is no chance */
#define SUGGESTED_LEAST        8 /* comments that its words find */
#define SUGGESTED_PEOPLE_LEAST 5
#define SUGGESTED_MAX          12
#define SUGGESTED_WORDS        5
#define SUGGESTED_QUOTES       5

struct leftover_comment {
	Str text;
	enum tongue tongue;
	int64_t who; /* equal for one person; 0: nobody knows, each is another */
};

struct suggested_theme {
	enum tongue tongue;
	Str name;                   /* the phrase or word that tells most, as a name begins */
	Str words[SUGGESTED_WORDS]; /* seeds of a taxonomy, the most telling first */
	size_t word_count;
	size_t comments;
	size_t quotes[SUGGESTED_QUOTES]; /* places of comments, typical ones first */
	size_t quote_count;
};

/* The largest first, in the arena. */
void suggest_themes(struct arena *a, struct word_reader *r, const struct leftover_comment *all,
                    size_t count, struct suggested_theme out[static SUGGESTED_MAX],
                    size_t *out_count);

/* Are these about the same: does one share half of its words or more with the other? */
bool suggested_alike(const Str *words, size_t count, const Str *others, size_t other_count);

#endif
