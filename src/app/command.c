/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/suggest.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/utf8.h"

/* What no shell takes for anything else. */
#define SHELL_PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@:+=,"
#define PLACE_MAX   65536

static bool takes(const struct command *command, const struct setting *row)
{
	return command->settings != SETTINGS_NONE && row->taken <= command->settings;
}

static size_t option_index(const struct command *command, Str name)
{
	for (size_t i = 0; i < command->option_count; i++)
		if (str_eq(str_of(command->options[i].name), name))
			return i;
	return SIZE_MAX;
}

static const struct setting *setting_by_flag(const struct command *command, Str flag)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (takes(command, &setting_rows[i]) && str_eq(str_of(setting_rows[i].flag), flag))
			return &setting_rows[i];
	return NULL;
}

static bool unknown_option(const struct command *command, const char *typed, struct err *err)
{
	const char *names[OPTIONS_MAX + SETTING_COUNT + 1] = { "help" };
	size_t count = 1;
	for (size_t i = 0; i < command->option_count; i++)
		names[count++] = command->options[i].name;
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (takes(command, &setting_rows[i]))
			names[count++] = setting_rows[i].flag;
	const char *near = suggest(typed, names, count);
	if (near)
		return err_set(err, ERR_INVALID, "there is no option --%s; did you mean --%s?",
		               typed, near);
	return err_set(err, ERR_INVALID,
	               "there is no option --%s; see what there is with: heed %s --help", typed,
	               command->name);
}

/* What one option is: where its value goes and whether it wants one. */
struct slot {
	const char **value;
	bool is_switch;
};

static bool slot_find(struct call *call, const char *given[SETTING_COUNT], Str name,
                      struct slot *out)
{
	size_t i = option_index(call->command, name);
	if (i != SIZE_MAX) {
		*out = (struct slot){ &call->values[i], call->command->options[i].value == NULL };
		return true;
	}
	const struct setting *row = setting_by_flag(call->command, name);
	if (row == NULL)
		return false;
	*out = (struct slot){ &given[row->id], row->type == SETTING_SWITCH };
	return true;
}

/* One `--name`, `--name=value` or `--name value` at argv[*at]. */
static bool option_take(struct call *call, const char *given[SETTING_COUNT], int argc,
                        const char *const *argv, int *at, struct err *err)
{
	Str text = str_from(str_of(argv[*at]), 2);
	size_t equals = str_find_char(text, '=', 0);
	bool joined = equals != SIZE_MAX;
	Str name = joined ? str_slice(text, 0, equals) : text;
	const char *typed = str_copy_c(call->arena, name);
	struct slot slot;
	if (!slot_find(call, given, name, &slot))
		return unknown_option(call->command, typed, err);
	if (*slot.value)
		return err_set(err, ERR_INVALID, "--%s is given twice", typed);
	if (slot.is_switch && joined)
		return err_set(err, ERR_INVALID, "--%s takes no value", typed);
	if (!slot.is_switch && !joined && *at + 1 >= argc)
		return err_set(err, ERR_INVALID, "--%s needs a value", typed);
	if (slot.is_switch)
		*slot.value = "1";
	else
		*slot.value = joined ? text.at + equals + 1 : argv[++*at];
	if (!utf8_is_valid(str_of(*slot.value)))
		return err_set(err, ERR_INVALID, "the value of --%s must be UTF-8", typed);
	return true;
}

static bool arguments_check(const struct call *call, struct err *err)
{
	const struct command *command = call->command;
	if (call->argument_count < command->arguments_min)
		return err_set(err, ERR_INVALID, "something is missing; use it as: heed %s %.*s",
		               command->name, (int)strcspn(command->usage, "\n"), command->usage);
	if (call->argument_count > command->arguments_max)
		return err_set(err, ERR_INVALID, "\"%s\" is too much; see heed %s --help",
		               call->arguments[command->arguments_max], command->name);
	for (size_t i = 0; i < call->argument_count; i++)
		if (!utf8_is_valid(str_of(call->arguments[i])))
			return err_set(err, ERR_INVALID, "argument %zu must be UTF-8", i + 1);
	return true;
}

bool command_parse(struct call *call, int argc, const char *const *argv, bool *help,
                   struct err *err)
{
	const char *given[SETTING_COUNT] = { NULL };
	const char **arguments = ARENA_ARRAY(call->arena, const char *, (size_t)argc + 1);
	bool only_arguments = false;
	MUST(call->command->option_count <= OPTIONS_MAX);
	call->arguments = arguments;
	*help = false;
	for (int i = 0; i < argc; i++) {
		if (only_arguments || strncmp(argv[i], "-", 1) != 0 || !strcmp(argv[i], "-"))
			arguments[call->argument_count++] = argv[i];
		else if (!strcmp(argv[i], "--"))
			only_arguments = true;
		else if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			*help = true;
			return true;
		} else if (strncmp(argv[i], "--", 2) != 0)
			return err_set(err, ERR_INVALID, "options are long here: there is no %s",
			               argv[i]);
		else if (!option_take(call, given, argc, argv, &i, err))
			return false;
	}
	return arguments_check(call, err) &&
	       settings_load(call->arena, given, &call->settings, err);
}

static const char *value_of(const struct call *call, const char *name)
{
	size_t i = option_index(call->command, str_of(name));
	MUST(i != SIZE_MAX);
	return call->values[i];
}

bool option_is_set(const struct call *call, const char *name)
{
	return value_of(call, name) != NULL;
}

const char *option_text(const struct call *call, const char *name)
{
	return value_of(call, name);
}

bool option_number(const struct call *call, const char *name, int64_t min, int64_t max,
                   int64_t *out, struct err *err)
{
	const char *text = value_of(call, name);
	int64_t value;
	if (text == NULL)
		return true;
	if (!str_to_i64(str_of(text), &value) || value < min || value > max)
		return err_set(err, ERR_INVALID,
		               "--%s must be a number from %" PRId64 " to %" PRId64, name, min,
		               max);
	*out = value;
	return true;
}

bool option_needed(const struct call *call, const char *name, const char **out, struct err *err)
{
	const char *text = value_of(call, name);
	if (text == NULL || text[0] == '\0')
		return err_set(err, ERR_INVALID, "--%s is needed; see heed %s --help", name,
		               call->command->name);
	*out = text;
	return true;
}

static void put_flag(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " --%s ", name);
	if (value[strspn(value, SHELL_PLAIN)] == '\0' && value[0]) {
		buf_add(out, str_of(value));
		return;
	}
	buf_add_char(out, '\'');
	for (const char *c = value; *c; c++)
		buf_add(out, *c == '\'' ? STR("'\\''") : (Str){ c, 1 });
	buf_add_char(out, '\'');
}

Str command_same_place(const struct call *call)
{
	struct buf *out = buf_in(call->arena, PLACE_MAX);
	const struct setting_value *data = &call->settings.values[SETTING_DATA];
	if (data->source == FROM_COMMAND_LINE)
		put_flag(out, "data", data->text);
	if (option_is_set(call, "workspace"))
		put_flag(out, "workspace", option_text(call, "workspace"));
	return buf_str(out);
}

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (!strcmp(command_table[i]->name, name))
			return command_table[i];
	return NULL;
}

static void help_row(const char *name, const char *value, const char *help)
{
	char left[48];
	snprintf(left, sizeof left, "--%s%s%s", name, value ? " " : "", value ? value : "");
	if (strlen(left) > 24)
		printf("  %s\n  %-24s  %s\n", left, "", help);
	else
		printf("  %-24s  %s\n", left, help);
}

static void help_usage(const struct command *command)
{
	Str rest = str_of(command->usage), line;
	const char *start = "Usage:";
	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, STR(" "))) /* goes on with the line before */
			printf("%-12s%.*s\n", "", STR_FMT(line));
		else
			printf("%-6s heed %s %.*s\n", start, command->name, STR_FMT(line));
		start = "";
	}
}

static void help_exits(const struct command *command)
{
	printf("\nExit codes:\n"
	       "  0 done   2 wrong input   3 not allowed   4 not found   5 conflict\n"
	       "  6 busy, try again   7 storage failed   8 data is damaged   9 a bug\n");
	if (command->exits)
		printf("%s\n", command->exits);
}

void command_help(const struct command *command)
{
	help_usage(command);
	printf("\n%s\n", command->summary);
	if (command->details)
		printf("\n%s\n", command->details);
	printf("\nOptions:\n");
	for (size_t i = 0; i < command->option_count; i++)
		help_row(command->options[i].name, command->options[i].value,
		         command->options[i].help);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (takes(command, &setting_rows[i]))
			help_row(setting_rows[i].flag, setting_rows[i].value, setting_rows[i].help);
	help_row("help", NULL, "This text.");
	if (command->settings != SETTINGS_NONE)
		printf(
		    "\nEach setting also has a variable HEED_* and a line in DATA/heed.conf: see\n"
		    "heed config --explain.\n");
	help_exits(command);
}

void command_overview(void)
{
	printf("Heed measures the Net Promoter Score on your own machine.\n\n"
	       "Usage: heed COMMAND [OPTIONS]\n\nCommands:\n");
	for (size_t i = 0; i < command_count; i++)
		printf("  %-9s %s\n", command_table[i]->name, command_table[i]->summary);
	printf("\nheed COMMAND --help tells more about one of them.\n");
}
