/* feedback/page_widget.h - what the widget in somebody else's page needs beyond the hosted page's routes: the survey as
 * JSON, replies that a page of another origin may read, and who says that somebody is who.
 *
 * Any origin may ask and answer, as anybody may who has the public link: no cookie counts here and no reply tells
 * anything of a person, so an allow-list would only stop browsers, and not those who lie about their origin.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_WIDGET_H
#define FEEDBACK_PAGE_WIDGET_H

#include "base/form.h"
#include "feedback/page_take.h"

/* Lets pages of every origin read the reply. */
void page_widget_open(struct request *rq, struct reply *rp);
/* Reads the form's claim of who answers. One that does not hold leaves the answer without a person; *why then says what is
 * wrong with it, for the developer's console. */
MUST_USE bool page_widget_identify(struct request *rq, const struct form *form,
                                   struct page_take *take, struct err *err);

/* GET /s/{slug}/widget and its `fail`; GET /w.js; GET /w/{slug}, a page of nobody's that shows how it looks: nothing of it
 * is stored */
bool page_widget_read(struct request *rq, struct reply *rp, struct err *err);
void page_widget_fail(struct request *rq, struct reply *rp, const struct err *err);
bool page_widget_script_read(struct request *rq, struct reply *rp, struct err *err);
bool page_widget_sample_read(struct request *rq, struct reply *rp, struct err *err);

#endif
