/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/response_list.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "feedback/capture.h"
#include "feedback/response.sql.h"
#include "feedback/scope.h"

#define CHUNK 500
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
	struct list_place at;
	int64_t not_before;
};

static bool takes_survey(const struct scan *s, int64_t survey)
{
	for (size_t i = 0; i < s->survey_count; i++)
		if (s->surveys[i].id == survey)
			return true;
	return s->any_survey;
}

static bool takes_time(const struct answer_filter *f, const struct response *r)
{
	int64_t at = r->first_scored_at ? r->first_scored_at : r->submitted_at;
	return (!f->from_day.at || at >= f->from) && (!f->to_day.at || at < f->before);
}

static bool takes_values(const struct response_query *q, const struct response *r)
{
	if (q->state ? r->state != q->state : r->state == RESPONSE_DELETED)
		return false;
	if (q->starred_only && !r->starred)
		return false;
	if (q->counted_only && !response_counts(r->state, r->score))
		return false;
	if (q->has_group && (r->score == SCORE_NONE || score_group_of(r->score) != q->group))
		return false;
	if (q->has_comment && q->comment != (r->comment.len > 0))
		return false;
	return (!q->filter.channel.at || str_eq(q->filter.channel, r->channel)) &&
	       filter_takes_language(&q->filter, r->language);
}

static bool takes(const struct scan *s, struct arena *scratch, const struct response *r, bool *out,
                  struct err *err)
{
	const struct answer_filter *f = &s->query->filter;
	*out = takes_survey(s, r->survey_id) && takes_time(f, r) && takes_values(s->query, r);
	if (*out && !scope_takes(s->query->scope, scratch, r, out, err))
		return false;
	return !*out || !f->property_count ||
	       filter_takes_properties(f, scratch, r->properties, out, err);
}

static bool chunk_read(const struct scan *s, struct arena *scratch, size_t size,
                       struct response **out, size_t *count, struct err *err)
{
	void *items;
	DbArg workspace = db_arg_i64(s->workspace), time = db_arg_i64(s->at.submitted_at),
	      id = db_arg_i64(s->at.id), low = db_arg_i64(s->not_before),
	      limit = db_arg_i64((int64_t)size);
	bool ok =
	    !s->any_survey && s->survey_count == 1
		? db_list(s->db, &sql_response_page_of_survey,
	                  DB_ARGS(workspace, time, id, low, limit, db_arg_i64(s->surveys[0].id)),
	                  response_row, sizeof(struct response), scratch, &items, count, err)
		: db_list(s->db, &sql_response_page, DB_ARGS(workspace, time, id, low, limit),
	                  response_row, sizeof(struct response), scratch, &items, count, err);
	if (ok)
		*out = items;
	return ok;
}

/* Takes from one chunk until the page is full; *seen counts what was looked at. */
static bool take(struct scan *s, struct arena *scratch, const struct response *chunk, size_t count,
                 struct response_page *page, size_t *seen, struct err *err)
{
	for (size_t i = 0; i < count && page->count < s->query->limit; i++) {
		bool wanted;
		if (!takes(s, scratch, &chunk[i], &wanted, err))
			return false;
		if (wanted) {
			struct response *kept = &page->all[page->count++];
			*kept = response_copy(s->arena, &chunk[i]);
			kept->workspace = s->workspace;
		}
		s->at = (struct list_place){ chunk[i].submitted_at, chunk[i].id };
		++*seen;
	}
	return true;
}

static bool is_plain(const struct scan *s)
{
	const struct response_query *q = s->query;
	return (s->any_survey || s->survey_count == 1) && !q->state && !q->counted_only &&
	       !q->starred_only && !q->has_group && !q->has_comment && !q->filter.property_count &&
	       !q->filter.channel.at && !q->filter.language.at && !q->scope->property_count;
}

static bool scan_run(struct scan *s, struct response_page *page, struct err *err)
{
	/* One more than fits tells whether there is a next page. */
	size_t seen = 0, size = is_plain(s) ? s->query->limit + 1 : CHUNK;
	while (page->count < s->query->limit && seen < LIST_SCAN_MAX) {
		struct arena scratch = { 0 };
		struct response *chunk;
		size_t count, before = seen;
		bool ok = chunk_read(s, &scratch, size, &chunk, &count, err) &&
		          take(s, &scratch, chunk, count, page, &seen, err);
		arena_free(&scratch);
		if (!ok)
			return false;
		page->more = count == size || seen - before < count;
		if (count < size)
			break;
	}
	page->next = s->at;
	return true;
}

static bool names_surveys(const struct response_query *q)
{
	const struct answer_filter *f = &q->filter;
	return q->scope->names_surveys || f->kind || f->survey.at || f->brand.at ||
	       f->touchpoint.at;
}

bool response_list(struct db *db, struct arena *a, int64_t workspace,
                   const struct response_query *query, struct response_page *out, struct err *err)
{
	const struct answer_filter *f = &query->filter;
	struct survey_place *surveys = NULL;
	MUST(query->scope);
	struct response_page page = { .all = ARENA_ARRAY(a, struct response, query->limit) };
	struct scan s = {
		.db = db,
		.arena = a,
		.workspace = workspace,
		.query = query,
		.any_survey = !names_surveys(query),
		.at = { INT64_MAX, INT64_MAX },
		.not_before = f->from_day.at ? f->from - SCORED_LATE_MAX : INT64_MIN,
	};
	if (f->to_day.at)
		s.at.submitted_at = f->before + CAPTURE_AHEAD_MAX;
	if (query->has_after)
		s.at = query->after;
	if (!s.any_survey &&
	    !filter_surveys(db, a, workspace, query->scope, f, &surveys, &s.survey_count, err))
		return false;
	s.surveys = surveys;
	if ((s.any_survey || s.survey_count) && !scan_run(&s, &page, err))
		return false;
	*out = page;
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
