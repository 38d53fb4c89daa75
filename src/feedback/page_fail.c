/* feedback/page_fail.c - when there is no page to show or an answer was not taken: which page says so. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/reply_json.h"
#include "base/json.h"
#include "feedback/page_handlers.h"
#include "feedback/page_reply.h"
#include "feedback/page_take.h"
#include "feedback/page_widget.h"

static enum page_notice notice_of_error(enum err_kind kind)
{
	switch (kind) {
	case ERR_NOT_FOUND:
	case ERR_INVALID:
	case ERR_MALFORMED:
	case ERR_TOO_LARGE:
	case ERR_DENIED:
	case ERR_UNAUTHENTICATED:
		return PAGE_NOTICE_UNKNOWN;
	case ERR_GONE:
		return PAGE_NOTICE_CLOSED;
	case ERR_TOO_MANY:
		return PAGE_NOTICE_TOO_MANY;
	case ERR_NONE:
	case ERR_CONFLICT:
	case ERR_BUSY:
	case ERR_LOADING:
	case ERR_IO:
	case ERR_CORRUPT:
	case ERR_INTERNAL:
		break;
	}
	return PAGE_NOTICE_TROUBLE;
}

static enum page_notice notice_of(const struct page_take *take, const struct err *err)
{
	if (take && take->target.refused)
		return take->target.notice;
	switch (take ? take->capture.refusal : CAPTURE_TAKEN) {
	case CAPTURE_NO_SURVEY:
	case CAPTURE_SURVEY_DRAFT:
	case CAPTURE_NO_LINK:
		return PAGE_NOTICE_UNKNOWN;
	case CAPTURE_SURVEY_PAUSED:
		return PAGE_NOTICE_PAUSED;
	case CAPTURE_SURVEY_EARLY:
		return PAGE_NOTICE_EARLY;
	case CAPTURE_SURVEY_FULL:
		return PAGE_NOTICE_FULL;
	case CAPTURE_SURVEY_CLOSED:
		return PAGE_NOTICE_CLOSED;
	case CAPTURE_LINK_REVOKED:
		return PAGE_NOTICE_REVOKED;
	case CAPTURE_LINK_EXPIRED:
		return PAGE_NOTICE_EXPIRED;
	case CAPTURE_TAKEN:
	case CAPTURE_READ_ONLY:
	case CAPTURE_KEY_REUSED:
	case CAPTURE_NOTHING:
	case CAPTURE_FAILED:
		break;
	}
	return notice_of_error(err->kind);
}

/* What became of the survey itself, as its page and its widget tell it in the same words. */
static bool is_of_survey(enum page_notice notice)
{
	return notice == PAGE_NOTICE_CLOSED || notice == PAGE_NOTICE_FULL ||
	       notice == PAGE_NOTICE_EARLY || notice == PAGE_NOTICE_PAUSED;
}

static bool put_notice(struct request *rq, struct reply *rp, enum page_notice notice, Str language)
{
	struct err ignored;
	struct json_writer *w = reply_json(rq);
	Str title, text;
	page_notice_words(notice, language, &title, &text);
	json_put_dict(w);
	json_put_key_text(w, "title", title);
	json_put_key_text(w, "text", text);
	json_put_dict_end(w);
	return reply_json_end(w, rp, page_notice_status(notice), &ignored);
}

/* Nothing was given, or it is too late: the page itself says what there is to say. */
static bool shows_page_again(const struct page_take *take)
{
	return take && take->target.found &&
	       (take->capture.refusal == CAPTURE_NOTHING ||
	        take->capture.refusal == CAPTURE_READ_ONLY);
}

static bool is_too_late(const struct page_take *take)
{
	return take && take->capture.refusal == CAPTURE_READ_ONLY && take->words.len > 0;
}

/* Words that came too late are shown, for without script nothing else has them. */
static Str lost_words(const struct page_take *take, enum page_notice notice)
{
	bool late = notice == PAGE_NOTICE_CLOSED || notice == PAGE_NOTICE_FULL ||
	            notice == PAGE_NOTICE_PAUSED || notice == PAGE_NOTICE_EXPIRED ||
	            notice == PAGE_NOTICE_REVOKED;
	return take && late ? take->words : (Str){ 0 };
}

static bool say_why(struct request *rq, struct reply *rp, const struct page_take *take,
                    enum page_notice notice, const struct language_preferences *languages)
{
	struct err ignored;
	if (is_too_late(take))
		return page_show_final(rq, rp, &take->target, languages, take->words, &ignored);
	return page_reply_notice(rq, rp, take ? &take->target : NULL, notice, languages,
	                         lost_words(take, notice), &ignored);
}

/* The page's script wants the status alone, for it shows the page of it by loading it; the widget has no other page.
 * What was refused before its form was looked at has no take, and keeps its status. */
static void fail_json(struct request *rq, struct reply *rp, const struct page_take *take,
                      enum page_notice notice, const struct language_preferences *languages,
                      const struct err *err)
{
	bool again = shows_page_again(take);
	if (!take || again || !is_of_survey(notice) ||
	    !put_notice(rq, rp, notice, page_reply_language(&take->target, languages))) {
		if (take)
			rp->status =
			    again ? err_http_status(err->kind) : page_notice_status(notice);
		rp->body = STR("{}");
	}
	page_widget_open(rq, rp);
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
}

void page_fail(struct request *rq, struct reply *rp, const struct err *err)
{
	bool posted = str_eq(rq->method, STR("POST"));
	const struct page_take *take = posted ? rq->input : NULL;
	struct language_preferences languages = { 0 };
	enum page_notice notice = notice_of(take, err);
	language_prefer(&languages, request_query(rq, "lang"));
	if (take)
		language_prefer(&languages, take->capture.language);
	language_prefer_header(&languages, request_header(rq, "Accept-Language"));
	if (posted && page_take_wants_json(rq)) {
		fail_json(rq, rp, take, notice, &languages, err);
		return;
	}
	if (shows_page_again(take) && !is_too_late(take)) {
		reply_redirect(rq, rp, take->target.path);
		return;
	}
	if (!say_why(rq, rp, take, notice, &languages))
		rp->status = err_http_status(err->kind);
}
