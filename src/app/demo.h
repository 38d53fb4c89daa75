/* app/demo.h - the demo workspace: two years of a company that does not exist.
 *
 * "Fernhill (demo)": 5,000 answers to three surveys of both kinds, in four languages, from 1,400 respondents in 140
 * companies, made from a fixed seed so that every installation shows the same. One thing really happens in them: with the
 * first day of the last whole quarter customers of the Team plan begin to wait for support, and their scores after support and of
 * the relationship fall; all others stay as they were. So "why did the score fall last quarter?" has an answer, on any day. A
 * workspace of its own, marked demo; the user demo@heed.example owns it and signs in by link only.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "db/store.h"

#define DEMO_WORKSPACE "Fernhill (demo)"

/* Makes the workspace with answers up to `now`. Where one of that name exists, or a user with its address, nothing
 * is touched and *made is false. The user stays when the demo is removed, so that one is not made again. */
MUST_USE bool demo_seed(struct store *store, int64_t now, bool *made, struct err *err);

#endif
