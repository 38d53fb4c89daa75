/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/suggest.h"
#include "base/die.h"
#include "base/utf8.h"

#define CONF_MAX 65536

const struct setting setting_rows[SETTING_COUNT] = {
	{ SETTING_DATA, "data", "HEED_DATA", "data", "DIR", SETTING_TEXT, SETTINGS_STORE, "./data",
	  0, 0, "Where the database, backups and heed.conf are." },
	{ SETTING_DATABASE, "database", "HEED_DATABASE", "database", "CONNINFO", SETTING_TEXT,
	  SETTINGS_STORE, "", 0, 0,
	  "A PostgreSQL server, as a libpq conninfo or postgres:// address. Empty: DATA/heed.db." },
	{ SETTING_LISTEN, "listen", "HEED_LISTEN", "listen", "ADDRESS:PORT", SETTING_TEXT,
	  SETTINGS_ALL, "127.0.0.1:8080", 0, 0,
	  "Where the server listens. \":8080\" is every address, port 0 any free one." },
	{ SETTING_PUBLIC_URL, "public_url", "HEED_PUBLIC_URL", "public-url", "URL", SETTING_TEXT,
	  SETTINGS_STORE, "", 0, 0,
	  "How people reach this server, such as https://heed.example.com. Empty: "
	  "http://localhost:PORT." },
	{ SETTING_TRUSTED_PROXIES, "trusted_proxies", "HEED_TRUSTED_PROXIES", "trusted-proxies",
	  "ADDRESSES", SETTING_TEXT, SETTINGS_ALL, "", 0, 0,
	  "Addresses or CIDR ranges, comma separated, whose X-Forwarded-For is believed." },
	{ SETTING_WORKERS, "workers", "HEED_WORKERS", "workers", "N", SETTING_NUMBER, SETTINGS_ALL,
	  "0", 0, 256, "Threads that run requests. 0: cores + 2." },
	{ SETTING_CONNECTIONS, "connections", "HEED_CONNECTIONS", "connections", "N",
	  SETTING_NUMBER, SETTINGS_ALL, "4096", 16, 1000000, "Connections at a time." },
	{ SETTING_CONNECTIONS_PER_ADDRESS, "connections_per_address",
	  "HEED_CONNECTIONS_PER_ADDRESS", "connections-per-address", "N", SETTING_NUMBER,
	  SETTINGS_ALL, "0", 0, 1000000,
	  "Connections at a time from one address. 0: 1024 from this machine, 64 from elsewhere." },
	{ SETTING_DB_LANES, "db_lanes", "HEED_DB_LANES", "db-lanes", "N", SETTING_NUMBER,
	  SETTINGS_ALL, "4", 1, 64, "Writing connections to PostgreSQL." },
	{ SETTING_BACKUP_KEEP, "backup_keep", "HEED_BACKUP_KEEP", "backup-keep", "N",
	  SETTING_NUMBER, SETTINGS_ALL, "7", 0, 1000,
	  "How many nightly backups are kept. 0: none is made." },
	{ SETTING_UPLOAD_MAX, "upload_max", "HEED_UPLOAD_MAX", "upload-max", "MIB", SETTING_NUMBER,
	  SETTINGS_ALL, "1024", 1, 1048576,
	  "Largest file that may be sent for an import, in MiB." },
	{ SETTING_CUBE_MEMORY, "cube_memory", "HEED_CUBE_MEMORY", "cube-memory", "MIB",
	  SETTING_NUMBER, SETTINGS_ALL, "0", 0, 16777216,
	  "Memory for the answers of all workspaces that are asked about, in MiB. 0: a quarter of "
	  "the machine's, or of what its container may use." },
	{ SETTING_LOG_LEVEL, "log_level", "HEED_LOG_LEVEL", "log-level", "LEVEL", SETTING_TEXT,
	  SETTINGS_STORE, "info", 0, 0,
	  "What is logged: debug, info, warning or error and above." },
	{ SETTING_ALLOW_UNSAFE, "allow_unsafe", "HEED_ALLOW_UNSAFE", "allow-unsafe", NULL,
	  SETTING_SWITCH, SETTINGS_STORE, "0", 0, 1,
	  "Work with a PostgreSQL server that may lose what it acknowledged (fsync off and the "
	  "like)." },
};

/* One place a value can come from, for the sentence of an error. */
static bool value_set(struct settings *s, const struct setting *row, const char *text,
                      enum setting_source source, struct err *err)
{
	struct setting_value value = { .text = text, .source = source };
	const char *name = source == FROM_COMMAND_LINE  ? row->flag
	                   : source == FROM_ENVIRONMENT ? row->variable
	                                                : row->name;
	const char *dashes = source == FROM_COMMAND_LINE ? "--" : "";
	if (!utf8_is_valid(str_of(text)))
		return err_set(err, ERR_INVALID, "%s%s must be UTF-8", dashes, name);
	switch (row->type) {
	case SETTING_TEXT:
		break;
	case SETTING_NUMBER:
		if (!str_to_i64(str_of(text), &value.number) || value.number < row->min ||
		    value.number > row->max)
			return err_set(err, ERR_INVALID,
			               "%s%s is \"%s\"; it must be a number from %" PRId64
			               " to %" PRId64,
			               dashes, name, text, row->min, row->max);
		break;
	case SETTING_SWITCH:
		value.number = !strcmp(text, "1") || !strcmp(text, "yes") || !strcmp(text, "true");
		if (!value.number && strcmp(text, "0") && strcmp(text, "no") &&
		    strcmp(text, "false"))
			return err_set(err, ERR_INVALID, "%s%s is \"%s\"; it must be yes or no",
			               dashes, name, text);
		break;
	}
	s->values[row->id] = value;
	return true;
}

static const struct setting *row_by_name(Str name)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (str_eq(str_of(setting_rows[i].name), name))
			return &setting_rows[i];
	return NULL;
}

static bool unknown_name(struct arena *a, const char *path, int line, Str name, struct err *err)
{
	const char *names[SETTING_COUNT];
	for (size_t i = 0; i < SETTING_COUNT; i++)
		names[i] = setting_rows[i].name;
	const char *near = suggest(str_copy_c(a, name), names, SETTING_COUNT);
	return err_set(err, ERR_INVALID, "%s:%d: there is no setting \"%.*s\"%s%s%s", path, line,
	               STR_FMT(name), near ? "; did you mean " : "", near ? near : "",
	               near ? "?" : "");
}

static bool conf_line(struct arena *a, const char *path, int line, Str text, struct settings *s,
                      struct err *err)
{
	text = str_trim(text);
	if (text.len == 0 || text.at[0] == '#')
		return true;
	size_t equals = str_find_char(text, '=', 0);
	if (equals == SIZE_MAX)
		return err_set(err, ERR_INVALID, "%s:%d: expected a line \"name = value\"", path,
		               line);
	Str name = str_trim(str_slice(text, 0, equals));
	const struct setting *row = row_by_name(name);
	if (row == NULL)
		return unknown_name(a, path, line, name, err);
	if (row->id == SETTING_DATA)
		return err_set(err, ERR_INVALID,
		               "%s:%d: the data directory cannot be set by a file inside it", path,
		               line);
	const char *value = str_copy_c(a, str_trim(str_from(text, equals + 1)));
	if (!value_set(s, row, value, FROM_FILE, err))
		return err_prefix(err, "%s:%d", path, line);
	return true;
}

/* A missing file is an empty one. */
static bool file_text(struct arena *a, const char *path, Str *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		*out = STR("");
		return true;
	}
	if (fd < 0)
		return err_set(err, ERR_IO, "cannot read %s: %s", path, strerror(errno));
	char *at = arena_alloc(a, CONF_MAX);
	size_t len = 0;
	ssize_t got;
	while (len < CONF_MAX && (got = read(fd, at + len, CONF_MAX - len)) > 0)
		len += (size_t)got;
	close(fd);
	if (len == CONF_MAX)
		return err_set(err, ERR_INVALID, "%s is larger than %d bytes", path, CONF_MAX - 1);
	*out = (Str){ at, len };
	return true;
}

static bool file_load(struct arena *a, struct settings *s, struct err *err)
{
	const char *path =
	    str_copy_c(a, str_printf(a, "%s/heed.conf", setting_text(s, SETTING_DATA)));
	Str rest, line;
	if (!file_text(a, path, &rest, err))
		return false;
	for (int number = 1; str_cut(&rest, '\n', &line); number++)
		if (!conf_line(a, path, number, line, s, err))
			return false;
	return true;
}

/* The environment and the command line, over what is there. */
static bool outside_set(const struct setting *row, const char *given, struct settings *s,
                        struct err *err)
{
	const char *variable = getenv(row->variable);
	if (variable && variable[0] && !value_set(s, row, variable, FROM_ENVIRONMENT, err))
		return false;
	return given == NULL || value_set(s, row, given, FROM_COMMAND_LINE, err);
}

bool settings_load(struct arena *a, const char *const given[SETTING_COUNT], struct settings *out,
                   struct err *err)
{
	struct settings s;
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		MUST(setting_rows[i].id == i);
		if (!value_set(&s, &setting_rows[i], setting_rows[i].fallback, FROM_DEFAULT, err))
			return false;
	}
	if (!outside_set(&setting_rows[SETTING_DATA], given[SETTING_DATA], &s, err) ||
	    !file_load(a, &s, err))
		return false;
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (!outside_set(&setting_rows[i], given[i], &s, err))
			return false;
	*out = s;
	return true;
}

const char *setting_text(const struct settings *s, enum setting_id id)
{
	return s->values[id].text;
}

int64_t setting_number(const struct settings *s, enum setting_id id)
{
	MUST(setting_rows[id].type == SETTING_NUMBER);
	return s->values[id].number;
}

bool setting_switch(const struct settings *s, enum setting_id id)
{
	MUST(setting_rows[id].type == SETTING_SWITCH);
	return s->values[id].number != 0;
}

Str setting_source_name(struct arena *a, const struct settings *s, enum setting_id id)
{
	switch (s->values[id].source) {
	case FROM_DEFAULT:
		return STR("default");
	case FROM_FILE:
		return str_printf(a, "%s/heed.conf", setting_text(s, SETTING_DATA));
	case FROM_ENVIRONMENT:
		return str_printf(a, "environment, %s", setting_rows[id].variable);
	case FROM_COMMAND_LINE:
		return str_printf(a, "command line, --%s", setting_rows[id].flag);
	}
	UNREACHABLE();
}
