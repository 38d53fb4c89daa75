/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/dashboard.h"

#include <string.h>

#include "account/account_api.h"
#include "base/b64.h"
#include "base/die.h"
#include "base/form.h"
#include "base/language.h"
#include "base/template.h"
#include "db/change.h"
#include "net/asset_reply.h"

#define PAGE_MAX  ((size_t)64 << 10)
#define NONCE_RAW ((size_t)18)

bool dashboard_open(struct dashboard *dashboard, struct account *account, struct err *err)
{
	const struct asset *page = asset_find(STR("dashboard/index.html"));
	MUST(page != NULL);
	*dashboard = (struct dashboard){ .account = account };
	return template_parse(&dashboard->arena, page->bytes, &dashboard->page, err);
}

void dashboard_close(struct dashboard *dashboard)
{
	arena_free(&dashboard->arena);
}

static Str version_of(Str path)
{
	const struct asset *asset = asset_find(path);
	MUST(asset != NULL);
	return asset_version(asset);
}

/* Who is signed in, as GET /api/v1/me says: the script need not ask first. */
static bool me_text(struct request *rq, const struct caller *caller, Str *out, struct err *err)
{
	struct reply me = { 0 };
	struct request asked = *rq;
	const struct dashboard *dashboard = rq->room;
	asked.room = dashboard->account;
	asked.caller = *caller;
	if (!me_read(&asked, &me, err))
		return false;
	*out = me.body;
	return true;
}

/* The words that the script will ask for, as far as the browser tells; a wrong guess costs a small file. */
static bool prefers_german(const struct request *rq)
{
	struct language_preferences wished = { 0 };
	language_prefer_header(&wished, request_header(rq, "Accept-Language"));
	for (size_t i = 0; i < wished.count; i++) {
		if (str_starts(wished.tags[i], STR("de")))
			return true;
		if (str_starts(wished.tags[i], STR("en")))
			return false;
	}
	return false;
}

static bool render(struct request *rq, const struct caller *caller, struct reply *rp,
                   struct err *err)
{
	const struct dashboard *dashboard = rq->room;
	struct template_dict *d = template_dict_new(rq->arena);
	struct buf *page = buf_in(rq->arena, PAGE_MAX);
	Str style_nonce = b64_random(rq->arena, NONCE_RAW), me;
	int64_t place;
	if (!me_text(rq, caller, &me, err) || !change_rev(rq->db, caller->workspace, &place, err))
		return false;
	template_set(d, "me", me);
	template_set_i64(d, "place", place);
	template_set_bool(d, "overview", str_eq(rq->path, STR("/")));
	template_set_bool(d, "german", prefers_german(rq));
	template_set(d, "css", version_of(STR("dashboard/main.css")));
	template_set(d, "more_css", version_of(STR("dashboard/more.css")));
	template_set(d, "early", version_of(STR("dashboard/early.js")));
	template_set(d, "script", version_of(STR("dashboard/main.js")));
	template_set(d, "style_nonce", style_nonce);
	if (!template_render(dashboard->page, d, page, err))
		return false;
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; script-src 'self'; connect-src 'self'; "
	                        "img-src 'self' data:; style-src 'self' 'nonce-%.*s'; "
	                        "frame-src 'self'; "
	                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	                        STR_FMT(style_nonce)));
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	rp->content_type = "text/html; charset=utf-8";
	rp->body = buf_str(page);
	return true;
}

static void path_encode(struct buf *out, Str path)
{
	Str rest = str_from(path, 1), part;
	while (str_cut(&rest, '/', &part)) {
		buf_add_char(out, '/');
		form_encode(out, part);
	}
}

/* The login that leads back to the path and query asked for. */
static Str login_path(struct request *rq)
{
	struct buf here, next;
	buf_init(&here, PAGE_MAX);
	path_encode(&here, rq->path);
	if (rq->query.len) {
		buf_add_char(&here, '?');
		buf_add(&here, rq->query);
	}
	buf_init(&next, PAGE_MAX);
	buf_add(&next, STR("/login?next="));
	form_encode(&next, buf_str(&here));
	Str path = str_copy(rq->arena, buf_str(&next));
	buf_free(&here);
	buf_free(&next);
	return path;
}

static bool page_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct dashboard *dashboard = rq->room;
	struct caller caller = { 0 };
	if (!account_authenticate(dashboard->account, rq, &caller, err))
		return false;
	if (caller.user)
		return render(rq, &caller, rp, err);
	reply_redirect(rq, rp, login_path(rq));
	return true;
}

/* "answers-QW7TRK2P.js": the build names such a file by what it holds. */
static bool is_named_by_contents(Str name)
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	if (name.len < 13 || !str_ends(name, STR(".js")) || name.at[name.len - 12] != '-')
		return false;
	for (size_t i = name.len - 11; i < name.len - 3; i++)
		if (!memchr(base32, name.at[i], sizeof base32 - 1))
			return false;
	return true;
}

static bool file_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str name = request_param(rq, "file");
	const struct asset *asset =
	    asset_find(str_printf(rq->arena, "dashboard/%.*s", STR_FMT(name)));
	if (!asset || str_ends(name, STR(".html")))
		return err_set(err, ERR_NOT_FOUND, "there is no such file");
	if (is_named_by_contents(name))
		asset_reply_kept(rq, rp, asset, STR("public, max-age=31536000, immutable"));
	else
		asset_reply(rq, rp, asset);
	return true;
}

/* One page for all paths of the dashboard: which screen it is, and whether there is such a screen, its script says. */
#define PAGE(at)                                                                                   \
	{                                                                                          \
		.method = "GET", .path = at, .operation = "dashboard", .open = true, .html = true, \
		.read = page_read                                                                  \
	}

const struct route dashboard_routes[] = {
	PAGE("/"),
	PAGE("/answers"),
	PAGE("/answers/{rest...}"),
	PAGE("/surveys"),
	PAGE("/surveys/{rest...}"),
	PAGE("/import"),
	PAGE("/insight"),
	PAGE("/insight/{rest...}"),
	PAGE("/settings"),
	PAGE("/settings/{rest...}"),
	PAGE("/setup"),
	{ .method = "GET",
	  .path = "/dashboard/{file}",
	  .operation = "dashboardFile",
	  .open = true,
	  .direct = true,
	  .read = file_read },
};
const size_t dashboard_route_count = sizeof dashboard_routes / sizeof dashboard_routes[0];
