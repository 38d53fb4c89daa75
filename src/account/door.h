/* account/door.h - the pages in front of the dashboard: signing in, joining, beginning. HTML that needs no script, in English
 * and German.
 *
 * Every text of door_words.c stands in a page's dict under its name, in the language that the browser prefers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_DOOR_H
#define ACCOUNT_DOOR_H

#include "account/account.h"
#include "base/template.h"

enum door_language { DOOR_ENGLISH, DOOR_GERMAN };
#define DOOR_LANGUAGES 2

enum door_language door_language(const struct request *rq);
Str door_text(enum door_language language, const char *name);
/* All of them into a dict. */
void door_words_set(struct template_dict *d, enum door_language language);

/* A dict with the style, the language and all texts; `title` is a name among them. */
struct template_dict *door_begin(struct request *rq, const char *title);
/* Headers and body: the page inside pages/door.html, which has the head, the title and what went wrong. */
MUST_USE bool door_end(struct request *rq, struct reply *rp, const struct template *page,
                       struct template_dict *d, int status, struct err *err);
/* Why it did not work, in the page's language as far as we have words. */
Str door_sentence(struct request *rq, const struct err *err);

/* A path of ours and nothing else: no scheme, no other host, nothing that a browser reads as one; else "/". */
Str door_own_path(Str next);

#endif
