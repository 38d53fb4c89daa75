/* feedback/page_form.h - what the hosted form carries and what it must bring back. Pure.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_FORM_H
#define FEEDBACK_PAGE_FORM_H

#include "base/form.h"
#include "feedback/capture.h"
#include "survey/page.h"

#define PAGE_HIDDEN_MAX 8 /* hidden fields beside properties */
#define PAGE_FIELDS_MAX 100

/* Does a query parameter of the link go with the answer: a property that the survey allows, or channel and source? */
bool page_carries(const struct definition *d, Str name, Str value);
/* What the survey requires and the answer lacks: the comment, a further question. */
void page_missing(const struct definition *d, const struct page_answer *answer, bool *comment,
                  bool *question);
/* The comment as it was typed; at NULL: none. */
Str page_form_comment(struct arena *a, const struct form *form);
/* What the page that brings it spoke; at NULL: it does not say. */
Str page_form_language(const struct form *form);
/* Reads score, comment, answers, properties, language, channel and source of a form into the input. ERR_INVALID names the field. */
MUST_USE bool page_form_read(struct arena *a, const struct form *form, const struct definition *d,
                             struct capture_input *out, struct err *err);

#endif
