/* What people do while background work is under way, which saw how it was before: it is neither lost nor undone. The work's connection
 * stands in a read transaction of its own, so it sees the state of before, and writes into the one of after. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "account/workspace.h"
#include "desk.h"
#include "feedback/masking.h"
#include "insight/quotes.h"
#include "reading/pass.h"
#include "reading/suggestion.h"
#include "reading/theme_change.h"
#include "reading/theme_search.h"
#include "text/taxonomy.h"

static enum db_engine engine;
static struct desk d;
static struct db *background;

static int make(void **state)
{
	struct err err;
	(void)state;
	desk_make(&d, engine);
	assert_true(store_reader_open(d.g.store, &background, &err));
	return 0;
}

static int drop(void **state)
{
	(void)state;
	store_reader_close(d.g.store, background);
	desk_remove(&d);
	return 0;
}

/* From here on it sees nothing new. */
static void stand_still(void)
{
	DESK_SQL(any, "SELECT COUNT(*) FROM workspace WHERE workspace_id = $1");
	struct err err;
	int64_t n;
	assert_true(db_read_begin(background, &err));
	assert_true(db_one_i64(background, &any, DB_ARGS(db_arg_i64(d.g.workspace)), 0, &n, &err));
}

/* --- masking ------------------------------------------------------------------------------------------ */

#define RAW "Call me, jane.doe@example.com, it is broken."

static bool at_rest(struct db_tx *tx, void *input, struct err *err)
{
	DESK_SQL(mode, "UPDATE workspace SET personal_data = $2 WHERE workspace_id = $1");
	(void)input;
	return db_exec(tx->db, &mode,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(PERSONAL_AT_REST)), NULL, err);
}

static void mask(void)
{
	struct workspace w;
	struct err err;
	assert_true(workspace_find(d.g.db, d.g.workspace, &d.g.arena, &w, &err));
	struct masking_begin in = { .confirm = w.name, .actor = STR("Ana"), .total = 1 };
	ground_run(&d.g, masking_begin, &in);
}

static void mask_a_page(struct db *db)
{
	struct err err;
	bool more;
	assert_true(masking_go_on(d.g.store, db, d.g.workspace, &more, &err));
}

static int64_t raw_left(void)
{
	DESK_SQL(raw,
	         "SELECT (SELECT COUNT(*) FROM response WHERE workspace_id = $1 AND comment LIKE "
	         "'%example.com%') + (SELECT COUNT(*) FROM response_history WHERE "
	         "workspace_id = $1 AND comment LIKE '%example.com%')");
	return ground_count(&d.g, &raw);
}

static void what_is_edited_while_it_is_masked_leaves_no_raw_past(void **state)
{
	(void)state;
	int64_t other_score = desk_answer(&d, 2, RAW), other_words = desk_answer(&d, 3, RAW);
	ground_run(&d.g, at_rest, NULL);
	mask();
	stand_still();
	desk_edit(&d, other_score, 5, RAW);
	desk_edit(&d, other_words, 3, "It works again.");
	assert_true(raw_left() > 0);
	mask_a_page(background);
	assert_int_equal(raw_left(), 0);
	db_read_end(background);
}

static void what_comes_raw_behind_a_mask_is_masked_when_it_is_wanted_again(void **state)
{
	(void)state;
	desk_answer(&d, 2, RAW);
	ground_run(&d.g, at_rest, NULL);
	mask();
	mask_a_page(d.g.db); /* it goes on with the files */
	struct masking m;
	struct err err;
	assert_true(masking_find(d.g.db, d.g.workspace, &m, &err));
	assert_int_equal(m.state, MASKING_CLEANS);
	ground_wait(&d.g, 1000000);
	mask();
	assert_true(masking_find(d.g.db, d.g.workspace, &m, &err));
	assert_int_equal(m.state, MASKING_RUNS);
}

/* --- suggestions -------------------------------------------------------------------------------------- */

static void look(struct db *db)
{
	struct word_reader *words = word_reader_open();
	struct err err;
	bool again;
	assert_true(theme_search_visit(d.g.store, db, words, d.g.workspace, &again, &err));
	word_reader_close(words);
}

static struct theme_search search_now(void)
{
	struct theme_search s;
	struct err err;
	assert_true(theme_search_find(d.g.db, &d.g.arena, d.g.workspace, GROUND_NOW, &s, &err));
	return s;
}

static void want(void)
{
	Str actor = STR("Ana");
	ground_run(&d.g, theme_search_want, &actor);
}

static void a_look_that_is_wanted_during_another_comes_after_it(void **state)
{
	(void)state;
	desk_answer(&d, 2, "The gift card was empty.");
	desk_read_all(&d);
	stand_still();
	want();
	look(background);
	db_read_end(background);
	assert_int_equal(search_now().wanted, 1);
	stand_still();
	want();
	look(background);
	db_read_end(background);
	assert_true(search_now().wanted > 0);
	look(d.g.db);
	assert_int_equal(search_now().wanted, 0);
	assert_int_equal(search_now().comments, 1);
}

static int64_t suggestion_now(enum suggestion_state *state)
{
	struct suggestion *all;
	size_t count;
	struct err err;
	assert_true(suggestion_list(d.g.db, &d.g.arena, d.g.workspace, &all, &count, &err));
	if (count == 0)
		return 0;
	*state = all[0].state;
	return all[0].id;
}

static void move(int64_t id, enum suggestion_state to)
{
	struct suggestion_change in = {
		.id = id, .actor = STR("Ana"), .moves = true, .to = to, .arena = &d.g.arena
	};
	ground_run(&d.g, suggestion_change, &in);
}

/* What a look found that began then. */
static void keep(const struct suggested_theme *all, size_t count, int64_t began_at)
{
	struct suggestion_found found = { .all = all, .count = count, .began_at = began_at };
	ground_run(&d.g, suggestion_keep, &found);
}

static void what_is_undone_during_a_look_stays(void **state)
{
	struct suggested_theme one = { .name = STR("parking garage"),
		                       .words = { STR("parking garage") },
		                       .word_count = 1,
		                       .tongue = TONGUE_EN,
		                       .comments = 9 };
	enum suggestion_state now;
	(void)state;
	desk_answer(&d, 2, "No parking garage near the entrance.");
	desk_read_all(&d);
	keep(&one, 1, GROUND_NOW);
	int64_t id = suggestion_now(&now);
	assert_true(id != 0);
	move(id, SUGGESTION_ACCEPTED);
	ground_wait(&d.g, 2000000);
	move(id, SUGGESTION_OPEN);
	keep(NULL, 0, GROUND_NOW + 1000000); /* it had begun before that, and so found nothing */
	assert_int_equal(suggestion_now(&now), id);
	assert_int_equal(now, SUGGESTION_OPEN);
	keep(NULL, 0, GROUND_NOW + 3000000);
	assert_int_equal(suggestion_now(&now), 0);
}

/* --- a way through all answers ------------------------------------------------------------------------ */

static bool step(struct db_tx *tx, void *input, struct err *err)
{
	return pass_go_on(tx, input, err);
}

static struct pass pass_now(void)
{
	struct pass p;
	struct err err;
	assert_true(pass_find(d.g.db, &d.g.arena, d.g.workspace, &p, &err));
	return p;
}

static void a_step_of_a_pass_moves_no_other(void **state)
{
	(void)state;
	struct pass_begin first = { .engine = 7, .taxonomy = 5, .total = 9 };
	struct pass_begin second = { .engine = 7, .taxonomy = 6, .total = 9 };
	struct pass_step of_first = {
		.engine = 7, .taxonomy = 5, .from = PASS_BEGIN, .looked_at = 9
	};
	ground_run(&d.g, pass_begin, &first);
	ground_run(&d.g, pass_begin, &second);
	ground_run(&d.g, step, &of_first);
	assert_int_equal(pass_now().state, PASS_RUNS);
	assert_int_equal(pass_now().place, PASS_BEGIN);
	struct pass_step of_second = of_first;
	of_second.taxonomy = 6;
	of_second.to = 4;
	ground_run(&d.g, step, &of_second);
	assert_int_equal(pass_now().place, 4);
	of_second.from = 4;
	of_second.to = 0;
	ground_run(&d.g, step, &of_second);
	assert_int_equal(pass_now().state, PASS_DONE);
}

/* --- themes ------------------------------------------------------------------------------------------- */

static bool create(struct theme_change *in, int n, struct err *err)
{
	*in = (struct theme_change){ .actor = STR("Ana"),
		                     .name = str_printf(&d.g.arena, "Own %d", n),
		                     .seeds = str_printf(&d.g.arena, "en: ownword%d", n),
		                     .arena = &d.g.arena };
	return ground_try(&d.g, theme_change, in, err);
}

static void there_are_never_more_themes_than_are_read_for(void **state)
{
	struct theme_change first, in;
	struct err err;
	int n = 1;
	(void)state;
	desk_answer(&d, 9, "Lovely.");
	desk_read_all(&d); /* now those that ship are there */
	assert_true(create(&first, 0, &err));
	while (n < TAXONOMY_THEMES_MAX && create(&in, n, &err))
		n++;
	assert_true(n < TAXONOMY_THEMES_MAX);
	assert_int_equal(err.kind, ERR_CONFLICT);
	struct theme_change out = {
		.id = first.theme.id, .actor = STR("Ana"), .dismisses = true, .arena = &d.g.arena
	};
	ground_run(&d.g, theme_change, &out);
	assert_true(create(&in, n, &err));
	out.dismisses = false;
	out.restores = true;
	assert_false(ground_try(&d.g, theme_change, &out, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
}

/* --- quotes ------------------------------------------------------------------------------------------- */

static void whose_person_has_gone_meanwhile_is_not_quoted(void **state)
{
	struct quote q;
	struct err err;
	(void)state;
	struct response r = ground_read(&d.g, desk_answer(&d, 9, "Lovely."));
	assert_true(quote_of(d.g.db, &d.g.arena, &r, &q, &err));
	assert_int_equal(q.id, r.id);
	r.person_id = 4711;
	assert_true(quote_of(d.g.db, &d.g.arena, &r, &q, &err));
	assert_int_equal(q.id, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_edited_while_it_is_masked_leaves_no_raw_past),
		TEST(what_comes_raw_behind_a_mask_is_masked_when_it_is_wanted_again),
		TEST(a_look_that_is_wanted_during_another_comes_after_it),
		TEST(what_is_undone_during_a_look_stays),
		TEST(a_step_of_a_pass_moves_no_other),
		TEST(there_are_never_more_themes_than_are_read_for),
		TEST(whose_person_has_gone_meanwhile_is_not_quoted),
	};
	return ENGINES_RUN("meanwhile", engine, tests, NULL, NULL);
}
