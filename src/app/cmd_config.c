/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <stdio.h>

/* A conninfo or address may hold a password; what is printed may end in a ticket. */
static Str shown(struct arena *a, const struct setting *row, const char *text)
{
	if (row->id == SETTING_DATABASE && text[0])
		return STR("(set; not shown, as it may hold a password)");
	return text[0] ? str_of(text) : str_printf(a, "(empty)");
}

static bool config(struct call *call, struct err *err)
{
	(void)err;
	bool explain = option_is_set(call, "explain");
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *row = &setting_rows[i];
		Str value = shown(call->arena, row, setting_text(&call->settings, row->id));
		printf("%s = %.*s\n", row->name, STR_FMT(value));
		if (!explain)
			continue;
		bool in_file = row->id != SETTING_DATA; /* which holds the file */
		Str source = setting_source_name(call->arena, &call->settings, row->id);
		printf("    from: %.*s\n    %s\n    set by: --%s, %s%s%s%s\n", STR_FMT(source),
		       row->help, row->flag, row->variable, in_file ? " or " : "",
		       in_file ? row->name : "", in_file ? " in heed.conf" : "");
	}
	return true;
}

static const struct option options[] = {
	{ "explain", NULL, "What each setting is for, and where its value came from." },
};

const struct command cmd_config = {
	.name = "config",
	.summary = "Print the settings in force",
	.usage = "[--explain] [SETTINGS]",
	.details = "The command line wins over the environment, that over DATA/heed.conf,\n"
		   "that over the default. heed.conf has lines of the form name = value; #\n"
		   "starts a comment line.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_ALL,
	.run = config,
};
