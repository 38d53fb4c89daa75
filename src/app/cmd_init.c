/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <stdio.h>

#include "account/password.h"
#include "account/user.h"
#include "app/password_read.h"
#include "app/setup.h"
#include "app/world.h"
#include "base/rng.h"
#include "base/zone.h"
#include "survey/brand.h"

static bool zone_choose(const struct call *call, Str *out, struct err *err)
{
	const char *given = option_text(call, "time-zone");
	const struct zone *zone;
	if (given && !zone_load(call->arena, str_of(given), &zone, err))
		return err_set(err, ERR_INVALID,
		               "--time-zone is a name such as Europe/Berlin, not \"%s\"", given);
	*out = given ? str_of(given) : setup_time_zone(call->arena);
	return true;
}

static bool seed_make(struct arena *a, Str brand, struct survey_seed *out, struct err *err)
{
	struct brand_input input = { .name = brand };
	if (!brand_input_check(a, &input, err))
		return false;
	out->brand = input.name;
	out->brand_folded = input.name_folded;
	rng_bytes(out->link_secret, sizeof out->link_secret);
	return true;
}

static bool setup_read(const struct call *call, struct setup *out, struct err *err)
{
	const char *workspace, *email, *brand = option_text(call, "brand");
	const char *name = option_text(call, "name");
	if (!option_needed(call, "workspace", &workspace, err) ||
	    !option_needed(call, "email", &email, err) ||
	    !user_email(call->arena, str_of(email), &out->email, &out->email_folded, err) ||
	    !zone_choose(call, &out->workspace.time_zone, err) ||
	    !seed_make(call->arena, str_trim(str_of(brand ? brand : workspace)), &out->seed, err))
		return false;
	out->workspace.name = str_trim(str_of(workspace));
	out->workspace.week_start = 1;
	out->name = name ? str_of(name) : STR("");
	return true;
}

static bool init(struct call *call, struct err *err)
{
	struct setup setup = { 0 };
	struct world world;
	Str password = { NULL, 0 };
	if (!setup_read(call, &setup, err) ||
	    (option_is_set(call, "password-stdin") &&
	     (!password_read(call->arena, &password, err) || !password_check(password, err))))
		return false;
	if (!world_open(&world, call, STORE_COMMAND, true, err))
		return false;
	bool ok = (password.at == NULL || password_hash(&world.account, call->arena, password,
	                                                &setup.password_hash, err)) &&
	          setup_workspace(world.store, &setup, err);
	world_close(&world);
	if (!ok)
		return false;
	printf("The workspace \"%.*s\" is ready, and %.*s owns it.\n",
	       STR_FMT(setup.workspace.name), STR_FMT(setup.email));
	if (!setup.was_user && password.at == NULL)
		printf("To sign in: heed user link %.*s%.*s\n", STR_FMT(setup.email),
		       STR_FMT(command_same_place(call)));
	return true;
}

static const struct option options[] = {
	{ "workspace", "NAME", "What the workspace is called." },
	{ "email", "EMAIL", "Its owner, who signs in with this address." },
	{ "password-stdin", NULL, "Read the owner's password from standard input, one line." },
	{ "name", "NAME", "The owner's name." },
	{ "brand", "NAME",
	  "The first brand that surveys ask about. Default: the workspace's name." },
	{ "time-zone", "ZONE", "Such as Europe/Berlin. Default: this machine's." },
};

const struct command cmd_init = {
	.name = "init",
	.summary = "Create a workspace and its owner",
	.usage = "--workspace NAME --email EMAIL [--password-stdin]",
	.details = "Makes the database when there is none. A workspace or user that exists\n"
		   "is not touched. Without a password the owner signs in with a link:\n"
		   "heed user link EMAIL.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.run = init,
};
