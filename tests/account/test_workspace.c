/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/workspace.h"

#include "house.h"

static bool reserve(const char *name, int64_t *id)
{
	struct workspace_new in = { .name = str_of(name), .time_zone = STR("UTC") };
	bool ok = house_do_in(0, workspace_reserve, &in);
	*id = in.id;
	return ok;
}

static bool create(const char *name)
{
	struct workspace_new in = { .name = str_of(name), .time_zone = STR("UTC") };
	return house_do_in(0, workspace_reserve, &in) && house_do_in(in.id, workspace_fill, &in);
}

static bool update_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct workspace now;
	return workspace_update(tx, input, tx->arena, &now, err);
}

static bool update(const char *name, const char *settings)
{
	struct workspace_change change = { .name = str_of(name) };
	if (settings)
		assert_true(
		    json_read(&house.arena, str_of(settings), &change.settings, &house.err));
	return house_do(update_apply, &change);
}

static struct workspace now(void)
{
	struct workspace w;
	assert_true(workspace_find(house.db, house.workspace, &house.arena, &w, &house.err));
	return w;
}

static bool is_there(const char *name)
{
	struct workspace w;
	bool found = workspace_find_by_name(house.db, str_of(name), &house.arena, &w, &house.err);
	assert_true(found || house.err.kind == ERR_NOT_FOUND);
	return found;
}

static void names_differ_by_more_than_case(void **state)
{
	(void)state;
	assert_refused(create(" ACME "), ERR_CONFLICT);
	assert_refused(create(""), ERR_INVALID);
	assert_refused(create("a\tb"), ERR_INVALID);
	assert_true(is_there("aCmE"));
	assert_str(now().name, "Acme");
}

static void a_creation_that_was_cut_short_is_taken_up_again(void **state)
{
	(void)state;
	int64_t first, again;
	assert_true(reserve("Half", &first));
	assert_false(is_there("Half"));
	assert_true(reserve("half", &again));
	assert_true(first == again);
	assert_true(create("HALF"));
	assert_true(is_there("Half"));
}

static void settings_have_defaults(void **state)
{
	(void)state;
	struct workspace w = now();
	assert_int_equal(w.settings.edit_days, 30);
	assert_false(w.settings.count_only_after_tap);
	assert_int_equal(w.settings.frame_ancestor_count, 0);
}

static void a_setting_that_is_not_given_stays(void **state)
{
	(void)state;
	assert_true(update(NULL, "{\"frame_ancestors\": [\"https://www.acme.com\"]}"));
	assert_true(update(NULL, "{\"edit_days\": 7}"));
	assert_true(update(NULL, "{\"count_only_after_tap\": true}"));
	struct workspace w = now();
	assert_int_equal(w.settings.edit_days, 7);
	assert_true(w.settings.count_only_after_tap);
	assert_int_equal(w.settings.frame_ancestor_count, 1);
	assert_str(w.settings.frame_ancestors[0], "https://www.acme.com");
	assert_str(w.name, "Acme");
}

static void bad_settings_are_refused_by_their_path(void **state)
{
	(void)state;
	static const struct {
		const char *json, *path;
	} bad[] = {
		{ "{\"edit_days\": -1}", "/edit_days" },
		{ "{\"edit_days\": \"7\"}", "/edit_days" },
		{ "{\"edit_day\": 7}", "/edit_day" },
		{ "{\"frame_ancestors\": [\"https://a.com\", \"*\"]}", "/frame_ancestors/1" },
		{ "{\"frame_ancestors\": \"https://a.com\"}", "/frame_ancestors" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct workspace_settings settings;
		JsonRef dict;
		workspace_settings_default(&settings);
		assert_true(json_read(&house.arena, str_of(bad[i].json), &dict, &house.err));
		assert_refused(workspace_settings_read(dict, &settings, &house.err), ERR_INVALID);
		assert_string_equal(house.err.path, bad[i].path);
	}
}

static void an_origin_is_a_scheme_and_a_host_and_nothing_that_ends_a_policy(void **state)
{
	(void)state;
	static const char *const good[] = { "https://a.com", "https://*.a.com",
		                            "http://localhost:3000", "https://a-b.c.de:8443" };
	static const char *const bad[] = { "",
		                           "a.com",
		                           "https://",
		                           "https://a.com/",
		                           "https://a.com; script-src *",
		                           "https://a.com *",
		                           "http://*.a.com",
		                           "https://*",
		                           "https://a.com:",
		                           "https://a.com:0",
		                           "https://a.com:70000",
		                           "data:",
		                           "https://A.com",
		                           "https://.a.com" };
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(workspace_is_origin(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(workspace_is_origin(str_of(bad[i])));
}

static void a_new_name_frees_the_old_one(void **state)
{
	(void)state;
	assert_true(update("Acme Ltd", NULL));
	assert_true(is_there("acme ltd"));
	assert_false(is_there("Acme"));
	assert_true(create("Acme"));
	assert_true(update("ACME ltd", NULL));
	assert_str(now().name, "ACME ltd");
}

static void a_name_that_is_taken_is_refused(void **state)
{
	(void)state;
	house_workspace("Other");
	assert_refused(update("OTHER", NULL), ERR_CONFLICT);
	assert_str(now().name, "Acme");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(names_differ_by_more_than_case),
		HOUSE_TEST(a_creation_that_was_cut_short_is_taken_up_again),
		HOUSE_TEST(settings_have_defaults),
		HOUSE_TEST(a_setting_that_is_not_given_stays),
		HOUSE_TEST(bad_settings_are_refused_by_their_path),
		HOUSE_TEST(an_origin_is_a_scheme_and_a_host_and_nothing_that_ends_a_policy),
		HOUSE_TEST(a_new_name_frees_the_old_one),
		HOUSE_TEST(a_name_that_is_taken_is_refused),
	};
	return HOUSE_RUN("workspaces", tests);
}
