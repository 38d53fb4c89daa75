/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/api_docs.h"

#include "base/die.h"
#include "net/asset_reply.h"

static bool page_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct asset *page = asset_find(STR("docs/index.html"));
	(void)err;
	MUST(page != NULL);
	reply_header(rq, rp, "Content-Security-Policy",
	             STR("default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
	                 "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));
	asset_reply(rq, rp, page);
	return true;
}

static bool file_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str name = request_param(rq, "file");
	const struct asset *asset = asset_find(str_printf(rq->arena, "docs/%.*s", STR_FMT(name)));
	if (!asset || str_ends(name, STR(".html")))
		return err_set(err, ERR_NOT_FOUND, "there is no such file");
	asset_reply(rq, rp, asset);
	return true;
}

const struct route api_docs_routes[] = {
	{ .method = "GET",
	  .path = "/api/docs",
	  .operation = "apiDocs",
	  .open = true,
	  .html = true,
	  .direct = true,
	  .read = page_read },
	{ .method = "GET",
	  .path = "/api/docs/{file}",
	  .operation = "apiDocsFile",
	  .open = true,
	  .direct = true,
	  .read = file_read },
};
const size_t api_docs_route_count = sizeof api_docs_routes / sizeof api_docs_routes[0];
