/* insight/comments_said.h - the comments of one part that say something, read once: when, by whom, with which score, and of which
 * themes they speak. What is said of themes is counted of these.
 *
 * 24 bytes a comment and four a mention, owned: comments_said_free.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_COMMENTS_SAID_H
#define INSIGHT_COMMENTS_SAID_H

#include "feedback/cells_mentions.h"
#include "reading/theme.h"

struct comment_said {
	int64_t at;
	uint32_t cluster, person; /* as in feedback/cells_mentions.h */
	uint32_t mentions_end;    /* where the next one's mentions begin */
	uint16_t value;           /* place among the values of the question's first dimension */
	int8_t score;
};

/* In the order of cells_visit_mentions. */
struct comments_said {
	struct comment_said *at;
	size_t count, room;
	struct fact_mention *mentions; /* by theme's place in the list that was asked about */
	size_t mention_count, mention_room;
	uint32_t clusters, persons; /* the highest numbers */
	bool by_account;            /* clusters are not persons */
};

/* `q` asks for comments that say something, of one part, without tags and themes or a second period; `cells` is what cells_ask
 * said to it. What is there on an error is freed, too. */
MUST_USE bool comments_said_read(const struct facts *facts, struct arena *a,
                                 const struct cell_question *q, const struct cells *cells,
                                 const struct workspace_theme *themes, size_t theme_count,
                                 struct comments_said *out, struct err *err);
void comments_said_free(struct comments_said *c); /* zeroed is fine */

/* Comment i's. */
static inline const struct fact_mention *comments_said_mentions(const struct comments_said *c,
                                                                size_t i, size_t *count)
{
	uint32_t first = i ? c->at[i - 1].mentions_end : 0;
	*count = c->at[i].mentions_end - first;
	return c->mentions + first;
}

#endif
