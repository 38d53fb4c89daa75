/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/delights_json.h"

#include <math.h>

#include "base/zone.h"
#include "insight/figure_json.h"
#include "insight/theme_quote_json.h"
#include "survey/definition.h"
#include "text/theme_names.h"

#define QUOTES 3

static void put_people(struct json_writer *w, const char *key, const struct delight_people *p)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	const struct share people = share_alone(p->people, p->of);
	figure_put_share(w, "people", &people);
	json_put_dict_end(w);
}

static void put_odds(struct json_writer *w, const char *key, const struct log_odds *o)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key_real(w, "ratio", exp(o->delta));
	figure_put_interval(w, "interval", true, exp(o->lo), exp(o->hi));
	json_put_dict_end(w);
}

/* What promoters lately say of it. */
static bool put_quotes(struct request *rq, struct json_writer *w, const struct asked *asked,
                       const struct answer_filter *filter, int64_t since,
                       const struct workspace_theme *theme, struct err *err)
{
	struct answer_filter lately = *filter;
	const struct theme_quotes_question q = { .scope = &asked->scope,
		                                 .filter = &lately,
		                                 .theme = theme->id,
		                                 .code = theme->code,
		                                 .groups = 1U << GROUP_PROMOTERS,
		                                 .saying = THEME_PRAISED };
	lately.from_day = part_day(rq->arena, zone_day(asked->zone, since));
	lately.from = since;
	return theme_quotes_put(rq, w, !asked->figures_only, &q, QUOTES, err);
}

static void put_figures(struct json_writer *w, const struct delight *d)
{
	json_put_key_i64(w, "comments", d->comments);
	put_people(w, "all", &d->all);
	put_people(w, "promoters", &d->promoters);
	put_people(w, "others", &d->others);
	put_people(w, "lately", &d->lately);
	put_people(w, "before", &d->before);
	put_odds(w, "against_others", &d->from_others);
	put_odds(w, "against_before", &d->from_before);
	json_put_key_real(w, "rate", d->rate);
}

bool delights_put(struct request *rq, struct json_writer *w, const struct asked *asked,
                  const struct answer_filter *filter, const struct themes *themes, struct err *err)
{
	const struct delights *all = &themes->delights;
	json_put_key(w, STR("unexpected"));
	json_put_dict(w);
	json_put_key_i64(w, "tried", (int64_t)all->tried);
	json_put_key_time(w, "since", all->since);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < all->count; i++) {
		const struct workspace_theme *theme = themes->delighted[i]->theme;
		json_put_dict(w);
		json_put_key_id(w, "id", theme->id);
		theme_names_put(w, theme->code, theme->name, theme->renamed);
		put_figures(w, &all->list[i]);
		if (!put_quotes(rq, w, asked, filter, all->since, theme, err))
			return false;
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return true;
}
