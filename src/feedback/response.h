/* feedback/response.h - one answer of one respondent, as it is now, and what it was before.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_RESPONSE_H
#define FEEDBACK_RESPONSE_H

#include "base/clock.h"
#include "db/unit.h"
#include "text/transcript.h"

#define RESPONSE_COMMENT_MAX (40u * 1024) /* bytes: 10,000 characters of any script */

/* Stored: never renumber. Partial and complete count when they have a score; the others never do.
 *   partial      a score without a comment, or a comment without a score
 *   complete     both
 *   dismissed    shown and closed without either
 *   unconfirmed  no proof of a person behind it: state_reason says what was seen
 *   excluded     taken out by hand: state_reason is the given reason
 *   test         a preview of our own
 *   deleted      in the bin since deleted_at, for RESPONSE_BIN at most */
#define RESPONSE_STATES(X)                        \
	X(RESPONSE_PARTIAL, 1, "partial")         \
	X(RESPONSE_COMPLETE, 2, "complete")       \
	X(RESPONSE_DISMISSED, 3, "dismissed")     \
	X(RESPONSE_UNCONFIRMED, 4, "unconfirmed") \
	X(RESPONSE_EXCLUDED, 5, "excluded")       \
	X(RESPONSE_TEST, 6, "test")               \
	X(RESPONSE_DELETED, 7, "deleted")

#define RESPONSE_ENUM(kind, number, name) kind = number,
enum response_state { RESPONSE_STATES(RESPONSE_ENUM) };
#undef RESPONSE_ENUM

#define SCORE_NONE (-1)
/* How long an answer stays in the bin. */
#define RESPONSE_BIN (30 * CLOCK_DAY)

const char *response_state_name(enum response_state state);
bool response_state_find(Str name, enum response_state *out);
/* Partial, complete or dismissed, from what was given. */
enum response_state response_state_of(int score, Str comment);
struct response;
/* The same of a whole answer: one to a further question makes it partial too. */
enum response_state response_state_by_values(const struct response *r);
bool response_counts(enum response_state state, int score);

struct response {
	int64_t workspace, id, survey_id;
	int version;                                  /* of the survey, as the respondent saw it */
	int64_t person_id, account_id, invitation_id; /* 0: none */
	enum response_state state;
	Str state_reason;            /* at NULL: none */
	int score;                   /* 0..10 or SCORE_NONE */
	Str comment, comment_folded; /* at NULL: none */
	Str answers;                 /* canonical JSON, "{}": none */
	Str language;                /* tag, "": unknown */
	Str channel;                 /* "api", "web", "link", "import" ... */
	Str properties;              /* canonical JSON */
	Str source;                  /* who brought it: "api", "page", a file's name ... */
	Str capture_key;             /* at NULL: none */
	int64_t import_id;           /* 0: none */
	Str import_key;              /* bytes; at NULL: none */
	int64_t created_at, updated_at, submitted_at;
	int64_t first_scored_at; /* of the first score that counted; 0: none did yet */
	int64_t completed_at;    /* 0: not yet */
	bool time_clamped;
	int edits;
	int64_t deleted_at; /* 0: not in the bin */
	bool starred;
	struct transcript_told told; /* what somebody said of the comment */
};

/* One state that a later one replaced. */
struct response_past {
	int seq;    /* from 1 */
	int64_t at; /* when it was replaced */
	Str actor;  /* who replaced it: "respondent", "api", a user's or key's name */
	enum response_state state;
	Str state_reason;
	int score;
	Str comment, answers;
};

/* ERR_NOT_FOUND. */
MUST_USE bool response_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                            struct response *out, struct err *err);
MUST_USE bool response_find_by_invitation(struct db *db, struct arena *a, int64_t workspace,
                                          int64_t invitation, bool *found, struct response *out,
                                          struct err *err);
MUST_USE bool response_find_by_capture_key(struct db *db, struct arena *a, int64_t workspace,
                                           int64_t survey, Str key, bool *found,
                                           struct response *out, struct err *err);
/* Of whatever state, in short pages: for who goes through all of them. */
MUST_USE bool response_count(struct db *db, int64_t workspace, int64_t *out, struct err *err);
/* Oldest first. */
MUST_USE bool response_past(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                            struct response_past **out, size_t *count, struct err *err);

/* In a unit. Stores it with the id it has; *inserted is false, without a write, when a row with its id, invitation,
 * capture key or import key is there. comment_folded must be set when comment is. Notes CHANGE_RESPONSE_NEW. */
MUST_USE bool response_insert(struct db_tx *tx, const struct response *r, bool *inserted,
                              struct err *err);
/* In a unit: writes `past` to the history and the mutable columns of `now`. Notes CHANGE_RESPONSE. */
MUST_USE bool response_replace(struct db_tx *tx, const struct response *past,
                               const struct response *now, Str actor, struct err *err);

MUST_USE bool response_set_star(struct db_tx *tx, int64_t id, bool starred, struct err *err);
/* In a unit: for good, with all that hangs on it. */
MUST_USE bool response_remove(struct db_tx *tx, int64_t id, struct err *err);

/* With texts of its own in the arena. */
struct response response_copy(struct arena *a, const struct response *r);

/* Reads the columns that every statement of response.sql lists in the same order. For figures' own statements: see
 * RESPONSE_COLUMNS at the top of response.sql. */
bool response_row(struct db_rows *rows, void *out, struct arena *a, struct err *err);
/* Of the columns transcript and customer_labels. */
struct transcript_told response_told(const struct db_rows *rows, int transcript, int labels,
                                     struct arena *a);

#endif
