/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quote_json.h"

void quote_put(struct json_writer *w, const struct quote *q)
{
	json_put_key_id(w, "id", q->id);
	json_put_key_id(w, "survey_id", q->survey_id);
	json_put_key_i64(w, "score", q->score);
	json_put_key_time(w, "at", q->at);
}

void quote_put_pieces(struct json_writer *w, const struct quote *q, const struct mask_span *spans,
                      size_t count)
{
	size_t at = 0;
	json_put_key(w, STR("pieces"));
	json_put_list(w);
	for (size_t i = 0; i <= count; i++) {
		size_t from = i < count ? spans[i].from : q->text.len;
		size_t len = i < count ? spans[i].len : 0;
		for (int marked = 0; marked < 2; marked++) {
			size_t size = marked ? len : from - at;
			if (size == 0)
				continue;
			json_put_dict(w);
			json_put_key_text(w, "text", str_slice(q->text, marked ? from : at, size));
			json_put_key_bool(w, "marked", marked);
			json_put_dict_end(w);
		}
		at = from + len;
	}
	json_put_list_end(w);
}

size_t quote_join_spans(struct mask_span *spans, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct mask_span *last = kept ? &spans[kept - 1] : NULL;
		if (spans[i].len == 0)
			continue;
		size_t end = spans[i].from + spans[i].len;
		if (last && spans[i].from <= last->from + last->len)
			last->len = end > last->from + last->len ? end - last->from : last->len;
		else
			spans[kept++] = spans[i];
	}
	return kept;
}
