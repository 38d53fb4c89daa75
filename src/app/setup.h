/* app/setup.h - a new workspace with all that it starts with: owner, brand, journey, link key.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SETUP_H
#define APP_SETUP_H

#include "account/workspace.h"
#include "db/store.h"
#include "survey/survey.h"

struct setup {
	struct workspace_new workspace;
	Str email, email_folded; /* of the owner */
	Str name;
	Str password_hash; /* at NULL: the owner signs in by link, or is a user already */
	struct survey_seed seed;
	int64_t user;  /* filled in */
	Str actor;     /* for the audit log; at NULL: the command line */
	bool was_user; /* filled in: the owner was there before and keeps name and password */
};

/* ERR_CONFLICT when the workspace exists, or when the owner is a user already and a password was given. Nothing that
 * exists is changed. */
MUST_USE bool setup_workspace(struct store *store, struct setup *setup, struct err *err);

/* Its two units, in this order: of no workspace, and of the one whose id the first gave. Input is a struct setup. */
bool setup_reserve(struct db_tx *tx, void *input, struct err *err);
bool setup_fill(struct db_tx *tx, void *input, struct err *err);

/* The time zone of this machine, "UTC" when it cannot be told. */
Str setup_time_zone(struct arena *a);

#endif
