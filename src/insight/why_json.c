/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/why_json.h"

#include "insight/beside_json.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/one_part.h"
#include "insight/part_json.h"

struct putting {
	struct json_writer *w;
	struct arena *arena;
	const struct asked *asked;
	const struct why_question *q;
	const struct why_answer *answer;
};

static void put_range(struct json_writer *w, const char *key, const struct split_range *range)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key_real(w, "points", range->value);
	figure_put_interval(w, "interval", true, range->lo, range->hi);
	json_put_dict_end(w);
}

static void put_both(const struct putting *p, const struct answer_filter *f,
                     const struct nps_sums *now, const struct nps_sums *before,
                     const struct nps_pair *pair)
{
	beside_put(p->w, p->arena, p->asked, &p->q->compare, f, now, before, pair);
}

/* What the answers of a part have in common, over what was asked. */
static struct answer_filter filter_of(const struct putting *p, const struct why_part *part)
{
	struct answer_filter f = *p->q->filter;
	part_narrow(&f, part->part, p->arena);
	return f;
}

static void put_part(const struct putting *p, const struct why_part *part)
{
	struct answer_filter f = filter_of(p, part);
	json_put_dict(p->w);
	json_put_key_text(p->w, "key", one_part_key(p->arena, part->part));
	part_put(p->w, part->part);
	put_both(p, &f, &part->now, &part->before, &part->pair);
	insight_put_left_out(p->w, &part->part->left_out);
	json_put_dict_end(p->w);
}

static void put_parts(const struct putting *p)
{
	json_put_key(p->w, STR("parts"));
	json_put_list(p->w);
	for (size_t i = 0; i < p->answer->part_count; i++)
		put_part(p, &p->answer->parts[i]);
	json_put_list_end(p->w);
	json_put_key_text(p->w, "part",
	                  p->answer->part ? one_part_key(p->arena, p->answer->part->part)
	                                  : (Str){ 0 });
}

static void put_tried(const struct putting *p)
{
	json_put_key(p->w, STR("attributes"));
	json_put_list(p->w);
	for (size_t i = 0; i < p->answer->tried_count; i++) {
		const struct why_tried *one = &p->answer->tried[i];
		json_put_dict(p->w);
		json_put_key_text(p->w, "name", one->attribute.name);
		json_put_key_i64(p->w, "values", (int64_t)one->values);
		json_put_key_real(p->w, "mix", one->mix);
		json_put_key_real(p->w, "spread", one->spread);
		json_put_dict_end(p->w);
	}
	json_put_list_end(p->w);
}

static const char *kind_name(enum split_kind kind)
{
	switch (kind) {
	case SPLIT_FRESH:
		return "new";
	case SPLIT_GONE:
		return "gone";
	case SPLIT_STAYED:
	case SPLIT_EMPTY:
		break;
	}
	return "stayed";
}

static void put_segment(const struct putting *p, const struct why_segment *s)
{
	struct answer_filter f = filter_of(p, p->answer->part);
	bool linked = attribute_narrow(&f, &p->answer->by.dim, &s->value);
	struct split_range total = { .value = s->split->mix.value + s->split->rate.value };
	json_put_dict(p->w);
	json_put_key_text(p->w, "value", s->value.text);
	json_put_key(p->w, STR("version"));
	if (p->answer->by.dim.kind == DIM_WORDING)
		json_put_i64(p->w, s->value.version);
	else
		json_put_null(p->w);
	json_put_key_text(p->w, "kind", str_of(kind_name(s->split->kind)));
	json_put_key_real(p->w, "points", total.value);
	put_range(p->w, "mix", &s->split->mix);
	put_range(p->w, "rate", &s->split->rate);
	json_put_key_real(p->w, "share_before", s->share[0]);
	json_put_key_real(p->w, "share_now", s->share[1]);
	json_put_key_real(p->w, "apart", s->apart);
	json_put_key_bool(p->w, "stands_out", why_stands_out(s));
	put_both(p, linked ? &f : NULL, &s->cell->sums, &s->cell->before, &s->cell->pair);
	json_put_dict_end(p->w);
}

static void put_split(const struct putting *p)
{
	const struct split_one *split = &p->answer->split;
	json_put_dict(p->w);
	json_put_key_text(p->w, "by", p->answer->by.name);
	put_range(p->w, "change", &split->change);
	put_range(p->w, "mix", &split->mix);
	put_range(p->w, "rate", &split->rate);
	put_range(p->w, "new", &split->fresh);
	put_range(p->w, "gone", &split->gone);
	json_put_key(p->w, STR("lead"));
	if (p->answer->lead)
		json_put_i64(p->w, p->answer->lead - p->answer->segments);
	else
		json_put_null(p->w);
	json_put_key(p->w, STR("segments"));
	json_put_list(p->w);
	for (size_t i = 0; i < p->answer->segment_count; i++)
		put_segment(p, &p->answer->segments[i]);
	json_put_list_end(p->w);
	json_put_dict_end(p->w);
}

static void put_together(const struct putting *p)
{
	json_put_dict(p->w);
	put_range(p->w, "rate", &p->answer->several.rate);
	json_put_key(p->w, STR("mix"));
	json_put_list(p->w);
	for (size_t i = 0; i < p->answer->strata_count; i++) {
		const struct why_mix *mix = &p->answer->strata[i];
		json_put_dict(p->w);
		json_put_key_text(p->w, "by", mix->attribute.name);
		json_put_key_i64(p->w, "values", (int64_t)mix->values);
		json_put_key_real(p->w, "points", mix->points.value);
		figure_put_interval(p->w, "interval", true, mix->points.lo, mix->points.hi);
		json_put_dict_end(p->w);
	}
	json_put_list_end(p->w);
	json_put_dict_end(p->w);
}

void why_put(struct json_writer *w, struct arena *a, const struct asked *asked,
             const struct why_question *q, const struct why_answer *answer)
{
	const struct putting p = { w, a, asked, q, answer };
	beside_put_periods(w, q->filter, &q->compare);
	put_parts(&p);
	put_tried(&p);
	json_put_key_real(w, "channel_moved", answer->channel_moved);
	json_put_key_bool(w, "channel_marked", answer->channel_marked);
	json_put_key(w, STR("split"));
	if (answer->shown)
		put_split(&p);
	else
		json_put_null(w);
	json_put_key(w, STR("together"));
	if (answer->shown)
		put_together(&p);
	else
		json_put_null(w);
}
