/* feedback/page_shown.c - POST .../shown: a page or widget says that somebody had it in sight.
 *
 * A fetch proves nothing of the kind: mail scanners fetch links, too. What comes back says nothing, as whoever asks may be
 * another site's page.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/clock.h"
#include "base/form.h"
#include "base/zone.h"
#include "feedback/display.h"
#include "feedback/page_display.h"
#include "feedback/page_handlers.h"
#include "feedback/page_number.h"
#include "feedback/page_target.h"
#include "survey/share.h"

#define SHOWN_FIELDS_MAX 8

bool page_display_of(struct request *rq, const struct page_target *target, Str number,
                     struct display *out, bool *counts, struct err *err)
{
	const struct zone *zone;
	int64_t age = rq->now - page_number_time(number);
	*counts = page_number_is(number) && !target->test && age < DISPLAY_NUMBER_LASTS &&
	          age > -CLOCK_HOUR;
	if (!*counts)
		return true;
	if (!zone_load(rq->arena, target->workspace.time_zone, &zone, err))
		return false;
	*out = (struct display){ .survey_id = target->survey.id,
		                 .number = number,
		                 .day = display_day(zone, rq->now) };
	return true;
}

static Str label(Str given, Str fallback)
{
	return share_label_is(given) ? given : fallback;
}

struct shown {
	struct display display;
	bool counts;
};

static bool read(struct request *rq, enum page_door door, struct shown *in, struct err *err)
{
	struct form form;
	struct page_target target;
	if (!form_parse(rq->arena, rq->body, SHOWN_FIELDS_MAX, &form, err) ||
	    !page_target_find(rq, door, 0, &target, err))
		return false;
	if (target.refused)
		return true;
	rq->input_workspace = target.survey.workspace;
	if (!page_display_of(rq, &target, form_find(&form, "n"), &in->display, &in->counts, err))
		return false;
	in->display.channel = target.invitation.id ? target.invitation.channel
	                                           : label(form_find(&form, "c"), STR("link"));
	in->display.source = label(form_find(&form, "s"), STR("page"));
	return true;
}

static bool prepare(struct request *rq, enum page_door door, struct err *err)
{
	struct shown *in = ARENA_NEW(rq->arena, struct shown);
	rq->input = in;
	return read(rq, door, in, err);
}

bool page_public_shown_prepare(struct request *rq, struct err *err)
{
	return prepare(rq, PAGE_DOOR_PUBLIC, err);
}

bool page_personal_shown_prepare(struct request *rq, struct err *err)
{
	return prepare(rq, PAGE_DOOR_PERSONAL, err);
}

bool page_shown_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct shown *in = input;
	return !in->counts || display_count(tx, &in->display, err);
}

bool page_shown_reply(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	rp->status = 204;
	rp->body = STR("");
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	return true;
}
