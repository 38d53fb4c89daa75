/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_quote_json.h"

#include "insight/quote_json.h"
#include "net/route.h"

static void put_quote(struct json_writer *w, const struct theme_quote *q)
{
	json_put_dict(w);
	quote_put(w, &q->quote);
	json_put_key_bool(w, "praised", q->sayings & 1U << THEME_PRAISED);
	json_put_key_bool(w, "criticised", q->sayings & 1U << THEME_CRITICISED);
	quote_put_pieces(w, &q->quote, q->spans, q->span_count);
	json_put_dict_end(w);
}

bool theme_quotes_put(struct request *rq, struct json_writer *w, bool shown,
                      const struct theme_quotes_question *q, size_t most, struct err *err)
{
	struct theme_quote *quotes = NULL;
	size_t count = 0;
	if (shown &&
	    !theme_quotes_find(rq->db, rq->arena, rq->caller.workspace, q, &quotes, &count, err))
		return false;
	json_put_key(w, STR("quotes"));
	json_put_list(w);
	for (size_t i = 0; i < count && i < most; i++)
		put_quote(w, &quotes[i]);
	json_put_list_end(w);
	return true;
}
