/* text/keywords.h - which words and phrases one group uses more than another.
 *
 * By stats/log_odds.h, as a z value: its prior is what both groups say together, which keeps rare words from standing out by
 * chance. A comment counts a phrase once, however often it says it: what is counted is comments, or people where the comments of one
 * are added as such. Phrases are compared within their language: that one group writes more in German makes no German word
 * stand out.
 *
 * A phrase within a longer one that says nearly as much as often is left out of lists, and so is one that fewer than
 * KEYWORD_COMMENTS comments have.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_KEYWORDS_H
#define TEXT_KEYWORDS_H

#include "stats/log_odds.h"
#include "text/phrases.h"

#define KEYWORD_COMMENTS 3
#define KEYWORD_GROUPS   3
/* Of both sides together, for a comparison. */
#define KEYWORD_PEOPLE 5
#define KEYWORD_RATE   0.05

struct keyword_counts;

/* Owns its memory; one thread at a time. At most KEYWORD_PHRASES_MAX different phrases are kept, rare ones go first. */
#define KEYWORD_PHRASES_MAX 200000
struct keyword_counts *keyword_counts_open(void);
void keyword_counts_close(struct keyword_counts *k); /* NULL is fine */
/* One comment of a group below KEYWORD_GROUPS. */
void keyword_counts_add(struct keyword_counts *k, const struct words *w,
                        const struct phrase *phrases, size_t count, unsigned group);
/* A further comment of the same person as the one before, in the same group. */
void keyword_counts_add_more(struct keyword_counts *k, const struct words *w,
                             const struct phrase *phrases, size_t count, unsigned group);

struct keyword {
	Str text; /* as it was written first, in lower case; in the arena */
	uint64_t key;
	int64_t comments, others; /* that say it: of the group, of all other groups */
	double share, share_others;
	double
	    z; /* of the log-odds ratio; above 1.96 it is hardly chance for one phrase looked at alone */
};

/* Tells a phrase of a language from all others: what a keyword's key is. */
uint64_t keyword_key(const struct phrase *p, enum tongue t);

/* At most `max` that the group says more, the strongest first. In the arena. */
void keywords_of(const struct keyword_counts *k, struct arena *a, unsigned group, size_t max,
                 struct keyword **out, size_t *count);

/* A phrase that one side says more often than the other, each in its language. */
struct keyword_apart {
	Str text; /* as in struct keyword */
	uint64_t key;
	enum tongue tongue;
	int64_t people[2], of[2]; /* of each side; `of` those who wrote in the language */
	struct log_odds odds;     /* of the side that it is listed at, against the other */
	double rate;              /* the false-discovery rate at which it would just be told */
};

struct keywords_apart {
	struct keyword_apart
	    *list[2]; /* said more by each side, the strongest first, `max` at most */
	size_t count[2];
	size_t tried, beyond_chance; /* phrases that were looked at; before the same is told once */
};

/* What sides 0 and 1 say unlike each other, beyond chance over all phrases that KEYWORD_PEOPLE people have. In the arena. */
void keywords_apart(const struct keyword_counts *k, struct arena *a, size_t max,
                    struct keywords_apart *out);

#endif
