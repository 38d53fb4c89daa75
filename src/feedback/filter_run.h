/* feedback/filter_run.h - a filter on its way through many answers.
 *
 * filter_begin looks up once what it needs (which answers have a tag); then it is asked of each answer, cheap things first.
 * The team's scope is part of it and cannot be left out. Which survey an answer is of is the caller's to ask
 * (filter_surveys), and so is the period where several are asked for at once.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_FILTER_RUN_H
#define FEEDBACK_FILTER_RUN_H

#include "feedback/filter.h"
#include "feedback/response.h"

struct filter_run {
	const struct answer_filter *f;
	const struct team_scope *scope;
	bool by_tag;
	int64_t *tagged; /* sorted ids of answers with one of the tags */
	size_t tagged_count;
	/* Which texts filter_takes_texts looks at. */
	bool needs_channel, needs_language, needs_source, needs_comment, needs_properties;
};

/* What is looked at; texts that are not needed may be left empty. */
struct filter_subject {
	int64_t id;
	int64_t at; /* of the first score, else of the answer */
	enum response_state state;
	int score;
	bool starred;
	Str channel, language, source;
	Str comment_folded; /* at NULL: none */
	Str properties;
};

/* The run lives as long as the arena, the filter and the scope. */
MUST_USE bool filter_begin(struct db *db, struct arena *a, int64_t workspace,
                           const struct team_scope *scope, const struct answer_filter *f,
                           struct filter_run *out, struct err *err);

bool filter_takes_time(const struct answer_filter *f, int64_t at);
/* Everything but time and texts. */
bool filter_takes_facts(const struct filter_run *run, const struct filter_subject *s);
/* `a` is scratch. */
MUST_USE bool filter_takes_texts(const struct filter_run *run, struct arena *a,
                                 const struct filter_subject *s, bool *out, struct err *err);
/* All of it, of a whole answer. */
MUST_USE bool filter_takes(const struct filter_run *run, struct arena *a, const struct response *r,
                           bool *out, struct err *err);

bool filter_is_tagged(const struct filter_run *run, int64_t id);
bool filter_takes_language(const struct filter_values *asked, Str language);

#endif
