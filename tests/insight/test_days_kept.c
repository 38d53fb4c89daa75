/* What is kept by day against what is counted anew: whatever happens to a workspace, the funnel and the links that were sent are the same.
 * Both engines.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/days_kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "../feedback/history.h"
#include "base/die.h"
#include "base/zone.h"
#include "insight/funnel.h"
#include "insight/links_sent.h"
#include "survey/invitation.h"

#define LINKS 200

static enum db_engine engine;
static struct ground g;
static struct history h;
static int64_t links[LINKS];
static size_t link_count;

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	history_begin(&h, &g);
	link_count = 0;
	return 0;
}

static int drop(void **state)
{
	(void)state;
	history_end(&h);
	ground_remove(&g);
	return 0;
}

/* A link is made, answered or revoked. */
static void link_step(void)
{
	struct err err = { 0 };
	uint64_t what = history_draw(&h, 5);
	if (what < 2 && link_count < LINKS) {
		links[link_count++] = ground_invite(&g);
	} else if (what < 4 && link_count) {
		struct capture_input in = ground_answer(&g, (int)history_draw(&h, 11), NULL);
		in.invitation_id = links[history_draw(&h, link_count)];
		if (ground_capture(&g, &in, &err) && h.answer_count < 4000)
			h.answers[h.answer_count++] = in.response.id;
	} else if (link_count) {
		struct invitation_revoke_input in = { .id = links[history_draw(&h, link_count)],
			                              .arena = &h.arena };
		ground_try(&g, invitation_revoke, &in, &err);
	}
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct days_channel *)a)->channel,
	               ((const struct days_channel *)b)->channel);
}

static Str links_text(struct arena *a, struct days_kept *kept, int64_t from, int64_t before)
{
	struct days_channel *channels;
	size_t count;
	struct err err = { 0 };
	Str out = STR("");
	if (!links_sent(kept, g.db, a, g.workspace, g.survey.id, from ? from : INT64_MIN,
	                before ? before : INT64_MAX, &channels, &count, &err))
		die(__FILE__, __LINE__, err.msg);
	if (count)
		qsort(channels, count, sizeof channels[0], by_name);
	for (size_t i = 0; i < count; i++)
		if (channels[i].counts[LINKS_SENT])
			out = str_printf(a, "%.*s %.*s %lld %lld", STR_FMT(out),
			                 STR_FMT(channels[i].channel),
			                 (long long)channels[i].counts[LINKS_SENT],
			                 (long long)channels[i].counts[LINKS_SCORED]);
	return out;
}

static Str part_text(struct arena *a, const struct funnel_part *part)
{
	const int64_t all[] = { part->started,    part->scored,      part->commented,
		                part->completed,  part->dismissed,   part->left_out,
		                part->sent,       part->sent_scored, part->asked[0],
		                part->answered[0] };
	Str out = part->channel.at ? part->channel : STR("all");
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		out = str_printf(a, "%.*s %lld", STR_FMT(out), (long long)all[i]);
	return out;
}

static Str funnel_text(struct arena *a, struct days_kept *kept, int64_t from, int64_t before)
{
	const struct team_scope whole = { 0 };
	const struct zone *zone;
	struct err err = { 0 };
	struct funnel funnel;
	if (!zone_load(a, STR("Asia/Kathmandu"), &zone, &err))
		die(__FILE__, __LINE__, err.msg);
	const struct funnel_question q = {
		.scope = &whole, .zone = zone, .from = from, .before = before, .days = kept
	};
	if (!funnel_ask(g.db, a, &g.survey, &q, &funnel, &err))
		die(__FILE__, __LINE__, err.msg);
	Str out = part_text(a, &funnel.all);
	for (size_t i = 0; i < funnel.count; i++)
		out = str_printf(a, "%.*s | %.*s", STR_FMT(out),
		                 STR_FMT(part_text(a, &funnel.parts[i])));
	return out;
}

static void compare(struct days_kept *kept, int64_t from, int64_t before)
{
	struct arena a = { 0 };
	assert_string_equal(str_copy_c(&a, links_text(&a, kept, from, before)),
	                    str_copy_c(&a, links_text(&a, NULL, from, before)));
	assert_string_equal(str_copy_c(&a, funnel_text(&a, kept, from, before)),
	                    str_copy_c(&a, funnel_text(&a, NULL, from, before)));
	arena_free(&a);
}

/* Of all time, of a piece whose ends lie within days, and of some days. */
static void compare_some(struct days_kept *kept)
{
	int64_t before = g.fresh.clock.frozen - (int64_t)history_draw(&h, 40) * CLOCK_DAY;
	compare(kept, 0, 0);
	compare(kept, before - (int64_t)history_draw(&h, 300) * CLOCK_HOUR, before);
	compare(kept, before - (int64_t)history_draw(&h, 300) * CLOCK_DAY, 0);
}

static void what_is_kept_is_what_would_be_counted_whatever_happens(void **state)
{
	(void)state;
	struct days_kept *kept = days_kept_new();
	for (int round = 0; round < (engine == DB_SQLITE ? 150 : 40); round++) {
		for (uint64_t i = 1 + history_draw(&h, 6); i > 0; i--) {
			history_step(&h);
			link_step();
		}
		if (history_draw(&h, 25) == 0)
			history_prune(&h);
		if (history_draw(&h, 40) == 0)
			days_kept_forget(kept, g.workspace);
		compare_some(kept);
	}
	assert_true(link_count > 20);
	days_kept_free(kept);
}

static const char forget_text[] = "DELETE FROM change WHERE workspace_id = $1 AND kind <> 7";
static const struct db_stmt forget_stmt = { .name = "test_forget",
	                                    .sqlite = forget_text,
	                                    .postgres = forget_text };

/* Takes all notes out but its own, which say nothing of an answer. */
static bool forget(struct db_tx *tx, void *input, struct err *err)
{
	(void)input;
	tx_changed(tx, CHANGE_KEY, 1);
	return db_exec(tx->db, &forget_stmt, DB_ARGS(db_arg_i64(tx->workspace)), NULL, err);
}

static void a_change_that_was_not_noted_would_be_seen_by_the_comparison(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct days_kept *kept = days_kept_new();
	struct capture_input in = ground_answer(&g, 9, NULL);
	compare(kept, 0, 0);
	ground_run(&g, forget, NULL);
	ground_take(&g, &in);
	ground_run(&g, forget, NULL);
	assert_false(str_eq(funnel_text(&a, kept, 0, 0), funnel_text(&a, NULL, 0, 0)));
	days_kept_free(kept);
	arena_free(&a);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_kept_is_what_would_be_counted_whatever_happens),
		TEST(a_change_that_was_not_noted_would_be_seen_by_the_comparison),
	};
	return ENGINES_RUN("what is kept by day", engine, tests, NULL, NULL);
}
