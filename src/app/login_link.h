/* app/login_link.h - a one-time link that signs somebody in, for a terminal only: never for a log or a mail.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_LOGIN_LINK_H
#define APP_LOGIN_LINK_H

#include "app/world.h"

/* For a user in a workspace they belong to. The URL lives in the arena. */
MUST_USE bool login_link_make(struct world *w, struct arena *a, int64_t user, int64_t workspace,
                              Str *url, struct err *err);
/* For the owner of the first workspace that is no demo, else of the demo. ERR_NOT_FOUND when there is none. */
MUST_USE bool login_link_for_owner(struct world *w, struct arena *a, Str *url, struct err *err);

#endif
