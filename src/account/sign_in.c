/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/sign_in.h"

#include "account/audit.h"
#include "account/password.h"
#include "account/session.h"
#include "base/utf8.h"
#include "net/origin.h"

#define AGENT_MAX 200

bool sign_in_from_here(const struct account *account, const struct request *rq, struct err *err)
{
	bool says = request_header(rq, "Origin").at || request_header(rq, "Sec-Fetch-Site").at;
	if (!account->cookies_are_safe)
		return err_set(err, ERR_DENIED,
		               "Signing in needs https: set HEED_PUBLIC_URL to the https address "
		               "of this server");
	if (says && !origin_sent(&account->origin, rq->head, request_header(rq, "Host")))
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

static void fill_session(struct request *rq, struct sign_in *in)
{
	Str agent = request_header(rq, "User-Agent");
	token_new(rq->arena, &in->token, &in->token_hash);
	in->address = rq->address;
	in->agent = agent.at ? utf8_prefix(agent, AGENT_MAX) : STR("");
	rq->input_workspace = in->workspace.id;
}

bool sign_in_by_password(struct account *account, struct request *rq, Str email, Str password,
                         int64_t wish, struct sign_in *out, struct err *err)
{
	struct sign_in in = { 0 };
	struct err ignored;
	Str typed, folded;
	bool matches;
	if (user_email(rq->arena, email, &typed, &folded, &ignored) &&
	    !user_find_by_email(rq->db, folded, rq->arena, &in.user, err) &&
	    err->kind != ERR_NOT_FOUND)
		return false;
	if (!password_verify(account, in.user.password_hash, password, &matches, err))
		return false;
	if (!matches || in.user.disabled_at)
		return err_set(err, ERR_UNAUTHENTICATED,
		               "The email address or the password is wrong.");
	if (!pick_workspace(rq, wish, &in, err))
		return false;
	fill_session(rq, &in);
	*out = in;
	return true;
}

bool sign_in_by_link(struct account *account, struct request *rq, Str token, struct sign_in *out,
                     struct err *err)
{
	struct sign_in in = { 0 };
	struct session link;
	(void)account;
	if (!token_hash(rq->arena, token, &in.link_hash))
		return err_set(err, ERR_GONE, LOGIN_LINK_IS_OVER);
	if (!login_link_find(rq->db, in.link_hash, rq->now, rq->arena, &link, err) ||
	    !user_find(rq->db, link.user, rq->arena, &in.user, err) ||
	    !pick_workspace(rq, link.workspace, &in, err))
		return false;
	fill_session(rq, &in);
	*out = in;
	return true;
}

/* What prepare saw may have changed since: the password, the link, the membership. */
static bool still_holds(struct db_tx *tx, const struct sign_in *in, struct err *err)
{
	struct user user;
	struct session link;
	unsigned role;
	if (!user_find(tx->db, in->user.id, tx->arena, &user, err) ||
	    !member_role(tx->db, tx->workspace, user.id, &role, err))
		return false;
	if (user.disabled_at || !role ||
	    (!in->link_hash.at && !str_eq(user.password_hash, in->user.password_hash)))
		return err_set(err, ERR_UNAUTHENTICATED,
		               "The email address or the password is wrong.");
	return !in->link_hash.at || login_link_use(tx, in->link_hash, &link, err);
}

bool sign_in_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct sign_in *in = input;
	return still_holds(tx, in, err) &&
	       session_create(tx, in->token_hash, in->user.id, tx->workspace, in->address,
	                      in->agent, err) &&
	       audit_write(tx, in->user.email, STR("session.create"), in->user.email,
	                   in->link_hash.at ? STR("by link") : STR("by password"), err);
}

void sign_in_reply(const struct account *account, struct request *rq, struct reply *rp,
                   const struct sign_in *in)
{
	reply_header(rq, rp, "Set-Cookie", account_cookie(account, rq->arena, in->token));
}
