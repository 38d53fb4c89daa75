/* app/command.h - what `heed NAME` does: a const descriptor a command, and the call it gets.
 *
 * Each command has its own file app/cmd_<name>.c with its descriptor on top, and a row in command_table.c. The command
 * line is parsed by the descriptor before `run` is called; `--help` is answered for every command. A command that
 * fails returns false with *err: main prints the sentence on standard error and exits with err_exit_code.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/settings.h"

struct clock;

/* `--name VALUE` or `--name=VALUE`; a switch has no value. Settings need no row here. */
struct option {
	const char *name;  /* without the dashes */
	const char *value; /* what help calls it, NULL for a switch */
	const char *help;
};

#define OPTIONS_MAX 24

struct call {
	const struct command *command;
	struct arena *arena; /* lives as long as the command */
	const struct clock *clock;
	struct settings settings;
	const char *const *arguments; /* what is no option, in order */
	size_t argument_count;
	const char *values[OPTIONS_MAX]; /* one an option of the descriptor, NULL when not given */
	int exit_code;                   /* of a run that returns true */
};

struct command {
	const char *name;
	const char *summary; /* one line in `heed --help` */
	const char *usage;   /* one or more lines after "heed NAME ", each a form of it */
	const char *details; /* further paragraphs of its help, may be NULL */
	const struct option *options;
	size_t option_count;
	enum settings_taken settings;
	size_t arguments_min, arguments_max;
	const char *exits; /* exit codes of its own beside the common ones, may be NULL */
	bool (*run)(struct call *call, struct err *err);
};

#define COMMAND_OPTIONS(rows) .options = (rows), .option_count = sizeof(rows) / sizeof((rows)[0])

extern const struct command *const command_table[];
extern const size_t command_count;

/* Values of the options of the descriptor; the name must be one of them. */
bool option_is_set(const struct call *call, const char *name);
const char *option_text(const struct call *call, const char *name); /* NULL when not given */
/* Not given leaves *out as it is. ERR_INVALID names the option and the bounds. */
MUST_USE bool option_number(const struct call *call, const char *name, int64_t min, int64_t max,
                            int64_t *out, struct err *err);
/* The option's text, or ERR_INVALID that says it is needed. */
MUST_USE bool option_needed(const struct call *call, const char *name, const char **out,
                            struct err *err);

/* " --data DIR --workspace NAME", as far as they were given, quoted for a shell: ends a command line that a hint tells, so
 * that it works as it stands. */
Str command_same_place(const struct call *call);

/* Fills *call from argv (after the command's name) and loads the settings. *help: print the help instead. */
MUST_USE bool command_parse(struct call *call, int argc, const char *const *argv, bool *help,
                            struct err *err);
const struct command *command_find(const char *name); /* NULL when there is none */
/* The help of one command, of the program. */
void command_help(const struct command *command);
void command_overview(void);

#endif
