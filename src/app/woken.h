/* app/woken.h - workspaces that had commits, for a thread that looks at them one after the other.
 *
 * A workspace stands in it once, however often it was woken. One thread takes, any thread may wake and stop.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_WOKEN_H
#define APP_WOKEN_H

#include "db/store.h"

struct woken;

/* Listens to the store's commits from now on. */
struct woken *woken_new(struct store *store);
/* The thread that takes has ended. */
void woken_free(struct woken *w);
void woken_add(struct woken *w, int64_t workspace);
/* 0: none within so many milliseconds, or it stops. */
int64_t woken_next(struct woken *w, int64_t ms);
/* Lets them gather for so long; less when it stops. */
void woken_rest(struct woken *w, int64_t ms);
bool woken_goes_on(struct woken *w);
/* Wakes the thread for the last time. */
void woken_stop(struct woken *w);

#endif
