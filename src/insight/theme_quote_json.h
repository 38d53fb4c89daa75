/* insight/theme_quote_json.h - quotes of a theme as JSON: how each speaks of it, and where.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_QUOTE_JSON_H
#define INSIGHT_THEME_QUOTE_JSON_H

#include "base/json.h"
#include "insight/theme_quotes.h"

struct request;

/* "quotes" as a member of the open dict: at most so many; none where they are not to be shown. */
MUST_USE bool theme_quotes_put(struct request *rq, struct json_writer *w, bool shown,
                               const struct theme_quotes_question *q, size_t most, struct err *err);

#endif
