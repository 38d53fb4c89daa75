/* reading/theme.h - the themes of a workspace: those of the taxonomy that ships, and its own.
 *
 * Every theme of the taxonomy has a row, made when the reader first needs it, so that mentions can point to it. Mentions are kept
 * of all themes, whatever their state: turning one on shows at once what was said of it. Own themes bring words, as lines
 * of a taxonomy without its head, and those that ship may get more; when those change, `taxonomy` of the workspace is raised and
 * all comments are read again.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_THEME_H
#define READING_THEME_H

#include "db/unit.h"
#include "text/taxonomy.h"

/* Stored: never renumber. */
#define THEME_STATES(X)                                                         \
	X(THEME_ON_BY_INDUSTRY, 0,                                              \
	  "on") /* nobody chose; shown (feedback/response_reading.sql knows) */ \
	X(THEME_ON, 1, "on")                                                    \
	X(THEME_OFF, 2, "off")                                                  \
	X(THEME_DISMISSED, 3, "dismissed")                                      \
	X(THEME_SUGGESTED, 4, "suggested")                                      \
	X(THEME_MERGED, 5, "merged")                                            \
	X(THEME_OFF_BY_INDUSTRY, 6, "off")

#define THEME_ENUM(state, number, name) state = number,
enum theme_state { THEME_STATES(THEME_ENUM) };
#undef THEME_ENUM

Str theme_state_name(enum theme_state state);

/* Of the workspace. */
struct reading_setting {
	Str industry;          /* a key of text/taxonomy.h; at NULL: not said */
	bool industry_skipped; /* and nobody is asked any more */
	int64_t taxonomy;      /* how often own words changed, or the languages */
	unsigned languages;    /* TONGUE_BITs that comments are read in; 0: all of ours */
};
MUST_USE bool reading_setting_find(struct db *db, struct arena *a, int64_t workspace,
                                   struct reading_setting *out, struct err *err);
/* A unit's function: themes that nobody turned on or off follow. */
struct industry_input {
	Str industry; /* at NULL: none */
	bool skipped; /* then: ask no more */
	Str actor;
};
bool reading_setting_industry(struct db_tx *tx, void *industry_input, struct err *err);
/* A unit's function: comments in other languages are not analysed. Begins to read all again. */
struct languages_input {
	unsigned languages; /* TONGUE_BITs; 0: all */
	Str actor;
};
bool reading_setting_languages(struct db_tx *tx, void *languages_input, struct err *err);
/* In a unit: what is read with changed. */
MUST_USE bool reading_setting_changed(struct db_tx *tx, struct err *err);

struct workspace_theme {
	int64_t id;
	Str code, name;
	bool renamed;
	unsigned industries;
	enum theme_state state;
	Str seeds; /* own words, at NULL: none; of an own theme all that it has */
	int64_t merged_into;
	Str description; /* at NULL: none */
};
/* By code. */
MUST_USE bool theme_list(struct db *db, struct arena *a, int64_t workspace,
                         struct workspace_theme **out, size_t *count, struct err *err);
/* ERR_NOT_FOUND. */
MUST_USE bool theme_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                         struct workspace_theme *out, struct err *err);
bool theme_is_shown(const struct workspace_theme *t);
/* It does not come with Heed. */
bool theme_is_own(const struct workspace_theme *t);
#define THEME_OWN_CODE "own_"

/* A unit's function: makes rows of those themes of the taxonomy that have none, and gives them the names they ship with.
 * Input is a const struct taxonomy. */
bool theme_settle(struct db_tx *tx, void *taxonomy, struct err *err);

/* The taxonomy that ships, own words in its themes and own themes behind it, as its reader wants it. */
Str theme_lines(struct arena *a, Str shipped, const struct workspace_theme *all, size_t count);
/* The same of some themes, and of those that their conditions name. */
Str theme_lines_of(struct arena *a, Str shipped, const struct workspace_theme *all, size_t count,
                   const Str *codes, size_t code_count);
/* Words that ship with a theme: the lines of its seeds. At NULL: none of that code ships. */
Str theme_shipped_words(struct arena *a, Str shipped, Str code);

#endif
