/* insight/theme_quote_json.h - a quote of a theme as JSON: how it speaks of it, and where.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_QUOTE_JSON_H
#define INSIGHT_THEME_QUOTE_JSON_H

#include "base/json.h"
#include "insight/theme_quotes.h"

void theme_quote_put(struct json_writer *w, const struct theme_quote *q);

#endif
