/* account/server_setting.h - what the set-up in the browser says about the server as a whole: its public address.
 *
 * The command line, the environment and heed.conf win over it (app/settings.h). It is at rest in the database, so it moves with
 * backups.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_SERVER_SETTING_H
#define ACCOUNT_SERVER_SETTING_H

#include "db/unit.h"

#define SERVER_PUBLIC_URL STR("public_url")

/* *value is at NULL when it says nothing. */
MUST_USE bool server_setting_find(struct db *db, Str name, struct arena *a, Str *value,
                                  struct err *err);
/* At NULL: says nothing any more. */
MUST_USE bool server_setting_set(struct db_tx *tx, Str name, Str value, struct err *err);

#endif
