/* insight/notice.h - urgent comments, each kind a notice of its own: what is new of it, and whether it is told.
 *
 * A notice has the answers of the last NOTICE_DAYS days whose comment is urgent in its kind (text/urgent.h) and that nobody has
 * dealt with; tests, excluded ones and the bin are left out. It is open while it has any, unless its rule is off or it is
 * snoozed to a day of the workspace's. Nothing is raised or kept ahead: what is read, edited or deleted counts as it is.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_NOTICE_H
#define INSIGHT_NOTICE_H

#include "feedback/response.h"
#include "feedback/mask.h"
#include "survey/team_scope.h"
#include "text/urgent.h"

struct caller;

#define NOTICE_DAYS   30
#define NOTICE_SHOWN  3   /* answers of a kind that are told whole */
#define NOTICE_LOOKED 500 /* urgent answers that are looked at, the newest */

struct notice_rule {
	bool off;
	int64_t snoozed_to; /* 0: not snoozed */
};

struct notice_answer {
	struct response response;
	struct mask_span *words; /* bytes of the comment */
	size_t word_count;
};

struct notice {
	struct notice_rule rule;
	int64_t answers; /* that nobody has dealt with */
	int64_t *ids;    /* of all of them, newest first */
	struct notice_answer shown[NOTICE_SHOWN];
	size_t shown_count;
};

/* By kind. In the arena. */
MUST_USE bool notice_list(struct db *db, struct arena *a, int64_t workspace,
                          const struct team_scope *scope, int64_t now,
                          struct notice out[static URGENT_KIND_COUNT], struct err *err);

struct notice_change {
	enum urgent_kind kind;
	bool has_on, on, has_snooze;
	int64_t snoozed_to;
	Str actor;
};
/* A unit's function. */
bool notice_change(struct db_tx *tx, void *notice_change, struct err *err);

#define NOTICE_DONE_MAX 200
struct notice_done {
	enum urgent_kind kind;
	bool undo;
	int64_t ids[NOTICE_DONE_MAX];
	size_t count;
	const struct caller *caller;
};
/* A unit's function: dealt with, or not after all. ERR_NOT_FOUND, outside the caller's scope too. */
bool notice_done(struct db_tx *tx, void *notice_done, struct err *err);

#endif
