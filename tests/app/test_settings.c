/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static char dir[32], conf[64];
static const char *given[SETTING_COUNT];
static struct settings settings;
static struct err err;

static int make(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/heed-test-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(conf, sizeof conf, "%s/heed.conf", dir);
	memset(given, 0, sizeof given);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		unsetenv(setting_rows[i].variable);
	given[SETTING_DATA] = dir;
	return 0;
}

static int drop(void **state)
{
	(void)state;
	unlink(conf);
	rmdir(dir);
	arena_free(&arena);
	return 0;
}

static void write_conf(const char *text)
{
	FILE *file = fopen(conf, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static bool load(void)
{
	return settings_load(&arena, given, &settings, &err);
}

static void assert_complaint(const char *part)
{
	assert_false(load());
	assert_int_equal(err.kind, ERR_INVALID);
	if (!strstr(err.msg, part))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, part);
}

static void every_row_stands_in_its_place_and_its_default_is_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < SETTING_COUNT; i++)
		assert_int_equal(setting_rows[i].id, i);
	assert_true(load());
	assert_string_equal(setting_text(&settings, SETTING_LISTEN), "127.0.0.1:8080");
	assert_int_equal(setting_number(&settings, SETTING_BACKUP_KEEP), 7);
	assert_false(setting_switch(&settings, SETTING_ALLOW_UNSAFE));
}

static void the_command_line_wins_over_the_environment_over_the_file(void **state)
{
	(void)state;
	write_conf("listen = 127.0.0.1:1\nworkers=1\n  backup_keep =  1  \n");
	setenv("HEED_LISTEN", "127.0.0.1:2", 1);
	setenv("HEED_WORKERS", "2", 1);
	given[SETTING_LISTEN] = "127.0.0.1:3";
	assert_true(load());
	assert_string_equal(setting_text(&settings, SETTING_LISTEN), "127.0.0.1:3");
	assert_int_equal(setting_number(&settings, SETTING_WORKERS), 2);
	assert_int_equal(setting_number(&settings, SETTING_BACKUP_KEEP), 1);
	assert_int_equal(settings.values[SETTING_LISTEN].source, FROM_COMMAND_LINE);
	assert_int_equal(settings.values[SETTING_WORKERS].source, FROM_ENVIRONMENT);
	assert_int_equal(settings.values[SETTING_BACKUP_KEEP].source, FROM_FILE);
	assert_int_equal(settings.values[SETTING_DB_LANES].source, FROM_DEFAULT);
}

static void the_file_is_the_one_of_the_data_directory_that_was_chosen(void **state)
{
	(void)state;
	write_conf("workers = 5\n");
	given[SETTING_DATA] = NULL;
	setenv("HEED_DATA", dir, 1);
	assert_true(load());
	assert_int_equal(setting_number(&settings, SETTING_WORKERS), 5);
}

static void comments_empty_lines_and_windows_line_ends_are_fine(void **state)
{
	(void)state;
	write_conf("# settings\r\n\r\nworkers = 4\r\npublic_url = https://a.example/?b=c#d\r\n");
	assert_true(load());
	assert_int_equal(setting_number(&settings, SETTING_WORKERS), 4);
	assert_string_equal(setting_text(&settings, SETTING_PUBLIC_URL),
	                    "https://a.example/?b=c#d");
}

static void an_empty_variable_is_none(void **state)
{
	(void)state;
	setenv("HEED_WORKERS", "", 1);
	assert_true(load());
	assert_int_equal(settings.values[SETTING_WORKERS].source, FROM_DEFAULT);
}

static void a_bad_value_is_refused_where_it_stands(void **state)
{
	(void)state;
	write_conf("workers = 1\nworkers = many\n");
	assert_complaint("heed.conf:2: workers is \"many\"; it must be a number from 0 to 256");
	write_conf("workers 4\n");
	assert_complaint("heed.conf:1: expected a line \"name = value\"");
	write_conf("worker = 4\n");
	assert_complaint("did you mean workers?");
	write_conf("data = /tmp\n");
	assert_complaint("cannot be set by a file inside it");
	write_conf("");
	setenv("HEED_WORKERS", "257", 1);
	assert_complaint("HEED_WORKERS");
	unsetenv("HEED_WORKERS");
	given[SETTING_WORKERS] = "-1";
	assert_complaint("--workers");
	given[SETTING_WORKERS] = NULL;
	setenv("HEED_ALLOW_UNSAFE", "maybe", 1);
	assert_complaint("must be yes or no");
}

static void a_refused_setting_leaves_the_values_alone(void **state)
{
	(void)state;
	assert_true(load());
	given[SETTING_WORKERS] = "x";
	given[SETTING_LISTEN] = "127.0.0.1:9";
	assert_false(load());
	assert_string_equal(setting_text(&settings, SETTING_LISTEN), "127.0.0.1:8080");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
	const struct CMUnitTest tests[] = {
		TEST(every_row_stands_in_its_place_and_its_default_is_valid),
		TEST(the_command_line_wins_over_the_environment_over_the_file),
		TEST(the_file_is_the_one_of_the_data_directory_that_was_chosen),
		TEST(comments_empty_lines_and_windows_line_ends_are_fine),
		TEST(an_empty_variable_is_none),
		TEST(a_bad_value_is_refused_where_it_stands),
		TEST(a_refused_setting_leaves_the_values_alone),
	};
	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
