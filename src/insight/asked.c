/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/asked.h"

#include "base/clock.h"
#include "base/zone.h"
#include "insight/answers_path.h"

#define FILTER_NAMES                                                                          \
	"kind, survey, brand, touchpoint, channel, language, source, tag, theme, sentiment, " \
	"urgent, mood, intent, "                                                              \
	"from, to, q, "                                                                       \
	"has_comment, starred and property.NAME"

static bool set(struct request *rq, struct asked *asked, asked_own_fn own, void *context,
                const char *names, Str name, Str value, struct err *err)
{
	bool known = false;
	if (own && !own(context, rq, name, value, &known, err))
		return false;
	if (!known && !filter_set(&asked->filter, rq->arena, name, value, asked->zone, &known, err))
		return false;
	if (known)
		return true;
	return err_set(err, ERR_INVALID, "there is no parameter \"%.*s\"; there are %s%s%s",
	               STR_FMT(name), names ? names : "", names ? ", and the filters " : "",
	               FILTER_NAMES);
}

bool asked_read(struct request *rq, asked_own_fn own, void *context, const char *names,
                struct asked *out, struct err *err)
{
	struct asked asked = { .hides_names = !rq->caller.sees_names,
		               .figures_only = rq->caller.role == ROLE_VIEWER,
		               .started_us = clock_monotonic() };
	size_t position = 0;
	Str name, value;
	if (!workspace_find(rq->db, rq->caller.workspace, rq->arena, &asked.workspace, err) ||
	    !zone_load(rq->arena, asked.workspace.time_zone, &asked.zone, err) ||
	    !team_scope_load(rq->db, rq->arena, &rq->caller, &asked.scope, err))
		return false;
	while (request_query_next(rq, &position, &name, &value))
		if (!set(rq, &asked, own, context, names, name, value, err))
			return false;
	if (!filter_check(&asked.filter, err) || !filter_is_of_figures(&asked.filter, err) ||
	    !filter_may_ask(&asked.filter, rq->arena, &rq->caller, err))
		return false;
	*out = asked;
	return true;
}

bool asked_own_part(void *context, struct request *rq, Str name, Str value, bool *known,
                    struct err *err)
{
	Str *part = context;
	(void)rq;
	(void)err;
	*known = str_eq(name, STR("part"));
	if (*known)
		*part = value;
	return true;
}

struct cell_question asked_cells(const struct asked *asked)
{
	return (struct cell_question){ .scope = &asked->scope,
		                       .filter = &asked->filter,
		                       .zone = asked->zone,
		                       .week_start = asked->workspace.week_start,
		                       .hides_names = asked->hides_names };
}

bool asked_facts(struct request *rq, unsigned wants, struct facts *out, struct err *err)
{
	return facts_open(rq->room, rq->db, rq->caller.workspace, wants, rq->arena, out, err);
}

void asked_put(struct json_writer *w, const struct asked *asked, const struct request *rq,
               int64_t as_of)
{
	json_put_key_text(w, "time_zone", asked->workspace.time_zone);
	json_put_key_i64(w, "week_start", asked->workspace.week_start);
	json_put_key_time(w, "as_of", as_of ? as_of : rq->now);
	json_put_key_i64(w, "query_us", clock_monotonic() - asked->started_us);
}

Str asked_answers_path(const struct asked *asked, const struct answer_filter *f, struct arena *a)
{
	return asked->figures_only ? (Str){ 0 } : answers_path(f, a);
}
