/* reading/learner.h - the parts of reading/learn.h: comments as they are learnt from, and what came of it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_LEARNER_H
#define READING_LEARNER_H

#include "reading/glasses.h"
#include "reading/learn.h"
#include "reading/learnt.h"
#include "reading/lesson.h"
#include "text/theme_model.h"

/* Comments whose words teach themes what else goes with a seed. */
#define LEARNER_THEME_TEXTS 3000

struct learner_comment {
	int64_t response;
	uint64_t owner;
	int group;           /* enum score_group; -1: no score */
	bool first_of_owner; /* in the order of the sample: figures take one answer a person */
	enum question_leaning question;
	struct own_example example;
	struct sentiment_reading reading; /* without its words' valences */
};

/* Words of a comment, and what people said of its themes. */
struct learner_text {
	int64_t response;
	uint64_t owner;
	struct words words;
	/* A bit a theme of the taxonomy: what they put right, and what they said of random comments. */
	struct theme_correction put_right, checked;
};

struct learner {
	const struct learn_wish *wish;
	struct db *db;
	int64_t workspace;
	struct arena arena; /* of all that is read */
	struct glasses glasses;
	struct lesson lesson;
	struct learning state;
	int64_t reported; /* when, by the monotonic clock */
	bool ended;       /* it was told to end */
	struct learner_comment *comments;
	size_t count;
	struct learner_text *texts; /* of the sample */
	size_t text_count;
	struct learner_text *labelled; /* by answer */
	size_t labelled_count;
	struct learnt out;
	struct learnt_figure figures[2 + 2 * TAXONOMY_THEMES_MAX];
};

/* False when it shall end. */
bool learner_goes_on(struct learner *l);
/* Figures that were not there yet; zeros. */
struct learnt_figure *learner_figure(struct learner *l, int64_t theme, enum learnt_kind kind);

/* Each sets a model of `out`, adds figures, and says which share of the comments is shown otherwise than by what is in use. False
 * when it ended meanwhile. */
bool learner_sentiment(struct learner *l, double *changed);
bool learner_themes(struct learner *l, double *changed);

#endif
