/* feedback/page_reply.c - the headers of hosted pages. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_reply.h"

#include "base/b64.h"
#include "base/die.h"
#include "base/gzip.h"
#include "net/asset_reply.h"

#define NONCE_BYTES    16
#define POLICY_MAX     4096
#define NO_COMPRESSION 512 /* bytes below which it is not worth it */

void page_reply_start(struct request *rq, const struct page_target *target, Str language,
                      struct page *out)
{
	struct page_room *room = rq->room;
	*out = (struct page){ .look = &room->look,
		              .style_nonce = b64_random(rq->arena, NONCE_BYTES),
		              .language = language };
	if (!target || !target->found)
		return;
	out->brand.name = target->brand.name;
	out->brand.colour = target->brand.colour;
	out->brand.logo = brand_logo_path(rq->arena, target->survey.workspace, &target->brand);
}

static Str policy(struct request *rq, const struct page *page, const struct page_target *target)
{
	struct buf b;
	buf_init(&b, POLICY_MAX);
	buf_printf(&b,
	           "default-src 'none'; script-src 'self'; style-src 'nonce-%.*s'; "
	           "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
	           "frame-ancestors 'self'",
	           STR_FMT(page->style_nonce));
	if (target && target->found) {
		const struct workspace_settings *s = &target->workspace.settings;
		for (size_t i = 0; i < s->frame_ancestor_count; i++)
			buf_printf(&b, " %.*s", STR_FMT(s->frame_ancestors[i]));
	}
	MUST(!b.overflowed);
	Str text = str_copy(rq->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static void put_body(struct request *rq, struct reply *rp, Str body)
{
	rp->content_type = "text/html; charset=utf-8";
	reply_header(rq, rp, "Vary", STR("Accept-Encoding, Accept-Language"));
	if (body.len > NO_COMPRESSION && request_takes_gzip(rq) &&
	    gzip_pack(rq->arena, body, &rp->body)) {
		rp->compressed = true;
		return;
	}
	rp->body = str_copy(rq->arena, body);
}

bool page_reply_send(struct request *rq, struct reply *rp, const struct page *page,
                     const struct page_target *target, enum page_keeping keeping, struct buf *html,
                     struct err *err)
{
	if (html->overflowed) {
		buf_free(html);
		return err_set(err, ERR_TOO_LARGE, "the page would be too large");
	}
	put_body(rq, rp, buf_str(html));
	buf_free(html);
	reply_header(rq, rp, "Content-Security-Policy", policy(rq, page, target));
	reply_header(rq, rp, "Referrer-Policy", STR("no-referrer"));
	reply_header(rq, rp, "X-Robots-Tag", STR("noindex"));
	reply_header(rq, rp, "Cache-Control",
	             keeping == PAGE_KEPT_NOWHERE ? STR("no-store") : STR("private, no-cache"));
	return true;
}

Str page_reply_language(const struct page_target *target,
                        const struct language_preferences *languages)
{
	return target && target->found ? language_pick(&target->definition, languages)
	                               : language_pick_built_in(languages);
}

bool page_reply_notice(struct request *rq, struct reply *rp, const struct page_target *target,
                       enum page_notice notice, const struct language_preferences *languages,
                       Str lost, struct err *err)
{
	struct page page;
	struct buf html;
	page_reply_start(rq, target, page_reply_language(target, languages), &page);
	page.lost = lost;
	buf_init(&html, PAGE_BYTES_MAX);
	if (!page_write_notice(rq->arena, &page, notice, &html, err)) {
		buf_free(&html);
		return false;
	}
	rp->status = page_notice_status(notice);
	if (notice == PAGE_NOTICE_TOO_MANY || notice == PAGE_NOTICE_TROUBLE)
		reply_header(rq, rp, "Retry-After",
		             notice == PAGE_NOTICE_TROUBLE ? STR("5") : STR("60"));
	return page_reply_send(rq, rp, &page, target, PAGE_KEPT_NOWHERE, &html, err);
}

void page_reply_script(struct request *rq, struct reply *rp, Str bytes, Str gzip)
{
	rp->compressed = gzip.len > 0 && request_takes_gzip(rq);
	rp->body = rp->compressed ? gzip : bytes;
	rp->content_type = "text/javascript; charset=utf-8";
	reply_header(rq, rp, "Vary", STR("Accept-Encoding"));
	reply_header(rq, rp, "Cache-Control", STR("public, max-age=31536000, immutable"));
}
