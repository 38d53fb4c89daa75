/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/nightly.h"

#include <stdlib.h>
#include <time.h>

#include "account/idempotency.h"
#include "account/session.h"
#include "account/workspace.h"
#include "app/sleeper.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "db/change.h"
#include "db/store.h"
#include "feedback/display.h"
#include "feedback/bin.h"
#include "survey/survey_shelf.h"
#include "feedback/upload.h"

#define HOUR_OF_NIGHT 3

struct nightly {
	struct store *store;
	bool (*backup)(void *context, struct err *err);
	void *context;
	struct sleeper sleeper;
};

/* Workspace by workspace, page by page, so that answers that come in meanwhile wait for one page at most. */
static bool prune_keys(struct store *store, struct db *db, int64_t workspace, struct err *err)
{
	bool any, more;
	if (!idempotency_prunable(db, workspace, clock_now(store_clock(store)), &any, err))
		return false;
	for (more = any; more;)
		if (!store_run(store, workspace, UNIT_BULK, idempotency_prune, &more, err))
			return false;
	return true;
}

/* A bin or a log is emptied in as many units as it takes. */
static bool empty(struct store *store, int64_t workspace, bool any, unit_fn purge, struct err *err)
{
	for (bool more = any; more;)
		if (!store_run(store, workspace, UNIT_BULK, purge, &more, err))
			return false;
	return true;
}

static bool empty_bins(struct store *store, struct db *db, int64_t workspace, struct err *err)
{
	bool answers, surveys;
	int64_t now = clock_now(store_clock(store));
	return bin_purgeable(db, workspace, now, &answers, err) &&
	       survey_bin_purgeable(db, workspace, now, &surveys, err) &&
	       empty(store, workspace, answers, bin_purge, err) &&
	       empty(store, workspace, surveys, survey_bin_purge, err);
}

static bool forget_displays(struct store *store, struct db *db, int64_t workspace, struct err *err)
{
	bool any;
	return display_forgettable(db, workspace, clock_now(store_clock(store)), &any, err) &&
	       empty(store, workspace, any, display_forget, err);
}

static bool shorten_log(struct store *store, struct db *db, int64_t workspace, struct err *err)
{
	bool any;
	return change_night_has_work(db, workspace, &any, err) &&
	       empty(store, workspace, any, change_night, err);
}

static bool prune(struct store *store, struct db *db, struct arena *a, struct err *err)
{
	struct workspace_row *rows;
	size_t count;
	bool any;
	if (!session_prunable(db, clock_now(store_clock(store)), &any, err) ||
	    (any && !store_run(store, 0, UNIT_BULK, session_prune, NULL, err)) ||
	    !workspace_list(db, a, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!prune_keys(store, db, rows[i].id, err) ||
		    !empty_bins(store, db, rows[i].id, err) ||
		    !forget_displays(store, db, rows[i].id, err) ||
		    !shorten_log(store, db, rows[i].id, err))
			return false;
	return true;
}

bool nightly_prune(struct store *store, struct err *err)
{
	struct arena arena = { 0 };
	struct db *db;
	if (!store_reader_open(store, &db, err))
		return false;
	bool ok = prune(store, db, &arena, err) && upload_sweep(store, CLOCK_DAY, err);
	store_reader_close(store, db);
	arena_free(&arena);
	return ok;
}

/* Seconds until the next three o'clock here. */
static time_t until_night(time_t now)
{
	struct tm tm;
	localtime_r(&now, &tm);
	tm.tm_mday += tm.tm_hour >= HOUR_OF_NIGHT;
	tm.tm_hour = HOUR_OF_NIGHT;
	tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	time_t night = mktime(&tm);
	return night > now ? night - now : 3600;
}

static void nights(void *context)
{
	struct nightly *n = context;
	struct err err;
	while (sleeper_rest(&n->sleeper, 1000 * (int64_t)until_night(time(NULL)))) {
		if (!nightly_prune(n->store, &err))
			log_event(LOG_LEVEL_WARNING, "nightly.not_pruned",
			          LOG_PAIRS(log_why(&err)));
		if (n->backup && !n->backup(n->context, &err))
			log_event(LOG_LEVEL_ERROR, "nightly.no_backup", LOG_PAIRS(log_why(&err)));
	}
}

struct nightly *nightly_start(struct store *store, bool (*backup)(void *context, struct err *err),
                              void *context)
{
	struct nightly *n = mem_zeroed(1, sizeof *n);
	*n = (struct nightly){ .store = store, .backup = backup, .context = context };
	sleeper_start(&n->sleeper, nights, n);
	return n;
}

void nightly_stop(struct nightly *n)
{
	sleeper_stop(&n->sleeper);
	free(n);
}
