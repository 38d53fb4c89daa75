/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo_remove.h"

#include <inttypes.h>

#include "account/server_setting.h"
#include "account/workspace.h"
#include "app/address.h"
#include "app/demo_remove.sql.h"
#include "app/schema.h"
#include "base/die.h"
#include "db/purge.h"
#include "db/store.h"
#include "feedback/cube.h"
#include "insight/days_kept.h"
#include "insight/found_kept.h"
#include "insight/standouts_kept.h"

#define UNDER_WAY STR("removing_workspace")

void demo_remove_init(struct demo_remove *remove, struct store *store)
{
	*remove = (struct demo_remove){ .store = store };
	MUST(pthread_mutex_init(&remove->lock, NULL) == 0);
}

void demo_remove_end(struct demo_remove *remove)
{
	purge_free(remove->purge);
	pthread_mutex_destroy(&remove->lock);
}

static bool purge_need(struct demo_remove *remove, struct err *err)
{
	pthread_mutex_lock(&remove->lock);
	bool ok = remove->purge || purge_open(&remove->purge, remove->store, schema_migrations,
	                                      schema_migration_count, err);
	pthread_mutex_unlock(&remove->lock);
	return ok;
}

/* The last unit: nothing is left to go on with. */
static bool forget(struct db_tx *tx, void *unused, struct err *err)
{
	(void)unused;
	return server_setting_set(tx, UNDER_WAY, (Str){ NULL, 0 }, err);
}

bool demo_remove_resume(struct demo_remove *remove, struct err *err)
{
	struct arena scratch = { 0 };
	struct db *db;
	Str kept;
	int64_t workspace = 0;
	if (!store_reader_open(remove->store, &db, err))
		return false;
	bool ok = server_setting_find(db, UNDER_WAY, &scratch, &kept, err);
	store_reader_close(remove->store, db);
	if (ok && kept.at && str_to_i64(kept, &workspace))
		ok = purge_need(remove, err) &&
		     purge_begin(remove->purge, workspace, forget, NULL, err);
	arena_free(&scratch);
	return ok;
}

struct removal {
	int64_t workspace;
};

static bool prepare(struct request *rq, struct err *err)
{
	struct removal *in = ARENA_NEW(rq->arena, struct removal);
	struct places places;
	if (!places_find(rq, &places, err))
		return false;
	if (!places.demo)
		return err_set(err, ERR_NOT_FOUND, "there is no demo workspace");
	int64_t mine = rq->caller.workspace;
	if (mine != places.demo && mine != places.first)
		return err_set(err, ERR_DENIED,
		               "The owners of this server's first workspace remove the demo.");
	in->workspace = places.demo;
	rq->input = in;
	rq->input_workspace = places.demo;
	return purge_need(rq->room, err);
}

static bool drop(struct db_tx *tx, const struct db_stmt *stmt, struct err *err)
{
	return db_exec(tx->db, stmt, DB_ARGS(db_arg_i64(tx->workspace)), NULL, err);
}

static bool apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct removal *in = input;
	struct workspace workspace;
	if (!workspace_find(tx->db, tx->workspace, tx->arena, &workspace, err))
		return false;
	if (!workspace.demo)
		return err_set(err, ERR_CONFLICT, "this is no demo");
	return server_setting_set(tx, UNDER_WAY, str_printf(tx->arena, "%" PRId64, in->workspace),
	                          err) &&
	       cube_shelf_lose(tx, err) && drop(tx, &sql_demo_drop_name, err) &&
	       drop(tx, &sql_demo_drop_users, err) && drop(tx, &sql_demo_drop_sessions, err) &&
	       drop(tx, &sql_demo_drop_links, err) && drop(tx, &sql_demo_drop_addresses, err) &&
	       drop(tx, &sql_demo_drop_members, err) && drop(tx, &sql_demo_drop_keys, err);
}

static bool reply(struct request *rq, struct reply *rp, struct err *err)
{
	struct demo_remove *remove = rq->room;
	const struct removal *in = rq->input;
	rp->status = 204;
	cubes_forget(remove->cubes, in->workspace);
	standouts_kept_forget(remove->kept, in->workspace);
	days_kept_forget(remove->days, in->workspace);
	found_kept_forget(remove->found, in->workspace);
	return purge_begin(remove->purge, in->workspace, forget, NULL, err);
}

const struct route demo_remove_routes[] = {
	{ .method = "DELETE",
	  .path = "/api/v1/demo",
	  .operation = "removeDemo",
	  .roles = ROLE_OWNER,
	  .prepare = prepare,
	  .apply = apply,
	  .reply = reply },
};
const size_t demo_remove_route_count = sizeof demo_remove_routes / sizeof demo_remove_routes[0];
