/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/rounds.h"

#include "../account/house.h"

#include <pthread.h>

#include "account/audit.h"

/* What the thread under test did, and what it is to do. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t told;
	int64_t fails;   /* this workspace */
	int comes_again; /* so often */
	bool takes_long; /* until it is stopped */
	struct {
		int64_t workspace;
		int count;
	} visits[4];
	int begun;
} book = { .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER };

static int *visits_of(int64_t workspace)
{
	size_t i = 0;
	while (book.visits[i].workspace != workspace && book.visits[i].workspace != 0)
		i++;
	book.visits[i].workspace = workspace;
	return &book.visits[i].count;
}

static bool begin(void *context, struct db *db, struct err *err)
{
	(void)context;
	(void)db;
	(void)err;
	book.begun++;
	return true;
}

static bool visit(void *context, struct rounds *r, struct db *db, int64_t workspace,
                  struct err *err)
{
	struct arena a = { 0 };
	struct workspace seen;
	bool ok = workspace_find(db, workspace, &a, &seen, err);
	(void)context;
	arena_free(&a);
	pthread_mutex_lock(&book.lock);
	int count = ++*visits_of(workspace);
	pthread_cond_signal(&book.told);
	pthread_mutex_unlock(&book.lock);
	if (count <= book.comes_again)
		rounds_add(r, workspace);
	while (book.takes_long && rounds_go_on(r))
		continue;
	return ok && (workspace != book.fails || err_set(err, ERR_IO, "the disk is away"));
}

static void wait_for_visits(int64_t workspace, int count)
{
	pthread_mutex_lock(&book.lock);
	while (*visits_of(workspace) < count)
		pthread_cond_wait(&book.told, &book.lock);
	pthread_mutex_unlock(&book.lock);
}

static const struct rounds_plan seldom = { .failed = "test.not_seen",
	                                   .every_seconds = 3600,
	                                   .keeps_reader = true,
	                                   .hears_commits = true,
	                                   .begin = begin,
	                                   .visit = visit };

static int make(void **state)
{
	memset(book.visits, 0, sizeof book.visits);
	book.fails = 0;
	book.comes_again = 0;
	book.takes_long = false;
	book.begun = 0;
	return house_make(state);
}

static void every_workspace_is_visited_when_one_of_them_fails(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	book.fails = house.workspace < other ? house.workspace : other;
	struct rounds *r = rounds_start(house.fresh.store, &seldom, &book);
	wait_for_visits(house.workspace, 1);
	wait_for_visits(other, 1);
	rounds_stop(r);
	assert_int_equal(book.begun, 1);
}

static void rounds_follow_each_other(void **state)
{
	(void)state;
	struct rounds_plan plan = seldom;
	plan.every_seconds = 0;
	plan.keeps_reader = plan.hears_commits = false;
	struct rounds *r = rounds_start(house.fresh.store, &plan, &book);
	wait_for_visits(house.workspace, 3);
	rounds_stop(r);
	assert_true(book.begun >= 3);
}

static bool change(struct db_tx *tx, void *input, struct err *err)
{
	(void)input;
	tx_changed(tx, CHANGE_WORKSPACE, tx->workspace);
	return audit_write(tx, STR("somebody"), STR("test"), STR(""), STR(""), err);
}

static void a_commit_is_a_reason_to_come_between_rounds(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	struct rounds *r = rounds_start(house.fresh.store, &seldom, &book);
	wait_for_visits(house.workspace, 1);
	wait_for_visits(other, 1);
	assert_true(house_do_in(other, change, NULL));
	wait_for_visits(other, 2);
	rounds_stop(r);
	assert_int_equal(*visits_of(house.workspace), 1);
	assert_int_equal(book.begun, 1);
}

static void a_visit_that_asks_for_it_comes_again(void **state)
{
	(void)state;
	book.comes_again = 2;
	struct rounds *r = rounds_start(house.fresh.store, &seldom, &book);
	wait_for_visits(house.workspace, 3);
	rounds_stop(r);
	assert_int_equal(*visits_of(house.workspace), 3);
	assert_int_equal(book.begun, 1);
}

static void a_long_visit_hears_that_it_is_to_end(void **state)
{
	(void)state;
	book.takes_long = true;
	struct rounds *r = rounds_start(house.fresh.store, &seldom, &book);
	wait_for_visits(house.workspace, 1);
	rounds_stop(r);
	assert_int_equal(*visits_of(house.workspace), 1);
}

static void one_that_rests_first_is_stopped_in_its_rest(void **state)
{
	(void)state;
	struct rounds_plan plan = seldom;
	plan.rests_first = true;
	rounds_stop(rounds_start(house.fresh.store, &plan, &book));
	assert_int_equal(book.begun, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, house_drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_workspace_is_visited_when_one_of_them_fails),
		TEST(rounds_follow_each_other),
		TEST(a_commit_is_a_reason_to_come_between_rounds),
		TEST(a_visit_that_asks_for_it_comes_again),
		TEST(a_long_visit_hears_that_it_is_to_end),
		TEST(one_that_rests_first_is_stopped_in_its_rest),
	};
	return HOUSE_RUN("rounds", tests);
}
