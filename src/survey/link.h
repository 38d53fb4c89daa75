/* survey/link.h - signed names of things that a stranger may hold: personal links, response handles and test links.
 *
 * A token is 38 bytes in base64url, 51 characters: what it is, kid, workspace, id, expiry, and a 128-bit MAC
 * (BLAKE2b, keyed) over all of that, by the workspace's 32-byte key number kid. Keys move with backups. A token says
 * only who made it; whether the invitation is still good is decided in apply (survey/invitation.h).
 *
 * struct link_keys keeps the keys of all workspaces in memory, behind its own lock, so that a forged token costs
 * no statement. A token of a workspace that the cache does not hold (made by another process since) makes it look into
 * the database, at most LINK_LOOKUPS_PER_SECOND times a second for all strangers together.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_LINK_H
#define SURVEY_LINK_H

#include "db/unit.h"

#define LINK_TOKEN_CHARS        51
#define LINK_KEY_BYTES          32
#define LINK_LOOKUPS_PER_SECOND 5

/* LINK_SURVEY_TEST: its id is a survey's, in whatever state; what is answered there is a test. */
enum link_kind { LINK_INVITATION = 1, LINK_RESPONSE = 2, LINK_SURVEY_TEST = 3 };

struct link_token {
	enum link_kind kind;
	int kid; /* 1..255 */
	int64_t workspace;
	int64_t id; /* of the invitation, the response or the survey */
	int64_t
	    expires_at; /* whole seconds, in microseconds; not checked by link_parse and link_check */
};

/* Shape only: whoever wrote it. The fuzzer's door. */
struct link_raw {
	unsigned char bytes[38];
};
MUST_USE bool link_parse(Str text, struct link_raw *raw, struct link_token *out);
/* In constant time. */
bool link_mac_is_right(const struct link_raw *raw, const unsigned char key[static LINK_KEY_BYTES]);
/* Signs with a key that the caller holds. */
void link_write(const struct link_token *token, const unsigned char key[static LINK_KEY_BYTES],
                char out[static LINK_TOKEN_CHARS + 1]);

struct link_keys;

struct link_keys *link_keys_new(void);
void link_keys_free(struct link_keys *keys);
/* Makes sure that the workspace's keys are in memory: in prepare, so that reply, which has no database, can mint. */
MUST_USE bool link_keys_need(struct link_keys *keys, struct db *db, int64_t workspace,
                             struct err *err);
/* Reads the keys of all workspaces. At start. `db` bound to no workspace. */
MUST_USE bool link_keys_load(struct link_keys *keys, struct db *db, struct err *err);

/* Is it ours, and of this kind? False with ERR_NOT_FOUND for anything else, in constant time for the MAC. Expiry is left to
 * the caller: link_is_expired. `db` (bound to none) is used only for an unknown workspace or kid. */
MUST_USE bool link_check(struct link_keys *keys, struct db *db, int64_t now, enum link_kind kind,
                         Str text, struct link_token *out, struct err *err);
bool link_is_expired(const struct link_token *token, int64_t now);

/* With the newest key in memory; ERR_INTERNAL when there is none (link_keys_need comes first). */
MUST_USE bool link_mint(struct link_keys *keys, enum link_kind kind, int64_t workspace, int64_t id,
                        int64_t expires_at, char out[static LINK_TOKEN_CHARS + 1], struct err *err);

/* In a unit: stores key 1 (or the next) of the workspace. */
MUST_USE bool link_key_add(struct db_tx *tx, const unsigned char secret[static LINK_KEY_BYTES],
                           struct err *err);

#endif
