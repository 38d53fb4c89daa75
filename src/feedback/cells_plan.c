/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_plan.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "feedback/cells.sql.h"
#include "feedback/cube_view.h"
#include "people/personal.h"
#include "survey/definition.h"

#define SECOND INT64_C(1000000)

static bool same_part(const struct cell_part *part, const struct survey_place *place)
{
	return part->kind == place->kind && part->brand_id == place->brand_id &&
	       part->touchpoint_id == place->touchpoint_id;
}

static int by_survey(const void *a, const void *b)
{
	int64_t left = ((const struct cell_survey *)a)->id;
	int64_t right = ((const struct cell_survey *)b)->id;
	return (left > right) - (left < right);
}

/* Places come in the order of the parts; surveys of one part stand together. */
static bool load_surveys(struct cell_plan *plan, const struct facts *facts, struct err *err)
{
	struct survey_place *places;
	size_t count;
	if (!filter_surveys(facts->db, plan->arena, facts->workspace, plan->q->scope,
	                    plan->q->filter, &places, &count, err))
		return false;
	plan->surveys = ARENA_ARRAY(plan->arena, struct cell_survey, count + 1);
	plan->parts = ARENA_ARRAY(plan->arena, struct cell_part, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct survey_place *p = &places[i];
		if (plan->q->part && !same_part(plan->q->part, p))
			continue;
		if (plan->part_count == 0 || !same_part(&plan->parts[plan->part_count - 1], p))
			plan->parts[plan->part_count++] =
			    (struct cell_part){ .kind = p->kind,
				                .brand_id = p->brand_id,
				                .brand = p->brand,
				                .touchpoint_id = p->touchpoint_id,
				                .touchpoint_code = p->touchpoint_code,
				                .touchpoint = p->touchpoint };
		plan->surveys[plan->survey_count++] =
		    (struct cell_survey){ p->id, (uint32_t)plan->part_count - 1, p->slug };
	}
	qsort(plan->surveys, plan->survey_count, sizeof(plan->surveys[0]), by_survey);
	return true;
}

static bool account_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct cell_account *)out = (struct cell_account){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

static bool load_accounts(struct cell_plan *plan, const struct facts *facts, struct err *err)
{
	void *items;
	const struct dim *dims = plan->q->dims;
	if (dims[0].kind != DIM_ACCOUNT_SIZE && dims[1].kind != DIM_ACCOUNT_SIZE)
		return true;
	if (!db_list(facts->db, &sql_cells_account_people, DB_ARGS(db_arg_i64(facts->workspace)),
	             account_row, sizeof(struct cell_account), plan->arena, &items,
	             &plan->account_count, err))
		return false;
	plan->accounts = items;
	return true;
}

bool cell_plan_make(const struct facts *facts, struct arena *a, const struct cell_question *q,
                    struct cell_plan *out, struct err *err)
{
	MUST(q->scope && q->filter);
	*out = (struct cell_plan){ .q = q, .arena = a };
	out->by_part = q->dims[0].kind == DIM_PART && q->dims[1].kind == DIM_NONE;
	for (int d = 0; d < 2; d++) {
		const struct dim *dim = &q->dims[d];
		out->hidden[d] = q->hides_names &&
		                 (dim->kind == DIM_PROPERTY || dim->kind == DIM_TRAIT) &&
		                 personal_name(a, dim->name);
	}
	filter_begin(q->scope, q->filter, &out->run);
	return load_surveys(out, facts, err) && load_accounts(out, facts, err);
}

const struct cell_survey *cell_plan_survey(const struct cell_plan *plan, int64_t survey)
{
	struct cell_survey wanted = { .id = survey };
	if (plan->survey_count == 0)
		return NULL;
	return bsearch(&wanted, plan->surveys, plan->survey_count, sizeof(wanted), by_survey);
}

int64_t cell_second(int64_t instant)
{
	int64_t second = instant / SECOND - (instant % SECOND < 0) - CUBE_EPOCH;
	if (second < INT32_MIN)
		second = INT32_MIN;
	if (second > INT32_MAX)
		second = INT32_MAX;
	return cell_instant((int32_t)second);
}

bool cell_plan_is_now(const struct cell_plan *plan, int64_t at)
{
	return filter_takes_time(plan->q->filter, at);
}

bool cell_plan_is_before(const struct cell_plan *plan, int64_t at)
{
	return at >= plan->q->before_from && at < plan->q->before_before &&
	       !cell_plan_is_now(plan, at);
}

bool cell_plan_takes(const struct cell_plan *plan, enum response_state state, int score)
{
	const struct answer_filter *f = plan->q->filter;
	if (f->states && !(f->states & 1U << state))
		return false;
	if (f->counted_only && !response_counts(state, score))
		return false;
	if ((f->groups || f->scores) && score == SCORE_NONE)
		return false;
	if (f->groups && !(f->groups & 1U << score_group_of(score)))
		return false;
	return !f->scores || (f->scores & 1U << score);
}

static void leave_out(struct cell_left_out *out, enum response_state state, int64_t answers)
{
	switch (state) {
	case RESPONSE_PARTIAL:
	case RESPONSE_COMPLETE:
		out->without_score += answers;
		return;
	case RESPONSE_DISMISSED:
		out->dismissed += answers;
		return;
	case RESPONSE_UNCONFIRMED:
		out->unconfirmed += answers;
		return;
	case RESPONSE_EXCLUDED:
		out->excluded += answers;
		return;
	case RESPONSE_TEST:
		out->test += answers;
		return;
	case RESPONSE_DELETED:
		out->deleted += answers;
		return;
	}
}

void cell_plan_leave_out(struct cell_plan *plan, uint32_t part, enum response_state state,
                         int64_t answers)
{
	leave_out(&plan->left_out, state, answers);
	if (plan->by_part)
		leave_out(&plan->parts[part].left_out, state, answers);
}

int64_t cell_instant(int32_t second)
{
	return (second + CUBE_EPOCH) * SECOND;
}

/* Tells a part of the time of an answer that counts. */
static void see(struct cell_plan *plan, uint32_t part, int64_t at)
{
	struct cell_part *p = &plan->parts[part];
	if (!p->first_at || at < p->first_at)
		p->first_at = at;
	if (!p->last_at || at > p->last_at)
		p->last_at = at;
}

void cell_plan_count(struct cell_plan *plan, uint32_t part, int64_t at, bool imported)
{
	struct cell_part *p = &plan->parts[part];
	if (!plan->by_part)
		return;
	p->imported += imported;
	see(plan, part, at);
}

Str cell_plan_text(const struct cell_plan *plan, int d, Str text)
{
	if (text.len == 0 || plan->hidden[d] || (plan->q->hides_names && personal_value(text)))
		return (Str){ 0 };
	return text;
}

Str cell_language(struct arena *a, Str tag)
{
	size_t len = 0;
	while (len < tag.len && tag.at[len] != '-' && tag.at[len] != '_')
		len++;
	return str_ascii_lower(a, str_slice(tag, 0, len));
}

struct cell_value cell_group_value(int score)
{
	enum score_group group = score_group_of(score);
	return (struct cell_value){ .text = str_of(score_group_name(group)), .id = group };
}

struct cell_value cell_understood_value(enum understood u)
{
	return (struct cell_value){ .text = understood_word(u), .id = u };
}

enum tenure cell_tenure(int64_t microseconds)
{
	int64_t days = microseconds / CLOCK_DAY;
	if (days < 30)
		return TENURE_MONTH;
	if (days < 90)
		return TENURE_QUARTER;
	if (days < 365)
		return TENURE_YEAR;
	return days < 2 * 365 ? TENURE_TWO_YEARS : TENURE_LONGER;
}

Str cell_tenure_text(enum tenure tenure)
{
#define TENURE_WORDS(tenure, words) words,
	static const char *const texts[] = { TENURES(TENURE_WORDS) };
#undef TENURE_WORDS
	return str_of(texts[tenure]);
}

static int by_account(const void *a, const void *b)
{
	int64_t left = ((const struct cell_account *)a)->id;
	int64_t right = ((const struct cell_account *)b)->id;
	return (left > right) - (left < right);
}

struct cell_value cell_account_value(const struct cell_plan *plan, int64_t account)
{
#define ACCOUNT_SIZE_ROW(size, least, words) { words, least },
	static const struct {
		const char *words;
		int64_t least;
	} sizes[] = { ACCOUNT_SIZES(ACCOUNT_SIZE_ROW) };
#undef ACCOUNT_SIZE_ROW
	const struct cell_account wanted = { .id = account }, *found = NULL;
	int size = ACCOUNT_SIZE_COUNT - 1;
	if (!account)
		return (struct cell_value){ 0 };
	if (plan->account_count)
		found = bsearch(&wanted, plan->accounts, plan->account_count, sizeof(wanted),
		                by_account);
	while (size > 0 && (found ? found->people : 0) < sizes[size].least)
		size--;
	return (struct cell_value){ .text = str_of(sizes[size].words), .id = size };
}
