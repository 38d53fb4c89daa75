/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/nightly.h"

#include "../account/house.h"
#include "account/idempotency.h"
#include "account/session.h"
#include "db/change.h"
#include "db/file.h"
#include "feedback/import_job.h"
#include "feedback/upload.h"
#include "survey/brand.h"

#include <stdio.h>
#include <unistd.h>

static bool leave_traces(struct db_tx *tx, void *input, struct err *err)
{
	struct idempotency it = { STR("key"), STR("body") };
	Str token, hash;
	(void)input;
	token_new(tx->arena, &token, &hash);
	return idempotency_keep(tx, &it, 1, err) &&
	       session_create(tx, hash, 1, tx->workspace, STR(""), STR(""), err);
}

static int64_t units_so_far(void)
{
	struct store_stats stats;
	store_stats(house.fresh.store, &stats);
	return stats.units;
}

static bool any_left(void)
{
	int64_t now = clock_now(&house.fresh.clock);
	bool sessions, keys;
	assert_true(session_prunable(house.db, now, &sessions, &house.err));
	assert_true(idempotency_prunable(house.db, house.workspace, now, &keys, &house.err));
	return sessions || keys;
}

static void a_night_with_nothing_to_do_writes_nothing(void **state)
{
	(void)state;
	assert_true(house_do(leave_traces, NULL));
	for (int night = 0; night < 2; night++)
		assert_true(nightly_prune(house.fresh.store, &house.err));
	int64_t before = units_so_far();
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_int_equal(units_so_far(), before);
}

static void a_night_takes_what_is_over_in_every_workspace(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	bool any;
	assert_true(house_do(leave_traces, NULL));
	assert_true(house_do_in(other, leave_traces, NULL));
	house_later(31 * CLOCK_DAY);
	assert_true(any_left());
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_false(any_left());
	assert_true(
	    idempotency_prunable(house.db, other, clock_now(&house.fresh.clock), &any, &house.err));
	assert_false(any);
}

static bool leave_changes(struct db_tx *tx, void *input, struct err *err)
{
	for (int64_t i = 0; i < *(int64_t *)input; i++)
		tx_changed(tx, CHANGE_RESPONSE, 1);
	return change_cursor_set(tx, STR("somebody"), INT64_MAX, err);
}

static int64_t oldest_change(void)
{
	int64_t oldest;
	assert_true(change_oldest(house.db, house.workspace, &oldest, &house.err));
	return oldest;
}

static void a_change_stays_for_one_night_and_goes_in_the_next(void **state)
{
	(void)state;
	int64_t some = 700, one = 1, before, after;
	for (int i = 0; i < 3; i++)
		assert_true(house_do(leave_changes, &some));
	int64_t first = oldest_change();
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_int_equal(oldest_change(), first);
	assert_true(change_rev(house.db, house.workspace, &before, &house.err));
	assert_true(house_do(leave_changes, &one));
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_int_equal(oldest_change(), before + 1);
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_int_equal(oldest_change(), 0);
	assert_true(change_rev(house.db, house.workspace, &after, &house.err));
	assert_int_equal(after, before + 1);
}

struct sent {
	struct upload upload;
	char path[4200];
};

/* A file that was sent, as the server keeps it. */
static void send_file(struct sent *sent, const char *name)
{
	struct arena a = { 0 };
	struct err err;
	*sent = (struct sent){ .upload = { .file = str_of(name),
		                           .name = STR("answers.csv"),
		                           .size = 3,
		                           .created_by = STR("somebody") } };
	assert_true(file_make_folder(upload_folder(house.fresh.store, &a), &err));
	snprintf(sent->path, sizeof sent->path, "%s",
	         upload_path(house.fresh.store, &a, sent->upload.file));
	FILE *f = fopen(sent->path, "we");
	assert_non_null(f);
	fputs("9\n", f);
	fclose(f);
	arena_free(&a);
}

static bool is_there(const struct sent *sent)
{
	return access(sent->path, F_OK) == 0;
}

static void a_file_that_no_import_waits_for_goes_a_day_after_it_came(void **state)
{
	struct sent kept, orphan;
	struct upload found;
	struct arena a = { 0 };
	(void)state;
	send_file(&kept, "kept");
	send_file(&orphan, "orphan");
	assert_true(house_do(upload_add, &kept.upload));
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_true(is_there(&kept) && is_there(&orphan));
	assert_true(upload_sweep(house.fresh.store, 0, &house.err));
	assert_true(is_there(&kept));
	assert_false(is_there(&orphan));
	house_later(CLOCK_DAY + CLOCK_HOUR);
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_false(is_there(&kept));
	assert_false(
	    upload_find(house.db, &a, house.workspace, kept.upload.id, &found, &house.err));
	arena_free(&a);
}

static bool queue_import(struct db_tx *tx, void *input, struct err *err)
{
	struct import_create_input in = { .upload_id = *(int64_t *)input,
		                          .wishes = STR("{}"),
		                          .new_name = STR("Imported"),
		                          .actor = STR("somebody"),
		                          .arena = tx->arena };
	struct brand_input brand = { .name = STR("Acme"), .arena = tx->arena };
	return brand_input_check(tx->arena, &brand, err) && brand_save(tx, &brand, err) &&
	       import_create(tx, &in, err);
}

static void a_file_that_an_import_waits_for_stays(void **state)
{
	struct sent sent;
	(void)state;
	send_file(&sent, "awaited");
	assert_true(house_do(upload_add, &sent.upload));
	assert_true(house_do(queue_import, &sent.upload.id));
	house_later(40 * CLOCK_DAY);
	assert_true(nightly_prune(house.fresh.store, &house.err));
	assert_true(is_there(&sent));
}

static bool never(void *context, struct err *err)
{
	(void)err;
	*(bool *)context = true;
	return true;
}

static void it_sleeps_by_day_and_stops_when_it_is_told(void **state)
{
	(void)state;
	bool ran = false;
	struct nightly *nightly = nightly_start(house.fresh.store, never, &ran);
	nightly_stop(nightly);
	assert_false(ran);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_night_with_nothing_to_do_writes_nothing),
		HOUSE_TEST(a_night_takes_what_is_over_in_every_workspace),
		HOUSE_TEST(a_change_stays_for_one_night_and_goes_in_the_next),
		HOUSE_TEST(a_file_that_no_import_waits_for_goes_a_day_after_it_came),
		HOUSE_TEST(a_file_that_an_import_waits_for_stays),
		HOUSE_TEST(it_sleeps_by_day_and_stops_when_it_is_told),
	};
	return HOUSE_RUN("nights", tests);
}
