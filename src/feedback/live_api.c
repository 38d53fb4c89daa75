/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/live_api.h"

#include "feedback/live.h"

static bool stream(struct request *rq, void *context, struct buf *out, bool *more, struct err *err)
{
	*more = false;
	return live_feed_next(context, rq, out, err);
}

static bool set(Str name, Str value, struct live_feed *feed, struct err *err)
{
	if (!str_eq(name, STR("after")))
		return err_set(err, ERR_INVALID, "there is no parameter \"%.*s\"; there is after",
		               STR_FMT(name));
	feed->resumes = true;
	return log_place_parse(value, &feed->place, err) || err_prefix(err, "after");
}

/* A browser that connects anew asks for the address it began with, and tells in the header how far it came. */
static bool last_event(const struct request *rq, struct live_feed *feed, struct err *err)
{
	Str last = request_header(rq, "Last-Event-ID");
	if (!last.at || last.len == 0)
		return true;
	feed->resumes = true;
	return log_place_parse(last, &feed->place, err) || err_prefix(err, "Last-Event-ID");
}

static bool live_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct live_feed *feed = ARENA_NEW(rq->arena, struct live_feed);
	size_t position = 0;
	Str name, value;
	while (request_query_next(rq, &position, &name, &value))
		if (!set(name, value, feed, err))
			return false;
	if (!last_event(rq, feed, err))
		return false;
	rp->content_type = "text/event-stream";
	rp->stream = stream;
	rp->stream_context = feed;
	rp->live = &feed->live;
	reply_header(rq, rp, "X-Accel-Buffering", STR("no")); /* nginx would keep events back */
	return true;
}

const struct route live_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/live",
	  .operation = "watchResponses",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = live_read },
};
const size_t live_route_count = sizeof live_routes / sizeof live_routes[0];
