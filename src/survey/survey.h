/* survey/survey.h - a survey: whose brand, which kind, in which state, and its versions.
 *
 * A survey has a slug, unique in its workspace, that never changes, and a public slug, unique on the server, for
 * /s/{slug}. Its definition may change at any time: in a draft it is replaced; afterwards each change makes a new
 * version, and the old ones stay readable beside their answers.
 * Functions that take a struct db_tx are units (db/unit.h) or called by one.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include "db/unit.h"

#define SURVEY_NAME_MAX 120
#define SURVEY_SLUG_MAX 64

/* Numbers are stored: never renumber. */
#define SURVEY_KINDS(X)                           \
	X(SURVEY_RELATIONSHIP, 1, "relationship") \
	X(SURVEY_TRANSACTIONAL, 2, "transactional")

/* Draft: not yet open to anybody. Paused: takes no answers for now. Closed: for good. */
#define SURVEY_STATES(X)              \
	X(SURVEY_DRAFT, 1, "draft")   \
	X(SURVEY_LIVE, 2, "live")     \
	X(SURVEY_PAUSED, 3, "paused") \
	X(SURVEY_CLOSED, 4, "closed")

#define SURVEY_ENUM(kind, number, name) kind = number,
enum survey_kind { SURVEY_KINDS(SURVEY_ENUM) };
enum survey_state { SURVEY_STATES(SURVEY_ENUM) };
#undef SURVEY_ENUM

const char *survey_kind_name(enum survey_kind kind);
bool survey_kind_find(Str name, enum survey_kind *out);
const char *survey_state_name(enum survey_state state);
/* draft -> live; live <-> paused; live, paused -> closed; closed -> live (reopened). */
bool survey_may_become(enum survey_state from, enum survey_state to);

struct survey {
	int64_t workspace, id;
	Str slug, public_slug, name;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str brand, touchpoint;           /* the brand's name, the touchpoint's code or at NULL */
	enum survey_kind kind;
	enum survey_state state;
	int version; /* the newest */
	int64_t created_at, updated_at;
};

/* ERR_NOT_FOUND. */
MUST_USE bool survey_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                          struct survey *out, struct err *err);
/* By the workspace's own slug. */
MUST_USE bool survey_find_by_slug(struct db *db, struct arena *a, int64_t workspace, Str slug,
                                  bool *found, struct survey *out, struct err *err);
/* By the public slug of /s/{slug}, which also tells the workspace. `db` must be bound to none. */
MUST_USE bool survey_find_public(struct db *db, struct arena *a, Str public_slug, bool *found,
                                 struct survey *out, struct err *err);
/* All, newest first; there are few. */
MUST_USE bool survey_list(struct db *db, struct arena *a, int64_t workspace, struct survey **out,
                          size_t *count, struct err *err);
/* The canonical definition of a version (0: the newest); ERR_NOT_FOUND. */
MUST_USE bool survey_definition(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                                int version, Str *json, struct err *err);

bool survey_slug_is_valid(Str slug); /* [a-z0-9-], 1..64, no '-' at the ends */
/* "Über uns: 2026!" -> "uber-uns-2026"; "survey" when nothing is left. */
Str survey_slug_of(struct arena *a, Str name);

/* Create (id 0) or change. What is not given stays, or takes the default: brand the workspace's first, kind
 * relationship, slug from the name, definition "{}", state draft. */
struct survey_input {
	int64_t id;
	Str slug; /* only when creating */
	Str name;
	int64_t brand_id;
	enum survey_kind kind; /* 0: not given */
	Str touchpoint;        /* code; needed by and only for a transactional survey */
	Str definition;        /* canonical text, from definition_write */
	bool live;             /* created live instead of draft */
	Str actor;             /* for the audit log; at NULL: the command line */
	Str team_scope;        /* what the survey must lie in before and after; at NULL: anything */
	bool may_exist;        /* creating: one with this slug is the result, unchanged */
	struct arena *arena;   /* of the result */
	struct survey survey;  /* result */
	Str definition_now;    /* result */
	bool created;          /* result */
};

/* A unit's function; input is a struct survey_input. */
bool survey_save(struct db_tx *tx, void *input, struct err *err);

struct survey_state_input {
	int64_t id;
	enum survey_state state;
	Str actor; /* for the audit log; at NULL: the command line */
	struct arena *arena;
	struct survey survey; /* result */
};

/* A unit's function; input is a struct survey_state_input. ERR_CONFLICT when survey_may_become says no. */
bool survey_set_state(struct db_tx *tx, void *input, struct err *err);

/* What a new workspace starts with: the journey, a brand and the key that signs its links. */
struct survey_seed {
	Str brand; /* checked: brand_input_check */
	Str brand_folded;
	unsigned char link_secret[32]; /* random */
};

/* Called by the unit that makes the workspace, after the workspace row. */
bool survey_seed_workspace(struct db_tx *tx, const struct survey_seed *seed, struct err *err);

#endif
