/* survey/page.h - the hosted survey page as HTML: definition, language and state in, bytes out. No database, no clock.
 *
 * One page serves with and without script. Without, it is a form in steps: the scale, then the follow-up and
 * further questions, then thanks. The script (web/pages/page.ts) shows the same parts in place.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_PAGE_H
#define SURVEY_PAGE_H

#include "base/buf.h"
#include "survey/definition.h"

#define PAGE_BYTES_MAX (256u * 1024)
#define PAGE_NO_SCORE  (-1)

struct template;

/* The template and the assets it needs; immutable, shared by threads. */
struct page_look {
	const struct template *template;
	Str css;
	Str script; /* path, with a hash of the script's bytes: may be cached for ever */
};

/* From the program's assets. The template lives in the arena. */
MUST_USE bool page_look_load(struct arena *a, struct page_look *out, struct err *err);
/* The bytes that /p/{name} serves; false when the name is not the current script's. */
bool page_script_find(Str name, Str *bytes, Str *gzip);

struct page_brand {
	Str name;   /* empty: the page shows no brand */
	Str colour; /* "#rrggbb" */
	Str logo;   /* path; at NULL: the name is shown */
};

struct page_field {
	Str name, value;
};

/* Where somebody stands who answers. */
enum page_step { PAGE_ASKS, PAGE_FOLLOWS_UP, PAGE_THANKS };

struct page_form {
	Str action;                      /* where it posts */
	Str change_path;                 /* behind "change my answer"; at NULL: no such link */
	Str trap;                        /* a link that no person sees or follows; at NULL: none */
	const struct page_field *hidden; /* fields that come back as they are */
	size_t hidden_count;
	enum page_step step;
	bool waiting;  /* the score came with the link; a person has yet to confirm it */
	bool tap_only; /* by a tap, not by staying */
	bool personal; /* a personal link: drafts may stay on the device */
	bool once;     /* ask once more for the comment that is missing */
	bool open;     /* and for a question that is open */
	bool test;     /* the page says that the answer is a test */
};

struct page_answer {
	int score;   /* or PAGE_NO_SCORE */
	Str comment; /* at NULL: none */
	Str answers; /* canonical JSON; at NULL: none */
};

struct page {
	const struct page_look *look;
	Str style_nonce; /* of the Content-Security-Policy */
	Str language;    /* from language_pick */
	Str lost; /* words that were not taken, to be copied from a page without a form; at NULL: none */
	struct page_brand brand;
};

/* The survey itself. */
MUST_USE bool page_write_form(struct arena *a, const struct page *page, const struct definition *d,
                              const struct page_form *form, const struct page_answer *answer,
                              struct buf *out, struct err *err);
/* An answer that can no longer be changed. */
MUST_USE bool page_write_final(struct arena *a, const struct page *page, const struct definition *d,
                               const struct page_answer *answer, struct buf *out, struct err *err);

/* Pages that say why there is no survey: name, HTTP status */
#define PAGE_NOTICES(X)            \
	X(closed, CLOSED, 410)     \
	X(full, FULL, 410)         \
	X(early, EARLY, 409)       \
	X(paused, PAUSED, 409)     \
	X(expired, EXPIRED, 410)   \
	X(revoked, REVOKED, 410)   \
	X(unknown, UNKNOWN, 404)   \
	X(tampered, TAMPERED, 404) \
	X(too_many, TOO_MANY, 429) \
	X(trouble, TROUBLE, 503)

enum page_notice {
#define PAGE_NOTICE_ENUM(name, NAME, status) PAGE_NOTICE_##NAME,
	PAGE_NOTICES(PAGE_NOTICE_ENUM)
#undef PAGE_NOTICE_ENUM
};

int page_notice_status(enum page_notice notice);
/* Its heading and its sentence; English for a language that is not ours. */
void page_notice_words(enum page_notice notice, Str language, Str *title, Str *text);
MUST_USE bool page_write_notice(struct arena *a, const struct page *page, enum page_notice notice,
                                struct buf *out, struct err *err);

#endif
