/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quality_api.h"

#include "account/reply_json.h"
#include "feedback/cube.h"
#include "feedback/response.h"
#include "insight/asked.h"
#include "insight/attribute.h"
#include "insight/figure_json.h"
#include "insight/insight_json.h"
#include "insight/quality.h"

struct quality_wished {
	Str by, part;
	struct dim dim;
};

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct quality_wished *w = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("by"))) {
		w->by = value;
		return attribute_parse(value, "by", &w->dim, err);
	}
	if (str_eq(name, STR("part")))
		w->part = value;
	else
		*known = false;
	return true;
}

struct quality_reply {
	struct json_writer *w;
	struct arena *arena;
	const struct asked *asked;
	const struct quality_wished *wished;
	const struct quality *quality;
	struct answer_filter filter; /* of the part */
};

static const char *label_name(enum quality_label label)
{
	switch (label) {
	case QUALITY_FEW:
		return "few";
	case QUALITY_USUAL:
		return "usual";
	case QUALITY_SELDOM:
		return "seldom";
	case QUALITY_OFTEN:
		return "often";
	}
	return "";
}

static void put_pair(struct json_writer *w, const char *key, double lo, double hi)
{
	json_put_key(w, str_of(key));
	json_put_list(w);
	json_put_real(w, lo);
	json_put_real(w, hi);
	json_put_list_end(w);
}

static void put_judged(const struct quality_reply *r, const struct quality_of_unit *unit, int sign)
{
	struct json_writer *w = r->w;
	const struct quality_judged *judged = &unit->judged[sign];
	json_put_key(w, str_of(quality_sign_name((enum quality_sign)sign)));
	if (!r->quality->tells[sign]) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "responses", unit->with[sign]);
	json_put_key_text(w, "label", str_of(label_name(judged->label)));
	if (judged->label == QUALITY_FEW) {
		json_put_key(w, STR("usual"));
		json_put_null(w);
	} else {
		put_pair(w, "usual", judged->lo, judged->hi);
	}
	json_put_dict_end(w);
}

static void put_burst(struct json_writer *w, const struct quality_of_unit *unit)
{
	json_put_key(w, STR("burst"));
	if (!unit->has_burst) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_time(w, "from", unit->burst_from);
	json_put_key_time(w, "to", unit->burst_to);
	json_put_key_i64(w, "responses", unit->burst_count);
	json_put_key_real(w, "chance", unit->burst_chance);
	json_put_dict_end(w);
}

static Str path_to(const struct quality_reply *r, const struct cell_value *value)
{
	struct answer_filter narrowed = r->filter;
	if (!attribute_narrow(&narrowed, &r->wished->dim, value))
		return (Str){ 0 };
	return asked_answers_path(r->asked, &narrowed, r->arena);
}

static void put_unit(const struct quality_reply *r, const struct quality_of_unit *unit)
{
	struct json_writer *w = r->w;
	json_put_dict(w);
	json_put_key_text(w, "value", attribute_shown(&unit->value, r->asked->hides_names));
	json_put_key_i64_if(w, "version", unit->value.version != 0, unit->value.version);
	json_put_key_bool(w, "rest", unit->value.rest);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, unit->sums, path_to(r, &unit->value));
	json_put_key_i64(w, "looked_into", unit->looked_at);
	json_put_key_bool(w, "worth_a_look", unit->worth_a_look);
	json_put_key_bool(w, "doubted", unit->doubted);
	json_put_key(w, STR("signs"));
	json_put_dict(w);
	for (int sign = 0; sign < QUALITY_SIGN_COUNT; sign++)
		put_judged(r, unit, sign);
	json_put_dict_end(w);
	put_burst(w, unit);
	json_put_dict_end(w);
}

static void put_groups(struct json_writer *w, const char *key, const struct quality_groups *groups)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key_i64(w, "responses", groups->answers);
	json_put_key_i64(w, "groups", (int64_t)groups->all);
	json_put_key(w, STR("largest"));
	json_put_list(w);
	for (size_t i = 0; i < groups->count; i++) {
		json_put_dict(w);
		json_put_key_id(w, "newest", groups->list[i].id);
		json_put_key_time(w, "at", groups->list[i].at);
		json_put_key_i64(w, "responses", (int64_t)groups->list[i].count);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_unconfirmed(const struct quality_reply *r)
{
	struct json_writer *w = r->w;
	struct answer_filter filter = r->filter;
	filter.counted_only = false;
	filter.states = 1u << RESPONSE_UNCONFIRMED;
	json_put_key(w, STR("unconfirmed"));
	json_put_dict(w);
	json_put_key_i64(w, "responses", r->quality->cells.left_out.unconfirmed);
	json_put_key_i64(w, "looked_into", r->quality->unconfirmed);
	json_put_key(w, STR("reasons"));
	json_put_list(w);
	for (size_t i = 0; i < r->quality->reason_count; i++) {
		json_put_dict(w);
		json_put_key_text(w, "reason", r->quality->reasons[i].reason);
		json_put_key_i64(w, "responses", r->quality->reasons[i].count);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_key_text(w, "answers_path", asked_answers_path(r->asked, &filter, r->arena));
	json_put_dict_end(w);
}

static void put_all(const struct quality_reply *r)
{
	struct json_writer *w = r->w;
	const struct quality *q = r->quality;
	json_put_key_text(w, "by", r->wished->by);
	one_part_put(w, r->arena, &q->part);
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &q->cells.all.sums, asked_answers_path(r->asked, &r->filter, r->arena));
	insight_put_left_out(w, &q->cells.left_out);
	json_put_key_i64(w, "looked_into", q->looked_into);
	put_unconfirmed(r);
	put_groups(w, "copies", &q->copies);
	put_groups(w, "again", &q->again);
	json_put_key(w, STR("units"));
	json_put_list(w);
	for (size_t i = 0; i < q->unit_count; i++)
		put_unit(r, &q->units[i]);
	json_put_list_end(w);
	json_put_key(w, STR("with"));
	figure_put_sums(w, &q->all, (Str){ 0 });
	json_put_key(w, STR("without"));
	figure_put_sums(w, &q->without, (Str){ 0 });
}

static bool quality_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct quality_wished wished = { .by = STR("channel"), .dim = { .kind = DIM_CHANNEL } };
	struct asked asked;
	struct facts facts;
	struct quality quality;
	if (!asked_read(rq, own, &wished, "by and part", &asked, err) ||
	    !attribute_may_ask(&wished.dim, asked.hides_names, rq->arena, err) ||
	    !asked_facts(rq, CUBE_PEOPLE, &facts, err))
		return false;
	struct cell_question q = asked_cells(&asked);
	q.dims[0] = wished.dim;
	if (!quality_ask(&facts, rq->arena, &q, wished.part, &quality, err))
		return false;
	struct json_writer *w = reply_json(rq);
	struct quality_reply r = { w, rq->arena, &asked, &wished, &quality, asked.filter };
	if (quality.part.part)
		part_narrow(&r.filter, quality.part.part, rq->arena);
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
	put_all(&r);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route quality_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/quality",
	  .operation = "getQuality",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = quality_read },
};
const size_t quality_route_count = sizeof quality_routes / sizeof quality_routes[0];
