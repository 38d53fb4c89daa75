/* account/second_step_api.c - a user sets up two-step sign-in, and turns it off. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/audit.h"
#include "account/reply_json.h"
#include "account/second_step.h"
#include "account/throttle.h"
#include "account/user.h"
#include "account/workspace.h"
#include "base/qr.h"
#include "base/rng.h"

struct enrolment {
	int64_t user;
	struct second_step step;
	Str sealed, secret, uri, qr; /* of a new one */
	Str code, actor;
	Str codes[RECOVERY_CODES], hashes[RECOVERY_CODES];
};

static struct enrolment *enrolment_new(struct request *rq)
{
	struct enrolment *in = ARENA_NEW(rq->arena, struct enrolment);
	in->user = rq->caller.user;
	in->actor = rq->caller.name;
	rq->input = in;
	return in;
}

static bool picture_make(struct arena *a, struct enrolment *in, struct err *err)
{
	struct buf *svg = buf_in(a, (size_t)256 << 10);
	struct qr qr;
	if (!qr_encode(a, in->uri, QR_MEDIUM, &qr, err))
		return false;
	qr_put_svg(svg, &qr);
	in->qr = buf_str(svg);
	return true;
}

bool second_step_post_prepare(struct request *rq, struct err *err)
{
	struct account *account = rq->room;
	struct enrolment *in = enrolment_new(rq);
	struct workspace workspace;
	unsigned char secret[TOTP_SECRET_SIZE];
	if (!workspace_find(rq->db, rq->caller.workspace, rq->arena, &workspace, err))
		return false;
	rng_bytes(secret, sizeof secret);
	in->secret = totp_base32(rq->arena, secret, sizeof secret);
	in->uri = totp_uri(rq->arena, workspace.name, rq->caller.name, secret);
	return picture_make(rq->arena, in, err) &&
	       vault_seal(&account->vault, rq->arena, (Str){ (const char *)secret, sizeof secret },
	                  &in->sealed, err);
}

bool second_step_post_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct enrolment *in = input;
	return second_step_begin(tx, in->user, in->sealed, err);
}

bool second_step_post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct enrolment *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "secret", in->secret);
	json_put_key_text(w, "uri", in->uri);
	json_put_key_text(w, "qr", in->qr);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 201, err);
}

static bool code_read(struct request *rq, struct enrolment *in, struct err *err)
{
	static const char *const names[] = { "code", NULL };
	struct account *account = rq->room;
	struct attempt attempt = { .account = STR("code"), .address = in->actor };
	int64_t wait;
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) ||
	    !json_read_text(json_read_member(body, "code"), 64, &in->code, err))
		return false;
	if (!throttle_take(account->throttle, &attempt, clock_monotonic(), &wait)) {
		rq->wait_us = wait;
		return err_set(err, ERR_TOO_MANY, "Too many wrong tries. Try again in a moment.");
	}
	return second_step_find(&account->vault, rq->db, in->user, rq->arena, &in->step, err);
}

bool second_step_put_prepare(struct request *rq, struct err *err)
{
	struct enrolment *in = enrolment_new(rq);
	recovery_codes_make(rq->arena, in->user, in->codes, in->hashes);
	return code_read(rq, in, err);
}

bool second_step_put_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct enrolment *in = input;
	return second_step_confirm(tx, in->user, &in->step, in->code, err) &&
	       recovery_codes_set(tx, in->user, in->hashes, err) &&
	       audit_write(tx, in->actor, STR("two_step.on"), in->actor, STR(""), err);
}

bool recovery_codes_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct enrolment *in = rq->input;
	const struct account *account = rq->room;
	struct attempt attempt = { .account = STR("code"), .address = in->actor };
	struct json_writer *w = reply_json(rq);
	throttle_forget(account->throttle, &attempt);
	json_put_dict(w);
	json_put_key(w, STR("recovery_codes"));
	json_put_list(w);
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		json_put_text(w, in->codes[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* New recovery codes, for a code of the app. */

static bool code_fits(struct db_tx *tx, const struct enrolment *in, struct err *err)
{
	bool recovered;
	if (second_step_use(tx, in->user, &in->step, in->code, &recovered, err))
		return true;
	if (err->kind == ERR_UNAUTHENTICATED)
		err->kind = ERR_INVALID; /* the session is as good as before */
	return false;
}

bool recovery_codes_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct enrolment *in = input;
	return code_fits(tx, in, err) && recovery_codes_set(tx, in->user, in->hashes, err) &&
	       audit_write(tx, in->actor, STR("two_step.codes"), in->actor, STR(""), err);
}

/* Off */

bool second_step_end_prepare(struct request *rq, struct err *err)
{
	return code_read(rq, enrolment_new(rq), err);
}

bool second_step_end_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct enrolment *in = input;
	return code_fits(tx, in, err) && second_step_drop(tx, in->user, err) &&
	       audit_write(tx, in->actor, STR("two_step.off"), in->actor, STR(""), err);
}

bool second_step_end_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct account *account = rq->room;
	const struct enrolment *in = rq->input;
	struct attempt attempt = { .account = STR("code"), .address = in->actor };
	(void)err;
	throttle_forget(account->throttle, &attempt);
	rp->status = 204;
	return true;
}

/* How it stands */

bool second_step_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	bool on;
	int64_t left;
	if (!second_step_is_on(rq->db, rq->caller.user, &on, err) ||
	    !second_step_codes_left(rq->db, rq->caller.user, &left, err))
		return false;
	json_put_dict(w);
	json_put_key_bool(w, "on", on);
	json_put_key_i64(w, "recovery_codes_left", left);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}
