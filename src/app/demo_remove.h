/* app/demo_remove.h - the demo workspace goes: at once from every sight and from what memory keeps of it, then its rows in the background.
 *
 * The owners of the demo and of the first workspace that is none may do it. What a stop of the server cuts short goes on at its next
 * start.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_REMOVE_H
#define APP_DEMO_REMOVE_H

#include <pthread.h>

#include "account/account.h"

struct cubes;
struct purge;
struct standouts_kept;
struct days_kept;
struct found_kept;

struct demo_remove {
	struct store *store;
	pthread_mutex_t lock;
	struct purge *purge; /* made when it is first needed */
	/* What a server keeps in memory. */
	struct cubes *cubes;
	struct standouts_kept *kept;
	struct days_kept *days;
	struct found_kept *found;
};

void demo_remove_init(struct demo_remove *remove, struct store *store);
void demo_remove_end(struct demo_remove *remove); /* after store_close */
/* Goes on with what was cut short. */
MUST_USE bool demo_remove_resume(struct demo_remove *remove, struct err *err);

extern const struct route demo_remove_routes[];
extern const size_t demo_remove_route_count;

#endif
