/* insight/found_kept.h - what was found out of a workspace's answers, kept in memory for as long as nothing changes there.
 *
 * A finding is good at the rev of the change log at which it was made: the rev is read before anything else, and a finding of
 * answers that were not as new as that is not kept. So whatever a finding holds must be of things whose changes are in the log.
 * FOUND_KEPT_MAX are kept, of FOUND_KEPT_BYTES together; those asked for longest ago go. Any thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_FOUND_KEPT_H
#define INSIGHT_FOUND_KEPT_H

#include "feedback/cells.h"
#include "net/route.h"

#define FOUND_KEPT_MAX   64
#define FOUND_KEPT_BYTES ((size_t)64 << 20) /* an eighth of one finding */

struct asked;
struct found_kept;

struct found_kept *found_kept_new(void);
void found_kept_free(struct found_kept *kept); /* NULL is fine; nothing may be held */
/* Of a workspace that is being removed. */
void found_kept_forget(struct found_kept *kept, int64_t workspace);

/* What tells findings of a workspace apart; bytes. */
struct found_key {
	int64_t workspace, rev;
	Str question;
};

/* Held until the arena is freed. NULL: there is none. */
const void *found_kept_find(struct found_kept *kept, const struct found_key *key, struct arena *a);
/* `own` holds all of the finding and becomes the store's; the finding stays until `a` is freed, kept or not. `is_good` false: it
 * is not kept. */
void found_kept_put(struct found_kept *kept, const struct found_key *key, struct arena *own,
                    const void *finding, bool is_good, struct arena *a);

/* The room of routes that keep what they find. Shared by threads. */
struct found_room {
	struct cubes *cubes;
	struct found_kept *kept;
};

/* A handler's finding, as `make` makes it: all of it in `own`, nothing of it the request's. */
typedef bool (*found_make_fn)(void *context, const struct facts *facts, struct arena *own,
                              const void **finding, struct err *err);

/* Finds, or makes and keeps. The key is the request's query, of `name`, with whom it is asked for. `as_of`: when the answers were
 * looked at; 0: now. */
MUST_USE bool found_ask(struct request *rq, const struct asked *asked, const char *name,
                        found_make_fn make, void *context, const void **finding, int64_t *as_of,
                        struct err *err);

#endif
