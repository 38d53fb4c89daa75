/* insight/emerging_json.h - a theme that emerged, as JSON.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_EMERGING_JSON_H
#define INSIGHT_EMERGING_JSON_H

#include "base/json.h"
#include "insight/emerging.h"

/* "theme": {"id", "code", "name", "names"}, "seen_on", "since", "share_before", "share_after", "times", "interval", "people" and
 * "comments" as members of the open dict. */
void emerged_put(struct json_writer *w, struct arena *a, const struct emerged *e);

#endif
