/* reading/theme_change.h - what people do to themes: turn on and off, rename, join, bring their own.
 *
 * Own words are lines of a taxonomy (text/taxonomy.h) without its head: all that an own theme has, or what is added to one that ships.
 * When those change, all comments are read again; all else shows at once, as mentions of every theme are kept.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_THEME_CHANGE_H
#define READING_THEME_CHANGE_H

#include "reading/theme.h"

#define THEME_NAME_MAX        TAXONOMY_NAME_MAX /* bytes */
#define THEME_SEEDS_MAX       16384
#define THEME_DESCRIPTION_MAX 500

struct theme_change {
	int64_t id; /* 0: a new one, with name and seeds */
	Str actor;
	Str name, seeds, description; /* at NULL: as they are; empty seeds: none of its own */
	bool sets_shown, shown;
	int64_t merge_into; /* 0: not asked for */
	bool unmerges, dismisses, restores;
	struct workspace_theme theme; /* result; its texts live in the unit's input or `arena` */
	struct arena *arena;
};
/* A unit's function. ERR_NOT_FOUND; ERR_CONFLICT says what stands against it. */
bool theme_change(struct db_tx *tx, void *theme_change, struct err *err);

/* Ahead of the unit: do these words make a theme beside all others, or go with those of the one that is changed (0: a new one)?
 * ERR_INVALID says in which line they do not. */
MUST_USE bool theme_seeds_check(struct arena *a, Str shipped, const struct workspace_theme *all,
                                size_t count, int64_t changed, Str seeds, struct err *err);

/* How many of the newest comments speak of each theme, or of what was joined with it. */
#define THEME_RECENT_COMMENTS 2000
struct theme_recent {
	size_t comments; /* that were looked at */
	int64_t *of;     /* [count] as the themes stand */
};
MUST_USE bool theme_recent(struct db *db, struct arena *a, int64_t workspace,
                           const struct workspace_theme *all, size_t count,
                           struct theme_recent *out, struct err *err);

#endif
