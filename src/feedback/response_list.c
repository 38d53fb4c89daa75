/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_list.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "feedback/capture.h"
#include "feedback/filter_run.h"
#include "feedback/response.sql.h"

#define CHUNK        500
#define SEARCH_CHUNK 2000
/* A first score comes this long after its answer at most, give or take what is corrected by hand. */
#define SCORED_LATE_MAX (366 * CLOCK_DAY)

struct scan {
	struct db *db;
	struct arena *arena;
	int64_t workspace;
	const struct response_query *query;
	const struct survey_place *surveys;
	size_t survey_count;
	bool any_survey;
	struct filter_run run;
	struct list_place at;
	int64_t not_before;
	size_t chunk, seen;
	struct response_page page;
};

static bool takes_survey(const struct scan *s, int64_t survey)
{
	for (size_t i = 0; i < s->survey_count; i++)
		if (s->surveys[i].id == survey)
			return true;
	return s->any_survey;
}

static bool chunk_read(const struct scan *s, struct arena *scratch, size_t size,
                       struct response **out, size_t *count, struct err *err)
{
	void *items;
	DbArg workspace = db_arg_i64(s->workspace), time = db_arg_i64(s->at.submitted_at),
	      id = db_arg_i64(s->at.id), low = db_arg_i64(s->not_before),
	      limit = db_arg_i64((int64_t)size);
	const struct survey_place *only =
	    !s->any_survey && s->survey_count == 1 ? s->surveys : NULL;
	bool ok = only
	              ? db_list(s->db, &sql_response_page_of_survey,
	                        DB_ARGS(workspace, time, id, low, limit, db_arg_i64(only->id)),
	                        response_row, sizeof(struct response), scratch, &items, count, err)
	              : db_list(s->db, &sql_response_page, DB_ARGS(workspace, time, id, low, limit),
	                        response_row, sizeof(struct response), scratch, &items, count, err);
	if (ok)
		*out = items;
	return ok;
}

static void keep(struct scan *s, const struct response *r)
{
	struct response *kept = &s->page.all[s->page.count++];
	*kept = response_copy(s->arena, r);
	kept->workspace = s->workspace;
}

/* Takes from one chunk until the page is full. */
static bool take(struct scan *s, struct arena *scratch, const struct response *chunk, size_t count,
                 struct err *err)
{
	for (size_t i = 0; i < count && s->page.count < s->query->limit; i++) {
		bool wanted = takes_survey(s, chunk[i].survey_id);
		if (wanted && !filter_takes(&s->run, scratch, &chunk[i], &wanted, err))
			return false;
		if (wanted)
			keep(s, &chunk[i]);
		s->at = (struct list_place){ chunk[i].submitted_at, chunk[i].id };
		s->seen++;
	}
	return true;
}

/* All but survey and period, which the statement and the place know. */
static bool is_plain(const struct scan *s)
{
	const struct answer_filter *f = &s->query->filter;
	const struct filter_run *run = &s->run;
	return (s->any_survey || s->survey_count == 1) && !f->states && !f->groups && !f->scores &&
	       !f->starred_only && !f->counted_only && !run->by_id && !run->by_import &&
	       !run->needs_channel && !run->needs_language && !run->needs_source &&
	       !run->needs_comment && !run->needs_properties;
}

static bool scan_chunk(struct scan *s, size_t *count, struct err *err)
{
	struct arena scratch = { 0 };
	struct response *chunk;
	size_t before = s->seen;
	bool ok = chunk_read(s, &scratch, s->chunk, &chunk, count, err) &&
	          take(s, &scratch, chunk, *count, err);
	arena_free(&scratch);
	s->page.more = ok && (*count == s->chunk || s->seen - before < *count);
	return ok;
}

/* A text is looked for in the comments alone; only what has it is read whole. */
struct candidate {
	struct list_place place;
	int64_t survey;
	Str folded;
};

static bool candidate_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct candidate *)out = (struct candidate){ { db_i64(rows, 0), db_i64(rows, 1) },
		                                       db_i64(rows, 2),
		                                       db_text(rows, 3, a) };
	return true;
}

static bool look_into(struct scan *s, struct arena *scratch, const struct candidate *c,
                      struct err *err)
{
	struct response r;
	bool wanted;
	if (!takes_survey(s, c->survey) || !filter_finds(&s->query->filter, scratch, c->folded))
		return true;
	if (!response_find(s->db, scratch, s->workspace, c->place.id, &r, err)) {
		/* Gone for good since the chunk was read. */
		return err->kind == ERR_NOT_FOUND;
	}
	if (!filter_takes(&s->run, scratch, &r, &wanted, err))
		return false;
	if (wanted)
		keep(s, &r);
	return true;
}

static bool search_chunk(struct scan *s, size_t *count, struct err *err)
{
	struct arena scratch = { 0 };
	void *items;
	size_t i = 0;
	bool ok = db_list(s->db, &sql_response_search_page,
	                  DB_ARGS(db_arg_i64(s->workspace), db_arg_i64(s->at.submitted_at),
	                          db_arg_i64(s->at.id), db_arg_i64(s->not_before),
	                          db_arg_i64((int64_t)s->chunk)),
	                  candidate_row, sizeof(struct candidate), &scratch, &items, count, err);
	for (; ok && i < *count && s->page.count < s->query->limit; i++) {
		const struct candidate *c = (const struct candidate *)items + i;
		ok = look_into(s, &scratch, c, err);
		s->at = c->place;
		s->seen++;
	}
	s->page.more = ok && (*count == s->chunk || i < *count);
	arena_free(&scratch);
	return ok;
}

static bool goes_on(const struct scan *s, int64_t until)
{
	if (s->page.count == s->query->limit)
		return false;
	return s->query->filter.q_folded.at ? clock_monotonic() < until : s->seen < LIST_SCAN_MAX;
}

static bool scan_run(struct scan *s, struct err *err)
{
	bool searches = s->query->filter.q_folded.at != NULL;
	int64_t until = clock_monotonic() + LIST_SEARCH_TIME;
	/* One more than fits tells whether there is a next page. */
	s->chunk = searches ? SEARCH_CHUNK : is_plain(s) ? s->query->limit + 1 : CHUNK;
	size_t count = s->chunk;
	while (count == s->chunk && goes_on(s, until))
		if (!(searches ? search_chunk : scan_chunk)(s, &count, err))
			return false;
	s->page.next = s->at;
	return true;
}

bool response_list(struct db *db, struct arena *a, int64_t workspace,
                   const struct response_query *query, struct response_page *out, struct err *err)
{
	const struct answer_filter *f = &query->filter;
	struct survey_place *surveys = NULL;
	size_t survey_count = 0;
	MUST(query->scope);
	struct scan s = {
		.db = db,
		.arena = a,
		.workspace = workspace,
		.query = query,
		.at = { INT64_MAX, INT64_MAX },
		.not_before = f->from_day.at ? f->from - SCORED_LATE_MAX : INT64_MIN,
		.page = { .all = ARENA_ARRAY(a, struct response, query->limit) },
	};
	if (!filter_takes_every_survey(db, workspace, f, &s.any_survey, err))
		return false;
	s.any_survey = s.any_survey && !query->scope->names_surveys;
	if (f->to_day.at)
		s.at.submitted_at = f->before + CAPTURE_AHEAD_MAX;
	if (query->has_after)
		s.at = query->after;
	filter_begin(query->scope, f, &s.run);
	if ((!s.any_survey &&
	     !filter_surveys(db, a, workspace, query->scope, f, &surveys, &survey_count, err)) ||
	    !filter_find_ids(db, a, workspace, &s.run, err))
		return false;
	s.surveys = surveys;
	s.survey_count = survey_count;
	if ((s.any_survey || s.survey_count) && !scan_run(&s, err))
		return false;
	*out = s.page;
	return true;
}

Str list_place_write(struct arena *a, const struct list_place *place)
{
	return str_printf(a, "%" PRId64 ".%" PRId64, place->submitted_at, place->id);
}

bool list_place_read(Str text, struct list_place *out, struct err *err)
{
	Str rest = text, time;
	struct list_place place;
	if (!str_cut(&rest, '.', &time) || !rest.at || !str_to_i64(time, &place.submitted_at) ||
	    !str_to_i64(rest, &place.id) || place.id < 0)
		return err_at(err, ERR_INVALID, "cursor", "is not one of ours");
	*out = place;
	return true;
}
