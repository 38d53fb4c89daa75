/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter_run.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/fold.h"
#include "db/list.h"
#include "feedback/filter.sql.h"
#include "people/properties.h"
#include "survey/definition.h"

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static bool id_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(int64_t *)out = db_i64(rows, 0);
	return true;
}

/* A tag that does not exist is on no answer. */
static bool load_tagged(struct db *db, struct arena *a, int64_t workspace, Str tag,
                        struct filter_run *run, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(db, &sql_filter_tagged,
	             DB_ARGS(db_arg_i64(workspace), db_arg_text(fold_text(a, tag))), id_row,
	             sizeof(int64_t), a, &items, &count, err))
		return false;
	int64_t *both = ARENA_ARRAY(a, int64_t, run->tagged_count + count + 1);
	for (size_t i = 0; i < run->tagged_count; i++)
		both[i] = run->tagged[i];
	for (size_t i = 0; i < count; i++)
		both[run->tagged_count + i] = ((const int64_t *)items)[i];
	run->tagged = both;
	run->tagged_count += count;
	return true;
}

bool filter_begin(struct db *db, struct arena *a, int64_t workspace, const struct team_scope *scope,
                  const struct answer_filter *f, struct filter_run *out, struct err *err)
{
	const struct filter_values *tags = &f->fields[FILTER_TAG];
	MUST(scope);
	struct filter_run run = {
		.f = f,
		.scope = scope,
		.by_tag = tags->count > 0,
		.needs_channel = f->fields[FILTER_CHANNEL].count > 0,
		.needs_language = f->fields[FILTER_LANGUAGE].count > 0,
		.needs_source = f->fields[FILTER_SOURCE].count > 0,
		.needs_comment = f->q_folded.at || f->comment != FILTER_ANY,
		.needs_properties = f->property_count + scope->property_count > 0,
	};
	for (size_t i = 0; i < tags->count; i++)
		if (!load_tagged(db, a, workspace, tags->at[i], &run, err))
			return false;
	if (run.tagged_count)
		qsort(run.tagged, run.tagged_count, sizeof(int64_t), by_id);
	*out = run;
	return true;
}

bool filter_takes_time(const struct answer_filter *f, int64_t at)
{
	return (!f->from_day.at || at >= f->from) && (!f->to_day.at || at < f->before);
}

bool filter_is_tagged(const struct filter_run *run, int64_t id)
{
	return run->tagged_count &&
	       bsearch(&id, run->tagged, run->tagged_count, sizeof(int64_t), by_id) != NULL;
}

bool filter_takes_facts(const struct filter_run *run, const struct filter_subject *s)
{
	const struct answer_filter *f = run->f;
	if (f->states ? !(f->states & 1U << s->state) : s->state == RESPONSE_DELETED)
		return false;
	if (f->counted_only && !response_counts(s->state, s->score))
		return false;
	if (f->starred_only && !s->starred)
		return false;
	if ((f->groups || f->scores) && s->score == SCORE_NONE)
		return false;
	if (f->groups && !(f->groups & 1U << score_group_of(s->score)))
		return false;
	if (f->scores && !(f->scores & 1U << s->score))
		return false;
	return !run->by_tag || filter_is_tagged(run, s->id);
}

static bool has(const struct filter_values *values, Str value)
{
	for (size_t i = 0; i < values->count; i++)
		if (str_eq(values->at[i], value))
			return true;
	return values->count == 0;
}

static bool is_language(Str asked, Str language)
{
	if (!str_eq_ignoring_ascii_case(str_slice(language, 0, asked.len), asked))
		return false;
	return language.len == asked.len || language.at[asked.len] == '-' ||
	       language.at[asked.len] == '_';
}

bool filter_takes_language(const struct filter_values *asked, Str language)
{
	for (size_t i = 0; i < asked->count; i++)
		if (is_language(asked->at[i], language))
			return true;
	return asked->count == 0;
}

static bool takes_comment(const struct answer_filter *f, Str folded)
{
	if (f->comment != FILTER_ANY && (f->comment == FILTER_YES) != (folded.len > 0))
		return false;
	return !f->q_folded.at || str_find(folded, f->q_folded) != SIZE_MAX;
}

static bool takes_properties(const struct answer_filter *f, struct arena *a, Str canonical,
                             bool *out, struct err *err)
{
	bool all = true;
	for (size_t i = 0; all && i < f->property_count; i++) {
		Str value;
		if (!properties_value_of(a, canonical, f->properties[i].name, &value, err))
			return false;
		all = value.at && has(&f->properties[i].values, value);
	}
	*out = all;
	return true;
}

bool filter_takes_texts(const struct filter_run *run, struct arena *a,
                        const struct filter_subject *s, bool *out, struct err *err)
{
	const struct answer_filter *f = run->f;
	*out = has(&f->fields[FILTER_CHANNEL], s->channel) &&
	       has(&f->fields[FILTER_SOURCE], s->source) &&
	       filter_takes_language(&f->fields[FILTER_LANGUAGE], s->language) &&
	       (!run->needs_comment || takes_comment(f, s->comment_folded));
	if (!*out || !run->needs_properties)
		return true;
	return team_scope_takes_properties(run->scope, a, s->properties, out, err) &&
	       (!*out || takes_properties(f, a, s->properties, out, err));
}

bool filter_takes(const struct filter_run *run, struct arena *a, const struct response *r,
                  bool *out, struct err *err)
{
	struct filter_subject s = {
		.id = r->id,
		.at = r->first_scored_at ? r->first_scored_at : r->submitted_at,
		.state = r->state,
		.score = r->score,
		.starred = r->starred,
		.channel = r->channel,
		.language = r->language,
		.source = r->source,
		.comment_folded = r->comment_folded,
		.properties = r->properties,
	};
	*out = team_scope_takes_survey(run->scope, r->survey_id) &&
	       filter_takes_time(run->f, s.at) && filter_takes_facts(run, &s);
	return !*out || filter_takes_texts(run, a, &s, out, err);
}
