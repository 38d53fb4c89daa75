/* survey/link_list_api.c - the list as the raw body of a request; the reply streams while it is stored. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "base/clock.h"
#include "survey/link_list.h"
#include "survey/named.h"
#include "survey/share.h"

#define KEEP_DAYS_MAX 3650

static bool days_read(struct request *rq, const char *name, int64_t min, int64_t max, int64_t *out,
                      struct err *err)
{
	Str text = request_query(rq, name);
	return !text.at || (str_to_i64(text, out) && *out >= min && *out <= max) ||
	       err_at(err, ERR_INVALID, name, "must be %d to %d days", (int)min, (int)max);
}

static bool wishes_read(struct request *rq, struct link_list *list, struct err *err)
{
	int64_t days = INVITATION_DAYS_DEFAULT, keep = 0;
	Str channel = request_query(rq, "channel");
	if (!days_read(rq, "expires_in_days", 1, INVITATION_DAYS_MAX, &days, err) ||
	    !days_read(rq, "keep_days", 0, KEEP_DAYS_MAX, &keep, err))
		return false;
	if (channel.at && !share_label_is(channel))
		return err_at(err, ERR_INVALID, "channel",
		              "a label has 1 to %d bytes, no line ends and no spaces around it",
		              SHARE_LABEL_MAX);
	list->channel = channel.at ? channel : STR("email");
	list->expires_at = rq->now + days * CLOCK_DAY;
	list->keep_since = keep ? rq->now - keep * CLOCK_DAY : 0;
	for (int f = 0; f < PEOPLE_LIST_FIELD_COUNT; f++)
		list->named[f] =
		    request_query(rq, people_list_field_name((enum people_list_field)f));
	return true;
}

struct sending {
	struct link_list list;
	struct reply *reply;
};

static bool part(struct request *rq, void *context, struct buf *out, bool *more, struct err *err)
{
	(void)rq;
	struct sending *s = context;
	if (!link_list_next(&s->list, out, more, err))
		return false;
	if (*more) {
		s->reply->stream_apply = link_list_apply;
		s->reply->stream_input = &s->list;
	}
	return true;
}

static bool survey_read_open(struct request *rq, struct link_list *list, struct err *err)
{
	Str json;
	if (!survey_named(rq, &list->survey, err) ||
	    !survey_definition(rq->db, rq->arena, rq->caller.workspace, list->survey.id, 0, &json,
	                       err) ||
	    !definition_parse(rq->arena, json, &list->definition, err))
		return false;
	return list->survey.state != SURVEY_CLOSED ||
	       err_set(err, ERR_CONFLICT, "the survey is closed");
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct survey_room *room = rq->room;
	struct sending *s = ARENA_NEW(rq->arena, struct sending);
	s->reply = rp;
	s->list.workspace = rq->caller.workspace;
	s->list.caller = &rq->caller;
	s->list.keys = room->keys;
	s->list.public_url = room->public_url;
	if (!survey_read_open(rq, &s->list, err) || !wishes_read(rq, &s->list, err) ||
	    !link_keys_need(room->keys, rq->db, rq->caller.workspace, err) ||
	    !link_list_open(rq->arena, &s->list, rq->body, err))
		return false;
	rp->content_type = "text/csv; charset=utf-8";
	rp->stream = part;
	rp->stream_context = s;
	reply_header(rq, rp, "Content-Disposition",
	             STR("attachment; filename=\"personal-links.csv\""));
	return true;
}

const struct route link_list_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/links",
	  .operation = "createLinks",
	  .roles = ROLES_ANSWERS,
	  .scopes = SCOPES_WRITE,
	  .body_max = LINK_LIST_BYTES_MAX,
	  .names = true,
	  .per_minute = 30,
	  .read = list_read },
};
const size_t link_list_route_count = sizeof link_list_routes / sizeof link_list_routes[0];
