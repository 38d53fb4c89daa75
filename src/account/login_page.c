/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/session.h"
#include "account/sign_in.h"
#include "base/asset.h"
#include "base/b64.h"
#include "base/die.h"
#include "base/form.h"
#include "base/template.h"

#define PAGE_MAX  ((size_t)64 << 10)
#define NEXT_MAX  2000
#define NONCE_RAW ((size_t)18)

/* A login with what its reply and its failure page need. */
struct login {
	struct sign_in in;
	Str email, next;
};

/* A path of ours and nothing else: no scheme, no other host, nothing that a browser reads as one. */
static Str own_path(Str next)
{
	bool fine = next.len > 0 && next.len <= NEXT_MAX && next.at[0] == '/' &&
	            (next.len == 1 || (next.at[1] != '/' && next.at[1] != '\\'));
	for (size_t i = 0; fine && i < next.len; i++)
		fine = (unsigned char)next.at[i] > 0x20 && next.at[i] != 0x7f;
	return fine ? next : STR("/");
}

static void headers(struct request *rq, struct reply *rp, Str style_nonce)
{
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; style-src 'nonce-%.*s'; img-src data:; "
	                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	                        STR_FMT(style_nonce)));
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	reply_header(rq, rp, "Referrer-Policy", STR("no-referrer"));
	reply_header(rq, rp, "X-Robots-Tag", STR("noindex"));
	rp->content_type = "text/html; charset=utf-8";
}

static struct template_dict *page_begin(struct request *rq, Str title)
{
	struct template_dict *d = template_dict_new(rq->arena);
	const struct asset *css = asset_find(STR("pages/login.css"));
	MUST(css != NULL);
	template_set(d, "css", css->bytes);
	template_set(d, "title", title);
	return d;
}

static bool page_end(struct request *rq, struct reply *rp, struct template_dict *d, int status,
                     struct err *err)
{
	const struct account *account = rq->room;
	struct buf *buf = buf_in(rq->arena, PAGE_MAX);
	Str style_nonce = b64_random(rq->arena, NONCE_RAW);
	template_set(d, "style_nonce", style_nonce);
	if (!template_render(account->login_page, d, buf, err))
		return false;
	headers(rq, rp, style_nonce);
	rp->status = status;
	rp->body = buf_str(buf);
	return true;
}

bool login_get_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str next = own_path(request_query(rq, "next"));
	struct caller caller = { 0 };
	if (!account_authenticate(rq->room, rq, &caller, err))
		return false;
	if (caller.user) {
		reply_redirect(rq, rp, next);
		return true;
	}
	struct template_dict *d = page_begin(rq, STR("Sign in"));
	template_set_bool(d, "password", true);
	template_set(d, "next", next);
	return page_end(rq, rp, d, 200, err);
}

bool login_post_prepare(struct request *rq, struct err *err)
{
	struct login *login = ARENA_NEW(rq->arena, struct login);
	struct form form;
	rq->input = login;
	if (!form_parse(rq->arena, rq->body, 10, &form, err))
		return false;
	login->email = form_find(&form, "email");
	login->next = own_path(form_find(&form, "next"));
	return sign_in_from_here(rq->room, rq, err) &&
	       sign_in_by_password(rq->room, rq, login->email, form_find(&form, "password"), 0,
	                           &login->in, err);
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
	struct template_dict *d = page_begin(rq, STR("Sign in"));
	template_set_bool(d, "link", true);
	return page_end(rq, rp, d, 200, err);
}

bool login_link_post_prepare(struct request *rq, struct err *err)
{
	struct login *login = ARENA_NEW(rq->arena, struct login);
	rq->input = login;
	login->next = STR("/");
	return sign_in_from_here(rq->room, rq, err) &&
	       sign_in_by_link(rq->room, rq, request_param(rq, "token"), &login->in, err);
}

bool login_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct login *login = rq->input;
	(void)err;
	sign_in_reply(rq->room, rq, rp, &login->in);
	reply_redirect(rq, rp, login->next);
	return true;
}

/* What our inside has to say stays in the log. */
static Str sentence(const struct err *err)
{
	if (err->kind == ERR_IO || err->kind == ERR_CORRUPT || err->kind == ERR_INTERNAL)
		return STR("Heed cannot do this right now. Please try again in a moment.");
	return str_of(err->msg);
}

void login_fail(struct request *rq, struct reply *rp, const struct err *err)
{
	const struct login *login = rq->input;
	struct err page_err;
	bool over = err->kind == ERR_GONE;
	struct template_dict *d =
	    page_begin(rq, over ? STR("This link is no longer good") : STR("Sign in"));
	template_set(d, "error", sentence(err));
	template_set_bool(d, "over", over);
	template_set_bool(d, "password", !over);
	template_set_bool(d, "again", true);
	template_set(d, "email", login ? login->email : STR(""));
	template_set(d, "next", login && login->next.len ? login->next : STR("/"));
	if (!page_end(rq, rp, d, err_http_status(err->kind), &page_err))
		rp->status = 500;
}
