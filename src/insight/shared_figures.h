/* insight/shared_figures.h - the figures of a shared view, as strangers may see them.
 *
 * They are asked as somebody who sees figures only and no names, inside the view's own scope. Of each part (kind, brand and
 * touchpoint are never pooled) groups and points in time are hidden by insight/suppress.h, by how many people are in them:
 * `hidden` ones have nothing else set. Earlier values of groups are a table of their own.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_FIGURES_H
#define INSIGHT_SHARED_FIGURES_H

#include "insight/insight.h"
#include "insight/quotes.h"
#include "insight/shared_moved.h"
#include "insight/shared_view.h"

#define SHARED_PARTS_MAX   8
#define SHARED_GROUPS_MAX  12
#define SHARED_ANSWERS_MAX 8

struct shared_point {
	int64_t first_day, last_day; /* days since 1970-01-01 */
	bool hidden;
	struct nps_figure figure;
};

struct shared_group {
	Str value; /* at NULL: answers without one */
	bool rest, hidden;
	struct nps_figure figure;
	bool has_before; /* the same group's score before is shown, too */
	struct nps_figure before;
};

struct shared_part {
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id;
	Str brand, touchpoint; /* touchpoint at NULL: none */
	bool hidden;
	struct nps_figure figure;
	bool has_change;
	struct nps_change change;
	struct nps_figure before;
	struct shared_point *points;
	size_t point_count;
	struct shared_group *groups;
	size_t group_count;
	struct shared_steps steps; /* what moved it; of parts with a change and groups */
};

struct shared_answer {
	int score;
	int64_t at;
};

struct shared_figures {
	const struct zone *zone;
	struct workspace *workspace;
	struct answer_filter filter;
	enum period_unit unit;
	bool many_brands;
	struct shared_part *parts;
	size_t part_count;
	struct quote *quotes; /* promoters first */
	size_t quote_count;
	struct shared_answer *answers; /* newest first */
	size_t answer_count;
};

/* Is the change beyond chance, taking both periods as independent? Where people answered in both that is too careful. */
bool shared_group_moved(const struct shared_group *g);

/* Could the view be shown? What it asks that strangers may not is ERR_DENIED or ERR_INVALID. */
MUST_USE bool shared_figures_check(struct db *db, struct arena *a, const struct shared_view *v,
                                   int64_t now, struct err *err);
MUST_USE bool shared_figures_ask(const struct facts *facts, struct arena *a,
                                 const struct shared_view *v, int64_t now,
                                 struct shared_figures *out, struct err *err);

#endif
