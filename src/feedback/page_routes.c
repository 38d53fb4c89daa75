/* feedback/page_routes.c - the rows of the hosted pages, and the room they share. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_routes.h"

#include "feedback/burst.h"
#include "feedback/page_handlers.h"
#include "feedback/page_widget.h"

/* A comment of 10,000 characters is 90,000 bytes of a form where each takes three, and further answers come with it. */
#define BODY_MAX       ((size_t)128 * 1024)
#define SHOWN_BODY_MAX ((size_t)2048)
/* A shop full of people behind one address: sixty answers a minute at four sends each. */
#define SENDS_PER_MINUTE 300
#define SHOWS_PER_MINUTE 600

#define SHOW(route_path, name, fn)                                                        \
	{                                                                                 \
		.method = "GET", .path = (route_path), .operation = (name), .open = true, \
		.per_minute = SHOWS_PER_MINUTE, .limit = "page-show", .read = (fn),       \
		.fail = page_fail, .html = true, .framable = true                         \
	}
#define TAKE(route_path, name, fn)                                                          \
	{                                                                                   \
		.method = "POST", .path = (route_path), .operation = (name), .open = true,  \
		.body_max = BODY_MAX, .per_minute = SENDS_PER_MINUTE, .limit = "page-take", \
		.prepare = (fn), .apply = page_take_apply, .reply = page_take_reply,        \
		.fail = page_fail, .html = true, .framable = true, .shared = true           \
	}

#define SHOWN(route_path, name, fn)                                                                \
	{                                                                                          \
		.method = "POST", .path = (route_path), .operation = (name), .open = true,         \
		.body_max = SHOWN_BODY_MAX, .per_minute = SHOWS_PER_MINUTE, .limit = "page-shown", \
		.prepare = (fn), .apply = page_shown_apply, .reply = page_shown_reply              \
	}

const struct route page_routes[] = {
	SHOW("/s/{slug}", "showSurvey", page_public_read),
	TAKE("/s/{slug}", "answerSurvey", page_public_prepare),
	SHOWN("/s/{slug}/shown", "noteDisplay", page_public_shown_prepare),
	SHOWN("/r/{token}/shown", "notePersonalDisplay", page_personal_shown_prepare),
	SHOW("/s/{slug}/x", "trapSurvey", page_public_trap),
	SHOW("/r/{token}", "showPersonalSurvey", page_personal_read),
	TAKE("/r/{token}", "answerPersonalSurvey", page_personal_prepare),
	SHOW("/r/{token}/x", "trapPersonalSurvey", page_personal_trap),
	SHOW("/t/{token}", "showTestSurvey", page_test_read),
	TAKE("/t/{token}", "answerTestSurvey", page_test_prepare),
	SHOW("/a/{handle}", "showAnswer", page_answer_read),
	TAKE("/a/{handle}", "amendAnswer", page_answer_prepare),
	{ .method = "GET",
	  .path = "/s/{slug}/widget",
	  .operation = "widgetSurvey",
	  .open = true,
	  .per_minute = SHOWS_PER_MINUTE,
	  .limit = "page-show",
	  .read = page_widget_read,
	  .shared = true,
	  .fail = page_widget_fail },
	{ .method = "GET",
	  .path = "/w.js",
	  .operation = "widgetScript",
	  .open = true,
	  .direct = true,
	  .shared = true,
	  .read = page_widget_script_read },
	{ .method = "GET",
	  .path = "/w/{slug}",
	  .operation = "widgetSample",
	  .open = true,
	  .direct = true,
	  .read = page_widget_sample_read,
	  .html = true,
	  .framable = true },
	{ .method = "GET",
	  .path = "/p/{name}",
	  .operation = "pageScript",
	  .open = true,
	  .per_minute = SHOWS_PER_MINUTE,
	  .limit = "page-show",
	  .read = page_script_read },
};
const size_t page_route_count = sizeof page_routes / sizeof *page_routes;

bool page_room_open(struct page_room *room, struct link_keys *keys, struct err *err)
{
	struct page_room r = { .keys = keys };
	if (!page_look_load(&r.arena, &r.look, err)) {
		arena_free(&r.arena);
		return false;
	}
	r.bursts = burst_new();
	*room = r;
	return true;
}

void page_room_close(struct page_room *room)
{
	burst_free(room->bursts);
	arena_free(&room->arena);
	*room = (struct page_room){ 0 };
}
