/* account/secret.h - what opens a workspace for who holds it: the id of the workspace and a random secret, as 38 characters
 * of base64url.
 *
 * The database keeps SHA-256 of the secret's bytes, not of their spelling; the text is shown once. The workspace inside
 * makes the look-up one row of one shard. API keys, invitations and shared links are such texts.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_SECRET_H
#define ACCOUNT_SECRET_H

#include "base/arena.h"
#include "base/str.h"

#define SECRET_CHARS 38

/* A new one. The text and the hash are in the arena. */
void secret_make(struct arena *a, int64_t workspace, Str *text, Str *hash);
/* False when the text cannot be one; costs no statement. */
bool secret_parse(struct arena *a, Str text, int64_t *workspace, Str *hash);

#endif
