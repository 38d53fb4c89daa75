/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_page.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "account/password.h"
#include "account/secret.h"
#include "account/throttle.h"
#include "base/asset.h"
#include "base/b64.h"
#include "base/die.h"
#include "base/form.h"
#include "base/gzip.h"
#include "insight/shared_show.h"
#include "net/asset_reply.h"
#include "net/proxy.h"

#define PAGE_BYTES_MAX ((size_t)1 << 20)
#define BODY_MAX       ((size_t)4096)
#define LOOKS_A_MINUTE 60
#define TRIES_A_MINUTE 10
#define NO_COMPRESSION 512
#define COOKIE         "heed_view"
#define COOKIE_LASTS   (30 * CLOCK_DAY)
#define COOKIE_RAW     (8 + VAULT_MAC_SIZE)
#define NONCE_RAW      ((size_t)18)

static bool template_of(struct shared_room *room, Str path, const struct template **out,
                        struct err *err)
{
	const struct asset *asset = asset_find(path);
	MUST(asset != NULL);
	return template_parse(&room->arena, asset->bytes, out, err);
}

bool shared_room_open(struct shared_room *room, struct account *account, struct err *err)
{
	*room = (struct shared_room){ .account = account };
	if (template_of(room, STR("pages/shared.html"), &room->page, err) &&
	    template_of(room, STR("pages/wall.html"), &room->wall, err))
		return true;
	shared_room_close(room);
	return false;
}

void shared_room_close(struct shared_room *room)
{
	arena_free(&room->arena);
	*room = (struct shared_room){ 0 };
}

/* Pages */

static Str asset_text(const char *path)
{
	const struct asset *asset = asset_find(str_of(path));
	MUST(asset != NULL);
	return asset->bytes;
}

static struct template_dict *page_begin(struct request *rq)
{
	struct template_dict *d = template_dict_new(rq->arena);
	enum door_language language = door_language(rq);
	shared_words_set(d, language);
	template_set(d, "language", language == DOOR_GERMAN ? STR("de") : STR("en"));
	template_set(d, "css", asset_text("pages/shared.css"));
	return d;
}

static void put_headers(struct request *rq, struct reply *rp, Str nonce)
{
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; style-src 'nonce-%.*s'; script-src "
	                        "'nonce-%.*s'; connect-src 'self'; img-src data:; "
	                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	                        STR_FMT(nonce), STR_FMT(nonce)));
	reply_header(rq, rp, "Referrer-Policy", STR("no-referrer"));
	reply_header(rq, rp, "X-Robots-Tag", STR("noindex, nofollow, noarchive"));
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	reply_header(rq, rp, "Vary", STR("Accept-Encoding, Accept-Language, Cookie"));
	rp->content_type = "text/html; charset=utf-8";
}

static bool page_end(struct request *rq, struct reply *rp, const struct template *page,
                     struct template_dict *d, int status, struct err *err)
{
	Str nonce = b64_random(rq->arena, NONCE_RAW);
	struct buf *out = buf_in(rq->arena, PAGE_BYTES_MAX);
	template_set(d, "nonce", nonce);
	if (!template_render(page, d, out, err))
		return false;
	put_headers(rq, rp, nonce);
	rp->status = status;
	rp->body = buf_str(out);
	if (rp->body.len > NO_COMPRESSION && request_takes_gzip(rq) &&
	    gzip_pack(rq->arena, buf_str(out), &rp->body))
		rp->compressed = true;
	return true;
}

/* Why there is nothing to see: `name` is a word, name_more what follows. */
static bool notice(struct request *rq, struct reply *rp, const char *name, int status,
                   struct err *err)
{
	const struct shared_room *room = rq->room;
	enum door_language language = door_language(rq);
	struct template_dict *d = page_begin(rq);
	const char *more = str_copy_c(rq->arena, str_printf(rq->arena, "%s_more", name));
	template_set_bool(d, "notice", true);
	template_set(d, "title", shared_word(language, name));
	template_set(d, "notice_text", shared_word(language, more));
	return page_end(rq, rp, room->page, d, status, err);
}

static bool password_page(struct request *rq, struct reply *rp, const char *wrong, int status,
                          struct err *err)
{
	const struct shared_room *room = rq->room;
	enum door_language language = door_language(rq);
	struct template_dict *d = page_begin(rq);
	template_set_bool(d, "locked", true);
	template_set(d, "title", shared_word(language, "t_locked"));
	template_set_bool(d, "to_wall", request_query(rq, "wall").at != NULL);
	if (wrong)
		template_set(d, "error", shared_word(language, wrong));
	return page_end(rq, rp, room->page, d, status, err);
}

static void fail(struct request *rq, struct reply *rp, const struct err *why)
{
	const struct shared_room *room = rq->room;
	enum door_language language = door_language(rq);
	struct template_dict *d = page_begin(rq);
	struct err ignored;
	template_set_bool(d, "notice", true);
	template_set(d, "title", shared_word(language, "t_trouble"));
	if (why->kind == ERR_LOADING) {
		template_set(d, "title", shared_word(language, "t_loading"));
		template_set(d, "notice_text",
		             str_printf(rq->arena, "%d %%. %.*s", why->progress,
		                        STR_FMT(shared_word(language, "t_loading_more"))));
		reply_header(rq, rp, "Refresh", STR("2"));
	} else {
		template_set(d, "notice_text",
		             shared_word(language,
		                         why->kind == ERR_TOO_MANY ? "t_too_many" : "t_busy"));
	}
	if (!page_end(rq, rp, room->page, d, err_http_status(why->kind), &ignored))
		rp->status = err_http_status(why->kind);
}

/* The view behind an address */

struct visit {
	struct shared_view view;
	enum shared_state state;
	Str token_hash;
	bool found;
};

static bool visit_find(struct request *rq, struct visit *out, struct err *err)
{
	int64_t workspace;
	*out = (struct visit){ 0 };
	if (!secret_parse(rq->arena, request_param(rq, "token"), &workspace, &out->token_hash))
		return true;
	db_bind_workspace(rq->db, workspace);
	return shared_view_by_token(rq->db, rq->arena, workspace, out->token_hash, &out->view,
	                            &out->found, err) &&
	       (!out->found ||
	        shared_view_state(rq->db, rq->arena, &out->view, rq->now, &out->state, err));
}

/* *done: there was nothing but that to say. */
static bool say_what_became(struct request *rq, struct reply *rp, const struct visit *visit,
                            bool *done, struct err *err)
{
	*done = true;
	if (!visit->found)
		return notice(rq, rp, "t_unknown_link", 404, err);
	switch (visit->state) {
	case SHARED_REVOKED:
		return notice(rq, rp, "t_revoked", 410, err);
	case SHARED_EXPIRED:
		return notice(rq, rp, "t_expired", 410, err);
	case SHARED_ENDED:
		return notice(rq, rp, "t_ended", 410, err);
	case SHARED_OPEN:
		break;
	}
	*done = false;
	return true;
}

/* The cookie of who knew the password: until when, and a mark that holds for this password alone. */

static bool mark(const struct shared_room *room, struct request *rq, const struct shared_view *v,
                 int64_t until, unsigned char out[static VAULT_MAC_SIZE], struct err *err)
{
	Str text = str_printf(rq->arena, "shared view %" PRId64 " %" PRId64 " %" PRId64 " %.*s",
	                      v->workspace, v->id, until, STR_FMT(v->password_hash));
	return vault_mac(&room->account->vault, text, out, err);
}

static bool cookie_make(const struct shared_room *room, struct request *rq, struct reply *rp,
                        const struct shared_view *v, struct err *err)
{
	unsigned char raw[COOKIE_RAW];
	char text[B64_LEN(COOKIE_RAW)];
	int64_t until = rq->now + COOKIE_LASTS;
	for (int i = 0; i < 8; i++)
		raw[i] = (unsigned char)((uint64_t)until >> (56 - 8 * i));
	if (!mark(room, rq, v, until, raw + 8, err))
		return false;
	b64_encode(raw, sizeof raw, text);
	Str token = request_param(rq, "token");
	bool https = account_origin(room->account, rq)->https;
	reply_header(rq, rp, "Set-Cookie",
	             str_printf(rq->arena,
	                        COOKIE "=%.*s; Path=/v/%.*s; Max-Age=%" PRId64
	                               "; HttpOnly; SameSite=Lax%s",
	                        (int)sizeof text, text, STR_FMT(token), COOKIE_LASTS / CLOCK_SECOND,
	                        https ? "; Secure" : ""));
	return true;
}

static bool cookie_holds(struct request *rq, const struct shared_view *v, bool *out,
                         struct err *err)
{
	unsigned char raw[COOKIE_RAW], expected[VAULT_MAC_SIZE];
	uint64_t until = 0;
	size_t len;
	*out = false;
	if (!b64_decode(request_cookie(rq, COOKIE), raw, sizeof raw, &len) || len != sizeof raw)
		return true;
	for (int i = 0; i < 8; i++)
		until = until << 8 | raw[i];
	if (until > INT64_MAX || (int64_t)until < rq->now)
		return true;
	if (!mark(rq->room, rq, v, (int64_t)until, expected, err))
		return false;
	*out = sodium_memcmp(expected, raw + 8, sizeof expected) == 0;
	return true;
}

/* Requests */

static bool show(struct request *rq, struct reply *rp, const struct shared_view *v, struct err *err)
{
	const struct shared_room *room = rq->room;
	struct shared_figures *figures = ARENA_NEW(rq->arena, struct shared_figures);
	bool wall = v->what == SHARED_WALLBOARD || request_query(rq, "wall").at;
	struct shared_show s = { .arena = rq->arena,
		                 .language = door_language(rq),
		                 .view = v,
		                 .figures = figures,
		                 .now = rq->now };
	struct goal *goals;
	struct facts facts;
	if (!facts_open(room->cubes, rq->db, v->workspace, 0, rq->arena, &facts, err) ||
	    !shared_figures_ask(&facts, rq->arena, v, rq->now, figures, err) ||
	    !goal_list(rq->db, rq->arena, v->workspace, &goals, &s.goal_count, err))
		return false;
	s.goals = goals;
	struct template_dict *d = page_begin(rq);
	shared_show(d, &s);
	if (wall) {
		template_set(d, "css", asset_text("pages/wall.css"));
		template_set(d, "script", asset_text("pages/wall.js"));
	}
	if (!page_end(rq, rp, wall ? room->wall : room->page, d, 200, err))
		return false;
	if (!request_query(rq, "again").at)
		shared_view_seen(rq->store, v);
	return true;
}

static bool get_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct visit visit;
	bool done, open = true;
	if (!visit_find(rq, &visit, err) || !say_what_became(rq, rp, &visit, &done, err))
		return false;
	if (done)
		return true;
	if (visit.view.password_hash.at && !cookie_holds(rq, &visit.view, &open, err))
		return false;
	return open ? show(rq, rp, &visit.view, err) : password_page(rq, rp, NULL, 200, err);
}

static struct attempt attempt_of(struct request *rq, const struct visit *visit)
{
	struct attempt attempt = { .account = visit->token_hash, .address = rq->address };
	struct net_address client;
	if (address_parse(rq->address, &client)) {
		client = address_subscriber(&client);
		attempt.address =
		    str_copy(rq->arena, (Str){ (const char *)client.bytes, sizeof client.bytes });
	}
	return attempt;
}

static bool go_in(struct request *rq, struct reply *rp, const struct shared_view *v,
                  struct err *err)
{
	Str token = request_param(rq, "token");
	bool wall = request_query(rq, "wall").at != NULL;
	if (!cookie_make(rq->room, rq, rp, v, err))
		return false;
	reply_redirect(rq, rp,
	               str_printf(rq->arena, "/v/%.*s%s", STR_FMT(token), wall ? "?wall" : ""));
	return true;
}

static bool password_try(struct request *rq, struct reply *rp, const struct visit *visit,
                         Str password, struct err *err)
{
	const struct shared_room *room = rq->room;
	struct attempt attempt = attempt_of(rq, visit);
	bool matches;
	int64_t wait;
	if (!throttle_take(room->account->throttle, &attempt, clock_monotonic(), &wait))
		return password_page(rq, rp, "t_wait", 429, err);
	if (!password_verify(room->account, visit->view.password_hash, password, &matches, err))
		return false;
	if (!matches)
		return password_page(rq, rp, "t_wrong", 403, err);
	throttle_forget(room->account->throttle, &attempt);
	return go_in(rq, rp, &visit->view, err);
}

static bool post_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct visit visit;
	struct form form;
	bool done;
	if (!form_parse(rq->arena, rq->body, 4, &form, err) || !visit_find(rq, &visit, err) ||
	    !say_what_became(rq, rp, &visit, &done, err))
		return false;
	if (done)
		return true;
	if (visit.view.password_hash.at)
		return password_try(rq, rp, &visit, form_find(&form, "password"), err);
	return go_in(rq, rp, &visit.view, err);
}

const struct route shared_page_routes[] = {
	{ .method = "GET",
	  .path = "/v/{token}",
	  .operation = "showSharedView",
	  .open = true,
	  .per_minute = LOOKS_A_MINUTE,
	  .limit = "shared-view",
	  .read = get_read,
	  .fail = fail,
	  .html = true },
	{ .method = "POST",
	  .path = "/v/{token}",
	  .operation = "openSharedView",
	  .open = true,
	  .body_max = BODY_MAX,
	  .per_minute = TRIES_A_MINUTE,
	  .limit = "shared-view-password",
	  .read = post_read,
	  .fail = fail,
	  .html = true },
};
const size_t shared_page_route_count = sizeof shared_page_routes / sizeof shared_page_routes[0];
