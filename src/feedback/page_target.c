/* feedback/page_target.c - looking up what an address stands for, and the refusals that need no unit. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_target.h"

#include "feedback/capture.h"
#include "people/person.h"
#include "people/properties.h"
#include "survey/draft.h"
#include "survey/link.h"

#include <inttypes.h>

static bool refuse(struct page_target *t, enum page_notice notice)
{
	t->refused = true;
	t->notice = notice;
	return true;
}

/* What is not there is a refusal and no longer an error; anything else stays one. */
static bool missing(struct page_target *t, enum page_notice notice, struct err *err)
{
	if (err->kind != ERR_NOT_FOUND)
		return false;
	*err = (struct err){ .kind = ERR_NONE };
	return refuse(t, notice);
}

static bool find_version(struct request *rq, struct page_target *t, int version, struct err *err)
{
	t->test = t->door == PAGE_DOOR_TEST ||
	          (t->response.state == RESPONSE_TEST && str_eq(t->response.source, PAGE_TEST));
	if (t->response.id)
		version = t->response.version;
	t->version = version > 0 && version < t->survey.version ? version : t->survey.version;
	Str json;
	struct survey_draft draft;
	if (t->test)
		return survey_draft_find(rq->db, rq->arena, &t->survey, &draft, err) &&
		       definition_parse(rq->arena, draft.definition, &t->definition, err);
	return survey_definition(rq->db, rq->arena, t->survey.workspace, t->survey.id, t->version,
	                         &json, err) &&
	       definition_parse(rq->arena, json, &t->definition, err);
}

static bool find_rest(struct request *rq, struct page_target *t, int version, struct err *err)
{
	int64_t workspace = t->survey.workspace;
	if (!find_version(rq, t, version, err) ||
	    !brand_find(rq->db, rq->arena, workspace, t->survey.brand_id, &t->brand, err) ||
	    !workspace_find(rq->db, workspace, rq->arena, &t->workspace, err))
		return false;
	t->found = true;
	int64_t window = capture_edit_window(t->workspace.settings.edit_days);
	t->read_only = t->response.id && rq->now - t->response.created_at > window;
	return true;
}

/* As capture_apply will see it: a form whose words are refused would ask for them in vain. */
static bool takes_more(const struct page_target *t, enum survey_door door, int64_t now)
{
	if (door == SURVEY_OPEN || (door == SURVEY_FULL && t->response.first_scored_at))
		return true;
	return now - t->response.created_at < CAPTURE_FINISH;
}

/* An answer that was begun may be looked at whatever became of the survey since, and for a while be finished. */
static bool refuse_by_state(struct request *rq, struct page_target *t)
{
	enum survey_door door = survey_door(&t->survey, rq->now);
	if (t->test)
		return t->survey.deleted_at ? refuse(t, PAGE_NOTICE_CLOSED) : true;
	if (t->door == PAGE_DOOR_ANSWER && door != SURVEY_UNPUBLISHED) {
		t->read_only = t->read_only || !takes_more(t, door, rq->now);
		return true;
	}
	switch (door) {
	case SURVEY_OPEN:
		return true;
	case SURVEY_UNPUBLISHED:
		return refuse(t, PAGE_NOTICE_UNKNOWN);
	case SURVEY_RESTS:
		return refuse(t, PAGE_NOTICE_PAUSED);
	case SURVEY_TOO_EARLY:
		return refuse(t, PAGE_NOTICE_EARLY);
	case SURVEY_FULL:
		/* Who has a place may use it. */
		return t->response.first_scored_at ? true : refuse(t, PAGE_NOTICE_FULL);
	case SURVEY_ENDED:
	case SURVEY_ARCHIVED:
	case SURVEY_DELETED:
		return refuse(t, PAGE_NOTICE_CLOSED);
	}
	return true;
}

static bool find_public(struct request *rq, struct page_target *t, struct err *err)
{
	bool found;
	if (!survey_find_public(rq->db, rq->arena, request_param(rq, "slug"), &found, &t->survey,
	                        err))
		return false;
	if (!found)
		return refuse(t, PAGE_NOTICE_UNKNOWN);
	db_bind_workspace(rq->db, t->survey.workspace);
	return true;
}

static bool check_token(struct request *rq, struct page_target *t, enum link_kind kind,
                        const char *name, struct link_token *token, struct err *err)
{
	struct page_room *room = rq->room;
	Str text = request_param(rq, name);
	if (!link_check(room->keys, rq->db, rq->now, kind, text, token, err))
		return missing(t, PAGE_NOTICE_TAMPERED, err);
	db_bind_workspace(rq->db, token->workspace);
	return true;
}

static bool find_survey(struct request *rq, struct page_target *t, int64_t workspace, int64_t id,
                        struct err *err)
{
	return survey_find(rq->db, rq->arena, workspace, id, &t->survey, err) ||
	       missing(t, PAGE_NOTICE_UNKNOWN, err);
}

static bool find_personal(struct request *rq, struct page_target *t, struct err *err)
{
	struct link_token token;
	bool answered;
	if (!check_token(rq, t, LINK_INVITATION, "token", &token, err))
		return false;
	if (t->refused)
		return true;
	if (!invitation_find(rq->db, rq->arena, token.workspace, token.id, &t->invitation, err))
		return missing(t, PAGE_NOTICE_UNKNOWN, err);
	if (!find_survey(rq, t, token.workspace, t->invitation.survey_id, err))
		return false;
	if (t->refused)
		return true;
	if (t->invitation.state == INVITATION_REVOKED)
		return refuse(t, PAGE_NOTICE_REVOKED);
	if (link_is_expired(&token, rq->now) || t->invitation.expires_at <= rq->now)
		return refuse(t, PAGE_NOTICE_EXPIRED);
	return response_find_by_invitation(rq->db, rq->arena, token.workspace, token.id, &answered,
	                                   &t->response, err);
}

static bool find_answer(struct request *rq, struct page_target *t, struct err *err)
{
	struct link_token token;
	if (!check_token(rq, t, LINK_RESPONSE, "handle", &token, err))
		return false;
	if (t->refused)
		return true;
	if (link_is_expired(&token, rq->now))
		return refuse(t, PAGE_NOTICE_EXPIRED);
	if (!response_find(rq->db, rq->arena, token.workspace, token.id, &t->response, err))
		return missing(t, PAGE_NOTICE_UNKNOWN, err);
	if (!find_survey(rq, t, token.workspace, t->response.survey_id, err))
		return false;
	if (t->refused || !t->response.invitation_id)
		return true;
	if (!invitation_find(rq->db, rq->arena, token.workspace, t->response.invitation_id,
	                     &t->invitation, err))
		return missing(t, PAGE_NOTICE_UNKNOWN, err);
	if (t->invitation.state == INVITATION_REVOKED)
		return refuse(t, PAGE_NOTICE_REVOKED);
	return true;
}

static bool find_test(struct request *rq, struct page_target *t, struct err *err)
{
	struct link_token token;
	if (!check_token(rq, t, LINK_SURVEY_TEST, "token", &token, err))
		return false;
	if (t->refused)
		return true;
	if (link_is_expired(&token, rq->now))
		return refuse(t, PAGE_NOTICE_EXPIRED);
	return find_survey(rq, t, token.workspace, token.id, err);
}

static bool find_by_door(struct request *rq, struct page_target *t, struct err *err)
{
	switch (t->door) {
	case PAGE_DOOR_PUBLIC:
		return find_public(rq, t, err);
	case PAGE_DOOR_PERSONAL:
		return find_personal(rq, t, err);
	case PAGE_DOOR_ANSWER:
		return find_answer(rq, t, err);
	case PAGE_DOOR_TEST:
		return find_test(rq, t, err);
	}
	return false;
}

static Str path_of(struct request *rq, enum page_door door)
{
	switch (door) {
	case PAGE_DOOR_PUBLIC:
		return str_printf(rq->arena, "/s/%.*s", STR_FMT(request_param(rq, "slug")));
	case PAGE_DOOR_PERSONAL:
		return str_printf(rq->arena, "/r/%.*s", STR_FMT(request_param(rq, "token")));
	case PAGE_DOOR_ANSWER:
		return str_printf(rq->arena, "/a/%.*s", STR_FMT(request_param(rq, "handle")));
	case PAGE_DOOR_TEST:
		return str_printf(rq->arena, "/t/%.*s", STR_FMT(request_param(rq, "token")));
	}
	return STR("/");
}

bool page_target_find(struct request *rq, enum page_door door, int version, struct page_target *out,
                      struct err *err)
{
	struct page_target t = { .door = door, .path = path_of(rq, door) };
	db_bind_workspace(rq->db, 0);
	if (!find_by_door(rq, &t, err))
		return false;
	if (t.survey.id && !find_rest(rq, &t, version, err))
		return false;
	if (t.survey.id && !t.refused)
		(void)refuse_by_state(rq, &t);
	*out = t;
	return true;
}

static void prefer_property(struct arena *a, Str canonical, struct language_preferences *out)
{
	struct property *all;
	size_t count;
	struct err ignored;
	if (!canonical.at || !properties_list(a, canonical, &all, &count, &ignored))
		return;
	for (size_t i = 0; i < count; i++) {
		if (all[i].kind == JSON_TEXT && str_eq(all[i].name, STR("language")))
			language_prefer(out, all[i].text);
	}
}

bool page_target_languages(struct request *rq, const struct page_target *target,
                           struct language_preferences *out, struct err *err)
{
	struct language_preferences p = { 0 };
	language_prefer(&p, request_query(rq, "lang"));
	if (target->response.id && target->door == PAGE_DOOR_ANSWER)
		language_prefer(&p, target->response.language);
	prefer_property(rq->arena, target->invitation.properties, &p);
	if (target->invitation.person_id) {
		struct person person;
		if (!person_find(rq->db, rq->arena, target->survey.workspace,
		                 target->invitation.person_id, &person, err))
			return false;
		prefer_property(rq->arena, person.traits, &p);
	}
	language_prefer_header(&p, request_header(rq, "Accept-Language"));
	*out = p;
	return true;
}

struct burst_link page_target_link(struct request *rq, const struct page_target *target)
{
	if (target->invitation.id)
		return (struct burst_link){ .key = str_printf(rq->arena, "r %" PRId64 " %" PRId64,
			                                      target->survey.workspace,
			                                      target->invitation.id),
			                    .personal = true };
	return (struct burst_link){ .key = str_printf(rq->arena, "s %" PRId64 " %" PRId64 " %.*s",
		                                      target->survey.workspace, target->survey.id,
		                                      STR_FMT(rq->address)) };
}
