/* reading/suggestion.h - themes that the workspace's comments suggest, as they are at rest, and what people do with them.
 *
 * A look (reading/theme_search.h) brings those that are open up to date: one that is found again keeps its id and the name that a
 * person gave it, one that is not goes. What was dismissed, or became a theme, is not suggested again, nor is what shares half
 * of its words with it. Each deed can be undone, as long as the theme that it changed still says what it made of it.
 *
 * Quotes are answers' ids: they are read when they are shown, and go with their answers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_SUGGESTION_H
#define READING_SUGGESTION_H

#include "db/unit.h"
#include "text/suggested_themes.h"

/* Stored: never renumber. */
#define SUGGESTION_STATES(X)                  \
	X(SUGGESTION_OPEN, 1, "open")         \
	X(SUGGESTION_ACCEPTED, 2, "accepted") \
	X(SUGGESTION_MERGED, 3, "merged")     \
	X(SUGGESTION_DISMISSED, 4, "dismissed")

#define SUGGESTION_ENUM(state, number, name) state = number,
enum suggestion_state { SUGGESTION_STATES(SUGGESTION_ENUM) };
#undef SUGGESTION_ENUM

Str suggestion_state_name(enum suggestion_state state);
bool suggestion_state_find(Str name, enum suggestion_state *out);

#define SUGGESTION_WORDS_BYTES 1024

struct suggestion {
	int64_t id;
	enum suggestion_state state;
	Str name, words; /* words: one line of a taxonomy, "en: gift card, voucher" */
	Str language;
	bool renamed;
	int64_t comments, theme; /* theme 0: none */
	Str actor;               /* at NULL: nobody has touched it */
	int64_t made_at, changed_at;
};

/* Open ones first, the largest first; then the others, those touched last first. */
MUST_USE bool suggestion_list(struct db *db, struct arena *a, int64_t workspace,
                              struct suggestion **out, size_t *count, struct err *err);
/* Answers to quote, typical ones first. */
MUST_USE bool suggestion_quotes(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                                int64_t out[static SUGGESTED_QUOTES], size_t *count,
                                struct err *err);

struct suggestion_change {
	int64_t id;
	Str actor;
	Str name;   /* at NULL: as it is */
	bool moves; /* to this state; open: what was done is undone */
	enum suggestion_state to;
	int64_t into; /* the theme that it is merged into */
	struct arena *arena;
	struct suggestion suggestion; /* result */
};
/* A unit's function. ERR_NOT_FOUND; ERR_CONFLICT says what stands against it. The words of what is merged were checked ahead
 * (suggestion_check). */
bool suggestion_change(struct db_tx *tx, void *suggestion_change, struct err *err);
/* Ahead of the unit: would its words go with the theme's, or make one? */
MUST_USE bool suggestion_check(struct db *db, struct arena *a, int64_t workspace, Str shipped,
                               const struct suggestion_change *in, struct err *err);

/* What a look found. */
struct suggestion_found {
	const struct suggested_theme *all; /* [count] */
	size_t count;
	const int64_t *response; /* of the comments that quotes are places of */
	int64_t comments, left_over, began_at;
	int64_t wanted; /* how often, when it began */
};
/* A unit's function: the state of the look is written with it. */
bool suggestion_keep(struct db_tx *tx, void *suggestion_found, struct err *err);

#endif
