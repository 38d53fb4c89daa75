/* feedback/filter_run.h - a filter on its way through many answers.
 *
 * Who goes through the tables looks up once which answers have a tag, a theme, a sentiment (filter_find_ids); then it is asked of each
 * answer, cheap things first. Columns in memory know these themselves.
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
	bool by_id; /* one of these is asked for; has_ids: they have been looked up */
	bool has_ids;
	struct filter_ids {
		bool asked;
		int64_t *
		    at; /* sorted ids of answers with one of the tags, themes; of those whose reading is meant */
		size_t count;
	} tagged, themed, felt;
	bool by_import, with_import, without_import; /* any import, none */
	int64_t imports[FILTER_VALUES_MAX];
	size_t import_count;
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
	int64_t import_id; /* 0: none */
	Str channel, language, source;
	Str comment_folded; /* at NULL: none */
	Str properties;
};

/* The run lives as long as the arena, the filter and the scope. */
void filter_begin(const struct team_scope *scope, const struct answer_filter *f,
                  struct filter_run *out);

/* Before any answer of the tables is asked about: it reads all that have a tag, a theme or a sentiment that is asked for. */
MUST_USE bool filter_find_ids(struct db *db, struct arena *a, int64_t workspace,
                              struct filter_run *run, struct err *err);

bool filter_takes_time(const struct answer_filter *f, int64_t at);
/* Everything but time and texts. */
bool filter_takes_facts(const struct filter_run *run, const struct filter_subject *s);
/* `a` is scratch. */
MUST_USE bool filter_takes_texts(const struct filter_run *run, struct arena *a,
                                 const struct filter_subject *s, bool *out, struct err *err);
/* All of it, of a whole answer. */
MUST_USE bool filter_takes(const struct filter_run *run, struct arena *a, const struct response *r,
                           bool *out, struct err *err);

bool filter_takes_import(const struct filter_run *run, int64_t import);
bool filter_takes_id(const struct filter_run *run, int64_t id); /* tags, themes, sentiment */
/* Is the text of q in a folded comment, as far as whoever asks is shown it? `a` is scratch. */
bool filter_finds(const struct answer_filter *f, struct arena *a, Str folded);
bool filter_takes_language(const struct filter_values *asked, Str language);

#endif
