/* feedback/page_show.c - GET of the hosted pages. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_handlers.h"

#include "feedback/page_doubt.h"
#include "feedback/page_form.h"
#include "feedback/page_number.h"
#include "feedback/page_reply.h"
#include "survey/share.h"

/* Score of a link; SCORE_NONE when it has none that is one. */
static int score_of_link(struct request *rq)
{
	int64_t score;
	if (!str_to_i64(request_query(rq, "score"), &score) || score < 0 || score > 10)
		return SCORE_NONE;
	return (int)score;
}

static void note_fetch(struct request *rq, const struct page_target *target, int score)
{
	struct page_room *room = rq->room;
	struct burst_doubts doubts;
	if (score == SCORE_NONE || target->door == PAGE_DOOR_ANSWER || target->test)
		return;
	burst_fetched(room->bursts, page_target_link(rq, target), score, rq->now, &doubts);
	page_doubt(rq, target->survey.workspace, &doubts);
}

/* Fields that the form carries from here to the answer. */
static void hide_fields(struct request *rq, const struct page_target *target, Str language,
                        const struct page_answer *answer, struct page_form *form)
{
	struct page_field *fields =
	    ARENA_ARRAY(rq->arena, struct page_field, PAGE_HIDDEN_MAX + DEFINITION_PROPERTIES_MAX);
	size_t n = 0;
	Str name, value;
	fields[n++] = (struct page_field){ STR("lang"), language };
	if (answer->comment.len > 0)
		fields[n++] = (struct page_field){ STR("had"), STR("1") };
	if (form->once || form->open)
		fields[n++] = (struct page_field){ STR("asked"), STR("1") };
	if (target->door != PAGE_DOOR_ANSWER) {
		fields[n++] = (struct page_field){ STR("n"), page_number_make(rq->arena, rq->now) };
		fields[n++] =
		    (struct page_field){ STR("v"), str_printf(rq->arena, "%d", target->version) };
		for (size_t at = 0; request_query_next(rq, &at, &name, &value);) {
			name = share_parameter(name);
			bool carried = page_carries(&target->definition, name, value);
			if (carried && n < PAGE_HIDDEN_MAX + DEFINITION_PROPERTIES_MAX)
				fields[n++] = (struct page_field){
					str_printf(rq->arena, "p_%.*s", STR_FMT(name)), value
				};
		}
	}
	form->hidden = fields;
	form->hidden_count = n;
}

/* What is there already. An answer that no person has confirmed is not shown to the one who may be one. */
static struct page_answer answer_of(const struct page_target *target)
{
	const struct response *r = &target->response;
	if (!r->id || (target->door == PAGE_DOOR_PERSONAL && r->state == RESPONSE_UNCONFIRMED))
		return (struct page_answer){ .score = PAGE_NO_SCORE };
	return (
	    struct page_answer){ .score = r->score, .comment = r->comment, .answers = r->answers };
}

static enum page_step step_of(struct request *rq, const struct page_target *target,
                              const struct page_answer *answer, bool waiting)
{
	if (waiting || answer->score == PAGE_NO_SCORE)
		return PAGE_ASKS;
	bool finished = target->door == PAGE_DOOR_ANSWER && target->response.completed_at &&
	                !request_query(rq, "edit").at && !request_query(rq, "ask").at;
	return finished ? PAGE_THANKS : PAGE_FOLLOWS_UP;
}

static void fill_form(struct request *rq, const struct page_target *target, int score,
                      struct page_answer *answer, struct page_form *form)
{
	/* A POST to the page's own address would throw the page out of the browser's cache, and Back would bring a new
	 * page with another number. */
	bool open_to_all = target->door == PAGE_DOOR_PUBLIC || target->door == PAGE_DOOR_TEST;
	form->action = open_to_all ? str_printf(rq->arena, "%.*s?answer", STR_FMT(target->path))
	                           : target->path;
	form->personal = target->invitation.id != 0;
	form->test = target->test;
	form->tap_only = target->workspace.settings.count_only_after_tap;
	form->waiting = score != SCORE_NONE && score != answer->score;
	if (form->waiting)
		answer->score = score;
	form->step = step_of(rq, target, answer, form->waiting);
	if (target->door == PAGE_DOOR_ANSWER)
		form->change_path = str_printf(rq->arena, "%.*s?edit=1", STR_FMT(target->path));
	else if (!target->test)
		form->trap = str_printf(rq->arena, "%.*s/x", STR_FMT(target->path));
	if (request_query(rq, "ask").at && form->step == PAGE_FOLLOWS_UP)
		page_missing(&target->definition, answer, &form->once, &form->open);
}

static bool show(struct request *rq, struct reply *rp, const struct page_target *target,
                 const struct language_preferences *languages, Str lost, struct err *err)
{
	struct page page;
	struct page_form form = { 0 };
	struct page_answer answer = answer_of(target);
	struct buf html;
	int score = target->door == PAGE_DOOR_ANSWER ? SCORE_NONE : score_of_link(rq);
	Str language = language_pick(&target->definition, languages);
	page_reply_start(rq, target, language, &page);
	page.lost = lost;
	buf_init(&html, PAGE_BYTES_MAX);
	bool ok;
	if (target->read_only) {
		ok = page_write_final(rq->arena, &page, &target->definition, &answer, &html, err);
	} else {
		fill_form(rq, target, score, &answer, &form);
		hide_fields(rq, target, language, &answer, &form);
		ok = page_write_form(rq->arena, &page, &target->definition, &form, &answer, &html,
		                     err);
	}
	if (!ok) {
		buf_free(&html);
		return false;
	}
	enum page_keeping keeping =
	    target->door == PAGE_DOOR_PUBLIC ? PAGE_KEPT_FOR_BACK : PAGE_KEPT_NOWHERE;
	return page_reply_send(rq, rp, &page, target, keeping, &html, err);
}

bool page_show_final(struct request *rq, struct reply *rp, const struct page_target *target,
                     const struct language_preferences *languages, Str lost, struct err *err)
{
	struct page_target final = *target;
	final.read_only = true;
	rp->status = 409;
	return show(rq, rp, &final, languages, lost, err);
}

static bool read_page(struct request *rq, struct reply *rp, enum page_door door, struct err *err)
{
	struct page_target target;
	struct language_preferences languages;
	if (!page_target_find(rq, door, 0, &target, err) ||
	    !page_target_languages(rq, &target, &languages, err))
		return false;
	if (target.refused)
		return page_reply_notice(rq, rp, &target, target.notice, &languages, (Str){ 0 },
		                         err);
	note_fetch(rq, &target, score_of_link(rq));
	return show(rq, rp, &target, &languages, (Str){ 0 }, err);
}

bool page_public_read(struct request *rq, struct reply *rp, struct err *err)
{
	return read_page(rq, rp, PAGE_DOOR_PUBLIC, err);
}

bool page_personal_read(struct request *rq, struct reply *rp, struct err *err)
{
	return read_page(rq, rp, PAGE_DOOR_PERSONAL, err);
}

bool page_test_read(struct request *rq, struct reply *rp, struct err *err)
{
	return read_page(rq, rp, PAGE_DOOR_TEST, err);
}

bool page_answer_read(struct request *rq, struct reply *rp, struct err *err)
{
	return read_page(rq, rp, PAGE_DOOR_ANSWER, err);
}

/* The link that no person sees was followed. What comes back says nothing. */
static bool trap(struct request *rq, struct reply *rp, enum page_door door, struct err *err)
{
	struct page_room *room = rq->room;
	struct page_target target;
	struct burst_doubts doubts;
	if (!page_target_find(rq, door, 0, &target, err))
		return false;
	if (!target.refused) {
		burst_trapped(room->bursts, page_target_link(rq, &target), rq->now, &doubts);
		page_doubt(rq, target.survey.workspace, &doubts);
	}
	rp->status = 204;
	rp->body = STR("");
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	return true;
}

bool page_public_trap(struct request *rq, struct reply *rp, struct err *err)
{
	return trap(rq, rp, PAGE_DOOR_PUBLIC, err);
}

bool page_personal_trap(struct request *rq, struct reply *rp, struct err *err)
{
	return trap(rq, rp, PAGE_DOOR_PERSONAL, err);
}

bool page_script_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str bytes, gzip;
	if (!page_script_find(request_param(rq, "name"), &bytes, &gzip))
		return err_set(err, ERR_NOT_FOUND, "there is no such script");
	page_reply_script(rq, rp, bytes, gzip);
	return true;
}
