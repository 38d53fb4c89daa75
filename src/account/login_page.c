/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/door.h"
#include "account/first_run.h"
#include "account/session.h"
#include "account/sign_in.h"
#include "base/form.h"

/* A login with what its reply and its failure page need. */
struct login {
	struct sign_in in;
	Str email, next;
	Str step; /* the token of a password that was right; at NULL: not so far */
};

static const struct template *page_of(const struct request *rq)
{
	return ((const struct account *)rq->room)->login_page;
}

bool login_get_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str next = door_own_path(request_query(rq, "next"));
	struct caller caller = { 0 };
	if (!account_authenticate(rq->room, rq, &caller, err))
		return false;
	bool as_other = request_query(rq, "other").at; /* to another workspace than this one */
	if (caller.user && !as_other) {
		reply_redirect(rq, rp, next);
		return true;
	}
	struct template_dict *d = door_begin(rq, "t_sign_in");
	template_set_bool(d, "password", true);
	template_set(d, "next", next);
	return door_end(rq, rp, page_of(rq), d, 200, err);
}

bool login_post_prepare(struct request *rq, struct err *err)
{
	struct login *login = ARENA_NEW(rq->arena, struct login);
	struct form form;
	rq->input = login;
	if (!form_parse(rq->arena, rq->body, 10, &form, err))
		return false;
	login->email = form_find(&form, "email");
	login->next = door_own_path(form_find(&form, "next"));
	struct credentials given = { .email = login->email,
		                     .password = form_find(&form, "password") };
	return sign_in_from_here(rq->room, rq, err) &&
	       sign_in_by_password(rq->room, rq, &given, &login->in, err);
}

bool login_code_prepare(struct request *rq, struct err *err)
{
	struct login *login = ARENA_NEW(rq->arena, struct login);
	struct form form;
	rq->input = login;
	if (!form_parse(rq->arena, rq->body, 10, &form, err))
		return false;
	login->next = door_own_path(form_find(&form, "next"));
	login->step = form_find(&form, "step");
	return sign_in_from_here(rq->room, rq, err) &&
	       sign_in_by_step(rq->room, rq, login->step, form_find(&form, "code"), &login->in,
	                       err);
}

/* Shows a button: what fetches links by itself does not use the link up. */
bool login_link_get_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct session link;
	Str hash;
	if (!token_hash(rq->arena, request_param(rq, "token"), &hash))
		return err_set(err, ERR_GONE, LOGIN_LINK_IS_OVER);
	if (!login_link_find(rq->db, hash, rq->now, rq->arena, &link, err))
		return false;
	struct template_dict *d = door_begin(rq, "t_sign_in");
	template_set_bool(d, "link", true);
	return door_end(rq, rp, page_of(rq), d, 200, err);
}

/* Who comes by a link for the first time has something to set up. */
static bool link_next(struct request *rq, struct login *login, struct err *err)
{
	const struct sign_in *in = &login->in;
	struct first_run run;
	if (!first_run_find(rq->db, in->workspace.id, &run, err))
		return false;
	bool open = in->role & ROLES_MANAGE && !in->workspace.demo && first_run_is_open(&run);
	login->next = open ? STR("/setup") : STR("/");
	return true;
}

bool login_link_post_prepare(struct request *rq, struct err *err)
{
	struct login *login = ARENA_NEW(rq->arena, struct login);
	rq->input = login;
	login->next = STR("/");
	return sign_in_from_here(rq->room, rq, err) &&
	       sign_in_by_link(rq->room, rq, request_param(rq, "token"), &login->in, err) &&
	       link_next(rq, login, err);
}

static bool ask_code(struct request *rq, struct reply *rp, struct login *login, Str step,
                     const struct err *why, struct err *err)
{
	struct template_dict *d = door_begin(rq, "t_code_title");
	if (why)
		template_set(d, "error", door_sentence(rq, why));
	template_set_bool(d, "code", true);
	template_set(d, "step", step);
	template_set(d, "next", login->next);
	return door_end(rq, rp, page_of(rq), d, why ? err_http_status(why->kind) : 200, err);
}

bool login_reply(struct request *rq, struct reply *rp, struct err *err)
{
	struct login *login = rq->input;
	if (login->in.waits)
		return ask_code(rq, rp, login, login->in.token, NULL, err);
	sign_in_reply(rq->room, rq, rp, &login->in);
	reply_redirect(rq, rp, login->next);
	return true;
}

static void show_again(struct request *rq, struct reply *rp, const struct login *login,
                       const struct err *why)
{
	struct err page_err;
	bool over = why->kind == ERR_GONE;
	struct template_dict *d = door_begin(rq, over ? "t_over" : "t_sign_in");
	template_set(d, "error", door_sentence(rq, why));
	template_set_bool(d, "over", over);
	template_set_bool(d, "password", !over);
	template_set_bool(d, "again", true);
	template_set(d, "email", login ? login->email : STR(""));
	template_set(d, "next", login && login->next.len ? login->next : STR("/"));
	if (!door_end(rq, rp, page_of(rq), d, err_http_status(why->kind), &page_err))
		rp->status = 500;
}

void login_fail(struct request *rq, struct reply *rp, const struct err *why)
{
	struct login *login = rq->input;
	struct err page_err;
	bool may_retry = why->kind == ERR_UNAUTHENTICATED || why->kind == ERR_TOO_MANY;
	if (!login || !login->step.at || !may_retry) {
		show_again(rq, rp, login, why);
		return;
	}
	if (!ask_code(rq, rp, login, login->step, why, &page_err))
		rp->status = 500;
}
