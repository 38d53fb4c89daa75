/* insight/file_reading.h - a file's comments, understood: each for itself, and what they say together.
 *
 * The language that most comments are in is expected of the others, where they say too little to tell. With `learn` the file's
 * own scores teach first what words mean here; each row is then judged by what has not seen it (text/own_scores.h), of up to
 * FILE_READING_LEARNT rows with a score, the others by what those taught. That is for the sentiment that is shown: shares by
 * group and what goes with the score come from what is blind to it. Of fewer than FILE_READING_LEARNT_MIN low or high scores
 * nothing is learnt.
 *
 * Counted are comments that say something in a language that is read; each share names them as its whole.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_FILE_READING_H
#define INSIGHT_FILE_READING_H

#include "insight/file_comments.h"
#include "insight/theme_drivers.h"
#include "text/analysis.h"
#include "text/clusters.h"
#include "text/keywords.h"

#define FILE_READING_LEARNT 50000
/* Scores that are plainly low, and plainly high, from which words are learnt at least. */
#define FILE_READING_LEARNT_MIN 20
#define FILE_READING_QUOTES     3
#define FILE_READING_WORDS      8
#define FILE_READING_URGENT     5

struct file_reading_wishes {
	enum tongue tongue; /* TONGUE_OTHER: any */
	bool learn;
	struct transcript_told transcripts; /* are comments of calls and chats? */
	size_t discover;                    /* clusters; 0: none */
};

/* Each comment in the file's order; x is good for the call. False stops the reading. */
typedef bool (*file_reading_fn)(void *context, const struct file_comment *comment,
                                const struct analysis *x);

struct theme_count {
	uint16_t theme;
	int64_t comments, good, bad; /* that speak of it; well; badly; may be both */
};

struct file_group {
	int64_t comments;                               /* the whole of its shares */
	struct theme_count themes[TAXONOMY_THEMES_MAX]; /* by place in the taxonomy */
	struct keyword *words;                          /* that it says more than the others */
	size_t word_count;
	const struct file_comment *quotes[FILE_READING_QUOTES]; /* the most typical */
	size_t quote_count;
};

struct file_cluster {
	struct cluster cluster;
	const struct file_comment *quotes[FILE_READING_QUOTES];
	size_t quote_count;
};

struct file_reading {
	int64_t comments;     /* with any text */
	int64_t low_effort;   /* of them: nothing to add */
	int64_t not_analysed; /* of them: in a language that is not read */
	int64_t by_tongue[TONGUE_COUNT];
	int64_t by_label[SENTIMENT_LABEL_COUNT];                     /* shown */
	int64_t by_group[COMMENT_GROUPS + 1][SENTIMENT_LABEL_COUNT]; /* blind */
	struct file_group groups[COMMENT_GROUPS], all;
	struct driver_list drivers;
	struct theme_driver driver_of[DRIVERS_MAX]; /* in the order of drivers.items */
	struct file_urgent {
		const struct file_comment *comment;
		unsigned kinds;        /* a bit a kind of text/urgent.h */
		uint32_t from, len;    /* of the first find, bytes of the comment */
	} urgent[FILE_READING_URGENT]; /* the first ones */
	int64_t urgent_count;
	size_t learnt_from;             /* rows with a plain score; 0: nothing was learnt */
	size_t lessons[COMMENT_GROUPS]; /* comments by which it could be, by group */
	struct file_cluster *clusters;  /* of comments that speak of no theme */
	size_t cluster_count;
};

/* `each` may be NULL: then the whole is summed up in *out; else *out has counts alone. In the arena. */
void file_reading(const struct analyst *n, const struct file_comments *comments,
                  const struct file_reading_wishes *wishes, struct arena *a, file_reading_fn each,
                  void *context, struct file_reading *out);

#endif
