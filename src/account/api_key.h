/* account/api_key.h - keys for programs: `hk_` and a secret (account/secret.h).
 *
 * A key is shown once. A revoked one keeps its row for the audit log.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_API_KEY_H
#define ACCOUNT_API_KEY_H

#include "db/unit.h"
#include "net/route.h"

#define API_KEY_NAME_MAX 100

struct api_key {
	int64_t id;
	Str name;
	enum scope scope;
	int64_t created_at, created_by, revoked_at;
	bool sees_masked; /* of api_key_find alone: personal data in comments is masked */
};

const char *scope_name(unsigned scope); /* "read"; "" for none */
MUST_USE bool scope_parse(Str text, enum scope *out, struct err *err);

/* 1 to API_KEY_NAME_MAX bytes without control characters; ERR_INVALID with path "/name". */
MUST_USE bool api_key_name_check(Str name, struct err *err);

/* A new secret for a workspace: the key's text and what the database keeps. */
void api_key_make(struct arena *a, int64_t workspace, Str *text, Str *hash);
/* False when the text cannot be a key; costs no statement. */
bool api_key_parse(struct arena *a, Str text, int64_t *workspace, Str *hash);

MUST_USE bool api_key_create(struct db_tx *tx, Str hash, Str name, enum scope scope,
                             int64_t created_by, int64_t *out, struct err *err);
/* Only keys that are not revoked. */
MUST_USE bool api_key_find(struct db *db, int64_t workspace, Str hash, struct arena *a,
                           struct api_key *out, bool *found, struct err *err);
MUST_USE bool api_key_list(struct db *db, int64_t workspace, struct arena *a, struct api_key **out,
                           size_t *count, struct err *err);
/* ERR_NOT_FOUND; revoking twice is fine. */
MUST_USE bool api_key_revoke(struct db_tx *tx, int64_t key, struct err *err);

#endif
