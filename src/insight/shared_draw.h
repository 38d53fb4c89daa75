/* insight/shared_draw.h - the pictures of shared views as places in an SVG, for their templates: no script, no style in them.
 *
 * Of a part's dict: "trend" (a dict, when there are two points or more) with "grid" [{y, label}], "runs" [{band, line}], "dots"
 * [{x, y, rough, title}], "ticks" [{x, label, between: not one of three}], "rows" [{period, score, range, n}] and "spoken". Hidden points break the line.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_DRAW_H
#define INSIGHT_SHARED_DRAW_H

#include "insight/shared_figures.h"
#include "insight/shared_words.h"

void shared_draw_trend(struct template_dict *part, struct arena *a, enum door_language language,
                       enum period_unit unit, const struct shared_part *p);

/* Where values stand on a line of 100 units. */
struct shared_ends {
	double low, high;
};
struct shared_ends shared_ends_of(const struct shared_part *p);
/* "bar_x", "bar_width" and "dot_x" of a group. */
void shared_draw_range(struct template_dict *group, struct arena *a, struct shared_ends ends,
                       const struct nps_figure *f);

/* Where the steps of a score that moved begin and end, on a line of 100 units. */
struct shared_ends shared_ends_of_steps(const struct shared_steps *s);
/* "dot_x" of a score. */
void shared_draw_dot(struct template_dict *row, struct arena *a, struct shared_ends ends,
                     double score);
/* "answered_x", "answered_width", "said_x", "said_width", each with "_up", and "link_x" of a step that begins at `from`: its end. */
double shared_draw_step(struct template_dict *row, struct arena *a, struct shared_ends ends,
                        double from, const struct shared_step *step);

#endif
