/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/insight_json.h"

#include <inttypes.h>

#include "feedback/filter_run.h"

#define PATH_MAX_BYTES 16384

static void put_interval(struct json_writer *w, const char *key, bool shown, double lo, double hi)
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

/* at NULL writes null. */
static void put_count(struct json_writer *w, const struct insight_count *count, Str path)
{
	const struct nps_figure *f = &count->figure;
	bool shown = f->label != NPS_HIDDEN;
	json_put_dict(w);
	json_put_key(w, STR("nps"));
	if (shown)
		json_put_real(w, f->nps);
	else
		json_put_null(w);
	put_interval(w, "interval", shown, f->lo, f->hi);
	json_put_key_text(w, "label", str_of(nps_label_name(f->label)));
	json_put_key_bool(w, "rough", f->label != NPS_FIRM);
	json_put_key_i64(w, "responses", f->responses);
	json_put_key_i64(w, "promoters", f->promoters);
	json_put_key_i64(w, "passives", f->passives);
	json_put_key_i64(w, "detractors", f->detractors);
	json_put_key_i64(w, "people", f->people);
	json_put_key_real(w, "effective_n", f->effective_n);
	json_put_key_real(w, "deff", f->deff);
	json_put_key(w, STR("distribution"));
	json_put_list(w);
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		json_put_i64(w, count->by_score[score]);
	json_put_list_end(w);
	json_put_key_text(w, "answers_path", path);
	json_put_dict_end(w);
}

/* What the part's own answers have in common, over what was asked. */
static struct answer_filter filter_of(const struct insight_part *part,
                                      const struct answer_filter *asked, struct arena *a)
{
	struct answer_filter f = *asked;
	f.counted_only = true;
	f.kind = part->kind;
	filter_only(&f, FILTER_BRAND, str_printf(a, "%" PRId64, part->brand_id));
	if (part->touchpoint_id)
		filter_only(&f, FILTER_TOUCHPOINT, part->touchpoint_code);
	return f;
}

static Str path_of(const struct insight_question *q, const struct answer_filter *f, struct arena *a)
{
	if (q->figures_only)
		return (Str){ 0 };
	struct buf path;
	buf_init(&path, PATH_MAX_BYTES);
	buf_add(&path, STR("/api/v1/responses?"));
	filter_write(f, &path);
	Str copy = path.overflowed ? (Str){ 0 } : str_copy(a, buf_str(&path));
	buf_free(&path);
	return copy;
}

static void put_points(struct json_writer *w, struct arena *a, const struct insight_question *q,
                       const struct insight_part *part, const struct answer_filter *f)
{
	json_put_list(w);
	for (size_t i = 0; i < part->point_count; i++) {
		const struct insight_point *point = &part->points[i];
		char from[16], to[16];
		calendar_write_day(point->first_day, from);
		calendar_write_day(point->last_day, to);
		struct answer_filter days = *f;
		/* The question's own period may begin or end within the point's. */
		if (!f->from_day.at || str_cmp(f->from_day, str_of(from)) < 0)
			days.from_day = str_of(from);
		if (!f->to_day.at || str_cmp(f->to_day, str_of(to)) > 0)
			days.to_day = str_of(to);
		json_put_dict(w);
		json_put_key_text(w, "from", str_of(from));
		json_put_key_text(w, "to", str_of(to));
		json_put_key(w, STR("figure"));
		put_count(w, &point->count, path_of(q, &days, a));
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

/* Of the languages asked for, those of the group: pt-BR belongs to pt. */
static void only_language(struct answer_filter *f, Str group)
{
	struct filter_values *asked = &f->fields[FILTER_LANGUAGE];
	const struct filter_values wanted = { .at = { group }, .count = 1 };
	size_t kept = 0;
	for (size_t i = 0; i < asked->count; i++)
		if (filter_takes_language(&wanted, asked->at[i]))
			asked->at[kept++] = asked->at[i];
	asked->count = kept;
	if (kept == 0)
		filter_only(f, FILTER_LANGUAGE, group);
}

static bool narrow(struct answer_filter *f, const struct insight_question *q, Str value)
{
	switch (q->split) {
	case SPLIT_NONE:
		return false;
	case SPLIT_SURVEY:
		filter_only(f, FILTER_SURVEY, value);
		return true;
	case SPLIT_CHANNEL:
		filter_only(f, FILTER_CHANNEL, value);
		return true;
	case SPLIT_LANGUAGE:
		only_language(f, value);
		return true;
	case SPLIT_PROPERTY:
		return filter_only_property(f, str_from(q->split_name, STR("property.").len),
		                            value);
	}
	return false;
}

static void put_groups(struct json_writer *w, struct arena *a, const struct insight_question *q,
                       const struct insight_part *part, const struct answer_filter *f)
{
	json_put_list(w);
	for (size_t i = 0; i < part->group_count; i++) {
		const struct insight_group *group = &part->groups[i];
		struct answer_filter narrowed = *f;
		bool linked = group->value.at && narrow(&narrowed, q, group->value);
		json_put_dict(w);
		json_put_key_text(w, "value", group->value);
		json_put_key_bool(w, "rest", group->rest);
		json_put_key(w, STR("figure"));
		put_count(w, &group->count, linked ? path_of(q, &narrowed, a) : (Str){ 0 });
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

void insight_put_left_out(struct json_writer *w, const struct insight_left_out *left)
{
	json_put_key(w, STR("left_out"));
	json_put_dict(w);
	json_put_key_i64(w, "excluded", left->excluded);
	json_put_key_i64(w, "unconfirmed", left->unconfirmed);
	json_put_key_i64(w, "test", left->test);
	json_put_key_i64(w, "dismissed", left->dismissed);
	json_put_key_i64(w, "deleted", left->deleted);
	json_put_key_i64(w, "without_score", left->without_score);
	json_put_dict_end(w);
}

static void put_comparison(struct json_writer *w, struct arena *a, const struct insight_question *q,
                           const struct insight_part *part, const struct answer_filter *f)
{
	const struct nps_change *c = &part->before.change;
	struct answer_filter days = *f;
	json_put_key(w, STR("comparison"));
	if (!q->compare.with) {
		json_put_null(w);
		return;
	}
	days.from_day = q->compare.from_day;
	days.to_day = q->compare.to_day;
	json_put_dict(w);
	json_put_key_text(w, "from", days.from_day);
	json_put_key_text(w, "to", days.to_day);
	json_put_key(w, STR("figure"));
	put_count(w, &part->before.count, path_of(q, &days, a));
	json_put_key(w, STR("change"));
	if (c->shown)
		json_put_real(w, c->change);
	else
		json_put_null(w);
	put_interval(w, "interval", c->shown, c->lo, c->hi);
	json_put_key_bool(w, "beyond_chance", c->beyond_chance);
	json_put_key_bool(w, "rough", !c->shown || c->rough);
	json_put_key_bool(w, "paired", c->paired);
	json_put_key_i64(w, "people_in_both", part->before.people);
	json_put_dict_end(w);
}

static void put_part(struct json_writer *w, struct arena *a, const struct insight_question *q,
                     const struct insight_part *part)
{
	struct answer_filter f = filter_of(part, &q->filter, a);
	json_put_dict(w);
	json_put_key_text(w, "kind", str_of(survey_kind_name(part->kind)));
	json_put_key(w, STR("brand"));
	json_put_dict(w);
	json_put_key_id(w, "id", part->brand_id);
	json_put_key_text(w, "name", part->brand);
	json_put_dict_end(w);
	json_put_key(w, STR("touchpoint"));
	if (part->touchpoint_id) {
		json_put_dict(w);
		json_put_key_text(w, "code", part->touchpoint_code);
		json_put_key_text(w, "name", part->touchpoint);
		json_put_dict_end(w);
	} else {
		json_put_null(w);
	}
	json_put_key_time(w, "first_at", part->first_at);
	json_put_key_time(w, "last_at", part->last_at);
	json_put_key(w, STR("figure"));
	put_count(w, &part->count, path_of(q, &f, a));
	insight_put_left_out(w, &part->left_out);
	put_comparison(w, a, q, part, &f);
	json_put_key(w, STR("series"));
	put_points(w, a, q, part, &f);
	json_put_key(w, STR("groups"));
	put_groups(w, a, q, part, &f);
	json_put_dict_end(w);
}

void insight_put(struct json_writer *w, struct arena *a, const struct insight_question *q,
                 const struct insight_answer *answer)
{
	json_put_key_text(w, "series",
	                  q->series ? str_of(period_unit_name(q->series)) : (Str){ 0 });
	json_put_key_text(w, "by", q->split ? q->split_name : (Str){ 0 });
	json_put_key_text(w, "compare",
	                  q->compare.with ? str_of(compare_name(q->compare.with)) : (Str){ 0 });
	insight_put_left_out(w, &answer->left_out);
	json_put_key(w, STR("parts"));
	json_put_list(w);
	for (size_t i = 0; i < answer->count; i++)
		put_part(w, a, q, &answer->parts[i]);
	json_put_list_end(w);
}
