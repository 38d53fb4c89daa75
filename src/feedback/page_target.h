/* feedback/page_target.h - what the address of a hosted page stands for: survey, brand, invitation, answer.
 *
 * Read for showing a page and for understanding a form. Whether an answer is taken is decided again in capture_apply.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_TARGET_H
#define FEEDBACK_PAGE_TARGET_H

#include "account/workspace.h"
#include "feedback/burst.h"
#include "feedback/page_routes.h"
#include "feedback/response.h"
#include "survey/brand.h"
#include "survey/definition.h"
#include "survey/invitation.h"
#include "survey/language.h"
#include "survey/survey.h"

enum page_door { PAGE_DOOR_PUBLIC, PAGE_DOOR_PERSONAL, PAGE_DOOR_ANSWER, PAGE_DOOR_TEST };

/* Channel and source of what came through a test link. */
#define PAGE_TEST STR("test")

struct page_target {
	enum page_door door;
	Str path;     /* "/s/acme", without query */
	bool refused; /* `notice` says why; what was found until then is filled */
	enum page_notice notice;

	bool found; /* survey, definition, brand and workspace */
	struct survey survey;
	int version;
	struct definition definition;
	struct brand brand;
	struct workspace workspace;

	struct invitation invitation; /* id 0: none */
	struct response response;     /* id 0: none yet */
	bool test;                    /* through the test link: the draft, in whatever state */
	bool read_only;               /* the response can no longer be changed */
};

/* Finds what the route's {slug}, {token} or {handle} stands for. False when the database failed. `version`: the survey's as
 * a form was shown (0: the answer's, or the newest). */
MUST_USE bool page_target_find(struct request *rq, enum page_door door, int version,
                               struct page_target *out, struct err *err);
/* The respondent's languages, best first: ?lang, the answer's, the invitation's or person's, the browser's. */
MUST_USE bool page_target_languages(struct request *rq, const struct page_target *target,
                                    struct language_preferences *out, struct err *err);
/* Whose link it is, for burst.h: an invitation, or a public survey from one address. */
struct burst_link page_target_link(struct request *rq, const struct page_target *target);

#endif
