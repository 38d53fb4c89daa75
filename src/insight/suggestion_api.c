/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/suggestion_api.h"

#include "account/reply_json.h"
#include "db/id.h"
#include "insight/quote_json.h"
#include "reading/suggestion.h"
#include "reading/theme_api.h"
#include "reading/theme_change.h"
#include "reading/theme_search.h"
#include "survey/team_scope.h"
#include "text/themes.h"

#define BODY_MAX 4096
/* Of those that people dealt with. */
#define DONE_MAX 30

/* Suggestions are made of all comments: to who sees a part of them none are shown. */
static bool sees_all(struct request *rq, struct err *err)
{
	bool whole;
	if (!team_scope_covers_all(rq, &whole, err))
		return false;
	return whole ||
	       err_set(err, ERR_DENIED, "only those who see all answers see what they suggest");
}

/* --- quotes ------------------------------------------------------------------------------------------- */

struct marker {
	struct word_reader *words;
	const struct theme_seeds *seeds; /* NULL: nothing is marked */
	enum tongue tongue;
};

/* Words that an older Heed has written may be refused by this one: then nothing is marked. */
static void marker_make(struct arena *a, const struct suggestion *s, struct marker *out)
{
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	struct err why;
	Str text = str_printf(a, "[s]\nname: s\n%.*s\n", STR_FMT(s->words));
	out->tongue = tongue_of_tag(s->language);
	out->seeds = taxonomy_read(a, text, t, &why) ? theme_seeds_new(a, out->words, t) : NULL;
}

static size_t mark(const struct marker *m, struct arena *a, Str text, struct mask_span **out)
{
	struct words w;
	struct seed_hits hits = { 0 };
	if (m->seeds) {
		words_read(m->words, a, text, m->tongue, &w);
		theme_seeds_find(m->seeds, a, &w, &hits);
	}
	*out = ARENA_ARRAY(a, struct mask_span, hits.count + 1);
	for (size_t i = 0; i < hits.count; i++) {
		const struct word *first = &w.words[hits.hit[i].first],
				  *last = &w.words[hits.hit[i].last];
		(*out)[i] = (struct mask_span){ first->from, last->from + last->len - first->from };
	}
	return quote_join_spans(*out, hits.count);
}

/* An answer that does not count any more is not quoted. */
static bool put_quote(struct request *rq, struct json_writer *w, const struct marker *m, int64_t id,
                      struct err *err)
{
	struct response r;
	struct quote quote;
	struct mask_span *spans;
	struct err why;
	if (!response_find(rq->db, rq->arena, rq->caller.workspace, id, &r, &why))
		return why.kind == ERR_NOT_FOUND || err_set(err, why.kind, "%s", why.msg);
	if (!response_counts(r.state, r.score) || !r.comment.len)
		return true;
	size_t count = mark(m, rq->arena, transcript_said(rq->arena, r.comment, &r.told), &spans);
	if (!quote_keeping(rq->db, rq->arena, &r, spans, count, &quote, err))
		return false;
	if (!quote.id)
		return true;
	json_put_dict(w);
	quote_put(w, &quote);
	quote_put_pieces(w, &quote, spans, quote_join_spans(spans, count));
	json_put_dict_end(w);
	return true;
}

static bool put_quotes(struct request *rq, struct json_writer *w, const struct suggestion *s,
                       struct marker *m, struct err *err)
{
	int64_t ids[SUGGESTED_QUOTES];
	size_t count;
	if (!suggestion_quotes(rq->db, rq->arena, rq->caller.workspace, s->id, ids, &count, err))
		return false;
	marker_make(rq->arena, s, m);
	for (size_t i = 0; i < count; i++)
		if (!put_quote(rq, w, m, ids[i], err))
			return false;
	return true;
}

/* --- the list ----------------------------------------------------------------------------------------- */

/* An open dict: the caller ends it. */
static void put_suggestion(struct json_writer *w, const struct suggestion *s)
{
	json_put_dict(w);
	json_put_key_id(w, "id", s->id);
	json_put_key_text(w, "state", suggestion_state_name(s->state));
	json_put_key_text(w, "name", s->name);
	json_put_key_text(w, "seeds", s->words);
	json_put_key_text(w, "language", s->language);
	json_put_key_i64(w, "comments", s->comments);
	json_put_key_id(w, "theme_id", s->theme);
	json_put_key_text(w, "changed_by", s->actor);
	json_put_key_time(w, "changed_at", s->changed_at);
}

static bool put_all(struct request *rq, struct json_writer *w, const struct suggestion *all,
                    size_t count, struct marker *m, struct err *err)
{
	size_t done = 0;
	for (size_t i = 0; i < count; i++) {
		if (all[i].state != SUGGESTION_OPEN && done++ >= DONE_MAX)
			return true;
		put_suggestion(w, &all[i]);
		json_put_key(w, STR("quotes"));
		json_put_list(w);
		if (all[i].state == SUGGESTION_OPEN && !put_quotes(rq, w, &all[i], m, err))
			return false;
		json_put_list_end(w);
		json_put_dict_end(w);
	}
	return true;
}

static void put_search(struct json_writer *w, const struct theme_search *s)
{
	json_put_key_bool(w, "wanted", s->wanted);
	json_put_key_bool(w, "waits", s->waits);
	json_put_key_time(w, "looked_at", s->ended_at);
	json_put_key_time(w, "next_at", s->next_at);
	json_put_key_i64(w, "comments", s->comments);
	json_put_key_i64(w, "left_over", s->left_over);
	json_put_key_i64(w, "left_over_least", SUGGEST_COMMENTS_LEAST);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct suggestion *all = NULL;
	struct theme_search search = { 0 };
	struct marker marker = { .words = word_reader_open() };
	size_t count = 0;
	bool whole = false;
	bool ok = team_scope_covers_all(rq, &whole, err);
	if (ok && whole)
		ok = theme_search_find(rq->db, rq->arena, rq->caller.workspace, rq->now, &search,
		                       err) &&
		     suggestion_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err);
	if (ok) {
		json_put_dict(w);
		json_put_key_bool(w, "shown", whole);
		put_search(w, &search);
		json_put_key(w, STR("suggestions"));
		json_put_list(w);
		ok = put_all(rq, w, all, count, &marker, err);
	}
	word_reader_close(marker.words);
	if (!ok)
		return false;
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* --- deeds -------------------------------------------------------------------------------------------- */

static bool state_read(JsonRef ref, struct suggestion_change *in, struct err *err)
{
	Str text;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, 32, &text, err))
		return false;
	in->moves = suggestion_state_find(text, &in->to);
	return in->moves ||
	       err_at(err, ERR_INVALID, ref.path, "must be open, accepted, merged or dismissed");
}

static bool into_read(JsonRef ref, struct suggestion_change *in, struct err *err)
{
	bool merges = in->moves && in->to == SUGGESTION_MERGED;
	if (!json_read_is_given(ref) && !merges)
		return true;
	if (!merges)
		return err_at(err, ERR_INVALID, ref.path, "goes with the state merged alone");
	return id_read(ref, "must be the id of a theme", &in->into, err);
}

static bool change_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name", "state", "theme_id", NULL };
	const struct reading_room *room = rq->room;
	struct suggestion_change *in = ARENA_NEW(rq->arena, struct suggestion_change);
	JsonRef body;
	rq->input = in;
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	if (!sees_all(rq, err) || !request_param_id(rq, "suggestion", &in->id, err) ||
	    !json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	JsonRef name = json_read_member(body, "name");
	return (!json_read_is_given(name) || theme_name_read(name, &in->name, err)) &&
	       state_read(json_read_member(body, "state"), in, err) &&
	       into_read(json_read_member(body, "theme_id"), in, err) &&
	       suggestion_check(rq->db, rq->arena, rq->caller.workspace, room->taxonomy, in, err);
}

static bool change_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct suggestion_change *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_suggestion(w, &in->suggestion);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool look_prepare(struct request *rq, struct err *err)
{
	Str *actor = ARENA_NEW(rq->arena, Str);
	*actor = rq->caller.name;
	rq->input = actor;
	return sees_all(rq, err);
}

static bool look_reply(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_bool(w, "wanted", true);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 202, err);
}

const struct route suggestion_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/themes/suggestions",
	  .operation = "listThemeSuggestions",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/themes/suggestions",
	  .operation = "lookForThemes",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = look_prepare,
	  .apply = theme_search_want,
	  .reply = look_reply },
	{ .method = "PATCH",
	  .path = "/api/v1/themes/suggestions/{suggestion}",
	  .operation = "changeThemeSuggestion",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = change_prepare,
	  .apply = suggestion_change,
	  .reply = change_reply },
};
const size_t suggestion_route_count = sizeof suggestion_routes / sizeof suggestion_routes[0];
