/* feedback/page_take.c - POST of the hosted pages: from form to unit to the page after it. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_take.h"

#include "base/json.h"
#include "feedback/page_doubt.h"
#include "feedback/page_form.h"
#include "feedback/page_handlers.h"
#include "feedback/page_number.h"
#include "feedback/page_widget.h"
#include "survey/link.h"

/* A handle outlives the time in which its answer may change, so that the page can say that the time is over. */
#define HANDLE_AFTER (90 * CLOCK_DAY)
#define REPLY_MAX    1024

/* What the page's script says, and what the use of the link says. */
static void judge(struct request *rq, const struct form *form, struct page_take *take)
{
	struct page_room *room = rq->room;
	struct capture_input *in = &take->capture;
	bool tap_only = take->target.workspace.settings.count_only_after_tap;
	bool script = form_find(form, "js").len > 0;
	Str proof = form_find(form, "proof");
	bool stayed = str_eq(proof, STR("event")) || str_eq(proof, STR("dwell"));
	take->tapped = script && str_eq(proof, STR("tap"));
	struct burst_post post = {
		.link = take->link,
		.score = take->target.door == PAGE_DOOR_ANSWER ? SCORE_NONE : in->score,
		.loaded_at = page_number_time(form_find(form, "n")),
		.tapped = take->tapped,
		.now = rq->now,
	};
	struct burst_doubts doubts;
	const char *reason = burst_posted(room->bursts, &post, &doubts);
	page_doubt(rq, take->target.survey.workspace, &doubts);
	if (!reason && script && !take->tapped && !(stayed && !tap_only))
		reason = "no_person";
	if (reason) {
		in->proof = CAPTURE_UNCONFIRMED;
		in->proof_reason = str_of(reason);
	} else {
		in->proof = script ? CAPTURE_CONFIRMED : CAPTURE_TAPPED;
	}
}

/* Which answer the form is about. */
static void address(const struct form *form, struct page_take *take)
{
	struct capture_input *in = &take->capture;
	in->survey_id = take->target.survey.id;
	in->version = take->target.version;
	switch (take->target.door) {
	case PAGE_DOOR_PUBLIC:
	case PAGE_DOOR_TEST:
		if (page_number_is(form_find(form, "n")))
			in->capture_key = form_find(form, "n");
		if (!in->channel.at)
			in->channel = STR("link");
		break;
	case PAGE_DOOR_PERSONAL:
		in->invitation_id = take->target.invitation.id;
		break;
	case PAGE_DOOR_ANSWER:
		in->response_id = take->target.response.id;
		break;
	}
}

/* Without script the server asks once more for what is missing; with it the page has done so. */
static void look_for_missing(const struct form *form, struct page_take *take)
{
	const struct capture_input *in = &take->capture;
	bool comment, question;
	if (!in->done || take->json || form_find(form, "asked").len > 0)
		return;
	struct page_answer answer = {
		.score = in->score != SCORE_NONE ? in->score : take->target.response.score,
		.comment = in->comment.at ? in->comment : take->target.response.comment,
		.answers = in->answers,
	};
	page_missing(&take->target.definition, &answer, &comment, &question);
	take->once = comment || question;
}

/* Whoever holds the test link is believed: nothing of it counts. */
static void mark_test(struct capture_input *in)
{
	in->test = true;
	in->proof = CAPTURE_CONFIRMED;
	in->channel = in->source = PAGE_TEST;
}

bool page_take_wants_json(const struct request *rq)
{
	return str_find(request_header(rq, "Accept"), STR("application/json")) != SIZE_MAX;
}

static bool read_form(struct request *rq, enum page_door door, struct page_take *take,
                      struct err *err)
{
	struct form form;
	struct capture_input *in = &take->capture;
	int64_t version = 0;
	if (!form_parse(rq->arena, rq->body, PAGE_FIELDS_MAX, &form, err))
		return false;
	if (!str_to_i64(form_find(&form, "v"), &version) || version < 0 || version > INT32_MAX)
		version = 0;
	take->words = page_form_comment(rq->arena, &form);
	in->language = page_form_language(&form); /* a refusal speaks it, too */
	if (!page_target_find(rq, door, (int)version, &take->target, err))
		return false;
	if (take->target.refused)
		return err_set(err, ERR_GONE, "this link takes no answers");
	if (!page_form_read(rq->arena, &form, &take->target.definition, in, err) ||
	    !page_widget_identify(rq, &form, take, err))
		return false;
	if (!in->source.at)
		in->source = STR("page");
	in->done = form_find(&form, "done").len > 0;
	in->dismissed = form_find(&form, "dismissed").len > 0;
	address(&form, take);
	look_for_missing(&form, take);
	/* Asked once more, it is not finished yet. */
	in->done = in->done && !take->once;
	take->link = page_target_link(rq, &take->target);
	if (!page_display_of(rq, &take->target, form_find(&form, "n"), &take->display,
	                     &take->displayed, err))
		return false;
	if (take->target.test)
		mark_test(in);
	else
		judge(rq, &form, take);
	return capture_check(rq->arena, in, err);
}

static bool prepare(struct request *rq, enum page_door door, struct err *err)
{
	struct page_room *room = rq->room;
	struct page_take *take = ARENA_NEW(rq->arena, struct page_take);
	take->capture.arena = rq->arena;
	take->capture.score = SCORE_NONE;
	take->json = page_take_wants_json(rq);
	rq->input = take;
	if (!read_form(rq, door, take, err))
		return false;
	rq->input_workspace = take->target.survey.workspace;
	take->capture.edit_window = capture_edit_window(take->target.workspace.settings.edit_days);
	return link_keys_need(room->keys, rq->db, rq->input_workspace, err);
}

bool page_public_prepare(struct request *rq, struct err *err)
{
	return prepare(rq, PAGE_DOOR_PUBLIC, err);
}

bool page_personal_prepare(struct request *rq, struct err *err)
{
	return prepare(rq, PAGE_DOOR_PERSONAL, err);
}

bool page_test_prepare(struct request *rq, struct err *err)
{
	return prepare(rq, PAGE_DOOR_TEST, err);
}

bool page_answer_prepare(struct request *rq, struct err *err)
{
	return prepare(rq, PAGE_DOOR_ANSWER, err);
}

bool page_take_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct page_take *take = input;
	const struct response *r = &take->capture.response;
	if (!capture_apply(tx, &take->capture, err))
		return false;
	/* Without script a page cannot say that it was seen; its answer does. */
	if (!take->displayed || r->state == RESPONSE_UNCONFIRMED || r->state == RESPONSE_TEST)
		return true;
	take->display.channel = r->channel;
	take->display.source = r->source;
	return display_count(tx, &take->display, err);
}

static void note_counted(struct request *rq, const struct page_take *take)
{
	struct page_room *room = rq->room;
	const struct response *r = &take->capture.response;
	struct burst_doubts doubts;
	/* An unconfirmed send beside an answer that counts has changed nothing: it is not what may be doubted. */
	if (take->capture.proof == CAPTURE_UNCONFIRMED || !response_counts(r->state, r->score))
		return;
	burst_counted(room->bursts, take->link, r->id, take->tapped, rq->now, &doubts);
	page_doubt(rq, r->workspace, &doubts);
}

static bool handle_path(struct request *rq, const struct page_take *take, Str *out, struct err *err)
{
	struct page_room *room = rq->room;
	const struct response *r = &take->capture.response;
	char handle[LINK_TOKEN_CHARS + 1];
	int64_t window = take->target.workspace.settings.edit_days * CLOCK_DAY;
	if (!link_mint(room->keys, LINK_RESPONSE, r->workspace, r->id,
	               r->created_at + window + HANDLE_AFTER, handle, err))
		return false;
	*out = str_printf(rq->arena, "/a/%s", handle);
	return true;
}

static void reply_json(struct request *rq, struct reply *rp, const struct page_take *take, Str path)
{
	const struct response *r = &take->capture.response;
	struct json_writer w;
	struct buf b;
	buf_init(&b, REPLY_MAX);
	json_put_start(&w, &b);
	json_put_dict(&w);
	json_put_key_text(&w, "handle", str_from(path, STR("/a/").len));
	json_put_key_text(&w, "path", path);
	json_put_key_text(&w, "state", str_of(response_state_name(r->state)));
	if (take->claims) /* what is wrong with the signature; null when it holds */
		json_put_key_text(&w, "identity",
		                  take->claim_fault ? str_of(take->claim_fault) : (Str){ 0 });
	json_put_dict_end(&w);
	rp->body = str_copy(rq->arena, buf_str(&b));
	buf_free(&b);
}

bool page_take_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct page_take *take = rq->input;
	Str path;
	if (!handle_path(rq, take, &path, err))
		return false;
	note_counted(rq, take);
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	reply_header(rq, rp, "Referrer-Policy", STR("no-referrer"));
	if (take->json) {
		page_widget_open(rq, rp);
		reply_json(rq, rp, take, path);
		return true;
	}
	if (take->once)
		path = str_printf(rq->arena, "%.*s?ask=1", STR_FMT(path));
	else if (!take->capture.done && take->capture.response.completed_at)
		path = str_printf(rq->arena, "%.*s?edit=1", STR_FMT(path));
	reply_redirect(rq, rp, path);
	return true;
}
