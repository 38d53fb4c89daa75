/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/die.h"
#include "base/fold.h"
#include "db/change.h"
#include "draw.h"
#include "feedback/action.h"
#include "feedback/bin.h"
#include "feedback/erasure.h"
#include "feedback/import_store.h"
#include "feedback/page_target.h"
#include "feedback/tag.h"
#include "feedback/test_answers.h"
#include "readings.h"

#define ANSWERS_MAX 4096

static const char *const tags[HISTORY_TAGS] = { "vip", "bug", "price", "praise", "lost", "new" };

Str history_tag(size_t number)
{
	return str_of(tags[number % HISTORY_TAGS]);
}

void history_begin(struct history *h, struct ground *g)
{
	*h = (struct history){ .g = g, .seed = draw_seed() };
	h->answers = calloc(ANSWERS_MAX, sizeof *h->answers);
	h->persons = calloc(ANSWERS_MAX, sizeof *h->persons);
	h->imports = calloc(ANSWERS_MAX, sizeof *h->imports);
	h->merged = calloc(ANSWERS_MAX, sizeof *h->merged);
}

void history_end(struct history *h)
{
	free(h->answers);
	free(h->persons);
	free(h->imports);
	free(h->merged);
	arena_free(&h->arena);
}

uint64_t history_draw(struct history *h, uint64_t below)
{
	return draw_next(&h->seed) % below;
}

static bool one_in(struct history *h, uint64_t n)
{
	return history_draw(h, n) == 0;
}

static bool try(struct history *h, enum history_kind kind, unit_fn apply, void *input)
{
	struct err err = { 0 };
	if (ground_try(h->g, apply, input, &err)) {
		h->done[kind]++;
		return true;
	}
	if (err.kind == ERR_CONFLICT || err.kind == ERR_NOT_FOUND || err.kind == ERR_INVALID ||
	    err.kind == ERR_GONE)
		return false;
	fprintf(stderr, "%s\n", err.msg);
	die(__FILE__, __LINE__, "a unit failed");
}

static void keep(int64_t *all, size_t *count, int64_t id)
{
	if (id && *count < ANSWERS_MAX)
		all[(*count)++] = id;
}

static int64_t any_answer(struct history *h)
{
	return h->answer_count ? h->answers[history_draw(h, h->answer_count)] : 1;
}

static int64_t any_person(struct history *h)
{
	return h->person_count ? h->persons[history_draw(h, h->person_count)] : 1;
}

/* Texts, numbers, truths, escapes; a city of some three hundred; now and then a name that is new. */
static Str some_properties(struct history *h)
{
	static const char *const plans[] = { "free", "pro", "a \\\"big\\\" one", "caf\u00e9" };
	struct arena *a = &h->arena;
	Str out = str_printf(a, "{\"city\":\"c%d\"", (int)history_draw(h, 300));
	if (one_in(h, 40))
		out = str_printf(a, "%.*s,\"n%d\":true", STR_FMT(out), (int)history_draw(h, 20));
	if (!one_in(h, 3))
		out =
		    str_printf(a, "%.*s,\"plan\":\"%s\"", STR_FMT(out), plans[history_draw(h, 4)]);
	if (one_in(h, 3))
		out = str_printf(a, "%.*s,\"seats\":%d%s", STR_FMT(out), (int)history_draw(h, 9),
		                 one_in(h, 3) ? ".5" : "");
	return str_printf(a, "%.*s}", STR_FMT(out));
}

static struct person_ref some_person(struct history *h)
{
	struct person_ref ref = { 0 };
	struct person_input in = { 0 };
	struct err err = { 0 };
	if (one_in(h, 4))
		return ref;
	in.external_id = str_printf(&h->arena, "p%d", (int)history_draw(h, 40));
	if (one_in(h, 2))
		in.account = str_printf(&h->arena, "a%d", (int)history_draw(h, 8));
	if (one_in(h, 2))
		in.traits = some_properties(h);
	MUST(person_ref_check(&h->arena, &in, &ref, &err));
	return ref;
}

static void capture(struct history *h, int64_t response)
{
	static const char *const languages[] = { "de", "en", "", "pt-BR" };
	static const char *const channels[] = { "api", "web", "link" };
	struct err err = { 0 };
	struct capture_input in = ground_answer(h->g, SCORE_NONE, NULL);
	in.arena = &h->arena;
	in.response_id = response;
	in.score = one_in(h, 6) ? SCORE_NONE : (int)history_draw(h, 11);
	in.comment = one_in(h, 2) ? str_printf(&h->arena, "because %d", h->steps) : (Str){ 0 };
	in.who = some_person(h);
	in.properties = some_properties(h);
	in.language = str_of(languages[history_draw(h, 4)]);
	in.channel = str_of(channels[history_draw(h, 3)]);
	in.source =
	    one_in(h, 5) ? str_printf(&h->arena, "s%d", (int)history_draw(h, 30)) : STR("api");
	in.proof = one_in(h, 8) ? CAPTURE_UNCONFIRMED : CAPTURE_CONFIRMED;
	in.test = one_in(h, 10);
	in.source = in.test ? PAGE_TEST : in.source;
	in.submitted_at =
	    one_in(h, 2) ? h->g->fresh.clock.frozen - (int64_t)history_draw(h, 400) * CLOCK_DAY : 0;
	if (in.score == SCORE_NONE && !in.comment.at)
		in.dismissed = true;
	if (!capture_check(&h->arena, &in, &err) ||
	    !try(h, response ? HISTORY_EDIT : HISTORY_ANSWER, capture_apply, &in) || response)
		return;
	keep(h->answers, &h->answer_count, in.response.id);
	keep(h->persons, &h->person_count, in.response.person_id);
}

static void read_comment(struct history *h, int64_t id)
{
	struct readings_input in = { id, history_draw(h, UINT64_MAX) };
	uint64_t random = history_draw(h, UINT64_MAX);
	try(h, HISTORY_READ, readings_write, &in);
	if (one_in(h, 6))
		try(h, HISTORY_READ, readings_join, &random);
}

static void act(struct history *h)
{
	struct caller caller = { .workspace = h->g->workspace,
		                 .role = ROLE_OWNER,
		                 .name = STR("Eva") };
	int64_t ids[5];
	struct action_input in = {
		.what = (enum action)history_draw(h, ACTION_COUNT),
		.caller = &caller,
		.reason = STR("a reason"),
		.tag = { history_tag(history_draw(h, HISTORY_TAGS)), { 0 } },
		.ids = ids,
		.count = 1 + history_draw(h, 5),
		.arena = &h->arena,
	};
	if (one_in(h, 2))
		in.what = one_in(h, 3) ? ACTION_UNTAG : ACTION_TAG;
	in.tag.folded = fold_text(&h->arena, in.tag.text);
	for (size_t i = 0; i < in.count; i++)
		ids[i] = any_answer(h);
	try(h, HISTORY_ACT, action_apply, &in);
}

static void move_tag(struct history *h)
{
	int64_t id = 0;
	struct err err = { 0 };
	struct tag_move_input in = { .merge = true, .actor = STR("Eva"), .arena = &h->arena };
	MUST(tag_find_by_name(h->g->db, h->g->workspace, history_tag(history_draw(h, HISTORY_TAGS)),
	                      &id, &err));
	in.from = id;
	if (!one_in(h, 3))
		in.to = (struct tag_name){ history_tag(history_draw(h, HISTORY_TAGS)),
			                   history_tag(history_draw(h, HISTORY_TAGS)) };
	in.to.folded = in.to.text;
	do
		in.more = false;
	while (try(h, HISTORY_TAG, tag_move, &in) && in.more);
}

static bool learn(struct db_tx *tx, void *input, struct err *err)
{
	struct person person;
	return person_upsert(tx, input, 0, &person, err);
}

struct pair {
	int64_t into, from;
};

static bool merge(struct db_tx *tx, void *input, struct err *err)
{
	const struct pair *pair = input;
	return person_merge(tx, pair->into, pair->from, err);
}

static bool unmerge(struct db_tx *tx, void *input, struct err *err)
{
	return person_unmerge(tx, *(int64_t *)input, err);
}

static bool purge(struct db_tx *tx, void *input, struct err *err)
{
	return response_remove(tx, *(int64_t *)input, err);
}

static void import(struct history *h)
{
	struct import_begin_input begin = { .survey_id = h->g->survey.id,
		                            .file_name = STR("old.csv"),
		                            .mapping = STR("{}") };
	struct import_batch *batch = calloc(1, sizeof *batch);
	if (!try(h, HISTORY_IMPORT, import_begin, &begin))
		die(__FILE__, __LINE__, "an import does not begin");
	batch->import_id = begin.id;
	batch->count = 1 + history_draw(h, 30);
	for (size_t i = 0; i < batch->count; i++) {
		struct response *r = &batch->items[i].response;
		*r = (struct response){
			.survey_id = h->g->survey.id,
			.version = 1,
			.state = RESPONSE_PARTIAL,
			.score = (int)history_draw(h, 11),
			.answers = STR("{}"),
			.language = STR("en"),
			.channel = STR("import"),
			.properties = some_properties(h),
			.source = STR("old.csv"),
			.submitted_at =
			    h->g->fresh.clock.frozen - (int64_t)history_draw(h, 900) * CLOCK_DAY,
		};
		batch->items[i].who = some_person(h);
	}
	if (try(h, HISTORY_IMPORT, import_apply, batch))
		keep(h->imports, &h->import_count, begin.id);
	try(h, HISTORY_IMPORT, import_end,
	    &(struct import_record){ .id = begin.id, .state = IMPORT_DONE });
	free(batch);
}

static void undo_import(struct history *h)
{
	if (!h->import_count)
		return;
	struct import_undo_input in = { .id = h->imports[history_draw(h, h->import_count)],
		                        .max = 7 };
	do
		in.last = true;
	while (try(h, HISTORY_UNDO, import_undo_some, &in) && !in.last);
}

static void drop_tests(struct history *h)
{
	struct caller caller = { .workspace = h->g->workspace,
		                 .role = ROLE_OWNER,
		                 .name = STR("Eva") };
	struct test_answers_input in = { .survey = h->g->survey.id,
		                         .slug = STR("all"),
		                         .caller = &caller };
	try(h, HISTORY_TESTS, test_answers_remove, &in);
}

static void empty_bin(struct history *h)
{
	bool more = true;
	ground_wait(h->g, 31 * CLOCK_DAY);
	while (more)
		if (!try(h, HISTORY_BIN, bin_purge, &more))
			die(__FILE__, __LINE__, "the bin is not emptied");
}

void history_prune(struct history *h)
{
	for (int i = 0; i < 2; i++)
		for (bool more = true; more;)
			if (!try(h, HISTORY_BIN, change_night, &more))
				die(__FILE__, __LINE__, "the log is not pruned");
}

static void change_people(struct history *h)
{
	struct pair pair = { any_person(h), any_person(h) };
	struct erasure_input erasure = { .person = pair.from, .actor = STR("Eva") };
	if (one_in(h, 10)) {
		try(h, HISTORY_ERASE, erasure_apply, &erasure);
	} else if (one_in(h, 3)) {
		struct person_ref ref = some_person(h);
		if (person_ref_is_given(&ref))
			try(h, HISTORY_LEARN, learn, &ref);
	} else if (h->merged_count && one_in(h, 2)) {
		int64_t from = h->merged[history_draw(h, h->merged_count)];
		try(h, HISTORY_UNMERGE, unmerge, &from);
	} else if (try(h, HISTORY_MERGE, merge, &pair)) {
		keep(h->merged, &h->merged_count, pair.from);
	}
}

void history_step(struct history *h)
{
	uint64_t what = history_draw(h, 100);
	int64_t id = any_answer(h);
	h->steps++;
	ground_wait(h->g, (int64_t)history_draw(h, 5000000));
	if (what < 32)
		capture(h, 0);
	else if (what < 40)
		read_comment(h, id);
	else if (what < 50)
		capture(h, id);
	else if (what < 68)
		act(h);
	else if (what < 72)
		move_tag(h);
	else if (what < 84)
		change_people(h);
	else if (what < 88)
		import(h);
	else if (what < 91)
		undo_import(h);
	else if (what < 95)
		try(h, HISTORY_PURGE, purge, &id);
	else if (what < 98)
		drop_tests(h);
	else
		empty_bin(h);
	arena_free(&h->arena);
}
