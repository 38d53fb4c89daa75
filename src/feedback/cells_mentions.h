/* feedback/cells_mentions.h - counted answers one by one, each once, with all the themes that its comment speaks of: for what
 * looks at every theme at a time.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_MENTIONS_H
#define FEEDBACK_CELLS_MENTIONS_H

#include "feedback/cells.h"

#define CELLS_MENTIONS_THEMES 10000

struct fact_mention {
	uint16_t theme;   /* place among the codes that were asked about */
	uint16_t sayings; /* bits 1 << enum theme_saying */
};

/* Mentions are in the order of the codes; of an answer that speaks of none of them there are none. */
typedef bool (*fact_mentions_fn)(void *context, const struct fact *fact,
                                 const struct fact_mention *mentions, size_t count,
                                 struct err *err);

/* As cells_visit, in its order, of a question without tags and themes in which each answer is a vote. Codes are
 * CELLS_MENTIONS_THEMES at most, no two the same. Clusters and persons are numbered from 1 on in the order in which they come,
 * whether they come again or not; 0 is nobody known. */
MUST_USE bool cells_visit_mentions(const struct facts *facts, struct arena *a,
                                   const struct cell_question *q, const struct cells *cells,
                                   const Str *codes, size_t code_count, fact_mentions_fn each,
                                   void *context, struct err *err);

#endif
