/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/dashboard.h"

#include "base/asset.h"
#include "base/b64.h"
#include "base/die.h"
#include "base/form.h"
#include "base/rng.h"
#include "base/template.h"

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

/* An ETag without its quotes: changes with the bytes, so what is behind it may be kept for ever. */
static Str version_of(Str path)
{
	const struct asset *asset = asset_find(path);
	MUST(asset != NULL);
	return str_slice(asset->etag, 1, asset->etag.len - 2);
}

static void free_buf(void *buf)
{
	buf_free(buf);
}

static bool render(struct request *rq, struct reply *rp, struct err *err)
{
	const struct dashboard *dashboard = rq->room;
	struct template_dict *d = template_dict_new(rq->arena);
	struct buf *page = ARENA_NEW(rq->arena, struct buf);
	unsigned char raw[NONCE_RAW];
	char nonce[B64_LEN(NONCE_RAW)];
	rng_bytes(raw, sizeof raw);
	b64_encode(raw, sizeof raw, nonce);
	Str style_nonce = { nonce, sizeof nonce };
	buf_init(page, PAGE_MAX);
	arena_defer(rq->arena, free_buf, page);
	template_set(d, "css", version_of(STR("dashboard/main.css")));
	template_set(d, "script", version_of(STR("dashboard/main.js")));
	template_set(d, "style_nonce", style_nonce);
	if (!template_render(dashboard->page, d, page, err))
		return false;
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; script-src 'self'; connect-src 'self'; "
	                        "img-src 'self' data:; style-src 'self' 'nonce-%.*s'; "
	                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	                        STR_FMT(style_nonce)));
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	rp->content_type = "text/html; charset=utf-8";
	rp->body = buf_str(page);
	return true;
}

static bool page_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct dashboard *dashboard = rq->room;
	struct caller caller = { 0 };
	if (!account_authenticate(dashboard->account, rq, &caller, err))
		return false;
	if (caller.user)
		return render(rq, rp, err);
	Str here = rq->query.len ? str_printf(rq->arena, "/?%.*s", STR_FMT(rq->query)) : STR("/");
	struct buf next;
	buf_init(&next, PAGE_MAX);
	buf_add(&next, STR("/login?next="));
	form_encode(&next, here);
	reply_redirect(rq, rp, str_copy(rq->arena, buf_str(&next)));
	buf_free(&next);
	return true;
}

static bool takes_gzip(const struct request *rq)
{
	return str_find(request_header(rq, "accept-encoding"), STR("gzip")) != SIZE_MAX;
}

static bool file_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str name = request_param(rq, "file");
	const struct asset *asset =
	    asset_find(str_printf(rq->arena, "dashboard/%.*s", STR_FMT(name)));
	if (!asset || str_ends(name, STR(".html")))
		return err_set(err, ERR_NOT_FOUND, "there is no such file");
	bool current = str_eq(request_query(rq, "v"), version_of(asset->path));
	reply_header(rq, rp, "Cache-Control",
	             current ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
	reply_header(rq, rp, "ETag", asset->etag);
	reply_header(rq, rp, "Vary", STR("Accept-Encoding"));
	rp->content_type = str_copy_c(rq->arena, asset->mime);
	rp->compressed = asset->gzip.len > 0 && takes_gzip(rq);
	rp->body = rp->compressed ? asset->gzip : asset->bytes;
	return true;
}

const struct route dashboard_routes[] = {
	{ .method = "GET",
	  .path = "/",
	  .operation = "dashboard",
	  .open = true,
	  .html = true,
	  .read = page_read },
	{ .method = "GET",
	  .path = "/dashboard/{file}",
	  .operation = "dashboardFile",
	  .open = true,
	  .read = file_read },
};
const size_t dashboard_route_count = sizeof dashboard_routes / sizeof dashboard_routes[0];
