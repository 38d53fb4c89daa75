/* insight/alert_theme.h - themes that an alert is about: spoken of more often than before, in the comments of one score.
 *
 * One rise is one alert: themes of a score that began to be spoken of within ALERT_THEME_APART days of each other are parts of it,
 * and a theme that has raised one for such a time does not raise another. Looked for once a day, as the watch over scores is;
 * a round that finds nothing new commits nothing.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ALERT_THEME_H
#define INSIGHT_ALERT_THEME_H

#include "db/unit.h"
#include "insight/emerging.h"

#define ALERT_THEME_APART 42

struct cubes;
struct store;

struct alert_theme {
	struct cell_part part;
	struct workspace_theme theme; /* id, code, name, renamed */
	struct emerged emerged;       /* its theme: the one above */
};

MUST_USE bool alert_theme_list(struct db *db, struct arena *a, int64_t workspace, int64_t alert,
                               struct alert_theme **out, size_t *count, struct err *err);

/* A unit's function. Run again it raises nothing twice. */
struct alert_themes_found {
	struct alert_theme *all;
	size_t count;
};
bool alert_themes_write(struct db_tx *tx, void *alert_themes_found, struct err *err);

/* Looks at all themes of all scores of a workspace. `db` is a reader; cubes may be NULL. On a thread that may wait. */
MUST_USE bool emerging_round(struct store *store, struct db *db, struct cubes *cubes,
                             int64_t workspace, struct err *err);

#endif
