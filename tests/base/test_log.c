/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const int64_t now = INT64_C(1772359200123456);

static void assert_line(struct log_pairs pairs, const char *wanted)
{
	struct buf b;
	buf_init(&b, LOG_LINE_MAX);
	log_format(&b, now, LOG_LEVEL_WARNING, "db.slow", pairs);
	buf_add_char(&b, '\0');
	assert_string_equal(b.at, wanted);
	buf_free(&b);
}

static void writes_typed_pairs_on_one_line(void **state)
{
	(void)state;
	assert_line(LOG_NO_PAIRS, "2026-03-01T10:00:00.123Z warning db.slow\n");
	struct err err;
	err_set(&err, ERR_IO, "disk is full");
	assert_line(LOG_PAIRS(log_text("request", STR("4f1c")), log_i64("lane", -2),
	                      log_real("seconds", 1.25), log_id("id", 7),
	                      log_text("empty", STR("")), log_why(&err)),
	            "2026-03-01T10:00:00.123Z warning db.slow request=4f1c lane=-2 seconds=1.25 "
	            "id=7 empty=\"\" why=\"disk is full\"\n");
}

static void never_prints_personal_data(void **state)
{
	(void)state;
	assert_line(LOG_PAIRS(log_personal("email", STR("anna@example.com"))),
	            "2026-03-01T10:00:00.123Z warning db.slow email=<16 bytes>\n");
}

static void lets_no_value_forge_a_line(void **state)
{
	(void)state;
	assert_line(LOG_PAIRS(log_text("path", STR("/a\"b\\c\n2026 info\x1B[2Jä\xC2\x9B\xFF=x"))),
	            "2026-03-01T10:00:00.123Z warning db.slow "
	            "path=\"/a\\\"b\\\\c\\x0a2026 info\\x1b[2Jä\\xc2\\x9b\\xff=x\"\n");
}

static void cuts_a_long_line_and_says_so(void **state)
{
	(void)state;
	char text[2 * LOG_LINE_MAX];
	memset(text, 'x', sizeof text);
	struct buf b;
	buf_init(&b, LOG_LINE_MAX);
	log_format(&b, now, LOG_LEVEL_INFO, "x",
	           LOG_PAIRS(log_text("a", STR("b c")),
	                     log_text("long", (Str){ text, sizeof text }), log_i64("lost", 1)));
	assert_true(b.len <= LOG_LINE_MAX);
	assert_true(str_ends(buf_str(&b), STR("...\n")));
	assert_int_equal(str_find_char(buf_str(&b), '\n', 0), b.len - 1);
	/* by one byte, too */
	for (size_t len = LOG_LINE_MAX - 60; len < LOG_LINE_MAX; len++) {
		buf_clear(&b);
		log_format(&b, now, LOG_LEVEL_INFO, "x",
		           LOG_PAIRS(log_text("long", (Str){ text, len })));
		assert_true(b.len <= LOG_LINE_MAX);
		assert_int_equal(b.at[b.len - 1], '\n');
	}
	buf_free(&b);
}

static void *log_many(void *what)
{
	(void)what;
	for (int i = 0; i < 200; i++)
		log_event(LOG_LEVEL_INFO, "test.line",
		          LOG_PAIRS(log_text("t", STR("some text that takes room")),
		                    log_i64("i", i)));
	return NULL;
}

static void writes_whole_lines_from_every_thread(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	log_set_file(ends[1]);
	log_set_level(LOG_LEVEL_WARNING);
	log_many(NULL);
	log_set_level(LOG_LEVEL_INFO);
	pthread_t threads[2];
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, log_many, NULL), 0);
	for (size_t i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	log_set_file(STDERR_FILENO);
	close(ends[1]);
	FILE *f = fdopen(ends[0], "r");
	char line[LOG_LINE_MAX];
	int lines = 0, i = 0;
	for (; fgets(line, sizeof line, f); lines++)
		assert_int_equal(sscanf(line + 24,
		                        " info test.line t=\"some text that takes room\" i=%d\n",
		                        &i),
		                 1);
	assert_int_equal(lines, 400);
	fclose(f);
}

static void knows_its_levels_by_name(void **state)
{
	(void)state;
	enum log_level level = LOG_LEVEL_INFO;
	struct err err;
	assert_true(log_level_parse(STR("error"), &level, &err));
	assert_int_equal(level, LOG_LEVEL_ERROR);
	assert_false(log_level_parse(STR("loud"), &level, &err));
	assert_int_equal(level, LOG_LEVEL_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_typed_pairs_on_one_line),
		cmocka_unit_test(never_prints_personal_data),
		cmocka_unit_test(lets_no_value_forge_a_line),
		cmocka_unit_test(cuts_a_long_line_and_says_so),
		cmocka_unit_test(writes_whole_lines_from_every_thread),
		cmocka_unit_test(knows_its_levels_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
