/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/learnt_api.h"

#include "account/reply_json.h"
#include "reading/agreed.h"
#include "reading/checked_sentiment.h"
#include "reading/learnt.h"
#include "reading/theme.h"
#include "reading/theme_api.h"
#include "stats/judged.h"
#include "survey/team_scope.h"
#include "text/blind_sentiment.h"
#include "text/theme_names.h"

#define GROUPS 3
#define LABELS 4

/* What is told at once. */
struct told {
	struct learning state;
	struct learnt *versions;
	size_t version_count;
	struct learnt_figure *figures;
	size_t figure_count;
	struct learnt_figure *history;
	int64_t *history_of;
	size_t history_count;
	struct workspace_theme *themes;
	size_t theme_count;
	struct lesson said;
	struct checked_sentiment checked;
};

static bool find_told_now(struct request *rq, struct told *t, struct err *err)
{
	struct db *db = rq->db;
	struct arena *a = rq->arena;
	int64_t workspace = rq->caller.workspace;
	*t = (struct told){ 0 };
	return learning_find(db, a, workspace, &t->state, err) &&
	       learnt_list(db, a, workspace, &t->versions, &t->version_count, err) &&
	       learnt_figures(db, a, workspace, t->state.version, &t->figures, &t->figure_count,
	                      err) &&
	       learnt_history(db, a, workspace, &t->history, &t->history_of, &t->history_count,
	                      err) &&
	       theme_list(db, a, workspace, &t->themes, &t->theme_count, err) &&
	       lesson_said(db, a, workspace, &t->said, err) &&
	       checked_sentiment_find(db, a, workspace, &t->checked, err);
}

/* Of one state: a version that came meanwhile has figures here and is missing there. */
static bool find_told(struct request *rq, struct told *t, struct err *err)
{
	if (!db_read_begin(rq->db, err))
		return false;
	bool ok = find_told_now(rq, t, err);
	db_read_end(rq->db);
	return ok;
}

static void put_share(struct json_writer *w, const char *key, int64_t hits, int64_t of)
{
	struct judged_share s = judged_share_of(hits, of);
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key_i64(w, "hits", s.hits);
	json_put_key_i64(w, "of", s.of);
	json_put_key_real(w, "share", s.share);
	json_put_key_real(w, "lo", s.lo);
	json_put_key_real(w, "hi", s.hi);
	json_put_dict_end(w);
}

static void put_beyond(struct json_writer *w, const struct agreement *a, bool shown)
{
	json_put_key(w, STR("beyond_chance"));
	if (!shown) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_real(w, "value", a->beyond);
	json_put_key_real(w, "lo", a->lo);
	json_put_key_real(w, "hi", a->hi);
	json_put_key_real(w, "same", a->agreed);
	json_put_dict_end(w);
}

/* --- sentiment ---------------------------------------------------------------------------------------- */

static int64_t row_sum(const struct learnt_figure *f, int group)
{
	int64_t sum = 0;
	for (int k = 0; k < LABELS; k++)
		sum += f->n[group * LABELS + k];
	return sum;
}

/* Mixed counts as neither good nor bad. */
static struct judged_f1 f1_of(const struct learnt_figure *f)
{
	struct judged_table t = { 0 };
	for (int g = 0; g < GROUPS; g++)
		for (int k = 0; k < LABELS; k++)
			t.count[g][k == SENTIMENT_MIXED ? (int)SENTIMENT_NEUTRAL : k] +=
			    f->n[g * LABELS + k];
	return judged_f1_of(&t);
}

static void put_matrix(struct json_writer *w, const struct learnt_figure *f)
{
	static const char *const names[GROUPS] = { "detractors", "passives", "promoters" };
	static const char *const labels[LABELS] = { "negative", "neutral", "positive", "mixed" };
	json_put_key(w, STR("groups"));
	json_put_dict(w);
	for (int g = 0; g < GROUPS; g++) {
		json_put_key(w, str_of(names[g]));
		json_put_dict(w);
		for (int k = 0; k < LABELS; k++)
			json_put_key_i64(w, labels[k], f->n[g * LABELS + k]);
		json_put_dict_end(w);
	}
	json_put_dict_end(w);
}

static void put_sides(struct json_writer *w, const struct learnt_figure *f)
{
	int64_t low = row_sum(f, GROUP_DETRACTORS), high = row_sum(f, GROUP_PROMOTERS);
	put_share(w, "right", f->n[LEARNT_LOW_RIGHT] + f->n[LEARNT_HIGH_RIGHT], low + high);
	put_share(w, "detractors_right", f->n[LEARNT_LOW_RIGHT], low);
	put_share(w, "promoters_right", f->n[LEARNT_HIGH_RIGHT], high);
}

static void put_sentiment_by(struct json_writer *w, const char *key, const struct learnt_figure *f)
{
	struct judged_f1 f1 = f1_of(f);
	json_put_key(w, str_of(key));
	json_put_dict(w);
	put_sides(w, f);
	json_put_key(w, STR("macro_f1"));
	json_put_dict(w);
	json_put_key_real(w, "value", f1.f1);
	json_put_key_real(w, "lo", f1.lo);
	json_put_key_real(w, "hi", f1.hi);
	json_put_dict_end(w);
	put_matrix(w, f);
	json_put_dict_end(w);
}

static const struct learnt_figure *figure_of(const struct told *t, int64_t theme,
                                             enum learnt_kind kind)
{
	for (size_t i = 0; i < t->figure_count; i++)
		if (t->figures[i].theme == theme && t->figures[i].kind == kind)
			return &t->figures[i];
	return NULL;
}

static void put_sentiment(struct json_writer *w, const struct told *t)
{
	const struct learnt_figure *shipped = figure_of(t, 0, LEARNT_SENTIMENT_SHIPPED);
	const struct learnt_figure *own = figure_of(t, 0, LEARNT_SENTIMENT_OWN);
	json_put_key(w, STR("sentiment"));
	if (!shipped || !own) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	put_sentiment_by(w, "shipped", shipped);
	put_sentiment_by(w, "learnt", own);
	json_put_dict_end(w);
}

static int64_t when_of(const struct told *t, int64_t version)
{
	for (size_t i = 0; i < t->version_count; i++)
		if (t->versions[i].version == version)
			return t->versions[i].at;
	return 0;
}

static void put_history(struct json_writer *w, const struct told *t)
{
	json_put_key(w, STR("history"));
	json_put_list(w);
	for (size_t i = t->history_count; i-- > 0;) {
		if (t->history[i].kind != LEARNT_SENTIMENT_OWN)
			continue;
		json_put_dict(w);
		json_put_key_i64(w, "version", t->history_of[i]);
		json_put_key_time(w, "learnt_at", when_of(t, t->history_of[i]));
		put_sides(w, &t->history[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

/* --- themes ------------------------------------------------------------------------------------------- */

static int64_t cells(const struct learnt_figure *f, size_t from)
{
	return f->n[from + LEARNT_FOUND] + f->n[from + LEARNT_MISSED] + f->n[from + LEARNT_WRONG] +
	       f->n[from + LEARNT_RIGHTLY_NOT];
}

static void put_checked(struct json_writer *w, const struct learnt_figure *f)
{
	const int64_t *n = &f->n[LEARNT_CHECKED];
	struct agreement_table table = { { { n[LEARNT_RIGHTLY_NOT], n[LEARNT_WRONG] },
		                           { n[LEARNT_MISSED], n[LEARNT_FOUND] } } };
	struct agreement a;
	json_put_key(w, STR("checked"));
	if (cells(f, LEARNT_CHECKED) < LEARNT_LABELS_LEAST) {
		json_put_null(w);
		return;
	}
	agreement_of_two(&table, &a);
	json_put_dict(w);
	put_share(w, "precision", n[LEARNT_FOUND], n[LEARNT_FOUND] + n[LEARNT_WRONG]);
	put_share(w, "recall", n[LEARNT_FOUND], n[LEARNT_FOUND] + n[LEARNT_MISSED]);
	put_share(w, "right", n[LEARNT_FOUND] + n[LEARNT_RIGHTLY_NOT], cells(f, LEARNT_CHECKED));
	put_beyond(w, &a, a.shown);
	json_put_dict_end(w);
}

static void put_theme_by(struct json_writer *w, const char *key, const struct learnt_figure *f)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	put_share(w, "put_right", f->n[LEARNT_FOUND] + f->n[LEARNT_RIGHTLY_NOT], cells(f, 0));
	put_checked(w, f);
	json_put_dict_end(w);
}

/* Comments of which people said whether they speak of the theme. */
static void count_labels(const struct told *t, int64_t theme, int64_t *put_right, int64_t *checked)
{
	const struct lesson *s = &t->said;
	*put_right = *checked = 0;
	for (size_t i = 0; i < s->label_count; i++)
		*put_right += s->labels[i].theme == theme &&
		              (i == 0 || s->labels[i - 1].response != s->labels[i].response ||
		               s->labels[i - 1].theme != theme);
	for (size_t i = 0; i < s->checked_count; i++)
		*checked += s->checked[i].theme == theme &&
		            (i == 0 || s->checked[i - 1].response != s->checked[i].response ||
		             s->checked[i - 1].theme != theme);
}

static void put_theme(struct json_writer *w, const struct told *t, const struct workspace_theme *th)
{
	const struct learnt_figure *shipped = figure_of(t, th->id, LEARNT_THEME_SHIPPED);
	const struct learnt_figure *own = figure_of(t, th->id, LEARNT_THEME_OWN);
	int64_t put_right, checked;
	count_labels(t, th->id, &put_right, &checked);
	if (put_right + checked == 0 && !theme_is_shown(th))
		return;
	json_put_dict(w);
	json_put_key_id(w, "theme_id", th->id);
	theme_names_put(w, th->code, th->name, th->renamed);
	json_put_key_i64(w, "put_right", put_right);
	json_put_key_i64(w, "checked", checked);
	json_put_key_bool(w, "learnt_used", own && own->n[LEARNT_IN_USE] != 0);
	json_put_key(w, STR("figures"));
	if (shipped && own) {
		json_put_dict(w);
		put_theme_by(w, "shipped", shipped);
		put_theme_by(w, "learnt", own);
		json_put_dict_end(w);
	} else {
		json_put_null(w);
	}
	json_put_dict_end(w);
}

/* --- all of it ---------------------------------------------------------------------------------------- */

static void put_state(struct json_writer *w, const struct learning *s)
{
	json_put_key_text(w, "state", learning_state_name(s->state));
	json_put_key_text(w, "step",
	                  s->state == LEARNING_RUNS ? learning_step_name(s->step) : (Str){ 0 });
	json_put_key_i64(w, "done", s->done);
	json_put_key_i64(w, "total", s->total);
	json_put_key_time(w, "looked_at", s->looked_at);
	json_put_key_text(w, "failed", s->failed);
	json_put_key(w, STR("there_is"));
	json_put_dict(w);
	json_put_key_i64(w, "comments", s->comments);
	json_put_key_i64(w, "detractors", s->low);
	json_put_key_i64(w, "promoters", s->high);
	json_put_key_i64(w, "labels", s->labels);
	json_put_dict_end(w);
	json_put_key(w, STR("least"));
	json_put_dict(w);
	json_put_key_i64(w, "each_side", LEARNT_SIDE_LEAST);
	json_put_key_i64(w, "labels", LEARNT_LABELS_LEAST);
	json_put_dict_end(w);
}

static void put_version(struct json_writer *w, const struct told *t)
{
	json_put_key(w, STR("version"));
	if (t->version_count == 0) {
		json_put_null(w);
		return;
	}
	const struct learnt *v = &t->versions[0];
	json_put_dict(w);
	json_put_key_i64(w, "number", v->version);
	json_put_key_time(w, "learnt_at", v->at);
	json_put_key_real(w, "seconds", (double)v->took / 1e6);
	json_put_key_i64(w, "comments", v->comments);
	json_put_key_i64(w, "sampled", v->sampled);
	json_put_key_i64(w, "detractors", v->low);
	json_put_key_i64(w, "promoters", v->high);
	json_put_key_i64(w, "labels", v->labels);
	json_put_key_real(w, "changed", v->changed);
	json_put_key_bool(w, "read_again", v->reread);
	json_put_key_bool(w, "scores_used", v->has_sentiment);
	json_put_key_bool(w, "labels_used", v->has_themes);
	json_put_dict_end(w);
}

static void put_agreed(struct json_writer *w, const char *key, const struct agreed *a)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key_text(w, "method", a->two ? STR("kappa") : STR("alpha"));
	json_put_key_i64(w, "people", a->people);
	json_put_key_i64(w, "items", a->a.items);
	json_put_key_i64(w, "least", AGREEMENT_LEAST);
	put_beyond(w, &a->a, a->a.shown);
	json_put_dict_end(w);
}

static void put_people(struct request *rq, struct json_writer *w, const struct told *t)
{
	struct agreed sentiment, themes;
	agreed_on_sentiment(&t->said, rq->arena, &sentiment);
	agreed_on_themes(&t->said, rq->arena, &themes);
	json_put_key(w, STR("people"));
	json_put_dict(w);
	put_agreed(w, "sentiment", &sentiment);
	put_agreed(w, "themes", &themes);
	json_put_dict_end(w);
}

static void put_checked_sentiment(struct json_writer *w, const struct checked_sentiment *c)
{
	json_put_key(w, STR("checked_sentiment"));
	json_put_dict(w);
	json_put_key_i64(w, "people", c->people);
	json_put_key_i64(w, "items", c->a.items);
	json_put_key_i64(w, "unread", c->unread);
	json_put_key_i64(w, "least", CHECKED_SENTIMENT_LEAST);
	put_beyond(w, &c->a, c->shown);
	json_put_dict_end(w);
}

static void put_shipped(struct json_writer *w, const struct reading_room *room)
{
	json_put_key(w, STR("shipped"));
	json_put_list(w);
	for (size_t i = 0; i < READING_MODELS; i++) {
		json_put_dict(w);
		json_put_key_text(w, "name", room->models[i].name);
		json_put_key_text(w, "licence", room->models[i].licence);
		json_put_key_i64(w, "bytes", room->models[i].bytes);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static bool reply_learnt(struct request *rq, struct reply *rp, const struct told *t,
                         struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_state(w, &t->state);
	put_version(w, t);
	put_sentiment(w, t);
	put_history(w, t);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < t->theme_count; i++)
		put_theme(w, t, &t->themes[i]);
	json_put_list_end(w);
	put_people(rq, w, t);
	put_checked_sentiment(w, &t->checked);
	put_shipped(w, rq->room);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* Figures are of the whole workspace. */
static bool check_sees_all(struct request *rq, struct err *err)
{
	bool whole;
	return team_scope_covers_all(rq, &whole, err) &&
	       (whole || err_set(err, ERR_DENIED,
	                         "how well comments are read is told of the whole workspace, of "
	                         "which your team sees a part"));
}

static bool learnt_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct told t;
	return check_sees_all(rq, err) && find_told(rq, &t, err) && reply_learnt(rq, rp, &t, err);
}

struct learn_input {
	Str actor;
	struct learning state; /* result */
};

static bool learn_prepare(struct request *rq, struct err *err)
{
	struct learn_input *in = ARENA_NEW(rq->arena, struct learn_input);
	(void)err;
	in->actor = rq->caller.name;
	rq->input = in;
	return true;
}

static bool learn_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct learn_input *in = input;
	return learning_want(tx, &in->actor, err) &&
	       learning_find(tx->db, tx->arena, tx->workspace, &in->state, err);
}

static bool learn_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct learn_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "state", learning_state_name(in->state.state));
	json_put_dict_end(w);
	return reply_json_end(w, rp, 202, err);
}

const struct route learnt_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/reading/learnt",
	  .operation = "getLearnt",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = learnt_read },
	{ .method = "POST",
	  .path = "/api/v1/reading/learn",
	  .operation = "learnNow",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .prepare = learn_prepare,
	  .apply = learn_apply,
	  .reply = learn_reply },
};
const size_t learnt_route_count = sizeof learnt_routes / sizeof learnt_routes[0];
