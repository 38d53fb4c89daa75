/* reading/learnt.h - what a workspace's own answers and corrections taught, as it is at rest, and how well comments are read by it.
 *
 * Each learning that had something new to learn from makes a version: two models (text/own_model.h from scores, for what is shown alone;
 * text/theme_model.h from what people put right, which has seen no score) and figures of comments that were held back. Only the
 * models of the version in use are kept, so nothing is left of a comment that was erased once it was learnt again;
 * figures of LEARNT_VERSIONS versions stay, to see whether reading gets better.
 *
 * Where learning is stands in one row, so that a server that was killed begins anew what it had not ended.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_LEARNT_H
#define READING_LEARNT_H

#include "db/unit.h"

/* Raised when the same lesson would teach something else. */
#define LEARNT_ENGINE   1
#define LEARNT_VERSIONS 60
/* Answers with a comment of promoters, and as many of detractors, before scores teach anything and before anything is
 * said of how well sentiment is read. */
#define LEARNT_SIDE_LEAST 20
/* Comments of which people said that they speak of a theme, or that they do not. */
#define LEARNT_LABELS_LEAST 20

/* Stored: never renumber. 3 is at rest a learning that runs on what was there before somebody wanted another. */
#define LEARNING_STATES(X)              \
	X(LEARNING_RESTS, 0, "rests")   \
	X(LEARNING_WANTED, 1, "wanted") \
	X(LEARNING_RUNS, 2, "runs")
#define LEARNING_STEPS(X)                  \
	X(LEARN_CHOOSES, 0, "chooses")     \
	X(LEARN_READS, 1, "reads")         \
	X(LEARN_SENTIMENT, 2, "sentiment") \
	X(LEARN_THEMES, 3, "themes")

#define LEARNT_ENUM(value, number, name) value = number,
enum learning_state { LEARNING_STATES(LEARNT_ENUM) };
enum learning_step { LEARNING_STEPS(LEARNT_ENUM) };
#undef LEARNT_ENUM

Str learning_state_name(enum learning_state state);
Str learning_step_name(enum learning_step step);

struct learning {
	enum learning_state state;
	int64_t version;    /* in use; 0: none */
	int64_t generation; /* how often all comments were to be read again by what was learnt */
	enum learning_step step;
	int64_t done, total;         /* of the step */
	int64_t began_at, looked_at; /* 0: never */
	/* As of the last look: */
	int64_t comments;  /* that are read and count in figures */
	int64_t low, high; /* of those, of detractors and promoters */
	int64_t labels;    /* what people said of themes and still stands */
	double drift; /* share of comments shown otherwise than when all were read last, 0 to 1 */
	Str failed;   /* at NULL: the last one did not */
};
/* All zero: nothing was looked at yet. */
MUST_USE bool learning_find(struct db *db, struct arena *a, int64_t workspace, struct learning *out,
                            struct err *err);

/* Units' functions. Somebody wants it at once; where it runs, once more when that one is over, for it may have looked already at
 * what was put right since. Input is a Str, the actor. */
bool learning_want(struct db_tx *tx, void *actor, struct err *err);
/* What was wanted so far is begun, or what a killed server left: input is a struct learning with began_at. */
bool learning_takes(struct db_tx *tx, void *learning, struct err *err);
/* Input is a struct learning: state RUNS, its step, done and total. */
bool learning_goes(struct db_tx *tx, void *learning, struct err *err);
/* It ended without a version: input is a struct learning with counts and `failed`. */
bool learning_rests(struct db_tx *tx, void *learning, struct err *err);

/* Stored: never renumber. */
enum learnt_kind {
	LEARNT_SENTIMENT_SHIPPED = 1, /* by the models that ship, from the words and the question */
	LEARNT_SENTIMENT_OWN = 2,     /* with what scores taught, each by what has not seen it */
	LEARNT_THEME_SHIPPED = 3,
	LEARNT_THEME_OWN = 4,
};
#define LEARNT_NUMBERS 14
struct learnt_figure {
	int64_t theme; /* 0: of sentiment */
	enum learnt_kind kind;
	/* Sentiment, one answer a person: [group][label], 3 x 4; then how many of detractors read as bad rather than good, and of
	 * promoters the other way round. Themes: what people put right, then samples that people checked, four numbers each
	 * (enum learnt_cell), then 1 when this is how the theme is read now. */
	int64_t n[LEARNT_NUMBERS];
};
#define LEARNT_LOW_RIGHT  12
#define LEARNT_HIGH_RIGHT 13
#define LEARNT_IN_USE     8
#define LEARNT_CHECKED    4
enum learnt_cell { LEARNT_FOUND, LEARNT_MISSED, LEARNT_WRONG, LEARNT_RIGHTLY_NOT };

struct learnt {
	int64_t version, engine, lesson;
	int64_t at, took; /* took: microseconds */
	int64_t comments, sampled, low, high, labels;
	double
	    changed; /* share of the sampled comments that are shown otherwise than by the version before */
	bool reread;           /* all comments are read again by it */
	Str sentiment, themes; /* models; at NULL: none that helps, or not asked for */
	struct learnt_figure *figures;
	size_t figure_count;
	double drift;                   /* written to struct learning */
	bool has_sentiment, has_themes; /* out */
};
/* A unit's function: a version that is used from here on. */
bool learnt_write(struct db_tx *tx, void *learnt, struct err *err);
/* Newest first, without models and figures. */
MUST_USE bool learnt_list(struct db *db, struct arena *a, int64_t workspace, struct learnt **out,
                          size_t *count, struct err *err);
/* Of one version, by theme. */
MUST_USE bool learnt_figures(struct db *db, struct arena *a, int64_t workspace, int64_t version,
                             struct learnt_figure **out, size_t *count, struct err *err);
/* Of sentiment in every version, newest first: `versions` has which. */
MUST_USE bool learnt_history(struct db *db, struct arena *a, int64_t workspace,
                             struct learnt_figure **out, int64_t **versions, size_t *count,
                             struct err *err);

struct learnt_models {
	Str sentiment, themes; /* at NULL: none */
};
/* Of a version that has none, or is not there: none. */
MUST_USE bool learnt_models_find(struct db *db, struct arena *a, int64_t workspace, int64_t version,
                                 struct learnt_models *out, struct err *err);

#endif
