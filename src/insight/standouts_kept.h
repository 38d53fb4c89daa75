/* insight/standouts_kept.h - lists of what stands out that were made today, by whom they are for. The oldest goes when there are
 * too many. Any thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_STANDOUTS_KEPT_H
#define INSIGHT_STANDOUTS_KEPT_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define STANDOUTS_KEPT_MAX 64

struct standouts_kept;

struct standouts_key {
	int64_t workspace;
	Str scope; /* canonical, at NULL: whole */
	bool hides_names, figures_only;
};

struct standouts_made {
	int64_t day, rev, at;
	Str json;
};

struct standouts_kept *standouts_kept_new(void);
void standouts_kept_free(struct standouts_kept *kept); /* NULL is fine */

/* False when there is none; the text is copied into the arena. */
bool standouts_kept_find(struct standouts_kept *kept, const struct standouts_key *key,
                         struct arena *a, struct standouts_made *out);
void standouts_kept_put(struct standouts_kept *kept, const struct standouts_key *key,
                        const struct standouts_made *made);
/* Of a workspace that is being removed. */
void standouts_kept_forget(struct standouts_kept *kept, int64_t workspace);

#endif
