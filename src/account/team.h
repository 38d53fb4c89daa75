/* account/team.h - teams of a workspace: members who see a part of the answers only.
 *
 * Which part is the team's scope, a text that this room only keeps: survey/team_scope.h checks it before it comes here,
 * and reads it for every request of a member. A team with members cannot be deleted, for they would see everything.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_TEAM_H
#define ACCOUNT_TEAM_H

#include "db/unit.h"

#define TEAM_NAME_MAX 100
#define TEAMS_MAX     500

struct team {
	int64_t id;
	Str name, scope;
	int64_t created_at, updated_at;
	int64_t members;
};

/* In order of their names. */
MUST_USE bool team_list(struct db *db, int64_t workspace, struct arena *a, struct team **out,
                        size_t *count, struct err *err);
/* ERR_NOT_FOUND. */
MUST_USE bool team_find(struct db *db, int64_t workspace, int64_t id, struct arena *a,
                        struct team *out, struct err *err);

/* By folded name. ERR_NOT_FOUND. */
MUST_USE bool team_find_by_name(struct db *db, int64_t workspace, Str folded, struct arena *a,
                                struct team *out, struct err *err);

/* Trimmed, 1 to 100 characters' bytes without control characters; ERR_INVALID at /name. */
MUST_USE bool team_name_check(struct arena *a, Str typed, Str *name, Str *folded, struct err *err);

struct team_input {
	int64_t id;       /* 0: a new one */
	Str name, folded; /* at NULL: stays */
	Str scope;        /* at NULL: stays */
	Str actor;
	struct arena *arena; /* of the result */
	struct team team;    /* result */
};
/* Units' functions; input is a struct team_input. ERR_CONFLICT at /name when another team has it. */
bool team_save(struct db_tx *tx, void *input, struct err *err);
/* ERR_CONFLICT while it has members. */
bool team_delete(struct db_tx *tx, void *input, struct err *err);

#endif
