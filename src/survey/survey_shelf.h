/* survey/survey_shelf.h - putting a survey away and taking it out again, and making another one like it.
 *
 * An archived survey takes no answers and leaves the list of those in use; its answers stay in the figures. One in the bin
 * is gone from lists, figures and pages, with its answers, until it is taken out. After SURVEY_BIN_DAYS days the nightly
 * purge removes it for good, but only if it has no answers: what people said is never thrown away by a purge.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SURVEY_SHELF_H
#define SURVEY_SURVEY_SHELF_H

#include "survey/survey.h"

enum survey_shelving { SURVEY_ARCHIVE, SURVEY_UNARCHIVE, SURVEY_BIN, SURVEY_RESTORE };

struct survey_shelf_input {
	int64_t id;
	enum survey_shelving what;
	Str actor;
	struct arena *arena;
	struct survey survey; /* result */
};

/* A unit's function; input is a struct survey_shelf_input. Doing it again is no error. */
bool survey_shelve(struct db_tx *tx, void *input, struct err *err);

struct survey_copy_input {
	int64_t id;
	Str team_scope; /* what the copy must lie in; at NULL: anything */
	Str name;       /* at NULL: the other's, with " (2)" behind */
	Str actor;
	struct arena *arena;
	struct survey survey; /* result: a draft with what the other one's draft says */
	Str definition;       /* result */
};

/* A unit's function; input is a struct survey_copy_input. */
bool survey_copy(struct db_tx *tx, void *input, struct err *err);

struct survey_gating_input {
	int64_t id;
	Str actor;
	struct arena *arena;
	struct survey survey; /* result */
};

/* A unit's function: an owner took note of what it means to ask only some groups for a public review. Holds until a version
 * without that is published. */
bool survey_confirm_gating(struct db_tx *tx, void *input, struct err *err);

/* Is there one whose time in the bin is over? */
MUST_USE bool survey_bin_purgeable(struct db *db, int64_t workspace, int64_t now, bool *any,
                                   struct err *err);
/* A unit's function: removes one such survey; input is a bool, set when there are more. */
bool survey_bin_purge(struct db_tx *tx, void *input, struct err *err);

#endif
