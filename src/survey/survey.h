/* survey/survey.h - a survey: whose brand, which kind, in which state, and its versions.
 *
 * A survey has a slug, unique in its workspace, that never changes, and a public slug, unique on the server, for
 * /s/{slug}. Its definition may change at any time: in a draft it is replaced; afterwards each change makes a new
 * version, and the old ones stay readable beside their answers. Beside the published version stands a working draft
 * (survey/draft.h).
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

/* May somebody answer now? The first that says no is the reason. */
#define SURVEY_DOORS(X)                                                        \
	X(SURVEY_OPEN, "open")                                                 \
	X(SURVEY_DELETED, "deleted")                                           \
	X(SURVEY_ARCHIVED, "archived")                                         \
	X(SURVEY_UNPUBLISHED, "unpublished")                                   \
	X(SURVEY_ENDED, "closed") /* by hand, or its time is over */           \
	X(SURVEY_FULL, "full")    /* it has the answers that it was to take */ \
	X(SURVEY_RESTS, "paused")                                              \
	X(SURVEY_TOO_EARLY, "early") /* it opens later */

#define SURVEY_DOOR_ENUM(door, name) door,
enum survey_door { SURVEY_DOORS(SURVEY_DOOR_ENUM) };
#undef SURVEY_DOOR_ENUM

#define SURVEY_ANSWERS_MAX INT64_C(10000000)
/* How long a survey lies in the bin before it may be purged. */
#define SURVEY_BIN_DAYS 30

struct survey {
	int64_t workspace, id;
	Str slug, public_slug, name;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str brand, touchpoint;           /* the brand's name, the touchpoint's code or at NULL */
	enum survey_kind kind;
	enum survey_state state;
	int version; /* the newest */
	int64_t created_at, updated_at;
	int64_t revision;                /* counts what was saved of its drafts */
	int64_t draft_revision;          /* 0: nothing differs from what is published */
	int64_t opens_at, closes_at;     /* 0: at once, never */
	int64_t max_answers;             /* 0: as many as come */
	int64_t taken;                   /* of them, while there is a limit */
	int64_t archived_at, deleted_at; /* 0: not */
	int64_t gating_at;               /* 0: no owner took note of review gating */
	Str gating_by;
};

enum survey_door survey_door(const struct survey *s, int64_t now);
const char *survey_door_name(enum survey_door door);

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
	Str slug; /* only when creating; not given, it is made from the name and is one that is free */
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

/* In a unit: writes all that may change of it, but not `taken`. */
MUST_USE bool survey_update(struct db_tx *tx, struct survey *s, struct err *err);
/* In a unit: an answer begins to count. *taken is false, without a write, when the survey has all it was to take. */
MUST_USE bool survey_take_place(struct db_tx *tx, const struct survey *s, bool *taken,
                                struct err *err);
/* In a unit: makes `definition` what respondents see from now on. What somebody may have seen gets a new version, and a
 * changed scale a note on the trend. ERR_INVALID when it asks some groups only for a public review and no owner took
 * note of that. Sets s->version; the caller writes the survey. */
MUST_USE bool survey_reword(struct db_tx *tx, struct survey *s, Str before, Str definition,
                            Str actor, struct err *err);

/* In a unit: the same refusal for a definition that goes live. */
MUST_USE bool survey_check_gate(struct db_tx *tx, struct survey *s, Str definition,
                                struct err *err);
/* Has anybody answered, in whatever state the answer is? */
MUST_USE bool survey_is_answered(struct db *db, int64_t workspace, int64_t id, bool *out,
                                 struct err *err);
/* Is an answer of it in a figure? A test that somebody made of their own survey is not. */
MUST_USE bool survey_is_counted(struct db *db, int64_t workspace, int64_t id, bool *out,
                                struct err *err);

struct survey_state_input {
	int64_t id;
	enum survey_state state;
	bool as_published; /* going live: the draft stays one */
	bool has_revision;
	int64_t
	    revision; /* going live: what the caller saw of the draft; ERR_CONFLICT when it changed since */
	Str actor; /* for the audit log; at NULL: the command line */
	struct arena *arena;
	struct survey survey; /* result */
};

/* A unit's function; input is a struct survey_state_input. ERR_CONFLICT when survey_may_become says no. Going live publishes
 * the draft; as_published it is ERR_CONFLICT when nothing was. */
bool survey_set_state(struct db_tx *tx, void *input, struct err *err);

/* What a new workspace starts with: the journey, a brand and the key that signs its links. */
struct survey_seed {
	Str brand; /* checked: brand_input_check */
	Str brand_folded;
	unsigned char link_secret[32]; /* random */
	bool german;                   /* the journey's steps begin with German names */
	Str actor;                     /* for the audit log; at NULL: the command line */
};

/* Called by the unit that makes the workspace, after the workspace row. */
bool survey_seed_workspace(struct db_tx *tx, const struct survey_seed *seed, struct err *err);

#endif
