/* app/password_read.h - a password from standard input, unseen on a terminal.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_PASSWORD_READ_H
#define APP_PASSWORD_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* The first line without its end. On a terminal it asks, and what is typed is not shown. */
MUST_USE bool password_read(struct arena *a, Str *out, struct err *err);

#endif
