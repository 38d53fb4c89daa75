/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "account/server_setting.h"
#include "app/doctor.sql.h"
#include "app/reach.h"
#include "app/world.h"
#include "base/clock.h"
#include "base/zone.h"
#include "db/list.h"
#include "net/listen.h"

#define DISK_LOW   (INT64_C(1) << 30)
#define CLOCK_2025 INT64_C(1735689600000000)

struct checkup {
	struct call *call;
	Str stored_url; /* that the set-up in the browser chose; at NULL: none */
	int troubles;
};

static void report(struct checkup *c, bool fine, const char *what, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static void report(struct checkup *c, bool fine, const char *what, const char *fmt, ...)
{
	va_list args;
	printf("%-8s %-12s ", fine ? "fine" : "TROUBLE", what);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	c->troubles += !fine;
}

static void check_folder(struct checkup *c)
{
	const char *data = setting_text(&c->call->settings, SETTING_DATA);
	struct stat st;
	if (stat(data, &st) != 0)
		report(c, false, "data", "%s: %s", data, strerror(errno));
	else if (!S_ISDIR(st.st_mode))
		report(c, false, "data", "%s is no directory", data);
	else if (st.st_mode & 077)
		report(c, false, "data", "others can look into %s; chmod 700 %s", data, data);
	else if (access(data, R_OK | W_OK | X_OK) != 0)
		report(c, false, "data", "%s belongs to somebody else: %s", data, strerror(errno));
	else
		report(c, true, "data", "%s, for this user alone", data);
}

static void check_disk(struct checkup *c)
{
	const char *data = setting_text(&c->call->settings, SETTING_DATA);
	struct statvfs fs;
	if (statvfs(data, &fs) != 0) {
		report(c, false, "disk", "%s: %s", data, strerror(errno));
		return;
	}
	int64_t left = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	report(c, left >= DISK_LOW, "disk", "%" PRId64 " MiB free%s", left >> 20,
	       left >= DISK_LOW ? "" : "; below 1 GiB answers may soon be refused");
}

static bool read_line(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(Str *)out = db_text(rows, 0, a);
	return true;
}

static bool check_integrity(struct checkup *c, struct db *db, struct err *err)
{
	struct arena *a = c->call->arena;
	void *items;
	size_t count;
	Str server;
	bool found;
	if (!db_one(db, &sql_doctor_server, DB_NO_ARGS, read_line, &server, a, &found, err) ||
	    !db_list(db, &sql_doctor_integrity, DB_NO_ARGS, read_line, sizeof(Str), a, &items,
	             &count, err))
		return false;
	Str *lines = items;
	if (count == 1 && str_eq(lines[0], STR("ok")))
		report(c, true, "database", "%.*s, whole", STR_FMT(server));
	else
		for (size_t i = 0; i < count; i++)
			report(c, false, "database", "%.*s", STR_FMT(lines[i]));
	return true;
}

static void check_database(struct checkup *c)
{
	struct world world;
	struct err err = { 0 };
	struct db *db;
	if (!world_open(&world, c->call, STORE_COMMAND, false, &err)) {
		report(c, false, "database", "%s", err.msg);
		return;
	}
	bool ok = store_reader_open(world.store, &db, &err);
	if (ok) {
		ok = check_integrity(c, db, &err) &&
		     server_setting_find(db, SERVER_PUBLIC_URL, c->call->arena, &c->stored_url,
		                         &err);
		store_reader_close(world.store, db);
	}
	if (!ok)
		report(c, false, "database", "%s", err.msg);
	world_close(&world);
}

/* A setting, else what the set-up stored; then the way there. */
static void check_url(struct checkup *c)
{
	const char *setting = setting_text(&c->call->settings, SETTING_PUBLIC_URL);
	Str url = setting[0] || !c->stored_url.at ? str_of(setting) : c->stored_url;
	struct origin origin;
	struct err err;
	if (!origin_parse(c->call->arena, url, &origin, &err))
		report(c, false, "public URL", "%s", err.msg);
	else if (!url.len)
		report(c, true, "public URL", "not set: only this machine can use Heed");
	else if (!origin.https && host_is_loopback(origin.host))
		report(c, true, "public URL", "%.*s: only this machine can use Heed",
		       STR_FMT(origin.text));
	else if (!origin.https)
		report(c, false, "public URL", "%.*s is not https: nobody can sign in",
		       STR_FMT(origin.text));
	else if (!reach_check(c->call->arena, &origin, &err))
		report(c, false, "public URL", "%.*s: %s", STR_FMT(origin.text), err.msg);
	else
		report(c, true, "public URL",
		       "%.*s, reached, with a certificate that browsers take",
		       STR_FMT(origin.text));
}

static void check_clock(struct checkup *c)
{
	struct timex tx = { 0 };
	char now[32];
	int64_t at = clock_now(c->call->clock);
	time_write(at, now);
	if (at < CLOCK_2025)
		report(c, false, "clock", "it is not %s; set the clock", now);
	else if (adjtimex(&tx) == TIME_ERROR)
		report(c, true, "clock", "%s; nothing keeps it right (no time service seen)", now);
	else
		report(c, true, "clock", "%s, kept right by a time service", now);
}

static void check_port(struct checkup *c)
{
	const char *where = setting_text(&c->call->settings, SETTING_LISTEN);
	struct listening listening;
	struct err err;
	if (listen_open(str_of(where), &listening, &err)) {
		close(listening.fd);
		report(c, true, "port", "%s is free", where);
	} else if (err.kind == ERR_BUSY)
		report(c, true, "port", "%s is taken, as it is while Heed runs", where);
	else
		report(c, false, "port", "%s", err.msg);
}

static bool doctor(struct call *call, struct err *err)
{
	struct checkup c = { .call = call };
	(void)err;
	check_folder(&c);
	check_disk(&c);
	check_database(&c);
	check_url(&c);
	check_clock(&c);
	check_port(&c);
	call->exit_code = c.troubles ? 1 : 0;
	return true;
}

const struct command cmd_doctor = {
	.name = "doctor",
	.summary = "Look for what is wrong with this installation",
	.usage = "[SETTINGS]",
	.details = "Checks the data directory, the disk, the database page by page, the\n"
		   "public URL, the clock and the port. Changes nothing, and may run\n"
		   "beside the server.",
	.settings = SETTINGS_ALL,
	.exits = "  1 something needs attention",
	.run = doctor,
};
