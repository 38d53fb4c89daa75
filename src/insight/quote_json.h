/* insight/quote_json.h - a quote as JSON, in pieces: those that it is quoted for are marked.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_QUOTE_JSON_H
#define INSIGHT_QUOTE_JSON_H

#include "base/json.h"
#include "insight/quotes.h"

/* Members of an open dict: "id", "survey_id", "score", "at". */
void quote_put(struct json_writer *w, const struct quote *q);
/* "pieces". Spans of the quote's text, as quote_join_spans leaves them. */
void quote_put_pieces(struct json_writer *w, const struct quote *q, const struct mask_span *spans,
                      size_t count);
/* Of spans in order: empty ones go, those that touch or overlap become one. How many are left. */
size_t quote_join_spans(struct mask_span *spans, size_t count);

#endif
