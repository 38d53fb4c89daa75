/* people/person.h - one customer, known by addresses and ids.
 *
 * A person is found or made inside a unit by what came along: external id first, then email, then phone. What is new
 * is added to the person found. When external id and email belong to two different persons nothing is merged: the
 * external id's person is taken and the email stays where it is. A role address (info@, support@ ...) identifies
 * nobody beside an external id, and never makes two persons one.
 * Merging is a pointer: canonical_id of the one merged away; rows never move, undoing clears the pointer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef PEOPLE_PERSON_H
#define PEOPLE_PERSON_H

#include "base/json.h"
#include "db/unit.h"

struct caller;

/* Stored: never renumber. */
enum identity_kind { IDENTITY_EMAIL = 1, IDENTITY_EXTERNAL_ID = 2, IDENTITY_PHONE = 3 };

#define PERSON_TEXT_MAX 256 /* bytes of a name, an address or an id */

struct identity {
	enum identity_kind kind;
	Str value; /* folded: what is compared */
	Str typed; /* as given: what is shown and written to */
};

/* Who an answer is from, checked and folded by person_ref_check. Zero is nobody. */
struct person_ref {
	struct identity email, external_id, phone; /* value.at NULL: not given */
	Str name;                                  /* at NULL: not given */
	Str account;                               /* external id of the account; at NULL: none */
	Str traits;        /* canonical (people/properties.h); at NULL: none */
	bool role_address; /* the email is one */
};

struct person {
	int64_t id, canonical_id, account_id, import_id; /* 0: none */
	Str name;                                        /* at NULL: unknown */
	Str traits;
	int64_t created_at, updated_at;
};

struct account_name {
	Str external_id, name;
};

struct person_input {
	Str email, external_id, phone, name, account; /* as typed; at NULL or empty: not given */
	Str traits;                                   /* canonical, or at NULL */
};

/* Folds and checks, on a worker or in a tool: never in apply. Errors name the field: "/email". */
MUST_USE bool person_ref_check(struct arena *a, const struct person_input *in,
                               struct person_ref *out, struct err *err);
/* The same from JSON: {"email", "phone", "external_id", "name", "account", "traits"}, all optional. Errors carry the
 * JSON pointer. Not given is nobody. */
MUST_USE bool person_ref_read(struct arena *a, JsonRef ref, struct person_ref *out,
                              struct err *err);
bool person_ref_is_given(const struct person_ref *ref);
/* May who asks say whose something is? ERR_DENIED when somebody is given and names are hidden from the caller: what came
 * back would tell which answers are that person's. */
MUST_USE bool person_ref_allowed(const struct caller *caller, const struct person_ref *ref,
                                 struct err *err);

/* In a unit: finds or makes the person and keeps what is new about it. `import_id` (0: none) marks a person that is
 * made here, so that undoing an import can take it back. *out is the canonical person, with traits merged. */
MUST_USE bool person_upsert(struct db_tx *tx, const struct person_ref *ref, int64_t import_id,
                            struct person *out, struct err *err);
/* In a unit: whom person_upsert would find; id 0 when it would make somebody, or nobody is given. */
MUST_USE bool person_meant(struct db_tx *tx, const struct person_ref *ref, struct person *out,
                           struct err *err);
/* In a unit: the account with this external id, made when missing. */
MUST_USE bool account_upsert(struct db_tx *tx, Str external_id, int64_t *id, struct err *err);

/* ERR_NOT_FOUND. */
MUST_USE bool account_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                           struct account_name *out, struct err *err);

/* ERR_NOT_FOUND. Not followed to its canonical person. */
MUST_USE bool person_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                          struct person *out, struct err *err);
/* Followed to its canonical person. */
MUST_USE bool person_find_canonical(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                                    struct person *out, struct err *err);
/* Who has this identity, followed to their canonical person. `value` is folded. */
MUST_USE bool person_find_by_identity(struct db *db, struct arena *a, int64_t workspace,
                                      enum identity_kind kind, Str value, bool *found,
                                      struct person *out, struct err *err);
/* The person and all merged into it, directly or through others, the person first; `max` at most. */
MUST_USE bool person_family(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                            size_t max, int64_t **out, size_t *count, struct err *err);
/* Identities of the person and of all merged into it, in order of kind and value. */
MUST_USE bool person_identities(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                                struct identity **out, size_t *count, struct err *err);

/* In a unit. The persons must exist, differ and both be canonical; ERR_CONFLICT otherwise. */
MUST_USE bool person_merge(struct db_tx *tx, int64_t into, int64_t from, struct err *err);
MUST_USE bool person_unmerge(struct db_tx *tx, int64_t from, struct err *err);
/* In a unit: for good, with its identities. Nothing may name it any more: feedback/erasure.h. */
MUST_USE bool person_remove(struct db_tx *tx, int64_t id, struct err *err);

#endif
