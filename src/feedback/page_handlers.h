/* feedback/page_handlers.h - the functions behind the rows of page_routes.c. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_HANDLERS_H
#define FEEDBACK_PAGE_HANDLERS_H

#include "feedback/page_target.h"
#include "net/route.h"

/* page_show.c */
bool page_public_read(struct request *rq, struct reply *rp, struct err *err);
bool page_personal_read(struct request *rq, struct reply *rp, struct err *err);
bool page_test_read(struct request *rq, struct reply *rp, struct err *err);
bool page_answer_read(struct request *rq, struct reply *rp, struct err *err);
bool page_public_trap(struct request *rq, struct reply *rp, struct err *err);
bool page_personal_trap(struct request *rq, struct reply *rp, struct err *err);
/* The answer as it stays, to somebody whose words came too late. */
bool page_show_final(struct request *rq, struct reply *rp, const struct page_target *target,
                     const struct language_preferences *languages, Str lost, struct err *err);
bool page_script_read(struct request *rq, struct reply *rp, struct err *err);

/* page_take.c */
bool page_public_prepare(struct request *rq, struct err *err);
bool page_personal_prepare(struct request *rq, struct err *err);
bool page_test_prepare(struct request *rq, struct err *err);
bool page_answer_prepare(struct request *rq, struct err *err);
bool page_take_apply(struct db_tx *tx, void *input, struct err *err);
bool page_take_reply(struct request *rq, struct reply *rp, struct err *err);

/* page_shown.c */
bool page_public_shown_prepare(struct request *rq, struct err *err);
bool page_personal_shown_prepare(struct request *rq, struct err *err);
bool page_shown_apply(struct db_tx *tx, void *input, struct err *err);
bool page_shown_reply(struct request *rq, struct reply *rp, struct err *err);

/* page_fail.c: the page that says why not, for GET and POST */
void page_fail(struct request *rq, struct reply *rp, const struct err *err);

#endif
