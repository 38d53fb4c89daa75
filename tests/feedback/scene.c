/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "scene.h"

#include <stdlib.h>

#include "base/die.h"
#include "draw.h"
#include "feedback/tag.h"
#include "readings.h"
#include "stats/nps.h"

#define UNIT_ROWS 400

const char *const scene_slugs[SCENE_SURVEYS] = { "all", "onboarding", "support" };
const char *const scene_tags[SCENE_TAGS] = { "Late", "Refund", "Praise" };

uint64_t scene_random(struct scene *s)
{
	return draw_next(&s->random);
}

size_t scene_below(struct scene *s, size_t count)
{
	return (size_t)(scene_random(s) % count);
}

static bool one_in(struct scene *s, size_t count)
{
	return scene_below(s, count) == 0;
}

static Str pick(struct scene *s, const char *const *all, size_t count)
{
	return str_of(all[scene_below(s, count)]);
}
#define PICK(s, ...)                                    \
	pick((s), (const char *const[]){ __VA_ARGS__ }, \
	     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void make_surveys(struct scene *s)
{
	s->surveys[0] = s->g.survey;
	for (int i = 1; i < SCENE_SURVEYS; i++) {
		struct survey_input in = { .slug = str_of(scene_slugs[i]),
			                   .name = str_of(scene_slugs[i]),
			                   .kind = SURVEY_TRANSACTIONAL,
			                   .touchpoint = str_of(scene_slugs[i]),
			                   .definition = STR("{}"),
			                   .live = true,
			                   .arena = &s->g.arena };
		ground_run(&s->g, survey_save, &in);
		s->surveys[i] = in.survey;
	}
}

static bool make_accounts(struct db_tx *tx, struct scene *s, struct err *err)
{
	for (int i = 0; i < SCENE_ACCOUNTS; i++)
		if (!account_upsert(tx, str_printf(tx->arena, "account %d", i), &s->accounts[i],
		                    err))
			return false;
	return true;
}

/* The second half was made later; a few have no traits. */
static bool make_person(struct db_tx *tx, struct scene *s, int i, struct err *err)
{
	struct person_ref ref;
	struct person person;
	struct person_input in = {
		.external_id = str_printf(tx->arena, "person %d", i),
		.traits = PICK(s, "{}", "{\"plan\":\"pro\"}", "{\"plan\":\"free\"}",
		               "{\"plan\":\"pro\",\"seats\":5}", "{\"plan\":\"\",\"seats\":7}"),
	};
	if (!person_ref_check(tx->arena, &in, &ref, err) ||
	    !person_upsert(tx, &ref, 0, &person, err))
		return false;
	s->people[i] = s->canonical[i] = person.id;
	return true;
}

/* Every sixth is merged into the one before it. */
static bool make_people(struct db_tx *tx, void *input, struct err *err)
{
	struct scene *s = input;
	if (!make_accounts(tx, s, err))
		return false;
	for (int i = 0; i < SCENE_PEOPLE; i++)
		if (!make_person(tx, s, i, err))
			return false;
	for (int i = 5; i < SCENE_PEOPLE; i += 6) {
		if (!person_merge(tx, s->people[i - 1], s->people[i], err))
			return false;
		s->canonical[i] = s->people[i - 1];
	}
	return true;
}

static enum response_state some_state(struct scene *s)
{
	static const enum response_state states[] = { RESPONSE_PARTIAL,  RESPONSE_COMPLETE,
		                                      RESPONSE_COMPLETE, RESPONSE_COMPLETE,
		                                      RESPONSE_EXCLUDED, RESPONSE_UNCONFIRMED,
		                                      RESPONSE_TEST,     RESPONSE_DELETED };
	return states[scene_below(s, sizeof states / sizeof states[0])];
}

static Str some_properties(struct scene *s)
{
	return PICK(s, "{}", "{\"plan\":\"pro\"}", "{\"plan\":\"free\"}", "{\"city\":\"Berlin\"}",
	            "{\"city\":\"\",\"plan\":\"pro\"}", "{\"city\":\"Porto\",\"seats\":12}",
	            "{\"seats\":2.5}", "{\"beta\":true,\"plan\":\"pro\"}",
	            "{\"first_name\":\"Ada\",\"plan\":\"free\"}", "{\"contact\":\"a@b.example\"}");
}

/* Two years up to now, in whole and broken seconds, half of them in the last weeks; a few at the very same time, a few as a
 * day begins. */
static int64_t some_time(struct scene *s)
{
	int64_t span = one_in(s, 2) ? 700 * CLOCK_DAY : 50 * CLOCK_DAY;
	int64_t at = GROUND_NOW - (int64_t)(scene_random(s) % (uint64_t)span);
	if (one_in(s, 12))
		return at - at % CLOCK_DAY;
	return one_in(s, 8) ? GROUND_NOW - 10 * CLOCK_DAY + (int64_t)scene_below(s, 3000000) : at;
}

static struct response some_response(struct scene *s, struct scene_answer *a)
{
	size_t person = scene_below(s, SCENE_PEOPLE * 2);
	bool scored = !one_in(s, 10);
	int64_t at = some_time(s);
	a->survey = (int)scene_below(s, SCENE_SURVEYS);
	a->person = person < SCENE_PEOPLE ? s->canonical[person] : 0;
	struct response r = {
		.workspace = s->g.workspace,
		.survey_id = s->surveys[a->survey].id,
		.version = 1 + (int)scene_below(s, 2),
		.person_id = person < SCENE_PEOPLE ? s->people[person] : 0,
		.account_id = one_in(s, 3) ? s->accounts[scene_below(s, SCENE_ACCOUNTS)] : 0,
		.state = scored ? some_state(s) : RESPONSE_DISMISSED,
		.score = scored ? (int)scene_below(s, NPS_SCORE_MAX + 1) : SCORE_NONE,
		.answers = STR("{}"),
		.language = PICK(s, "", "en", "en-GB", "pt-BR", "pt_PT", "de", "DE"),
		.channel = PICK(s, "web", "link", "api", ""),
		.properties = some_properties(s),
		.source = PICK(s, "page", "api", "file.csv"),
		.created_at = at,
		.updated_at = at,
		.submitted_at = at - (int64_t)scene_below(s, 9) * CLOCK_HOUR,
		.first_scored_at = scored ? at : 0,
		.starred = one_in(s, 9),
	};
	if (one_in(s, 3))
		r.comment = r.comment_folded = PICK(s, "late again", "lovely", "too slow");
	if (r.state == RESPONSE_DELETED)
		r.deleted_at = at;
	return r;
}

struct batch {
	struct scene *s;
	size_t count;
};

static bool add_answer(struct db_tx *tx, struct scene *s, struct err *err)
{
	bool inserted, changed;
	struct scene_answer *a = &s->answers[s->count++];
	*a = (struct scene_answer){ 0 };
	a->r = some_response(s, a);
	a->r.id = tx_new_id(tx);
	if (!response_insert(tx, &a->r, &inserted, err) ||
	    (a->r.starred && !response_set_star(tx, a->r.id, true, err)))
		return false;
	for (int i = 0; i < SCENE_TAGS; i++) {
		struct tag tag;
		struct tag_name name;
		a->tags[i] = one_in(s, 6);
		if (a->tags[i] &&
		    (!tag_name_read(tx->arena, str_of(scene_tags[i]), "tag", &name, err) ||
		     !tag_upsert(tx, &name, &tag, err) ||
		     !tag_give(tx, a->r.id, tag.id, &changed, err)))
			return false;
	}
	struct readings_input reading = { a->r.id, scene_random(s) };
	return !a->r.comment.at || readings_write(tx, &reading, err);
}

static bool add_answers(struct db_tx *tx, void *input, struct err *err)
{
	struct batch *b = input;
	for (size_t i = 0; i < b->count; i++)
		if (!add_answer(tx, b->s, err))
			return false;
	return true;
}

void scene_add(struct scene *s, size_t answers)
{
	if (s->count + answers > s->room) {
		s->room = (s->count + answers) * 2;
		s->answers = mem_resize(s->answers, s->room * sizeof(*s->answers));
	}
	while (answers) {
		struct batch b = { s, answers < UNIT_ROWS ? answers : UNIT_ROWS };
		ground_run(&s->g, add_answers, &b);
		answers -= b.count;
	}
}

void scene_make(struct scene *s, enum db_engine engine, uint64_t seed, size_t answers)
{
	*s = (struct scene){ .random = seed };
	ground_make(&s->g, engine);
	make_surveys(s);
	ground_run(&s->g, make_people, s);
	scene_add(s, answers);
}

void scene_remove(struct scene *s)
{
	free(s->answers);
	ground_remove(&s->g);
}
