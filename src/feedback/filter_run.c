/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter_run.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/fold.h"
#include "db/list.h"
#include "feedback/filter.sql.h"
#include "feedback/mask.h"
#include "feedback/understood.h"
#include "people/properties.h"
#include "survey/definition.h"

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static void ids_add(struct filter_ids *ids, struct arena *a, const int64_t *more, size_t count)
{
	int64_t *both = ARENA_ARRAY(a, int64_t, ids->count + count + 1);
	for (size_t i = 0; i < ids->count; i++)
		both[i] = ids->at[i];
	for (size_t i = 0; i < count; i++)
		both[ids->count + i] = more[i];
	ids->at = both;
	ids->count += count;
}

/* A tag or a theme that does not exist is on no answer. */
static bool load_named(struct db *db, struct arena *a, int64_t workspace,
                       const struct db_stmt *stmt, Str name, struct filter_ids *out,
                       struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(db, stmt, DB_ARGS(db_arg_i64(workspace), db_arg_text(name)), db_row_i64,
	             sizeof(int64_t), a, &items, &count, err))
		return false;
	ids_add(out, a, items, count);
	return true;
}

/* Bits as filter_bits gives them. */
struct reading {
	int64_t response;
	unsigned understood, shown, mood, intent, urgent;
};

static unsigned bit_or_none(const struct db_rows *rows, int column)
{
	return db_is_null(rows, column) ? 0 : 1U << db_i64(rows, column);
}

static unsigned understood_bit(const struct db_rows *rows, int column)
{
	return 1U << understood_of(db_i64(rows, 1) != 0, db_i64(rows, 2), !db_is_null(rows, column),
	                           db_i64(rows, column));
}

static bool reading_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct reading *)out = (struct reading){
		.response = db_i64(rows, 0),
		.understood = understood_bit(rows, 3),
		.shown = understood_bit(rows, 4),
		.mood = bit_or_none(rows, 5),
		.intent = bit_or_none(rows, 6),
		.urgent = (unsigned)db_i64(rows, 7),
	};
	return true;
}

static bool takes_bits(const struct answer_filter *f, enum filter_field field, unsigned has)
{
	return f->fields[field].count == 0 || (filter_bits(f, field) & has);
}

static bool takes_reading(const struct answer_filter *f, const struct reading *r)
{
	return takes_bits(f, FILTER_SENTIMENT, r->understood) &&
	       takes_bits(f, FILTER_SHOWN, r->shown) && takes_bits(f, FILTER_MOOD, r->mood) &&
	       takes_bits(f, FILTER_INTENT, r->intent) && takes_bits(f, FILTER_URGENT, r->urgent);
}

static bool load_felt(struct db *db, struct arena *a, int64_t workspace,
                      const struct answer_filter *f, struct filter_ids *out, struct err *err)
{
	void *items;
	size_t count;
	const struct db_stmt *stmt =
	    f->fields[FILTER_URGENT].count ? &sql_filter_urgent : &sql_filter_readings;
	if (!db_list(db, stmt, DB_ARGS(db_arg_i64(workspace)), reading_row, sizeof(struct reading),
	             a, &items, &count, err))
		return false;
	const struct reading *all = items;
	out->at = ARENA_ARRAY(a, int64_t, count + 1);
	for (size_t i = 0; i < count; i++)
		if (takes_reading(f, &all[i]))
			out->at[out->count++] = all[i].response;
	return true;
}

bool filter_find_ids(struct db *db, struct arena *a, int64_t workspace, struct filter_run *run,
                     struct err *err)
{
	const struct answer_filter *f = run->f;
	const struct filter_values *tags = &f->fields[FILTER_TAG];
	const struct filter_values *themes = &f->fields[FILTER_THEME];
	if (run->has_ids || !run->by_id)
		return true;
	for (size_t i = 0; i < tags->count; i++)
		if (!load_named(db, a, workspace, &sql_filter_tagged, fold_text(a, tags->at[i]),
		                &run->tagged, err))
			return false;
	for (size_t i = 0; i < themes->count; i++)
		if (!load_named(db, a, workspace, &sql_filter_themed, themes->at[i], &run->themed,
		                err))
			return false;
	if (run->felt.asked && !load_felt(db, a, workspace, f, &run->felt, err))
		return false;
	struct filter_ids *const all[] = { &run->tagged, &run->themed, &run->felt };
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i]->count)
			qsort(all[i]->at, all[i]->count, sizeof(int64_t), by_id);
	run->has_ids = true;
	return true;
}

/* Of what filter_set has let through. */
static void load_imports(const struct filter_values *asked, struct filter_run *run)
{
	run->by_import = asked->count > 0;
	for (size_t i = 0; i < asked->count; i++) {
		if (str_eq(asked->at[i], FILTER_IMPORT_ANY))
			run->with_import = true;
		else if (str_eq(asked->at[i], FILTER_IMPORT_NONE))
			run->without_import = true;
		else
			MUST(str_to_i64(asked->at[i], &run->imports[run->import_count++]));
	}
}

void filter_begin(const struct team_scope *scope, const struct answer_filter *f,
                  struct filter_run *out)
{
	MUST(scope);
	struct filter_run run = {
		.f = f,
		.scope = scope,
		.tagged.asked = f->fields[FILTER_TAG].count > 0,
		.themed.asked = f->fields[FILTER_THEME].count > 0,
		.felt.asked = filter_chooses_readings(f),
		.needs_channel = f->fields[FILTER_CHANNEL].count > 0,
		.needs_language = f->fields[FILTER_LANGUAGE].count > 0,
		.needs_source = f->fields[FILTER_SOURCE].count > 0,
		.needs_comment = f->q_folded.at || f->comment != FILTER_ANY,
		.needs_properties = f->property_count + scope->property_count > 0,
	};
	load_imports(&f->fields[FILTER_IMPORT], &run);
	run.by_id = run.tagged.asked || run.themed.asked || run.felt.asked;
	*out = run;
}

bool filter_takes_time(const struct answer_filter *f, int64_t at)
{
	return (!f->from_day.at || at >= f->from) && (!f->to_day.at || at < f->before);
}

bool filter_takes_import(const struct filter_run *run, int64_t import)
{
	bool takes = !run->by_import || (import ? run->with_import : run->without_import);
	for (size_t i = 0; !takes && i < run->import_count; i++)
		takes = run->imports[i] == import;
	return takes;
}

static bool has_id(const struct filter_ids *ids, int64_t id)
{
	return !ids->asked ||
	       (ids->count && bsearch(&id, ids->at, ids->count, sizeof(int64_t), by_id) != NULL);
}

bool filter_takes_id(const struct filter_run *run, int64_t id)
{
	MUST(run->has_ids || !run->by_id);
	return !run->by_id ||
	       (has_id(&run->tagged, id) && has_id(&run->themed, id) && has_id(&run->felt, id));
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
	return filter_takes_import(run, s->import_id) && filter_takes_id(run, s->id);
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

/* Who sees masked comments must not learn what is masked by looking for it. */
bool filter_finds(const struct answer_filter *f, struct arena *a, Str folded)
{
	if (str_find(folded, f->q_folded) == SIZE_MAX)
		return false;
	return !f->sees_masked ||
	       str_find(mask_personal(a, folded, mask_words_of(STR("en")), NULL, 0), f->q_folded) !=
	           SIZE_MAX;
}

static bool takes_comment(const struct answer_filter *f, struct arena *a, Str folded)
{
	if (f->comment != FILTER_ANY && (f->comment == FILTER_YES) != (folded.len > 0))
		return false;
	return !f->q_folded.at || filter_finds(f, a, folded);
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
	       (!run->needs_comment || takes_comment(f, a, s->comment_folded));
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
		.import_id = r->import_id,
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
