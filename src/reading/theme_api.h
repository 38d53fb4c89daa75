/* reading/theme_api.h - themes over HTTP: list, turn on and off, rename, join, bring own ones. Room: struct reading_room.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_THEME_API_H
#define READING_THEME_API_H

#include "base/json.h"
#include "net/route.h"

/* A model or list that comes with Heed. */
struct reading_model {
	Str name, licence;
	int64_t bytes; /* 0: it is not there */
};
#define READING_MODELS 4

struct reading_room {
	Str taxonomy; /* the one that ships; outlives the routes */
	struct reading_model models[READING_MODELS];
};

/* A name of a theme, without spaces around. ERR_INVALID. */
MUST_USE bool theme_name_read(JsonRef ref, Str *out, struct err *err);

extern const struct route theme_routes[];
extern const size_t theme_route_count;

#endif
