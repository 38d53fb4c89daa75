/* feedback/page_reply.h - a hosted page as an HTTP reply: policy, caching, compression.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_REPLY_H
#define FEEDBACK_PAGE_REPLY_H

#include "feedback/page_target.h"

/* Who may keep a page. A public survey's page may be shown again by Back, with the same number of the page in its form;
 * whatever tells about one person is kept nowhere. */
enum page_keeping { PAGE_KEPT_FOR_BACK, PAGE_KEPT_NOWHERE };

/* Starts a page in `language` about `target` (found or not). */
void page_reply_start(struct request *rq, const struct page_target *target, Str language,
                      struct page *out);
/* Sends what was written into `html` and frees it. */
MUST_USE bool page_reply_send(struct request *rq, struct reply *rp, const struct page *page,
                              const struct page_target *target, enum page_keeping keeping,
                              struct buf *html, struct err *err);
/* What such a page speaks: a language of the target when it was found. */
Str page_reply_language(const struct page_target *target,
                        const struct language_preferences *languages);
/* A page that says why there is none, with the words that were not taken for it (at NULL: none). The languages are those of the target when it was found. */
MUST_USE bool page_reply_notice(struct request *rq, struct reply *rp,
                                const struct page_target *target, enum page_notice notice,
                                const struct language_preferences *languages, Str lost,
                                struct err *err);

/* The page's script: named after its bytes, so it may be kept for ever. */
void page_reply_script(struct request *rq, struct reply *rp, Str bytes, Str gzip);

#endif
