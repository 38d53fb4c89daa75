/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "app/backups.h"
#include "app/cube_keeper.h"
#include "app/demo.h"
#include "app/discoverer.h"
#include "app/learning_thread.h"
#include "app/login_link.h"
#include "app/nightly.h"
#include "app/public_url.h"
#include "app/reading_thread.h"
#include "app/stopper.h"
#include "app/watchman.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "feedback/upload.h"
#include "net/server.h"

#define STACK_SIZE ((size_t)512 << 10)
#define ARENAS     2

/* Small stacks and few malloc arenas: an idle server holds what it needs. Before the first thread. */
static void memory_tune(void)
{
	pthread_attr_t attr;
	mallopt(M_ARENA_MAX, ARENAS);
	MUST(pthread_attr_init(&attr) == 0);
	MUST(pthread_attr_setstacksize(&attr, STACK_SIZE) == 0);
	MUST(pthread_setattr_default_np(&attr) == 0);
	pthread_attr_destroy(&attr);
}

static bool demo_make(struct call *call, struct world *world, struct err *err)
{
	bool made;
	if (!option_is_set(call, "demo"))
		return true;
	if (!demo_seed(world->store, clock_now(call->clock), &made, err))
		return err_prefix(err, "the demo workspace cannot be made");
	return true;
}

static bool server_begin(struct call *call, struct world *world, struct server **out,
                         struct err *err)
{
	const struct settings *s = &call->settings;
	struct route_table *tables = ARENA_ARRAY(call->arena, struct route_table, WORLD_TABLES_MAX);
	struct server_config config = {
		.listen = setting_text(s, SETTING_LISTEN),
		.public_url = setting_text(s, SETTING_PUBLIC_URL),
		.store = world->store,
		.clock = call->clock,
		.tables = tables,
		.authenticate = account_authenticate,
		.auth_context = &world->account,
		.lost = account_lost_page,
		.lost_context = &world->account,
		.trusted_proxies = setting_text(s, SETTING_TRUSTED_PROXIES),
		.workers = (int)setting_number(s, SETTING_WORKERS),
		.connections_max = (int)setting_number(s, SETTING_CONNECTIONS),
		.connections_per_address = (int)setting_number(s, SETTING_CONNECTIONS_PER_ADDRESS),
		.spool_dir = upload_folder(world->store, call->arena),
		.spool_max = (uint64_t)setting_number(s, SETTING_UPLOAD_MAX) << 20,
	};
	struct server *server;
	if (!world_routes(world, tables, &config.table_count, err))
		return false;
	config.metrics = cubes_metrics;
	config.metrics_context = world->cubes;
	if (!server_start(&server, &config, err))
		return false;
	const char *url = public_url_of_port(call->arena, s, server_port(server));
	if (!world_set_public_url(world, url, err)) {
		server_free(server);
		return false;
	}
	if (!demo_remove_resume(&world->demo_remove, err) ||
	    !address_begin(&world->address, server, world->public_url, err)) {
		server_free(server);
		return false;
	}
	public_url_note(call->arena, s, url);
	*out = server;
	return true;
}

/* A login link is a key: it goes to a terminal, where nothing keeps it, unless somebody asks for it. */
static bool greet(struct call *call, struct world *world, struct err *err)
{
	Str url;
	printf("Heed is ready at %s\n", world->public_url);
	if (str_of(world->account.public_url).len &&
	    !str_eq(str_of(world->account.public_url), str_of(world->public_url)))
		printf("Links use %s\n", world->account.public_url);
	if (!account_cookies_are_safe(&world->account.origin))
		printf("Nobody can sign in: the public URL is neither https nor this machine's "
		       "own.\n");
	if (option_is_set(call, "print-login-link") || isatty(STDOUT_FILENO)) {
		if (login_link_for_owner(world, call->arena, &url, err))
			printf("Sign in within ten minutes, once: %.*s\n", STR_FMT(url));
		else if (err->kind == ERR_NOT_FOUND)
			printf("Begin here, in your browser: %s%.*s\n", world->account.public_url,
			       STR_FMT(begin_path(&world->begin, call->arena)));
		else
			return false;
	}
	fflush(stdout);
	return true;
}

struct nightly_backup {
	struct store *store;
	size_t keep;
};

static bool nightly_backup(void *context, struct err *err)
{
	const struct nightly_backup *in = context;
	bool made;
	return backups_nightly(in->store, in->keep, &made, err);
}

/* Files that a killed server left belong to nobody; imports that it left go on. */
static void imports_begin(const struct settings *s, struct world *world)
{
	struct err err;
	if (!upload_sweep(world->store, 0, &err))
		log_event(LOG_LEVEL_WARNING, "upload.not_swept", LOG_PAIRS(log_why(&err)));
	world->imports.runner = import_runner_start(world->store);
	world->imports.upload_max = setting_number(s, SETTING_UPLOAD_MAX) << 20;
}

static bool serve_until_stopped(struct call *call, struct world *world, struct err *err)
{
	struct nightly_backup backup = {
		.store = world->store,
		.keep = (size_t)setting_number(&call->settings, SETTING_BACKUP_KEEP),
	};
	struct reading_thread *reading;
	struct server *server;
	if (!server_begin(call, world, &server, err))
		return false;
	if (!reading_thread_start(world->store, &reading, err)) {
		server_free(server);
		return false;
	}
	imports_begin(&call->settings, world);
	struct learning_thread *learning =
	    learning_thread_start(world->store, reading_thread_files(reading));
	struct stopper *stopper = stopper_start(server);
	struct nightly *nightly = nightly_start(world->store, nightly_backup, &backup);
	struct watchman *watchman = watchman_start(world->store, world->cubes);
	struct cube_keeper *keeper =
	    cube_keeper_start(world->store, world->cubes, &world->cubes_config.shelf);
	struct discoverer *discoverer = discoverer_start(world->store);
	bool ok = greet(call, world, err) && server_run(server, err);
	discoverer_stop(discoverer);
	cube_keeper_stop(keeper);
	watchman_stop(watchman);
	nightly_stop(nightly);
	import_runner_stop(world->imports.runner);
	learning_thread_stop(learning);
	reading_thread_stop(reading);
	stopper_end(stopper);
	public_url_forget(call->arena, &call->settings);
	server_free(server);
	return ok;
}

static bool serve(struct call *call, struct err *err)
{
	struct world world;
	memory_tune();
	stopper_block_signals();
	if (!world_open(&world, call, STORE_SERVE, true, err))
		return false;
	bool ok = demo_make(call, &world, err) && serve_until_stopped(call, &world, err);
	world_close(&world);
	return ok;
}

static const struct option options[] = {
	{ "demo", NULL, "Make the demo workspace when there is none." },
	{ "print-login-link", NULL,
	  "Print a login link for the owner even when this is no terminal." },
};

const struct command cmd_serve = {
	.name = "serve",
	.summary = "Run the server",
	.usage = "[--demo] [SETTINGS]",
	.details = "Ctrl-C or SIGTERM stops it: what is in flight is finished first.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_ALL,
	.run = serve,
};
