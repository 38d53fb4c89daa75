/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/beside_json.h"

#include "insight/figure_json.h"

void beside_put(struct json_writer *w, struct arena *a, const struct asked *asked,
                const struct compare_period *compare, const struct answer_filter *f,
                const struct nps_sums *now, const struct nps_sums *before,
                const struct nps_pair *pair)
{
	const struct nps_change change = nps_change_of(now, before, pair);
	json_put_key(w, STR("now"));
	figure_put_sums(w, now, f ? asked_answers_path(asked, f, a) : (Str){ 0 });
	json_put_key(w, STR("before"));
	struct answer_filter *then = NULL;
	if (f && compare->with) {
		then = ARENA_NEW(a, struct answer_filter);
		*then = *f;
		then->from_day = compare->from_day;
		then->to_day = compare->to_day;
	}
	figure_put_sums(w, before, then ? asked_answers_path(asked, then, a) : (Str){ 0 });
	figure_put_change(w, &change);
}

void beside_put_periods(struct json_writer *w, const struct answer_filter *f,
                        const struct compare_period *compare)
{
	json_put_key_text(w, "compare",
	                  compare->with ? str_of(compare_name(compare->with)) : (Str){ 0 });
	json_put_key_text(w, "from", f->from_day);
	json_put_key_text(w, "to", f->to_day);
	json_put_key_text(w, "before_from", compare->from_day);
	json_put_key_text(w, "before_to", compare->to_day);
}
