/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/said_api.h"

#include "account/reply_json.h"
#include "insight/asked.h"
#include "insight/found_kept.h"
#include "insight/figure_json.h"
#include "insight/said.h"
#include "text/theme_names.h"

static void put_row(struct json_writer *w, const struct theme_row *row, enum said_side side)
{
	static const char *const names[] = { "detractors", "passives", "promoters" };
	json_put_dict(w);
	json_put_key_id(w, "id", row->theme->id);
	theme_names_put(w, row->theme->code, row->theme->name, row->theme->renamed);
	for (int g = 0; g < THEMES_GROUPS; g++) {
		json_put_key(w, str_of(names[g]));
		json_put_dict(w);
		figure_put_share(w, "comments", said_share(row, g, side));
		json_put_dict_end(w);
	}
	json_put_dict_end(w);
}

static void put_most(struct json_writer *w, const char *key, const struct themes *t,
                     enum said_side side)
{
	const struct theme_row *most[SAID_MOST];
	size_t count = said_most(t, side, most);
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_row(w, most[i], side);
	json_put_list_end(w);
}

struct making {
	const struct asked *asked;
	Str part;
};

static bool make(void *context, const struct facts *facts, struct arena *own, const void **finding,
                 struct err *err)
{
	const struct making *m = context;
	struct themes *themes = ARENA_NEW(own, struct themes);
	const struct themes_question q = { .brief = true,
		                           .part = m->part,
		                           .cells = asked_cells(m->asked) };
	*finding = themes;
	return themes_ask(facts, own, &q, themes, err);
}

static bool said_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct making making = { .asked = asked };
	const void *finding;
	int64_t as_of;
	if (!asked_read(rq, asked_own_part, &making.part, "part", asked, err) ||
	    !found_ask(rq, asked, "said", make, &making, &finding, &as_of, err))
		return false;
	const struct themes *themes = finding;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, asked, rq, as_of);
	one_part_put(w, rq->arena, &themes->part);
	json_put_key_text(w, "grade", STR("estimated"));
	json_put_key_i64(w, "answers", themes->answers);
	json_put_key_i64(w, "written", themes->commented);
	json_put_key_i64(w, "say_something", themes->said);
	json_put_key_i64(w, "not_read", themes->by_understood[UNDERSTOOD_NO_READING]);
	put_most(w, "pains", themes, SAID_PAINS);
	put_most(w, "delights", themes, SAID_DELIGHTS);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route said_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/said",
	  .operation = "getSaid",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = said_read },
};
const size_t said_route_count = sizeof said_routes / sizeof said_routes[0];
