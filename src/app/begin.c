/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/begin.h"

#include <sodium.h>

#include "account/door.h"
#include "account/password.h"
#include "account/session.h"
#include "account/sign_in.h"
#include "app/setup.h"
#include "base/asset.h"
#include "base/die.h"
#include "base/form.h"
#include "base/rng.h"
#include "db/store.h"
#include "survey/brand.h"

#define BODY_MAX 16384

bool begin_open(struct begin *begin, struct account *account, struct err *err)
{
	const struct asset *page = asset_find(STR("pages/begin.html"));
	Str hash;
	MUST(page != NULL);
	*begin = (struct begin){ .account = account };
	token_new(&begin->arena, &begin->token, &hash);
	return template_parse(&begin->arena, page->bytes, &begin->page, err);
}

void begin_close(struct begin *begin)
{
	arena_free(&begin->arena);
}

Str begin_path(const struct begin *begin, struct arena *a)
{
	return str_printf(a, "/begin/%.*s", STR_FMT(begin->token));
}

/* How many names there are, and whether one is of a workspace that is there and no demo. */
static bool look(struct db *db, struct arena *a, size_t *names, bool *is_free, struct err *err)
{
	struct workspace_row *rows;
	bool real = false;
	if (!workspace_list(db, a, &rows, names, err))
		return false;
	for (size_t i = 0; i < *names; i++) {
		struct workspace w;
		if (workspace_find(db, rows[i].id, a, &w, err))
			real = real || !w.demo;
		else if (err->kind != ERR_NOT_FOUND)
			return false;
	}
	*err = (struct err){ .kind = ERR_NONE };
	*is_free = !real;
	return true;
}

struct beginning {
	struct setup setup;
	struct sign_in in;
	Str workspace, name, email;
	size_t names; /* as prepare saw them */
	bool is_free;
};

/* The link of the terminal, or the demo's owner. */
static bool may(struct request *rq, struct beginning *b, struct err *err)
{
	struct begin *begin = rq->room;
	struct caller caller = { 0 };
	struct workspace workspace;
	Str token = request_param(rq, "token");
	if (!look(rq->db, rq->arena, &b->names, &b->is_free, err))
		return false;
	if (token.len == begin->token.len &&
	    sodium_memcmp(token.at, begin->token.at, token.len) == 0)
		return true;
	if (token.at)
		return err_set(err, ERR_GONE,
		               "This link is of another start of the server. Look at the terminal "
		               "for the newest.");
	struct request as = *rq;
	as.room = begin->account;
	if (!account_authenticate(begin->account, &as, &caller, err))
		return false;
	if (caller.role == ROLE_OWNER) {
		if (!workspace_find(rq->db, caller.workspace, rq->arena, &workspace, err))
			return false;
		if (workspace.demo)
			return true;
	}
	return err_set(err, ERR_DENIED, "Sign in to the demo as its owner first.");
}

static bool render(struct request *rq, struct reply *rp, const struct beginning *b,
                   const struct err *why, struct err *err)
{
	const struct begin *begin = rq->room;
	struct template_dict *d = door_begin(rq, "t_begin_title");
	bool closed = !b->is_free;
	template_set_bool(d, "open", !closed && !(why && why->kind == ERR_GONE));
	template_set(d, "workspace", b->workspace);
	template_set(d, "name", b->name);
	template_set(d, "email", b->email);
	if (closed)
		template_set(d, "error", door_text(door_language(rq), "t_begin_over"));
	else if (why)
		template_set(d, "error", door_sentence(rq, why));
	int status = closed ? 410 : why ? err_http_status(why->kind) : 200;
	return door_end(rq, rp, begin->page, d, status, err);
}

static bool get_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct beginning *b = ARENA_NEW(rq->arena, struct beginning);
	return may(rq, b, err) && render(rq, rp, b, NULL, err);
}

static bool seed_make(struct request *rq, struct beginning *b, struct err *err)
{
	struct brand_input brand = { .name = b->workspace };
	if (!b->workspace.len || b->workspace.len > WORKSPACE_NAME_MAX)
		return err_at(err, ERR_INVALID, "/workspace", "must have 1 to %d bytes",
		              WORKSPACE_NAME_MAX);
	if (!brand_input_check(rq->arena, &brand, err))
		return false;
	b->setup.seed.german = door_language(rq) == DOOR_GERMAN;
	b->setup.seed.brand = brand.name;
	b->setup.seed.brand_folded = brand.name_folded;
	rng_bytes(b->setup.seed.link_secret, sizeof b->setup.seed.link_secret);
	return true;
}

/* What prepare saw is still so: nobody else has begun meanwhile. */
static bool reserve(struct db_tx *tx, void *input, struct err *err)
{
	struct beginning *b = input;
	struct workspace_row *rows;
	size_t count;
	if (!workspace_list(tx->db, tx->arena, &rows, &count, err))
		return false;
	if (count != b->names)
		return err_set(err, ERR_CONFLICT,
		               "Somebody else begins at this moment. Try again.");
	return setup_reserve(tx, &b->setup, err);
}

static Str field(const struct form *form, const char *name)
{
	Str value = form_find(form, name);
	return value.at ? str_trim(value) : STR("");
}

static bool fields_read(struct request *rq, struct beginning *b, struct err *err)
{
	struct begin *begin = rq->room;
	struct form form;
	if (!form_parse(rq->arena, rq->body, 10, &form, err))
		return false;
	b->workspace = field(&form, "workspace");
	b->name = field(&form, "name");
	b->email = field(&form, "email");
	b->setup.workspace = (struct workspace_new){ .name = b->workspace,
		                                     .time_zone = setup_time_zone(rq->arena),
		                                     .week_start = 1 };
	b->setup.name = b->name;
	return user_name_check(b->name, err) && seed_make(rq, b, err) &&
	       user_email(rq->arena, b->email, &b->setup.email, &b->setup.email_folded, err) &&
	       password_hash(begin->account, rq->arena, form_find(&form, "password"),
	                     &b->setup.password_hash, err);
}

/* Waits for one commit, which workers else never do: names and workspaces need not share a machine, and it happens once in
 * a server's life. */
static bool post_prepare(struct request *rq, struct err *err)
{
	struct begin *begin = rq->room;
	struct beginning *b = ARENA_NEW(rq->arena, struct beginning);
	if (!may(rq, b, err))
		return false;
	rq->input = b;
	if (!b->is_free)
		return err_set(err, ERR_GONE, "This server has a workspace already.");
	if (!sign_in_from_here(begin->account, rq, err) || !fields_read(rq, b, err))
		return false;
	b->setup.actor = b->setup.seed.actor = b->setup.email;
	if (!store_run(rq->store, 0, UNIT_INTERACTIVE, reserve, b, err))
		return false;
	b->in.workspace.id = b->setup.workspace.id;
	return sign_in_as(begin->account, rq, &b->in, err);
}

static bool post_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct beginning *b = input;
	return setup_fill(tx, &b->setup, err) &&
	       session_create(tx, b->in.token_hash, b->setup.user, tx->workspace, b->in.address,
	                      b->in.agent, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct begin *begin = rq->room;
	const struct beginning *b = rq->input;
	(void)err;
	sign_in_reply(begin->account, rq, rp, &b->in);
	reply_redirect(rq, rp, STR("/setup"));
	return true;
}

static void fail(struct request *rq, struct reply *rp, const struct err *why)
{
	struct beginning nothing = { .is_free = true };
	const struct beginning *b = rq->input ? rq->input : &nothing;
	struct err page_err;
	if (!render(rq, rp, b, why, &page_err))
		rp->status = 500;
}

#define BEGIN(at)                                                                                \
	{ .method = "GET",                                                                       \
	  .path = at,                                                                            \
	  .operation = "showBegin",                                                              \
	  .open = true,                                                                          \
	  .per_minute = 60,                                                                      \
	  .guards = true,                                                                        \
	  .limit = "begin",                                                                      \
	  .read = get_read,                                                                      \
	  .fail = fail,                                                                          \
	  .html = true },                                                                        \
	{                                                                                        \
		.method = "POST", .path = at, .operation = "submitBegin", .open = true,          \
		.body_max = BODY_MAX, .per_minute = 60, .guards = true, .limit = "begin",        \
		.prepare = post_prepare, .apply = post_apply, .reply = post_reply, .fail = fail, \
		.html = true                                                                     \
	}

const struct route begin_routes[] = { BEGIN("/begin"), BEGIN("/begin/{token}") };
const size_t begin_route_count = sizeof begin_routes / sizeof begin_routes[0];
