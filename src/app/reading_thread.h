/* app/reading_thread.h - has comments read as they come, in every workspace.
 *
 * A thread of its own. Commits of this process wake it at once; those of others are found by a look every few seconds.
 * What it cannot read now it tries again with the next look.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_READING_THREAD_H
#define APP_READING_THREAD_H

#include "base/err.h"

struct analyst_files;
struct store;
struct reading_thread;

/* The store outlives it. ERR_INVALID when the language model that lies beside the program cannot be read. */
MUST_USE bool reading_thread_start(struct store *store, struct reading_thread **out,
                                   struct err *err);
/* What it reads with; lives as long as it does. */
const struct analyst_files *reading_thread_files(const struct reading_thread *t);
/* Waits for the page that it reads just now. */
void reading_thread_stop(struct reading_thread *t);

#endif
