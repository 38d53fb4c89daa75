/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/figure_json.h"

void figure_put_interval(struct json_writer *w, const char *key, bool shown, double lo, double hi)
{
	json_put_key(w, str_of(key));
	if (!shown) {
		json_put_null(w);
		return;
	}
	json_put_list(w);
	json_put_real(w, lo);
	json_put_real(w, hi);
	json_put_list_end(w);
}

void figure_put(struct json_writer *w, const struct nps_figure *f, const int64_t *by_score,
                Str path)
{
	bool shown = f->label != NPS_HIDDEN;
	json_put_dict(w);
	json_put_key_real_if(w, "nps", shown, f->nps);
	figure_put_interval(w, "interval", shown, f->lo, f->hi);
	json_put_key_text(w, "label", str_of(nps_label_name(f->label)));
	json_put_key_bool(w, "rough", f->label != NPS_FIRM);
	json_put_key_i64(w, "responses", f->responses);
	json_put_key_i64(w, "promoters", f->promoters);
	json_put_key_i64(w, "passives", f->passives);
	json_put_key_i64(w, "detractors", f->detractors);
	json_put_key_i64(w, "people", f->people);
	json_put_key_i64(w, "clusters", f->clusters);
	json_put_key_real(w, "effective_n", f->effective_n);
	json_put_key_real(w, "deff", f->deff);
	json_put_key(w, STR("distribution"));
	json_put_list(w);
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		json_put_i64(w, by_score[score]);
	json_put_list_end(w);
	json_put_key_text(w, "answers_path", path);
	json_put_dict_end(w);
}

void figure_put_sums(struct json_writer *w, const struct nps_sums *sums, Str path)
{
	struct nps_figure figure = nps_figure_of(sums);
	figure_put(w, &figure, sums->by_score, path);
}

void figure_put_share(struct json_writer *w, const char *counted, const struct share *s)
{
	double lo, hi;
	share_range(s, &lo, &hi);
	json_put_key_i64(w, counted, s->hits);
	json_put_key_i64(w, "of", s->of);
	json_put_key_real_if(w, "share", s->of > 0,
	                     s->of > 0 ? (double)s->hits / (double)s->of : 0);
	figure_put_interval(w, "interval", s->of > 0, lo, hi);
}

void figure_put_change(struct json_writer *w, const struct nps_change *c)
{
	json_put_key_real_if(w, "change", c->shown, c->change);
	figure_put_interval(w, "interval", c->shown, c->lo, c->hi);
	json_put_key_bool(w, "beyond_chance", c->beyond_chance);
	json_put_key_bool(w, "rough", !c->shown || c->rough);
	json_put_key_bool(w, "paired", c->paired);
}
