/* survey/thanks_button.h - the button under the thanks of a group: a text and an address that it leads to.
 *
 *	"thanks_button": { "all": { "text": "Write a review", "url": "https://..", "review": true } }
 *	             or  { "promoters": {..}, "passives": {..}, "detractors": {..} }
 *
 * Only http and https are addresses here: what a respondent presses must not run a script or open another program. A
 * button that leads to a public review is marked `review`, or leads to a known place of reviews. Asking only the happy
 * ones for a public review is "review gating", which those places forbid.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_THANKS_BUTTON_H
#define SURVEY_THANKS_BUTTON_H

#include "base/json.h"
#include "stats/nps.h"

#define THANKS_URL_MAX 1000

/* By the groups of stats/nps.h. */
#define THANKS_GROUPS 3

struct thanks_button {
	Str text, url; /* at NULL: this group has no button */
	bool review;   /* marked as leading to a public review */
};

/* False with a sentence when it is no address that a page may lead to. `path` names the field. */
MUST_USE bool thanks_url_check(Str url, const char *path, struct err *err);
MUST_USE bool thanks_buttons_read(JsonRef ref, struct thanks_button out[static THANKS_GROUPS],
                                  struct err *err);
/* With its key; nothing when no group has a button. */
void thanks_buttons_write(struct json_writer *w,
                          const struct thanks_button buttons[static THANKS_GROUPS]);

/* All groups have the same one. */
bool thanks_buttons_same(const struct thanks_button buttons[static THANKS_GROUPS]);
/* Does it lead to a public review, marked or not? */
bool thanks_button_reviews(const struct thanks_button *button);
/* Some groups are asked for a public review and others are not. */
bool thanks_buttons_gate(const struct thanks_button buttons[static THANKS_GROUPS]);

#endif
