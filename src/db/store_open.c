/* Opening and closing a store. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "db/backup.h"
#include "db/data_lock.h"
#include "db/migrate.h"
#include "db/postgres.h"
#include "db/sqlite.h"
#include "db/store_state.h"

#define LANES_POSTGRES 4
#define QUEUE_MAX      4096
#define CHECK_START_US (25 * 1000)

static const char *purpose_name(enum store_purpose purpose)
{
	static const char *const names[] = { [STORE_SERVE] = "heed serve",
		                             [STORE_COMMAND] = "heed init",
		                             [STORE_MIGRATE] = "heed migrate",
		                             [STORE_RESTORE] = "heed restore" };
	return names[purpose];
}

bool store_connect(struct store *store, enum db_access access, struct db **out, struct err *err)
{
	if (store->engine == DB_POSTGRES)
		return postgres_open(out,
		                     &(struct postgres_options){ .conninfo = store->conninfo,
		                                                 .access = access,
		                                                 .watch = &store->watch },
		                     err);
	struct sqlite_options options = {
		.path = store->path, .access = access, .busy_us = BUSY_US, .watch = &store->watch
	};
	if (!sqlite_open(out, &options, err))
		return false;
	if (access == DB_WRITES)
		sqlite_on_commit(*out, keeper_note_wal, &store->keeper);
	return true;
}

/* A damaged page was met: by a reader, a lane or the keeper itself. */
static void met_damage(void *context, const struct err *err)
{
	struct store *store = context;
	store_mark_damaged(store, "", err);
	if (store->keeper.started)
		keeper_want_check(store);
}

static bool make_data_dir(const char *dir, struct err *err)
{
	struct stat st;
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, ERR_IO, "the data directory %s cannot be made: %s", dir,
		               strerror(errno));
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(err, ERR_INVALID, "%s is not a directory", dir);
	if (access(dir, R_OK | W_OK | X_OK) != 0)
		return err_set(err, ERR_IO, "the data directory %s: %s", dir, strerror(errno));
	return true;
}

/* Two that make one database at once take turns. */
static bool lock_to_make(struct store *store, const struct store_config *config, struct err *err)
{
	return store->lock_fd >= 0 ||
	       data_lock_take(store->data_dir, purpose_name(config->purpose),
	                      clock_now(config->clock), BUSY_US, &store->lock_fd, err);
}

/* A restore was cut off while the files changed names: an empty database in their place would hide them. */
static bool is_restoring(const struct store *store)
{
	char path[4200];
	snprintf(path, sizeof path, "%s/%s", store->data_dir, BACKUP_RESTORING);
	return access(path, F_OK) == 0;
}

static bool prepare_sqlite(struct store *store, const struct store_config *config, struct err *err)
{
	if (!config->allow_unsafe && !sqlite_check_filesystem(store->data_dir, err))
		return false;
	if (is_restoring(store))
		return err_set(err, ERR_CONFLICT,
		               "a restore into %s did not finish: run heed restore again",
		               store->data_dir);
	if (access(store->path, F_OK) == 0)
		return true;
	if (!config->create)
		return err_set(err, ERR_NOT_FOUND,
		               "there is no database in %s: heed init makes one", store->data_dir);
	return lock_to_make(store, config, err) && sqlite_create(store->path, err);
}

struct hook {
	struct store *store;
	const struct store_config *config;
};

static bool before(void *context, struct err *err)
{
	struct hook *hook = context;
	const struct store_config *config = hook->config;
	return config->before_migrating(hook->store, config->context, err);
}

/* A command beside a server changes no schema, unless there is none yet. */
static bool bring_up_to_date(struct store *store, const struct store_config *config, struct db *db,
                             struct err *err)
{
	struct migration_state state;
	struct hook hook = { store, config };
	if (!migrate_state(db, config->migrations, config->migration_count, &state, err))
		return false;
	if (state.applied == state.newest)
		return true;
	if (state.applied == 0 && !config->create)
		return err_set(err, ERR_NOT_FOUND, "the database is empty: heed init fills it");
	if (state.applied > 0 && store->purpose == STORE_COMMAND)
		return err_set(err, ERR_CONFLICT,
		               "the database has an older schema than this program: "
		               "start heed serve or run heed migrate first");
	if (state.applied == 0 && !lock_to_make(store, config, err))
		return false;
	return migrate_run(db, config->migrations, config->migration_count, clock_now(store->clock),
	                   config->before_migrating ? before : NULL, &hook, err);
}

/* What a start can afford: a few milliseconds a table. The keeper looks longer afterwards. */
static bool check_at_start(struct store *store, struct db *db, struct err *err)
{
	char table[64];
	struct err why = { 0 };
	if (store->engine != DB_SQLITE || store->purpose != STORE_SERVE)
		return true;
	if (!sqlite_check_tables(db, CHECK_START_US, table, &why)) {
		if (why.kind == ERR_CORRUPT)
			return true; /* met_damage has noted it */
		*err = why;
		return false;
	}
	if (table[0])
		store_mark_damaged(store, table, &why);
	return true;
}

static bool open_database(struct store *store, const struct store_config *config, struct err *err)
{
	struct db *db = NULL;
	struct err damage;
	if (store->engine == DB_SQLITE && !prepare_sqlite(store, config, err))
		return false;
	if (store->engine == DB_POSTGRES &&
	    !postgres_prepare(store->conninfo, config->create, config->allow_unsafe, err))
		return false;
	if (!store_connect(store, DB_WRITES, &db, err)) {
		if (err->kind == ERR_CORRUPT)
			err_set(err, ERR_CORRUPT,
			        "%s is damaged beyond reading: heed restore --data %s BACKUP",
			        store->path ? store->path : "the database", store->data_dir);
		return false;
	}
	bool ok = check_at_start(store, db, err) &&
	          (store_is_damaged(store, &damage) || bring_up_to_date(store, config, db, err));
	if (ok && store->engine == DB_SQLITE)
		keeper_start(store, db);
	else
		db_close(db);
	return ok;
}

static void free_store(struct store *store)
{
	data_lock_give(store->lock_fd);
	id_maker_free(store->ids);
	pthread_mutex_destroy(&store->lock);
	pthread_mutex_destroy(&store->lease_lock);
	pthread_mutex_destroy(&store->listener_lock);
	pthread_mutex_destroy(&store->keeper.lock);
	pthread_cond_destroy(&store->keeper.wake);
	pthread_cond_destroy(&store->keeper.wiped);
	free(store->lanes);
	free(store->data_dir);
	free(store->path);
	free(store->conninfo);
	free(store);
}

static struct store *new_store(const struct store_config *config)
{
	struct store *store = mem_zeroed(1, sizeof *store);
	bool postgres = config->database && config->database[0];
	store->engine = postgres ? DB_POSTGRES : DB_SQLITE;
	store->purpose = config->purpose;
	store->clock = config->clock;
	store->queue_max = config->queue_max ? config->queue_max : QUEUE_MAX;
	store->lock_fd = -1;
	store->watch.corrupt = met_damage;
	store->watch.context = store;
	store->ids = id_maker_new(0);
	lease_name_owner(&store->lease, clock_now(config->clock));
	pthread_mutex_init(&store->lock, NULL);
	pthread_mutex_init(&store->listener_lock, NULL);
	pthread_mutex_init(&store->lease_lock, NULL);
	pthread_mutex_init(&store->keeper.lock, NULL);
	store_cond(&store->keeper.wake);
	store_cond(&store->keeper.wiped);
	if (postgres)
		store->conninfo = mem_copy(config->database);
	return store;
}

static bool find_paths(struct store *store, const char *data_dir, struct err *err)
{
	char path[4096];
	store->data_dir = realpath(data_dir, NULL);
	if (!store->data_dir)
		return err_set(err, ERR_IO, "%s: %s", data_dir, strerror(errno));
	int n = snprintf(path, sizeof path, "%s/heed.db", store->data_dir);
	if (n < 0 || (size_t)n >= sizeof path - 16)
		return err_set(err, ERR_INVALID, "the name %s is too long", data_dir);
	if (store->engine == DB_SQLITE)
		store->path = mem_copy(path);
	return true;
}

static void start_lanes(struct store *store, const struct store_config *config)
{
	int count = config->lanes > 0 ? config->lanes : LANES_POSTGRES;
	store->lane_count = store->engine == DB_SQLITE ? 1 : count;
	store->lanes = mem_zeroed((size_t)store->lane_count, sizeof *store->lanes);
	for (int i = 0; i < store->lane_count; i++)
		lane_start(&store->lanes[i], store);
}

bool store_open(struct store **out, const struct store_config *config, struct err *err)
{
	bool locks = config->purpose != STORE_COMMAND;
	if (!make_data_dir(config->data_dir, err))
		return false;
	struct store *store = new_store(config);
	bool ok = find_paths(store, config->data_dir, err);
	if (ok && locks)
		ok = data_lock_take(store->data_dir, purpose_name(config->purpose),
		                    clock_now(config->clock), 0, &store->lock_fd, err);
	if (!ok || !open_database(store, config, err)) {
		free_store(store);
		return false;
	}
	if (!locks) {
		data_lock_give(store->lock_fd);
		store->lock_fd = -1;
	}
	start_lanes(store, config);
	if (store->engine == DB_SQLITE && config->purpose == STORE_SERVE)
		keeper_want_check(store);
	*out = store;
	return true;
}

/* The process number goes back for the next one. Not worth an error: it runs out by itself. */
static void give_back_number(struct store *store)
{
	struct err err;
	struct db *db = store->lanes[0].db;
	if (db && store->lease.held && !store_is_damaged(store, &err) && db_is_sound(db) &&
	    !lease_give_back(&store->lease, db, id_maker_busy_until(store->ids), &err))
		store->lease.held = false;
}

void store_close(struct store *store, int64_t drain_us)
{
	if (!store)
		return;
	int64_t deadline = clock_monotonic() + drain_us;
	for (int i = 0; i < store->lane_count; i++)
		lane_refuse_new(&store->lanes[i]);
	for (int i = 0; i < store->lane_count; i++)
		lane_stop(&store->lanes[i], deadline);
	give_back_number(store);
	keeper_stop(store);
	/* The keeper may hold a lane until here. */
	for (int i = 0; i < store->lane_count; i++)
		lane_free(&store->lanes[i]);
	free_store(store);
}
