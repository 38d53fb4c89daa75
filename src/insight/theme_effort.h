/* insight/theme_effort.h - how much work people think a theme is: said by hand, so that a list of what to do first knows it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_EFFORT_H
#define INSIGHT_THEME_EFFORT_H

#include "db/unit.h"

/* Stored: never renumber. */
#define THEME_EFFORTS(X)              \
	X(EFFORT_UNKNOWN, 0, "")      \
	X(EFFORT_SMALL, 1, "small")   \
	X(EFFORT_MEDIUM, 2, "medium") \
	X(EFFORT_LARGE, 3, "large")

#define EFFORT_ENUM(effort, number, name) effort = number,
enum theme_effort { THEME_EFFORTS(EFFORT_ENUM) };
#undef EFFORT_ENUM

Str theme_effort_name(enum theme_effort e); /* at NULL: unknown */
bool theme_effort_find(Str name, enum theme_effort *out);

struct theme_effort_row {
	int64_t theme;
	enum theme_effort effort;
};
MUST_USE bool theme_effort_list(struct db *db, struct arena *a, int64_t workspace,
                                struct theme_effort_row **out, size_t *count, struct err *err);

struct theme_effort_input {
	int64_t theme;
	enum theme_effort effort; /* EFFORT_UNKNOWN takes it away */
	Str actor;
	struct arena *arena;
};
/* A unit's function. ERR_NOT_FOUND. */
bool theme_effort_set(struct db_tx *tx, void *theme_effort_input, struct err *err);

#endif
