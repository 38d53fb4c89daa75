/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_walk.h"

#include <stdlib.h>

#include "db/list.h"
#include "feedback/cells.sql.h"
#include "feedback/cells_people.h"
#include "feedback/cells_votes.h"
#include "people/properties.h"

#define PAGE_ROWS 20000

enum {
	COL_ID,
	COL_SURVEY,
	COL_VERSION,
	COL_STATE,
	COL_SCORE,
	COL_SCORED_AT,
	COL_SUBMITTED_AT,
	COL_PERSON,
	COL_ACCOUNT,
	COL_CHANNEL,
	COL_LANGUAGE,
	COL_IMPORT,
	COL_PROPERTIES, /* from here on not in every statement */
	COL_SOURCE,
	COL_STARRED,
	COL_COMMENT,
};

struct tagging {
	int64_t response;
	Str tag;
	enum understood understood;
};

struct walk {
	const struct facts *facts;
	struct cell_plan *plan;
	struct arena page; /* texts of one page */
	struct cell_people people;
	struct taggings {
		struct tagging *at; /* by answer; only when a dimension asks */
		size_t count;
	} tags[2], understood;
	struct calendar calendar[2];
	struct cell_votes *votes; /* NULL: each answer is one */
	bool is_voting;           /* the first of two walks: who has the newest */
	cell_answer_fn each;
	void *context;
	int64_t last_id;
	size_t rows; /* of the last page */
};

static bool tagging_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct tagging *)out =
	    (struct tagging){ .response = db_i64(rows, 0), .tag = db_text(rows, 1, a) };
	return true;
}

static bool load(struct walk *w, const struct db_stmt *stmt, DbArgs args, struct taggings *out,
                 struct err *err)
{
	void *items;
	if (!db_list(w->facts->db, stmt, args, tagging_row, sizeof(struct tagging), w->plan->arena,
	             &items, &out->count, err))
		return false;
	out->at = items;
	return true;
}

static bool understood_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct tagging *)out = (struct tagging){
		.response = db_i64(rows, 0),
		.understood = understood_of(db_i64(rows, 1) != 0, db_i64(rows, 2),
		                            !db_is_null(rows, 3), db_i64(rows, 3)),
	};
	return true;
}

static bool load_understood(struct walk *w, struct err *err)
{
	void *items;
	if (!db_list(w->facts->db, &sql_cells_readings, DB_ARGS(db_arg_i64(w->facts->workspace)),
	             understood_row, sizeof(struct tagging), w->plan->arena, &items,
	             &w->understood.count, err))
		return false;
	w->understood.at = items;
	return true;
}

static bool load_sets(struct walk *w, struct err *err)
{
	DbArg workspace = db_arg_i64(w->facts->workspace);
	for (int d = 0; d < 2; d++) {
		const struct dim *dim = &w->plan->q->dims[d];
		double above, below;
		theme_saying_bounds(dim->saying, &above, &below);
		if ((dim->kind == DIM_TAG &&
		     !load(w, &sql_cells_tags, DB_ARGS(workspace), &w->tags[d], err)) ||
		    (dim->kind == DIM_THEME &&
		     !load(w, &sql_cells_themes,
		           DB_ARGS(workspace, db_arg_real(above), db_arg_real(below)), &w->tags[d],
		           err)) ||
		    (dim->kind == DIM_SENTIMENT && !load_understood(w, err)))
			return false;
	}
	return true;
}

/* Where the answer's tags begin; *count may be 0. */
static const struct tagging *tags_of(const struct taggings *all, int64_t response, size_t *count)
{
	size_t low = 0, high = all->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (all->at[middle].response < response)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < all->count && all->at[low + *count].response == response)
		++*count;
	return all->at + low;
}

/* Only texts that are asked for are read. */
static void read_texts(struct walk *w, const struct db_rows *rows, struct filter_subject *s)
{
	const struct filter_run *run = &w->plan->run;
	if (run->needs_channel)
		s->channel = db_text(rows, COL_CHANNEL, &w->page);
	if (run->needs_language)
		s->language = db_text(rows, COL_LANGUAGE, &w->page);
	if (run->needs_source)
		s->source = db_text(rows, COL_SOURCE, &w->page);
	if (run->needs_properties)
		s->properties = db_text(rows, COL_PROPERTIES, &w->page);
	if (run->needs_comment)
		s->comment_folded = db_text(rows, COL_COMMENT, &w->page);
}

static struct cell_value text_value(const struct walk *w, int d, Str text)
{
	return (struct cell_value){ .text = cell_plan_text(w->plan, d, text) };
}

static bool property_value(struct walk *w, const struct db_rows *rows, int d,
                           struct cell_value *out, struct err *err)
{
	Str value;
	if (!properties_value_of(&w->page, db_text(rows, COL_PROPERTIES, &w->page),
	                         w->plan->q->dims[d].name, &value, err))
		return false;
	*out = text_value(w, d, value);
	return true;
}

static struct cell_value person_value(const struct walk *w, int d, const struct cell_answer *a)
{
	const struct cell_person *p = cell_people_find(&w->people, a->person);
	if (!p)
		return (struct cell_value){ 0 };
	if (w->plan->q->dims[d].kind == DIM_TRAIT)
		return text_value(w, d, p->traits[d]);
	enum tenure tenure = cell_tenure(a->at - p->first_seen);
	return (struct cell_value){ .text = cell_tenure_text(tenure), .id = tenure };
}

static struct cell_value time_value(struct walk *w, int d, const struct cell_answer *a)
{
	return (struct cell_value){ .id = calendar_day_of(&w->calendar[d], a->at) };
}

static struct cell_value understood_value(const struct walk *w, int64_t response)
{
	size_t count;
	const struct tagging *found = tags_of(&w->understood, response, &count);
	return cell_understood_value(count ? found->understood : UNDERSTOOD_NO_READING);
}

static bool value_of(struct walk *w, const struct db_rows *rows, int d, const struct cell_answer *a,
                     const struct cell_survey *survey, struct cell_value *out, struct err *err)
{
	*out = (struct cell_value){ 0 };
	switch (w->plan->q->dims[d].kind) {
	case DIM_NONE:
	case DIM_TAG:
	case DIM_THEME:
		return true;
	case DIM_SENTIMENT:
		*out = understood_value(w, a->id);
		return true;
	case DIM_PART:
		out->id = survey->part;
		return true;
	case DIM_SURVEY:
		*out = (struct cell_value){ .text = survey->slug, .id = survey->id };
		return true;
	case DIM_WORDING:
		*out = (struct cell_value){ .text = survey->slug,
			                    .id = survey->id,
			                    .version = (int)db_i64(rows, COL_VERSION) };
		return true;
	case DIM_TIME:
		*out = time_value(w, d, a);
		return true;
	case DIM_CHANNEL:
		*out = text_value(w, d, db_text(rows, COL_CHANNEL, &w->page));
		return true;
	case DIM_LANGUAGE:
		*out = text_value(w, d,
		                  cell_language(&w->page, db_text(rows, COL_LANGUAGE, &w->page)));
		return true;
	case DIM_SOURCE:
		*out = text_value(w, d, db_text(rows, COL_SOURCE, &w->page));
		return true;
	case DIM_GROUP:
		*out = cell_group_value(a->score);
		return true;
	case DIM_PROPERTY:
		return property_value(w, rows, d, out, err);
	case DIM_TRAIT:
	case DIM_TENURE:
		*out = person_value(w, d, a);
		return true;
	case DIM_ACCOUNT:
		out->id = a->account;
		return true;
	case DIM_ACCOUNT_SIZE:
		*out = cell_account_value(w->plan, a->account);
		return true;
	}
	return true;
}

/* An answer with tags comes once for each. */
static bool tell(struct walk *w, const struct cell_answer *a, struct cell_value values[static 2],
                 struct err *err)
{
	size_t count[2] = { 1, 1 };
	const struct tagging *tags[2] = { NULL, NULL };
	for (int d = 0; d < 2; d++) {
		size_t found;
		if (!dim_is_set(&w->plan->q->dims[d]))
			continue;
		const struct tagging *first = tags_of(&w->tags[d], a->id, &found);
		tags[d] = found ? first : NULL;
		count[d] = found ? found : 1;
	}
	for (size_t i = 0; i < count[0] * count[1]; i++) {
		size_t at[2] = { i / count[1], i % count[1] };
		for (int d = 0; d < 2; d++)
			if (tags[d])
				values[d] = text_value(w, d, tags[d][at[d]].tag);
		if (!w->each(w->context, a, values, i > 0, err))
			return false;
	}
	return true;
}

static bool count_row(struct walk *w, const struct db_rows *rows, const struct cell_survey *survey,
                      struct cell_answer *a, struct err *err)
{
	struct cell_value values[2];
	a->account = db_i64(rows, COL_ACCOUNT);
	a->person = cell_people_canonical(&w->people, db_i64(rows, COL_PERSON));
	if (w->is_voting) {
		cell_votes_add(w->votes, a);
		return true;
	}
	if (w->votes && !cell_votes_keep(w->votes, a))
		return true;
	if (a->now)
		cell_plan_count(w->plan, a->part, a->at, a->imported);
	for (int d = 0; d < 2; d++)
		if (!value_of(w, rows, d, a, survey, &values[d], err))
			return false;
	return tell(w, a, values, err);
}

static bool has_id(const struct cell_question *q, int64_t id)
{
	size_t low = 0, high = q->id_count;
	if (!q->ids)
		return true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (q->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < q->id_count && q->ids[low] == id;
}

static bool takes_facts(const struct walk *w, const struct db_rows *rows,
                        const struct filter_subject *s)
{
	const struct cell_plan *plan = w->plan;
	return cell_plan_takes(plan, s->state, s->score) && has_id(plan->q, s->id) &&
	       filter_takes_import(&plan->run, s->import_id) &&
	       filter_takes_id(&plan->run, s->id) &&
	       (!plan->q->filter->starred_only || db_i64(rows, COL_STARRED) != 0);
}

/* As cheap as can be for what is not meant: first numbers, then texts. What does not count is dated as in lists. */
static bool add_row(struct walk *w, const struct db_rows *rows, struct err *err)
{
	struct filter_subject s = {
		.id = db_i64(rows, COL_ID),
		.state = (enum response_state)db_i64(rows, COL_STATE),
		.score = db_is_null(rows, COL_SCORE) ? SCORE_NONE : (int)db_i64(rows, COL_SCORE),
		.import_id = db_i64(rows, COL_IMPORT),
	};
	int64_t scored_at = db_i64(rows, COL_SCORED_AT);
	s.at = cell_second(scored_at ? scored_at : db_i64(rows, COL_SUBMITTED_AT));
	struct cell_answer a = { .id = s.id,
		                 .at = s.at,
		                 .state = s.state,
		                 .score = s.score,
		                 .imported = s.import_id != 0 };
	bool wanted, counts = response_counts(s.state, s.score);
	a.now = cell_plan_is_now(w->plan, s.at);
	a.before = counts && cell_plan_is_before(w->plan, s.at);
	if (!a.now && !a.before)
		return true;
	const struct cell_survey *survey = cell_plan_survey(w->plan, db_i64(rows, COL_SURVEY));
	if (!survey || !takes_facts(w, rows, &s))
		return true;
	a.part = survey->part;
	read_texts(w, rows, &s);
	if (!filter_takes_texts(&w->plan->run, &w->page, &s, &wanted, err))
		return false;
	if (wanted && counts)
		return count_row(w, rows, survey, &a, err);
	if (wanted && !w->is_voting)
		cell_plan_leave_out(w->plan, survey->part, s.state, 1);
	return true;
}

static bool needs(const struct walk *w, enum dim_kind kind)
{
	return w->plan->q->dims[0].kind == kind || w->plan->q->dims[1].kind == kind;
}

static const struct db_stmt *page_of(const struct walk *w)
{
	const struct filter_run *run = &w->plan->run;
	if (run->needs_comment)
		return &sql_cells_page_with_comments;
	if (run->needs_properties || run->needs_source || needs(w, DIM_PROPERTY) ||
	    needs(w, DIM_SOURCE) || w->plan->q->filter->starred_only)
		return &sql_cells_page_with_properties;
	return &sql_cells_page;
}

static bool read_page(struct walk *w, struct err *err)
{
	struct db_rows rows;
	enum db_next next;
	if (!db_query(w->facts->db, &rows, page_of(w),
	              DB_ARGS(db_arg_i64(w->facts->workspace), db_arg_i64(w->last_id),
	                      db_arg_i64(PAGE_ROWS)),
	              err))
		return false;
	w->rows = 0;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		w->rows++;
		w->last_id = db_i64(&rows, COL_ID);
		if (!add_row(w, &rows, err)) {
			next = DB_FAILED;
			break;
		}
	}
	db_rows_close(&rows);
	arena_free(&w->page);
	return next == DB_DONE;
}

static bool read_pages(struct walk *w, struct err *err)
{
	bool ok = true;
	w->last_id = 0;
	w->rows = w->plan->survey_count ? PAGE_ROWS : 0;
	while (ok && w->rows == PAGE_ROWS)
		ok = read_page(w, err);
	return ok;
}

bool cells_walk(const struct facts *facts, struct cell_plan *plan, cell_answer_fn each,
                void *context, struct err *err)
{
	struct walk w = { .facts = facts, .plan = plan, .each = each, .context = context };
	for (int d = 0; d < 2; d++)
		w.calendar[d] = (struct calendar){ .zone = plan->q->zone,
			                           .unit = plan->q->dims[d].unit,
			                           .week_start = plan->q->week_start };
	if (!filter_find_ids(facts->db, plan->arena, facts->workspace, &plan->run, err) ||
	    !cell_people_load(facts, plan, &w.people, err) || !load_sets(&w, err))
		return false;
	w.votes = plan->q->vote == VOTE_ANSWER ? NULL : cell_votes_new(plan->q->vote);
	w.is_voting = w.votes != NULL;
	bool ok = !w.is_voting || read_pages(&w, err);
	w.is_voting = false;
	ok = ok && read_pages(&w, err);
	cell_votes_free(w.votes);
	return ok;
}
