/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/part_json.h"

#include <inttypes.h>

void part_put(struct json_writer *w, const struct cell_part *part)
{
	json_put_key_text(w, "kind", str_of(survey_kind_name(part->kind)));
	json_put_key(w, STR("brand"));
	json_put_dict(w);
	json_put_key_id(w, "id", part->brand_id);
	json_put_key_text(w, "name", part->brand);
	json_put_dict_end(w);
	json_put_key(w, STR("touchpoint"));
	if (!part->touchpoint_id) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "code", part->touchpoint_code);
	json_put_key_text(w, "name", part->touchpoint);
	json_put_dict_end(w);
}

void part_narrow(struct answer_filter *f, const struct cell_part *part, struct arena *a)
{
	f->counted_only = true;
	f->kind = part->kind;
	filter_only(f, FILTER_BRAND, str_printf(a, "%" PRId64, part->brand_id));
	if (part->touchpoint_id)
		filter_only(f, FILTER_TOUCHPOINT, part->touchpoint_code);
}

struct answer_filter part_filter(const struct cell_part *part, const struct answer_filter *asked,
                                 struct arena *a)
{
	struct answer_filter f = *asked;
	part_narrow(&f, part, a);
	return f;
}

Str part_day(struct arena *a, int64_t day)
{
	char text[16];
	calendar_write_day(day, text);
	return str_copy(a, str_of(text));
}
