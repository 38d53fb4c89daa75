/* reading/correction.h - what people say of an answer's reading: its sentiment, its themes.
 *
 * A correction is a row with its author, and is undone rather than deleted, so that how often people and machine agree can be
 * said. Of those about the same thing the last one that stands counts. They are laid over the reading as it was read, and
 * again whenever the comment is read again. What statistics with the score use, blind sentiment and polarity, is left as it is.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_CORRECTION_H
#define READING_CORRECTION_H

#include "net/route.h"

/* Stored: never renumber. */
#define READING_CORRECTIONS(X)                                                     \
	X(CORRECT_SENTIMENT, 1, "sentiment")     /* value: enum sentiment_label */ \
	X(CORRECT_THEME_ADDED, 2, "theme-added") /* value: polarity -1, 0, 1 */    \
	X(CORRECT_THEME_REMOVED, 3, "theme-removed")                               \
	X(CORRECT_THEME_POLARITY, 4, "theme-polarity") /* value: polarity -1, 0, 1 */

#define CORRECTION_ENUM(kind, number, name) kind = number,
enum reading_correction_kind { READING_CORRECTIONS(CORRECTION_ENUM) };
#undef CORRECTION_ENUM

Str reading_correction_name(enum reading_correction_kind kind);

struct reading_correction {
	int64_t id, response, theme; /* theme 0: it is about sentiment */
	enum reading_correction_kind kind;
	int value;
	Str author;
	int64_t at, undone_at; /* 0: it stands */
};

struct correction_make {
	const struct caller *caller;
	struct reading_correction correction; /* in: response, kind, theme, value; out: all of it */
	struct arena *arena;
};
/* Units' functions, within the caller's scope. ERR_NOT_FOUND; ERR_CONFLICT while the comment is not read. */
bool reading_correct(struct db_tx *tx, void *correction_make, struct err *err);
/* Input's correction needs its id and response. One that is undone stays so. */
bool reading_correction_undo(struct db_tx *tx, void *correction_make, struct err *err);
/* Of an answer, oldest first. */
MUST_USE bool reading_corrections(struct db *db, struct arena *a, int64_t workspace,
                                  int64_t response, struct reading_correction **out, size_t *count,
                                  struct err *err);

/* In a unit, over a reading whose rows say what the machine read. */
MUST_USE bool correction_lay_over(struct db_tx *tx, int64_t response, struct err *err);

#endif
