/* account/join_page.c - where an invitation leads: a new user chooses name and password, one who is signed in says yes. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/audit.h"
#include "account/door.h"
#include "account/invite.h"
#include "account/password.h"
#include "account/secret.h"
#include "account/session.h"
#include "account/sign_in.h"
#include "base/form.h"

struct join {
	struct invite invite;
	struct workspace workspace;
	struct user user; /* id 0: a new one */
	struct caller caller;
	Str hash, path;
	Str name, password_hash;
	struct sign_in in; /* of a new user */
};

static const struct template *page_of(const struct request *rq)
{
	return ((const struct account *)rq->room)->join_page;
}

/* What the link says, and who looks at it. */
static bool look(struct request *rq, struct join *join, struct err *err)
{
	int64_t workspace;
	join->path = rq->path;
	if (!secret_parse(rq->arena, request_param(rq, "token"), &workspace, &join->hash))
		return err_set(err, ERR_GONE, INVITE_IS_OVER);
	if (!invite_find(rq->db, workspace, join->hash, rq->now, rq->arena, &join->invite, err) ||
	    !workspace_find(rq->db, workspace, rq->arena, &join->workspace, err) ||
	    !account_authenticate(rq->room, rq, &join->caller, err))
		return false;
	rq->input_workspace = workspace;
	return user_find_by_email(rq->db, join->invite.email_folded, rq->arena, &join->user, err) ||
	       err->kind == ERR_NOT_FOUND;
}

static bool is_other(const struct join *join)
{
	return join->caller.user && join->caller.user != join->user.id;
}

static bool render(struct request *rq, struct reply *rp, const struct join *join,
                   const struct err *why, struct err *err)
{
	struct template_dict *d = door_begin(rq, "t_join_title");
	bool known = join->user.id != 0, other = is_other(join);
	template_set(d, "workspace", join->workspace.name);
	template_set(d, "email", join->invite.email);
	template_set(d, "role",
	             door_text(door_language(rq),
	                       str_copy_c(rq->arena, str_printf(rq->arena, "t_role_%s",
	                                                        role_name(join->invite.role)))));
	template_set(d, "path", join->path);
	template_set(d, "name", join->name);
	template_set_bool(d, "other", other);
	template_set_bool(d, "known", known && !other && !join->caller.user);
	template_set_bool(d, "ready", known && !other && join->caller.user);
	template_set_bool(d, "new", !known && !other);
	if (why)
		template_set(d, "error", door_sentence(rq, why));
	return door_end(rq, rp, page_of(rq), d, why ? err_http_status(why->kind) : 200, err);
}

bool join_get_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct join *join = ARENA_NEW(rq->arena, struct join);
	return look(rq, join, err) && render(rq, rp, join, NULL, err);
}

static bool new_user_read(struct request *rq, struct join *join, struct err *err)
{
	struct form form;
	if (!form_parse(rq->arena, rq->body, 10, &form, err))
		return false;
	join->name = str_trim(form_find(&form, "name"));
	if (!join->name.at)
		join->name = STR("");
	join->in.workspace = join->workspace;
	return user_name_check(join->name, err) &&
	       password_hash(rq->room, rq->arena, form_find(&form, "password"),
	                     &join->password_hash, err) &&
	       sign_in_as(rq->room, rq, &join->in, err);
}

bool join_post_prepare(struct request *rq, struct err *err)
{
	struct join *join = ARENA_NEW(rq->arena, struct join);
	if (!look(rq, join, err))
		return false;
	rq->input = join;
	if (!sign_in_from_here(rq->room, rq, err))
		return false;
	if (is_other(join))
		return err_set(err, ERR_CONFLICT, "Sign out first, or use a private window.");
	if (!join->user.id)
		return new_user_read(rq, join, err);
	return join->caller.user ||
	       err_set(err, ERR_UNAUTHENTICATED, "Sign in first; the link stays good.");
}

static bool member_make(struct db_tx *tx, const struct invite *invite, int64_t user,
                        struct err *err)
{
	unsigned role;
	if (!member_role(tx->db, tx->workspace, user, &role, err))
		return false;
	if (role)
		return err_set(err, ERR_CONFLICT, "You are a member already.");
	if (!member_set(tx, user, invite->role, err) ||
	    (invite->names != NAMES_BY_ROLE &&
	     !member_set_names(tx, user, invite->names, invite->created_by, err)))
		return false;
	if (!invite->team || member_set_team(tx, user, invite->team, invite->created_by, err))
		return true;
	return err->kind == ERR_NOT_FOUND
	           ? err_set(err, ERR_GONE,
	                     "The team of this invitation is gone; ask for a new one.")
	           : false;
}

bool join_post_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct join *join = input;
	struct invite invite;
	int64_t user = join->user.id;
	if (!invite_use(tx, join->hash, &invite, err) ||
	    (!user && !user_create(tx, invite.email, invite.email_folded, join->name,
	                           join->password_hash, &user, err)) ||
	    !member_make(tx, &invite, user, err) ||
	    !audit_write(tx, invite.email, STR("member.join"), invite.email,
	                 str_of(role_name(invite.role)), err))
		return false;
	if (join->user.id)
		return session_move(tx, join->caller.session, tx->workspace, err);
	return session_create(tx, join->in.token_hash, user, tx->workspace, join->in.address,
	                      join->in.agent, err);
}

bool join_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct join *join = rq->input;
	(void)err;
	if (!join->user.id)
		sign_in_reply(rq->room, rq, rp, &join->in);
	reply_redirect(rq, rp, STR("/"));
	return true;
}

void join_fail(struct request *rq, struct reply *rp, const struct err *why)
{
	const struct join *join = rq->input;
	struct err page_err;
	if (join && why->kind != ERR_GONE) {
		if (!render(rq, rp, join, why, &page_err))
			rp->status = 500;
		return;
	}
	struct template_dict *d = door_begin(rq, why->kind == ERR_GONE ? "t_over" : "t_join_title");
	template_set(d, "error", door_sentence(rq, why));
	template_set_bool(d, "over", why->kind == ERR_GONE);
	if (!door_end(rq, rp, page_of(rq), d, err_http_status(why->kind), &page_err))
		rp->status = 500;
}
