/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <stdio.h>

#include "app/world.h"
#include "base/clock.h"
#include "survey/invitation.h"
#include "survey/link.h"

static bool input_read(struct call *call, struct invitation_input *in, struct err *err)
{
	const char *survey;
	const char *email = option_text(call, "email"), *name = option_text(call, "name");
	const char *external_id = option_text(call, "external-id");
	int64_t days = INVITATION_DAYS_DEFAULT;
	if (!option_needed(call, "survey", &survey, err) ||
	    !option_number(call, "expires", 1, INVITATION_DAYS_MAX, &days, err))
		return false;
	struct person_input person = {
		.email = str_of(email),
		.name = str_of(name),
		.external_id = str_of(external_id),
	};
	*in = (struct invitation_input){
		.survey = str_of(survey),
		.channel = STR("link"),
		.properties = STR("{}"),
		.expires_at = clock_now(call->clock) + days * CLOCK_DAY,
		.arena = call->arena,
	};
	return person_ref_check(call->arena, &person, &in->person, err);
}

static bool mint(struct world *world, const struct workspace *workspace,
                 const struct invitation *invitation, struct err *err)
{
	char token[LINK_TOKEN_CHARS + 1];
	struct db *db;
	if (!store_reader_open(world->store, &db, err))
		return false;
	bool ok = link_keys_need(world->survey.keys, db, workspace->id, err) &&
	          link_mint(world->survey.keys, LINK_INVITATION, workspace->id, invitation->id,
	                    invitation->expires_at, token, err);
	store_reader_close(world->store, db);
	if (ok)
		printf("%s/r/%s\n", world->public_url, token);
	return ok;
}

static bool link_run(struct call *call, struct err *err)
{
	struct invitation_input in;
	struct workspace workspace;
	struct world world;
	if (!input_read(call, &in, err) || !world_open(&world, call, STORE_COMMAND, false, err))
		return false;
	bool ok =
	    world_workspace(&world, call, &workspace, err) &&
	    store_run(world.store, workspace.id, UNIT_INTERACTIVE, invitation_make, &in, err) &&
	    mint(&world, &workspace, &in.invitation, err);
	world_close(&world);
	return ok;
}

static const struct option options[] = {
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
	{ "survey", "SLUG", "The survey that the link opens." },
	{ "email", "EMAIL", "Whose link it is." },
	{ "external-id", "ID", "Whose link it is, by your own customer number." },
	{ "name", "NAME", "Their name." },
	{ "expires", "DAYS", "How long it works, 1 to 3650 days. Default: 90." },
};

const struct command cmd_link = {
	.name = "link",
	.summary = "Make a personal survey link",
	.usage = "--survey SLUG [--email EMAIL] [--expires DAYS]",
	.details = "Prints one link /r/TOKEN. It takes one answer, which its holder can\n"
		   "change for a while.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.run = link_run,
};
