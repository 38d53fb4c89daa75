/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <inttypes.h>
#include <stdio.h>

#include "account/api_key.h"
#include "account/audit.h"
#include "app/world.h"
#include "base/zone.h"
#include "db/id.h"

struct key_unit {
	Str hash, name;
	enum scope scope;
	int64_t id;
};

static bool create_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct key_unit *in = input;
	return api_key_create(tx, in->hash, in->name, in->scope, 0, &in->id, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE, STR("key.create"), in->name,
	                   str_of(scope_name(in->scope)), err);
}

static bool create(struct call *call, struct world *world, const struct workspace *workspace,
                   struct err *err)
{
	const char *scope, *name = option_text(call, "name");
	struct key_unit in = { .name = name ? str_of(name) : AUDIT_COMMAND_LINE };
	Str text;
	if (!option_needed(call, "scope", &scope, err) ||
	    !scope_parse(str_of(scope), &in.scope, err) || !api_key_name_check(in.name, err))
		return false;
	api_key_make(call->arena, workspace->id, &text, &in.hash);
	if (!store_run(world->store, workspace->id, UNIT_INTERACTIVE, create_apply, &in, err))
		return false;
	printf("%.*s\n", STR_FMT(text));
	return true;
}

static bool list(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct api_key *keys;
	size_t count;
	struct db *db;
	if (!store_reader_open(world->store, &db, err))
		return false;
	bool ok = api_key_list(db, workspace->id, call->arena, &keys, &count, err);
	store_reader_close(world->store, db);
	if (!ok)
		return false;
	printf("%-19s  %-5s  %-24s  %-7s  %s\n", "ID", "SCOPE", "CREATED", "STATE", "NAME");
	for (size_t i = 0; i < count; i++) {
		char created[32];
		time_write(keys[i].created_at, created);
		printf("%-19" PRId64 "  %-5s  %-24s  %-7s  %.*s\n", keys[i].id,
		       scope_name(keys[i].scope), created, keys[i].revoked_at ? "revoked" : "good",
		       STR_FMT(keys[i].name));
	}
	return true;
}

struct revoke_unit {
	int64_t id;
	Str subject;
};

static bool revoke_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct revoke_unit *in = input;
	return api_key_revoke(tx, in->id, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE, STR("key.revoke"), in->subject, STR(""), err);
}

static bool revoke(struct call *call, struct world *world, const struct workspace *workspace,
                   struct err *err)
{
	struct revoke_unit in = { 0 };
	if (call->argument_count != 2)
		return err_set(err, ERR_INVALID, "use it as: heed key revoke ID");
	in.subject = str_of(call->arguments[1]);
	if (!id_parse(in.subject, &in.id, err))
		return false;
	return store_run(world->store, workspace->id, UNIT_INTERACTIVE, revoke_apply, &in, err);
}

static bool key(struct call *call, struct err *err)
{
	static const struct world_action actions[] = {
		{ "create", create },
		{ "list", list },
		{ "revoke", revoke },
	};
	return world_act(call, actions, sizeof actions / sizeof actions[0], err);
}

static const struct option options[] = {
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
	{ "scope", "SCOPE",
	  "create: track (sends events only; may be public), read, write or admin." },
	{ "name", "NAME", "create: what the key is for." },
};

const struct command cmd_key = {
	.name = "key",
	.summary = "Create, list and revoke API keys",
	.usage = "create --scope SCOPE [--name NAME]\nlist\nrevoke ID",
	.details = "create prints the key on standard output, and nothing else. It is not\n"
		   "kept and cannot be shown again.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.arguments_min = 1,
	.arguments_max = 2,
	.run = key,
};
