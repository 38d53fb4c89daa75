/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/suggest.h"

static const struct option options[] = {
	{ "email", "EMAIL", "whose" },
	{ "expires", "DAYS", "how long" },
	{ "json", NULL, "as JSON" },
};
static const struct command sample = {
	.name = "sample",
	.usage = "FILE [--json]",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.arguments_min = 1,
	.arguments_max = 2,
};

static struct arena arena;
static struct call call;
static struct err err;
static bool help;

static int make(void **state)
{
	(void)state;
	for (size_t i = 0; i < SETTING_COUNT; i++)
		unsetenv(setting_rows[i].variable);
	call = (struct call){ .command = &sample, .arena = &arena };
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

#define PARSE(...) parse((const char *[]){ __VA_ARGS__, NULL })
static bool parse(const char *const *argv)
{
	int argc = 0;
	while (argv[argc])
		argc++;
	return command_parse(&call, argc, argv, &help, &err);
}

static void assert_complaint(bool done, const char *part)
{
	assert_false(done);
	assert_int_equal(err.kind, ERR_INVALID);
	if (!strstr(err.msg, part))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, part);
}

static void options_and_arguments_stand_in_any_order(void **state)
{
	(void)state;
	assert_true(PARSE("--json", "a.csv", "--email", "x@y", "--data=/tmp/d", "b"));
	assert_true(option_is_set(&call, "json"));
	assert_string_equal(option_text(&call, "email"), "x@y");
	assert_null(option_text(&call, "expires"));
	assert_int_equal(call.argument_count, 2);
	assert_string_equal(call.arguments[0], "a.csv");
	assert_string_equal(call.arguments[1], "b");
	assert_string_equal(setting_text(&call.settings, SETTING_DATA), "/tmp/d");
}

static void a_value_may_be_empty_or_look_like_an_option(void **state)
{
	(void)state;
	assert_true(PARSE("f", "--email=", "--expires", "-3"));
	assert_string_equal(option_text(&call, "email"), "");
	assert_string_equal(option_text(&call, "expires"), "-3");
}

static void what_follows_two_dashes_is_no_option(void **state)
{
	(void)state;
	assert_true(PARSE("--", "--json"));
	assert_string_equal(call.arguments[0], "--json");
	assert_false(option_is_set(&call, "json"));
}

static void one_dash_is_an_argument(void **state)
{
	(void)state;
	assert_true(PARSE("-"));
	assert_string_equal(call.arguments[0], "-");
}

static void help_is_answered_before_anything_is_checked(void **state)
{
	(void)state;
	assert_true(PARSE("--help"));
	assert_true(help);
	assert_true(PARSE("x", "-h", "--nonsense"));
	assert_true(help);
}

static void slips_are_refused_with_what_was_meant(void **state)
{
	(void)state;
	assert_complaint(PARSE("f", "--emial", "x"), "did you mean --email?");
	assert_complaint(PARSE("f", "--dtaa", "x"), "did you mean --data?");
	make(NULL);
	assert_complaint(PARSE("f", "--zzzzzz"), "heed sample --help");
	make(NULL);
	assert_complaint(PARSE("f", "--email"), "--email needs a value");
	make(NULL);
	assert_complaint(PARSE("f", "--json=1"), "--json takes no value");
	make(NULL);
	assert_complaint(PARSE("f", "--email", "a", "--email", "b"), "given twice");
	make(NULL);
	assert_complaint(PARSE("--json"), "heed sample FILE [--json]");
	make(NULL);
	assert_complaint(PARSE("a", "b", "c"), "\"c\" is too much");
	make(NULL);
	assert_complaint(PARSE("f", "--listen", ":1"), "no option --listen");
	make(NULL);
	assert_complaint(PARSE("f", "-x"), "options are long");
	make(NULL);
	assert_complaint(PARSE("\xff"), "UTF-8");
}

static void numbers_have_bounds(void **state)
{
	(void)state;
	int64_t days = 90;
	assert_true(PARSE("f"));
	assert_true(option_number(&call, "expires", 1, 365, &days, &err));
	assert_int_equal(days, 90);
	assert_true(PARSE("f", "--expires", "366"));
	assert_complaint(option_number(&call, "expires", 1, 365, &days, &err), "from 1 to 365");
	assert_int_equal(days, 90);
	make(NULL);
	assert_true(PARSE("f", "--expires", "1 day"));
	assert_complaint(option_number(&call, "expires", 1, 365, &days, &err), "--expires");
}

static void a_needed_option_may_not_be_empty(void **state)
{
	(void)state;
	const char *email;
	assert_true(PARSE("f", "--email="));
	assert_complaint(option_needed(&call, "email", &email, &err), "--email is needed");
}

static void the_nearest_name_is_suggested_and_a_far_one_is_not(void **state)
{
	(void)state;
	static const char *const names[] = { "serve", "init", "import", "export", "key" };
	assert_string_equal(suggest("srve", names, 5), "serve");
	assert_string_equal(suggest("sevre", names, 5), "serve");
	assert_string_equal(suggest("imoprt", names, 5), "import");
	assert_string_equal(suggest("exprot", names, 5), "export");
	assert_string_equal(suggest("keys", names, 5), "key");
	assert_null(suggest("restaurant", names, 5));
	assert_null(suggest("", names, 5));
	assert_null(suggest("a", names, 5));
	assert_null(suggest("an endless word that nobody would ever type by hand", names, 5));
}

static void every_command_can_be_found_and_has_its_help(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = command_table[i];
		assert_ptr_equal(command_find(command->name), command);
		assert_non_null(command->summary);
		assert_non_null(command->usage);
		assert_true(command->option_count <= OPTIONS_MAX);
		assert_true(command->arguments_min <= command->arguments_max);
	}
	assert_null(command_find("nonsense"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
	const struct CMUnitTest tests[] = {
		TEST(options_and_arguments_stand_in_any_order),
		TEST(a_value_may_be_empty_or_look_like_an_option),
		TEST(what_follows_two_dashes_is_no_option),
		TEST(one_dash_is_an_argument),
		TEST(help_is_answered_before_anything_is_checked),
		TEST(slips_are_refused_with_what_was_meant),
		TEST(numbers_have_bounds),
		TEST(a_needed_option_may_not_be_empty),
		TEST(the_nearest_name_is_suggested_and_a_far_one_is_not),
		TEST(every_command_can_be_found_and_has_its_help),
	};
	return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
