/* insight/share_check.h - a theme's share among the comments of one group, checked by people on a random sample.
 *
 * The comments of a group (that count, and say something) under a filter are the whole; a simple random sample of them
 * (stats/sample.h, its seed kept) is read by people, who say of each theme whether the comment speaks of it. They are shown the
 * comment alone, not what the machine found, nor the score: a label that leans on the machine's would make the machine look
 * better than it is, and the range too narrow. With what the machine found in the whole, the share and its range follow
 * (stats/checked_share.h).
 *
 * What the machine found is kept as it was when the sample was drawn, of the whole and of each drawn comment. So a check means
 * the same for good: neither corrections, nor another engine, nor a model that learnt from these very labels moves it, and
 * answers that came later are not meant. Comments are drawn in an order, and the first n are a sample themselves, so one may
 * stop early and go on. Where several people read a comment, who read it first counts.
 *
 * Beside the themes people may say how a comment sounds (reading/checked_sentiment.h).
 *
 * A check belongs to the team's scope of who drew it: only who has the very same one finds it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARE_CHECK_H
#define INSIGHT_SHARE_CHECK_H

#include "net/route.h"
#include "stats/nps.h"
#include "text/taxonomy.h"

#define CHECK_WANTED 100 /* comments, until more are asked for */
#define CHECK_MOST   500 /* that are drawn ahead */

#define CHECK_NO_SENTIMENT (-1)

struct check_theme {
	int place; /* its bit */
	int64_t id;
	Str code, name;
	bool renamed;
	int64_t machine; /* of all comments */
};

struct share_check {
	int64_t id;
	enum nps_group group;
	Str part;             /* insight/one_part.h */
	Str filter;           /* a query string, without its days */
	Str scope;            /* canonical; the whole workspace: TEAM_SCOPE_WHOLE */
	Str from_day, to_day; /* at NULL: open */
	int64_t first_at;     /* when the earliest comment was given */
	int64_t ends_at;      /* answers before this were looked at */
	uint64_t seed;
	int64_t comments; /* the whole */
	int drawn, wanted;
	Str actor;
	int64_t drawn_at;
};

struct check_comment {
	int64_t response;
	uint64_t machine; /* bits by the themes' places */
};

/* A unit's function: writes a check that was drawn. */
struct check_begin {
	struct share_check check; /* id and drawn_at: results */
	const struct check_theme *themes;
	size_t theme_count;
	const struct check_comment *comments; /* in the order of the draw */
};
bool share_check_begin(struct db_tx *tx, void *check_begin, struct err *err);

/* ERR_NOT_FOUND, too, where the caller's scope is another. */
MUST_USE bool share_check_find(struct db *db, struct arena *a, const struct caller *caller,
                               int64_t id, struct share_check *out, struct err *err);
/* Of one part, filter and group, newest first, at most 20. */
MUST_USE bool share_check_list(struct db *db, struct arena *a, const struct caller *caller,
                               Str part, Str filter, enum nps_group group, struct share_check **out,
                               size_t *count, struct err *err);
MUST_USE bool share_check_themes(struct db *db, struct arena *a, int64_t workspace, int64_t check,
                                 struct check_theme **out, size_t *count, struct err *err);
Str share_check_scope(const struct caller *caller);

struct check_progress {
	int64_t there; /* comments that are to be read */
	int64_t read;  /* by anybody */
	int64_t mine, people;
};
MUST_USE bool share_check_progress(struct db *db, struct arena *a, const struct caller *caller,
                                   const struct share_check *check, struct check_progress *out,
                                   struct err *err);

struct check_text {
	int place;
	int64_t response;
	Str text, language;
	bool is_read;    /* by the caller */
	int64_t *themes; /* that the caller found in it */
	size_t theme_count;
	int sentiment; /* that the caller heard, enum sentiment_label; CHECK_NO_SENTIMENT */
};
/* Behind a place (-1: from the first), at most `limit`; those outside of the caller's scope are left out. */
MUST_USE bool share_check_texts(struct db *db, struct arena *a, const struct caller *caller,
                                const struct share_check *check, int after, size_t limit,
                                struct check_text **out, size_t *count, bool *more,
                                struct err *err);

/* Units' functions of what the caller says of one comment; a comment that the check has not is ERR_NOT_FOUND. */
struct check_say {
	const struct caller *caller;
	int64_t check, response;
	const int64_t *themes; /* it speaks of these, and of no other that was asked */
	size_t theme_count;
	int sentiment; /* how it sounds, enum sentiment_label; CHECK_NO_SENTIMENT: not said */
	struct share_check found; /* results */
	struct check_progress progress;
	struct arena *arena;
};
bool share_check_say(struct db_tx *tx, void *check_say, struct err *err);
bool share_check_unsay(struct db_tx *tx, void *check_say, struct err *err);

/* A unit's function: more comments are to be read, or fewer. */
struct check_want {
	const struct caller *caller;
	int64_t check;
	int wanted;
	struct share_check found; /* results */
	struct check_progress progress;
	struct arena *arena;
};
bool share_check_want(struct db_tx *tx, void *check_want, struct err *err);

#endif
