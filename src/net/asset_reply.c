/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/asset_reply.h"

Str asset_version(const struct asset *asset)
{
	return str_slice(asset->etag, 1, asset->etag.len - 2);
}

/* "q=0", "q=0.0", "Q = 0.000" */
static bool is_refused(Str parameters)
{
	size_t equals = str_find_char(parameters, '=', 0);
	double quality;
	return equals != SIZE_MAX &&
	       str_to_double(str_trim(str_from(parameters, equals + 1)), &quality) && quality <= 0;
}

bool request_takes_gzip(const struct request *rq)
{
	Str rest = request_header(rq, "Accept-Encoding"), one, name;
	while (str_cut(&rest, ',', &one)) {
		str_cut(&one, ';', &name);
		if (str_eq_ignoring_ascii_case(str_trim(name), STR("gzip")))
			return !is_refused(one);
	}
	return false;
}

/* The two forms are different bytes, so they have different ETags. */
static Str etag_of(struct request *rq, const struct asset *asset, bool gzip)
{
	if (!gzip)
		return asset->etag;
	return str_printf(rq->arena, "\"%.*s-gzip\"", STR_FMT(asset_version(asset)));
}

static bool client_has(const struct request *rq, Str etag)
{
	Str rest = request_header(rq, "If-None-Match"), one;
	while (str_cut(&rest, ',', &one)) {
		one = str_trim(one);
		if (str_starts(one, STR("W/")))
			one = str_from(one, 2);
		if (str_eq(one, etag) || str_eq(one, STR("*")))
			return true;
	}
	return false;
}

void asset_reply(struct request *rq, struct reply *rp, const struct asset *asset)
{
	bool forever = str_eq(request_query(rq, "v"), asset_version(asset));
	asset_reply_kept(rq, rp, asset,
	                 forever ? STR("public, max-age=31536000, immutable") : STR("no-cache"));
}

void asset_reply_kept(struct request *rq, struct reply *rp, const struct asset *asset, Str kept)
{
	bool gzip = asset->gzip.len > 0 && request_takes_gzip(rq);
	Str etag = etag_of(rq, asset, gzip);
	reply_header(rq, rp, "ETag", etag);
	reply_header(rq, rp, "Cache-Control", kept);
	if (asset->gzip.len > 0)
		reply_header(rq, rp, "Vary", STR("Accept-Encoding"));
	if (client_has(rq, etag)) {
		rp->status = 304;
		rp->body = STR("");
		return;
	}
	rp->content_type = str_copy_c(rq->arena, asset->mime);
	rp->compressed = gzip;
	rp->body = gzip ? asset->gzip : asset->bytes;
}
