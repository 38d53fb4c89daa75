/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/share_check_api.h"

#include <inttypes.h>

#include "account/reply_json.h"
#include "base/rng.h"
#include "db/id.h"
#include "feedback/sight.h"
#include "insight/figure_json.h"
#include "insight/share_check_draw.h"
#include "insight/share_check_figures.h"
#include "survey/definition.h"
#include "text/sentiment.h"
#include "text/theme_names.h"

#define PAGE_MAX     50
#define PAGE_DEFAULT 25

static Str group_name(enum nps_group group)
{
	return str_of(score_group_name((enum score_group)group));
}

/* What a question about checks has: figures' filters, and the part. In the request's arena. */
static bool question_read(struct request *rq, struct check_question *out, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct facts *facts = ARENA_NEW(rq->arena, struct facts);
	struct one_part *part = ARENA_NEW(rq->arena, struct one_part);
	Str wanted = { 0 };
	if (!asked_read(rq, asked_own_part, &wanted, "part", asked, err) ||
	    !asked_facts(rq, 0, facts, err))
		return false;
	const struct cell_question q = asked_cells(asked);
	if (!one_part_choose(facts, rq->arena, &q, wanted, part, err))
		return false;
	*out = (struct check_question){ facts, asked, part, &rq->caller, rq->now };
	return true;
}

static void put_members(struct json_writer *w, struct arena *a, const struct share_check *c,
                        const struct check_progress *p)
{
	json_put_key_id(w, "id", c->id);
	json_put_key_text(w, "group", group_name(c->group));
	json_put_key_text(w, "part", c->part);
	json_put_key_text(w, "filter", c->filter);
	json_put_key_text(w, "from", c->from_day);
	json_put_key_text(w, "to", c->to_day);
	json_put_key_time(w, "first_at", c->first_at);
	json_put_key_time(w, "ends_at", c->ends_at);
	json_put_key_time(w, "drawn_at", c->drawn_at);
	json_put_key(w, STR("seed"));
	json_put_text(w, str_printf(a, "%016" PRIx64, c->seed));
	json_put_key_i64(w, "comments", c->comments);
	json_put_key_i64(w, "drawn", c->drawn);
	json_put_key_i64(w, "wanted", p->there);
	json_put_key_i64(w, "read", p->read);
	json_put_key_i64(w, "read_by_me", p->mine);
	json_put_key_i64(w, "people", p->people);
}

static void put_figure(struct json_writer *w, const struct check_figure *f)
{
	const struct checked_counts *c = &f->counts;
	const struct checked_share *s = &f->share;
	json_put_dict(w);
	json_put_key_id(w, "id", f->theme.id);
	theme_names_put(w, f->theme.code, f->theme.name, f->theme.renamed);
	json_put_key_real(w, "estimated", s->machine);
	json_put_key_i64(w, "read", c->yes_yes + c->yes_no + c->no_yes + c->no_no);
	json_put_key_i64(w, "found", c->yes_yes + c->no_yes);
	json_put_key_real_if(w, "checked", s->shown, s->share);
	figure_put_interval(w, "interval", s->shown, s->lo, s->hi);
	json_put_key_real_if(w, "sensitivity", s->shown && s->sensitivity >= 0, s->sensitivity);
	json_put_key_real_if(w, "specificity", s->shown && s->specificity >= 0, s->specificity);
	json_put_key_i64(w, "more", f->more);
	json_put_dict_end(w);
}

static void put_agreement(struct json_writer *w, bool asked, const struct agreement *g)
{
	json_put_key(w, STR("agreement"));
	if (!asked || g->items == 0) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "items", g->items);
	json_put_key_real(w, "agreed", g->agreed);
	json_put_key_real_if(w, "beyond_chance", g->shown, g->beyond);
	figure_put_interval(w, "interval", g->shown, g->lo, g->hi);
	json_put_dict_end(w);
}

/* The check as a value, with its figures. */
static bool put_check(struct request *rq, struct json_writer *w, const struct share_check *c,
                      struct err *err)
{
	struct check_progress progress;
	struct check_figure *figures;
	struct agreement agreement = { 0 };
	size_t count;
	int64_t workspace = rq->caller.workspace;
	if (!share_check_progress(rq->db, rq->arena, &rq->caller, c, &progress, err) ||
	    !share_check_figures(rq->db, rq->arena, workspace, c, &figures, &count, err) ||
	    (progress.people > 1 &&
	     !share_check_agreement(rq->db, rq->arena, workspace, c->id, &agreement, err)))
		return false;
	json_put_dict(w);
	put_members(w, rq->arena, c, &progress);
	put_agreement(w, progress.people > 1, &agreement);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_figure(w, &figures[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return true;
}

static bool put_group(struct request *rq, struct json_writer *w, const struct check_question *q,
                      enum nps_group group, int64_t comments, struct err *err)
{
	struct share_check check;
	bool found = false;
	if (comments > 0 && !share_check_fitting(q, rq->arena, group, &found, &check, err))
		return false;
	json_put_key(w, group_name(group));
	json_put_dict(w);
	json_put_key_i64(w, "comments", comments);
	json_put_key(w, STR("check"));
	if (!found)
		json_put_null(w);
	else if (!put_check(rq, w, &check, err))
		return false;
	json_put_dict_end(w);
	return true;
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	static const enum nps_group groups[] = { NPS_DETRACTOR, NPS_PASSIVE, NPS_PROMOTER };
	struct check_question q;
	int64_t comments[3] = { 0 };
	if (!question_read(rq, &q, err) ||
	    (q.part->has_answers && !share_check_whole(&q, rq->arena, comments, err)))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, q.asked, rq, q.facts->as_of);
	one_part_put(w, rq->arena, q.part);
	json_put_key(w, STR("groups"));
	json_put_dict(w);
	for (size_t g = 0; g < 3; g++)
		if (!put_group(rq, w, &q, groups[g], comments[groups[g]], err))
			return false;
	json_put_dict_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool one_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct share_check check;
	int64_t id;
	return request_param_id(rq, "check", &id, err) &&
	       share_check_find(rq->db, rq->arena, &rq->caller, id, &check, err) &&
	       put_check(rq, w, &check, err) && reply_json_end(w, rp, 200, err);
}

static bool group_read(JsonRef ref, enum nps_group *out, struct err *err)
{
	Str name;
	enum score_group group;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	if (!score_group_find(name, &group))
		return err_at(err, ERR_INVALID, ref.path,
		              "must be detractors, passives or promoters");
	*out = (enum nps_group)group;
	return true;
}

static bool draw_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "group", NULL };
	struct check_begin *in = ARENA_NEW(rq->arena, struct check_begin);
	struct check_question q;
	enum nps_group group = NPS_DETRACTOR;
	uint64_t seed;
	JsonRef body;
	rq->input = in;
	rng_bytes(&seed, sizeof seed);
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !group_read(json_read_member(body, "group"), &group, err) ||
	    !question_read(rq, &q, err))
		return false;
	if (!q.part->has_answers)
		return err_set(err, ERR_CONFLICT, "there are no answers here");
	return share_check_draw(&q, rq->arena, group, seed, in, err);
}

static bool reply_progress(struct request *rq, struct reply *rp, int status,
                           const struct share_check *check, const struct check_progress *progress,
                           struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_members(w, rq->arena, check, progress);
	json_put_dict_end(w);
	return reply_json_end(w, rp, status, err);
}

static bool draw_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct check_begin *in = rq->input;
	const struct check_progress none = { .there = in->check.wanted };
	return reply_progress(rq, rp, 201, &in->check, &none, err);
}

static bool number_read(struct request *rq, const char *name, int64_t min, int64_t max,
                        int64_t *out, struct err *err)
{
	Str value = request_query(rq, name);
	if (!value.at)
		return true;
	return (str_to_i64(value, out) && *out >= min && *out <= max) ||
	       err_at(err, ERR_INVALID, name, "must be between %" PRId64 " and %" PRId64, min, max);
}

static void put_text(struct json_writer *w, struct arena *a, const struct check_text *t,
                     const struct sight *sight)
{
	json_put_dict(w);
	json_put_key_i64(w, "place", t->place);
	json_put_key_id(w, "response_id", t->response);
	json_put_key_text(w, "text", sight_text(sight, a, t->text));
	json_put_key_text(w, "language", t->language.len ? t->language : (Str){ 0 });
	json_put_key(w, STR("themes"));
	if (t->is_read) {
		json_put_list(w);
		for (size_t i = 0; i < t->theme_count; i++)
			json_put_id(w, t->themes[i]);
		json_put_list_end(w);
	} else {
		json_put_null(w);
	}
	json_put_key_text(w, "sentiment",
	                  t->sentiment == CHECK_NO_SENTIMENT
	                      ? (Str){ 0 }
	                      : sentiment_word((enum sentiment_label)t->sentiment));
	json_put_dict_end(w);
}

static void put_asked(struct json_writer *w, const struct check_theme *themes, size_t count)
{
	json_put_key(w, STR("asked"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_id(w, "id", themes[i].id);
		theme_names_put(w, themes[i].code, themes[i].name, themes[i].renamed);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static bool comments_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct share_check check;
	struct check_progress progress;
	struct check_theme *themes;
	struct check_text *texts;
	size_t theme_count, count;
	struct sight sight;
	int64_t id, after = -1, limit = PAGE_DEFAULT;
	bool more;
	if (!request_param_id(rq, "check", &id, err) || !sight_of(rq, &sight, err) ||
	    !number_read(rq, "after", -1, CHECK_MOST, &after, err) ||
	    !number_read(rq, "limit", 1, PAGE_MAX, &limit, err) ||
	    !share_check_find(rq->db, rq->arena, &rq->caller, id, &check, err) ||
	    !share_check_progress(rq->db, rq->arena, &rq->caller, &check, &progress, err) ||
	    !share_check_themes(rq->db, rq->arena, rq->caller.workspace, id, &themes, &theme_count,
	                        err) ||
	    !share_check_texts(rq->db, rq->arena, &rq->caller, &check, (int)after, (size_t)limit,
	                       &texts, &count, &more, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_members(w, rq->arena, &check, &progress);
	put_asked(w, themes, theme_count);
	json_put_key(w, STR("texts"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_text(w, rq->arena, &texts[i], &sight);
	json_put_list_end(w);
	json_put_key_bool(w, "more", more);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool say_begin(struct request *rq, struct check_say **out, struct err *err)
{
	struct check_say *in = ARENA_NEW(rq->arena, struct check_say);
	rq->input = in;
	in->caller = &rq->caller;
	in->arena = rq->arena;
	*out = in;
	return request_param_id(rq, "check", &in->check, err) &&
	       request_param_id(rq, "response", &in->response, err);
}

static bool theme_ids_read(struct arena *a, JsonRef list, struct check_say *in, struct err *err)
{
	if (!json_read_list(list, TAXONOMY_THEMES_MAX, err))
		return false;
	in->theme_count = json_read_count(list);
	int64_t *ids = ARENA_ARRAY(a, int64_t, in->theme_count + 1);
	for (size_t i = 0; i < in->theme_count; i++) {
		if (!id_read(json_read_item(list, i), "must be the id of a theme", &ids[i], err))
			return false;
	}
	in->themes = ids;
	return true;
}

static bool sentiment_read_if_given(JsonRef ref, int *out, struct err *err)
{
	enum sentiment_label label;
	*out = CHECK_NO_SENTIMENT;
	if (!json_read_is_given(ref))
		return true;
	if (!sentiment_label_read(ref, &label, err))
		return false;
	*out = (int)label;
	return true;
}

static bool say_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "themes", "sentiment", NULL };
	struct check_say *in;
	JsonRef body;
	return say_begin(rq, &in, err) && json_read(rq->arena, rq->body, &body, err) &&
	       json_read_only(body, names, err) &&
	       sentiment_read_if_given(json_read_member(body, "sentiment"), &in->sentiment, err) &&
	       theme_ids_read(rq->arena, json_read_member(body, "themes"), in, err);
}

static bool unsay_prepare(struct request *rq, struct err *err)
{
	struct check_say *in;
	return say_begin(rq, &in, err);
}

static bool say_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct check_say *in = rq->input;
	return reply_progress(rq, rp, 200, &in->found, &in->progress, err);
}

static bool want_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "wanted", NULL };
	struct check_want *in = ARENA_NEW(rq->arena, struct check_want);
	JsonRef body;
	int64_t wanted;
	rq->input = in;
	in->caller = &rq->caller;
	in->arena = rq->arena;
	if (!request_param_id(rq, "check", &in->check, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err) ||
	    !json_read_i64(json_read_member(body, "wanted"), 1, CHECK_MOST, &wanted, err))
		return false;
	in->wanted = (int)wanted;
	return true;
}

static bool want_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct check_want *in = rq->input;
	return reply_progress(rq, rp, 200, &in->found, &in->progress, err);
}

const struct route share_check_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/checks",
	  .operation = "listChecks",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/checks",
	  .operation = "drawCheck",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = 4096,
	  .prepare = draw_prepare,
	  .apply = share_check_begin,
	  .reply = draw_reply },
	{ .method = "GET",
	  .path = "/api/v1/checks/{check}",
	  .operation = "getCheck",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = one_read },
	{ .method = "PATCH",
	  .path = "/api/v1/checks/{check}",
	  .operation = "changeCheck",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = 4096,
	  .prepare = want_prepare,
	  .apply = share_check_want,
	  .reply = want_reply },
	{ .method = "GET",
	  .path = "/api/v1/checks/{check}/comments",
	  .operation = "listCheckComments",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = comments_read },
	{ .method = "PUT",
	  .path = "/api/v1/checks/{check}/comments/{response}",
	  .operation = "sayCheckComment",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = 16384,
	  .prepare = say_prepare,
	  .apply = share_check_say,
	  .reply = say_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/checks/{check}/comments/{response}",
	  .operation = "unsayCheckComment",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .prepare = unsay_prepare,
	  .apply = share_check_unsay,
	  .reply = say_reply },
};
const size_t share_check_route_count = sizeof share_check_routes / sizeof share_check_routes[0];
