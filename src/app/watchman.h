/* app/watchman.h - walks the watch over all scores once a day, in each workspace after its own midnight.
 *
 * A thread of its own: it looks once a minute whether a day has ended somewhere, right after the start too, so that a night
 * with the machine off is made up for. A workspace without anything to watch yet is looked at again ten minutes after
 * answers came. What a round found is in the database; that it went round today is only remembered here.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_WATCHMAN_H
#define APP_WATCHMAN_H

struct cubes;
struct store;
struct watchman;

/* Both outlive it. */
struct watchman *watchman_start(struct store *store, struct cubes *cubes);
/* Waits for the workspace that it looks at just now. */
void watchman_stop(struct watchman *watchman);

#endif
