/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_quote_json.h"

#include "insight/quote_json.h"

void theme_quote_put(struct json_writer *w, const struct theme_quote *q)
{
	json_put_dict(w);
	quote_put(w, &q->quote);
	json_put_key_bool(w, "praised", q->sayings & 1U << THEME_PRAISED);
	json_put_key_bool(w, "criticised", q->sayings & 1U << THEME_CRITICISED);
	quote_put_pieces(w, &q->quote, q->spans, q->span_count);
	json_put_dict_end(w);
}
