/* feedback/page_display.h - what a page's number counts as, for those who take its forms. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_DISPLAY_H
#define FEEDBACK_PAGE_DISPLAY_H

#include "feedback/display.h"
#include "feedback/page_target.h"

/* On a worker, as the time zone is looked up. *counts is false for a number that is none or too old, and through a test
 * link. Channel and source are the caller's to fill. */
MUST_USE bool page_display_of(struct request *rq, const struct page_target *target, Str number,
                              struct display *out, bool *counts, struct err *err);

#endif
