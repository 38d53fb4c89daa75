/* feedback/page_take.h - a form on its way from the page into the database. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_TAKE_H
#define FEEDBACK_PAGE_TAKE_H

#include "feedback/capture.h"
#include "feedback/page_display.h"
#include "feedback/page_target.h"

struct page_take {
	struct capture_input capture;
	struct page_target target;
	struct burst_link link;
	struct display
	    display; /* the page that the form stood on was seen, for there is an answer */
	bool displayed;
	Str words;               /* the comment as it was sent */
	bool json;               /* the page's script asks */
	bool tapped;             /* a trusted tap stands behind it */
	bool once;               /* something required is missing: ask once more */
	bool claims;             /* the widget says who answers */
	const char *claim_fault; /* and that does not hold: why */
};

/* A script asks, of the page or of the widget. */
bool page_take_wants_json(const struct request *rq);

#endif
