/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/emerging_api.h"

#include "account/reply_json.h"
#include "base/zone.h"
#include "insight/alert.h"
#include "insight/asked.h"
#include "insight/emerging_json.h"
#include "insight/found_kept.h"
#include "insight/one_part.h"
#include "insight/theme_quote_json.h"

#define QUOTES 3

/* Each filter would be a look of its own, and none of them in the budget. */
static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	Str *part = context;
	(void)rq;
	*known = true;
	if (!str_eq(name, STR("part")))
		return err_set(err, ERR_INVALID, "there is no parameter \"%.*s\"; there is part",
		               STR_FMT(name));
	*part = value;
	return true;
}

static bool put_quotes(struct request *rq, struct json_writer *w, const struct asked *asked,
                       const struct cell_part *part, const struct emerged *e, struct err *err)
{
	struct answer_filter since = part_filter(part, &asked->filter, rq->arena);
	const struct theme_quotes_question q = { .scope = &asked->scope,
		                                 .filter = &since,
		                                 .theme = e->theme->id,
		                                 .code = e->theme->code,
		                                 .saying = THEME_NAMED };
	since.from_day = part_day(rq->arena, e->since_day);
	since.from = zone_day_start(asked->zone, e->since_day);
	return theme_quotes_put(rq, w, !asked->figures_only, &q, QUOTES, err);
}

/* Of one part. */
struct finding {
	struct one_part part;
	struct emerging_themes themes;
	int64_t series, today;
};

static bool put_emerging(struct request *rq, struct json_writer *w, const struct asked *asked,
                         const struct finding *f, struct err *err)
{
	const struct emerging_themes *found = &f->themes;
	json_put_key_bool(w, "watching", found->is_watching);
	json_put_key_real(w, "people_a_week", found->people_a_week);
	json_put_key_text(w, "baseline_from",
	                  found->is_watching ? part_day(rq->arena, found->baseline_from)
	                                     : (Str){ 0 });
	json_put_key_i64(w, "series", f->series);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = found->count; i > 0; i--) {
		const struct emerged *e = &found->list[i - 1];
		if (e->seen_day <= f->today - ALERT_NEWS_DAYS)
			continue;
		json_put_dict(w);
		emerged_put(w, rq->arena, e);
		if (!put_quotes(rq, w, asked, f->part.part, e, err))
			return false;
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

struct making {
	const struct request *rq;
	const struct asked *asked;
	Str part;
};

static bool make(void *context, const struct facts *facts, struct arena *own, const void **finding,
                 struct err *err)
{
	const struct making *m = context;
	const struct asked *asked = m->asked;
	struct finding *f = ARENA_NEW(own, struct finding);
	struct workspace_theme *themes;
	size_t count;
	struct cell_question cells = { .scope = &asked->scope,
		                       .filter = &asked->filter,
		                       .zone = asked->zone,
		                       .week_start = asked->workspace.week_start };
	if (!one_part_choose(facts, own, &cells, m->part, &f->part, err) ||
	    !emerging_themes_list(facts->db, own, facts->workspace, &themes, &count, err))
		return false;
	cells.part = f->part.part;
	f->today = zone_day(asked->zone, m->rq->now);
	f->series = (int64_t)(f->part.cells.count[0] * count);
	const struct emerging_question q = { &cells, f->today, themes, count, f->series };
	*finding = f;
	return !f->part.has_answers || !count || emerging_find(facts, own, &q, &f->themes, err);
}

static bool emerging_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct making making = { .rq = rq, .asked = asked };
	const void *found;
	int64_t as_of;
	if (!asked_read(rq, own, &making.part, "part", asked, err) ||
	    !found_ask(rq, asked, "emerging", make, &making, &found, &as_of, err))
		return false;
	const struct finding *f = found;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, asked, rq, as_of);
	one_part_put(w, rq->arena, &f->part);
	if (!put_emerging(rq, w, asked, f, err))
		return false;
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route emerging_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/emerging",
	  .operation = "getEmerging",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = emerging_read },
};
const size_t emerging_route_count = sizeof emerging_routes / sizeof emerging_routes[0];
