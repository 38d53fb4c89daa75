/* feedback/facets_make.h - both makers of facets (feedback/facets.h), and how they tell what they found.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_FACETS_MAKE_H
#define FEEDBACK_FACETS_MAKE_H

#include "feedback/facets.h"

/* While facets are counted. */
struct facet_making {
	const struct facts *facts;
	struct arena *arena;
	const struct cell_question *q; /* its filter names the states that are meant */
	struct facets *out;
	size_t property_room, import_room;
};

/* *can is false, and nothing was told, when the view lacks what the question needs. */
MUST_USE bool facets_of_view(struct facet_making *m, bool *can, struct err *err);
MUST_USE bool facets_of_tables(struct facet_making *m, struct err *err);

/* NULL: no answer of it is meant. */
struct facet_survey *facets_survey(const struct facet_making *m, int64_t id);
void facets_add_answers(struct facet_making *m, enum response_state state, int score,
                        int64_t answers);
/* Nothing of "". */
void facets_add_text(struct facet_making *m, struct value_counts *counts, Str text,
                     int64_t answers);
void facets_add_language(struct facet_making *m, Str tag, int64_t answers);
/* id 0 is none. */
void facets_add_import(struct facet_making *m, int64_t id, int64_t answers);
/* NULL: its very name tells who somebody is, and names are hidden. `guess` says where it probably stands, and then where the
 * next one does. The pointer is good until the next call. */
struct facet_property *facets_property(struct facet_making *m, Str name, size_t *guess);
void facets_add_value(struct facet_making *m, struct facet_property *p, Str value, int64_t answers);

#endif
