/* app/reach.h - is this server reached at its public address: the way of a customer's browser, walked once.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_REACH_H
#define APP_REACH_H

#include "net/origin.h"

/* Resolves the host, connects, checks the certificate, and asks for a page: a few seconds at most for each. False with a sentence that
 * says which of them failed, and what to do. */
MUST_USE bool reach_check(struct arena *a, const struct origin *origin, struct err *err);

#endif
