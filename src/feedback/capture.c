/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/capture.h"

#include "feedback/masking.h"
#include "people/properties.h"
#include "survey/invitation.h"
#include "survey/survey.h"

/* What the input speaks about, as the database has it now. */
struct place {
	struct survey survey;
	bool invited, answered;
	struct invitation invitation;
	struct response before; /* when answered */
};

static bool refuse(struct capture_input *in, enum capture_refusal why, struct err *err,
                   enum err_kind kind, const char *sentence)
{
	in->refusal = why;
	return err_set(err, kind, "%s", sentence);
}

/* A row that was looked for and is not there is a refusal, anything else a failure. */
static bool not_found(struct capture_input *in, enum capture_refusal why, const struct err *err)
{
	if (err->kind == ERR_NOT_FOUND)
		in->refusal = why;
	return false;
}

static bool find_survey(struct db_tx *tx, struct capture_input *in, int64_t id, struct place *at,
                        struct err *err)
{
	bool found;
	if (id)
		return survey_find(tx->db, tx->arena, tx->workspace, id, &at->survey, err) ||
		       not_found(in, CAPTURE_NO_SURVEY, err);
	if (!survey_find_by_slug(tx->db, tx->arena, tx->workspace, in->survey_slug, &found,
	                         &at->survey, err))
		return false;
	if (found)
		return true;
	in->refusal = CAPTURE_NO_SURVEY;
	return err_at(err, ERR_NOT_FOUND, "/survey", "there is no survey \"%.*s\"",
	              STR_FMT(in->survey_slug));
}

static bool find_invitation(struct db_tx *tx, struct capture_input *in, int64_t id,
                            struct place *at, struct err *err)
{
	if (!invitation_find(tx->db, tx->arena, tx->workspace, id, &at->invitation, err))
		return not_found(in, CAPTURE_NO_LINK, err);
	at->invited = true;
	if (at->invitation.state == INVITATION_REVOKED)
		return refuse(in, CAPTURE_LINK_REVOKED, err, ERR_GONE, "this link was withdrawn");
	return true;
}

static bool find_by_invitation(struct db_tx *tx, struct capture_input *in, struct place *at,
                               struct err *err)
{
	if (!find_invitation(tx, in, in->invitation_id, at, err))
		return false;
	if (at->invitation.expires_at <= tx->now)
		return refuse(in, CAPTURE_LINK_EXPIRED, err, ERR_GONE, "this link has expired");
	if (in->survey_id && in->survey_id != at->invitation.survey_id)
		return refuse(in, CAPTURE_NO_LINK, err, ERR_NOT_FOUND,
		              "this link belongs to another survey");
	return find_survey(tx, in, at->invitation.survey_id, at, err) &&
	       response_find_by_invitation(tx->db, tx->arena, tx->workspace, in->invitation_id,
	                                   &at->answered, &at->before, err);
}

static bool find_by_response(struct db_tx *tx, struct capture_input *in, struct place *at,
                             struct err *err)
{
	if (!response_find(tx->db, tx->arena, tx->workspace, in->response_id, &at->before, err))
		return not_found(in, CAPTURE_NO_LINK, err);
	at->answered = true;
	if (in->survey_id && in->survey_id != at->before.survey_id)
		return refuse(in, CAPTURE_NO_LINK, err, ERR_NOT_FOUND,
		              "this answer belongs to another survey");
	if (at->before.invitation_id && !in->trusted &&
	    !find_invitation(tx, in, at->before.invitation_id, at, err))
		return false;
	return find_survey(tx, in, at->before.survey_id, at, err);
}

static bool find_place(struct db_tx *tx, struct capture_input *in, struct place *at,
                       struct err *err)
{
	if (in->invitation_id)
		return find_by_invitation(tx, in, at, err);
	if (in->response_id)
		return find_by_response(tx, in, at, err);
	if (!find_survey(tx, in, in->survey_id, at, err))
		return false;
	return !in->capture_key.at ||
	       response_find_by_capture_key(tx->db, tx->arena, tx->workspace, at->survey.id,
	                                    in->capture_key, &at->answered, &at->before, err);
}

static bool refuse_by_door(struct capture_input *in, enum survey_door door, struct err *err)
{
	switch (door) {
	case SURVEY_OPEN:
		break;
	case SURVEY_UNPUBLISHED:
		return refuse(in, CAPTURE_SURVEY_DRAFT, err, ERR_CONFLICT,
		              "this survey is not published yet");
	case SURVEY_RESTS:
		return refuse(in, CAPTURE_SURVEY_PAUSED, err, ERR_CONFLICT,
		              "this survey is paused and takes no answers for now");
	case SURVEY_TOO_EARLY:
		return refuse(in, CAPTURE_SURVEY_EARLY, err, ERR_CONFLICT,
		              "this survey is not open yet");
	case SURVEY_FULL:
		return refuse(in, CAPTURE_SURVEY_FULL, err, ERR_GONE,
		              "this survey has all the answers that it was to take");
	case SURVEY_ENDED:
	case SURVEY_ARCHIVED:
	case SURVEY_DELETED:
		return refuse(in, CAPTURE_SURVEY_CLOSED, err, ERR_GONE, "this survey is closed");
	}
	return true;
}

static bool is_open(struct db_tx *tx, struct capture_input *in, const struct place *at,
                    struct err *err)
{
	enum survey_door door = survey_door(&at->survey, tx->now);
	bool finishing =
	    in->response_id && at->answered && tx->now - at->before.created_at < CAPTURE_FINISH;
	if (in->trusted || in->test || (finishing && door != SURVEY_UNPUBLISHED))
		return true;
	/* Who has a place may use it. */
	if (door == SURVEY_FULL && at->answered && at->before.first_scored_at)
		return true;
	return refuse_by_door(in, door, err);
}

/* An answer that begins to count takes one of the survey's places. */
static bool take_place(struct db_tx *tx, struct capture_input *in, const struct place *at,
                       const struct response *before, const struct response *now, struct err *err)
{
	bool taken;
	if (in->trusted || !now->first_scored_at || (before && before->first_scored_at))
		return true;
	if (!survey_take_place(tx, &at->survey, &taken, err))
		return false;
	return taken || refuse_by_door(in, SURVEY_FULL, err);
}

/* When it was given: the sender's time, unless that lies too far ahead. */
static int64_t given_at(const struct db_tx *tx, const struct capture_input *in, bool *clamped)
{
	*clamped = in->submitted_at && in->submitted_at - tx->now > CAPTURE_AHEAD_MAX;
	return in->submitted_at && !*clamped ? in->submitted_at : tx->now;
}

static bool has_answers(Str answers)
{
	return answers.at && !str_eq(answers, PROPERTIES_NONE);
}

/* Two scores in a row without script: a machine that follows every link. Until ten quiet seconds have passed nothing
 * from there counts. */
static bool is_burst(const struct db_tx *tx, const struct capture_input *in,
                     const struct response *before)
{
	if (in->proof != CAPTURE_TAPPED || tx->now - before->updated_at >= CAPTURE_BURST)
		return false;
	return before->state == RESPONSE_UNCONFIRMED ||
	       (in->score != SCORE_NONE && before->score != SCORE_NONE &&
	        in->score != before->score);
}

static void set_state(struct response *r, enum response_state state, Str reason)
{
	r->state = state;
	r->state_reason = reason;
}

static bool is_set_by_hand(enum response_state state)
{
	return state == RESPONSE_EXCLUDED || state == RESPONSE_TEST || state == RESPONSE_DELETED;
}

/* By values and proof. What somebody excluded, deleted or marked as a test by hand stays so. */
static void judge(const struct db_tx *tx, const struct capture_input *in,
                  const struct response *before, struct response *r)
{
	if (before && (in->told_alone || is_set_by_hand(before->state)))
		return;
	if (in->test)
		set_state(r, RESPONSE_TEST, (Str){ 0 });
	else if (in->proof == CAPTURE_UNCONFIRMED || in->proof == CAPTURE_DOUBTED)
		set_state(r, RESPONSE_UNCONFIRMED, in->proof_reason);
	else if (before && is_burst(tx, in, before))
		set_state(r, RESPONSE_UNCONFIRMED, STR("two_scores"));
	else
		set_state(r, response_state_by_values(r), (Str){ 0 });
}

/* The times that are set once. */
static void stamp(const struct capture_input *in, int64_t at, struct response *r)
{
	if (!r->first_scored_at && response_counts(r->state, r->score))
		r->first_scored_at = at;
	if (!r->completed_at && (in->done || r->state == RESPONSE_COMPLETE))
		r->completed_at = at;
}

static bool merge_values(struct db_tx *tx, const struct capture_input *in, struct response *r,
                         struct err *err)
{
	if (in->score != SCORE_NONE)
		r->score = in->score;
	if (in->comment.at) {
		r->comment = in->comment.len ? in->comment : (Str){ 0 };
		r->comment_folded = in->comment.len ? in->comment_folded : (Str){ 0 };
	}
	if (in->told.wish != TRANSCRIPT_DETECT || in->untold)
		r->told = in->told;
	if (in->language.len)
		r->language = in->language;
	return !has_answers(in->answers) ||
	       properties_merge(tx->arena, r->answers, in->answers, &r->answers, err);
}

/* An answer that came without a person may learn whose it is; it never changes hands. */
static bool learn_who(struct db_tx *tx, const struct capture_input *in, struct response *r,
                      struct err *err)
{
	struct person person;
	if (r->person_id || !person_ref_is_given(&in->who))
		return true;
	if (!person_upsert(tx, &in->who, 0, &person, err))
		return false;
	r->person_id = person.id;
	r->account_id = r->account_id ? r->account_id : person.account_id;
	return true;
}

static bool same(const struct response *x, const struct response *y)
{
	return x->state == y->state && str_eq(x->state_reason, y->state_reason) &&
	       x->score == y->score && str_eq(x->comment, y->comment) &&
	       str_eq(x->answers, y->answers) && str_eq(x->language, y->language) &&
	       x->completed_at == y->completed_at && x->person_id == y->person_id &&
	       x->account_id == y->account_id && x->told.wish == y->told.wish &&
	       str_eq(x->told.customer, y->told.customer);
}

static bool finish(struct capture_input *in, const struct response *r, enum capture_outcome outcome)
{
	in->response = response_copy(in->arena, r);
	in->outcome = outcome;
	return true;
}

static bool amend(struct db_tx *tx, struct capture_input *in, const struct place *at,
                  struct err *err)
{
	const struct response *before = &at->before;
	struct response now = *before;
	bool clamped;
	int64_t window = in->edit_window ? in->edit_window : CAPTURE_EDIT_WINDOW;
	if (!in->trusted && tx->now - before->created_at > window)
		return refuse(in, CAPTURE_READ_ONLY, err, ERR_CONFLICT,
		              "this answer can no longer be changed");
	bool counts = before->state == RESPONSE_PARTIAL || before->state == RESPONSE_COMPLETE;
	if (in->proof == CAPTURE_UNCONFIRMED && counts)
		return finish(in, before, CAPTURE_UNCHANGED);
	if (!merge_values(tx, in, &now, err))
		return false;
	judge(tx, in, before, &now);
	stamp(in, given_at(tx, in, &clamped), &now);
	if (!learn_who(tx, in, &now, err))
		return false;
	if (same(before, &now))
		return finish(in, before, CAPTURE_UNCHANGED);
	if (!take_place(tx, in, at, before, &now, err))
		return false;
	Str actor = in->actor.at ? in->actor : STR("respondent");
	if (!response_replace(tx, before, &now, actor, err))
		return false;
	now.edits = before->edits + 1;
	now.updated_at = tx->now;
	return finish(in, &now, CAPTURE_AMENDED);
}

static bool whose(struct db_tx *tx, const struct capture_input *in, const struct place *at,
                  struct person *out, struct err *err)
{
	if (!at->invited || !at->invitation.person_id)
		return person_upsert(tx, &in->who, 0, out, err);
	return person_find_canonical(tx->db, tx->arena, tx->workspace, at->invitation.person_id,
	                             out, err);
}

/* What the link was made with, over what came along, over the person's traits of that time. */
static bool gather_properties(struct db_tx *tx, const struct capture_input *in,
                              const struct place *at, const struct person *person, Str *out,
                              struct err *err)
{
	Str all = person->traits.at ? person->traits : PROPERTIES_NONE;
	if (in->properties.at && !properties_merge(tx->arena, all, in->properties, &all, err))
		return false;
	if (at->invited && !properties_merge(tx->arena, all, at->invitation.properties, &all, err))
		return false;
	*out = all;
	return true;
}

static Str word(Str given)
{
	return given.at ? given : STR("");
}

static int version_of(const struct capture_input *in, const struct survey *survey)
{
	return in->version > 0 && in->version < survey->version ? in->version : survey->version;
}

static bool build(struct db_tx *tx, struct capture_input *in, const struct place *at,
                  struct response *out, struct err *err)
{
	struct person person;
	struct response r = {
		.workspace = tx->workspace,
		.survey_id = at->survey.id,
		.version = version_of(in, &at->survey),
		.invitation_id = at->invited ? at->invitation.id : 0,
		.score = in->score,
		.answers = has_answers(in->answers) ? in->answers : PROPERTIES_NONE,
		.language = word(in->language),
		.channel =
		    at->invited && !in->channel.len ? at->invitation.channel : word(in->channel),
		.source = word(in->source),
		.capture_key = in->capture_key,
		.told = in->told,
		.created_at = tx->now,
		.updated_at = tx->now,
	};
	if (in->comment.len) {
		r.comment = in->comment;
		r.comment_folded = in->comment_folded;
	}
	if (response_state_by_values(&r) == RESPONSE_DISMISSED && !in->dismissed)
		return refuse(in, CAPTURE_NOTHING, err, ERR_INVALID,
		              "an answer needs a score, a comment or an answer to a question");
	if (!whose(tx, in, at, &person, err) ||
	    !gather_properties(tx, in, at, &person, &r.properties, err))
		return false;
	r.id = tx_new_id(tx);
	r.person_id = person.id;
	r.account_id = person.account_id;
	r.submitted_at = given_at(tx, in, &r.time_clamped);
	judge(tx, in, NULL, &r);
	stamp(in, r.submitted_at, &r);
	*out = r;
	return true;
}

/* Somebody else stored this link's or page's answer since we looked (another process on PostgreSQL). */
static bool amend_other(struct db_tx *tx, struct capture_input *in, struct place *at,
                        struct err *err)
{
	if ((in->invitation_id || in->capture_key.at) && !find_place(tx, in, at, err))
		return false;
	return at->answered ? amend(tx, in, at, err)
	                    : err_set(err, ERR_CONFLICT, "the answer's id is taken");
}

static bool create(struct db_tx *tx, struct capture_input *in, struct place *at, struct err *err)
{
	struct response r;
	bool inserted;
	if (!build(tx, in, at, &r, err) || !take_place(tx, in, at, NULL, &r, err) ||
	    !response_insert(tx, &r, &inserted, err))
		return false;
	if (!inserted)
		return amend_other(tx, in, at, err);
	if (at->invited && at->invitation.state == INVITATION_OPEN &&
	    !invitation_set_state(tx, at->invitation.id, INVITATION_ANSWERED, err))
		return false;
	return finish(in, &r, CAPTURE_CREATED);
}

static bool replay(struct db_tx *tx, struct capture_input *in, int64_t subject, struct err *err)
{
	in->outcome = CAPTURE_REPLAYED;
	return response_find(tx->db, in->arena, tx->workspace, subject, &in->response, err);
}

/* Before anything compares it with what is there. The text goes into the caller's arena, as the unit may be run again. */
static bool mask(struct db_tx *tx, struct capture_input *in, struct err *err)
{
	const struct mask_words *words = NULL;
	if (in->comment.len && !masking_words(tx, &words, err))
		return false;
	masking_take(in->arena, words, &in->comment, &in->comment_folded);
	return true;
}

static bool decide(struct db_tx *tx, struct capture_input *in, struct err *err)
{
	struct place at = { 0 };
	int64_t subject = 0;
	if (!idempotency_find(tx, &in->idempotency, &subject, err)) {
		if (err->kind == ERR_INVALID)
			in->refusal = CAPTURE_KEY_REUSED;
		return false;
	}
	if (subject)
		return replay(tx, in, subject, err);
	if (!mask(tx, in, err) || !find_place(tx, in, &at, err) || !is_open(tx, in, &at, err))
		return false;
	if (!(at.answered ? amend(tx, in, &at, err) : create(tx, in, &at, err)))
		return false;
	return idempotency_keep(tx, &in->idempotency, in->response.id, err);
}

bool capture_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct capture_input *in = input;
	in->refusal = CAPTURE_TAKEN;
	if (decide(tx, in, err))
		return true;
	if (in->refusal == CAPTURE_TAKEN)
		in->refusal = CAPTURE_FAILED;
	return false;
}
