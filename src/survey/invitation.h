/* survey/invitation.h - one person asked once: what a personal link /r/{token} stands for.
 *
 * Its state is checked in apply, whatever a token or an earlier read says. One invitation has at most one answer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_INVITATION_H
#define SURVEY_INVITATION_H

#include "account/idempotency.h"
#include "people/person.h"

/* Stored: never renumber. */
#define INVITATION_STATES(X)                  \
	X(INVITATION_OPEN, 1, "open")         \
	X(INVITATION_ANSWERED, 2, "answered") \
	X(INVITATION_REVOKED, 3, "revoked")

#define INVITATION_ENUM(kind, number, name) kind = number,
enum invitation_state { INVITATION_STATES(INVITATION_ENUM) };
#undef INVITATION_ENUM

#define INVITATION_DAYS_DEFAULT 90
#define INVITATION_DAYS_MAX     3650

const char *invitation_state_name(enum invitation_state state);

struct invitation {
	int64_t id, survey_id, person_id; /* person 0: none */
	Str channel;                      /* "link", "email" ... */
	Str properties;                   /* canonical; become the answer's */
	enum invitation_state state;
	int64_t created_at, expires_at, revoked_at;
};

/* ERR_NOT_FOUND. */
MUST_USE bool invitation_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                              struct invitation *out, struct err *err);

/* In a unit: notes what became of it. */
MUST_USE bool invitation_set_state(struct db_tx *tx, int64_t id, enum invitation_state state,
                                   struct err *err);

struct invitation_input {
	struct idempotency idempotency; /* zero: none */
	Str survey;                     /* slug */
	struct person_ref person;       /* may be nobody */
	Str channel, properties;
	int64_t expires_at;
	struct arena *arena;
	struct invitation invitation; /* result */
	bool replayed;                /* result: made by an earlier request with this key */
};

/* A unit's function: makes one. input is a struct invitation_input. The token comes from link_mint afterwards. */
bool invitation_make(struct db_tx *tx, void *input, struct err *err);

struct invitation_new {
	int64_t survey_id;
	const struct person_ref *who;
	Str channel, properties; /* properties at NULL: none */
	int64_t expires_at;
	int64_t
	    keep_since; /* a link of this person that was made since then is given again; 0: never */
};

/* In a unit: makes one, or finds the newest that is to be kept. Only id and expires_at of *out are filled. */
MUST_USE bool invitation_give(struct db_tx *tx, const struct invitation_new *in,
                              struct invitation *out, struct err *err);

/* In a unit: takes the next personal links of this person from it, `max` at most, and revokes them: what is known of them
 * goes, that they were made stays. *count is how many there were. */
MUST_USE bool invitation_forget(struct db_tx *tx, int64_t person, size_t max, size_t *count,
                                struct err *err);

struct invitation_revoke_input {
	int64_t id;
	struct arena *arena;
	struct invitation invitation; /* result */
};

/* A unit's function: revokes; again is no error. An answer that came before stays. */
bool invitation_revoke(struct db_tx *tx, void *input, struct err *err);

#endif
