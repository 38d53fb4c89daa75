/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/setup.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "account/audit.h"
#include "account/user.h"
#include "base/zone.h"

#define ZONES "/zoneinfo/"

bool setup_reserve(struct db_tx *tx, void *input, struct err *err)
{
	struct setup *setup = input;
	struct user user;
	bool there = user_find_by_email(tx->db, setup->email_folded, tx->arena, &user, err);
	if (!there && err->kind != ERR_NOT_FOUND)
		return false;
	if (there && setup->password_hash.at)
		return err_at(err, ERR_CONFLICT, "/email",
		              "%.*s is a user already and keeps the password there is",
		              STR_FMT(setup->email));
	setup->was_user = there;
	setup->user = there ? user.id : 0;
	return workspace_reserve(tx, &setup->workspace, err);
}

bool setup_fill(struct db_tx *tx, void *input, struct err *err)
{
	struct setup *setup = input;
	if (!workspace_fill(tx, &setup->workspace, err) ||
	    !survey_seed_workspace(tx, &setup->seed, err) ||
	    (!setup->was_user && !user_create(tx, setup->email, setup->email_folded, setup->name,
	                                      setup->password_hash, &setup->user, err)))
		return false;
	return member_set(tx, setup->user, ROLE_OWNER, err) &&
	       audit_write(tx, setup->actor.at ? setup->actor : AUDIT_COMMAND_LINE,
	                   STR("workspace.create"), setup->workspace.name, setup->email, err);
}

bool setup_workspace(struct store *store, struct setup *setup, struct err *err)
{
	return store_run(store, 0, UNIT_INTERACTIVE, setup_reserve, setup, err) &&
	       store_run(store, setup->workspace.id, UNIT_INTERACTIVE, setup_fill, setup, err);
}

/* Debian links /etc/localtime to the zone's file. */
Str setup_time_zone(struct arena *a)
{
	char target[PATH_MAX];
	const struct zone *zone;
	struct err err;
	ssize_t len = readlink("/etc/localtime", target, sizeof target);
	Str path = { target, len > 0 ? (size_t)len : 0 };
	size_t at = str_find(path, STR(ZONES));
	if (at == SIZE_MAX)
		return STR("UTC");
	Str name = str_copy(a, str_from(path, at + strlen(ZONES)));
	return zone_load(a, name, &zone, &err) ? name : STR("UTC");
}
