/* insight/asked.h - what every question about figures has in common: whose workspace, which answers, what may be shown.
 *
 * A handler of /api/v1/insights/... reads its query string here. Filters are those of feedback/filter.h; what else it takes is
 * `own`'s to know. Names that are neither are ERR_INVALID, so that a typo never widens a figure. What chooses answers by what
 * they say (group, score, state) is refused, and so is what the caller may not ask.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ASKED_H
#define INSIGHT_ASKED_H

#include "account/workspace.h"
#include "base/json.h"
#include "feedback/cells.h"
#include "net/route.h"

/* In the request's arena. */
struct asked {
	struct workspace workspace;
	const struct zone *zone;
	struct team_scope scope;
	struct answer_filter filter;
	bool hides_names;   /* values that tell who somebody is are not told apart */
	bool figures_only;  /* no way to the answers behind is shown */
	int64_t started_us; /* on the clock that never jumps */
};

/* *known is false, without an error, when the parameter is not the question's. */
typedef bool (*asked_own_fn)(void *context, struct request *rq, Str name, Str value, bool *known,
                             struct err *err);

/* `own` may be NULL; `names` says in a refusal what there is beside filters, such as "by and series"; NULL: nothing. */
MUST_USE bool asked_read(struct request *rq, asked_own_fn own, void *context, const char *names,
                         struct asked *out, struct err *err);

/* `own` of a question whose only parameter is "part"; context is a Str. */
bool asked_own_part(void *context, struct request *rq, Str name, Str value, bool *known,
                    struct err *err);

/* All that the filter takes, without dimensions and part. Good as long as `asked`. */
struct cell_question asked_cells(const struct asked *asked);

/* Facts of the workspace for a handler whose room is the server's cubes; good as long as the request. */
MUST_USE bool asked_facts(struct request *rq, unsigned wants, struct facts *out, struct err *err);

/* "time_zone", "week_start", "as_of" and "query_us" as members of the open dict: what a definition of a figure says beside
 * the figure itself. `as_of` is when the answers were looked at; 0: now. */
void asked_put(struct json_writer *w, const struct asked *asked, const struct request *rq,
               int64_t as_of);

/* The path of the list of answers that the filter takes, for links; at NULL for those who see figures only. */
Str asked_answers_path(const struct asked *asked, const struct answer_filter *f, struct arena *a);

#endif
