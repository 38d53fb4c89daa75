/* app/settings.h - every setting there is, in one table, and the values of this process.
 *
 * A value comes from the command line, else the environment (HEED_*), else DATA/heed.conf (lines of `name = value`),
 * else the default. `heed config --explain` prints each with its source. Immutable once loaded.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum setting_type { SETTING_TEXT, SETTING_NUMBER, SETTING_SWITCH };

enum setting_id {
	SETTING_DATA,
	SETTING_DATABASE,
	SETTING_LISTEN,
	SETTING_PUBLIC_URL,
	SETTING_TRUSTED_PROXIES,
	SETTING_WORKERS,
	SETTING_CONNECTIONS,
	SETTING_CONNECTIONS_PER_ADDRESS,
	SETTING_DB_LANES,
	SETTING_BACKUP_KEEP,
	SETTING_UPLOAD_MAX,
	SETTING_CUBE_MEMORY,
	SETTING_LOG_LEVEL,
	SETTING_ALLOW_UNSAFE,
	SETTING_COUNT
};

/* Which of them a command takes: none, those that find the data, or all. */
enum settings_taken { SETTINGS_NONE, SETTINGS_STORE, SETTINGS_ALL };

struct setting {
	enum setting_id id;
	const char *name; /* in heed.conf */
	const char *variable;
	const char *flag;  /* without the dashes */
	const char *value; /* what help calls the value; NULL for a switch */
	enum setting_type type;
	enum settings_taken taken; /* the narrowest group it belongs to */
	const char *fallback;
	int64_t min, max; /* of a number */
	const char *help;
};

extern const struct setting setting_rows[SETTING_COUNT];

enum setting_source { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT, FROM_COMMAND_LINE };

struct setting_value {
	const char *text;
	int64_t number; /* of a number, 0 or 1 of a switch */
	enum setting_source source;
};

struct settings {
	struct setting_value values[SETTING_COUNT];
};

/* `given[id]` is the command line's text, NULL where it says nothing. Texts live in the arena. ERR_INVALID names
 * the setting, where it came from and what it may be. */
MUST_USE bool settings_load(struct arena *a, const char *const given[SETTING_COUNT],
                            struct settings *out, struct err *err);

const char *setting_text(const struct settings *s, enum setting_id id);
int64_t setting_number(const struct settings *s, enum setting_id id);
bool setting_switch(const struct settings *s, enum setting_id id);

/* "command line", "environment (HEED_DATA)" ... in the arena. */
Str setting_source_name(struct arena *a, const struct settings *s, enum setting_id id);

#endif
