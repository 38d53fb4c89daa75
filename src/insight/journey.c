/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/journey.h"

#include "base/clock.h"
#include "base/die.h"
#include "db/list.h"
#include "feedback/display.h"
#include "feedback/response.h"
#include "feedback/filter_run.h"
#include "insight/journey.sql.h"
#include "insight/links_sent.h"

#define LINKS_PAGE 10000

struct asking {
	const struct facts *facts;
	struct arena *arena;
	const struct journey_question *q;
	struct journey_answer *out;
	struct cells cells;
	struct survey_place *places;
	size_t place_count;
};

/* --- who is asked where --------------------------------------------------------------------------------- */

static struct journey *journey_of(struct asking *ask, const struct cell_part *part)
{
	struct journey_answer *out = ask->out;
	for (size_t i = 0; i < out->count; i++)
		if (out->journeys[i].brand_id == part->brand_id)
			return &out->journeys[i];
	struct journey *journey = &out->journeys[out->count++];
	*journey = (struct journey){
		.brand_id = part->brand_id,
		.brand = part->brand,
		.steps = ARENA_ARRAY(ask->arena, struct journey_step, out->touchpoint_count + 1),
	};
	return journey;
}

static struct journey_step *step_of(struct asking *ask, const struct cell_part *part)
{
	struct journey *journey = journey_of(ask, part);
	if (part->kind == SURVEY_RELATIONSHIP)
		return &journey->relationship;
	for (size_t i = 0; i < ask->out->touchpoint_count; i++)
		if (ask->out->touchpoints[i].id == part->touchpoint_id)
			return &journey->steps[i];
	return NULL;
}

static void place_parts(struct asking *ask)
{
	ask->out->journeys = ARENA_ARRAY(ask->arena, struct journey, ask->cells.part_count + 1);
	for (size_t i = 0; i < ask->cells.part_count; i++) {
		struct journey_step *step = step_of(ask, &ask->cells.parts[i]);
		if (step)
			step->part = &ask->cells.parts[i];
	}
	for (size_t i = 0; i < ask->cells.count[0]; i++) {
		const struct cell_part *part = &ask->cells.parts[ask->cells.values[0][i].id];
		struct journey_step *step = step_of(ask, part);
		if (step)
			step->cell = &ask->cells.at[i];
	}
}

/* --- rates ------------------------------------------------------------------------------------------------ */

/* The rates that a survey's counts go to; NULL: it is not asked for. */
static struct journey_rates *rates_of(struct asking *ask, int64_t survey)
{
	for (size_t i = 0; i < ask->place_count; i++) {
		const struct survey_place *place = &ask->places[i];
		const struct cell_part part = { .kind = place->kind,
			                        .brand_id = place->brand_id,
			                        .touchpoint_id = place->touchpoint_id };
		if (place->id != survey)
			continue;
		struct journey_step *step = step_of(ask, &part);
		return step ? &step->rates : NULL;
	}
	return NULL;
}

struct pair {
	int64_t first, second;
};

static bool pair_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct pair *)out = (struct pair){ db_i64(rows, 0), db_i64(rows, 1) };
	return true;
}

/* A survey's links of these days, of the channels that the filter takes. */
static bool read_sent_of(struct asking *ask, const struct filter_run *run, int64_t survey,
                         int64_t from, int64_t before, struct err *err)
{
	struct journey_rates *rates = rates_of(ask, survey);
	struct days_channel *channels;
	size_t count;
	if (!rates)
		return true;
	if (!links_sent(ask->q->days, ask->facts->db, ask->arena, ask->facts->workspace, survey,
	                from, before, &channels, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct filter_subject link = { .channel = channels[i].channel,
			                             .properties = STR("{}") };
		bool taken;
		if (!filter_takes_texts(run, ask->arena, &link, &taken, err))
			return false;
		rates->sent += taken ? channels[i].counts[LINKS_SENT] : 0;
		rates->sent_scored += taken ? channels[i].counts[LINKS_SCORED] : 0;
	}
	return true;
}

static bool read_sent(struct asking *ask, int64_t from, int64_t before, struct err *err)
{
	struct filter_run run;
	filter_begin(ask->q->scope, ask->q->filter, &run);
	for (size_t i = 0; i < ask->place_count; i++)
		if (!read_sent_of(ask, &run, ask->places[i].id, from, before, err))
			return false;
	return true;
}

/* Links of a survey one by one, where some of them are meant by their properties. */
struct choosing {
	struct asking *ask;
	struct filter_run run;
	struct arena page;
	int64_t before, last_at, last_id;
	size_t rows; /* of the page */
};

static bool add_link(struct choosing *c, const struct db_rows *rows, struct journey_rates *rates,
                     struct err *err)
{
	const struct filter_subject link = { .channel = db_text(rows, 2, &c->page),
		                             .properties = db_text(rows, 3, &c->page) };
	bool taken;
	c->rows++;
	c->last_at = db_i64(rows, 0);
	c->last_id = db_i64(rows, 1);
	if (!filter_takes_texts(&c->run, &c->page, &link, &taken, err))
		return false;
	rates->sent += taken;
	rates->sent_scored += taken && db_i64(rows, 4);
	return true;
}

static bool read_links(struct choosing *c, int64_t survey, struct journey_rates *rates,
                       struct err *err)
{
	struct db_rows rows;
	enum db_next next;
	const DbArgs args =
	    DB_ARGS(db_arg_i64(c->ask->facts->workspace), db_arg_i64(survey), db_arg_i64(c->before),
	            db_arg_i64(RESPONSE_PARTIAL), db_arg_i64(RESPONSE_COMPLETE),
	            db_arg_i64(c->last_at), db_arg_i64(c->last_id), db_arg_i64(LINKS_PAGE));
	if (!db_query(c->ask->facts->db, &rows, &sql_journey_links, args, err))
		return false;
	c->rows = 0;
	while ((next = db_step(&rows, err)) == DB_ROW)
		if (!add_link(c, &rows, rates, err)) {
			next = DB_FAILED;
			break;
		}
	db_rows_close(&rows);
	arena_free(&c->page);
	return next == DB_DONE;
}

static bool read_chosen(struct asking *ask, int64_t from, int64_t before, struct err *err)
{
	struct choosing c = { .ask = ask, .before = before };
	bool ok = true;
	filter_begin(ask->q->scope, ask->q->filter, &c.run);
	for (size_t i = 0; ok && i < ask->place_count; i++) {
		struct journey_rates *rates = rates_of(ask, ask->places[i].id);
		c.last_at = from;
		c.last_id = 0;
		c.rows = rates ? LINKS_PAGE : 0;
		while (ok && c.rows == LINKS_PAGE)
			ok = read_links(&c, ask->places[i].id, rates, err);
	}
	return ok;
}

static bool read_shown(struct asking *ask, int64_t first, int64_t last, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(ask->facts->db, &sql_journey_shown,
	             DB_ARGS(db_arg_i64(ask->facts->workspace), db_arg_i64(first),
	                     db_arg_i64(last)),
	             pair_read, sizeof(struct pair), ask->arena, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct pair *shown = &((struct pair *)items)[i];
		struct journey_rates *rates = rates_of(ask, shown->first);
		if (rates)
			rates->shown += shown->second;
	}
	return true;
}

/* A channel of a survey whose displays are counted, and since when. */
struct counted {
	int64_t survey, since;
	Str channel;
};

static bool counted_read(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct counted *)out =
	    (struct counted){ db_i64(rows, 0), db_i64(rows, 2), db_text(rows, 1, a) };
	return true;
}

static int64_t scored_in(const struct cells *cells, const struct counted *counted)
{
	int64_t scored = 0;
	for (size_t i = 0; i < cells->count[0]; i++)
		for (size_t k = 0; k < cells->count[1]; k++) {
			const struct cell *cell = &cells->at[i * cells->count[1] + k];
			if (cells->values[0][i].id != counted->survey || cells->values[0][i].rest ||
			    !str_eq(cells->values[1][k].text, counted->channel))
				continue;
			for (int score = 0; score <= NPS_SCORE_MAX; score++)
				scored += cell->sums.by_score[score];
		}
	return scored;
}

/* Answers of the filter, from an instant on: to the second, as cells know times. */
static bool ask_scored(struct asking *ask, int64_t since, struct cells *out, struct err *err)
{
	struct answer_filter *f = ARENA_NEW(ask->arena, struct answer_filter);
	*f = *ask->q->filter;
	if (since) {
		f->from = since / CLOCK_SECOND * CLOCK_SECOND;
		f->from_day = STR("since");
	}
	const struct cell_question q = { .scope = ask->q->scope,
		                         .filter = f,
		                         .zone = ask->q->zone,
		                         .week_start = ask->q->week_start,
		                         .dims = { { .kind = DIM_SURVEY },
		                                   { .kind = DIM_CHANNEL } },
		                         .hides_names = ask->q->hides_names };
	return cells_ask(ask->facts, ask->arena, &q, out, err);
}

/* Answers where displays are counted, and not from before they were. */
static bool read_scored(struct asking *ask, struct err *err)
{
	void *items;
	size_t count;
	struct cells all;
	const struct answer_filter *f = ask->q->filter;
	if (!db_list(ask->facts->db, &sql_journey_since, DB_ARGS(db_arg_i64(ask->facts->workspace)),
	             counted_read, sizeof(struct counted), ask->arena, &items, &count, err))
		return false;
	if (count > 0 && !ask_scored(ask, 0, &all, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct counted *counted = &((struct counted *)items)[i];
		struct journey_rates *rates = rates_of(ask, counted->survey);
		struct cells later;
		const struct cells *cells = &all;
		if (!rates || scored_in(&all, counted) == 0)
			continue;
		if (!f->from_day.at || counted->since > f->from) {
			if (!ask_scored(ask, counted->since, &later, err))
				return false;
			cells = &later;
		}
		rates->shown_scored += scored_in(cells, counted);
	}
	return true;
}

/* Does the question take whole surveys, of some days? */
static bool whole_surveys(const struct journey_question *q)
{
	struct answer_filter f = *q->filter;
	f.from_day = f.to_day = (Str){ 0 };
	return !filter_chooses_answers(&f) && q->scope->property_count == 0;
}

/* Does it choose by what a link says of itself, at most? */
static bool chooses_links(const struct journey_question *q)
{
	struct answer_filter f = *q->filter;
	f.from_day = f.to_day = (Str){ 0 };
	f.fields[FILTER_CHANNEL].count = 0;
	f.property_count = 0;
	return !filter_chooses_answers(&f);
}

static void set_known(struct asking *ask, bool whole)
{
	for (size_t i = 0; i < ask->out->count; i++) {
		struct journey *journey = &ask->out->journeys[i];
		for (size_t k = 0; k <= ask->out->touchpoint_count; k++) {
			struct journey_rates *rates = k < ask->out->touchpoint_count
			                                  ? &journey->steps[k].rates
			                                  : &journey->relationship.rates;
			rates->sent_known = true;
			rates->shown_known = whole;
		}
	}
}

static bool ask_rates(struct asking *ask, struct err *err)
{
	const struct answer_filter *f = ask->q->filter;
	int64_t from = f->from_day.at ? f->from : INT64_MIN;
	int64_t before = f->to_day.at ? f->before : INT64_MAX;
	int64_t first = f->from_day.at ? display_day(ask->q->zone, from) : INT32_MIN;
	int64_t last = f->to_day.at ? display_day(ask->q->zone, before - 1) : INT32_MAX;
	bool whole = whole_surveys(ask->q);
	if (!whole && !chooses_links(ask->q))
		return true;
	set_known(ask, whole);
	if (!filter_surveys(ask->facts->db, ask->arena, ask->facts->workspace, ask->q->scope, f,
	                    &ask->places, &ask->place_count, err))
		return false;
	if (f->property_count || ask->q->scope->property_count)
		return read_chosen(ask, from, before, err);
	return read_sent(ask, from, before, err) &&
	       (!whole || (read_shown(ask, first, last, err) && read_scored(ask, err)));
}

bool journey_ask(const struct facts *facts, struct arena *a, const struct journey_question *q,
                 struct journey_answer *out, struct err *err)
{
	struct journey_answer answer = { 0 };
	struct asking ask = { .facts = facts, .arena = a, .q = q, .out = &answer };
	struct cell_question question = { .scope = q->scope,
		                          .filter = q->filter,
		                          .zone = q->zone,
		                          .week_start = q->week_start,
		                          .dims = { { .kind = DIM_PART } },
		                          .hides_names = q->hides_names,
		                          .before_from = q->compare.from,
		                          .before_before = q->compare.before,
		                          .wants_clusters = true };
	if (!touchpoint_list(facts->db, a, facts->workspace, &answer.touchpoints,
	                     &answer.touchpoint_count, err) ||
	    !cells_ask(facts, a, &question, &ask.cells, err))
		return false;
	place_parts(&ask);
	if (!ask_rates(&ask, err))
		return false;
	*out = answer;
	return true;
}
