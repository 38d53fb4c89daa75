/* survey/survey_json.h - a survey in replies.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SURVEY_JSON_H
#define SURVEY_SURVEY_JSON_H

#include "base/json.h"
#include "net/route.h"
#include "survey/survey.h"

/* Its members, into a dict that is open. The room is a struct survey_room. */
void survey_json_put(const struct request *rq, struct json_writer *w, const struct survey *s);
#endif
