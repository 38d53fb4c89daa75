/* account/workspace.h - a workspace: one team's surveys, answers and people, and its settings.
 *
 * Settings are JSON in the row; these are the typed values, defaults where it says nothing. Texts live in the arena
 * given to the call.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_WORKSPACE_H
#define ACCOUNT_WORKSPACE_H

#include "base/json.h"
#include "db/unit.h"

struct zone;

#define WORKSPACE_NAME_MAX      100
#define FRAME_ANCESTORS_MAX     20
#define WORKSPACE_LANGUAGES_MAX 20
#define WORKSPACE_EDIT_DAYS     30
#define WORKSPACE_SETTINGS_MAX  16384

struct workspace_settings {
	int64_t edit_days;         /* how long a personal link may change its answer; 0: an hour */
	bool count_only_after_tap; /* a pre-filled score counts only when tapped */
	size_t frame_ancestor_count;
	Str frame_ancestors[FRAME_ANCESTORS_MAX]; /* origins that may frame survey pages */
	size_t language_count;
	Str languages[WORKSPACE_LANGUAGES_MAX]; /* of new surveys, the first is their own */
};

/* Personal data in what people write (text/personal_data.h). Stored: never renumber.
 *   off         everybody who sees comments sees them as they were written
 *   on_display  masked for everybody but owners, admins and keys of scope admin (feedback/sight.h)
 *   at_rest     the same, and masked before it is written: what comes from now on nobody sees as it was */
#define PERSONAL_MODES(X)                       \
	X(PERSONAL_OFF, 0, "off")               \
	X(PERSONAL_ON_DISPLAY, 1, "on_display") \
	X(PERSONAL_AT_REST, 2, "at_rest")

#define PERSONAL_MODE_ENUM(mode, number, name) mode = number,
enum personal_mode { PERSONAL_MODES(PERSONAL_MODE_ENUM) };
#undef PERSONAL_MODE_ENUM

const char *personal_mode_name(enum personal_mode mode);
bool personal_mode_find(Str name, enum personal_mode *out);

struct workspace {
	int64_t id;
	Str name;
	Str time_zone;  /* IANA name, known to base/zone when it was set */
	int week_start; /* 0 Sunday .. 6 Saturday, as struct civil's weekday */
	bool demo;
	int64_t created_at;
	bool wants_second_step; /* of everybody */
	enum personal_mode personal_data;
	struct workspace_settings settings;
};

/* What a client may set; what is not given stays as it is. */
struct workspace_change {
	Str name, time_zone; /* at NULL: not given */
	bool has_week_start;
	int week_start;
	bool has_second_step, wants_second_step;
	bool has_personal_data;
	enum personal_mode personal_data;
	JsonRef settings; /* members not given stay; checked by workspace_settings_read before */
};

void workspace_settings_default(struct workspace_settings *out);
/* Reads a client's or a row's settings over *out; refuses unknown names and bad values with their path. */
MUST_USE bool workspace_settings_read(JsonRef dict, struct workspace_settings *out,
                                      struct err *err);
void workspace_settings_write(struct json_writer *w, const struct workspace_settings *settings);
/* An origin as CSP's frame-ancestors takes it: scheme://host[:port], or https and a host behind "*.". */
bool workspace_is_origin(Str text);

MUST_USE bool workspace_find(struct db *db, int64_t workspace, struct arena *a,
                             struct workspace *out, struct err *err);
/* The zone that it lives in, in the arena. */
MUST_USE bool workspace_zone(struct db *db, int64_t workspace, struct arena *a,
                             const struct zone **out, struct err *err);
/* By folded name, over all workspaces of this server. ERR_NOT_FOUND names it. */
MUST_USE bool workspace_find_by_name(struct db *db, Str name, struct arena *a,
                                     struct workspace *out, struct err *err);

/* False for a workspace that is not there. */
MUST_USE bool workspace_wants_second_step(struct db *db, int64_t workspace, bool *out,
                                          struct err *err);
/* PERSONAL_OFF for a workspace that is not there. */
MUST_USE bool workspace_personal_mode(struct db *db, int64_t workspace, enum personal_mode *out,
                                      struct err *err);

struct workspace_row {
	int64_t id;
	Str name;
};
MUST_USE bool workspace_list(struct db *db, struct arena *a, struct workspace_row **out,
                             size_t *count, struct err *err);

/* Creation takes two units, as the list of names and a workspace's own rows need not share a machine: reserve (workspace
 * 0) gives the id, fill (that workspace) makes the rows. Of a name that is taken reserve gives the id too, and fill
 * refuses with ERR_CONFLICT before it writes; so a creation that was cut short between them is taken up again. */
struct workspace_new {
	Str name, time_zone;
	int week_start;
	bool demo;
	int64_t id; /* filled by reserve */
};
bool workspace_reserve(struct db_tx *tx, void *workspace_new, struct err *err);
bool workspace_fill(struct db_tx *tx, void *workspace_new, struct err *err);

/* *out's texts live in `a` (or in the change). */
MUST_USE bool workspace_update(struct db_tx *tx, const struct workspace_change *change,
                               struct arena *a, struct workspace *out, struct err *err);

#endif
