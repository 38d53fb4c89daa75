/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/sign_in.h"

#include <inttypes.h>

#include "account/audit.h"
#include "account/device.h"
#include "account/password.h"
#include "account/session.h"
#include "base/die.h"
#include "base/utf8.h"
#include "net/origin.h"
#include "net/proxy.h"

#define AGENT_MAX 200

bool sign_in_from_here(const struct account *account, const struct request *rq, struct err *err)
{
	bool says = request_header(rq, "Origin").at || request_header(rq, "Sec-Fetch-Site").at;
	const struct origin *origin = account_origin(account, rq);
	if (!account_cookies_are_safe(origin))
		return err_set(err, ERR_DENIED,
		               "Signing in needs https: set HEED_PUBLIC_URL to the https address "
		               "of this server");
	if (says && !origin_sent(origin, rq->head, rq->host))
		return err_set(err, ERR_DENIED, "sign in on this server's own page");
	return true;
}

/* The first workspace that the user is a member of, or the wished one. */
static bool pick_workspace(struct request *rq, int64_t wish, struct sign_in *in, struct err *err)
{
	int64_t *ids;
	size_t count;
	if (!user_workspaces(rq->db, in->user.id, rq->arena, &ids, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (wish && ids[i] != wish)
			continue;
		if (!member_role(rq->db, ids[i], in->user.id, &in->role, err))
			return false;
		if (in->role)
			return workspace_find(rq->db, ids[i], rq->arena, &in->workspace, err);
	}
	return err_set(err, ERR_DENIED, "you are not a member of %s",
	               wish ? "this workspace" : "any workspace");
}

static bool fill_token(struct account *account, struct request *rq, struct sign_in *in,
                       struct err *err)
{
	Str agent = request_header(rq, "User-Agent"), device;
	token_new(rq->arena, &in->token, &in->token_hash);
	in->address = rq->address;
	in->agent = agent.at ? utf8_prefix(agent, AGENT_MAX) : STR("");
	rq->input_workspace = in->workspace.id;
	if (in->waits)
		return true;
	if (!device_known(account, rq, in->user.id, &device, err))
		return false;
	return device.len || in->user.id == 0 ||
	       device_cookie(account, rq, in->user.id, &in->device, err);
}

bool sign_in_as(struct account *account, struct request *rq, struct sign_in *in, struct err *err)
{
	return fill_token(account, rq, in, err);
}

/* How long to wait, in the words of the page and the API. */
static bool not_yet(struct request *rq, int64_t wait_us, struct err *err)
{
	int64_t seconds = (wait_us + CLOCK_SECOND - 1) / CLOCK_SECOND,
		minutes = (seconds + 59) / 60;
	rq->wait_us = wait_us;
	if (seconds <= 90)
		return err_set(err, ERR_TOO_MANY,
		               "Too many wrong tries. Try again in %" PRId64 " second%s.", seconds,
		               seconds == 1 ? "" : "s");
	return err_set(err, ERR_TOO_MANY, "Too many wrong tries. Try again in %" PRId64 " minutes.",
	               minutes);
}

Str sign_in_place(struct request *rq)
{
	struct net_address client;
	if (!address_parse(rq->address, &client))
		return rq->address;
	client = address_subscriber(&client);
	return str_copy(rq->arena, (Str){ (const char *)client.bytes, sizeof client.bytes });
}

static bool try_count(struct account *account, struct request *rq, struct sign_in *in, Str folded,
                      struct err *err)
{
	int64_t wait;
	in->attempt = (struct attempt){ .account = folded, .address = sign_in_place(rq) };
	if (!device_known(account, rq, in->user.id, &in->attempt.device, err))
		return false;
	return throttle_take(account->throttle, &in->attempt, clock_monotonic(), &wait) ||
	       not_yet(rq, wait, err);
}

static bool step_look(struct account *account, struct request *rq, struct sign_in *in,
                      struct err *err)
{
	return second_step_find(&account->vault, rq->db, in->user.id, rq->arena, &in->step, err);
}

static bool wrong(struct err *err)
{
	return err_set(err, ERR_UNAUTHENTICATED, "The email address or the password is wrong.");
}

bool sign_in_by_password(struct account *account, struct request *rq,
                         const struct credentials *given, struct sign_in *out, struct err *err)
{
	struct sign_in in = { .code = given->code };
	struct err ignored;
	Str typed, folded = STR("");
	bool matches;
	if (user_email(rq->arena, given->email, &typed, &folded, &ignored) &&
	    !user_find_by_email(rq->db, folded, rq->arena, &in.user, err) &&
	    err->kind != ERR_NOT_FOUND)
		return false;
	if (!try_count(account, rq, &in, folded, err) ||
	    !password_verify(account, in.user.password_hash, given->password, &matches, err))
		return false;
	if (!matches || in.user.disabled_at)
		return wrong(err);
	if (!pick_workspace(rq, given->wish, &in, err) || !step_look(account, rq, &in, err))
		return false;
	in.waits = in.step.confirmed && !in.code.at;
	if (!fill_token(account, rq, &in, err))
		return false;
	*out = in;
	return true;
}

bool sign_in_by_link(struct account *account, struct request *rq, Str token, struct sign_in *out,
                     struct err *err)
{
	struct sign_in in = { .by = BY_LINK };
	struct session link;
	if (!token_hash(rq->arena, token, &in.link_hash))
		return err_set(err, ERR_GONE, LOGIN_LINK_IS_OVER);
	if (!login_link_find(rq->db, in.link_hash, rq->now, rq->arena, &link, err) ||
	    !user_find(rq->db, link.user, rq->arena, &in.user, err) ||
	    !pick_workspace(rq, link.workspace, &in, err) || !fill_token(account, rq, &in, err))
		return false;
	*out = in;
	return true;
}

bool sign_in_by_step(struct account *account, struct request *rq, Str token, Str code,
                     struct sign_in *out, struct err *err)
{
	struct sign_in in = { .by = BY_STEP, .code = code.at ? code : STR("") };
	struct login_step step;
	Str email, folded;
	if (!token_hash(rq->arena, token, &in.link_hash))
		return err_set(err, ERR_GONE, LOGIN_STEP_IS_OVER);
	if (!login_step_find(rq->db, in.link_hash, rq->now, &step, err) ||
	    !user_find(rq->db, step.user, rq->arena, &in.user, err) ||
	    !user_email(rq->arena, in.user.email, &email, &folded, err) ||
	    !try_count(account, rq, &in, folded, err) ||
	    !pick_workspace(rq, step.workspace, &in, err) || !step_look(account, rq, &in, err) ||
	    !fill_token(account, rq, &in, err))
		return false;
	*out = in;
	return true;
}

/* What prepare saw may have changed since: the password, the link, the membership. */
static bool still_holds(struct db_tx *tx, const struct sign_in *in, struct err *err)
{
	struct user user;
	struct session link;
	struct login_step step;
	unsigned role;
	if (!user_find(tx->db, in->user.id, tx->arena, &user, err) ||
	    !member_role(tx->db, tx->workspace, user.id, &role, err))
		return false;
	if (user.disabled_at || !role ||
	    (in->by != BY_LINK && !str_eq(user.password_hash, in->user.password_hash)))
		return wrong(err);
	switch (in->by) {
	case BY_PASSWORD:
		return true;
	case BY_LINK:
		return login_link_use(tx, in->link_hash, &link, err);
	case BY_STEP:
		return login_step_find(tx->db, in->link_hash, tx->now, &step, err);
	}
	UNREACHABLE();
}

static bool second_step_holds(struct db_tx *tx, const struct sign_in *in, Str *detail,
                              struct err *err)
{
	bool recovered = false, on;
	*detail = in->by == BY_LINK ? STR("by link") : STR("by password");
	if (in->by == BY_LINK)
		return true;
	if (!second_step_is_on(tx->db, in->user.id, &on, err))
		return false;
	if (!on)
		return true;
	if (!second_step_use(tx, in->user.id, &in->step, in->code, &recovered, err))
		return false;
	*detail = recovered ? STR("by password and recovery code") : STR("by password and code");
	return in->by != BY_STEP || login_step_drop(tx, in->link_hash, err);
}

bool sign_in_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct sign_in *in = input;
	Str detail;
	if (!still_holds(tx, in, err))
		return false;
	if (in->waits) {
		struct login_step step = { in->user.id, tx->workspace };
		return login_step_create(tx, in->token_hash, &step, err);
	}
	return second_step_holds(tx, in, &detail, err) &&
	       session_create(tx, in->token_hash, in->user.id, tx->workspace, in->address,
	                      in->agent, err) &&
	       audit_write(tx, in->user.email, STR("session.create"), in->user.email, detail, err);
}

void sign_in_reply(struct account *account, struct request *rq, struct reply *rp,
                   const struct sign_in *in)
{
	if (in->attempt.account.at)
		throttle_forget(account->throttle, &in->attempt);
	if (in->device.at)
		reply_header(rq, rp, "Set-Cookie", in->device);
	reply_header(rq, rp, "Set-Cookie", account_cookie(account, rq, in->token));
}
