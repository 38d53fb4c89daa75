/* insight/analysis_json.h - what was understood of a comment, as JSON.
 *
 * Members of the dict that is open: "language", "language_certainty", "analysed", "low_effort", "sentiment", "blind",
 * "themes", "keywords", "urgent" and so on. Spans are bytes of the comment. A comment that is not analysed, because of its
 * language or because it says nothing, has null where there is nothing to say.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ANALYSIS_JSON_H
#define INSIGHT_ANALYSIS_JSON_H

#include "base/json.h"
#include "text/analysis.h"

/* Names of themes are those of `names`' language. */
void analysis_put(struct json_writer *w, const struct analyst *n, const struct analysis *x,
                  enum tongue names);

/* From where a theme is spoken of well, or badly. */

struct theme_said {
	uint16_t theme;
	const struct theme_mention *mention; /* the surest */
	size_t mentions;
	float polarity;
	enum sentiment_label label; /* mixed: well and badly */
};
/* One a theme, in the arena; of what is left out of mentions nothing is told. */
size_t themes_said(struct arena *a, const struct theme_mentions *m, struct theme_said **out);

#endif
