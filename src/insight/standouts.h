/* insight/standouts.h - what stands out: one list of at most ten, over every attribute and pair of attributes of every score.
 *
 * Looked at are the last STANDOUTS_DAYS days beside those before them; where they hold few answers, a year beside a year:
 *
 *   segment    answers with this value, or these two, give another score than all others of the same part
 *   change     their score changed against the days before, and otherwise than that of all others did
 *   share      the part of the answers that has this value became larger or smaller
 *   channels   the same of a channel: they come another way, so two scores are hardly of the same people
 *   rate       of those who had a survey in sight, or were sent a link, more or fewer answered
 *
 * All of it is tried together, and one in twenty of what is told is chance at most (stats/findings.h). What matters is what
 * it means for the whole score: a segment by its distance times its share, a change by itself times the share, a share by what
 * its move did to the score. Where the whole score moved and all moved with it no change is told: that is the overview's and
 * the watch's to say. A pair of
 * values that says little more than one of them does is counted among what was tried and not told, nor is what is but the
 * other side of something told: the cities above the rest because one is far below it, the plan whose share another took.
 *
 * Attributes: channel, language, survey, tenure, account size, and properties and traits with 2 to STANDOUTS_VALUES_MAX values; none
 * that tells who somebody is. A segment has NPS_ANSWERS_FIRM answers, and so has its rest; of a
 * change, in both periods.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_STANDOUTS_H
#define INSIGHT_STANDOUTS_H

#include "feedback/cells.h"
#include "stats/findings.h"
#include "stats/share.h"

#define STANDOUTS_DAYS       90
#define STANDOUTS_DAYS_LONG  365
#define STANDOUTS_FEW        200 /* with fewer answers in the short time the long one is taken */
#define STANDOUTS_VALUES_MAX 200
#define STANDOUTS_PAIRED_MAX 20 /* values of an attribute that is paired with others */
#define STANDOUTS_NAMES_MAX  12 /* attributes */

enum standout_kind {
	STANDOUT_SEGMENT,
	STANDOUT_CHANGE,
	STANDOUT_SHARE,
	STANDOUT_CHANNELS,
	STANDOUT_RATE
};
const char *standout_kind_name(enum standout_kind kind);

struct standout {
	enum standout_kind kind;
	const struct cell_part *part; /* NULL of a rate */
	struct dim dims[2];
	struct cell_value values[2];
	size_t dim_count;
	struct nps_sums sums, rest; /* of a segment */
	struct nps_change from_rest;
	struct nps_sums was; /* of a change: in the days before */
	struct nps_change moved, others;
	struct share now, before; /* of all else */
	struct share_change change;
	struct survey_place survey; /* of a rate */
	bool of_sent;   /* among those who were sent a link, not those who had it in sight */
	double size, p; /* as a candidate */
	double certainty;
	const struct answer_sketch *sketch;
};

struct days_kept;

struct standouts_question {
	const struct team_scope *scope; /* never NULL */
	const struct zone *zone;
	int week_start;
	bool hides_names;
	struct days_kept *days; /* insight/days_kept.h; NULL: rates are counted anew */
	int64_t now;
};

struct standouts {
	int64_t first_day, last_day; /* since 1970-01-01 */
	int64_t before_first_day, before_last_day;
	struct answer_filter filter; /* of the days */
	struct cells parts;          /* of the answers in them, by part */
	int64_t answers;             /* of all parts */
	int64_t most;                /* of the part with the most */
	size_t tried;
	struct standout *list; /* most important first */
	size_t count;
};

MUST_USE bool standouts_ask(const struct facts *facts, struct arena *a,
                            const struct standouts_question *q, struct standouts *out,
                            struct err *err);

#endif
