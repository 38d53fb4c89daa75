/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/facets_api.h"

#include <inttypes.h>

#include "account/reply_json.h"
#include "account/workspace.h"
#include "feedback/facets.h"

#define VALUES_SHOWN          50
#define PROPERTY_VALUES_SHOWN 20

static bool query_read(struct request *rq, struct answer_filter *f, struct err *err)
{
	const struct zone *zone;
	size_t position = 0;
	Str name, value;
	bool known;
	*f = (struct answer_filter){ 0 };
	if (!workspace_zone(rq->db, rq->caller.workspace, rq->arena, &zone, err))
		return false;
	while (request_query_next(rq, &position, &name, &value)) {
		if (!filter_set(f, rq->arena, name, value, zone, &known, err))
			return false;
		if (!known)
			return err_set(err, ERR_INVALID, "there is no parameter \"%.*s\" here",
			               STR_FMT(name));
	}
	return filter_check(f, err) && filter_may_ask(f, rq->arena, &rq->caller, err);
}

static void put_value(struct json_writer *w, Str value, Str name, int64_t answers)
{
	json_put_dict(w);
	json_put_key_text(w, "value", value);
	json_put_key_text(w, "name", name);
	json_put_key_i64(w, "answers", answers);
	json_put_dict_end(w);
}

/* {"values": [...], "more"} */
static void put_counts(struct json_writer *w, struct arena *a, const struct value_counts *c,
                       size_t shown)
{
	const struct value_count *all = value_counts_sorted(c, a);
	json_put_dict(w);
	json_put_key(w, STR("values"));
	json_put_list(w);
	for (size_t i = 0; i < c->used && i < shown; i++)
		put_value(w, all[i].value, all[i].value, all[i].count);
	json_put_list_end(w);
	json_put_key_bool(w, "more", c->used > shown || c->rest > 0);
	json_put_dict_end(w);
}

/* By what they have in common: surveys themselves, their brands, touchpoints and kinds. */
enum place_facet { BY_SURVEY, BY_BRAND, BY_TOUCHPOINT, BY_KIND };

static Str place_value(struct arena *a, const struct survey_place *p, enum place_facet by,
                       Str *name)
{
	switch (by) {
	case BY_SURVEY:
		*name = p->name;
		return p->slug;
	case BY_BRAND:
		*name = p->brand;
		return str_printf(a, "%" PRId64, p->brand_id);
	case BY_TOUCHPOINT:
		*name = p->touchpoint;
		return p->touchpoint_code;
	case BY_KIND:
		*name = str_of(survey_kind_name(p->kind));
		return *name;
	}
	return (Str){ 0 };
}

/* Surveys without answers are there, too: one may filter by what is still to come. A team is shown what it has. */
static void put_places(struct json_writer *w, struct arena *a, const struct facets *f,
                       enum place_facet by)
{
	bool *done = ARENA_ARRAY(a, bool, f->survey_count + 1);
	json_put_dict(w);
	json_put_key(w, STR("values"));
	json_put_list(w);
	for (size_t i = 0; i < f->survey_count; i++) {
		Str name, other, value = place_value(a, &f->surveys[i].place, by, &name);
		int64_t answers = 0;
		if (done[i] || !value.at)
			continue;
		for (size_t k = i; k < f->survey_count; k++)
			if (str_eq(place_value(a, &f->surveys[k].place, by, &other), value)) {
				answers += f->surveys[k].answers;
				done[k] = true;
			}
		if (answers || f->whole)
			put_value(w, value, name, answers);
	}
	json_put_list_end(w);
	json_put_key_bool(w, "more", false);
	json_put_dict_end(w);
}

static void put_groups(struct json_writer *w, const struct facets *f)
{
	json_put_dict(w);
	json_put_key(w, STR("values"));
	json_put_list(w);
	for (int group = GROUP_PROMOTERS; group >= GROUP_DETRACTORS; group--) {
		Str name = str_of(score_group_name((enum score_group)group));
		put_value(w, name, name, f->by_group[group]);
	}
	json_put_list_end(w);
	json_put_key_bool(w, "more", false);
	json_put_dict_end(w);
}

static void put_states(struct json_writer *w, const struct facets *f)
{
	json_put_dict(w);
	json_put_key(w, STR("values"));
	json_put_list(w);
	for (int state = RESPONSE_PARTIAL; state <= RESPONSE_DELETED; state++) {
		Str name = str_of(response_state_name((enum response_state)state));
		if (f->by_state[state])
			put_value(w, name, name, f->by_state[state]);
	}
	json_put_list_end(w);
	json_put_key_bool(w, "more", false);
	json_put_dict_end(w);
}

static void put_imports(struct json_writer *w, struct arena *a, const struct facets *f)
{
	json_put_dict(w);
	json_put_key(w, STR("values"));
	json_put_list(w);
	for (size_t i = 0; i < f->import_count; i++)
		put_value(w, str_printf(a, "%" PRId64, f->imports[i].id), f->imports[i].file_name,
		          f->imports[i].answers);
	json_put_list_end(w);
	json_put_key_bool(w, "more", f->more_imports);
	json_put_dict_end(w);
}

static void put_properties(struct json_writer *w, struct arena *a, const struct facets *f)
{
	json_put_list(w);
	for (size_t i = 0; i < f->property_count; i++) {
		const struct facet_property *p = &f->properties[i];
		json_put_dict(w);
		json_put_key_text(w, "name", p->name);
		json_put_key(w, STR("facet"));
		put_counts(w, a, &p->values, PROPERTY_VALUES_SHOWN);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_facets(struct json_writer *w, struct arena *a, const struct facets *f)
{
	json_put_dict(w);
	json_put_key_i64(w, "answers", f->answers);
	json_put_key_bool(w, "complete", true);
	json_put_key(w, STR("kinds"));
	put_places(w, a, f, BY_KIND);
	json_put_key(w, STR("surveys"));
	put_places(w, a, f, BY_SURVEY);
	json_put_key(w, STR("brands"));
	put_places(w, a, f, BY_BRAND);
	json_put_key(w, STR("touchpoints"));
	put_places(w, a, f, BY_TOUCHPOINT);
	json_put_key(w, STR("channels"));
	put_counts(w, a, &f->channels, VALUES_SHOWN);
	json_put_key(w, STR("languages"));
	put_counts(w, a, &f->languages, VALUES_SHOWN);
	json_put_key(w, STR("sources"));
	put_counts(w, a, &f->sources, VALUES_SHOWN);
	json_put_key(w, STR("tags"));
	put_counts(w, a, &f->tags, VALUES_SHOWN);
	json_put_key(w, STR("groups"));
	put_groups(w, f);
	json_put_key(w, STR("states"));
	put_states(w, f);
	json_put_key(w, STR("imports"));
	put_imports(w, a, f);
	json_put_key(w, STR("properties"));
	put_properties(w, a, f);
	json_put_dict_end(w);
}

static bool facets_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct answer_filter *filter = ARENA_NEW(rq->arena, struct answer_filter);
	struct facets *facets = ARENA_NEW(rq->arena, struct facets);
	struct team_scope scope;
	struct facts facts;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !query_read(rq, filter, err) ||
	    !facts_open(rq->room, rq->db, rq->caller.workspace, 0, rq->arena, &facts, err) ||
	    !facets_count(&facts, rq->arena, &scope, filter, rq->caller.sees_names, facets, err))
		return false;
	put_facets(w, rq->arena, facets);
	return reply_json_end(w, rp, 200, err);
}

const struct route facets_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/responses/facets",
	  .operation = "getFacets",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = facets_read },
};
const size_t facets_route_count = sizeof facets_routes / sizeof facets_routes[0];
