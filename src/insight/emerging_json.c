/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/emerging_json.h"

#include "insight/figure_json.h"
#include "insight/part_json.h"
#include "text/theme_names.h"

void emerged_put(struct json_writer *w, struct arena *a, const struct emerged *e)
{
	json_put_key(w, STR("theme"));
	json_put_dict(w);
	json_put_key_id(w, "id", e->theme->id);
	theme_names_put(w, e->theme->code, e->theme->name, e->theme->renamed);
	json_put_dict_end(w);
	json_put_key_text(w, "seen_on", part_day(a, e->seen_day));
	json_put_key_text(w, "since", part_day(a, e->since_day));
	json_put_key_real(w, "share_before", e->share_before);
	json_put_key_real(w, "share_after", e->share_after);
	json_put_key_real(w, "times", e->times);
	figure_put_interval(w, "interval", true, e->lo, e->hi);
	json_put_key_i64(w, "people", e->people);
	json_put_key_i64(w, "comments", e->comments);
}
