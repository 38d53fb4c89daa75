/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/themes_api.h"

#include "account/reply_json.h"
#include "feedback/cube.h"
#include "insight/asked.h"
#include "insight/attribute.h"
#include "insight/delights_json.h"
#include "insight/figure_json.h"
#include "insight/found_kept.h"
#include "insight/theme_quote_json.h"
#include "insight/theme_who.h"
#include "insight/themes.h"
#include "reading/pass.h"
#include "survey/definition.h"
#include "text/theme_names.h"

/* Values of an attribute that are told apart, of those with most comments. */
#define WHO_MAX 12

static const char *const group_names[] = { "detractors", "passives", "promoters" };

struct wished {
	Str part;
	struct dim by;
	unsigned groups;
	enum theme_saying saying;
	bool has_target;
	double target;
};

static bool set_says(struct wished *w, Str value, struct err *err)
{
	static const char *const words[] = {
#define SAYING_WORD(saying, word, above, below) [saying] = word,
		THEME_SAYINGS_OF(SAYING_WORD)
#undef SAYING_WORD
	};
	for (int saying = 0; saying < THEME_SAYINGS; saying++)
		if (str_eq(value, str_of(words[saying]))) {
			w->saying = (enum theme_saying)saying;
			return true;
		}
	return err_at(err, ERR_INVALID, "says", "must be named, praised or criticised");
}

/* A share from 0 to 1, as "0.05". */
static bool set_target(struct wished *w, Str value, struct err *err)
{
	w->has_target = str_to_double(value, &w->target) && w->target >= 0 && w->target <= 1;
	return w->has_target || err_at(err, ERR_INVALID, "target", "must be a share from 0 to 1");
}

static bool own_part(void *context, struct request *rq, Str name, Str value, bool *known,
                     struct err *err)
{
	struct wished *w = context;
	*known = str_eq(name, STR("target"));
	return *known ? set_target(w, value, err)
	              : asked_own_part(&w->part, rq, name, value, known, err);
}

static bool own_of_one(void *context, struct request *rq, Str name, Str value, bool *known,
                       struct err *err)
{
	struct wished *w = context;
	enum score_group group;
	*known = true;
	if (str_eq(name, STR("by")))
		return attribute_parse(value, "by", &w->by, err);
	if (str_eq(name, STR("says")))
		return set_says(w, value, err);
	if (!str_eq(name, STR("group")))
		return own_part(context, rq, name, value, known, err);
	if (!score_group_find(value, &group))
		return err_at(err, ERR_INVALID, "group",
		              "must be promoters, passives or detractors");
	w->groups |= 1U << group;
	return true;
}

struct output {
	struct json_writer *w;
	struct arena *a;
	const struct asked *asked;
	const struct themes *themes;
	struct answer_filter filter; /* of the part */
};

static void put_part_of(struct json_writer *w, const char *key, const struct theme_part *p)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	figure_put_share(w, "comments", &p->said[THEME_NAMED]);
	json_put_key_i64(w, "praised", p->said[THEME_PRAISED].hits);
	json_put_key_i64(w, "criticised", p->said[THEME_CRITICISED].hits);
	json_put_dict_end(w);
}

static void put_driver(struct json_writer *w, const char *key, bool shown,
                       const struct theme_driver *d)
{
	json_put_key(w, str_of(key));
	if (!shown || !d) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "comments", d->comments);
	json_put_key_real(w, "effect", d->driver.effect);
	figure_put_interval(w, "effect_interval", true, d->driver.effect_lo, d->driver.effect_hi);
	json_put_key_real(w, "dominance", d->driver.dominance);
	json_put_key_bool(w, "stands", d->driver.stands);
	json_put_dict_end(w);
}

static void put_stake(struct json_writer *w, const struct theme_row *row)
{
	json_put_key(w, STR("at_stake"));
	if (!row->has_stake) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_real(w, "points", row->stake.points);
	figure_put_interval(w, "interval", true, row->stake.lo, row->stake.hi);
	json_put_key_real(w, "share", row->stake.share);
	json_put_key_real(w, "target", row->target);
	json_put_dict_end(w);
}

/* Points of share, in the last months against as many before. */
static void put_trend(struct json_writer *w, const struct share_change *c)
{
	json_put_key(w, STR("trend"));
	if (!c->shown) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_real(w, "change", c->change / 100);
	figure_put_interval(w, "interval", true, c->lo / 100, c->hi / 100);
	json_put_key_bool(w, "beyond_chance", c->beyond_chance);
	json_put_dict_end(w);
}

static void put_counts(struct json_writer *w, const char *key, const int64_t *counts, size_t n)
{
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < n; i++)
		json_put_i64(w, counts[i]);
	json_put_list_end(w);
}

/* Of answers that were chosen by another theme, those that speak of this one: no filter takes both at once. */
static bool chosen_by_other(const struct output *o, Str code)
{
	const struct filter_values *v = &o->filter.fields[FILTER_THEME];
	return v->count > 1 || (v->count == 1 && !str_eq(v->at[0], code));
}

static void put_row(const struct output *o, const struct theme_row *row)
{
	struct json_writer *w = o->w;
	const struct themes *t = o->themes;
	struct answer_filter with = o->filter;
	filter_only(&with, FILTER_THEME, row->theme->code);
	json_put_dict(w);
	json_put_key_id(w, "id", row->theme->id);
	theme_names_put(w, row->theme->code, row->theme->name, row->theme->renamed);
	put_part_of(w, "all", &row->all);
	json_put_key(w, STR("groups"));
	json_put_dict(w);
	for (int g = 0; g < THEMES_GROUPS; g++)
		put_part_of(w, group_names[g], &row->groups[g]);
	json_put_dict_end(w);
	put_counts(w, "months", row->months, row->months ? t->month_count : 0);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &row->sums,
	                chosen_by_other(o, row->theme->code)
	                    ? (Str){ 0 }
	                    : asked_answers_path(o->asked, &with, o->a));
	json_put_key(w, STR("from_rest"));
	json_put_dict(w);
	figure_put_change(w, &row->from_rest);
	json_put_key_i64(w, "people_in_both", row->people_in_both);
	json_put_dict_end(w);
	put_driver(w, "praise", t->drivers.list.shown, row->praise);
	put_driver(w, "criticism", t->drivers.list.shown, row->criticism);
	put_stake(w, row);
	put_trend(w, &row->trend);
	json_put_key_text(w, "effort", theme_effort_name(row->effort));
	json_put_dict_end(w);
}

static void put_comments(const struct output *o)
{
	struct json_writer *w = o->w;
	const struct themes *t = o->themes;
	json_put_key_i64(w, "answers", t->answers);
	json_put_key(w, STR("comments"));
	json_put_dict(w);
	json_put_key_i64(w, "written", t->commented);
	json_put_key_i64(w, "say_something", t->said);
	json_put_key_i64(w, "say_nothing", t->by_understood[UNDERSTOOD_NOTHING_SAID]);
	json_put_key_i64(w, "not_analysed", t->by_understood[UNDERSTOOD_NOT_ANALYSED]);
	json_put_key_i64(w, "not_read", t->by_understood[UNDERSTOOD_NO_READING]);
	json_put_dict_end(w);
	json_put_key(w, STR("groups"));
	json_put_dict(w);
	for (int g = 0; g < THEMES_GROUPS; g++) {
		json_put_key(w, str_of(group_names[g]));
		json_put_dict(w);
		json_put_key_i64(w, "say_something", t->said_by[g]);
		for (int u = UNDERSTOOD_NEGATIVE; u <= UNDERSTOOD_MIXED; u++) {
			json_put_key(w, understood_word((enum understood)u));
			json_put_i64(w, t->label_by[g][u]);
		}
		json_put_dict_end(w);
	}
	json_put_dict_end(w);
}

static void put_months(const struct output *o)
{
	json_put_key(o->w, STR("months"));
	json_put_list(o->w);
	for (size_t i = 0; i < o->themes->month_count; i++) {
		json_put_dict(o->w);
		json_put_key_text(o->w, "first_day", part_day(o->a, o->themes->month_days[i]));
		json_put_key_i64(o->w, "say_something", o->themes->month_said[i]);
		json_put_dict_end(o->w);
	}
	json_put_list_end(o->w);
}

static void put_reading(struct json_writer *w, const struct pass *pass)
{
	json_put_key(w, STR("reading"));
	json_put_dict(w);
	json_put_key_text(w, "state", pass_state_name(pass->state));
	json_put_key_i64(w, "done", pass->done);
	json_put_key_i64(w, "total", pass->total);
	json_put_dict_end(w);
}

/* All answers of the part, with a comment or without. */
static void put_whole(struct output *o)
{
	const struct one_part *p = &o->themes->part;
	one_part_put_figure(o->w, p,
	                    p->part ? asked_answers_path(o->asked, &o->filter, o->a) : (Str){ 0 });
}

/* What both replies begin with. */
static bool open_reply(struct request *rq, const struct asked *asked, int64_t as_of,
                       struct output *o, struct err *err)
{
	struct pass pass;
	if (!pass_find(rq->db, rq->arena, rq->caller.workspace, &pass, err))
		return false;
	o->w = reply_json(rq);
	o->a = rq->arena;
	o->asked = asked;
	if (o->themes->part.part)
		o->filter = part_filter(o->themes->part.part, &asked->filter, rq->arena);
	json_put_dict(o->w);
	asked_put(o->w, asked, rq, as_of);
	one_part_put(o->w, rq->arena, &o->themes->part);
	put_whole(o);
	json_put_key_text(o->w, "grade", STR("estimated"));
	put_reading(o->w, &pass);
	put_comments(o);
	put_months(o);
	return true;
}

static struct themes_question question_of(const struct asked *asked, struct wished *w)
{
	return (struct themes_question){ .part = w->part,
		                         .target = w->has_target ? &w->target : NULL,
		                         .cells = asked_cells(asked) };
}

struct making {
	const struct asked *asked;
	struct wished *wished;
};

static bool make_themes(void *context, const struct facts *facts, struct arena *own,
                        const void **finding, struct err *err)
{
	const struct making *m = context;
	struct themes *themes = ARENA_NEW(own, struct themes);
	const struct themes_question q = question_of(m->asked, m->wished);
	*finding = themes;
	return themes_ask(facts, own, &q, themes, err);
}

static bool themes_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct output o = { 0 };
	struct wished wished = { 0 };
	struct making making = { asked, &wished };
	const void *finding;
	int64_t as_of;
	if (!asked_read(rq, own_part, &wished, "part and target", asked, err) ||
	    !found_ask(rq, asked, "themes", make_themes, &making, &finding, &as_of, err))
		return false;
	const struct themes *themes = o.themes = finding;
	if (!open_reply(rq, asked, as_of, &o, err))
		return false;
	json_put_key(o.w, STR("drivers"));
	json_put_dict(o.w);
	json_put_key_bool(o.w, "shown", themes->drivers.list.shown);
	json_put_key_i64(o.w, "comments", (int64_t)themes->drivers.list.used);
	json_put_key_real(o.w, "r2", themes->drivers.list.r2);
	json_put_dict_end(o.w);
	json_put_key(o.w, STR("themes"));
	json_put_list(o.w);
	for (size_t i = 0; i < themes->count; i++)
		put_row(&o, &themes->rows[i]);
	json_put_list_end(o.w);
	if (!delights_put(rq, o.w, asked, &o.filter, themes, err))
		return false;
	json_put_dict_end(o.w);
	return reply_json_end(o.w, rp, 200, err);
}

static bool put_quotes(struct request *rq, const struct output *o, const struct wished *wished,
                       const struct workspace_theme *theme, struct err *err)
{
	const struct theme_quotes_question q = { .scope = &o->asked->scope,
		                                 .filter = &o->filter,
		                                 .theme = theme->id,
		                                 .code = theme->code,
		                                 .groups = wished->groups,
		                                 .saying = wished->saying };
	return theme_quotes_put(rq, o->w, o->themes->part.part, &q, SIZE_MAX, err);
}

/* By an attribute: of the comments that say something, how many speak of the theme. */
static bool put_who(struct request *rq, const struct facts *facts, const struct output *o,
                    struct wished *wished, const struct workspace_theme *theme, struct err *err)
{
	struct json_writer *w = o->w;
	struct answer_filter said = o->asked->filter;
	struct themes_question q = question_of(o->asked, wished);
	struct theme_who who = { 0 };
	themes_only_said(&said);
	q.cells.part = o->themes->part.part;
	q.cells.dims[0] = wished->by;
	q.cells.filter = &said;
	if (o->themes->part.has_answers &&
	    !theme_who_ask(facts, rq->arena, &q.cells, theme, &who, err))
		return false;
	json_put_key(w, STR("who"));
	json_put_list(w);
	for (size_t i = 0; i < who.count && i < WHO_MAX; i++) {
		json_put_dict(w);
		json_put_key_text(w, "value",
		                  attribute_shown(&who.values[i], o->asked->hides_names));
		figure_put_share(w, "comments", &who.shares[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

/* Of comments that speak of another theme no filter takes those that speak of this one, too. */
static bool names_no_other(const struct asked *asked, struct err *err)
{
	return asked->filter.fields[FILTER_THEME].count == 0 ||
	       err_at(err, ERR_INVALID, "theme", "leave it out: this is of one theme already");
}

static bool theme_read_one(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct output o = { 0 };
	struct wished wished = { .by = { .kind = DIM_CHANNEL } };
	struct making making = { asked, &wished };
	const struct found_room *room = rq->room;
	struct workspace_theme theme;
	const void *finding;
	int64_t as_of;
	struct facts facts;
	int64_t id;
	if (!request_param_id(rq, "theme", &id, err) ||
	    !asked_read(rq, own_of_one, &wished, "by, group, says, target and part", asked, err) ||
	    !names_no_other(asked, err) ||
	    !attribute_may_ask(&wished.by, asked->hides_names, rq->arena, err) ||
	    !theme_find(rq->db, rq->arena, rq->caller.workspace, id, &theme, err) ||
	    !found_ask(rq, asked, "theme", make_themes, &making, &finding, &as_of, err) ||
	    !facts_open(room->cubes, rq->db, rq->caller.workspace, CUBE_PEOPLE, rq->arena, &facts,
	                err))
		return false;
	const struct themes *themes = o.themes = finding;
	if (!open_reply(rq, asked, as_of, &o, err))
		return false;
	const struct theme_row none = { .theme = &theme }, *row = &none;
	for (size_t i = 0; i < themes->count; i++)
		if (themes->rows[i].theme->id == id)
			row = &themes->rows[i];
	json_put_key(o.w, STR("theme"));
	put_row(&o, row);
	if (!put_quotes(rq, &o, &wished, &theme, err) ||
	    !put_who(rq, &facts, &o, &wished, &theme, err))
		return false;
	json_put_dict_end(o.w);
	return reply_json_end(o.w, rp, 200, err);
}

const struct route themes_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/themes",
	  .operation = "getThemes",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = themes_read },
	{ .method = "GET",
	  .path = "/api/v1/insights/themes/{theme}",
	  .operation = "getTheme",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = theme_read_one },
};
const size_t themes_route_count = sizeof themes_routes / sizeof themes_routes[0];
