/* Units, lanes and the change log, on SQLite and, when there is a server, on PostgreSQL. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/store.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "engines.h"
#include "db/change.h"
#include "fresh.h"

#define MANY 300

static enum db_engine engine;
static struct fresh f;

static int make(void **state)
{
	(void)state;
	fresh_make(&f, engine);
	fresh_open(&f);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	fresh_remove(&f);
	return 0;
}

/* Units that are told in any order; the test waits for all. */
struct crowd {
	pthread_mutex_t lock;
	pthread_cond_t told;
	size_t left, succeeded;
	struct touch touches[MANY];
};

static struct crowd crowd = { .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER };

static void note_done(struct unit *unit)
{
	struct crowd *c = unit->owner;
	pthread_mutex_lock(&c->lock);
	c->left--;
	c->succeeded += unit->ok;
	pthread_cond_signal(&c->told);
	pthread_mutex_unlock(&c->lock);
}

static void submit(struct touch *t, int64_t workspace, unit_fn apply, enum unit_class class)
{
	struct err err;
	t->unit = (struct unit){ .apply = apply,
		                 .input = t,
		                 .workspace = workspace,
		                 .class = class,
		                 .done = note_done,
		                 .owner = &crowd };
	pthread_mutex_lock(&crowd.lock);
	crowd.left++;
	pthread_mutex_unlock(&crowd.lock);
	if (!store_submit(f.store, &t->unit, &err))
		fail_msg("%s", err.msg);
}

static void crowd_wait(void)
{
	pthread_mutex_lock(&crowd.lock);
	while (crowd.left > 0)
		pthread_cond_wait(&crowd.told, &crowd.lock);
	pthread_mutex_unlock(&crowd.lock);
}

static void crowd_reset(void)
{
	memset(crowd.touches, 0, sizeof crowd.touches);
	crowd.left = crowd.succeeded = 0;
	for (int i = 0; i < MANY; i++)
		snprintf(crowd.touches[i].code, sizeof crowd.touches[i].code, "c%d", i);
}

/* A unit that holds the lane until the test lets go, so that what is submitted meanwhile makes one batch. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static bool pass_gate(struct db_tx *tx, void *input, struct err *err)
{
	(void)tx, (void)input, (void)err;
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	return true;
}

static void hold_lane(struct touch *t, int64_t workspace)
{
	pthread_mutex_lock(&gate);
	submit(t, workspace, pass_gate, UNIT_INTERACTIVE);
}

static void release_lane(void)
{
	pthread_mutex_unlock(&gate);
}

static struct store_stats stats(void)
{
	struct store_stats s;
	store_stats(f.store, &s);
	return s;
}

static void a_unit_is_stored_when_it_is_told(void **state)
{
	(void)state;
	struct err err;
	assert_true(touch_add_now(f.store, 1, "a", &err));
	assert_int_equal(touch_count(f.store, 1), 1);
	assert_int_equal(touch_count(f.store, 2), 0);
	fresh_close(&f);
	fresh_open(&f);
	assert_int_equal(touch_count(f.store, 1), 1);
}

static void what_waits_shares_one_commit(void **state)
{
	(void)state;
	static struct touch holder;
	crowd_reset();
	hold_lane(&holder, 1);
	int64_t before = stats().batches;
	for (int i = 0; i < MANY; i++)
		submit(&crowd.touches[i], 1, touch_add, UNIT_INTERACTIVE);
	release_lane();
	crowd_wait();
	assert_int_equal(crowd.succeeded, MANY + 1);
	assert_int_equal(touch_count(f.store, 1), MANY);
	assert_true(stats().batches - before <= 3);
	assert_true(stats().largest_batch >= MANY / 2);
}

static void a_refusal_leaves_the_batch_alone(void **state)
{
	(void)state;
	static struct touch holder;
	struct err err;
	crowd_reset();
	assert_true(touch_add_now(f.store, 1, "c5", &err));
	hold_lane(&holder, 1);
	for (int i = 0; i < 10; i++)
		submit(&crowd.touches[i], 1, touch_add, UNIT_INTERACTIVE);
	release_lane();
	crowd_wait();
	for (int i = 0; i < 10; i++)
		assert_int_equal(crowd.touches[i].unit.ok, i != 5);
	assert_int_equal(crowd.touches[5].unit.err.kind, ERR_CONFLICT);
	assert_string_equal(crowd.touches[5].unit.err.msg, "the code c5 is there");
	assert_int_equal(stats().retried_batches, 0);
	assert_int_equal(touch_count(f.store, 1), 10);
}

/* Writes, then thinks better of it. */
static bool add_and_refuse(struct db_tx *tx, void *input, struct err *err)
{
	return touch_add(tx, input, err) && err_set(err, ERR_INVALID, "on second thoughts");
}

static void a_unit_that_refuses_after_writing_leaves_nothing(void **state)
{
	(void)state;
	static struct touch holder;
	crowd_reset();
	hold_lane(&holder, 1);
	for (int i = 0; i < 20; i++)
		submit(&crowd.touches[i], 1, i % 7 == 3 ? add_and_refuse : touch_add,
		       UNIT_INTERACTIVE);
	release_lane();
	crowd_wait();
	for (int i = 0; i < 20; i++)
		assert_int_equal(crowd.touches[i].unit.ok, i % 7 != 3);
	assert_int_equal(crowd.touches[3].unit.err.kind, ERR_INVALID);
	assert_int_equal(touch_count(f.store, 1), 17);
	assert_true(stats().retried_batches > 0);
}

static void an_unexpected_constraint_error_hurts_its_unit_alone(void **state)
{
	(void)state;
	static struct touch holder;
	struct err err;
	crowd_reset();
	assert_true(touch_add_now(f.store, 1, "c4", &err));
	assert_true(touch_add_now(f.store, 1, "c9", &err));
	hold_lane(&holder, 1);
	for (int i = 0; i < 12; i++)
		submit(&crowd.touches[i], 1, touch_add_blindly, UNIT_INTERACTIVE);
	release_lane();
	crowd_wait();
	for (int i = 0; i < 12; i++)
		assert_int_equal(crowd.touches[i].unit.ok, i != 4 && i != 9);
	assert_int_equal(crowd.touches[4].unit.err.kind, ERR_CONFLICT);
	assert_int_equal(touch_count(f.store, 1), 12);
}

/* A constraint error that the unit hides is seen all the same. */
static bool add_blindly_and_hide(struct db_tx *tx, void *input, struct err *err)
{
	(void)!touch_add_blindly(tx, input, err);
	*err = (struct err){ 0 };
	return true;
}

static void a_swallowed_failure_is_still_a_failure(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct touch t = { .code = "a" };
	assert_true(touch_add_now(f.store, 1, "a", &err));
	assert_false(store_run(f.store, 1, UNIT_INTERACTIVE, add_blindly_and_hide, &t, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_true(store_is_ready(f.store, &err));
}

/* Two of the same id in a row, as two processes with one number would make. */
struct clash {
	struct touch touch;
	int tries;
};

static const struct db_stmt insert_id = {
	.name = "insert_id",
	.sqlite = "INSERT INTO touchpoint (workspace_id, id, code, name, position) "
		  "VALUES ($1, $2, $3, $3, 1)",
	.postgres = "INSERT INTO touchpoint (workspace_id, id, code, name, position) "
		    "VALUES ($1, $2, $3, $3, 1)",
};

static bool clash_once(struct db_tx *tx, void *input, struct err *err)
{
	struct clash *c = input;
	int64_t id = ++c->tries == 1 ? 77 : tx_new_id(tx);
	return db_exec(tx->db, &insert_id,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id),
	                       db_arg_text(str_of(c->touch.code))),
	               NULL, err);
}

static void a_clash_of_ids_is_tried_again(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct clash first = { .touch.code = "a" }, second = { .touch.code = "b" };
	assert_true(store_run(f.store, 1, UNIT_INTERACTIVE, clash_once, &first, &err));
	assert_true(store_run(f.store, 1, UNIT_INTERACTIVE, clash_once, &second, &err));
	assert_int_equal(second.tries, 2);
	assert_int_equal(touch_count(f.store, 1), 2);
}

static bool write_elsewhere(struct db_tx *tx, void *input, struct err *err)
{
	struct touch *t = input;
	return db_exec(tx->db, &insert_id,
	               DB_ARGS(db_arg_i64(t->workspace), db_arg_i64(1),
	                       db_arg_text(str_of(t->code))),
	               NULL, err);
}

static void a_unit_cannot_touch_another_workspace(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct touch t = { .code = "a", .workspace = 2 };
	assert_false(store_run(f.store, 1, UNIT_INTERACTIVE, write_elsewhere, &t, &err));
	assert_int_equal(err.kind, ERR_INTERNAL);
	assert_false(store_run(f.store, 0, UNIT_INTERACTIVE, write_elsewhere, &t, &err));
	assert_int_equal(err.kind, ERR_INTERNAL);
	assert_true(store_run(f.store, 2, UNIT_INTERACTIVE, write_elsewhere, &t, &err));
	assert_int_equal(touch_count(f.store, 1), 0);
}

static struct change log_rows[4 * MANY];

static size_t read_log(int64_t workspace)
{
	struct db *db;
	struct err err = { 0 };
	size_t count = 0;
	assert_true(store_reader_open(f.store, &db, &err));
	if (!change_read(db, workspace, 0, INT64_MAX, log_rows, 4 * MANY, &count, &err))
		fail_msg("%s", err.msg);
	store_reader_close(f.store, db);
	return count;
}

static void the_change_log_is_dense_and_in_commit_order(void **state)
{
	(void)state;
	struct err err;
	crowd_reset();
	for (int i = 0; i < MANY; i++)
		submit(&crowd.touches[i], 1 + i % 3, i % 10 == 4 ? add_and_refuse : touch_add,
		       UNIT_INTERACTIVE);
	crowd_wait();
	assert_true(touch_add_now(f.store, 1, "last", &err));
	for (int64_t workspace = 1; workspace <= 3; workspace++) {
		size_t count = read_log(workspace);
		assert_int_equal(count, touch_count(f.store, workspace));
		assert_int_equal(log_rows[0].rev, 1);
		for (size_t i = 1; i < count; i++) {
			bool same_rev = log_rows[i].rev == log_rows[i - 1].rev;
			assert_true(same_rev || log_rows[i].rev == log_rows[i - 1].rev + 1);
			assert_int_equal(log_rows[i].seq, same_rev ? log_rows[i - 1].seq + 1 : 1);
		}
	}
	for (int i = 0; i < MANY; i++)
		assert_true((crowd.touches[i].unit.rev > 0) == crowd.touches[i].unit.ok);
}

static bool read_then_prune(struct db_tx *tx, void *input, struct err *err)
{
	return change_cursor_set(tx, STR("slow"), 4, err) &&
	       change_cursor_set(tx, STR("fast"), 9, err) && change_prune(tx, 100, input, err);
}

static void changes_behind_all_cursors_are_pruned(void **state)
{
	(void)state;
	struct err err;
	int64_t removed = 0;
	char code[16];
	for (int i = 0; i < 10; i++) {
		snprintf(code, sizeof code, "c%d", i);
		assert_true(touch_add_now(f.store, 1, code, &err));
		assert_true(touch_add_now(f.store, 2, code, &err));
	}
	assert_true(store_run(f.store, 1, UNIT_INTERACTIVE, read_then_prune, &removed, &err));
	assert_int_equal(removed, 4);
	assert_int_equal(read_log(1), 6);
	assert_int_equal(log_rows[0].rev, 5);
	assert_int_equal(read_log(2), 10);
}

static void a_full_queue_refuses_at_once(void **state)
{
	(void)state;
	static struct touch holder;
	struct err err = { 0 };
	struct store_config config = fresh_config(&f, STORE_SERVE);
	config.queue_max = 8;
	config.lanes = 1;
	fresh_close(&f);
	assert_true(store_open(&f.store, &config, &err));
	crowd_reset();
	hold_lane(&holder, 1);
	while (stats().queued_interactive > 0)
		usleep(1000);
	for (int i = 0; i < 8; i++)
		submit(&crowd.touches[i], 1, touch_add, UNIT_INTERACTIVE);
	struct touch one_more = { .code = "x" };
	one_more.unit = (struct unit){ .apply = touch_add,
		                       .input = &one_more,
		                       .workspace = 1,
		                       .done = note_done,
		                       .owner = &crowd };
	assert_false(store_submit(f.store, &one_more.unit, &err));
	assert_int_equal(err.kind, ERR_BUSY);
	one_more.unit.class = UNIT_BULK; /* a queue of its own */
	crowd.left++;
	assert_true(store_submit(f.store, &one_more.unit, &err));
	release_lane();
	crowd_wait();
	assert_int_equal(touch_count(f.store, 1), 9);
}

static size_t order[MANY];
static size_t order_count;

static bool note_order(struct db_tx *tx, void *input, struct err *err)
{
	(void)tx, (void)err;
	const struct touch *t = input;
	order[order_count++] = (size_t)t->position;
	return true;
}

static void bulk_neither_starves_nor_holds_the_rest(void **state)
{
	(void)state;
	static struct touch holder;
	crowd_reset();
	order_count = 0;
	hold_lane(&holder, 1);
	for (int i = 0; i < 40; i++) {
		crowd.touches[i].position = i;
		submit(&crowd.touches[i], 1, note_order, i < 20 ? UNIT_BULK : UNIT_INTERACTIVE);
	}
	release_lane();
	crowd_wait();
	/* One bulk unit at most stands before all the interactive ones that were waiting. */
	size_t bulk_before = 0;
	for (size_t i = 0; order[i] != 20; i++)
		bulk_before++;
	assert_true(bulk_before <= 1);
	for (size_t i = bulk_before; i < bulk_before + 20; i++)
		assert_true(order[i] >= 20);
	assert_int_equal(order_count, 40);
}

/* Interactive units without end, until the bulk unit is told or there were too many. */
static _Atomic int interactive_told;
static _Atomic bool bulk_told;

static void go_on(struct unit *unit)
{
	struct touch *t = unit->owner;
	if (atomic_load(&bulk_told) || atomic_fetch_add(&interactive_told, 1) > 3000)
		note_done(&(struct unit){ .owner = &crowd });
	else if (!store_submit(f.store, &t->unit, &t->unit.err))
		abort();
}

static void end_it(struct unit *unit)
{
	atomic_store(&bulk_told, true);
	note_done(unit);
}

static bool do_nothing(struct db_tx *tx, void *input, struct err *err)
{
	(void)tx, (void)input, (void)err;
	return true;
}

static void bulk_runs_though_the_rest_never_ends(void **state)
{
	(void)state;
	struct err err;
	crowd_reset();
	atomic_store(&interactive_told, 0);
	atomic_store(&bulk_told, false);
	crowd.left = 9;
	for (int i = 0; i < 9; i++) {
		struct touch *t = &crowd.touches[i];
		t->unit = (struct unit){ .apply = do_nothing,
			                 .workspace = 1,
			                 .class = i < 8 ? UNIT_INTERACTIVE : UNIT_BULK,
			                 .done = i < 8 ? go_on : end_it,
			                 .owner = i < 8 ? (void *)t : &crowd };
		assert_true(store_submit(f.store, &t->unit, &err));
	}
	crowd_wait();
	assert_true(atomic_load(&interactive_told) < 3000);
}

static void closing_runs_what_waits(void **state)
{
	(void)state;
	crowd_reset();
	for (int i = 0; i < MANY; i++)
		submit(&crowd.touches[i], 1, touch_add, UNIT_INTERACTIVE);
	fresh_close(&f);
	assert_int_equal(crowd.left, 0);
	assert_int_equal(crowd.succeeded, MANY);
	fresh_open(&f);
	assert_int_equal(touch_count(f.store, 1), MANY);
}

static bool dawdle(struct db_tx *tx, void *input, struct err *err)
{
	usleep(20000);
	return touch_add(tx, input, err);
}

static void closing_without_time_refuses_what_did_not_start(void **state)
{
	(void)state;
	crowd_reset();
	for (int i = 0; i < MANY; i++)
		submit(&crowd.touches[i], 1, dawdle, UNIT_INTERACTIVE);
	store_close(f.store, 0);
	f.store = NULL;
	assert_int_equal(crowd.left, 0);
	assert_true(crowd.succeeded < MANY);
	for (int i = 0; i < MANY; i++)
		assert_true(crowd.touches[i].unit.ok || crowd.touches[i].unit.err.kind == ERR_BUSY);
	fresh_open(&f);
	assert_int_equal(touch_count(f.store, 1), crowd.succeeded);
}

static void a_second_server_is_refused_by_name(void **state)
{
	(void)state;
	struct store *second;
	struct err err = { 0 };
	char pid[32];
	struct store_config config = fresh_config(&f, STORE_SERVE);
	snprintf(pid, sizeof pid, "process %d", (int)getpid());
	assert_false(store_open(&second, &config, &err));
	assert_int_equal(err.kind, ERR_BUSY);
	assert_non_null(strstr(err.msg, "heed serve"));
	assert_non_null(strstr(err.msg, pid));
	assert_non_null(strstr(err.msg, "since 20"));
	config.purpose = STORE_RESTORE;
	assert_false(store_open(&second, &config, &err));
}

/* In the child: a command beside the server, until the pipe says stop. */
static int run_command(int64_t workspace)
{
	struct err err = { 0 };
	struct store *store;
	struct store_config config = fresh_config(&f, STORE_COMMAND);
	char code[32];
	if (!store_open(&store, &config, &err)) {
		fprintf(stderr, "command: %s\n", err.msg);
		return 1;
	}
	for (int i = 0; i < 100; i++) {
		snprintf(code, sizeof code, "command %d", i);
		if (!touch_add_now(store, workspace, code, &err)) {
			fprintf(stderr, "command: %s\n", err.msg);
			return 1;
		}
	}
	store_close(store, CLOCK_SECOND);
	return 0;
}

static void a_command_writes_beside_the_server(void **state)
{
	(void)state;
	struct err err;
	int status = 0;
	fresh_close(&f); /* no threads while forking */
	int ready[2];
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		char byte;
		(void)!read(ready[0], &byte, 1);
		_exit(run_command(1));
	}
	fresh_open(&f);
	assert_int_equal(write(ready[1], "x", 1), 1);
	char code[32];
	for (int i = 0; i < 100; i++) {
		snprintf(code, sizeof code, "server %d", i);
		assert_true(touch_add_now(f.store, 1, code, &err));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(ready[0]);
	close(ready[1]);
	assert_int_equal(touch_count(f.store, 1), 200);
	size_t count = read_log(1);
	assert_int_equal(count, 200);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(log_rows[i].rev, i + 1);
}

static bool make_id(struct db_tx *tx, void *input, struct err *err)
{
	(void)err;
	*(int64_t *)input = tx_new_id(tx);
	return true;
}

static int64_t new_id(struct store *store)
{
	struct err err;
	int64_t id;
	assert_true(store_run(store, 0, UNIT_INTERACTIVE, make_id, &id, &err));
	return id;
}

static void commands_get_numbers_of_their_own(void **state)
{
	(void)state;
	struct store *command;
	struct err err = { 0 };
	struct store_config config = fresh_config(&f, STORE_COMMAND);
	int64_t server_id = new_id(f.store);
	assert_true(store_open(&command, &config, &err));
	int64_t command_id = new_id(command);
	assert_true((server_id >> 12 & 1023) != (command_id >> 12 & 1023));
	store_close(command, 0);
}

static void a_lease_that_ran_out_is_taken_anew(void **state)
{
	(void)state;
	struct store *other;
	struct err err = { 0 };
	struct clock later = { .offset = 72 * CLOCK_HOUR };
	struct store_config config = fresh_config(&f, STORE_COMMAND);
	config.clock = &later;
	int64_t before = new_id(f.store);
	assert_true(store_open(&other, &config, &err));
	int64_t taken = new_id(other); /* after 72 hours: the number is free */
	assert_int_equal(before >> 12 & 1023, taken >> 12 & 1023);
	f.clock.offset = 72 * CLOCK_HOUR;
	int64_t after = new_id(f.store); /* the sleeper wakes */
	assert_true((after >> 12 & 1023) != (taken >> 12 & 1023));
	store_close(other, 0);
	f.clock.offset = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(a_unit_is_stored_when_it_is_told),
		TEST(what_waits_shares_one_commit),
		TEST(a_refusal_leaves_the_batch_alone),
		TEST(a_unit_that_refuses_after_writing_leaves_nothing),
		TEST(an_unexpected_constraint_error_hurts_its_unit_alone),
		TEST(a_swallowed_failure_is_still_a_failure),
		TEST(a_clash_of_ids_is_tried_again),
		TEST(a_unit_cannot_touch_another_workspace),
		TEST(the_change_log_is_dense_and_in_commit_order),
		TEST(changes_behind_all_cursors_are_pruned),
		TEST(a_full_queue_refuses_at_once),
		TEST(bulk_neither_starves_nor_holds_the_rest),
		TEST(bulk_runs_though_the_rest_never_ends),
		TEST(closing_runs_what_waits),
		TEST(closing_without_time_refuses_what_did_not_start),
		TEST(a_second_server_is_refused_by_name),
		TEST(a_command_writes_beside_the_server),
		TEST(commands_get_numbers_of_their_own),
		TEST(a_lease_that_ran_out_is_taken_anew),
	};
	return ENGINES_RUN("store", engine, tests, NULL, NULL);
}
