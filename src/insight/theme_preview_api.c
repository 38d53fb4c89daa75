/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_preview_api.h"

#include "account/reply_json.h"
#include "db/id.h"
#include "insight/quote_json.h"
#include "insight/theme_preview.h"
#include "reading/theme_api.h"
#include "reading/theme_change.h"
#include "survey/team_scope.h"

#define BODY_MAX   32768
#define PER_MINUTE 300 /* as somebody types */

static bool words_check(struct request *rq, const struct theme_preview_question *q, struct err *err)
{
	struct workspace_theme *all;
	size_t count;
	if (!q->seeds.at)
		return q->theme != 0 ||
		       err_at(err, ERR_INVALID, "/seeds", "is required for a new theme");
	return theme_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err) &&
	       theme_seeds_check(rq->arena, q->shipped, all, count, q->theme, q->seeds, err);
}

static bool question_read(struct request *rq, struct theme_preview_question *out, struct err *err)
{
	static const char *const names[] = { "theme_id", "seeds", "join_id", NULL };
	const struct reading_room *room = rq->room;
	JsonRef body;
	*out = (struct theme_preview_question){ .shipped = room->taxonomy };
	return json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       id_read_if_given(json_read_member(body, "theme_id"), "must be the id of a theme",
	                        &out->theme, err) &&
	       id_read_if_given(json_read_member(body, "join_id"), "must be the id of a theme",
	                        &out->joins, err) &&
	       json_read_text_if_given(json_read_member(body, "seeds"), THEME_SEEDS_MAX,
	                               &out->seeds, err) &&
	       words_check(rq, out, err);
}

static void put_quotes(struct json_writer *w, const char *key,
                       const struct theme_preview_quote *all, size_t count)
{
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		quote_put(w, &all[i].quote);
		quote_put_pieces(w, &all[i].quote, all[i].spans, all[i].span_count);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_words(struct json_writer *w, const struct theme_preview *p)
{
	json_put_key(w, STR("words"));
	json_put_list(w);
	for (size_t i = 0; i < p->word_count; i++) {
		json_put_dict(w);
		json_put_key_i64(w, "line", (int64_t)p->words[i].line);
		json_put_key_text(w, "word", p->words[i].text);
		json_put_key_i64(w, "comments", (int64_t)p->words[i].comments);
		json_put_key_bool(w, "wide", p->words[i].wide);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_preview(struct json_writer *w, const struct theme_preview *p)
{
	json_put_dict(w);
	json_put_key_i64(w, "comments", (int64_t)p->comments);
	json_put_key_bool(w, "all", p->all);
	json_put_key_time(w, "oldest_at", p->oldest_at);
	json_put_key_i64(w, "before", (int64_t)p->before);
	json_put_key_i64(w, "after", (int64_t)p->after);
	json_put_key_i64(w, "gained", (int64_t)p->gained);
	json_put_key_i64(w, "lost", (int64_t)p->lost);
	put_quotes(w, "gained_quotes", p->gained_quotes, p->gained_quote_count);
	put_quotes(w, "lost_quotes", p->lost_quotes, p->lost_quote_count);
	put_words(w, p);
	json_put_dict_end(w);
}

static bool preview_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct theme_preview *p = ARENA_NEW(rq->arena, struct theme_preview);
	struct theme_preview_question q;
	bool whole;
	if (!team_scope_covers_all(rq, &whole, err))
		return false;
	if (!whole)
		return err_set(err, ERR_DENIED, "only those who see all answers may change themes");
	if (!question_read(rq, &q, err) ||
	    !theme_preview(rq->db, rq->arena, rq->caller.workspace, &q, p, err))
		return false;
	struct json_writer *w = reply_json(rq);
	put_preview(w, p);
	return reply_json_end(w, rp, 200, err);
}

const struct route theme_preview_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/themes/preview",
	  .operation = "previewTheme",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .body_max = BODY_MAX,
	  .per_minute = PER_MINUTE,
	  .read = preview_read },
};
const size_t theme_preview_route_count =
    sizeof theme_preview_routes / sizeof theme_preview_routes[0];
