/* account/user.h - people who sign in, and their roles in workspaces.
 *
 * Users are global: one address, one user, in as many workspaces as have a membership for them. Texts live in the
 * arena of the call.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_USER_H
#define ACCOUNT_USER_H

#include "base/clock.h"
#include "db/unit.h"
#include "net/route.h"

#define USER_NAME_MAX 100

struct user {
	int64_t id;
	Str email, name;
	Str password_hash; /* at NULL: signs in by link only */
	Str language;      /* of the dashboard, "de"; at NULL: the browser's */
	Str time_zone;     /* in which times are shown; at NULL: the workspace's */
	int64_t created_at, disabled_at;
};

/* Stored, NULL for the first: never renumber. */
enum member_names { NAMES_BY_ROLE = -1, NAMES_HIDDEN = 0, NAMES_SEEN = 1 };

struct member {
	struct user user;
	enum role role;
	int64_t since;
	int64_t team; /* 0: none */
	enum member_names names;
};

const char *role_name(unsigned role); /* "owner"; "" for none */
MUST_USE bool role_parse(Str text, enum role *out, struct err *err);

/* Folds `typed` for comparison and cuts spaces; ERR_INVALID with path "/email" when it is no address. */
MUST_USE bool user_email(struct arena *a, Str typed, Str *email, Str *folded, struct err *err);

MUST_USE bool user_find(struct db *db, int64_t user, struct arena *a, struct user *out,
                        struct err *err);
MUST_USE bool user_find_by_email(struct db *db, Str folded, struct arena *a, struct user *out,
                                 struct err *err);

/* ERR_CONFLICT when the address is taken. */
MUST_USE bool user_create(struct db_tx *tx, Str email, Str folded, Str name, Str password_hash,
                          int64_t *out, struct err *err);
/* 1 to USER_NAME_MAX bytes without control characters (or none at all); ERR_INVALID with path "/name". */
MUST_USE bool user_name_check(Str name, struct err *err);
/* Name, language and time zone as they stand in `user`. */
MUST_USE bool user_set_profile(struct db_tx *tx, const struct user *user, struct err *err);
/* Keeps the session with hash `but`; ends all others. */
MUST_USE bool user_change_password(struct db_tx *tx, int64_t user, Str password_hash, Str but,
                                   struct err *err);
/* Ends all sessions of the user too. */
MUST_USE bool user_set_password(struct db_tx *tx, int64_t user, Str password_hash, struct err *err);
/* Disabling ends all sessions; the memberships stay. The last owner of a workspace who can sign in is not disabled: ERR_CONFLICT names
 * both. */
MUST_USE bool user_set_disabled(struct db_tx *tx, int64_t user, bool disabled, struct err *err);

/* The role in a workspace, 0 when none. */
MUST_USE bool member_role(struct db *db, int64_t workspace, int64_t user, unsigned *out,
                          struct err *err);
/* What a member may see beyond the role's routes. */
struct member_access {
	unsigned role; /* 0: no member, or of a team that is gone */
	int64_t team;  /* 0: none */
	Str team_scope; /* at NULL: the whole workspace, which owners and admins see whatever their team */
	bool sees_names;
	bool sees_masked; /* personal data in comments is masked */
};
MUST_USE bool member_access(struct db *db, int64_t workspace, int64_t user, struct arena *a,
                            struct member_access *out, struct err *err);
/* Owners and admins always see names, viewers never. By role alone agents do and analysts do not. */
bool member_sees_names(unsigned role, enum member_names names);
const char *member_names_name(enum member_names names); /* "role", "hidden" or "seen" */
MUST_USE bool member_names_parse(Str text, enum member_names *out, struct err *err);
/* In a unit, with its entry in the audit log. Team 0 is none. ERR_NOT_FOUND when there is no such team or member. */
MUST_USE bool member_set_team(struct db_tx *tx, int64_t user, int64_t team, Str actor,
                              struct err *err);
MUST_USE bool member_set_names(struct db_tx *tx, int64_t user, enum member_names names, Str actor,
                               struct err *err);

/* Makes or changes the membership in tx's workspace. The last owner cannot become something else: ERR_CONFLICT. */
MUST_USE bool member_set(struct db_tx *tx, int64_t user, enum role role, struct err *err);
/* Ends the membership and the sessions in the workspace at once; keeps what member_restore needs. The last owner stays. */
MUST_USE bool member_remove(struct db_tx *tx, int64_t user, struct err *err);
#define MEMBER_RESTORED_FOR CLOCK_DAY
/* The role of somebody who was removed within the last day; ERR_NOT_FOUND. */
MUST_USE bool member_former_role(struct db *db, int64_t workspace, int64_t user, int64_t now,
                                 unsigned *out, struct err *err);
/* As it was before. ERR_CONFLICT when it was in a team that is gone. */
MUST_USE bool member_restore(struct db_tx *tx, int64_t user, struct err *err);
MUST_USE bool member_list(struct db *db, int64_t workspace, struct arena *a, struct member **out,
                          size_t *count, struct err *err);
/* First owner of a workspace by time; ERR_NOT_FOUND. */
MUST_USE bool member_first_owner(struct db *db, int64_t workspace, struct arena *a,
                                 struct user *out, struct err *err);
struct workspace_row;
/* The same with their names. */
MUST_USE bool user_workspace_names(struct db *db, int64_t user, struct arena *a,
                                   struct workspace_row **out, size_t *count, struct err *err);
/* Workspaces of a user, from the global list, oldest first. */
MUST_USE bool user_workspaces(struct db *db, int64_t user, struct arena *a, int64_t **out,
                              size_t *count, struct err *err);

#endif
