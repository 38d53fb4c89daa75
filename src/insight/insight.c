/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/insight.h"

#include <stdlib.h>

#include "account/workspace.h"
#include "base/die.h"
#include "base/zone.h"
#include "db/list.h"
#include "feedback/filter_run.h"
#include "insight/insight.sql.h"
#include "insight/tally.h"
#include "people/personal.h"
#include "people/properties.h"

#define PAGE_ROWS 20000
#define PROPERTY  STR("property.")

enum {
	COL_ID,
	COL_SURVEY,
	COL_STATE,
	COL_SCORE,
	COL_SCORED_AT,
	COL_PERSON,
	COL_ACCOUNT,
	COL_CHANNEL,
	COL_LANGUAGE,
	COL_SUBMITTED_AT,
	COL_PROPERTIES, /* from here on not in every statement */
	COL_SOURCE,
	COL_STARRED,
	COL_COMMENT,
};

struct merged {
	int64_t id, canonical;
};

struct survey_part {
	int64_t survey;
	size_t part;
	Str slug;
};

/* One question while it is being answered. */
struct asker {
	const struct insight_question *q;
	struct arena *arena; /* of the answer */
	struct arena page;   /* texts of one page */
	struct filter_run run;
	struct calendar calendar;
	struct survey_part *surveys; /* by id */
	size_t survey_count;
	struct merged *merged; /* by id */
	size_t merged_count;
	struct tally *tallies; /* one a part */
	struct insight_part *parts;
	size_t part_count;
	int64_t last_id;
	size_t rows; /* of the last page */
};

bool insight_split_parse(Str text, struct insight_question *q, struct err *err)
{

	if (str_eq(text, STR("survey")))
		q->split = SPLIT_SURVEY;
	else if (str_eq(text, STR("channel")))
		q->split = SPLIT_CHANNEL;
	else if (str_eq(text, STR("language")))
		q->split = SPLIT_LANGUAGE;
	else if (str_starts(text, PROPERTY) && text.len > PROPERTY.len)
		q->split = SPLIT_PROPERTY;
	else
		return err_at(err, ERR_INVALID, "by",
		              "must be survey, channel, language or property.NAME");
	q->split_name = text;
	return true;
}

static Str split_property(const struct insight_question *q)
{
	return str_from(q->split_name, PROPERTY.len);
}

bool insight_may_split(const struct insight_question *q, struct arena *a, struct err *err)
{
	if (!q->hides_names || q->split != SPLIT_PROPERTY || !personal_name(a, split_property(q)))
		return true;
	return err_set(err, ERR_DENIED,
	               "Names, emails and phone numbers are hidden from you, so figures cannot be "
	               "split by the property \"%.*s\".",
	               STR_FMT(split_property(q)));
}

static bool same_part(const struct insight_part *part, const struct survey_place *place)
{
	return part->kind == place->kind && part->brand_id == place->brand_id &&
	       part->touchpoint_id == place->touchpoint_id;
}

static int by_survey(const void *a, const void *b)
{
	int64_t left = ((const struct survey_part *)a)->survey;
	int64_t right = ((const struct survey_part *)b)->survey;
	return (left > right) - (left < right);
}

static int by_person(const void *a, const void *b)
{
	int64_t left = ((const struct merged *)a)->id, right = ((const struct merged *)b)->id;
	return (left > right) - (left < right);
}

/* Places come in the order of the parts; surveys of one part stand together. */
static bool load_surveys(struct asker *k, struct db *db, int64_t workspace, struct err *err)
{
	struct survey_place *places;
	size_t count;
	if (!filter_surveys(db, k->arena, workspace, k->q->scope, &k->q->filter, &places, &count,
	                    err))
		return false;
	k->surveys = ARENA_ARRAY(k->arena, struct survey_part, count + 1);
	k->parts = ARENA_ARRAY(k->arena, struct insight_part, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct survey_place *p = &places[i];
		if (k->part_count == 0 || !same_part(&k->parts[k->part_count - 1], p))
			k->parts[k->part_count++] =
			    (struct insight_part){ .kind = p->kind,
				                   .brand_id = p->brand_id,
				                   .brand = p->brand,
				                   .touchpoint_id = p->touchpoint_id,
				                   .touchpoint_code = p->touchpoint_code,
				                   .touchpoint = p->touchpoint };
		k->surveys[k->survey_count++] =
		    (struct survey_part){ p->id, k->part_count - 1, p->slug };
	}
	k->tallies = ARENA_ARRAY(k->arena, struct tally, k->part_count + 1);
	qsort(k->surveys, k->survey_count, sizeof(k->surveys[0]), by_survey);
	return true;
}

static bool merged_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct merged *)out = (struct merged){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

static bool load_merged(struct asker *k, struct db *db, int64_t workspace, struct err *err)
{
	void *items;
	if (!db_list(db, &sql_insight_merged, DB_ARGS(db_arg_i64(workspace)), merged_row,
	             sizeof(struct merged), k->arena, &items, &k->merged_count, err))
		return false;
	k->merged = items;
	return true;
}

static bool is_in(const struct compare_period *p, int64_t at)
{
	return p->with && at >= p->from && at < p->before;
}

static const struct survey_part *survey_part_of(const struct asker *k, int64_t survey)
{
	struct survey_part wanted = { .survey = survey };
	return bsearch(&wanted, k->surveys, k->survey_count, sizeof(wanted), by_survey);
}

/* Follows the pointers; a chain is short, and a circle ends the walk. */
static int64_t canonical_of(const struct asker *k, int64_t person)
{
	for (int steps = 0; k->merged_count > 0 && steps < 8; steps++) {
		struct merged wanted = { .id = person };
		const struct merged *found =
		    bsearch(&wanted, k->merged, k->merged_count, sizeof(wanted), by_person);
		if (!found)
			break;
		person = found->canonical;
	}
	return person;
}

/* Only texts that are asked for are read. */
static void read_texts(struct asker *k, const struct db_rows *rows, struct filter_subject *s)
{
	const struct filter_run *run = &k->run;
	if (run->needs_channel)
		s->channel = db_text(rows, COL_CHANNEL, &k->page);
	if (run->needs_language)
		s->language = db_text(rows, COL_LANGUAGE, &k->page);
	if (run->needs_source)
		s->source = db_text(rows, COL_SOURCE, &k->page);
	if (run->needs_properties)
		s->properties = db_text(rows, COL_PROPERTIES, &k->page);
	if (run->needs_comment)
		s->comment_folded = db_text(rows, COL_COMMENT, &k->page);
}

/* Without script and region, as a filter by language takes it: "pt-BR" is "pt". */
static Str language_of(struct arena *a, Str tag)
{
	size_t len = 0;
	while (len < tag.len && tag.at[len] != '-' && tag.at[len] != '_')
		len++;
	return str_ascii_lower(a, str_slice(tag, 0, len));
}

/* at NULL where there is nothing, so that "" and none are one group. */
static bool split_value(struct asker *k, const struct db_rows *rows,
                        const struct survey_part *survey, Str *out, struct err *err)
{
	*out = (Str){ 0 };
	switch (k->q->split) {
	case SPLIT_NONE:
		break;
	case SPLIT_SURVEY:
		*out = survey->slug;
		break;
	case SPLIT_CHANNEL:
		*out = db_text(rows, COL_CHANNEL, &k->page);
		break;
	case SPLIT_LANGUAGE:
		*out = language_of(&k->page, db_text(rows, COL_LANGUAGE, &k->page));
		break;
	case SPLIT_PROPERTY:
		if (!properties_value_of(&k->page, db_text(rows, COL_PROPERTIES, &k->page),
		                         split_property(k->q), out, err))
			return false;
		break;
	}
	if (out->len == 0 || (k->q->hides_names && personal_value(*out)))
		*out = (Str){ 0 };
	return true;
}

static bool count_row(struct asker *k, const struct db_rows *rows, const struct survey_part *survey,
                      const struct filter_subject *s, bool is_now, struct err *err)
{
	Str value;
	struct tally *tally = &k->tallies[survey->part];
	struct tally_answer answer = { db_i64(rows, COL_ACCOUNT),
		                       canonical_of(k, db_i64(rows, COL_PERSON)), s->score, s->at };
	if (is_in(&k->q->compare, s->at))
		tally_add_before(tally, &answer);
	if (!is_now)
		return true;
	if (!split_value(k, rows, survey, &value, err))
		return false;
	tally_add(tally, k->arena, k->q->series ? &k->calendar : NULL, k->q->split ? &value : NULL,
	          &answer);
	return true;
}

/* As cheap as can be for what is not meant: first numbers, then texts. What does not count is dated as in lists. */
static bool add_row(struct asker *k, const struct db_rows *rows, struct err *err)
{
	struct filter_subject s = {
		.id = db_i64(rows, COL_ID),
		.at = db_i64(rows, COL_SCORED_AT),
		.state = (enum response_state)db_i64(rows, COL_STATE),
		.score = db_is_null(rows, COL_SCORE) ? SCORE_NONE : (int)db_i64(rows, COL_SCORE),
	};
	bool wanted, counts = response_counts(s.state, s.score);
	if (!s.at)
		s.at = db_i64(rows, COL_SUBMITTED_AT);
	bool is_now = filter_takes_time(&k->q->filter, s.at);
	if (!is_now && !(counts && is_in(&k->q->compare, s.at)))
		return true;
	const struct survey_part *survey = survey_part_of(k, db_i64(rows, COL_SURVEY));
	if (!survey || (k->run.by_tag && !filter_is_tagged(&k->run, s.id)) ||
	    (k->q->filter.starred_only && db_i64(rows, COL_STARRED) == 0))
		return true;
	read_texts(k, rows, &s);
	if (!filter_takes_texts(&k->run, &k->page, &s, &wanted, err))
		return false;
	if (wanted && counts)
		return count_row(k, rows, survey, &s, is_now, err);
	if (wanted)
		tally_leave_out(&k->tallies[survey->part], s.state);
	return true;
}

static const struct db_stmt *page_of(const struct asker *k)
{
	if (k->run.needs_comment)
		return &sql_insight_page_with_comments;
	if (k->run.needs_properties || k->run.needs_source || k->q->split == SPLIT_PROPERTY ||
	    k->q->filter.starred_only)
		return &sql_insight_page_with_properties;
	return &sql_insight_page;
}

static bool read_page(struct asker *k, struct db *db, int64_t workspace, struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, page_of(k),
	              DB_ARGS(db_arg_i64(workspace), db_arg_i64(k->last_id), db_arg_i64(PAGE_ROWS)),
	              err))
		return false;
	enum db_next next;
	k->rows = 0;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		k->rows++;
		k->last_id = db_i64(&rows, COL_ID);
		if (!add_row(k, &rows, err)) {
			next = DB_FAILED;
			break;
		}
	}
	db_rows_close(&rows);
	arena_free(&k->page);
	return next == DB_DONE;
}

static void add_left_out(struct insight_left_out *all, const struct insight_left_out *more)
{
	all->excluded += more->excluded;
	all->unconfirmed += more->unconfirmed;
	all->test += more->test;
	all->dismissed += more->dismissed;
	all->deleted += more->deleted;
	all->without_score += more->without_score;
}

/* Parts without a score are left out: nothing is said of them. */
static bool read_parts(struct asker *k, struct insight_answer *out, struct err *err)
{
	struct insight_answer answer = { .parts = k->parts };
	for (size_t i = 0; i < k->part_count; i++) {
		struct insight_part part = k->parts[i];
		add_left_out(&answer.left_out, &k->tallies[i].left_out);
		if (k->tallies[i].all.sums.clusters == 0)
			continue;
		if (!tally_read(&k->tallies[i], k->arena, k->q->series ? &k->calendar : NULL, &part,
		                err))
			return false;
		answer.parts[answer.count++] = part;
	}
	*out = answer;
	return true;
}

bool insight_ask(struct db *db, struct arena *a, const struct workspace *workspace,
                 const struct insight_question *q, struct insight_answer *out, struct err *err)
{
	struct asker k = { .q = q, .arena = a };
	MUST(q->scope);
	k.calendar.unit = q->series;
	k.calendar.week_start = workspace->week_start;
	bool ok = zone_load(a, workspace->time_zone, &k.calendar.zone, err) &&
	          filter_begin(db, a, workspace->id, q->scope, &q->filter, &k.run, err) &&
	          load_surveys(&k, db, workspace->id, err) &&
	          load_merged(&k, db, workspace->id, err);
	bool more = ok && k.survey_count > 0;
	while (ok && more) {
		ok = read_page(&k, db, workspace->id, err);
		more = k.rows == PAGE_ROWS;
	}
	ok = ok && read_parts(&k, out, err);
	for (size_t i = 0; i < k.part_count; i++)
		tally_free(&k.tallies[i]);
	arena_free(&k.page);
	return ok;
}
