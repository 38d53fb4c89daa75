/* reading/theme_search.h - looks for themes in what the taxonomy leaves over: when, and what is looked at.
 *
 * Once a night in the workspace's own time, and when somebody asks. The newest comments that say something and speak of no theme are
 * gathered, at most THEME_SEARCH_LEFTOVERS of the THEME_SEARCH_COMMENTS newest, and clustered (text/suggested_themes.h); what was
 * found is written in one unit (reading/suggestion.h). A look costs some seconds of one core and 20 MiB; while comments are
 * read again it waits.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_THEME_SEARCH_H
#define READING_THEME_SEARCH_H

#include "db/store.h"
#include "text/words.h"

#define THEME_SEARCH_COMMENTS  100000
#define THEME_SEARCH_LEFTOVERS 10000
#define THEME_SEARCH_HOUR      3 /* of the workspace's night */

struct theme_search {
	int64_t wanted;              /* how often since the last look was begun; 0: not */
	int64_t began_at, ended_at;  /* of the last look, 0: there was none */
	int64_t comments, left_over; /* that it looked at; of these without a theme */
	int64_t next_at;             /* 0: with the first comments */
	bool waits;                  /* comments are being read, the look comes after that */
};

MUST_USE bool theme_search_find(struct db *db, struct arena *a, int64_t workspace, int64_t now,
                                struct theme_search *out, struct err *err);
/* A unit's function: somebody asks for a look. Input is a Str, the actor. */
bool theme_search_want(struct db_tx *tx, void *actor, struct err *err);
/* Looks, when it is time or somebody asked. *again: somebody asked, and comments must be read first. Waits for commits. */
MUST_USE bool theme_search_visit(struct store *store, struct db *db, struct word_reader *words,
                                 int64_t workspace, bool *again, struct err *err);

#endif
