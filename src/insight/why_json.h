/* insight/why_json.h - why a score moved, as JSON; described in web/api/why.json.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_WHY_JSON_H
#define INSIGHT_WHY_JSON_H

#include "base/json.h"
#include "insight/asked.h"
#include "insight/why.h"

/* Members of the open dict. `a` is scratch. */
void why_put(struct json_writer *w, struct arena *a, const struct asked *asked,
             const struct why_question *q, const struct why_answer *answer);

#endif
