/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/saved_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void takes_paths_of_screens_with_views(void **state)
{
	(void)state;
	static const char *const good[] = {
		"/",
		"/?period=all&survey=a",
		"/answers",
		"/answers?q=caf%C3%A9&property.plan=pro",
		"/insight/segments?by=property.plan",
		"/insight/why",
		"/insight",
		"/insight?from=2026-01-01",
	};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(saved_view_takes_path(str_of(good[i])));
}

static void takes_no_other_place(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"answers",
		"//evil.example",
		"//evil.example/?a",
		"/\\evil.example",
		"/?a\\b",
		"https://evil.example/",
		"javascript:alert(1)",
		"/answers/1",
		"/answers/",
		"/insight/",
		"/insights",
		"/insight/../settings",
		"/insight/why/1",
		"/insight/Why",
		"/settings",
		"/api/v1/session",
		"/answers#top",
		"/?a#b",
		"/? a",
		"/?a\nb",
		"/?caf\xC3\xA9",
		"/?<script>",
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (saved_view_takes_path(str_of(bad[i])))
			fail_msg("took \"%s\"", bad[i]);
}

static void takes_no_path_that_is_too_long(void **state)
{
	(void)state;
	static char path[SAVED_VIEW_PATH_MAX + 1];
	memset(path, 'a', sizeof path);
	path[0] = '/';
	path[1] = '?';
	assert_true(saved_view_takes_path((Str){ path, SAVED_VIEW_PATH_MAX }));
	assert_false(saved_view_takes_path((Str){ path, SAVED_VIEW_PATH_MAX + 1 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_paths_of_screens_with_views),
		cmocka_unit_test(takes_no_other_place),
		cmocka_unit_test(takes_no_path_that_is_too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
