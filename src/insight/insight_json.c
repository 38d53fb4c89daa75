/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/insight_json.h"

#include "insight/answers_path.h"
#include "insight/attribute.h"
#include "insight/figure_json.h"
#include "insight/part_json.h"

static void put_count(struct json_writer *w, const struct insight_count *count, Str path)
{
	figure_put(w, &count->figure, count->by_score, path);
}

static struct cell_part cell_part_of(const struct insight_part *part)
{
	return (struct cell_part){ .kind = part->kind,
		                   .brand_id = part->brand_id,
		                   .brand = part->brand,
		                   .touchpoint_id = part->touchpoint_id,
		                   .touchpoint_code = part->touchpoint_code,
		                   .touchpoint = part->touchpoint };
}

static Str path_of(const struct insight_question *q, const struct answer_filter *f, struct arena *a)
{
	return q->figures_only ? (Str){ 0 } : answers_path(f, a);
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
		days.from_day = str_of(from);
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
		attribute_only_language(f, value);
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

void insight_put_left_out(struct json_writer *w, const struct cell_left_out *left)
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
	figure_put_change(w, c);
	json_put_key_i64(w, "people_in_both", part->before.people);
	json_put_dict_end(w);
}

static void put_part(struct json_writer *w, struct arena *a, const struct insight_question *q,
                     const struct insight_part *part)
{
	const struct cell_part cell_part = cell_part_of(part);
	struct answer_filter f = part_filter(&cell_part, &q->filter, a);
	json_put_dict(w);
	part_put(w, &cell_part);
	json_put_key_time(w, "first_at", part->first_at);
	json_put_key_time(w, "last_at", part->last_at);
	json_put_key(w, STR("figure"));
	put_count(w, &part->count, path_of(q, &f, a));
	json_put_key_i64(w, "imported", part->imported);
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
