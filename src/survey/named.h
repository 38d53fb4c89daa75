/* survey/named.h - the survey that a path's {survey} names: an id or a slug, which both never change.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_NAMED_H
#define SURVEY_NAMED_H

#include "net/route.h"
#include "survey/survey.h"

/* ERR_NOT_FOUND, outside the caller's team too. */
MUST_USE bool survey_named(struct request *rq, struct survey *out, struct err *err);

#endif
