/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/suggest.h"
#include "base/clock.h"
#include "base/die.h"

static int unknown_command(const char *typed)
{
	const char *names[64];
	size_t count = 0;
	while (count < command_count && count < 64) {
		names[count] = command_table[count]->name;
		count++;
	}
	const char *near = suggest(typed, names, count);
	if (near)
		fprintf(stderr, "heed: there is no command \"%s\"; did you mean %s?\n", typed,
		        near);
	else
		fprintf(stderr, "heed: there is no command \"%s\"; see heed --help\n", typed);
	return err_exit_code(ERR_INVALID);
}

static int run(const struct command *command, int argc, const char *const *argv)
{
	static const struct clock system_clock;
	struct arena arena = { 0 };
	struct err err = { 0 };
	struct call call = { .command = command, .arena = &arena, .clock = &system_clock };
	bool help;
	bool ok = command_parse(&call, argc, argv, &help, &err);
	if (ok && help)
		command_help(command);
	else if (ok)
		ok = command->run(&call, &err);
	if (!ok)
		fprintf(stderr, "heed %s: %s\n", command->name, err.msg);
	if (ok && (fflush(stdout) != 0 || ferror(stdout))) {
		fprintf(stderr, "heed %s: cannot write the output\n", command->name);
		ok = err_set(&err, ERR_IO, "output");
	}
	arena_free(&arena);
	return ok ? call.exit_code : err_exit_code(err.kind);
}

int main(int argc, char **argv)
{
	MUST(sodium_init() >= 0);
	if (argc < 2) {
		command_overview();
		return err_exit_code(ERR_INVALID);
	}
	const char *name = argv[1];
	bool help = !strcmp(name, "help");
	if (!strcmp(name, "--help") || !strcmp(name, "-h") || (help && argc == 2)) {
		command_overview();
		return 0;
	}
	if (!strcmp(name, "--version"))
		name = "version";
	if (help)
		name = argv[2];
	const struct command *command = command_find(name);
	if (command == NULL)
		return unknown_command(name);
	if (help) {
		command_help(command);
		return 0;
	}
	return run(command, argc - 2, (const char *const *)argv + 2);
}
