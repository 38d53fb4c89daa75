/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <libpq-fe.h>
#include <microhttpd.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

#include "app/version.h"

static bool version(struct call *call, struct err *err)
{
	(void)err;
	printf("heed %s\n", HEED_VERSION);
	if (!option_is_set(call, "all"))
		return true;
	int libpq = PQlibVersion();
	printf("SQLite %s\nlibpq %d.%d\nlibmicrohttpd %s\nlibsodium %s\n", sqlite3_libversion(),
	       libpq / 10000, libpq % 10000, MHD_get_version(), sodium_version_string());
	return true;
}

static const struct option options[] = {
	{ "all", NULL, "The libraries too." },
};

const struct command cmd_version = {
	.name = "version",
	.summary = "Print which Heed this is",
	.usage = "[--all]",
	COMMAND_OPTIONS(options),
	.run = version,
};
