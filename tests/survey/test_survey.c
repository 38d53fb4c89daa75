/* Surveys, brands and the journey at rest, on SQLite and, when there is a server, on PostgreSQL. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "../feedback/ground.h"
#include "account/workspace.h"
#include "survey/brand.h"
#include "survey/survey_shelf.h"
#include "survey/touchpoint.h"

static enum db_engine engine;
static struct ground g;

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	ground_remove(&g);
	return 0;
}

static void assert_text(Str seen, const char *expected)
{
	assert_string_equal(str_copy_c(&g.arena, seen), expected);
}

static enum err_kind refused(unit_fn apply, void *input)
{
	struct err err = { 0 };
	assert_false(ground_try(&g, apply, input, &err));
	return err.kind;
}

static void a_new_workspace_has_a_journey_of_eight_steps_and_a_brand(void **state)
{
	struct touchpoint *journey;
	struct brand *brands;
	size_t count;
	struct err err;
	(void)state;
	assert_true(touchpoint_list(g.db, &g.arena, g.workspace, &journey, &count, &err));
	assert_int_equal(count, 8);
	assert_text(journey[0].code, "first_contact");
	assert_text(journey[7].name, "Cancellation");
	assert_true(brand_list(g.db, &g.arena, g.workspace, &brands, &count, &err));
	assert_int_equal(count, 1);
	assert_text(brands[0].name, "Acme");
}

static void states_change_only_as_allowed(void **state)
{
	static const enum survey_state all[] = { SURVEY_DRAFT, SURVEY_LIVE, SURVEY_PAUSED,
		                                 SURVEY_CLOSED };
	static const char may[4][4] = {
		{ 0, 1, 0, 0 },
		{ 0, 0, 1, 1 },
		{ 0, 1, 0, 1 },
		{ 0, 1, 1, 0 },
	};
	(void)state;
	for (size_t from = 0; from < 4; from++)
		for (size_t to = 0; to < 4; to++)
			assert_int_equal(survey_may_become(all[from], all[to]), may[from][to]);
	struct survey_state_input in = { .id = g.survey.id,
		                         .state = SURVEY_DRAFT,
		                         .arena = &g.arena };
	assert_int_equal(refused(survey_set_state, &in), ERR_CONFLICT);
	in.state = SURVEY_PAUSED;
	ground_run(&g, survey_set_state, &in);
	assert_int_equal(in.survey.state, SURVEY_PAUSED);
}

static void a_draft_is_reworded_in_place_and_a_live_survey_by_version(void **state)
{
	struct survey_input in = { .name = STR("Draft"), .arena = &g.arena };
	(void)state;
	ground_run(&g, survey_save, &in);
	assert_text(in.survey.slug, "draft");
	assert_int_equal(in.survey.state, SURVEY_DRAFT);
	struct survey_input change = { .id = in.survey.id,
		                       .definition = STR("{\"language\":\"de\"}"),
		                       .arena = &g.arena };
	ground_run(&g, survey_save, &change);
	assert_int_equal(change.survey.version, 1);
	assert_text(change.definition_now, "{\"language\":\"de\"}");
	change.id = g.survey.id;
	ground_run(&g, survey_save, &change);
	assert_int_equal(change.survey.version, 2);
	ground_run(&g, survey_save, &change);
	assert_int_equal(change.survey.version, 2);
}

static void a_transactional_survey_needs_a_touchpoint(void **state)
{
	struct survey_input in = { .name = STR("Support"),
		                   .kind = SURVEY_TRANSACTIONAL,
		                   .arena = &g.arena };
	(void)state;
	assert_int_equal(refused(survey_save, &in), ERR_INVALID);
	in.touchpoint = STR("nowhere");
	assert_int_equal(refused(survey_save, &in), ERR_INVALID);
	in.touchpoint = STR("support");
	ground_run(&g, survey_save, &in);
	assert_text(in.survey.touchpoint, "support");
	in.kind = SURVEY_RELATIONSHIP;
	in.slug = STR("other");
	assert_int_equal(refused(survey_save, &in), ERR_INVALID);
}

static void a_slug_is_taken_once(void **state)
{
	struct survey_input in = { .name = STR("All"), .slug = STR("all"), .arena = &g.arena };
	(void)state;
	assert_int_equal(refused(survey_save, &in), ERR_CONFLICT);
	in.may_exist = true;
	ground_run(&g, survey_save, &in);
	assert_false(in.created);
	assert_int_equal(in.survey.id, g.survey.id);
}

static void a_slug_that_nobody_asked_for_is_one_that_is_free(void **state)
{
	struct survey_input in = { .name = STR("All"), .arena = &g.arena };
	(void)state;
	ground_run(&g, survey_save, &in);
	assert_text(in.survey.slug, "all-2");
	ground_run(&g, survey_save, &in);
	assert_text(in.survey.slug, "all-3");
}

static bool in_bin_for_good(void)
{
	struct err err = { 0 };
	bool any, more;
	assert_true(survey_bin_purgeable(g.db, g.workspace, g.fresh.clock.frozen, &any, &err));
	if (any)
		ground_run(&g, survey_bin_purge, &more);
	return any;
}

static void the_bin_is_purged_after_thirty_days_of_what_nobody_answered(void **state)
{
	struct survey made = ground_survey(&g, "short", "{}"), found;
	struct survey_shelf_input in = {
		.id = made.id, .what = SURVEY_BIN, .actor = STR("x"), .arena = &g.arena
	};
	struct capture_input answer = ground_answer(&g, 9, NULL);
	struct err err = { 0 };
	(void)state;
	(void)ground_take(&g, &answer);
	ground_run(&g, survey_shelve, &in);
	in.id = g.survey.id;
	ground_run(&g, survey_shelve, &in);
	ground_wait(&g, 29 * CLOCK_DAY);
	assert_false(in_bin_for_good());
	ground_wait(&g, 2 * CLOCK_DAY);
	assert_true(in_bin_for_good());
	assert_false(in_bin_for_good());
	assert_false(survey_find(g.db, &g.arena, g.workspace, made.id, &found, &err));
	assert_true(survey_find(g.db, &g.arena, g.workspace, g.survey.id, &found, &err));
	made = ground_survey(&g, "short", "{}");
	assert_text(made.public_slug, "short");
}

static bool fill(struct db_tx *tx, void *input, struct err *err)
{
	struct survey_seed seed = { .brand = STR("Other"), .brand_folded = STR("other") };
	return workspace_fill(tx, input, err) && survey_seed_workspace(tx, &seed, err);
}

static struct survey in_another_workspace(const char *name, bool demo)
{
	struct workspace_new workspace = { .name = str_of(name),
		                           .time_zone = STR("UTC"),
		                           .demo = demo };
	struct survey_input in = { .name = STR("All"), .arena = &g.arena };
	struct err err;
	assert_true(store_run(g.store, 0, UNIT_INTERACTIVE, workspace_reserve, &workspace, &err));
	assert_true(store_run(g.store, workspace.id, UNIT_INTERACTIVE, fill, &workspace, &err));
	assert_true(store_run(g.store, workspace.id, UNIT_INTERACTIVE, survey_save, &in, &err));
	return in.survey;
}

static void a_public_address_belongs_to_one_survey_of_the_server(void **state)
{
	struct survey found;
	bool known;
	struct err err;
	(void)state;
	assert_text(g.survey.public_slug, "all");
	struct survey other = in_another_workspace("Other", false);
	assert_text(other.slug, "all");
	assert_text(other.public_slug, "all-2");
	assert_text(in_another_workspace("Demo", true).public_slug, "all-demo");
	assert_true(survey_find_public(g.db, &g.arena, STR("all-2"), &known, &found, &err));
	assert_true(known);
	assert_int_equal(found.id, other.id);
	assert_int_equal(found.workspace, other.workspace);
	assert_true(survey_find_public(g.db, &g.arena, STR("nothing"), &known, &found, &err));
	assert_false(known);
}

static void kind_and_brand_are_fixed_by_the_first_answer(void **state)
{
	struct survey_input in = { .id = g.survey.id,
		                   .kind = SURVEY_TRANSACTIONAL,
		                   .touchpoint = STR("support"),
		                   .arena = &g.arena };
	struct capture_input answer = ground_answer(&g, 9, NULL);
	(void)state;
	ground_take(&g, &answer);
	assert_int_equal(refused(survey_save, &in), ERR_CONFLICT);
}

static void slugs_come_from_names_of_any_script(void **state)
{
	(void)state;
	assert_text(survey_slug_of(&g.arena, STR("Über uns: 2026!")), "uber-uns-2026");
	assert_text(survey_slug_of(&g.arena, STR("Kadıköy — Straße")), "kadikoy-strasse");
	assert_text(survey_slug_of(&g.arena, STR("満足度")), "survey");
	assert_text(survey_slug_of(&g.arena, STR("Müller & Söhne \"Best\" <b>")),
	            "muller-sohne-best-b");
	assert_false(survey_slug_is_valid(STR("-a")));
	assert_false(survey_slug_is_valid(STR("A")));
	assert_true(survey_slug_is_valid(STR("a-1")));
}

static void the_journey_keeps_what_surveys_use(void **state)
{
	static const struct touchpoint steps[] = {
		{ .code = { "renewal", 7 }, .name = { "Renewal", 7 } },
		{ .code = { "support", 7 }, .name = { "Help", 4 } }
	};
	struct touchpoint_input in = { .journey = steps, .count = 2, .arena = &g.arena };
	struct survey_input survey = { .name = STR("Support"),
		                       .kind = SURVEY_TRANSACTIONAL,
		                       .touchpoint = STR("support"),
		                       .arena = &g.arena };
	(void)state;
	ground_run(&g, survey_save, &survey);
	ground_run(&g, touchpoint_save, &in);
	assert_int_equal(in.result_count, 2);
	assert_text(in.result[0].code, "renewal");
	assert_int_equal(in.result[1].id, survey.survey.touchpoint_id);
	assert_text(in.result[1].name, "Help");
	in.count = 1;
	assert_int_equal(refused(touchpoint_save, &in), ERR_CONFLICT);
}

static struct brand_input brand(const char *name, struct err *err)
{
	struct brand_input in = { .name = str_of(name), .arena = &g.arena };
	if (!brand_input_check(&g.arena, &in, err))
		in.arena = NULL;
	return in;
}

static void a_brand_has_a_name_of_its_own(void **state)
{
	struct err err;
	struct brand_input in = brand("Müller & Söhne \"Best\" <b>", &err);
	(void)state;
	ground_run(&g, brand_save, &in);
	assert_text(in.brand.name, "Müller & Söhne \"Best\" <b>");
	assert_text(in.brand.colour, "#2f5d8a");
	in = brand("MÜLLER & SÖHNE \"best\" <B>", &err);
	assert_false(ground_try(&g, brand_save, &in, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_string_equal(err.path, "/name");
	assert_null(brand("  ", &err).arena);
	assert_string_equal(err.path, "/name");
}

static void a_logo_is_what_its_first_bytes_say(void **state)
{
	struct brand_input in = { .id = g.survey.brand_id,
		                  .sets_logo = true,
		                  .logo = STR("\x89PNG\r\n\x1a\n....\0...."),
		                  .arena = &g.arena };
	Str bytes, type;
	struct err err;
	(void)state;
	assert_true(brand_input_check(&g.arena, &in, &err));
	ground_run(&g, brand_save, &in);
	assert_true(brand_logo(g.db, &g.arena, g.workspace, in.id, &bytes, &type, &err));
	assert_text(type, "image/png");
	assert_true(str_eq(bytes, in.logo));
	assert_true(brand_logo_type(STR("RIFF....WEBPVP8 "), &type, &err));
	assert_false(brand_logo_type(STR("<svg onload=alert(1)>"), &type, &err));
	assert_false(brand_logo_type(STR("RIFF"), &type, &err));
	in.logo = (Str){ 0 };
	ground_run(&g, brand_save, &in);
	assert_false(brand_logo(g.db, &g.arena, g.workspace, in.id, &bytes, &type, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(a_new_workspace_has_a_journey_of_eight_steps_and_a_brand),
		TEST(states_change_only_as_allowed),
		TEST(a_draft_is_reworded_in_place_and_a_live_survey_by_version),
		TEST(a_transactional_survey_needs_a_touchpoint),
		TEST(a_slug_is_taken_once),
		TEST(a_slug_that_nobody_asked_for_is_one_that_is_free),
		TEST(the_bin_is_purged_after_thirty_days_of_what_nobody_answered),
		TEST(a_public_address_belongs_to_one_survey_of_the_server),
		TEST(kind_and_brand_are_fixed_by_the_first_answer),
		TEST(slugs_come_from_names_of_any_script),
		TEST(the_journey_keeps_what_surveys_use),
		TEST(a_brand_has_a_name_of_its_own),
		TEST(a_logo_is_what_its_first_bytes_say),
	};
	return ENGINES_RUN("surveys", engine, tests, NULL, NULL);
}
