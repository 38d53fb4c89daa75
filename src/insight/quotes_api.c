/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quotes_api.h"

#include "account/reply_json.h"
#include "insight/asked.h"
#include "insight/quotes.h"
#include "stats/nps.h"

static bool put_group(struct json_writer *w, struct request *rq, const struct asked *asked,
                      const char *name, enum nps_group group, struct err *err)
{
	struct quote *quotes;
	size_t count;
	if (!quotes_newest(rq->db, rq->arena, rq->caller.workspace, &asked->scope, &asked->filter,
	                   1u << group, &quotes, &count, err))
		return false;
	json_put_key(w, str_of(name));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_id(w, "id", quotes[i].id);
		json_put_key_id(w, "survey_id", quotes[i].survey_id);
		json_put_key_i64(w, "score", quotes[i].score);
		json_put_key_time(w, "at", quotes[i].at);
		json_put_key_text(w, "text", quotes[i].text);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

static bool quotes_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct asked asked;
	if (!asked_read(rq, NULL, NULL, NULL, &asked, err))
		return false;
	json_put_dict(w);
	if (!put_group(w, rq, &asked, "promoters", NPS_PROMOTER, err) ||
	    !put_group(w, rq, &asked, "detractors", NPS_DETRACTOR, err))
		return false;
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route quotes_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/quotes",
	  .operation = "getQuotes",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_READ,
	  .read = quotes_read },
};
const size_t quotes_route_count = sizeof quotes_routes / sizeof quotes_routes[0];
