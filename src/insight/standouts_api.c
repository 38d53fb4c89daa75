/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/standouts_api.h"

#include "account/reply_json.h"
#include "base/clock.h"
#include "base/zone.h"
#include "db/change.h"
#include "feedback/cube_view.h"
#include "insight/asked.h"
#include "insight/attribute.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/part_json.h"
#include "insight/standouts.h"
#include "insight/standouts_kept.h"

#define JSON_MAX    (1u << 20)
#define AGAIN_AFTER (10 * CLOCK_MINUTE)

struct output {
	struct json_writer *w;
	struct arena *a;
	const struct asked *asked;
	const struct standouts *found;
};

static Str attribute_name(struct arena *a, const struct dim *dim)
{
	switch (dim->kind) {
	case DIM_CHANNEL:
		return STR("channel");
	case DIM_LANGUAGE:
		return STR("language");
	case DIM_SURVEY:
		return STR("survey");
	case DIM_TENURE:
		return STR("tenure");
	case DIM_ACCOUNT_SIZE:
		return STR("account_size");
	case DIM_PROPERTY:
		return str_printf(a, "property.%.*s", STR_FMT(dim->name));
	case DIM_TRAIT:
		return str_printf(a, "trait.%.*s", STR_FMT(dim->name));
	case DIM_NONE:
	case DIM_PART:
	case DIM_WORDING:
	case DIM_TIME:
	case DIM_SOURCE:
	case DIM_TAG:
	case DIM_THEME:
	case DIM_SENTIMENT:
	case DIM_GROUP:
	case DIM_ACCOUNT:
		break;
	}
	return (Str){ 0 };
}

static void put_by(const struct output *o, const struct standout *s)
{
	json_put_key(o->w, STR("by"));
	json_put_list(o->w);
	for (size_t d = 0; d < s->dim_count; d++) {
		json_put_dict(o->w);
		json_put_key_text(o->w, "attribute", attribute_name(o->a, &s->dims[d]));
		json_put_key_text(o->w, "value", s->values[d].text);
		json_put_dict_end(o->w);
	}
	json_put_list_end(o->w);
}

/* NULL where no filter says it, such as a trait. */
static Str path_of(const struct output *o, const struct standout *s)
{
	struct answer_filter f = part_filter(s->part, &o->found->filter, o->a);
	for (size_t d = 0; d < s->dim_count; d++)
		if (!attribute_narrow(&f, &s->dims[d], &s->values[d]))
			return (Str){ 0 };
	return asked_answers_path(o->asked, &f, o->a);
}

static void put_part(const struct output *o, const struct standout *s)
{
	json_put_key(o->w, STR("part"));
	if (!s->part) {
		json_put_null(o->w);
		return;
	}
	json_put_dict(o->w);
	part_put(o->w, s->part);
	json_put_dict_end(o->w);
}

static void put_survey(const struct output *o, const struct standout *s)
{
	json_put_key(o->w, STR("survey"));
	if (!s->survey.id) {
		json_put_null(o->w);
		return;
	}
	json_put_dict(o->w);
	json_put_key_id(o->w, "id", s->survey.id);
	json_put_key_text(o->w, "slug", s->survey.slug);
	json_put_key_text(o->w, "name", s->survey.name);
	json_put_dict_end(o->w);
}

static void put_share(const struct output *o, const char *key, const struct share *s)
{
	json_put_key(o->w, str_of(key));
	json_put_dict(o->w);
	json_put_key_i64(o->w, "n", s->hits);
	json_put_key_i64(o->w, "of", s->of);
	json_put_dict_end(o->w);
}

static void put_figures(const struct output *o, const struct standout *s)
{
	bool segment = s->kind == STANDOUT_SEGMENT, rate = s->kind == STANDOUT_RATE;
	json_put_key(o->w, STR("figure"));
	if (rate)
		json_put_null(o->w);
	else
		figure_put_sums(o->w, &s->sums, path_of(o, s));
	json_put_key(o->w, STR("rest"));
	if (segment)
		figure_put_sums(o->w, &s->rest, (Str){ 0 });
	else
		json_put_null(o->w);
	json_put_key(o->w, STR("before"));
	if (s->kind == STANDOUT_CHANGE)
		figure_put_sums(o->w, &s->was, (Str){ 0 });
	else
		json_put_null(o->w);
	json_put_key(o->w, STR("shares"));
	if (segment || s->kind == STANDOUT_CHANGE) {
		json_put_null(o->w);
		return;
	}
	json_put_dict(o->w);
	put_share(o, "now", &s->now);
	put_share(o, "before", &s->before);
	json_put_dict_end(o->w);
}

/* How far, and its range. */
struct told {
	double change, lo, hi;
};

static struct told told_of(const struct standout *s)
{
	switch (s->kind) {
	case STANDOUT_SEGMENT:
		return (struct told){ s->from_rest.change, s->from_rest.lo, s->from_rest.hi };
	case STANDOUT_CHANGE:
		return (struct told){ s->moved.change, s->moved.lo, s->moved.hi };
	case STANDOUT_SHARE:
	case STANDOUT_CHANNELS:
	case STANDOUT_RATE:
		break;
	}
	return (struct told){ s->change.change, s->change.lo, s->change.hi };
}

static void put_one(const struct output *o, const struct standout *s)
{
	const struct told told = told_of(s);
	json_put_dict(o->w);
	json_put_key_text(o->w, "kind", str_of(standout_kind_name(s->kind)));
	put_part(o, s);
	put_survey(o, s);
	json_put_key_text(o->w, "rate",
	                  s->kind != STANDOUT_RATE ? (Str){ 0 }
	                  : s->of_sent             ? STR("sent")
	                                           : STR("shown"));
	put_by(o, s);
	put_figures(o, s);
	json_put_key_real(o->w, "change", told.change);
	figure_put_interval(o->w, "interval", true, told.lo, told.hi);
	json_put_key(o->w, STR("others_changed"));
	if (s->kind == STANDOUT_CHANGE)
		json_put_real(o->w, s->others.change);
	else
		json_put_null(o->w);
	json_put_key_real(o->w, "effect", s->size);
	json_put_key_real(o->w, "certainty", s->certainty);
	json_put_dict_end(o->w);
}

static void put_days(const struct output *o, const char *key, int64_t first, int64_t last)
{
	json_put_key(o->w, str_of(key));
	json_put_dict(o->w);
	json_put_key_text(o->w, "from", part_day(o->a, first));
	json_put_key_text(o->w, "to", part_day(o->a, last));
	json_put_dict_end(o->w);
}

static void put_parts(const struct output *o)
{
	const struct cells *parts = &o->found->parts;
	json_put_key(o->w, STR("parts"));
	json_put_list(o->w);
	for (size_t i = 0; i < parts->count[0]; i++) {
		const struct cell_part *part = &parts->parts[parts->values[0][i].id];
		struct answer_filter f = part_filter(part, &o->found->filter, o->a);
		json_put_dict(o->w);
		part_put(o->w, part);
		json_put_key(o->w, STR("figure"));
		figure_put_sums(o->w, &parts->at[i].sums, asked_answers_path(o->asked, &f, o->a));
		insight_put_left_out(o->w, &part->left_out);
		json_put_dict_end(o->w);
	}
	json_put_list_end(o->w);
}

static void put_all(const struct output *o, const struct request *rq, int64_t as_of)
{
	const struct standouts *f = o->found;
	json_put_dict(o->w);
	asked_put(o->w, o->asked, rq, as_of);
	json_put_key_time(o->w, "made_at", rq->now);
	put_days(o, "period", f->first_day, f->last_day);
	put_days(o, "before", f->before_first_day, f->before_last_day);
	put_parts(o);
	json_put_key_i64(o->w, "responses", f->answers);
	json_put_key_i64(o->w, "most_responses", f->most);
	json_put_key_i64(o->w, "tried", (int64_t)f->tried);
	json_put_key(o->w, STR("findings"));
	json_put_list(o->w);
	for (size_t i = 0; i < f->count; i++)
		put_one(o, &f->list[i]);
	json_put_list_end(o->w);
	json_put_dict_end(o->w);
}

static bool make(struct request *rq, const struct asked *asked, struct standouts_made *made,
                 struct err *err)
{
	const struct standouts_room *room = rq->room;
	const struct standouts_question q = { .scope = &asked->scope,
		                              .zone = asked->zone,
		                              .week_start = asked->workspace.week_start,
		                              .hides_names = asked->hides_names,
		                              .days = room->days,
		                              .now = rq->now };
	struct facts facts;
	struct standouts found;
	struct json_writer w;
	if (!facts_open(room->cubes, rq->db, rq->caller.workspace, CUBE_PEOPLE, rq->arena, &facts,
	                err) ||
	    !standouts_ask(&facts, rq->arena, &q, &found, err))
		return false;
	struct buf *text = buf_in(rq->arena, JSON_MAX);
	json_put_start(&w, text);
	put_all(&(struct output){ &w, rq->arena, asked, &found }, rq, facts.as_of);
	if (text->overflowed)
		return err_set(err, ERR_TOO_LARGE, "what stands out has too long names to be told");
	made->at = rq->now;
	made->json = buf_str(text);
	return true;
}

static int64_t today_of(const struct asked *asked, int64_t now)
{
	return zone_day(asked->zone, now);
}

/* What a scope takes may change with any change: a team waits for no list. */
static bool is_good(const struct standouts_made *made, const struct standouts_key *key, int64_t day,
                    int64_t rev, int64_t now)
{
	bool fresh = !key->scope.at && now - made->at < AGAIN_AFTER;
	return made->day == day && (made->rev == rev || fresh);
}

static bool findings_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct standouts_room *room = rq->room;
	struct asked asked;
	struct standouts_made made;
	int64_t rev;
	if (!asked_read(rq, NULL, NULL, NULL, &asked, err))
		return false;
	if (asked.filter.from_day.at || asked.filter.to_day.at ||
	    filter_chooses_answers(&asked.filter) || filter_names_surveys(&asked.filter))
		return err_set(err, ERR_INVALID,
		               "what stands out is found over all answers: ask without filters");
	if (!change_rev(rq->db, rq->caller.workspace, &rev, err))
		return false;
	const struct standouts_key key = { rq->caller.workspace, rq->caller.team_scope,
		                           asked.hides_names, asked.figures_only };
	int64_t day = today_of(&asked, rq->now);
	bool kept = standouts_kept_find(room->kept, &key, rq->arena, &made);
	if (!kept || !is_good(&made, &key, day, rev, rq->now)) {
		made = (struct standouts_made){ .day = day, .rev = rev };
		if (!make(rq, &asked, &made, err))
			return false;
		standouts_kept_put(room->kept, &key, &made);
	}
	struct json_writer *w = reply_json(rq);
	json_put_raw(w, made.json);
	return reply_json_end(w, rp, 200, err);
}

const struct route standouts_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/findings",
	  .operation = "getFindings",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = findings_read },
};
const size_t standouts_route_count = sizeof standouts_routes / sizeof standouts_routes[0];
