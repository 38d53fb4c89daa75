/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo.h"

#include <stdlib.h>

#include "account/user.h"
#include "account/workspace.h"
#include "app/demo_answers.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/die.h"
#include "base/rng.h"
#include "feedback/capture.h"
#include "people/properties.h"
#include "reading/theme.h"
#include "survey/brand.h"
#include "survey/definition.h"
#include "survey/survey.h"
#include "text/taxonomy.h"

#define OWNER     "demo@heed.example"
#define UNIT_ROWS 250

static const struct {
	const char *slug, *name, *touchpoint, *definition;
	enum survey_kind kind;
} surveys[DEMO_SURVEYS] = {
	[DEMO_RELATIONSHIP] = { .slug = "demo-customers",
	                        .name = "All customers",
	                        .kind = SURVEY_RELATIONSHIP,
	                        .definition = "{\"properties\": [\"plan\", \"country\"]}" },
	[DEMO_SUPPORT_TICKET] = { .slug = "demo-support",
	                          .name = "After a support ticket",
	                          .kind = SURVEY_TRANSACTIONAL,
	                          .touchpoint = "support",
	                          .definition =
	                              "{\"questions\": [{\"key\": \"ease\", \"kind\": \"rating\","
	                              " \"text\": \"How easy was it to get help?\"}],"
	                              " \"properties\": [\"plan\", \"country\"]}" },
	[DEMO_FIRST_WEEKS] = { .slug = "demo-first-weeks",
	                       .name = "After the first weeks",
	                       .kind = SURVEY_TRANSACTIONAL,
	                       .touchpoint = "onboarding",
	                       .definition = "{\"properties\": [\"plan\", \"country\"]}" },
};

struct demo {
	struct store *store;
	struct arena arena;
	int64_t now;
	struct workspace_new workspace;
	const struct zone *zone; /* of the workspace */
	struct survey_seed seed;
	Str email, email_folded;
	int64_t user;
	int64_t survey[DEMO_SURVEYS];
};

static bool make_user(struct db_tx *tx, void *input, struct err *err)
{
	struct demo *demo = input;
	return user_create(tx, demo->email, demo->email_folded, STR("Demo"), (Str){ NULL, 0 },
	                   &demo->user, err);
}

static bool fill_workspace(struct db_tx *tx, void *input, struct err *err)
{
	struct demo *demo = input;
	struct industry_input software = { .industry = industry_key(INDUSTRY_SAAS),
		                           .actor = STR("demo") };
	return workspace_fill(tx, &demo->workspace, err) &&
	       survey_seed_workspace(tx, &demo->seed, err) &&
	       member_set(tx, demo->user, ROLE_OWNER, err) &&
	       reading_setting_industry(tx, &software, err);
}

static bool make_survey(struct demo *demo, enum demo_survey which, struct err *err)
{
	struct definition definition;
	if (!definition_parse(&demo->arena, str_of(surveys[which].definition), &definition, err))
		return false;
	struct survey_input input = {
		.slug = str_of(surveys[which].slug),
		.name = str_of(surveys[which].name),
		.kind = surveys[which].kind,
		.touchpoint = str_of(surveys[which].touchpoint),
		.definition = definition_write(&demo->arena, &definition),
		.live = true,
		.arena = &demo->arena,
	};
	if (!store_run(demo->store, demo->workspace.id, UNIT_INTERACTIVE, survey_save, &input, err))
		return false;
	demo->survey[which] = input.survey.id;
	return true;
}

/* Rows that one unit stores. */
struct batch {
	struct response responses[UNIT_ROWS];
	struct person_ref persons[UNIT_ROWS];
	size_t count;
};

static Str traits_write(struct arena *a, const struct demo_person *person)
{
	struct buf text;
	buf_init(&text, 512);
	struct json_writer w;
	json_put_start(&w, &text);
	json_put_dict(&w);
	json_put_key_text(&w, "country", str_of(person->country));
	json_put_key_text(&w, "plan", str_of(person->plan));
	json_put_key_i64(&w, "seats", person->seats);
	json_put_dict_end(&w);
	Str canonical = str_copy(a, buf_str(&text));
	buf_free(&text);
	return canonical;
}

/* The answers to further questions; `ease` 0: none was given. */
static Str ease_write(struct arena *a, int ease)
{
	struct buf text;
	buf_init(&text, 64);
	struct json_writer w;
	json_put_start(&w, &text);
	json_put_dict(&w);
	if (ease != 0)
		json_put_key_i64(&w, "ease", ease);
	json_put_dict_end(&w);
	Str canonical = str_copy(a, buf_str(&text));
	buf_free(&text);
	return canonical;
}

static bool row_make(struct arena *a, const struct demo *demo, int index, struct response *out,
                     struct person_ref *who, struct err *err)
{
	struct demo_answer answer;
	struct demo_person person;
	demo_answer(a, index, demo->zone, demo->now, &answer);
	demo_person(a, answer.person, &person);
	struct person_input input = { .email = person.email,
		                      .name = person.name,
		                      .account = person.company,
		                      .traits = traits_write(a, &person) };
	if (!person_ref_check(a, &input, who, err))
		return false;
	bool scored = answer.score >= 0;
	*out = (struct response){
		.workspace = demo->workspace.id,
		.survey_id = demo->survey[answer.survey],
		.version = 1,
		.state = answer.unconfirmed ? RESPONSE_UNCONFIRMED
		                            : response_state_of(scored ? answer.score : SCORE_NONE,
		                                                answer.comment),
		.state_reason = answer.unconfirmed ? STR("many_links") : (Str){ NULL, 0 },
		.score = scored ? answer.score : SCORE_NONE,
		.comment = answer.comment,
		.answers = ease_write(a, answer.ease),
		.language = str_of(demo_language_tags[person.language]),
		.channel = str_of(answer.channel),
		.properties = input.traits,
		.source = STR("demo"),
		.created_at = answer.at,
		.updated_at = answer.at,
		.submitted_at = answer.at,
		.first_scored_at = scored ? answer.at : 0,
	};
	if (out->state == RESPONSE_COMPLETE)
		out->completed_at = answer.at + 40 * CLOCK_SECOND;
	if (answer.comment.at)
		out->comment_folded = fold_text(a, answer.comment);
	return true;
}

static bool store_batch(struct db_tx *tx, void *input, struct err *err)
{
	struct batch *batch = input;
	for (size_t i = 0; i < batch->count; i++) {
		struct response row = batch->responses[i];
		struct person person;
		bool inserted;
		if (!person_upsert(tx, &batch->persons[i], 0, &person, err))
			return false;
		row.id = tx_new_id(tx);
		row.person_id = person.id;
		row.account_id = person.account_id;
		if (!response_insert(tx, &row, &inserted, err))
			return false;
	}
	return true;
}

static bool make_answers(struct demo *demo, struct err *err)
{
	struct batch *batch = mem_zeroed(1, sizeof *batch);
	bool ok = true;
	for (int row = 0; ok && row < DEMO_ANSWERS;) {
		struct arena a = { 0 };
		batch->count = 0;
		for (; ok && batch->count < UNIT_ROWS && row < DEMO_ANSWERS; row++) {
			size_t at = batch->count++;
			ok = row_make(&a, demo, row, &batch->responses[at], &batch->persons[at],
			              err);
		}
		ok = ok &&
		     store_run(demo->store, demo->workspace.id, UNIT_BULK, store_batch, batch, err);
		arena_free(&a);
	}
	free(batch);
	return ok;
}

static bool exists(struct demo *demo, bool *out, struct err *err)
{
	struct db *db;
	if (!store_reader_open(demo->store, &db, err))
		return false;
	struct err missing = { 0 };
	struct workspace workspace;
	struct user user;
	*out = workspace_find_by_name(db, demo->workspace.name, &demo->arena, &workspace, &missing);
	if (!*out && missing.kind == ERR_NOT_FOUND)
		*out = user_find_by_email(db, demo->email_folded, &demo->arena, &user, &missing);
	store_reader_close(demo->store, db);
	if (!*out && missing.kind != ERR_NOT_FOUND) {
		*err = missing;
		return false;
	}
	return true;
}

static bool prepare(struct demo *demo, struct err *err)
{
	struct brand_input brand = { .name = STR("Fernhill") };
	if (!brand_input_check(&demo->arena, &brand, err) ||
	    !user_email(&demo->arena, STR(OWNER), &demo->email, &demo->email_folded, err))
		return false;
	demo->seed.brand = brand.name;
	demo->seed.brand_folded = brand.name_folded;
	rng_bytes(demo->seed.link_secret, sizeof demo->seed.link_secret);
	demo->workspace = (struct workspace_new){ .name = STR(DEMO_WORKSPACE),
		                                  .time_zone = STR("Europe/Berlin"),
		                                  .week_start = 1,
		                                  .demo = true };
	return zone_load(&demo->arena, demo->workspace.time_zone, &demo->zone, err);
}

static bool make_all(struct demo *demo, struct err *err)
{
	if (!store_run(demo->store, 0, UNIT_INTERACTIVE, make_user, demo, err) ||
	    !store_run(demo->store, 0, UNIT_INTERACTIVE, workspace_reserve, &demo->workspace,
	               err) ||
	    !store_run(demo->store, demo->workspace.id, UNIT_INTERACTIVE, fill_workspace, demo,
	               err))
		return false;
	for (int which = 0; which < DEMO_SURVEYS; which++)
		if (!make_survey(demo, (enum demo_survey)which, err))
			return false;
	return make_answers(demo, err);
}

bool demo_seed(struct store *store, int64_t now, bool *made, struct err *err)
{
	struct demo demo = { .store = store, .now = now };
	bool there = false;
	bool ok =
	    prepare(&demo, err) && exists(&demo, &there, err) && (there || make_all(&demo, err));
	if (ok)
		*made = !there;
	arena_free(&demo.arena);
	return ok;
}
