/* insight/quality.h - which answers of one part are worth a look: unconfirmed ones, copies, bursts, people who answer again on
 * one day, and units (surveys, channels, agents ...) whose scores stand out beside a sign that is no score.
 *
 * A high score is no offence: a unit is doubted only where its 9s and 10s, or its 0s to 6s, and another sign stand out at
 * once (stats/quality_share.h over all units): answers without an invitation where others have one, a burst
 * (stats/quality_burst.h), comments that name the number. Nothing is done by itself; what it would mean is the score with
 * and without what is doubted: those units, bursts, and copies beyond the first.
 *
 * Looked into are the QUALITY_MAX answers that came last, fewer where those of other parts stand between them. Heed keeps neither addresses nor devices of respondents, so
 * copies are the same words in the same minute.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_QUALITY_H
#define INSIGHT_QUALITY_H

#include "insight/one_part.h"
#include "stats/quality_share.h"

#define QUALITY_MAX        100000
#define QUALITY_GROUPS_MAX 20 /* of copies, of people: those that are listed */
#define QUALITY_REASONS    12
/* Answers of one person on one day that are told. */
#define QUALITY_AGAIN 3

#define QUALITY_SIGNS(X)                  \
	X(QUALITY_TOP, "top")             \
	X(QUALITY_LOW, "low")             \
	X(QUALITY_UNINVITED, "uninvited") \
	X(QUALITY_NUMBER, "number")

#define QUALITY_SIGN_ENUM(sign, name) sign,
enum quality_sign { QUALITY_SIGNS(QUALITY_SIGN_ENUM) QUALITY_SIGN_COUNT };
#undef QUALITY_SIGN_ENUM

const char *quality_sign_name(enum quality_sign sign);

struct quality_group {
	int64_t id, at; /* of the newest answer */
	size_t count;
};

struct quality_groups {
	struct quality_group list[QUALITY_GROUPS_MAX]; /* largest first */
	size_t count, all;                             /* all: groups there are */
	int64_t answers; /* copies beyond the first; answers of those people */
};

struct quality_of_unit {
	struct cell_value value;
	const struct nps_sums *sums;
	int64_t looked_at; /* its answers among those looked into */
	int64_t with[QUALITY_SIGN_COUNT];
	struct quality_judged judged[QUALITY_SIGN_COUNT];
	bool has_burst;
	int64_t burst_from, burst_to, burst_count;
	double burst_chance;
	bool worth_a_look, doubted;
};

struct quality_reason {
	Str reason; /* at NULL: none was noted */
	int64_t count;
};

struct quality {
	struct one_part part;
	struct cells cells;
	int64_t looked_into;
	struct quality_of_unit *units; /* worth a look first, then those with most answers */
	size_t unit_count;
	struct quality_shares shares[QUALITY_SIGN_COUNT];
	bool tells[QUALITY_SIGN_COUNT]; /* false: nobody was invited, so the sign says nothing */
	struct quality_groups copies, again;
	struct quality_reason reasons[QUALITY_REASONS];
	size_t reason_count;
	int64_t
	    unconfirmed; /* those that have the reasons: that came since the oldest that was looked into */
	struct nps_sums all, without; /* of those looked into */
};

/* q->dims[0] says the units; tags, which share answers, are ERR_INVALID. */
MUST_USE bool quality_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          Str part, struct quality *out, struct err *err);

/* Does a folded comment speak of a nine or a ten by name? */
bool quality_names_number(Str folded);

#endif
